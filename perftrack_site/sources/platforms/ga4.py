"""How a row of any report of Google Analytics 4 becomes a row of ours, whether the API or a page told it.

The same sessions stand in a report by city and in one by channel: each row says by which dimensions it was told, and
rows of two breakdowns are never added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from perftrack_site.sources.cast import Cast, CellError, Column, Record, count, plain
from perftrack_site.sources.days import compact_day
from perftrack_site.sources.format import SourceFile, refusal
from perftrack_site.sources.numbers import rounded, seconds
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.platforms.ga4_names import DIMENSIONS, METRICS, Field, field_of, is_ratio
from perftrack_site.sources.platforms.ga4_names import PERIODS as PERIOD_FIELDS
from perftrack_site.sources.platforms.ga4_periods import days_of, no_days, reader
from perftrack_site.sources.records import Cells, Made
from perftrack_site.sources.tables import WEB_DAYS, WEB_SPANS, Cell

OTHER, NOT_SET = "(other)", "(not set)"
SOURCE_AND_MEDIUM = " / "
TABLES = (WEB_DAYS, WEB_SPANS)

# For the documentation of every format of Google Analytics.
BREAKDOWNS = (
    "Each row says by which dimensions it was told. Sessions by city and sessions by channel are the same sessions: "
    "rows of two breakdowns are never added. People are never added at all."
)
BEST_METRICS = (
    "Key events and the older Conversions are one number. Of purchase revenue and total revenue, and of ecommerce "
    "purchases and transactions, the first is taken where both stand in a report."
)


def label(text: str) -> str:
    """Take a dimension's value; `(not set)` is one, and says that Google Analytics does not know."""
    return plain(text.strip())


def metric_cast(metric: Field, count_cast: Cast) -> Cast:
    """Choose the cast of a metric: money has floats' noise, engagement is told in seconds."""
    return {"revenue": rounded(4), "engagement_milliseconds": seconds}.get(metric.columns[0], count_cast)


@dataclass(frozen=True)
class Named:
    """A column as its report spells it, and what it is."""

    spelling: str
    field: Field


@dataclass(frozen=True)
class Report:
    """What the columns of one report are.

    `dimensions` have the columns they fill, none for those told in `other`; of several metrics that feed one column
    the best is in `metrics`. `span`: the days the report covers, where it tells them.
    """

    file: SourceFile
    line: int
    period: Named | None
    dimensions: tuple[tuple[Named, tuple[str, ...]], ...]
    metrics: tuple[Named, ...]
    span: Span | None
    currency: str | None
    notices: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """Name the columns that identify a row."""
        period = [self.period.spelling] if self.period else []
        return period + [dimension.spelling for dimension, _ in self.dimensions]

    @property
    def breakdown(self) -> str:
        names = [
            part
            for dimension, columns in self.dimensions
            for part in (dimension.field.breakdown if columns else (dimension.field.name,))
        ]
        hour = ["hour"] if self.period and self.period.field.name == "dateHour" else []
        return ",".join(sorted({*names, *hour}))

    def columns(self, count_cast: Cast, date_cast: Cast = compact_day) -> tuple[Column, ...]:
        """List the columns to read: the period, the dimensions, the metrics.

        Raises QualityError where neither a column nor the report says which days it is about.
        """
        if not self.period and not self.span:
            raise no_days(self.file, self.line)
        period = [
            Column(
                (named.spelling,), reader(self.file, self.line, named.field.name, self.span, date_cast), ()
            )
            for named in ([self.period] if self.period else [])
        ]
        dimensions = [
            Column((dimension.spelling,), label, (), nullable=True, free_text=True)
            for dimension, _ in self.dimensions
        ]
        metrics = [
            Column((metric.spelling,), metric_cast(metric.field, count_cast), (), nullable=True)
            for metric in self.metrics
        ]
        return (*period, *dimensions, *metrics)

    def rows(self, cells: Cells) -> list[Made]:
        """Make the row of a record: of one day or of a span of days; none where no metric has a value."""
        numbers = {metric.field.columns[0]: cells[metric.spelling] for metric in self.metrics}
        if all(number is None for number in numbers.values()):
            return []
        days = self._days(cells)
        told: Mapping[str, Cell] = {
            **numbers,
            **self._told_by(cells),
            "site": self.file.account,
            "breakdown": self.breakdown,
            "currency": self.currency if numbers.get("revenue") is not None else None,
            "is_provisional": self.file.is_provisional(days.last),
        }
        if days.first == days.last:
            return [WEB_DAYS.row(day=days.first, **told)]
        return [WEB_SPANS.row(from_day=days.first, to_day=days.last, **told)]

    def _days(self, cells: Cells) -> Span:
        if self.period:
            return days_of(self.period.field.name, cells[self.period.spelling], self.span)
        if self.span:
            return self.span
        raise no_days(self.file, self.line)

    def _told_by(self, cells: Cells) -> dict[str, Cell]:
        told: dict[str, Cell] = {}
        others = []
        for dimension, columns in self.dimensions:
            value = cells[dimension.spelling]
            if columns:
                told |= dict(zip(columns, _parts(value, len(columns)), strict=True))
            else:
                others.append(f"{dimension.field.name}={'' if value is None else value}")
        if self.period and isinstance(begin := cells[self.period.spelling], datetime):
            others.append(f"hour={begin.hour:02}")
        return {**told, "other": " & ".join(sorted(others)) or None}


def _parts(value: Cell, wanted: int) -> tuple[Cell, ...]:
    """Part `google / organic`; a value that is not parted, such as `(not set)`, stands for both."""
    parts = tuple(value.split(SOURCE_AND_MEDIUM, 1)) if wanted > 1 and isinstance(value, str) else (value,)
    return parts if len(parts) == wanted else (value,) * wanted


def report_of(
    file: SourceFile,
    line: int,
    dimensions: Sequence[str],
    metrics: Sequence[str],
    *,
    span: Span | None,
    currency: str | None,
) -> Report:
    """Find out what the columns of a report are, by their spelling in it."""
    _refuse_no_text(file, line, dimensions)
    named = [Named(name, field_of(name) or Field(name, ())) for name in dimensions]
    period = min(
        (each for each in named if each.field in PERIOD_FIELDS),
        key=lambda each: PERIOD_FIELDS.index(each.field),
        default=None,
    )
    chosen, notices = _chosen(metrics)
    if any(metric.field.columns == ("revenue",) for metric in chosen) and not currency:
        notices.append("its revenue has no currency: add `currency` to the source in config/sources.yml")
    return Report(
        file, line, period, tuple(_placed(each for each in named if each is not period)), chosen, span, currency,
        tuple(notices),
    )  # fmt: skip


def _refuse_no_text(file: SourceFile, line: int, dimensions: Sequence[str]) -> None:
    """Refuse a report with a dimension whose name, which its rows will carry, is no text."""
    for name in dimensions:
        try:
            plain(name)
        except CellError as error:
            raise refusal(
                file.path, line, "dimension", f"its name {error.reason}", "fetch it again"
            ) from error


def _placed(dimensions: Iterable[Named]) -> Iterable[tuple[Named, tuple[str, ...]]]:
    """Give each dimension its columns; one whose column an earlier one has taken goes to `other`."""
    taken: set[str] = set()
    for dimension in dimensions:
        columns = dimension.field.columns
        yield dimension, () if taken & set(columns) else columns
        taken |= set(columns)


def _chosen(spellings: Sequence[str]) -> tuple[tuple[Named, ...], list[str]]:
    """Choose the best metric for each column; name those that are not kept, ratios of kept ones aside."""
    known = {field: name for name in spellings if (field := field_of(name)) and field in METRICS}
    best: dict[tuple[str, ...], Field] = {}
    for metric in METRICS:
        if metric in known:
            best.setdefault(metric.columns, metric)
    beside = [
        f"{spelling} is left out, because {known[best[metric.columns]]} stands beside it"
        for metric, spelling in known.items()
        if best[metric.columns] != metric
    ]
    unkept = [name for name in spellings if name not in known.values() and not is_ratio(name)]
    notices = [*beside, *([f"these metrics are not kept: {', '.join(unkept)}"] if unkept else [])]
    return tuple(Named(known[metric], metric) for metric in best.values()), notices


def gathered(report: Report, columns: Sequence[Column], records: Sequence[Record]) -> list[str]:
    """Say in how many records a dimension is not named; a visit without UTM tags is no such thing."""
    places = [at for at, column in enumerate(columns) if column.free_text and not _is_tag(column)]
    values = [{record.cells[at].strip() for at in places} for record in records]
    shown = {
        OTHER: "they gather what the report had no row for; ask by fewer dimensions",
        NOT_SET: f"Google Analytics does not know their {report.breakdown}",
    }
    times = {word: sum(word in each for each in values) for word in shown}
    return [
        f"`{word}` in {times[word]} of {len(records)} records: {why}"
        for word, why in shown.items()
        if times[word]
    ]


def _is_tag(column: Column) -> bool:
    return any(".utm_" in name for name in column.becomes)


def documented(spelling: Callable[[Field], tuple[str, ...]]) -> tuple[Column, ...]:
    """List what any report may hold, as the files of a format spell it: for the documentation."""
    periods = [_optional(spelling(field), compact_day, _period_becomes(field)) for field in PERIOD_FIELDS]
    dimensions = [
        _optional(spelling(field), label, _in_both(field.columns or ("other",))) for field in DIMENSIONS
    ]
    metrics = [
        _optional(spelling(field), metric_cast(field, count), _in_both(field.columns)) for field in METRICS
    ]
    return (*periods, *dimensions, *metrics)


def _optional(headers: tuple[str, ...], cast: Cast, becomes: tuple[str, ...]) -> Column:
    return Column(headers, cast, becomes, required=False, nullable=True)


def _period_becomes(field: Field) -> tuple[str, ...]:
    if field.name in {"dateHour", "date", "nthDay"}:
        return ("web_days.day",)
    return ("web_spans.from_day", "web_spans.to_day")


def _in_both(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{table.name}.{column}" for table in TABLES for column in columns)
