"""X's own exports: the account day by day, and posts with their totals over the days of the export.

The headers of posts have changed three times; files until 2024 speak of tweets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from perftrack_site.sources.cast import Column, Record, day, digits, plain
from perftrack_site.sources.csv_reader import read_csv
from perftrack_site.sources.days import any_of, named_day, utc_moment
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.measures import Measure, measured, needed_span, needing, values
from perftrack_site.sources.numbers import integral
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.platforms.instagram_graph import hashtags
from perftrack_site.sources.platforms.x_api import NAME, PLATFORM
from perftrack_site.sources.records import Cells, Found, Made, counts, transcribe
from perftrack_site.sources.tables import ACCOUNT_DAYS, POST_SPANS, POSTS, Cell

LINK = re.compile(
    r"https?://(?:www\.)?(?:x|twitter)\.com/([A-Za-z0-9_]{1,15})/status/([0-9]{1,30})(?:[/?].*)?"
)
BLANK_BEFORE_OFFSET = re.compile(r" (?=[+-][0-9]{4}$)")


def legacy_moment(text: str) -> Cell:
    """Read `2024-03-15 18:42 +0000`."""
    return utc_moment(BLANK_BEFORE_OFFSET.sub("", text))


OVERVIEW = (
    Measure(("Impressions",), integral, "views", "impressions"),
    Measure(("Likes",), integral, "likes", "likes"),
    Measure(("Engagements",), integral, "interactions", "engagements"),
    Measure(("Bookmarks",), integral, "saves", "bookmarks"),
    Measure(("New follows",), integral, "followers_gained", "new_follows"),
    Measure(("Unfollows",), integral, "followers_lost", "unfollows"),
    Measure(("Replies",), integral, "comments", "replies"),
    Measure(("Reposts",), integral, "shares", "reposts"),
    Measure(("Profile visits",), integral, "profile_visits", "profile_visits"),
    Measure(("Create Post",), integral, "posts", "create_post"),
    Measure(("Video views",), integral, "video_views", "video_views"),
)
CONTENT = (
    Measure(("Impressions",), integral, "views", "impressions"),
    Measure(("Likes",), integral, "likes", "likes"),
    Measure(("Engagements",), integral, "interactions", "engagements"),
    Measure(("Bookmarks",), integral, "saves", "bookmarks"),
    Measure(("New follows", "Follows"), integral, "follows", "new_follows"),
    Measure(("Replies",), integral, "comments", "replies"),
    Measure(("Reposts", "Retweets"), integral, "shares", "reposts"),
    Measure(("Profile visits", "User profile clicks"), integral, "profile_visits", "profile_visits"),
    Measure(("URL Clicks",), integral, "clicks", "url_clicks"),
)
OVERVIEW_COLUMNS = (
    Column(
        ("Date",),
        any_of(named_day, day, wanted="a day such as Sat, Feb 14, 2026"),
        ("account_days.day",),
    ),
    *needing("Unfollows", measured("account_days", OVERVIEW)),
)
POST_ID = Column(("Post id", "Tweet id"), digits, ("posts.post_id", "post_spans.post_id"))
POST_LINK = Column(
    ("Post Link", "Link", "Tweet permalink"), plain, ("posts.permalink", "posts.account"), nullable=True
)
CONTENT_COLUMNS = (
    POST_ID,
    POST_LINK,
    Column(
        ("Date", "time"),
        any_of(day, named_day, legacy_moment, wanted="a day such as Sat, Aug 15, 2026"),
        ("posts.published_on", "posts.published_at"),
    ),
    Column(
        ("Post text", "Tweet text"), plain, ("posts.caption", "posts.hashtags"), nullable=True, free_text=True
    ),
    *measured("post_spans", CONTENT),
)


def read_overview(file: SourceFile) -> Reading:
    """Read the account overview: one row is one day in UTC."""
    return transcribe(
        file,
        read_csv(file, OVERVIEW_COLUMNS),
        OVERVIEW_COLUMNS,
        lambda cells: _day(file, cells),
        unique=("Date",),
    )


def _day(file: SourceFile, cells: Cells) -> list[Made]:
    names = {
        "platform": PLATFORM, "account": account_of(file), "day": cells["Date"],
        "is_provisional": file.is_provisional(cells["Date"]),
    }  # fmt: skip
    return counts(ACCOUNT_DAYS, names, values(OVERVIEW, cells))


def read_content(file: SourceFile) -> Reading:
    """Read posts: one row is one post, its totals over the days in the file's name. Raises QualityError."""
    span = needed_span(file)
    found = _with_ids_of_links(read_csv(file, CONTENT_COLUMNS))

    def make(cells: Cells) -> list[Made]:
        return [_post(file, cells), *_spans(file, cells, span)]

    return transcribe(file, found, CONTENT_COLUMNS, make, unique=(POST_ID.name,))


def _with_ids_of_links(found: Found) -> Found:
    """Take each id from the post's link, where there is one: a spreadsheet turns long ids into rounded numbers."""
    records = [_with_id_of_link(record) for record in found.records]
    lost = sum(old is not new for old, new in zip(found.records, records, strict=True))
    told = f"{lost} ids were damaged by a spreadsheet and taken from the links of their posts"
    return replace(found, records=records, notices=(*found.notices, *([told] if lost else [])))


def _with_id_of_link(record: Record) -> Record:
    post_id, address, *others = record.cells
    seen = LINK.fullmatch(address.strip())
    if seen is None or seen.group(2) == post_id.strip():
        return record
    return record._replace(cells=(seen.group(2), address, *others))


def _post(file: SourceFile, cells: Cells) -> Made:
    address, text, published = cells[POST_LINK.name], cells["Post text"], cells["Date"]
    seen = LINK.fullmatch(str(address))
    moment = published if isinstance(published, datetime) else None
    return POSTS.row(
        platform=PLATFORM,
        post_id=cells[POST_ID.name],
        account=account_of(file, seen.group(1) if seen else None),
        published_at=moment,
        published_on=file.business_day(moment) if moment else published,
        caption=text,
        hashtags=hashtags(str(text or "")),
        permalink=address,
    )


def _spans(file: SourceFile, cells: Cells, span: Span) -> Sequence[Made]:
    names = {
        "platform": PLATFORM, "post_id": cells[POST_ID.name], "from_day": span.first, "to_day": span.last,
        "is_provisional": file.is_provisional(span.last),
    }  # fmt: skip
    return counts(POST_SPANS, names, values(CONTENT, cells))


ACCOUNT_OVERVIEW = Format(
    "x_csv.account_overview",
    label="X, account overview",
    noun="day",
    tables=("account_days",),
    overlaps=("replaces", "adds"),
    columns=OVERVIEW_COLUMNS,
    read=read_overview,
    platform=NAME,
    zone="UTC",
    export="On X open Premium, then Analytics, then Overview. Choose the days and download them as CSV.",
    notes=(
        "Views are X's impressions, shares are reposts. The column Shares (uses of the share menu) is not kept.",
    ),
    pattern="x/account_overview_analytics-{extracted_at:%Y-%m-%d}.csv",
)
POST_CONTENT = Format(
    "x_csv.content",
    label="X, content",
    noun="post",
    tables=("post_spans", "posts"),
    overlaps=("replaces", "adds"),
    columns=CONTENT_COLUMNS,
    read=read_content,
    platform=NAME,
    zone="UTC",
    needs=("from", "to"),
    export="On X open Premium, then Analytics, then Content. Choose the days and download them as CSV. The name of "
    "the file holds the first and the last day: keep them. Exports until 2024 (tweet activity) are read too.",
    notes=(
        "The numbers are totals over the days in the file's name.",
        "Views are X's impressions, shares are reposts. The column Shares (uses of the share menu) is not kept.",
        "The day of a post is told without its time. The kind of post (text, image, video) is not told.",
        "An id that a spreadsheet has rounded is taken from the post's link; without a link the row is rejected.",
    ),
    pattern="x/account_analytics_content_{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv",
)

FORMATS = (ACCOUNT_OVERVIEW, POST_CONTENT)
