"""The sheets of LinkedIn's page exports (.xls), each saved as CSV: a line of description, then the header.

Days are UTC, written month/day/year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from perftrack_site.sources.cast import CellError, Column, plain
from perftrack_site.sources.days import us_day
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.grid import header_of, read_grid, table
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.ledger import Rule, Skipped
from perftrack_site.sources.measures import Measure, measured, needed_span, needing, values
from perftrack_site.sources.numbers import integral
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.platforms.instagram_graph import hashtags
from perftrack_site.sources.records import Cells, Found, Made, counts, transcribe
from perftrack_site.sources.tables import ACCOUNT_DAYS, POST_SPANS, POSTS

PLATFORM = "linkedin"
NAME = "LinkedIn"
URN = re.compile(r"urn:li:(?:share|ugcPost|activity):[0-9]{1,30}")
DESCRIPTION = Rule("description", "the line above the header describes the sheet")


def post_urn(text: str) -> str:
    """Find the URN of a post, alone, in the post's address, or in the small object that answers put around it."""
    found = URN.search(text)
    if not found:
        raise CellError("id", "not the URN of a post such as urn:li:share:7900000000000000001")
    return found.group()


OF_DAYS = (
    Measure(("Impressions (total)",), integral, "impressions", "impressions"),
    Measure(("Unique impressions (organic)",), integral, "reach", "unique_impressions_organic"),
    Measure(("Clicks (total)",), integral, "clicks", "clicks"),
    Measure(("Reactions (total)",), integral, "likes", "reactions"),
    Measure(("Comments (total)",), integral, "comments", "comments"),
    Measure(("Reposts (total)", "Shares (total)"), integral, "shares", "reposts"),
)
OF_POSTS = (
    Measure(("Impressions",), integral, "impressions", "impressions"),
    Measure(("Clicks",), integral, "clicks", "clicks"),
    Measure(("Likes", "Reactions"), integral, "likes", "likes"),
    Measure(("Comments",), integral, "comments", "comments"),
    Measure(("Reposts", "Shares"), integral, "shares", "reposts"),
    Measure(("Follows",), integral, "follows", "follows"),
)
OF_FOLLOWERS = (Measure(("Total followers",), integral, "followers_net", "total_followers"),)
DATE = Column(("Date",), us_day, ("account_days.day",))
DAY_COLUMNS = (DATE, *needing("Impressions (total)", measured("account_days", OF_DAYS)))
FOLLOWER_COLUMNS = (DATE, *needing("Total followers", measured("account_days", OF_FOLLOWERS)))
POST_COLUMNS = (
    Column(
        ("Post link", "Update link"), post_urn, ("post_spans.post_id", "posts.post_id", "posts.permalink")
    ),
    Column(
        ("Post title", "Update title"),
        plain,
        ("posts.caption", "posts.hashtags"),
        nullable=True,
        free_text=True,
    ),
    Column(("Created date",), us_day, ("posts.published_on",)),
    *measured("post_spans", OF_POSTS),
)


def _read_sheet(file: SourceFile, columns: Sequence[Column]) -> Found:
    """Read a sheet; its header is the first line that names most of the columns."""
    grid = read_grid(file)
    known = [header_of(file, line, columns).known for line in grid.lines[:3]]
    if not any(known):
        wrong = "none of its first three lines names a column of this sheet"
        raise refusal(file.path, 1, "header", wrong, "save the sheet as CSV in English, its header in it")
    at = known.index(max(known))
    header, lines = grid.lines[at], grid.lines[at + 1 :]
    found = table(file, header, lines, columns, keep_raw=False)
    above = (Skipped(*DESCRIPTION, at),) if at else ()
    return replace(
        found,
        counted=grid.counted - 1,
        skipped=(*found.skipped, *above),
        notices=(*grid.notices, *found.notices),
    )


def read_days(file: SourceFile) -> Reading:
    """Read the sheet Metrics: one row is one day of the page."""
    found = _read_sheet(file, DAY_COLUMNS)
    return transcribe(file, found, DAY_COLUMNS, lambda cells: _day(file, cells, OF_DAYS), unique=("Date",))


def read_followers(file: SourceFile) -> Reading:
    """Read the sheet of new followers: one row is one day, not a running total."""
    found = _read_sheet(file, FOLLOWER_COLUMNS)
    return transcribe(
        file, found, FOLLOWER_COLUMNS, lambda cells: _day(file, cells, OF_FOLLOWERS), unique=("Date",)
    )


def _day(file: SourceFile, cells: Cells, measures: Sequence[Measure]) -> list[Made]:
    names = {
        "platform": PLATFORM, "account": account_of(file), "day": cells["Date"],
        "is_provisional": file.is_provisional(cells["Date"]),
    }  # fmt: skip
    return counts(ACCOUNT_DAYS, names, values(measures, cells))


def read_posts(file: SourceFile) -> Reading:
    """Read the sheet All posts: one row is one post, its totals over the days in the file's name."""
    span = needed_span(file)
    found = _read_sheet(file, POST_COLUMNS)
    return transcribe(
        file, found, POST_COLUMNS, lambda cells: _post(file, cells, span), unique=(POST_COLUMNS[0].name,)
    )


def _post(file: SourceFile, cells: Cells, span: Span) -> list[Made]:
    urn, title = cells["Post link"], cells["Post title"]
    post = POSTS.row(
        platform=PLATFORM,
        post_id=urn,
        account=account_of(file),
        published_on=cells["Created date"],
        caption=title,
        hashtags=hashtags(str(title or "")),
        permalink=f"https://www.linkedin.com/feed/update/{urn}/",
    )
    names = {
        "platform": PLATFORM, "post_id": urn, "from_day": span.first, "to_day": span.last,
        "is_provisional": file.is_provisional(span.last),
    }  # fmt: skip
    return [post, *counts(POST_SPANS, names, values(OF_POSTS, cells))]


HOW = "On the LinkedIn page open Analytics, then {}, choose the days and Export. Save the sheet {} as CSV."

PAGE_DAYS = Format(
    "linkedin.page_days_csv",
    label="LinkedIn, page export, sheet Metrics",
    noun="day",
    tables=("account_days",),
    overlaps=("replaces", "adds"),
    columns=DAY_COLUMNS,
    read=read_days,
    platform=NAME,
    zone="UTC",
    export=HOW.format("Content", "Metrics"),
    notes=("Organic and sponsored activity are read together; reach is told for organic activity only.",),
    pattern="linkedin/metrics-{extracted_at:%Y-%m-%d}.csv",
)
PAGE_POSTS = Format(
    "linkedin.page_posts_csv",
    label="LinkedIn, page export, sheet All posts",
    noun="post",
    tables=("post_spans", "posts"),
    overlaps=("replaces", "adds"),
    columns=POST_COLUMNS,
    read=read_posts,
    platform=NAME,
    zone="UTC",
    personal=("Posted by",),
    needs=("from", "to"),
    export=HOW.format("Content", "All posts"),
    notes=(
        "The numbers are totals over the days in the file's name.",
        "A post is known by the URN in its link. The same post may go by another URN in answers of the API.",
    ),
    pattern="linkedin/posts-{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv",
)
PAGE_FOLLOWERS = Format(
    "linkedin.page_followers_csv",
    label="LinkedIn, page export, new followers",
    noun="day",
    tables=("account_days",),
    overlaps=("replaces", "adds"),
    columns=FOLLOWER_COLUMNS,
    read=read_followers,
    platform=NAME,
    zone="UTC",
    export=HOW.format("Followers", "New followers"),
    notes=(
        "Total followers are the new ones of a day, sponsored and invited ones among them: not a running total.",
    ),
    pattern="linkedin/followers-{extracted_at:%Y-%m-%d}.csv",
)

FORMATS = (PAGE_DAYS, PAGE_POSTS, PAGE_FOLLOWERS)
