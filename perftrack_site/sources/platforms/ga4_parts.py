"""The tables of one export of Google Analytics: above each stand lines that begin with `#` and tell its days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from perftrack_site.errors import QualityError
from perftrack_site.sources.cast import CellError
from perftrack_site.sources.days import compact_day
from perftrack_site.sources.format import SourceFile, refusal
from perftrack_site.sources.grid import Grid, Line
from perftrack_site.sources.pattern import Span

COMMENT = "#"
TOLD_DAY = re.compile(
    r": *([0-9]{8})$"
)  # `# Start date: 20260701`, in any language: the first day, then the last
TOLD_SPAN = re.compile(r"([0-9]{8})-([0-9]{8})$")  # of an exploration


@dataclass(frozen=True)
class Part:
    """One table: the texts that begin with `#` above it, its header line, the lines below."""

    comments: tuple[str, ...]
    header: Line
    lines: tuple[Line, ...]


def parts_of(grid: Grid) -> Iterator[Part]:
    """Part the lines of a file into its tables; comments without a table below are dropped."""
    comments: list[str] = []
    table: list[Line] = []
    gap = False
    for line in grid.lines:
        is_comment = line.cells[0].startswith(COMMENT) and (gap or line.first - 1 in grid.breaks or not table)
        if is_comment and table:
            yield Part(tuple(comments), table[0], tuple(table[1:]))
            comments, table = [], []
        if is_comment:
            comments.append(grid.delimiter.join(line.cells).strip(f"{grid.delimiter} "))
        elif table or not line.is_blank:
            table.append(line)
        gap = line.is_blank
    if table:
        yield Part(tuple(comments), table[0], tuple(table[1:]))


def span_of(file: SourceFile, part: Part) -> Span | None:
    """Find the days a table covers: in the lines above it, else in the file's name.

    Raises QualityError where these lines tell days that are none.
    """
    both = [found.groups() for text in part.comments if (found := TOLD_SPAN.search(text))]
    each = [found.group(1) for text in part.comments if (found := TOLD_DAY.search(text))]
    days = both[0] if both else tuple(each[:2])
    if len(days) < len(("first", "last")):
        return file.span
    try:
        span = Span(compact_day(days[0]), compact_day(days[1]))
    except CellError as error:
        raise _no_span(file, part) from error
    if span.last < span.first:
        raise _no_span(file, part)
    return span


def _no_span(file: SourceFile, part: Part) -> QualityError:
    wrong = "the lines above this table do not tell a first and a last day"
    right = "export it again, and leave these lines as they are"
    return refusal(file.path, part.header.first, "", wrong, right)
