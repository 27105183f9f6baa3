"""YouTube Studio's advanced mode, exported as CSV: by video, by day, charts, and who watched.

The columns are chosen by the person who exports. A table ends with what the list left out: its Total row counts
deleted and private videos too, so it controls the rows and is never one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from perftrack_site.sources.cast import Column, Record, count, day, plain
from perftrack_site.sources.days import any_of, named_day
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.grid import Header, Line, header_of, read_grid, table
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.ledger import Reject, Rule, Skipped
from perftrack_site.sources.measures import Measure, in_each, measured, needed_span, values
from perftrack_site.sources.numbers import DECIMAL, hours, integral, percent, rounded
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.platforms.instagram_graph import hashtags
from perftrack_site.sources.platforms.youtube import (
    NAME,
    PACIFIC,
    PLATFORM,
    SETTLES_DAYS,
    video_id,
    video_page,
)
from perftrack_site.sources.records import Cells, Found, Made, counts, transcribe
from perftrack_site.sources.tables import (
    ACCOUNT_DAYS,
    AUDIENCE_SHARES,
    EARNINGS,
    POST_DAYS,
    POST_SPANS,
    POSTS,
)
from perftrack_site.sources.text import folded

TOTAL_ROW = Rule("total_row", "a total is a control figure, not a row of its own")
FOOTER = Rule("footer", "the line says how many rows were exported, it is no row itself")
ADDED_UP = Rule("added_up", "its numbers are added to those of the same day that stand further up")
CUT_OFF = "the list was cut off after its top rows: what stands below them is missing"

FOOTER_TEXT = re.compile(r"showing top [0-9]+ results")
REVENUE_HEADER = re.compile(r"(?:your )?estimated revenue \(([a-z]{3})\)")
YEARS_OLD = re.compile(r"([0-9]+)(?:-([0-9]+)|\+) years")
SUBSCRIPTION_PARTS = ["not subscribed", "subscribed"]

DIMENSIONS = {
    "viewer age": "age",
    "viewer gender": "gender",
    "geography": "country",
    "cities": "city",
    "subscription status": "subscription_status",
}

EVERYONES = frozenset({"date", "impressions", "likes", "comments", "shares"})
OWN_RATES = frozenset(
    {
        "impressions click-through rate (%)", "thumbnail click-through rate (%)", "average view duration",
        "average percentage viewed (%)",
    }
)  # fmt: skip

studio_day = any_of(day, named_day, wanted="a day such as 2026-09-01 or Sep 1, 2026")


def _measures(gained: str) -> tuple[Measure, ...]:
    """List the numbers of a table; `gained` is what new subscribers are to whom they came."""
    return (
        Measure(("Views",), count, "views", "views"),
        Measure(("Engaged views",), count, "engaged_views", "engaged_views"),
        Measure(("Watch time (hours)",), hours, "watch_milliseconds", "watch_time"),
        Measure(("Thumbnail impressions", "Impressions"), count, "impressions", "thumbnail_impressions"),
        Measure(("Likes",), integral, "likes", "likes"),
        Measure(("Comments added", "Comments"), integral, "comments", "comments_added"),
        Measure(("Shares",), integral, "shares", "shares"),
        Measure(("Subscribers gained",), count, gained, "subscribers_gained"),
        Measure(("Subscribers lost",), count, "followers_lost", "subscribers_lost"),
        Measure(("Subscribers",), integral, "followers_net", "subscribers"),
    )


OF_VIDEOS, OF_DAYS = _measures("follows"), _measures("followers_gained")
OF_PEOPLE = (
    Measure(("Unique viewers",), count, "viewers", "unique_viewers"),
    Measure(("New viewers",), count, "new_viewers", "new_viewers"),
    Measure(("Returning viewers",), count, "returning_viewers", "returning_viewers"),
)  # who watches two videos is counted with both: these never add up to the Total row

DATE = Column(("Date",), studio_day, ("account_days.day", "earnings.from_day", "earnings.to_day"))
CONTENT = Column(("Content", "Video"), video_id, ("posts.post_id", "post_spans.post_id", "earnings.post_id"))
TITLE = Column(
    ("Video title",), plain, ("posts.caption", "posts.hashtags"), nullable=True, free_text=True
)  # a deleted video has none
REVENUE = Column(
    ("Estimated revenue (USD)", "Your estimated revenue (USD)"),
    rounded(4),
    ("earnings.amount", "earnings.currency"),
    required=False,
    nullable=True,
)
VIDEO_COLUMNS = (
    CONTENT,
    TITLE,
    Column(("Video publish time",), studio_day, ("posts.published_on",), nullable=True),
    Column(("Shown in feed",), count, ("posts.content_type",), required=False, nullable=True),
    *measured("post_spans", (*OF_VIDEOS, *OF_PEOPLE)),
    REVENUE,
)
DAY_COLUMNS = (DATE, *measured("account_days", (*OF_DAYS, *OF_PEOPLE)), REVENUE)
CHART_COLUMNS = (
    replace(DATE, becomes=("account_days.day", "post_days.day")),
    Column(("Subscription status",), plain, (), required=False, nullable=True),
    replace(CONTENT, becomes=("post_days.post_id",), required=False, nullable=True),
    *in_each(measured("post_days", OF_VIDEOS), measured("account_days", OF_DAYS)),
)


# --- the tables ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Sheet:
    """A table as it was read: its header, the columns as it spells them, its records, the currency it names."""

    header: Header
    columns: tuple[Column, ...]
    found: Found
    currency: str | None


def _read_sheet(file: SourceFile, columns: Sequence[Column]) -> _Sheet:
    """Read the one table of a file, without its Total row and footer."""
    grid = read_grid(file, columns)
    header, *lines = grid.lines
    currency, used = _with_currency(header_of(file, header, ()).names, columns)
    spelt = header_of(file, header, used)
    _refuse_side_by_side(file, spelt)
    found = table(file, header, lines, used, skip=_no_row)
    notices = (*grid.notices, *found.notices, *_cut_off(lines), *_apart(spelt, lines, used, found))
    return _Sheet(spelt, used, replace(found, counted=grid.counted - 1, notices=notices), currency)


def _refuse_side_by_side(file: SourceFile, header: Header) -> None:
    spelt = {folded(name) for name in header.names}
    if {"date", "video title"} <= spelt and not {"content", "video"} & spelt:
        wrong = "two tables stand side by side in it, days and videos: a row is not one thing"
        raise refusal(file.path, header.line, "header", wrong, "keep each table in a file of its own")


def _with_currency(names: Sequence[str], columns: Sequence[Column]) -> tuple[str | None, tuple[Column, ...]]:
    """Find the revenue column, whose name holds the currency; answers the currency and the columns."""
    for name in names:
        if found := REVENUE_HEADER.fullmatch(folded(name)):
            spelt = replace(REVENUE, headers=(REVENUE.name, name))
            used = (spelt if column is REVENUE else column for column in columns)
            return found.group(1).upper(), tuple(used)
    return None, tuple(columns)


def _no_row(line: Line) -> Rule | None:
    first = line.cells[0].strip().casefold()
    if first == "total":
        return TOTAL_ROW
    return FOOTER if FOOTER_TEXT.fullmatch(first) else None


def _cut_off(lines: Sequence[Line]) -> tuple[str, ...]:
    return (CUT_OFF,) if any(_no_row(line) is FOOTER for line in lines) else ()


def _apart(header: Header, lines: Sequence[Line], columns: Sequence[Column], found: Found) -> Iterator[str]:
    """Say which sums of the rows are more than 1 % apart from the Total row."""
    adding = {measure.headers for measure in OF_VIDEOS} | {REVENUE.headers}
    for total in (line for line in lines if _no_row(line) is TOTAL_ROW):
        for at, (column, position) in enumerate(zip(columns, header.positions, strict=True)):
            if position is None or position >= len(total.cells) or column.headers not in adding:
                continue
            said = _number(total.cells[position])
            rows = [number for record in found.records if (number := _number(record.cells[at])) is not None]
            if said is not None and rows and abs(sum(rows) - said) * 100 > abs(said):
                yield f"{column.name}: the Total row says {said} and its rows add up to {sum(rows)}"


def _number(text: str) -> Decimal | None:
    return Decimal(text) if DECIMAL.fullmatch(text) else None


# --- videos --------------------------------------------------------------------------------------


def read_content(file: SourceFile) -> Reading:
    """Read a table by video: one row is one video, its totals over the days that the file's name tells."""
    span = needed_span(file)
    sheet = _read_sheet(file, VIDEO_COLUMNS)

    def make(cells: Cells) -> list[Made]:
        return [*_post(file, cells), *_spans(file, cells, span), *_earned(file, cells, sheet.currency, span)]

    return transcribe(file, sheet.found, sheet.columns, make, unique=("Content",))


def _post(file: SourceFile, cells: Cells) -> list[Made]:
    """Make the post of a row; without a publish day (deleted, not yet public) nothing is known of it."""
    video, title, published = cells["Content"], cells["Video title"], cells["Video publish time"]
    if published is None:
        return []
    return [
        POSTS.row(
            platform=PLATFORM,
            post_id=video,
            account=account_of(file),
            published_on=published,
            content_type="short" if cells["Shown in feed"] else "video",
            caption=title,
            hashtags=hashtags(str(title or "")),
            permalink=video_page(video),
        )
    ]


def _spans(file: SourceFile, cells: Cells, span: Span) -> list[Made]:
    names = {
        "platform": PLATFORM, "post_id": cells["Content"], "from_day": span.first, "to_day": span.last,
        "is_provisional": file.is_provisional(span.last),
    }  # fmt: skip
    return counts(POST_SPANS, names, values((*OF_VIDEOS, *OF_PEOPLE), cells))


def _earned(file: SourceFile, cells: Cells, currency: str | None, span: Span) -> list[Made]:
    amount = cells[REVENUE.name]
    if amount is None:
        return []
    return [
        EARNINGS.row(
            platform=PLATFORM,
            account=account_of(file),
            post_id=cells.get("Content"),
            from_day=span.first,
            to_day=span.last,
            amount=amount,
            currency=currency,
        )
    ]


# --- days ----------------------------------------------------------------------------------------


def read_dates(file: SourceFile) -> Reading:
    """Read a table by date, or Totals.csv: one row is one day of the channel. Raises QualityError."""
    sheet = _read_sheet(file, DAY_COLUMNS)
    _refuse_parts(file, sheet.header)
    _refuse_everyones_words(file, sheet)

    def make(cells: Cells) -> list[Made]:
        written = cells["Date"]
        span = [Span(written, written)] if isinstance(written, date) else []
        earned = [made for only in span for made in _earned(file, cells, sheet.currency, only)]
        return [*_day(file, cells, (*OF_DAYS, *OF_PEOPLE)), *earned]

    return transcribe(file, sheet.found, sheet.columns, make, unique=("Date",))


def _refuse_parts(file: SourceFile, header: Header) -> None:
    """Refuse a table of days that are told in parts, such as Chart data.csv."""
    parts = [name for name in header.names if folded(name) in {"content", "video", *DIMENSIONS}]
    if parts:
        wrong = f"tells each day in parts, by {' and '.join(parts)}"
        raise refusal(file.path, header.line, "header", wrong, "its format may be youtube_studio.chart")


def _refuse_everyones_words(file: SourceFile, sheet: _Sheet) -> None:
    """Refuse a table of days that only shares a few words with ours: every platform tells likes and impressions."""
    known = {folded(name) for column in sheet.columns for name in column.headers} | OWN_RATES
    spelt = {folded(name) for name in sheet.header.names}
    strange = [repr(" ".join(name.split())[:60]) for name in sheet.header.names if folded(name) not in known]
    if strange and not spelt & known - EVERYONES:
        wrong = f"holds no number that only YouTube tells, such as 'Views', beside {', '.join(strange)}"
        right = "export it with the column Views, or check the format that its source declares"
        raise refusal(file.path, sheet.header.line, "header", wrong, right)


def _day(file: SourceFile, cells: Cells, measures: Sequence[Measure]) -> list[Made]:
    names = {
        "platform": PLATFORM, "account": account_of(file), "day": cells["Date"],
        "is_provisional": file.is_provisional(cells["Date"]),
    }  # fmt: skip
    return counts(ACCOUNT_DAYS, names, values(measures, cells))


# --- charts --------------------------------------------------------------------------------------


def read_chart(file: SourceFile) -> Reading:
    """Read Chart data.csv: one row is one day of one video, or of one of the two subscription statuses.

    The two statuses are all of a day's viewers: they are added up to the day. Raises QualityError for a chart
    of anything else, which may show a part of the channel only.
    """
    sheet = _read_sheet(file, CHART_COLUMNS)
    header, found = sheet.header, sheet.found
    _, status, content, *_ = header.positions
    if content is not None:
        return transcribe(
            file, found, CHART_COLUMNS, lambda cells: _video_day(file, cells), unique=("Date", "Content")
        )
    if status is None:
        wrong = f"is no chart by video or by subscription status (its columns: {', '.join(header.names)})"
        right = "keep Totals.csv of the same export instead, its source's format is youtube_studio.dates"
        raise refusal(file.path, header.line, "header", wrong, right)
    days = _added_up(file, found)
    return transcribe(file, days, CHART_COLUMNS, lambda cells: _day(file, cells, OF_DAYS), unique=("Date",))


def _video_day(file: SourceFile, cells: Cells) -> list[Made]:
    if cells["Content"] is None:
        return []
    names = {
        "platform": PLATFORM, "post_id": cells["Content"], "day": cells["Date"],
        "is_provisional": file.is_provisional(cells["Date"]),
    }  # fmt: skip
    return counts(POST_DAYS, names, values(OF_VIDEOS, cells))


def _added_up(file: SourceFile, found: Found) -> Found:
    """Add the two parts of each day up; a day with one part only, or with more than two lines, is rejected."""
    days: dict[str, list[Record]] = {}
    for record in found.records:
        days.setdefault(record.cells[0].strip(), []).append(record)
    whole: list[Record] = []
    rejects: list[Reject] = []
    for records in days.values():
        if sorted(record.cells[1].strip().casefold() for record in records) == SUBSCRIPTION_PARTS:
            first, last = records
            cells = (first.cells[0], "", "", *map(_plus, first.cells[3:], last.cells[3:]))
            whole.append(Record(first.first_line, last.last_line, cells))
        else:
            reason = "its day is not told by one line for subscribed and one for not subscribed viewers"
            rejects += [
                Reject(
                    file.path, record.first_line, record.last_line, "Subscription status", "parts", reason, ""
                )
                for record in records
            ]
    skipped = (Skipped(*ADDED_UP, len(whole)),) if whole else ()
    return replace(
        found,
        records=whole,
        rejects=(*found.rejects, *rejects),
        skipped=(*found.skipped, *skipped),
    )


def _plus(one: str, other: str) -> str:
    """Add two cells; where one of them is no number it stands for the sum, for the cast to judge."""
    numbers = [_number(text.strip()) for text in (one, other)]
    known = [number for number in numbers if number is not None]
    return f"{sum(known):f}" if len(known) == len(numbers) else (other if numbers[0] is not None else one)


# --- who watched ---------------------------------------------------------------------------------

PART = Column(
    ("Viewer age", "Viewer gender", "Geography", "Cities", "Subscription status"),
    plain,
    ("audience_shares.dimension", "audience_shares.part"),
)
AUDIENCE_COLUMNS = (
    PART,
    Column(("City name",), plain, ("audience_shares.part",), required=False, nullable=True),
    Column(("Views (%)",), percent, ("audience_shares.share",), required=False, nullable=True),
    Column(("Views",), count, ("audience_shares.number",), required=False, nullable=True),
)


def read_audience(file: SourceFile) -> Reading:
    """Read a table by age, gender, country, city or subscription status of the viewers."""
    sheet = _read_sheet(file, AUDIENCE_COLUMNS)
    position = sheet.header.positions[0] or 0
    dimension = DIMENSIONS[folded(sheet.header.names[position])]
    return transcribe(
        file,
        sheet.found,
        AUDIENCE_COLUMNS,
        lambda cells: _share(file, dimension, cells),
        unique=(PART.name,),
    )


def _share(file: SourceFile, dimension: str, cells: Cells) -> list[Made]:
    share, number = cells["Views (%)"], cells["Views"]
    if share is None and number is None:
        return []
    return [
        AUDIENCE_SHARES.row(
            platform=PLATFORM,
            account=account_of(file),
            audience="viewers",
            dimension=dimension,
            part=_part(str(cells["City name"] or cells[PART.name]), dimension),
            share=share,
            number=number,
        )
    ]


def _part(text: str, dimension: str) -> str:
    """Write a part as the other platforms do: `25-34`, `65+`, `female`."""
    if dimension == "gender":
        return text.lower()
    found = YEARS_OLD.fullmatch(text.replace("\N{EN DASH}", "-"))
    if dimension != "age" or not found:
        return text
    return f"{found[1]}-{found[2]}" if found[2] else f"{found[1]}+"


# --- formats -------------------------------------------------------------------------------------


HOW = (
    "In YouTube Studio open Analytics, then Advanced mode. Choose the days and what to list by, then use the "
    "download arrow and choose Comma-separated values. "
)
TOTALS_CONTROL = (
    "The Total row counts deleted and private videos too. It is not read as data; where it is more than 1 % apart "
    "from the sum of the rows, a notice says both numbers."
)
YOUNG_DAYS = "YouTube may change the last three days; they are marked as provisional."

CONTENT_TABLE = Format(
    "youtube_studio.content",
    label="YouTube Studio, table by video",
    noun="video",
    tables=("post_spans", "posts", "earnings"),
    overlaps=("replaces", "adds"),
    columns=VIDEO_COLUMNS,
    read=read_content,
    platform=NAME,
    zone=PACIFIC,
    settles_days=SETTLES_DAYS,
    needs=("from", "to"),
    export=HOW
    + "List by Content. The zip holds Table data.csv: keep it with the first and the last day in its name.",
    notes=(
        "The numbers are totals over the days in the file's name.",
        "For lifetime numbers choose Lifetime, and write the day of the first video as the first day.",
        TOTALS_CONTROL,
        "At most 500 videos are exported. A line at the end says so; it becomes a notice.",
        "A video without a publish time gives numbers and no post.",
        "A video is a short where the column Shown in feed is above 0; without that column shorts are not told apart.",
        "A file that was saved by a spreadsheet is read too (soft hyphens, Windows-1252, dates such as 8-May-20).",
        YOUNG_DAYS,
    ),
    pattern="youtube/content-{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv",
)
DATES_TABLE = Format(
    "youtube_studio.dates",
    label="YouTube Studio, table by date and Totals.csv",
    noun="day",
    tables=("account_days", "earnings"),
    overlaps=("replaces", "adds"),
    columns=DAY_COLUMNS,
    read=read_dates,
    platform=NAME,
    zone=PACIFIC,
    settles_days=SETTLES_DAYS,
    export=HOW + "List by Date and keep Table data.csv, or keep Totals.csv of any daily chart.",
    notes=(TOTALS_CONTROL, "Subscribers is the difference of a day, gained less lost.", YOUNG_DAYS),
    pattern="youtube/dates-{extracted_at:%Y-%m-%d}.csv",
)
CHART_DATA = Format(
    "youtube_studio.chart",
    label="YouTube Studio, Chart data.csv",
    noun="day of one line of the chart",
    tables=("post_days", "account_days"),
    overlaps=("replaces", "adds"),
    columns=CHART_COLUMNS,
    read=read_chart,
    platform=NAME,
    zone=PACIFIC,
    settles_days=SETTLES_DAYS,
    export=HOW + "List by Content or by Subscription status, and keep Chart data.csv.",
    notes=(
        "A chart by Content gives the days of each video, one by Subscription status is added up to its days.",
        "A chart by anything else may show a part of the channel only and is refused.",
        YOUNG_DAYS,
    ),
    pattern="youtube/chart-{extracted_at:%Y-%m-%d}.csv",
)
AUDIENCE_TABLE = Format(
    "youtube_studio.audience",
    label="YouTube Studio, table by age, gender, country, city or subscription status",
    noun="part of the viewers",
    tables=("audience_shares",),
    overlaps=("replaces",),
    columns=AUDIENCE_COLUMNS,
    read=read_audience,
    platform=NAME,
    zone=PACIFIC,
    settles_days=SETTLES_DAYS,
    export=HOW
    + "List by Viewer age, Viewer gender, Geography, Cities or Subscription status, and keep Table data.csv.",
    notes=("Shares and numbers are those of views, not of people.", TOTALS_CONTROL),
    pattern="youtube/audience-*-{extracted_at:%Y-%m-%d}.csv",
)

FORMATS = (CONTENT_TABLE, DATES_TABLE, CHART_DATA, AUDIENCE_TABLE)
