"""What Meta gives for the company's own page and account: Business Suite, insights, comments, advertising."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from sample.brand import HANDLE, BrandPost, brand_posts
from sample.shapes import YESTERDAY, File, Row, daily, days, grown, marked, utf16

SOURCES = """\
  # Meta Business Suite: Instagram and Facebook of the company itself
  - key: meta-ig-content
    format: meta_business_suite.instagram_content
    files: meta/instagram-{extracted_at:%Y-%m-%d}.csv
    account: umoja-instagram
    timezone: Africa/Johannesburg
    overlap: cumulative
    freshness: {warn_after: 40d, error_after: 80d}
  - key: meta-fb-content
    format: meta_business_suite.facebook_content
    files: meta/facebook-*-{extracted_at:%Y-%m-%d}.csv
    account: umoja-facebook
    timezone: Africa/Johannesburg
    overlap: cumulative
    freshness: {warn_after: 40d, error_after: 80d}
  - key: meta-ig-charts
    format: meta_charts.daily
    files: meta/charts-instagram/*-{extracted_at:%Y-%m-%d}.csv
    account: umoja-instagram
    platform: instagram
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
  - key: meta-fb-charts
    format: meta_charts.daily
    files: meta/charts-facebook/*-{extracted_at:%Y-%m-%d}.csv
    account: umoja-facebook
    platform: facebook
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
  - key: meta-ig-audience
    format: meta_charts.audience
    files: meta/audience-{extracted_at:%Y-%m-%d}.csv
    account: umoja-instagram
    platform: instagram
    overlap: replaces
    freshness: {warn_after: 100d, error_after: 200d}
"""

IG_ACCOUNT, PAGE = "17841400000000021", "61550000000021"
PAGE_NAME = "Umoja Tea & Home"
IG_HEADER = (
    "Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)", "Publish time",
    "Permalink", "Post type", "Data comment", "Date", "Views", "Reach", "Likes", "Shares", "Comments", "Saves",
    "Follows",
)  # fmt: skip
FB_HEADER = (
    "Post ID", "Page ID", "Page name", "Title", "Description", "Duration (sec)", "Publish time", "Caption type",
    "Permalink", "Is crosspost", "Is share", "Post type", "Languages", "Custom labels", "Funded content status",
    "Data comment", "Date", "Views", "Reach", "Reactions, Comments and Shares", "Reactions", "Comments", "Shares",
    "Total clicks",
)  # fmt: skip
FB_POSTS_HEADER = (
    *FB_HEADER, "Link Clicks", "Other Clicks", "Matched Audience Targeting Consumption (Photo Click)",
    "Seconds viewed", "Average Seconds viewed", "Estimated earnings (USD)", "Ad impressions",
)  # fmt: skip
FB_VIDEOS_HEADER = (  # `Views` stands twice: of the post, and of its video
    *FB_HEADER, "Views", "Reach from Organic posts", "Reach from Boosted posts", "3-second video views",
    "1-minute video views",
)  # fmt: skip
IG_TYPES = {"image": "IG image", "carousel": "IG carousel", "video": "IG reel"}
CHART_DAYS = tuple(days(date(2026, 9, 15), YESTERDAY))
CHARTS = {
    "charts-instagram/Reach": ("Instagram reach", 3_900),
    "charts-instagram/Views": ("Views", 8_600),
    "charts-instagram/Visits (1)": ("Instagram profile visits", 140),
    "charts-facebook/Reach": ("Facebook reach", 1_450),
    "charts-facebook/Interactions": ("Content interactions", 95),
    "charts-facebook/Follows": ("Follows", 6),
}


def meta_files() -> Iterator[File]:
    """Give every file as path and content."""
    october, november = date(2026, 10, 5), date(2026, 11, 9)
    yield f"meta/instagram-{october}.csv", content(IG_HEADER, instagram_rows(october))
    yield f"meta/instagram-{november}.csv", content(IG_HEADER, instagram_rows(november))
    for on in (october, november):
        yield f"meta/facebook-posts-{on}.csv", content(FB_POSTS_HEADER, facebook_rows(on))
    yield f"meta/facebook-videos-{november}.csv", content(FB_VIDEOS_HEADER, video_rows(november))
    for path, (title, level) in CHARTS.items():
        yield f"meta/{path}-{YESTERDAY}.csv", chart(title, level)
    yield f"meta/audience-{date(2026, 9, 30)}.csv", audience()


# --- content exports -----------------------------------------------------------------------------


def content(header: Row, rows: Iterable[Row]) -> bytes:
    """Quote as Meta does: a cell with a blank, comma, quote or line break, the header's too."""
    return marked("".join(",".join(map(cell, row)) + "\n" for row in (header, *rows)))


def cell(value: object) -> str:
    text = str(value)
    if not any(mark in text for mark in ' ,"\n'):
        return text
    return '"' + text.replace('"', '""') + '"'


def published_before(on: date) -> list[BrandPost]:
    return [post for post in brand_posts() if post.day < on]


def instagram_rows(on: date) -> Iterator[Row]:
    """List the posts oldest first, with their totals as on a day."""
    for post in published_before(on):
        views = grown(f"ig {post.number}", post.count("ig views", 1_800, 9_000), post.day, on)
        likes, follows = views * 41 // 1000, views // 1700
        shortcode = f"DEMOu{post.number:03d}_b{'-' if post.number % 2 else 'k'}"
        path = "reel" if post.kind == "video" else "p"
        yield (
            f"180{post.number:014d}", IG_ACCOUNT, HANDLE, "Umoja Tea", post.text,
            post.count("seconds", 12, 58) if post.kind == "video" else 0, f"{post.local:%m/%d/%Y %H:%M}",
            f"https://www.instagram.com/{path}/{shortcode}/", IG_TYPES[post.kind], "", "Lifetime", views,
            views * 77 // 100, likes, likes // 15, likes // 22, likes // 9, follows or "",
        )  # fmt: skip


def facebook_lead(post: BrandPost, kind: str, numbers: Row) -> Row:
    text = ("", post.text) if kind == "Reels" else (post.text, "")
    path = "reel/9000000000" if kind == "Reels" else "UmojaTeaDemo/posts/7000000000"
    return (
        facebook_id(post), PAGE, PAGE_NAME, *text, post.count("seconds", 12, 58) if kind != "Photos" else 0,
        f"{post.local + timedelta(minutes=30):%m/%d/%Y %H:%M}", "N/A",
        f"https://www.facebook.com/{path}{post.number:05d}", 0, 0, kind, "", "", "", "", "Lifetime", *numbers,
    )  # fmt: skip


def facebook_id(post: BrandPost) -> str:
    return f"9{post.number:014d}"


def facebook_numbers(post: BrandPost, on: date) -> tuple[int, ...]:
    views = grown(f"fb {post.number}", post.count("fb views", 500, 2_600), post.day, on)
    reactions, comments, shares = views * 22 // 1000, views * 3 // 1000, views * 4 // 1000
    return (
        views, views * 6 // 10, reactions + comments + shares, reactions, comments, shares, views * 31 // 1000
    )  # fmt: skip


def facebook_rows(on: date) -> Iterator[Row]:
    """List pictures and reels newest first; the oldest rows are cut off after their last value."""
    posts = published_before(on)
    for post in reversed(posts):
        numbers = facebook_numbers(post, on)
        kind = "Reels" if post.kind == "video" and post.number % 2 else "Photos"
        row = (*facebook_lead(post, kind, numbers), numbers[-1] // 3, numbers[-1] // 3, numbers[-1] // 3)
        watched = (numbers[0] * 7, "7.000", 0, 0) if kind == "Reels" else ("", "", "", "")
        yield row if post.number <= 4 else (*row, *watched)
    if on == date(2026, 11, 9):  # once the platform itself failed: an error in place of a post
        failed = ["" for _ in FB_POSTS_HEADER]
        failed[15:18] = ["Data for this post is not available", "Lifetime", "0"]
        yield failed


def video_rows(on: date) -> Iterator[Row]:
    """List the long videos, which the export of posts leaves out."""
    for number in range(1, 7):
        moment = datetime.combine(date(2026, 9, 3) + timedelta(days=9 * number), time(16, 7))
        views = grown(f"video {number}", 900 + 310 * number, moment.date(), on)
        yield (
            f"98{number:013d}", PAGE, PAGE_NAME, f"Tea school, lesson {number}", "", 240 + 31 * number,
            f"{moment:%m/%d/%Y %H:%M}", "N/A", f"https://www.facebook.com/UmojaTeaDemo/videos/80000000000{number:03d}",
            0, 0, "Videos", "", "", "", "", "Lifetime", views, views * 7 // 10, views // 30, views // 40,
            views // 400, views // 30 - views // 40 - views // 400, views // 50, views * 8 // 10, views * 7 // 10, 0,
            views * 6 // 10, views * 2 // 10,
        )  # fmt: skip


# --- charts ----------------------------------------------------------------------------------------


def chart(title: str, level: int) -> bytes:
    lines = "".join(f'"{day}T00:00:00","{daily(title, day, level)}"\n' for day in CHART_DAYS)
    return utf16(f'sep=,\n"{title}"\n"Date","Primary"\n{lines}\n')


def audience() -> bytes:
    return utf16(
        'sep=,\n"Age & gender"\n"","Women","Men"\n"18-24","9.8","4.1"\n"25-34","26.3","11.7"\n"35-44","17.2","9.4"\n'
        '"45-54","7.6","4.3"\n"55-64","3.9","2.2"\n"65+","2.4","1.1"\n\n"Top countries"\n'
        '"South Africa","Kenya","Nigeria","United Kingdom","Germany"\n"71.2","6.4","5.1","4.8","2.2"\n\n'
        '"Top cities"\n"Johannesburg, South Africa","Cape Town, South Africa","Durban, South Africa","Nairobi, Kenya"\n'
        '"21.4","17.9","8.8","4.6"\n\n'
    )
