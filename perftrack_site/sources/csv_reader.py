"""CSV with one fixed dialect: records with their lines, only the columns asked for, and an independent count.

What cannot be accounted for is refused whole: a stray quote can swallow lines without a word. The count is
made without the csv module, from the text outside quotes; both must agree.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from perftrack_site.errors import Fault
from perftrack_site.sources.cast import Column, Record
from perftrack_site.sources.format import SourceFile, refusal, refusals
from perftrack_site.sources.ledger import Reject, Skipped
from perftrack_site.sources.text import decode, folded, line_of

DELIMITERS = ",;"
LINE_BREAK = re.compile(r"\r\n|\r|\n")
UNACCOUNTED = "cannot be accounted for: two independent counts of its records disagree"
NO_FIELD_LIMIT = 2**31 - 1  # the csv module stops at 131,072 characters a field; captions may be longer


@dataclass(frozen=True)
class Sheet:
    """The records of one file, in order, and what the reader could not or need not take."""

    counted: int
    records: list[Record]
    rejects: tuple[Reject, ...]
    skipped: tuple[Skipped, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Header:
    """Where each wanted column stands (None: not in the file), and how many cells a row has."""

    delimiter: str
    names: tuple[str, ...]
    positions: tuple[int | None, ...]

    @property
    def width(self) -> int:
        return len(self.names)


def read_csv(file: SourceFile, columns: Sequence[Column], *, personal: Sequence[str] = ()) -> Sheet:
    """Read the wanted columns of a CSV file as text.

    Rows with more or fewer cells than the header are rejects, rows without any text are skipped, empty lines
    are no records. Raises QualityError for a file that must be refused. Where the format has personal
    columns, the raw text of a misaligned row is not kept.
    """
    text, notices = decode(file)
    header = _find_header(file, text, columns)
    _refuse_stray_quotes(file, text, header.delimiter)
    try:
        records, rejects, skipped = _split(file, text, header, keep_raw=not personal)
    except csv.Error as error:
        raise refusal(file.path, 1, "", f"is not regular CSV ({error})", "export it again") from error
    counted = count_records(text)
    if counted != len(records) + len(rejects) + sum(skip.records for skip in skipped):
        raise refusal(file.path, 1, "", UNACCOUNTED, "export it again")
    empty = () if counted else ("no records below the header",)
    return Sheet(counted, records, tuple(rejects), skipped, (*notices, *empty))


def count_records(text: str) -> int:
    """Count the lines below the header that hold anything, line breaks inside quotes not counted."""
    outside = "q".join(text.split('"')[::2])
    lines = LINE_BREAK.split(outside)
    return sum(1 for line in lines[1:] if line.strip(" "))


def _find_header(file: SourceFile, text: str, columns: Sequence[Column]) -> Header:
    """Take the delimiter under which most wanted columns are found; each needed one must be there once."""
    candidates = [_header(text, columns, delimiter) for delimiter in DELIMITERS]
    best = max(candidates, key=lambda header: sum(position is not None for position in header.positions))
    if all(position is None for position in best.positions):
        wrong = "line 1 names none of the columns of this format"
        right = "begin the file with their names, between commas or semicolons, or declare another format"
        raise refusal(file.path, 1, "header", wrong, right)
    faults = [*_missing(file.path, best, columns), *_ambiguous(file.path, best, columns)]
    if faults:
        raise refusals(faults)
    return best


def _header(text: str, columns: Sequence[Column], delimiter: str) -> Header:
    try:
        _, _, names = next(_rows(text, delimiter), (1, 1, []))
    except csv.Error:
        names = []
    spelt = [folded(name) for name in names]
    return Header(delimiter, tuple(names), tuple(_position(spelt, column) for column in columns))


def _position(spelt: Sequence[str], column: Column) -> int | None:
    wanted = {folded(header) for header in column.headers}
    return next((index for index, name in enumerate(spelt) if name in wanted), None)


def _missing(path: str, header: Header, columns: Sequence[Column]) -> Iterator[Fault]:
    for column, position in zip(columns, header.positions, strict=True):
        if position is not None or not column.required:
            continue
        shown = {folded(name): " ".join(name.split())[:60] for name in header.names if name.strip()}
        near = get_close_matches(folded(column.name), shown, n=1, cutoff=0.5)
        if near:
            right = (
                f"the nearest is {shown[near[0]]!r}: if it is the same, "
                f"rename it, or add it as an alias of {column.name!r} to the format"
            )
        else:
            right = "export the file with this column, or check the format that its source declares"
        yield Fault(f"{path}:1", "header", f"the column {column.name!r} is missing", right)


def _ambiguous(path: str, header: Header, columns: Sequence[Column]) -> Iterator[Fault]:
    spelt = [folded(name) for name in header.names]
    for column in columns:
        wanted = {folded(name) for name in column.headers}
        places = [str(index) for index, name in enumerate(spelt, 1) if name in wanted]
        if len(places) > 1:
            wrong = f"the column {column.name!r} stands {len(places)} times (columns {', '.join(places)})"
            yield Fault(f"{path}:1", "header", wrong, "remove or rename all but one")


def _refuse_stray_quotes(file: SourceFile, text: str, delimiter: str) -> None:
    """Refuse a quote inside an unquoted cell, text after a closing quote, a quote that is never closed."""
    parts = text.split('"')
    edges = {delimiter, "\r", "\n"}
    offset, last = 0, len(parts) - 1
    for index, part in enumerate(parts):
        if index % 2 == 0 and part and (
            (index > 0 and part[0] not in edges) or (index < last and part[-1] not in edges)
        ):  # fmt: skip
            at = offset if index > 0 and part[0] not in edges else offset + len(part)
            raise _stray(file, line_of(text, at), "a stray quote")
        offset += len(part) + 1
    if last % 2:
        raise _stray(file, line_of(text, len(text) - len(parts[-1])), "a quote that is never closed")


def _stray(file: SourceFile, line: int, what: str) -> Exception:
    wrong = f"{what} on this line; it could swallow other lines, so the file is refused whole"
    return refusal(file.path, line, "", wrong, 'write a quote inside a cell as "" and the cell in quotes')


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield first line, last line and cells of every row, the header and empty lines too."""
    csv.field_size_limit(NO_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    last = 0
    for cells in reader:
        first, last = last + 1, reader.line_num
        yield first, last, cells


def _split(
    file: SourceFile, text: str, header: Header, *, keep_raw: bool
) -> tuple[list[Record], list[Reject], tuple[Skipped, ...]]:
    """Split the text into records; cells outside the wanted columns are dropped here."""
    records: list[Record] = []
    rejects: list[Reject] = []
    blank = 0
    for first, last, cells in islice(_rows(text, header.delimiter), 1, None):
        if len(cells) == header.width and any(cells):
            picked = tuple(["" if at is None else cells[at] for at in header.positions])
            records.append(Record(first, last, picked))
        elif len(cells) == header.width > 1:
            blank += 1
        elif len(cells) > 1 or (cells and cells[0].strip(" ")):
            rejects.append(_misaligned(file.path, first, last, cells, header.width, keep_raw=keep_raw))
    skipped = (Skipped("blank_row", "all cells of the row are empty", blank),) if blank else ()
    return records, rejects, skipped


def _misaligned(path: str, first: int, last: int, cells: list[str], width: int, *, keep_raw: bool) -> Reject:
    reason = f"{len(cells)} cells where the header has {width}"
    return Reject(path, first, last, "", "columns", reason, "|".join(cells) if keep_raw else "")
