"""TikTok Studio: the CSV files that its analytics page lets a creator download, one for each section.

Headers are English in every language, days are not; no day has a year (`tiktok_days`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from perftrack_site.sources.cast import CellError, Column, Record, count, plain, word
from perftrack_site.sources.csv_reader import read_csv
from perftrack_site.sources.days import last_before
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.ledger import Rule, Skipped
from perftrack_site.sources.numbers import fraction, signed_count
from perftrack_site.sources.platforms.instagram_graph import hashtags
from perftrack_site.sources.platforms.tiktok_days import Calendar, calendar_of
from perftrack_site.sources.platforms.tiktok_links import PLATFORM, link_parts, video_link
from perftrack_site.sources.records import Cells, Found, Made, counts, transcribe
from perftrack_site.sources.tables import (
    ACCOUNT_DAYS,
    ACCOUNT_HOURS,
    AUDIENCE_SHARES,
    POST_COUNTS,
    POSTS,
    Cell,
)

A_DAY = timedelta(days=1)
LAST_HOUR = 23
DAY, COUNTER, VALUE = map(list(ACCOUNT_DAYS.columns).index, ("day", "counter", "value"))
HOUR_TO_COME = Rule(
    "hour_to_come", "an hour of the day of the export that was not over: its 0 is no measurement"
)


def hour_of_day(text: str) -> int:
    """Read an hour from 0 to 23."""
    hour = count(text)
    if hour > LAST_HOUR:
        raise CellError("hour", "not an hour from 0 to 23")
    return hour


def territory(text: str) -> str:
    """Take a country's two letters as they are; the rest of the world is a word of the export's language."""
    return plain(text) if len(text) == len("ZA") and text.isupper() else word(text)


OVERVIEW_COLUMNS = (
    Column(("Date",), plain, ("account_days.day",)),
    Column(("Video Views",), signed_count, ("account_days.views",), nullable=True),
    Column(("Profile Views",), signed_count, ("account_days.profile_visits",), nullable=True),
    Column(("Likes",), signed_count, ("account_days.likes",), nullable=True),
    Column(("Comments",), signed_count, ("account_days.comments",), nullable=True),
    Column(("Shares",), signed_count, ("account_days.shares",), nullable=True),
    Column(("New followers",), signed_count, ("account_days.followers_net",), required=False, nullable=True),
)
FOLLOWER_COLUMNS = (
    Column(("Date",), plain, ("account_days.day",)),
    Column(("Followers",), count, ("account_days.followers",), nullable=True),
    Column(
        ("Difference in followers from previous day",),
        signed_count,
        ("account_days.followers_net",),
        nullable=True,
    ),
)
VIEWER_COLUMNS = (
    Column(("Date",), plain, ("account_days.day",)),
    Column(("Total Viewers",), count, ("account_days.viewers",), nullable=True),
    Column(("New Viewers",), count, ("account_days.new_viewers",), nullable=True),
    Column(("Returning Viewers",), count, ("account_days.returning_viewers",), nullable=True),
)
ACTIVITY_COLUMNS = (
    Column(("Date",), plain, ("account_hours.day",)),
    Column(("Hour",), hour_of_day, ("account_hours.hour",)),
    Column(("Active followers",), count, ("account_hours.active_followers",), nullable=True),
)
GENDER_COLUMNS = (
    Column(("Gender",), word, ("audience_shares.part",)),
    Column(("Distribution",), fraction, ("audience_shares.share",), nullable=True),
)
TERRITORY_COLUMNS = (
    Column(("Top territories",), territory, ("audience_shares.part",)),
    Column(("Distribution",), fraction, ("audience_shares.share",), nullable=True),
)
CONTENT_COLUMNS = (
    Column(("Time",), plain, ()),
    Column(
        ("Video link",),
        video_link,
        ("posts.post_id", "posts.account", "posts.content_type", "posts.permalink", "post_counts.post_id"),
    ),
    Column(("Video title",), plain, ("posts.caption", "posts.hashtags"), nullable=True, free_text=True),
    Column(("Post time",), plain, ("posts.published_on",)),
    Column(("Total likes",), count, ("post_counts.likes",), nullable=True),
    Column(("Total comments",), count, ("post_counts.comments",), nullable=True),
    Column(("Total shares",), count, ("post_counts.shares",), nullable=True),
    Column(("Total views",), count, ("post_counts.views",), nullable=True),
    Column(("Add to favorites",), count, ("post_counts.saves",), required=False, nullable=True),
)


def _counters(columns: Sequence[Column], cells: Cells) -> Iterable[tuple[str, str, Cell]]:
    """Name the counters of a record, what TikTok calls them, and their values."""
    for column in columns:
        _, _, counter = column.becomes[0].partition(".")
        yield counter, column.name.lower().replace(" ", "_"), cells[column.name]


# --- what an account did, day by day ---------------------------------------------------------------


def _dated(file: SourceFile, columns: Sequence[Column]) -> tuple[Found, tuple[Column, ...], Calendar]:
    """Read a file whose first column is a day without a year; answers its columns with that day's cast."""
    found = read_csv(file, columns)
    calendar = calendar_of(file, [record.cells[0] for record in found.records])
    dated = (replace(columns[0], cast=calendar.cast), *columns[1:])
    return replace(found, notices=(*found.notices, *calendar.notices)), dated, calendar


def _day_counts(file: SourceFile, columns: Sequence[Column], cells: Cells) -> list[Made]:
    day = cells["Date"]
    names: dict[str, Cell] = {
        "platform": PLATFORM,
        "account": account_of(file),
        "day": day,
        "is_provisional": file.is_provisional(day),
    }
    return counts(ACCOUNT_DAYS, names, _counters(columns[1:], cells))


def _read_days(columns: Sequence[Column], file: SourceFile) -> Reading:
    """Read a file of days: one day is one record."""
    found, columns, _ = _dated(file, columns)
    return transcribe(file, found, columns, partial(_day_counts, file, columns), unique=("Date",))


def _read_known_days(columns: Sequence[Column], file: SourceFile) -> Reading:
    """Read a file of days in which a day without its first number is not known: the zeros beside it are none."""
    found, columns, _ = _dated(file, columns)
    total = columns[1].name

    def make(cells: Cells) -> list[Made]:
        return [] if cells[total] is None else _day_counts(file, columns, cells)

    return transcribe(file, found, columns, make, unique=("Date",))


def read_followers(file: SourceFile) -> Reading:
    """Read FollowerHistory.csv: one day is one record.

    TikTok writes a difference of 0 where it does not know the day before: that 0 is left out.
    """
    reading = _read_known_days(FOLLOWER_COLUMNS, file)
    rows = reading.rows.get("account_days", ())
    known = {row[DAY] for row in rows if row[COUNTER] == "followers"}
    kept = [row for row in rows if row[COUNTER] == "followers" or row[VALUE] or _before(row[DAY]) in known]
    return replace(reading, rows={"account_days": kept})


def _before(day: Cell) -> Cell:
    return day - A_DAY if isinstance(day, date) else None


def read_activity(file: SourceFile) -> Reading:
    """Read FollowerActivity.csv: one hour of a day is one record."""
    found, columns, calendar = _dated(file, ACTIVITY_COLUMNS)
    started, to_come = _without_hours_to_come(file, found.records, calendar)
    skipped = (*found.skipped, Skipped(*HOUR_TO_COME, to_come)) if to_come else found.skipped
    found = replace(found, records=started, skipped=skipped)
    return transcribe(file, found, columns, partial(_hour, file), unique=("Date", "Hour"))


def _without_hours_to_come(
    file: SourceFile, records: Sequence[Record], calendar: Calendar
) -> tuple[Sequence[Record], int]:
    """Cut off the zeros at the end of a day that was not over at the extraction; answers how many there were."""
    end = len(records)
    while end and records[end - 1].cells[2].strip() == "0" and _is_open(file, records[end - 1], calendar):
        end -= 1
    return records[:end], len(records) - end


def _is_open(file: SourceFile, record: Record, calendar: Calendar) -> bool:
    day = calendar.day(record.cells[0])
    return day == calendar.newest and file.is_provisional(day)


def _hour(file: SourceFile, cells: Cells) -> list[Made]:
    day, active = cells["Date"], cells["Active followers"]
    if active is None:
        return []
    row = ACCOUNT_HOURS.row(
        platform=PLATFORM,
        account=account_of(file),
        day=day,
        hour=cells["Hour"],
        counter="active_followers",
        value=active,
        is_provisional=file.is_provisional(day),
    )
    return [row]


# --- who follows -----------------------------------------------------------------------------------


def _read_shares(dimension: str, columns: Sequence[Column], file: SourceFile) -> Reading:
    """Read a file of parts and their shares: one part is one record."""
    part, share = (column.name for column in columns)

    def make(cells: Cells) -> list[Made]:
        if cells[share] is None:
            return []
        row = AUDIENCE_SHARES.row(
            platform=PLATFORM,
            account=account_of(file),
            audience="followers",
            dimension=dimension,
            part=cells[part],
            share=cells[share],
        )
        return [row]

    return transcribe(file, read_csv(file, columns), columns, make, unique=(part,))


# --- videos ----------------------------------------------------------------------------------------


def read_content(file: SourceFile) -> Reading:
    """Read Content.csv: one video is one record, its post and its running totals.

    The day of posting has no year: it is the last of its kind up to the day of the export, which `Time` tells.
    """
    found, (time, link, title, posted, *totals), calendar = _dated(file, CONTENT_COLUMNS)
    columns = (time, link, title, replace(posted, cast=last_before(calendar.newest)), *totals)
    return transcribe(file, found, columns, partial(_video, file, totals), unique=(link.name,))


def _video(file: SourceFile, totals: Sequence[Column], cells: Cells) -> list[Made]:
    link, caption = link_parts(str(cells["Video link"])), cells["Video title"]
    post = POSTS.row(
        platform=PLATFORM,
        post_id=link.post_id,
        account=account_of(file, link.handle),
        published_on=cells["Post time"],
        content_type=link.content_type,
        caption=caption,
        hashtags=hashtags(str(caption or "")),
        permalink=link.permalink,
    )
    names: dict[str, Cell] = {"platform": PLATFORM, "post_id": link.post_id, "witness": "export"}
    return [post, *counts(POST_COUNTS, names, _counters(totals, cells))]


# --- the formats -----------------------------------------------------------------------------------

PAGE = "On a computer, open TikTok Studio (tiktok.com/tiktokstudio), choose Analytics"
NO_YEAR = (
    "The days have no year. It is taken from the day of the extraction and the order of the rows, "
    "or from {from:%Y-%m-%d} and {to:%Y-%m-%d} in the file's name."
)
UNDEFINED = (
    "TikTok writes `undefined` where it does not know a number, and 0 beside it: such a day is left out."
)

_snapshot = partial(Format, platform="TikTok", overlaps=("cumulative", "replaces"))
_days = partial(Format, platform="TikTok", overlaps=("replaces", "adds"), settles_days=1)

OVERVIEW = _days(
    "tiktok_studio.overview",
    label="TikTok Studio, Overview",
    noun="day",
    tables=("account_days",),
    columns=OVERVIEW_COLUMNS,
    read=partial(_read_days, OVERVIEW_COLUMNS),
    export=f"{PAGE}, then Overview, pick the period (7 to 365 days) and press Download data as CSV. "
    "Take Overview.csv out of the zip file.",
    notes=(
        NO_YEAR,
        "Likes, comments and shares of a day can be negative: people take them back.",
        "New followers is the difference of a day: those who left are taken off.",
    ),
    pattern="tiktok/overview-{extracted_at:%Y-%m-%d}.csv",
)
CONTENT = _snapshot(
    "tiktok_studio.content",
    label="TikTok Studio, Content",
    noun="video",
    tables=("posts", "post_counts"),
    columns=CONTENT_COLUMNS,
    read=read_content,
    export=f"{PAGE}, then Content, pick the period and press Download data as CSV. "
    "Take Content.csv out of the zip file. Lists sorted by views and by likes may both be kept: "
    "a video that stands in both counts once.",
    notes=(
        "The numbers are running totals on the day of the export.",
        "The time of posting is a day without a year: the last such day up to the day of the export.",
        "The account and the id of a video are taken from its link.",
        "Play time, watch time and the share of full plays are not read: the file does not tell their units.",
    ),
    pattern="tiktok/content*-{extracted_at:%Y-%m-%d}.csv",
)
FOLLOWER_HISTORY = _days(
    "tiktok_studio.follower_history",
    label="TikTok Studio, Follower history",
    noun="day",
    tables=("account_days",),
    columns=FOLLOWER_COLUMNS,
    read=read_followers,
    export=f"{PAGE}, then Followers, pick the period and press Download data as CSV. "
    "Take FollowerHistory.csv out of the zip file.",
    notes=(
        NO_YEAR,
        UNDEFINED,
        "A difference of 0 on a day whose day before is not known is left out too: TikTok writes it on the first day.",
    ),
    pattern="tiktok/follower-history-{extracted_at:%Y-%m-%d}.csv",
)
VIEWERS = _days(
    "tiktok_studio.viewers",
    label="TikTok Studio, Viewers",
    noun="day",
    tables=("account_days",),
    columns=VIEWER_COLUMNS,
    read=partial(_read_known_days, VIEWER_COLUMNS),
    export=f"{PAGE}, then Viewers, pick the period and press Download data. Where TikTok gives a workbook, "
    "save its sheet as CSV UTF-8.",
    notes=(
        NO_YEAR,
        UNDEFINED,
        "New and returning viewers may differ from the total by one. Viewers of several days never add up to people.",
    ),
    pattern="tiktok/viewers-{extracted_at:%Y-%m-%d}.csv",
)
FOLLOWER_ACTIVITY = _days(
    "tiktok_studio.follower_activity",
    label="TikTok Studio, Follower activity by hour",
    noun="hour",
    tables=("account_hours",),
    columns=ACTIVITY_COLUMNS,
    read=read_activity,
    export=f"{PAGE}, then Followers, and press Download data as CSV. "
    "Take FollowerActivity.csv out of the zip file.",
    notes=(
        NO_YEAR,
        "The hours of the day of the export that were still to come are 0 in the file and left out.",
    ),
    pattern="tiktok/follower-activity-{extracted_at:%Y-%m-%d}.csv",
)
FOLLOWER_GENDER = _snapshot(
    "tiktok_studio.follower_gender",
    label="TikTok Studio, Followers by gender",
    noun="part",
    tables=("audience_shares",),
    columns=GENDER_COLUMNS,
    read=partial(_read_shares, "gender", GENDER_COLUMNS),
    export=f"{PAGE}, then Followers, and press Download data as CSV. "
    "Take FollowerGender.csv out of the zip file.",
    notes=("TikTok tells shares of one, no numbers of people. Small accounts get a file without rows.",),
    pattern="tiktok/follower-gender-{extracted_at:%Y-%m-%d}.csv",
)
FOLLOWER_TERRITORIES = _snapshot(
    "tiktok_studio.follower_territories",
    label="TikTok Studio, Followers by country",
    noun="part",
    tables=("audience_shares",),
    columns=TERRITORY_COLUMNS,
    read=partial(_read_shares, "country", TERRITORY_COLUMNS),
    export=f"{PAGE}, then Followers, and press Download data as CSV. "
    "Take FollowerTopTerritories.csv out of the zip file.",
    notes=("TikTok names the five largest countries by two letters; the rest is one part.",),
    pattern="tiktok/follower-territories-{extracted_at:%Y-%m-%d}.csv",
)

FORMATS = (
    OVERVIEW, CONTENT, FOLLOWER_HISTORY, VIEWERS, FOLLOWER_ACTIVITY, FOLLOWER_GENDER, FOLLOWER_TERRITORIES,
)  # fmt: skip
