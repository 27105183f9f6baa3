"""YouTube: Studio exports and APIs of the company's channel, and the videos of an influencer who has one too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sample.influencers import BY_KEY
from sample.shapes import WEEKLY, YESTERDAY, File, Row, answer, daily, days, grown, long_date, table

SOURCES = """\
  # YouTube: the company's channel, and an influencer who has one too
  - key: youtube-content
    format: youtube_studio.content
    files: youtube/content-{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv
    account: umoja-youtube
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
  - key: youtube-dates
    format: youtube_studio.dates
    files: youtube/dates-{extracted_at:%Y-%m-%d}.csv
    account: umoja-youtube
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
  - key: youtube-chart
    format: youtube_studio.chart
    files: youtube/chart-{extracted_at:%Y-%m-%d}.csv
    account: umoja-youtube
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
  - key: youtube-audience
    format: youtube_studio.audience
    files: youtube/audience-*-{extracted_at:%Y-%m-%d}.csv
    account: umoja-youtube
    overlap: replaces
    freshness: {warn_after: 100d, error_after: 200d}
  - key: youtube-videos
    format: youtube_data.videos
    files: youtube/videos-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-youtube
    timezone: UTC
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: youtube-channel
    format: youtube_data.channels
    files: youtube/channels-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-youtube
    timezone: UTC
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: youtube-comments
    format: youtube_data.comments
    files: youtube/comments-*-{extracted_at:%Y-%m-%d}.json
    account: umoja-youtube
    overlap: replaces
    freshness: {warn_after: 15d, error_after: 30d}
  - key: youtube-analytics
    format: youtube_analytics.report
    files: youtube/analytics-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-youtube
    overlap: replaces
    freshness: {warn_after: 8d, error_after: 15d}
  - key: youtube-tomas-videos
    format: youtube_data.videos
    files: youtube/tomas/videos-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: tomas
    timezone: UTC
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: youtube-tomas-channel
    format: youtube_data.channels
    files: youtube/tomas/channels-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: tomas
    timezone: UTC
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
"""

CHANNEL, OTHER_CHANNEL = "UCumojaDEMO0000000000001", "UCtomasDEMO0000000000002"
TITLES = (
    "How we fire a teapot (in 4 min)",
    "Rooibos harvest, part 1 || two farms",
    'Tea school: "what is bitter?"',
    "Iced rooibos, three ways | long, short, sweet",
    "A day in our Woodstock shop",
    "夜のルイボス (rooibos at night)",
    "Lid fix: twist | press | pour",
    "🫖 Pot talk",
)
OWN_TITLES = (
    "Mi mesa, mi té",
    "¿Té o café? 3 tazas, 1 juez",
    "Vajilla lenta: el taller",
    "Una tarde en casa",
)
EN_DASH = "\u2013"  # between the ages, where people type a hyphen
DATE_DAYS = tuple(days(date(2026, 10, 15), date(2026, 11, 11)))  # the newest days come late


def youtube_files() -> Iterator[File]:
    """Give every file as path and content."""
    for first, last, on in (
        (date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 5)),
        (date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 4)),
    ):
        yield f"youtube/content-{first}_{last}-{on}.csv", table(content(first, last))
    yield f"youtube/dates-{YESTERDAY}.csv", table(dates())
    yield f"youtube/chart-{YESTERDAY}.csv", table(chart())
    on = date(2026, 10, 5)
    yield f"youtube/audience-age-{on}.csv", table(audience("Viewer age", AGES))
    yield f"youtube/audience-gender-{on}.csv", table(audience("Viewer gender", GENDERS))
    for on in WEEKLY[1:]:
        yield f"youtube/videos-{on}T050000Z.json", answer(videos(CHANNEL, TITLES, 21_000, on))
        yield f"youtube/channels-{on}T050000Z.json", answer(channel(CHANNEL, "@umojatea_demo", 6_180, on))
        yield f"youtube/analytics-{on}T050000Z.json", answer(analytics(on))
        own = videos(OTHER_CHANNEL, OWN_TITLES, 88_000, on)
        yield f"youtube/tomas/videos-{on}T050000Z.json", answer(own)
        handle = f"@{BY_KEY['tomas'].youtube}"
        yield f"youtube/tomas/channels-{on}T050000Z.json", answer(channel(OTHER_CHANNEL, handle, 51_300, on))
    yield f"youtube/comments-1-{YESTERDAY}.json", answer(comments())


def video_id(channel_id: str, at: int) -> str:
    """Name a video in eleven characters; some begin with a hyphen, which spreadsheets take for a formula."""
    return f"{'-_aZ'[at % 4]}DEMO{channel_id[2:5]}0{at:02d}"


def published(at: int) -> date:
    return date(2026, 8, 18) + timedelta(days=11 * at)


# --- Studio ----------------------------------------------------------------------------------------


def content(first: date, last: date) -> Iterator[Row]:
    """Tell each video over a month; the total counts deleted videos too and lies a little above the sum."""
    yield (
        "Content", "Video title", "Video publish time", "Duration", "Engaged views", "Views", "Watch time (hours)",
        "Subscribers", "Thumbnail impressions", "Thumbnail click-through rate (%)",
    )  # fmt: skip
    rows = [row for at, title in enumerate(TITLES) if (row := content_row(at, title, first, last))]
    views, impressions = sum(row[5] for row in rows), sum(row[8] for row in rows)
    yield (
        "Total", "", "", "", views * 8 // 10, views + views // 300, f"{views * 0.021:.4f}",
        sum(row[7] for row in rows), impressions, "4.1",
    )  # fmt: skip
    yield from rows


def content_row(
    at: int, title: str, first: date, last: date
) -> tuple[str, str, str, int, int, int, str, int, int, str] | None:
    since = max(first, published(at))
    if since > last:
        return None
    views = sum(daily(f"youtube {at}", day, 260 - 18 * at) for day in days(since, last))
    return (
        video_id(CHANNEL, at), title, long_date(published(at)), 180 + 31 * at, views * 8 // 10, views,
        f"{views * 0.021:.4f}", views // 210, views * 11, "4.1",
    )  # fmt: skip


def dates() -> Iterator[Row]:
    yield ("Date", "Views", "Watch time (hours)", "Subscribers", "Estimated revenue (USD)")
    for day in DATE_DAYS:
        views = sum(chart_views(at, day) for at in range(4)) + daily("youtube older", day, 700)
        yield (day, views, f"{views * 0.021:.4f}", views // 240, f"{views * 0.0014:.3f}")


def chart() -> Iterator[Row]:
    """Draw the days of four videos: one block after the other, not by date."""
    yield ("Date", "Content", "Views")
    for at in range(4):
        yield from ((day, video_id(CHANNEL, at), chart_views(at, day)) for day in DATE_DAYS)


def chart_views(at: int, day: date) -> int:
    return daily(f"youtube {at}", day, 260 - 18 * at)


AGES = tuple(
    (f"{ages.replace('-', EN_DASH)} years", share)
    for ages, share in (
        ("18-24", "12.4"), ("25-34", "31.8"), ("35-44", "26.1"), ("45-54", "15.2"), ("55-64", "9.6"), ("65+", "4.9"),
    )
)  # fmt: skip
GENDERS = (("Female", "63.9"), ("Male", "35.6"), ("User-specified", "0.5"))


def audience(name: str, shares: Sequence[tuple[str, str]]) -> Iterator[Row]:
    yield (
        name,
        "Views (%)",
        "Average view duration",
        "Average percentage viewed (%)",
        "Watch time (hours) (%)",
    )
    yield from ((part, share, "0:03:12", "44.1", share) for part, share in shares)


# --- the APIs --------------------------------------------------------------------------------------


def videos(channel_id: str, titles: Sequence[str], level: int, on: date) -> dict[str, object]:
    """Tell videos as they are on a day: counts are texts, a hidden counter is absent."""
    items = [video(channel_id, at, title, level, on) for at, title in enumerate(titles) if published(at) < on]
    return {
        "kind": "youtube#videoListResponse",
        "etag": f"demo{on:%m%d}",
        "items": items,
        "pageInfo": {"totalResults": len(items), "resultsPerPage": len(items)},
    }


def video(channel_id: str, at: int, title: str, level: int, on: date) -> dict[str, object]:
    name = f"{channel_id} {at}"
    views = grown(name, Random(name).randint(level // 3, level), published(at), on)
    counters = {
        "viewCount": views,
        "likeCount": views // 26,
        "favoriteCount": 0,
        "commentCount": views // 380,
    }
    if at == 2:
        del counters["likeCount"]
    moment = datetime.combine(published(at), time(15, 4, 11), UTC)
    return {
        "kind": "youtube#video",
        "etag": f"demo{at}",
        "id": video_id(channel_id, at),
        "snippet": {
            "publishedAt": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
            "channelId": channel_id,
            "title": title,
            "description": "Slow tea, quiet cups.",
            "categoryId": "26",
        },
        "contentDetails": {"duration": f"PT{3 + at}M{7 * at}S", "definition": "hd"},
        "statistics": {key: str(value) for key, value in counters.items()},
        "paidProductPlacementDetails": {"hasPaidProductPlacement": False},
    }


def channel(channel_id: str, handle: str, subscribers: int, on: date) -> dict[str, object]:
    """Tell a channel; YouTube rounds its subscribers down to three digits."""
    grown_to = subscribers + (on - date(2026, 9, 1)).days * subscribers // 900
    rounded = grown_to - grown_to % 10 ** (len(str(grown_to)) - 3)
    statistics = {
        "viewCount": str(grown_to * 61),
        "subscriberCount": str(rounded),
        "hiddenSubscriberCount": False,
        "videoCount": "58",
    }
    item = {
        "kind": "youtube#channel",
        "etag": f"demo{on:%m%d}",
        "id": channel_id,
        "snippet": {"title": "Tea and cups", "customUrl": handle, "publishedAt": "2021-03-14T08:00:00Z"},
        "statistics": statistics,
    }
    return {
        "kind": "youtube#channelListResponse",
        "etag": "demo",
        "pageInfo": {"totalResults": 1, "resultsPerPage": 5},
        "items": [item],
    }


def analytics(on: date) -> dict[str, object]:
    """Tell a report by day: rows in the order of the headers; the newest two days are not there yet."""
    names = {"day": "STRING", "views": "INTEGER", "estimatedMinutesWatched": "INTEGER", "likes": "INTEGER",
             "comments": "INTEGER", "shares": "INTEGER", "subscribersGained": "INTEGER",
             "subscribersLost": "INTEGER"}  # fmt: skip
    headers = [
        {"name": name, "columnType": "DIMENSION" if name == "day" else "METRIC", "dataType": kind}
        for name, kind in names.items()
    ]
    rows = []
    for day in days(on - timedelta(days=17), on - timedelta(days=3)):
        views = sum(chart_views(at, day) for at in range(4)) + daily("youtube older", day, 700)
        rows.append(
            [
                str(day),
                views,
                views * 63 // 50,
                views // 26,
                views // 380,
                views // 510,
                views // 200,
                views // 1200,
            ]
        )
    return {"kind": "youtubeAnalytics#resultTable", "columnHeaders": headers, "rows": rows}


SAID = (
    "The kiln part is so calming 😌",
    "¿Envían a España?",
    "first",
    "I burnt mine. Two minutes is too long for my stove.",
    "Ke a leboga, Umoja!",
    "please subtitle the next one",
)


def comments() -> dict[str, object]:
    """Tell threads below two videos, without authors."""
    items = [thread(at, text) for at, text in enumerate(SAID)]
    return {
        "kind": "youtube#commentThreadListResponse",
        "etag": "demo",
        "pageInfo": {"totalResults": len(items), "resultsPerPage": 20},
        "items": items,
    }


def thread(at: int, text: str) -> dict[str, object]:
    moment = f"{date(2026, 10, 2) + timedelta(days=6 * at)}T18:2{at}:44Z"
    of_video = video_id(CHANNEL, at % 2)
    top = {
        "kind": "youtube#comment",
        "id": f"UgDEMO{at:03d}AaABAg",
        "snippet": {
            "videoId": of_video,
            "textDisplay": text,
            "textOriginal": text,
            "likeCount": at * 5 % 7,
            "publishedAt": moment,
            "updatedAt": moment,
        },
    }
    snippet = {
        "videoId": of_video,
        "topLevelComment": top,
        "canReply": True,
        "totalReplyCount": 0,
        "isPublic": True,
    }
    return {
        "kind": "youtube#commentThread",
        "etag": f"demo{at}",
        "id": f"UgDEMO{at:03d}AaABAg",
        "snippet": snippet,
    }
