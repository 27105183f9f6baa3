"""Exports of Google Analytics 4's own pages: reports, the reports snapshot with its many tables, explorations.

Above each table stand lines that begin with `#`; they tell the days it covers. A file that went through a spreadsheet
may have lost them, and its dates may be written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from perftrack_site.sources.cast import Cast, CellError, Column, count
from perftrack_site.sources.days import compact_day
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.grid import Line, header_of, read_grid, table
from perftrack_site.sources.json_records import EMPTY
from perftrack_site.sources.ledger import Rule, Skipped
from perftrack_site.sources.platforms.ga4 import (
    BEST_METRICS,
    BREAKDOWNS,
    Report,
    documented,
    gathered,
    report_of,
)
from perftrack_site.sources.platforms.ga4_names import METRICS, field_of, is_ratio
from perftrack_site.sources.platforms.ga4_parts import Part, parts_of, span_of
from perftrack_site.sources.platforms.ga4_tables import one_row_each
from perftrack_site.sources.platforms.typed_days import day_cast
from perftrack_site.sources.records import Found, transcribe
from perftrack_site.sources.tables import TABLES
from perftrack_site.sources.text import folded

NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
# Without the lines above it a table could be another platform's: two metrics of Google Analytics must be in it.
METRICS_WITHOUT_COMMENTS = 2
PERSONAL = ("App-instance ID", "Effective user ID", "User ID", "Client ID")
PERSONS = frozenset(map(folded, PERSONAL))
TOTAL = Rule("total", "the report's own total, a control figure")
NO_METRIC = Rule("no_metric", "its table has no metric that we keep")
# What adds up over the rows of a report; a person counts in several of them.
ADDITIVE = ("sessions", "page_views", "conversions", "events", "orders", "revenue")
APART = Decimal("0.01")


def read_export(file: SourceFile) -> Reading:
    """Read all tables of an export: one line below a header is one record."""
    grid = read_grid(file)
    parts = list(parts_of(grid))
    reports = [_report(file, part) for part in parts]
    _refuse_strangers(file, parts, reports)
    readings = [_read_table(file, *each) for each in zip(parts, reports, strict=True)]
    reading = one_row_each(file, readings) if len(readings) > 1 else readings[0]
    counted = grid.counted - len(grid.lines) + sum(len(part.lines) for part in parts)
    empty = () if counted else (EMPTY,)
    return replace(reading, counted=counted, notices=(*grid.notices, *reading.notices, *empty))


def _refuse_strangers(file: SourceFile, parts: Sequence[Part], reports: Sequence[Report]) -> None:
    """Refuse a file that is no export of Google Analytics, or one whose words we do not know."""
    needed = 1 if any(part.comments for part in parts) else METRICS_WITHOUT_COMMENTS
    if parts and sum(len(report.metrics) for report in reports) >= needed:
        return
    names = [" ".join(name.split())[:60] for part in parts for name in header_of(file, part.header, ()).names]
    unknown = ", ".join(repr(name) for name in dict.fromkeys(names) if name and field_of(name) is None)
    right = (
        f"these columns are not known: {unknown or 'none'}; if one is the same in another language, add "
        f"`its name: Sessions` to headers of the source {file.declaration.key!r} in config/sources.yml; else check "
        "the format"
    )
    line = parts[0].header.first if parts else 1
    raise refusal(file.path, line, "header", "names too few metrics of Google Analytics that we keep", right)


def _report(file: SourceFile, part: Part) -> Report:
    """Find out what the columns of a table are: its dimensions stand to the left of the first metric we know.

    Of columns we do not know, those that hold numbers only are metrics; the first column never is.
    """
    names = header_of(file, part.header, ()).names
    begin = next((at for at, name in enumerate(names) if field_of(name) in METRICS), len(names))
    is_dimension = [
        at < begin and (at == 0 or field_of(name) is not None or not _is_metric(part, at, name))
        for at, name in enumerate(names)
    ]
    _refuse_nameless(file, part, names)
    told = [(name, dimension) for name, dimension in zip(names, is_dimension, strict=True) if name.strip()]
    return report_of(
        file,
        part.header.first,
        [name for name, dimension in told if dimension],
        [name for name, dimension in told if not dimension],
        span=span_of(file, part),
        currency=file.declaration.currency,
    )


def _refuse_nameless(file: SourceFile, part: Part, names: Sequence[str]) -> None:
    """Refuse a table with cells below no name: without their dimension its rows would be taken for totals."""
    for at, name in enumerate(names):
        if not name.strip() and any(line.cells[at : at + 1] not in {(), ("",)} for line in part.lines):
            wrong = f"column {at + 1} has cells and no name"
            raise refusal(file.path, part.header.first, "header", wrong, "export the report again")


def _is_metric(part: Part, at: int, name: str) -> bool:
    cells = [line.cells[at] for line in part.lines if at < len(line.cells) and line.cells[at]]
    return is_ratio(name) or (bool(cells) and all(map(NUMBER.fullmatch, cells)))


# --- the rows of a table -------------------------------------------------------------------------


def _read_table(file: SourceFile, part: Part, report: Report) -> Reading:
    if not report.metrics:
        skipped = (Skipped(*NO_METRIC, len(part.lines)),) if part.lines else ()
        return Reading(len(part.lines), skipped=skipped, accepted=0)
    header = part.header
    dates, notices = _date_cast(file, part, report)
    columns = report.columns(count, dates)
    persons = [at for at, column in enumerate(columns) if folded(column.name) in PERSONS]
    totals = [line for line in part.lines if _is_total(line, len(header.cells), report)]
    found = table(
        file, header, part.lines, columns,
        skip=lambda line: TOTAL if line in totals else None, keep_raw=not persons,
    )  # fmt: skip
    found = _numbered(found, persons)
    notices = [*notices, *report.notices, *gathered(report, columns, found.records)]
    reading = transcribe(file, replace(found, notices=()), columns, report.rows, unique=report.names)
    notices += [said for total in totals for said in _control(file, part, total, columns, reading)]
    return replace(reading, notices=tuple(notices))


def _numbered(found: Found, places: Sequence[int]) -> Found:
    """Put a number in the place of a visitor's id: it tells the rows apart and names nobody."""
    records = list(found.records)
    for at in places:
        records = [
            record._replace(cells=(*record.cells[:at], str(number), *record.cells[at + 1 :]))
            for number, record in enumerate(records, 1)
        ]
    return replace(found, records=records)


def _is_total(line: Line, width: int, report: Report) -> bool:
    """Know a total, in any language: its label stands beyond the last column, its dimensions are empty."""
    has_label = len(line.cells) == width + 1 and bool(line.cells[-1])
    return has_label and not any(line.cells[: len(report.names)])


def _control(
    file: SourceFile, part: Part, total: Line, columns: Sequence[Column], reading: Reading
) -> Iterator[str]:
    """Compare a total with the sum of its rows; more than 1 % apart is told."""
    line = Line(total.first, total.last, total.cells[:-1])
    (record,) = table(file, part.header, [line], columns).records
    for column, text in zip(columns, record.cells, strict=True):
        metric = field_of(column.name)
        if metric not in METRICS or not metric or metric.columns[0] not in ADDITIVE:
            continue
        try:
            told = Decimal(str(column.read(text) or 0))
        except CellError:
            continue
        summed = _summed(reading, metric.columns[0])
        if abs(told - summed) > APART * told:
            yield f"{column.name}: the total of the report is {told:f}, its rows add up to {summed:f}"


def _summed(reading: Reading, name: str) -> Decimal:
    return sum(
        (
            Decimal(str(row[list(TABLES[table_name].columns).index(name)] or 0))
            for table_name, rows in reading.rows.items()
            for row in rows
        ),
        Decimal(0),
    )


def _date_cast(file: SourceFile, part: Part, report: Report) -> tuple[Cast, list[str]]:
    """Make the cast of whole dates from all the dates of a table."""
    if not report.period or report.period.field.name != "date":
        return compact_day, []
    at = header_of(file, part.header, ()).names.index(report.period.spelling)
    return day_cast([line.cells[at].strip() for line in part.lines if at < len(line.cells)])


EXPORT = Format(
    "ga4_csv.export",
    label="Google Analytics 4, CSV of a report or exploration",
    noun="row",
    tables=("web_days", "web_spans"),
    overlaps=("replaces", "adds"),
    columns=documented(lambda each: each.spelt),
    read=read_export,
    personal=PERSONAL,
    platform="Google Analytics 4",
    settles_days=2,
    export=(
        "Open the report in Google Analytics, set the dates, and choose Share this report, Download file, "
        "Download CSV; in an exploration, Export data, CSV. Add the dimension Date to have the numbers by day. "
        "Take comparisons off, and leave the lines that begin with # as they are: they tell the days."
    ),
    notes=(
        "Declare the property's own time zone as `timezone` of the source, and the currency of revenue as `currency`.",
        "The numbers of the newest two days are provisional: Google Analytics still adds to them.",
        BREAKDOWNS,
        BEST_METRICS,
        "Users in exports are active users; Total users are kept beside them.",
        "Weeks begin on Sunday, and 1 January lies in week 01; of a week at the edge of a report only its days count.",
        "A row with one cell more than the header is the report's total: a control figure, not data.",
        "Tables of one file about the same days and dimensions become one row each.",
        "Tables that contradict each other, such as those of comparisons, are rejected.",
        "Ids of single visitors are never read; their rows stay apart.",
        "Days after the extraction are rejected: a spreadsheet that fills dates down makes such days.",
    ),
    pattern="ga4/channels-{extracted_at:%Y-%m-%d}.csv",
)

FORMATS: tuple[Format, ...] = (EXPORT,)
