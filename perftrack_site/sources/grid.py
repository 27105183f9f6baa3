"""The lines of a text export, cells told apart: the ground under every CSV, however its platform lays it out.

What cannot be accounted for is refused whole: a stray quote can swallow lines without a word. The lines are
counted without the csv module, from the text outside quotes; both counts must agree.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from perftrack_site.errors import Fault
from perftrack_site.sources.cast import Column, Record
from perftrack_site.sources.format import SourceFile, refusal, refusals
from perftrack_site.sources.ledger import Reject, Rule, Skipped
from perftrack_site.sources.records import Found
from perftrack_site.sources.text import decode, folded, line_of

DELIMITERS = ",;\t"
SEPARATOR_LINE = re.compile(r'"?sep=(.)\1*"?(?:\r\n|\r|\n)')  # how Excel and Meta announce the delimiter
LINE_BREAK = re.compile(r"\r\n|\r|\n")
UNACCOUNTED = "cannot be accounted for: two independent counts of its records disagree"
NO_FIELD_LIMIT = 2**31 - 1  # the csv module stops at 131,072 characters a field; captions may be longer
SHOWN_HEADERS = 30  # enough for every export but the widest; the one that is sought may be the last
MAX_COLUMNS = 16_384  # those of a spreadsheet
BLANK_ROW = Rule("blank_row", "all cells of the row are empty")


@dataclass(frozen=True)
class Line:
    """One line with cells; several physical lines where a quoted cell holds line breaks."""

    first: int
    last: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether it holds delimiters only."""
        return not any(cell.strip(" ") for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    """The lines of a file that hold anything, in order, and their independent count.

    `breaks` are the numbers of the empty lines: where several tables stand in one file, they part them.
    """

    lines: tuple[Line, ...]
    counted: int
    delimiter: str
    breaks: frozenset[int]
    notices: tuple[str, ...]


def read_grid(file: SourceFile, columns: Sequence[Column] = ()) -> Grid:
    """Read a text file into lines of cells.

    The delimiter is the one the file announces by `sep=`, or the one by which the first line names most of
    `columns`, or the one that stands most often in the first lines. Raises QualityError for a file that must be
    refused.
    """
    text, notices = decode(file)
    announced = SEPARATOR_LINE.match(text)
    body = text[announced.end() :] if announced else text
    offset = 1 if announced else 0
    end = LINE_BREAK.search(body)
    if max(body.count(each, 0, end.start() if end else len(body)) for each in DELIMITERS) > MAX_COLUMNS:
        raise refusal(
            file.path, offset + 1, "header", f"has more than {MAX_COLUMNS:,} columns", "export it again"
        )
    used = announced.group(1) if announced else _likeliest(file, body, columns)
    if columns and not _known(file, body, columns, used):
        wrong = f"line {offset + 1} names none of the columns of this format"
        right = (
            "begin the file with their names, between commas, semicolons or tabs, or declare another format"
        )
        raise refusal(file.path, offset + 1, "header", wrong, right)
    refuse_stray_quotes(file, body, used, offset)
    try:
        rows = list(split(body, used))
    except csv.Error as error:
        raise refusal(file.path, 1, "", f"is not regular CSV ({error})", "export it again") from error
    lines = tuple(
        Line(first + offset, last + offset, tuple(cells)) for first, last, cells in rows if _holds(cells)
    )
    counted = count_lines(body)
    if counted != len(lines):
        raise refusal(file.path, 1, "", UNACCOUNTED, "export it again")
    breaks = frozenset(first + offset for first, _, cells in rows if not _holds(cells))
    return Grid(lines, counted, used, breaks, notices)


def _holds(cells: Sequence[str]) -> bool:
    return len(cells) > 1 or bool(cells and cells[0].strip(" "))


def _likeliest(file: SourceFile, text: str, columns: Sequence[Column]) -> str:
    outside = "".join(text[:20_000].split('"')[::2])
    return max(DELIMITERS, key=lambda each: (_known(file, text, columns, each), outside.count(each)))


def _known(file: SourceFile, text: str, columns: Sequence[Column], delimiter: str) -> int:
    """Count the wanted columns that the first line names under a delimiter."""
    try:
        first = next((cells for _, _, cells in split(text, delimiter) if _holds(cells)), None)
    except csv.Error:
        first = None
    return header_of(file, Line(1, 1, tuple(first)), columns).known if first and columns else 0


def count_lines(text: str) -> int:
    """Count the lines that hold anything, line breaks inside quotes not counted."""
    outside = "q".join(text.split('"')[::2])
    return sum(1 for line in LINE_BREAK.split(outside) if line.strip(" "))


def split(text: str, delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield first line, last line and cells of every row, empty lines too."""
    csv.field_size_limit(NO_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    last = 0
    for cells in reader:
        first, last = last + 1, reader.line_num
        yield first, last, cells


def refuse_stray_quotes(file: SourceFile, text: str, delimiter: str, offset: int = 0) -> None:
    """Refuse a quote inside an unquoted cell, text after a closing quote, a quote that is never closed."""
    parts = text.split('"')
    edges = {delimiter, "\r", "\n"}
    position, last = 0, len(parts) - 1
    for index, part in enumerate(parts):
        if index % 2 == 0 and part and (
            (index > 0 and part[0] not in edges) or (index < last and part[-1] not in edges)
        ):  # fmt: skip
            at = position if index > 0 and part[0] not in edges else position + len(part)
            raise _stray(file, line_of(text, at) + offset, "a stray quote")
        position += len(part) + 1
    if last % 2:
        raise _stray(file, line_of(text, len(text) - len(parts[-1])) + offset, "a quote that is never closed")


def _stray(file: SourceFile, line: int, what: str) -> Exception:
    wrong = f"{what} on this line; it could swallow other lines, so the file is refused whole"
    return refusal(file.path, line, "", wrong, 'write a quote inside a cell as "" and the cell in quotes')


# --- a table among the lines ---------------------------------------------------------------------


@dataclass(frozen=True)
class Header:
    """Where each wanted column stands (None: not in the file), and how many cells a row has."""

    line: int
    names: tuple[str, ...]
    positions: tuple[int | None, ...]

    @property
    def width(self) -> int:
        return len(self.names)

    @property
    def known(self) -> int:
        return sum(position is not None for position in self.positions)


def header_of(file: SourceFile, line: Line, columns: Sequence[Column]) -> Header:
    """Find the wanted columns on a header line, by their names or by what the source says they are called."""
    names = tuple(file.declaration.headers.get(name.strip(), name) for name in line.cells)
    spelt = [folded(name) for name in names]
    return Header(line.first, names, tuple(_position(spelt, column) for column in columns))


def _position(spelt: Sequence[str], column: Column) -> int | None:
    wanted = {folded(header) for header in column.headers}
    places = [index for index, name in enumerate(spelt) if name in wanted]
    return places[column.nth - 1] if len(places) >= column.nth else None


def table(
    file: SourceFile,
    header_line: Line,
    lines: Sequence[Line],
    columns: Sequence[Column],
    *,
    short_rows: bool = False,
    skip: Callable[[Line], Rule | None] = lambda _: None,
    keep_raw: bool = True,
) -> Found:
    """Read the lines below a header as records; every one of them is a record, a reject or skipped.

    Rows with more or fewer cells than the header are rejects, unless `short_rows`: some exports cut empty cells
    off the end of a row. `skip` answers the rule and reason by which a line is no data (a total, a footer).
    `keep_raw`: whether the text of a misaligned row may be kept. Raises QualityError where a needed column is
    missing or stands several times.
    """
    header = header_of(file, header_line, columns)
    faults = [*_missing(file, header, columns), *_ambiguous(file.path, header, columns)]
    if faults:
        raise refusals(faults)
    records: list[Record] = []
    rejects: list[Reject] = []
    skipped: dict[Rule, int] = {}
    for line in lines:
        why = BLANK_ROW if line.is_blank else skip(line)
        if why:
            skipped[why] = skipped.get(why, 0) + 1
        elif len(line.cells) == header.width or (short_rows and len(line.cells) < header.width):
            records.append(Record(line.first, line.last, _picked(line, header)))
        else:
            rejects.append(_misaligned(file.path, line, header.width, keep_raw=keep_raw))
    left_out = tuple(Skipped(*why, times) for why, times in skipped.items())
    notices = () if lines else ("no records below the header",)
    return Found(len(lines), records, tuple(rejects), left_out, notices)


def _picked(line: Line, header: Header) -> tuple[str, ...]:
    """Take the wanted cells; those of other columns are dropped here."""
    cells, width = line.cells, len(line.cells)
    return tuple(["" if at is None or at >= width else cells[at] for at in header.positions])


def _missing(file: SourceFile, header: Header, columns: Sequence[Column]) -> Iterator[Fault]:
    known = {folded(spelling) for column in columns for spelling in column.headers}
    foreign = [
        " ".join(name.split())[:60] for name in header.names if name.strip() and folded(name) not in known
    ]
    for column, position in zip(columns, header.positions, strict=True):
        if position is None and column.required:
            wrong = f"the column {column.name!r} is missing"
            yield Fault(f"{file.path}:{header.line}", "header", wrong, _way_out(file, column, foreign))


def _way_out(file: SourceFile, column: Column, foreign: Sequence[str]) -> str:
    """Say how a column that goes by another name is made known: the nearest name, or the names nobody knows."""
    place = f"headers of the source {file.declaration.key!r} in config/sources.yml"
    shown = {folded(name): name for name in foreign}
    near = get_close_matches(folded(column.name), shown, n=1, cutoff=0.5)
    if near:
        name = shown[near[0]]
        same = f"the nearest is {name!r}: if it is the same, add `{name}: {column.name}` to the {place}"
        others = [other for other in foreign if other != name]
        return f"{same} (not known either: {_listed(others)})" if others else same
    if foreign:
        return (
            f"these columns are not known: {_listed(foreign)}; if one is the same in another language, "
            f"add `its name: {column.name}` to the {place}; else check the format"
        )
    return "export the file with this column, or check the format that its source declares"


def _listed(names: Sequence[str]) -> str:
    more = ", ..." if len(names) > SHOWN_HEADERS else ""
    return ", ".join(map(repr, names[:SHOWN_HEADERS])) + more


def _ambiguous(path: str, header: Header, columns: Sequence[Column]) -> Iterator[Fault]:
    spelt = [folded(name) for name in header.names]
    repeated = {column.headers for column in columns if column.nth > 1}
    for column in columns:
        wanted = {folded(name) for name in column.headers}
        places = [str(index) for index, name in enumerate(spelt, 1) if name in wanted]
        if len(places) > 1 and column.headers not in repeated:
            wrong = f"the column {column.name!r} stands {len(places)} times (columns {', '.join(places)})"
            yield Fault(f"{path}:{header.line}", "header", wrong, "remove or rename all but one")


def _misaligned(path: str, line: Line, width: int, *, keep_raw: bool) -> Reject:
    reason = f"{len(line.cells)} cells where the header has {width}"
    raw = "|".join(line.cells) if keep_raw else ""
    return Reject(path, line.first, line.last, "", "columns", reason, raw)
