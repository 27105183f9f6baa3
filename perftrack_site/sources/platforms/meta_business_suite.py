"""Meta Business Suite, content exports: one row per post of an Instagram account or a Facebook page.

`Date` says what a row counts: `Lifetime` is a running total, a day is what was added on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from perftrack_site.sources.cast import SCIENTIFIC, Column, Record, count, day, identifier, plain, word
from perftrack_site.sources.csv_reader import read_csv
from perftrack_site.sources.days import any_of, local_moment, us_day
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.numbers import seconds
from perftrack_site.sources.platforms.instagram_graph import hashtags
from perftrack_site.sources.records import Cells, Found, Made, counts, transcribe
from perftrack_site.sources.tables import POST_COUNTS, POST_DAYS, POSTS, Cell

LIFETIME = "lifetime"
CODE_IN_LINK = re.compile(
    r"/(?:p|reel|reels|tv|posts|videos|stories/[^/?]+)/([A-Za-z0-9_-]{5,200})/?(?:\?.*)?"
)
CONTENT_TYPES: Mapping[str, str] = {
    "ig image": "image", "ig carousel": "carousel", "ig reel": "reel", "ig story": "story", "ig video": "video",
    "photo": "image", "photos": "image", "video": "video", "videos": "video", "reel": "reel", "reels": "reel",
    "link": "link", "links": "link", "text": "text", "status": "text", "live": "live", "live video": "live",
}  # fmt: skip
PAID = re.compile(r"paid partnership|branded content")

# Each counter: the column that holds it, and what the platform calls it. The first one that has a value is taken.
Names = tuple[tuple[str, str, str], ...]
INSTAGRAM_NAMES: Names = (
    ("views", "Views", "views"),
    ("views", "Impressions", "legacy_impressions"),
    ("reach", "Reach", "reach"),
    ("likes", "Likes", "likes"),
    ("comments", "Comments", "comments"),
    ("shares", "Shares", "shares"),
    ("saves", "Saves", "saves"),
    ("follows", "Follows", "follows"),
)
FACEBOOK_NAMES: Names = (
    ("views", "Views", "views"),
    ("views", "Impressions", "legacy_impressions"),
    ("reach", "Reach", "reach"),
    ("interactions", "Reactions, Comments and Shares", "reactions_comments_and_shares"),
    ("likes", "Reactions", "reactions"),
    ("comments", "Comments", "comments"),
    ("shares", "Shares", "shares"),
    ("clicks", "Total clicks", "total_clicks"),
    ("watch_milliseconds", "Seconds viewed", "seconds_viewed"),
    ("avg_watch_milliseconds", "Average Seconds viewed", "average_seconds_viewed"),
)


def _counter(header: str, counter: str, *, required: bool = False) -> Column:
    becomes = (f"post_counts.{counter}", f"post_days.{counter}")
    cast = seconds if counter.endswith("milliseconds") else count
    return Column((header,), cast, becomes, required=required, nullable=True)


def counted_day(text: str) -> Cell:
    """Read the day that a row counts; None where it counts everything since the post was published."""
    if text.casefold() == LIFETIME:
        return None
    return any_of(us_day, day, wanted="Lifetime, nor a day such as 03/18/2025")(text)


PAGE = Column(("Page name",), plain, ("posts.account",))
POST_ID = Column(("Post ID",), identifier, ("posts.post_id", "post_counts.post_id", "post_days.post_id"))
PUBLISHED = Column(("Publish time",), us_day, ("posts.published_at", "posts.published_on"))
PERMALINK = Column(("Permalink",), plain, ("posts.permalink",), nullable=True)
POST_TYPE = Column(("Post type",), word, ("posts.content_type",), nullable=True)
DATE = Column(("Date",), counted_day, ("post_days.day",))
CAPTION = ("posts.caption", "posts.hashtags")

INSTAGRAM = (
    POST_ID,
    Column(("Account username",), plain, ("posts.account",)),
    Column(("Description",), plain, CAPTION, nullable=True, free_text=True),
    PUBLISHED,
    PERMALINK,
    POST_TYPE,
    DATE,
    *(_counter(header, counter, required=header == "Reach") for counter, header, _ in INSTAGRAM_NAMES),
)
FACEBOOK = (
    POST_ID,
    PAGE,
    Column(("Title",), plain, CAPTION, required=False, nullable=True, free_text=True),
    Column(("Description",), plain, CAPTION, nullable=True, free_text=True),
    PUBLISHED,
    PERMALINK,
    POST_TYPE,
    Column(("Funded content status",), word, ("posts.is_paid_partnership",), required=False, nullable=True),
    DATE,
    # Exports of videos have a second column `Views`, of the video alone. It is named so that it is not taken for
    # the post's; that one stands after it, because the last column of a name is the one that is read by it.
    Column(("Views",), count, (), required=False, nullable=True, nth=2),
    *(_counter(header, counter, required=header == "Reach") for counter, header, _ in FACEBOOK_NAMES),
)


def read_instagram(file: SourceFile) -> Reading:
    """Read a content export of an Instagram account."""
    return _read(file, INSTAGRAM, "instagram", INSTAGRAM_NAMES)


def read_facebook(file: SourceFile) -> Reading:
    """Read a content export of a Facebook page: posts, videos, or the generation before `Views`."""
    return _read(file, FACEBOOK, "facebook", FACEBOOK_NAMES)


def _several_pages(file: SourceFile, found: Found, columns: Sequence[Column]) -> tuple[str, ...]:
    """Say that posts of several pages are taken for those of the one account that the source declares."""
    if PAGE not in columns or not file.declaration.account:
        return ()
    pages = {record.cells[columns.index(PAGE)].strip() for record in found.records} - {""}
    said = (
        f"holds posts of {len(pages)} pages, and all are taken for {file.account}: export each page by itself"
    )
    return (said,) if len(pages) > 1 else ()


def _read(file: SourceFile, columns: Sequence[Column], platform: str, names: Names) -> Reading:
    """Read either export. Publish times have no zone: they are told in that of the account."""
    columns = tuple(
        replace(column, cast=local_moment(file, us_day)) if column is PUBLISHED else column
        for column in columns
    )
    found = _with_ids_from_links(read_csv(file, columns, short_rows=True), columns)
    found = replace(found, notices=(*found.notices, *_several_pages(file, found, columns)))
    described: set[Cell] = set()

    def make(cells: Cells) -> list[Made]:
        rows = [] if cells["Post ID"] in described else [_post(file, platform, cells)]
        described.add(cells["Post ID"])
        return rows + _counted(file, platform, cells, names)

    return transcribe(file, found, columns, make, unique=("Post ID", "Date"))


def _with_ids_from_links(found: Found, columns: Sequence[Column]) -> Found:
    """Where a spreadsheet has rounded the id of a post, let the code in its link name it."""
    post_id, link = columns.index(POST_ID), columns.index(PERMALINK)
    records: list[Record] = []
    rounded = 0
    for record in found.records:
        code = CODE_IN_LINK.search(record.cells[link])
        if code and SCIENTIFIC.fullmatch(record.cells[post_id].strip()):
            rounded += 1
            cells = (*record.cells[:post_id], code.group(1), *record.cells[post_id + 1 :])
            records.append(record._replace(cells=cells))
        else:
            records.append(record)
    if not rounded:
        return found
    notice = (
        f"a spreadsheet has rounded {rounded} ids: these posts go by the code in their link, and do not meet the same "
        "posts of other files; keep the export as it was downloaded"
    )
    return replace(found, records=records, notices=(*found.notices, notice))


def _post(file: SourceFile, platform: str, cells: Cells) -> Made:
    told = (
        cells["Account username"]
        if platform == "instagram"
        else file.declaration.account or cells["Page name"]
    )
    parts = (cells.get("Title"), cells["Description"])
    caption = "\n".join(str(part) for part in parts if part is not None) or None
    funded = cells.get("Funded content status")
    return POSTS.row(
        platform=platform,
        post_id=cells["Post ID"],
        account=account_of(file, told),
        published_at=cells["Publish time"],
        published_on=file.business_day(cells["Publish time"]),
        content_type=CONTENT_TYPES.get(str(cells["Post type"])),
        caption=caption,
        hashtags=hashtags(caption or ""),
        permalink=cells["Permalink"],
        is_paid_partnership=bool(PAID.search(str(funded))) if funded is not None else None,
    )


def _counted(file: SourceFile, platform: str, cells: Cells, names: Names) -> list[Made]:
    """Make the rows of a post's counters; of two names for one counter the first that has a value is taken."""
    taken: dict[str, tuple[str, str, Cell]] = {}
    for counter, header, definition in names:
        if cells[header] is not None:
            taken.setdefault(counter, (counter, definition, cells[header]))
    post: dict[str, Cell] = {"platform": platform, "post_id": cells["Post ID"]}
    if cells["Date"] is None:
        return counts(POST_COUNTS, {**post, "witness": "export"}, taken.values())
    of_day = {"day": cells["Date"], "is_provisional": file.is_provisional(cells["Date"])}
    return counts(POST_DAYS, {**post, **of_day}, taken.values())


NOTES = (
    "Publish times are told by the clock of the account, month/day/year, without a zone.",
    "Give the source the account's `timezone`; without it the zone of the business calendar is taken.",
    "Rows with `Lifetime` are running totals as on the day of the export.",
    "Rows with a day are what was added on that day; the newest two days are provisional.",
    "Rows that stand for an error of the platform have no id: they are rejected and counted.",
    "`Impressions` of older exports are views by another definition.",
    "A spreadsheet may round the ids: such posts go by the code in their link.",
)
SHORT_ROWS = "Rows that were cut off after their last value are read; the cells they lack are unknown, not 0."
INSTAGRAM_CONTENT = Format(
    "meta_business_suite.instagram_content",
    label="Meta Business Suite, Instagram content export",
    noun="post",
    tables=("posts", "post_counts", "post_days"),
    overlaps=("cumulative", "replaces"),
    columns=INSTAGRAM,
    read=read_instagram,
    platform="Instagram",
    settles_days=2,
    export=(
        "In Meta Business Suite open Insights, then Content, and choose Export data. Choose the Instagram account, the "
        "days and the lifetime numbers, and download the CSV. Keep it as it is; do not save it from a spreadsheet."
    ),
    notes=NOTES,
    pattern="meta/instagram-{extracted_at:%Y-%m-%d}.csv",
)
FACEBOOK_CONTENT = Format(
    "meta_business_suite.facebook_content",
    label="Meta Business Suite, Facebook content export",
    noun="post",
    tables=("posts", "post_counts", "post_days"),
    overlaps=("cumulative", "replaces"),
    columns=FACEBOOK,
    read=read_facebook,
    platform="Facebook",
    settles_days=2,
    export=(
        "In Meta Business Suite open Insights, then Content, and choose Export data. Choose the page, the days and "
        "posts or videos with their lifetime numbers, and download the CSV. Keep it as it is; do not save it from a "
        "spreadsheet."
    ),
    notes=(
        *NOTES,
        SHORT_ROWS,
        "Reactions of every kind are likes.",
        "An export of videos has two columns `Views`: the first, of the post, is the one that counts.",
        "The file names the page by its title; the source's `account` is believed first.",
    ),
    pattern="meta/facebook-{extracted_at:%Y-%m-%d}.csv",
)

FORMATS: tuple[Format, ...] = (INSTAGRAM_CONTENT, FACEBOOK_CONTENT)
