"""TikTok: exports of the company's Studio, and what its API lists of influencers who are there too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sample.captions import CAPTIONS
from sample.influencers import BY_KEY
from sample.plan import LAST_DAY
from sample.shapes import (
    MONTHS,
    WEEKLY,
    YESTERDAY,
    File,
    answer,
    daily,
    days,
    days_before,
    grown,
    marked,
    table,
)

SOURCES = """\
  # TikTok: the company's Studio, and influencers who are there too
  - key: tiktok-overview
    format: tiktok_studio.overview
    files: tiktok/overview-{extracted_at:%Y-%m-%d}.csv
    account: umoja-tiktok
    timezone: Africa/Johannesburg
    overlap: replaces
    freshness: {warn_after: 15d, error_after: 30d}
  - key: tiktok-content
    format: tiktok_studio.content
    files: tiktok/content-{extracted_at:%Y-%m-%d}.csv
    account: umoja-tiktok
    timezone: Africa/Johannesburg
    overlap: cumulative
    freshness: {warn_after: 15d, error_after: 30d}
  - key: tiktok-followers
    format: tiktok_studio.follower_history
    files: tiktok/follower-history-{extracted_at:%Y-%m-%d}.csv
    account: umoja-tiktok
    timezone: Africa/Johannesburg
    overlap: replaces
    freshness: {warn_after: 15d, error_after: 30d}
  - key: tiktok-viewers
    format: tiktok_studio.viewers
    files: tiktok/viewers-{extracted_at:%Y-%m-%d}.csv
    account: umoja-tiktok
    timezone: Africa/Johannesburg
    overlap: replaces
    freshness: {warn_after: 15d, error_after: 30d}
  - key: tiktok-activity
    format: tiktok_studio.follower_activity
    files: tiktok/follower-activity-{extracted_at:%Y-%m-%d}.csv
    account: umoja-tiktok
    timezone: Africa/Johannesburg
    overlap: replaces
    freshness: {warn_after: 15d, error_after: 30d}
  - key: tiktok-gender
    format: tiktok_studio.follower_gender
    files: tiktok/follower-gender-{extracted_at:%Y-%m-%d}.csv
    account: umoja-tiktok
    timezone: Africa/Johannesburg
    overlap: cumulative
  - key: tiktok-territories
    format: tiktok_studio.follower_territories
    files: tiktok/follower-territories-{extracted_at:%Y-%m-%d}.csv
    account: umoja-tiktok
    timezone: Africa/Johannesburg
    overlap: cumulative
  - key: tiktok-tomas-overview
    format: tiktok_studio.overview
    files: tiktok/tomas/overview-{extracted_at:%Y-%m-%d}.csv
    account: tomas
    timezone: Europe/Madrid
    overlap: replaces
    freshness: {warn_after: 15d, error_after: 30d}
  - key: tiktok-mei-videos
    format: tiktok_display.video_list
    files: tiktok/mei/videos-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: mei
    timezone: UTC
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: tiktok-mei-account
    format: tiktok_display.user_info
    files: tiktok/mei/user-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: mei
    timezone: UTC
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: tiktok-lindiwe-videos
    format: tiktok_display.video_list
    files: tiktok/lindiwe/videos-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: lindiwe
    timezone: UTC
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
"""

SPANISH = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip
OVERVIEW = ("Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares")
HANDLE = "umojatea_demo"
EXPORTED_ON = (LAST_DAY - timedelta(days=14), LAST_DAY)
TITLES = (
    "30 seconds, one kettle 🫖 #umojatea",
    "How we pack your cups (nothing broke)",
    "",
    'Iced rooibos: "too easy" 🧊 #icedtea',
    "Replying to a customer: yes, the lid again",
    "Sawubona Durban! Tea van on the beach 🌊",
    "POV: you are the teapot",
    "honeybush > everything, fight me",
)


def tiktok_files() -> Iterator[File]:
    """Give every file as path and content."""
    for on in EXPORTED_ON:
        yield f"tiktok/overview-{on}.csv", quoted(overview("umoja tiktok", on, 28, 5_200))
        yield f"tiktok/content-{on}.csv", quoted(content(on))
    yield f"tiktok/follower-history-{LAST_DAY}.csv", quoted(follower_history(LAST_DAY))
    yield f"tiktok/viewers-{LAST_DAY}.csv", quoted(viewers(LAST_DAY))
    yield f"tiktok/follower-activity-{LAST_DAY}.csv", quoted(follower_activity(LAST_DAY))
    yield (
        f"tiktok/follower-gender-{LAST_DAY}.csv",
        quoted([("Gender", "Distribution"), ("Female", "0.68"), ("Male", "0.31"), ("Other", "0.01")]),
    )
    yield f"tiktok/follower-territories-{LAST_DAY}.csv", quoted(territories())
    spanish = overview("tomas tiktok", YESTERDAY, 7, 9_400, names=SPANISH)
    yield f"tiktok/tomas/overview-{YESTERDAY}.csv", quoted(spanish)
    for key in ("mei", "lindiwe"):
        for on in WEEKLY[1:]:
            pages = [video_list(key, on, page) for page in (1, 2)]
            yield f"tiktok/{key}/videos-{on}T051500Z.json", answer(pages)
    for on in WEEKLY[1:]:
        yield f"tiktok/mei/user-{on}T051500Z.json", answer(user_info(on))


# --- Studio ----------------------------------------------------------------------------------------


def quoted(rows: list[tuple[object, ...]]) -> bytes:
    return marked(table(rows, quoted=True, closed=False))


def month_day(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}"


def overview(
    name: str, on: date, count: int, level: int, names: tuple[str, ...] = ()
) -> list[tuple[object, ...]]:
    """Tell the days before an export, without a year; people take shares back on one of them."""
    rows: list[tuple[object, ...]] = [OVERVIEW]
    for day in days_before(on, count):
        views = daily(name, day, level)
        shares = -1 if day == date(2026, 11, 3) else views // 900
        told = f"{day.day} de {names[day.month - 1]}" if names else month_day(day)
        rows.append((told, views, views // 110, views // 28, views // 700, shares))
    return rows


def content(on: date) -> list[tuple[object, ...]]:
    """List the videos, newest first, with their totals as on the day of the export."""
    rows: list[tuple[object, ...]] = [
        ("Time", "Video title", "Video link", "Post time", "Total likes", "Total comments", "Total shares",
         "Total views")
    ]  # fmt: skip
    for at, title in reversed(tuple(enumerate(TITLES))):
        posted = date(2026, 9, 6) + timedelta(days=9 * at)
        if posted >= on:
            continue
        views = grown(f"umoja tiktok {at}", Random(f"tiktok {at}").randint(4_000, 60_000), posted, on)
        link = f"https://www.tiktok.com/@{HANDLE}/video/75100000000000{at:05d}"
        rows.append(
            (month_day(on), title, link, month_day(posted), views // 24, views // 600, views // 800, views)
        )
    return rows


def follower_history(on: date) -> list[tuple[object, ...]]:
    """Tell followers by day; TikTok knows none of the first days and writes 0 beside them."""
    rows: list[tuple[object, ...]] = [("Date", "Followers", "Difference in followers from previous day")]
    followers = 9_120
    for at, day in enumerate(days_before(on, 28)):
        gained = daily("tiktok followers", day, 34) - 4
        followers += gained
        rows.append((month_day(day), "undefined", 0) if at < 2 else (month_day(day), followers, gained))
    return rows


def viewers(on: date) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [("Date", "Total Viewers", "New Viewers", "Returning Viewers")]
    for at, day in enumerate(days_before(on, 28)):
        new, back = daily("tiktok new", day, 2_900), daily("tiktok back", day, 900)
        rows.append(
            (month_day(day), "undefined", 0, 0) if at < 2 else (month_day(day), new + back, new, back)
        )
    return rows


def follower_activity(on: date) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [("Date", "Hour", "Active followers")]
    for day in days_before(on, 3):
        for hour in range(24):
            level = 240 + 130 * min(hour, 24 - hour)
            rows.append((month_day(day), hour, daily(f"tiktok hour {hour}", day, level)))
    return rows


def territories() -> list[tuple[object, ...]]:
    shares = (
        ("ZA", "0.71"),
        ("KE", "0.08"),
        ("NG", "0.06"),
        ("GB", "0.05"),
        ("NA", "0.02"),
        ("Others", "0.08"),
    )
    return [("Top territories", "Distribution"), *shares]


# --- the API ---------------------------------------------------------------------------------------


def video_list(key: str, on: date, page: int) -> dict[str, object]:
    """List an influencer's own videos, four to a page, newest first; none of them belongs to a campaign."""
    videos = [video(key, at, on) for at in range(7, -1, -1)][(page - 1) * 4 : page * 4]
    cursor = int(datetime.combine(on, time(), UTC).timestamp()) * 1000
    return {
        "data": {"videos": videos, "cursor": cursor if page == 1 else 0, "has_more": page == 1},
        "error": {"code": "ok", "message": "", "log_id": f"{on:%Y%m%d}051500DEMO0000000000{page:02d}"},
    }


def video(key: str, at: int, on: date) -> dict[str, object]:
    posted = date(2026, 9, 2) + timedelta(days=8 * at)
    handle = BY_KEY[key].tiktok
    views = grown(f"{key} tiktok {at}", BY_KEY[key].followers * (2 + at % 3) // 12, posted, on)
    text = CAPTIONS[(at * 3 + len(key)) % len(CAPTIONS)]
    number = f"74{len(key)}00000000000{at:05d}"
    return {
        "id": number,
        "create_time": int(datetime.combine(posted, time(9 + at, 12, 30), UTC).timestamp()),
        "title": text,
        "video_description": text,
        "duration": 14 + at,
        "share_url": f"https://www.tiktok.com/@{handle}/video/{number}",
        "like_count": views // 14,
        "comment_count": views // 420,
        "share_count": views // 610,
        "view_count": views,
    }


def user_info(on: date) -> dict[str, object]:
    followers = 240_000 + sum(daily("mei tiktok", day, 310) for day in days(date(2026, 9, 1), on))
    user = {
        "video_count": 311,
        "follower_count": followers,
        "following_count": 54,
        "likes_count": followers * 9,
    }
    return {
        "data": {"user": user},
        "error": {"code": "ok", "message": "", "log_id": f"{on:%Y%m%d}051500DEMO000000000099"},
    }
