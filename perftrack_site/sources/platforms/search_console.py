"""Google Search Console: answers of searchAnalytics/query, and the files of the Performance export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from perftrack_site.errors import QualityError
from perftrack_site.sources.cast import Cast, CellError, Column, Record, count, plain
from perftrack_site.sources.cast import day as iso_day
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.grid import Grid, header_of, read_grid, table
from perftrack_site.sources.json_reader import Node, as_text
from perftrack_site.sources.json_records import EMPTY, Listed, list_at, pick
from perftrack_site.sources.ledger import Reject, Rule
from perftrack_site.sources.numbers import rounded
from perftrack_site.sources.platforms.google_web import requested, whole
from perftrack_site.sources.platforms.search_rows import DIMENSIONS, Dimension, Report, Spelling, documented
from perftrack_site.sources.records import Found, transcribe
from perftrack_site.sources.text import folded

LOOKS_LIKE = "an answer of searchAnalytics/query: rows with keys, clicks and impressions"
ANSWER_LIMITS = (1_000, 25_000)  # rows of an answer: where none is asked for, and the most
EXPORT_LIMIT = 1_000  # rows of a table of an export
FILTER = Rule("filter", "says how the export was filtered, no number")
FILTER_COLUMNS = (
    Column(("Filter",), plain, ()),
    Column(("Value",), plain, (), nullable=True, free_text=True),
)
POSITION = rounded(8)

IN_ANSWERS = Spelling(
    lambda dimension: (dimension.name,), (("clicks",), ("impressions",), ("position",)), whole, POSITION
)
IN_EXPORTS = Spelling(
    lambda dimension: dimension.spelt, (("Clicks",), ("Impressions",), ("Position",)), count, POSITION
)

# --- answers of the API --------------------------------------------------------------------------


def read_answer(file: SourceFile) -> Reading:
    """Read an answer, or several pages of one in a list: one row is one record."""
    listed = list_at(
        file, "rows", looks_like=LOOKS_LIKE, is_empty=lambda answer: "responseAggregationType" in answer
    )
    if not listed.nodes:
        return Reading(0, notices=(EMPTY,))
    first = listed.answers[0]
    span = requested(first, "request.startDate", "request.endDate") or file.span
    report = Report(file, IN_ANSWERS, _dimensions(file, listed), span, _first_incomplete(listed))
    columns = report.columns()
    found = _found(file, listed, columns, len(report.dimensions))
    return transcribe(file, found, columns, report.rows, unique=report.names)


def _dimensions(file: SourceFile, listed: Listed) -> tuple[Dimension, ...]:
    """Find what the keys of the rows are: the answer does not name them."""
    told = pick(listed.answers[0], "request.dimensions")
    names = file.declaration.dimensions or tuple(map(as_text, told if isinstance(told, list) else ()))
    known = {dimension.name: dimension for dimension in DIMENSIONS}
    if wrong := _wrong_names(names, known, listed):
        right = (
            f"write the dimensions of the request, in their order, as `dimensions` of the source "
            f"{file.declaration.key!r} in config/sources.yml, such as [date, query] (of {', '.join(known)})"
        )
        raise refusal(file.path, listed.nodes[0].first_line, "dimensions", wrong, right)
    return tuple(known[name] for name in names)


def _wrong_names(names: Sequence[str], known: Mapping[str, Dimension], listed: Listed) -> str | None:
    """Say why the keys of an answer cannot be what they are said to be."""
    rows = [_keys(node) for node in listed.nodes]
    if unknown := [name for name in names if name not in known]:
        return f"{', '.join(map(repr, unknown))} is no dimension that we read"
    if len(set(names)) < len(names):
        return "a dimension is named twice"
    if all(len(keys) != len(names) for keys in rows):
        return f"its rows have {len(rows[0])} keys, and {len(names)} dimensions are declared"
    for at, name in enumerate(names):
        if not any(_is_one(known[name], keys[at]) for keys in rows if len(keys) == len(names)):
            return f"the key number {at + 1} is a {name} in no row"
    return None


def _is_one(dimension: Dimension, key: str) -> bool:
    try:
        dimension.cast(key)
    except CellError:
        return False
    return True


def _first_incomplete(listed: Listed) -> date | None:
    """Find the first day that Google still counts, where an answer says so."""
    for answer in listed.answers:
        try:
            return iso_day(as_text(pick(answer, "metadata.first_incomplete_date")))
        except CellError:
            continue
    return None


def _found(file: SourceFile, listed: Listed, columns: Sequence[Column], keys: int) -> Found:
    records: list[Record] = []
    rejects: list[Reject] = []
    for node in listed.nodes:
        cells = (*_keys(node), *(as_text(pick(node.value, column.name)) for column in columns[keys:]))
        if len(cells) == len(columns):
            records.append(Record(node.first_line, node.last_line, cells))
        else:
            reason = f"{len(cells) - len(columns) + keys} keys where the first row has {keys}"
            rejects.append(Reject(file.path, node.first_line, node.last_line, "keys", "columns", reason, ""))
    notices = () if len(listed.nodes) not in ANSWER_LIMITS else (_cut_off(len(listed.nodes)),)
    return Found(listed.counted, records, tuple(rejects), notices=notices)


def _keys(node: Node) -> tuple[str, ...]:
    keys = pick(node.value, "keys")
    return tuple(map(as_text, keys)) if isinstance(keys, list) else ()


def _cut_off(rows: int) -> str:
    return f"it ends at {rows:,} rows, the most there are at a time: there may be more"


# --- files of the Performance export -------------------------------------------------------------


def read_export(file: SourceFile) -> Reading:
    """Read one of the export's files: by days, queries, pages, countries, devices, appearances, or its filters."""
    grid = read_grid(file)
    names = header_of(file, grid.lines[0], ()).names if grid.lines else ()
    spelt = {folded(name) for name in names}
    if spelt >= {folded(column.name) for column in FILTER_COLUMNS}:
        return _filters(file, grid)
    dimensions = tuple(each for each in DIMENSIONS if spelt & set(map(folded, each.spelt)))
    if not dimensions:
        raise _strangers(file, names)
    report = Report(file, replace(IN_EXPORTS, position=_position(grid.delimiter)), dimensions, file.span)
    columns = report.columns()
    found = table(file, grid.lines[0], grid.lines[1:], columns)
    cut_off = (_cut_off(EXPORT_LIMIT),) if len(found.records) == EXPORT_LIMIT else ()
    found = replace(found, counted=grid.counted - 1, notices=(*grid.notices, *found.notices, *cut_off))
    return transcribe(file, found, columns, report.rows, unique=report.names)


def _position(delimiter: str) -> Cast:
    """Where semicolons stand between the cells, commas stand before the decimals."""
    return POSITION if delimiter != ";" else lambda text: POSITION(text.replace(",", "."))


def _filters(file: SourceFile, grid: Grid) -> Reading:
    """Skip the filters, but say so where they leave a part of the searches out."""
    found = table(file, grid.lines[0], grid.lines[1:], FILTER_COLUMNS)
    found = replace(found, counted=grid.counted - 1, notices=())
    told = {folded(name): folded(value) for name, value in (record.cells for record in found.records)}
    narrow = [
        name for name, value in told.items() if (name, value) != ("search type", "web") and name != "date"
    ]
    notices = (
        [f"the export is filtered by {', '.join(narrow)}: it is not all of the search"] if narrow else []
    )
    reading = transcribe(file, found, FILTER_COLUMNS, lambda _: [], skip=lambda _: FILTER)
    return replace(reading, notices=(*grid.notices, *notices))


def _strangers(file: SourceFile, names: Sequence[str]) -> QualityError:
    wrong = "names no dimension of Search Console, such as 'Date' or 'Top queries'"
    shown = ", ".join(repr(" ".join(name.split())[:60]) for name in names) or "none"
    right = (
        f"its columns are {shown}; if the first is one in another language, add `its name: Date` (or Top queries, Top "
        f"pages, Country, Device, Search Appearance) to headers of the source {file.declaration.key!r} in "
        "config/sources.yml, and the same for Clicks, Impressions and Position; else check the format"
    )
    return refusal(file.path, 1, "header", wrong, right)


TRUE_TOTALS = (
    "Totals are true only by day: Google leaves rare queries out of the list of queries, and a search that shows two "
    "pages counts for both. Rows of two breakdowns are never added."
)
PACIFIC = "Days are those of Pacific time (America/Los_Angeles), and the newest three are provisional."
RATES = "The click-through rate is computed anew; the average position is kept with its impressions."

ANSWER = Format(
    "search_console.api",
    label="Google Search Console, API answer",
    noun="row",
    tables=("search_days", "search_spans"),
    overlaps=("replaces", "adds"),
    columns=documented(IN_ANSWERS),
    read=read_answer,
    platform="Google Search Console",
    zone="America/Los_Angeles",
    settles_days=3,
    needs=("dimensions",),
    export=(
        "Call `searchAnalytics/query` of the Search Console API and keep the answer as it comes. It does not say what "
        "its keys are: write the dimensions of the request, in their order, as `dimensions` of the source. Without the "
        "dimension `date` the first and the last day must be in the file's name."
    ),
    notes=(
        PACIFIC,
        "Where the answer names its first incomplete day, the days from it on are provisional instead.",
        TRUE_TOTALS,
        RATES,
        "Days without a single impression are not in the answer.",
        "One answer holds 25,000 rows at the most (1,000 without a rowLimit): ask for the rest by startRow.",
    ),
    pattern="gsc/days-{extracted_at:%Y-%m-%d}*.json",
)
EXPORT = Format(
    "search_console.export",
    label="Google Search Console, Performance export",
    noun="row",
    tables=("search_days", "search_spans"),
    overlaps=("replaces", "adds"),
    columns=documented(IN_EXPORTS),
    read=read_export,
    platform="Google Search Console",
    zone="America/Los_Angeles",
    settles_days=3,
    export=(
        "Open Performance in Search Console, set the dates (Custom), and choose Export, Download CSV. Put the zip into "
        "the folder as it comes, with the first and the last day in its name: of its files only Dates tells days."
    ),
    notes=(
        PACIFIC,
        TRUE_TOTALS,
        RATES,
        "Of the seven files, Filters is not data: it tells the period in words such as Last 3 months.",
        "Where it names filters that leave searches out, a notice says so.",
        "Each list holds 1,000 rows at the most.",
        "Countries have English names here and letters such as zaf in the API.",
    ),
    pattern="gsc/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.zip/*.csv",
)

FORMATS: tuple[Format, ...] = (ANSWER, EXPORT)
