"""YouTube Analytics API, reports.query: rows are arrays in the order of the column headers.

What a row is follows from the dimensions that the report was asked by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from perftrack_site.sources.cast import Column, Record, count, day, plain
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.json_reader import Node, as_text
from perftrack_site.sources.json_records import EMPTY, Answer, list_at
from perftrack_site.sources.ledger import Reject
from perftrack_site.sources.measures import Measure, in_each, measured, needed_span, values
from perftrack_site.sources.numbers import decimal, integral, percent, rounded
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.platforms.youtube import NAME, PACIFIC, PLATFORM, SETTLES_DAYS, video_id
from perftrack_site.sources.records import Cells, Found, Made, counts, transcribe
from perftrack_site.sources.tables import (
    ACCOUNT_DAYS,
    ACCOUNT_SPANS,
    AUDIENCE_SHARES,
    EARNINGS,
    POST_DAYS,
    POST_SPANS,
    Cell,
    Table,
)

MINUTE = 60_000  # milliseconds
LOOKS_LIKE = "the answer of reports.query: `columnHeaders` and a list `rows` of arrays"


def minutes(text: str) -> int:
    """Read minutes, with decimals or not, as whole milliseconds."""
    milliseconds = int((decimal(text) * MINUTE).quantize(Decimal(1), rounding="ROUND_HALF_UP"))
    return count(str(milliseconds))


def _measures(gained: str) -> tuple[Measure, ...]:
    return (
        Measure(("views",), integral, "views", "views"),
        Measure(("engagedViews",), integral, "engaged_views", "engagedViews"),
        Measure(("estimatedMinutesWatched",), minutes, "watch_milliseconds", "estimatedMinutesWatched"),
        Measure(
            ("videoThumbnailImpressions", "impressions"), integral, "impressions", "videoThumbnailImpressions"
        ),
        Measure(("likes",), integral, "likes", "likes"),
        Measure(("comments",), integral, "comments", "comments"),
        Measure(("shares",), integral, "shares", "shares"),
        Measure(("subscribersGained",), integral, gained, "subscribersGained"),
        Measure(("subscribersLost",), integral, "followers_lost", "subscribersLost"),
    )


OF_VIDEOS, OF_CHANNEL = _measures("follows"), _measures("followers_gained")
REVENUE = Column(
    ("estimatedRevenue",), rounded(4), ("earnings.amount", "earnings.currency"), required=False, nullable=True
)
DIMENSIONS = (
    Column(("day",), day, ("account_days.day", "post_days.day", "earnings.from_day", "earnings.to_day")),
    Column(("video",), video_id, ("post_days.post_id", "post_spans.post_id", "earnings.post_id")),
    Column(("ageGroup",), plain, ("audience_shares.dimension", "audience_shares.part")),
    Column(("gender",), plain, ("audience_shares.dimension", "audience_shares.part")),
)
COLUMNS = (
    *(replace(dimension, required=False, nullable=True) for dimension in DIMENSIONS),
    *in_each(
        measured("post_days", OF_VIDEOS),
        measured("post_spans", OF_VIDEOS),
        measured("account_days", OF_CHANNEL),
        measured("account_spans", OF_CHANNEL),
    ),
    Column(("viewerPercentage",), percent, ("audience_shares.share",), required=False, nullable=True),
    REVENUE,
)
LONG_TABLES: Mapping[frozenset[str], Table] = {
    frozenset({"day"}): ACCOUNT_DAYS,
    frozenset({"day", "video"}): POST_DAYS,
    frozenset({"video"}): POST_SPANS,
    frozenset(): ACCOUNT_SPANS,
}
AUDIENCES = {
    frozenset({"ageGroup"}): "age", frozenset({"gender"}): "gender", frozenset({"ageGroup", "gender"}): "age_gender",
}  # fmt: skip
NO_CURRENCY = (
    "estimatedRevenue is left out: its source does not say in which `currency` the report was asked for"
)


def read(file: SourceFile) -> Reading:
    """Read one report; one row is one value of its dimensions. Raises QualityError."""
    listed = list_at(file, "rows", looks_like=LOOKS_LIKE, is_empty=lambda answer: "columnHeaders" in answer)
    headers = _headers(file, listed.answers)
    names = [name for name, _ in headers]
    asked = frozenset(name for name, kind in headers if kind == "DIMENSION")
    if asked not in LONG_TABLES and asked not in AUDIENCES:
        wrong = f"is broken down by {', '.join(sorted(asked))}"
        right = (
            "ask for the dimensions day, video, day,video, ageGroup, gender or ageGroup,gender, or for none"
        )
        raise refusal(file.path, 1, "columnHeaders", wrong, right)
    span = needed_span(file) if asked in {frozenset(), frozenset({"video"})} else None
    columns = tuple(replace(column, nullable=column.name not in asked) for column in COLUMNS)
    found = _found(file, listed.nodes, listed.counted, names, columns)
    return transcribe(
        file, found, columns, lambda cells: _rows(file, cells, asked, span), unique=sorted(asked) or ["day"]
    )


def _headers(file: SourceFile, answers: Sequence[Answer]) -> list[tuple[str, str]]:
    """Name the columns and their kinds; all answers of a file must have the same."""
    told = [
        [
            (str(header.get("name")), str(header.get("columnType")))
            for header in headers
            if isinstance(header, dict)
        ]
        for answer in answers
        if isinstance(headers := answer.get("columnHeaders"), list)
    ]
    if not told or len(told) != len(answers) or any(each != told[0] for each in told):
        wrong = "does not say what its columns are" if not told else "holds answers with different columns"
        raise refusal(file.path, 1, "columnHeaders", wrong, f"expected {LOOKS_LIKE}")
    return told[0]


def _found(
    file: SourceFile, nodes: Sequence[Node], counted: int, names: Sequence[str], columns: Sequence[Column]
) -> Found:
    """Take the cells of every row by the names of its columns; a row of another length is rejected."""
    records: list[Record] = []
    rejects: list[Reject] = []
    for node in nodes:
        lines = (node.first_line, node.last_line)
        if isinstance(node.value, list) and len(node.value) == len(names):
            cells = dict(zip(names, map(as_text, node.value), strict=True))
            records.append(Record(*lines, tuple(_cell(cells, column) for column in columns)))
        else:
            reason = f"not a list of {len(names)} values, one for each of columnHeaders"
            rejects.append(Reject(file.path, *lines, "", "columns", reason, ""))
    notices = [] if nodes else [EMPTY]
    if REVENUE.name in names and not file.declaration.currency:
        notices.append(NO_CURRENCY)
    return Found(counted, records, tuple(rejects), notices=tuple(notices))


def _cell(cells: Mapping[str, str], column: Column) -> str:
    return next((cells[header] for header in column.headers if header in cells), "")


def _rows(file: SourceFile, cells: Cells, asked: frozenset[str], span: Span | None) -> list[Made]:
    if asked in AUDIENCES:
        return _share(file, cells, asked)
    table = LONG_TABLES[asked]
    last = span.last if span else cells["day"]
    days = {"from_day": span.first, "to_day": span.last} if span else {"day": cells["day"]}
    who = {"post_id": cells["video"]} if "video" in asked else {"account": account_of(file)}
    names: dict[str, Cell] = {
        "platform": PLATFORM, **who, **days, "is_provisional": file.is_provisional(last),
    }  # fmt: skip
    measures = OF_VIDEOS if "video" in asked else OF_CHANNEL
    return [*counts(table, names, values(measures, cells)), *_earned(file, cells, span)]


def _earned(file: SourceFile, cells: Cells, span: Span | None) -> list[Made]:
    amount, currency = cells[REVENUE.name], file.declaration.currency
    if amount is None or not currency:
        return []
    return [
        EARNINGS.row(
            platform=PLATFORM,
            account=account_of(file),
            post_id=cells["video"],
            from_day=span.first if span else cells["day"],
            to_day=span.last if span else cells["day"],
            amount=amount,
            currency=currency,
        )
    ]


def _share(file: SourceFile, cells: Cells, asked: frozenset[str]) -> list[Made]:
    """Make the share of viewers of an age, a gender, or both: `25-34`, `female`, `25-34 female`."""
    told = [cells[name] for name in ("ageGroup", "gender") if name in asked]
    if cells["viewerPercentage"] is None:
        return []
    return [
        AUDIENCE_SHARES.row(
            platform=PLATFORM,
            account=account_of(file),
            audience="viewers",
            dimension=AUDIENCES[asked],
            part=" ".join(_part(str(each)) for each in told),
            share=cells["viewerPercentage"],
        )
    ]


def _part(text: str) -> str:
    """Write `age25-34` and `age65-` as the other platforms do, `25-34` and `65+`."""
    return f"{text[3:-1]}+" if text.startswith("age") and text.endswith("-") else text.removeprefix("age")


REPORT = Format(
    "youtube_analytics.report",
    label="YouTube Analytics API, reports.query",
    noun="row of the report",
    tables=("account_days", "account_spans", "post_days", "post_spans", "audience_shares", "earnings"),
    overlaps=("replaces", "adds"),
    columns=COLUMNS,
    read=read,
    platform=NAME,
    zone=PACIFIC,
    settles_days=SETTLES_DAYS,
    export="Call reports.query of the YouTube Analytics API with ids=channel==MINE, the days, the metrics, and "
    "dimensions: day for the channel's days, day,video for those of its videos, ageGroup,gender with viewerPercentage "
    "for its viewers. Keep the answer as it comes.",
    notes=(
        "A report by video, or without dimensions, is a total over the days asked for and does not say which.",
        "Write these days into the file's name, and `{from:%Y-%m-%d}_{to:%Y-%m-%d}` into the pattern.",
        "Days without data, and the newest two or three, are missing in the answer. They stay unknown, they are not 0.",
        "Average durations and percentages are not kept: they follow from watch time and views.",
        "estimatedRevenue needs the `currency` that was asked for in the source.",
    ),
    pattern="youtube/analytics-{extracted_at:%Y-%m-%d}.json",
)

FORMATS = (REPORT,)
