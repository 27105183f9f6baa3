"""Large plain tables: told, not read. The warehouse reads them by this description, at its own speed.

Whatever it cannot take for certain comes back here line by line, so that a large file is judged by the very code
that reads a small one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from perftrack_site.sources.cast import Caster, Column, cast_record
from perftrack_site.sources.flat import FlatFormat
from perftrack_site.sources.format import SourceFile
from perftrack_site.sources.grid import Header, Line, header_of, read_grid, table
from perftrack_site.sources.ledger import Reject, Skipped
from perftrack_site.sources.reading import Row
from perftrack_site.sources.records import Found
from perftrack_site.sources.settle import Entry, settle
from perftrack_site.sources.survey import Survey

NO_RECORDS = "no records below the header"
HEAD = 96 * 1024  # enough to tell the delimiter and the header, and to meet the usual values


@dataclass(frozen=True)
class LargeFile:
    """A plain table: where it lies, its dialect, where each column stands, and how its cells are read.

    `file` has no content. `sample` are the first records, for choosing how to read a column; `is_tidy`: all of them
    can be taken as they are.
    """

    file: SourceFile
    location: Path
    survey: Survey
    format: FlatFormat
    delimiter: str
    header_line: Line
    header: Header
    sample: Found
    notices: tuple[str, ...]
    is_tidy: bool

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.format.columns


def describe(file: SourceFile, location: Path, survey: Survey, form: FlatFormat) -> LargeFile | None:
    """Describe a table from its first lines; None where it is not plain enough.

    Raises QualityError where the header lacks columns.
    """
    if not survey.is_plain or all(column.nullable for column in form.columns):
        return None  # quotes, or rows that could be empty and yet be records
    with location.open("rb") as stream:
        head = stream.read(HEAD)
    whole_lines = head[: head.rfind(b"\n") + 1]
    if not whole_lines:
        return None
    first_lines = replace(file, content=whole_lines)
    grid = read_grid(first_lines, form.columns)
    header = header_of(file, grid.lines[0], form.columns)
    sample = table(first_lines, grid.lines[0], grid.lines[1:], form.columns)
    absent = [column for column, at in zip(form.columns, header.positions, strict=True) if at is None]
    if header.line != 1 or header.width == 1 or not all(column.nullable for column in absent):
        return None
    judged = _cast(sample, form.columns, file.path)
    return LargeFile(
        file,
        location,
        survey,
        form,
        delimiter=grid.delimiter,
        header_line=grid.lines[0],
        header=header,
        sample=sample,
        notices=grid.notices,
        is_tidy=not (judged.rejects or judged.skipped),
    )


@dataclass(frozen=True)
class Judged:
    """What became of single lines: `taken` are rows by their line, the others are accounted for."""

    taken: list[tuple[int, Row]]
    rejects: list[Reject]
    skipped: tuple[Skipped, ...]


def judge(large: LargeFile, lines: Sequence[Line]) -> Judged:
    """Read lines one by one, as in a small file."""
    found = table(large.file, large.header_line, lines, large.columns)
    return _cast(found, large.columns, large.file.path)


def _cast(found: Found, columns: Sequence[Column], path: str) -> Judged:
    casters = [Caster(column) for column in columns]
    taken: list[tuple[int, Row]] = []
    rejects = list(found.rejects)
    for record in found.records:
        cells = cast_record(casters, record, path)
        if isinstance(cells, Reject):
            rejects.append(cells)
        else:
            taken.append((record.first_line, cells))
    return Judged(taken, rejects, found.skipped)


def conflicts(large: LargeFile, groups: Iterable[tuple[int, int]]) -> tuple[Reject, ...]:
    """Reject the lines of groups that contradict each other; pairs of a group's first line and a line, in order."""
    entries: Iterator[Entry[int]] = (Entry(line, line, first, line) for first, line in groups)
    return settle(entries, large.file.path, ", ".join(large.format.unique)).rejects


def straighten(large: LargeFile, target: Path) -> list[Line]:
    """Copy the file with an empty row in the place of every line that has another width than the header.

    Line numbers stay. Answers those lines, the empty ones too. Raises OSError.
    """
    delimiter = large.delimiter.encode()
    empty = delimiter * (large.header.width - 1) + b"\n"
    crooked: list[Line] = []
    with large.location.open("rb") as source, target.open("wb") as copy:
        for number, line in enumerate(source, 1):
            if line.count(delimiter) == large.header.width - 1 or number == 1:
                copy.write(line.rstrip(b"\r\n") + b"\n")
            else:
                crooked.append(_line(number, line, large.delimiter))
                copy.write(empty)
    return crooked


def _line(number: int, line: bytes, delimiter: str) -> Line:
    return Line(number, number, tuple(line.rstrip(b"\r\n").decode().split(delimiter)))
