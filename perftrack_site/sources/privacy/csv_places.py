"""Where each cell of a CSV text stands, found without decoding: one cell can be blanked and nothing else moves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from perftrack_site.sources.privacy.encodings import decoded

RECORD = re.compile(rb'(?:[^"\r\n]++|"[^"]*+(?:"|\Z))*+(?=(\r\n|\r|\n|\Z))')
DELIMITERS = (b",", b";", b"\t", b"|")
LOOKED_AT = 30  # lines among which the header stands: a preamble may come first
MARK = b"\xef\xbb\xbf"


class Cell(NamedTuple):
    """Where a cell stands, quotes included."""

    start: int
    end: int


class Head(NamedTuple):
    """The header: where it ends, how cells are parted, how many there are, and the columns that were looked for."""

    end: int
    delimiter: bytes
    cells: list[Cell]
    wanted: dict[int, str]


def records(text: bytes, at: int = 0) -> Iterator[tuple[int, int]]:
    """Yield where each record begins and ends, line breaks inside quotes not counted; empty lines are left out."""
    while at < len(text):
        found = RECORD.match(text, at)
        if not found:
            return
        if found.end() > at:
            yield at, found.end()
        at = found.end(1)


def cells(text: bytes, start: int, end: int, delimiter: bytes) -> list[Cell]:
    """Part a record into its cells; a delimiter inside quotes parts nothing."""
    found: list[Cell] = []
    at, quotes = start, 0
    for piece in text[start:end].split(delimiter):
        quotes += piece.count(b'"')
        if quotes % 2 == 0:
            found.append(Cell(start, at + len(piece)))
            start = at + len(piece) + 1
        at += len(piece) + 1
    return found if quotes % 2 == 0 else [*found, Cell(start, end)]


def value(text: bytes, cell: Cell) -> str:
    """Read a cell as text."""
    piece = text[cell.start : cell.end].strip(b" ")
    if piece[:1] == b'"' and piece[-1:] == b'"' and len(piece) > 1:
        piece = piece[1:-1].replace(b'""', b'"')
    return decoded(piece)


def is_filled(text: bytes, cell: Cell) -> bool:
    """Say whether a cell holds anything to see."""
    return bool(text[cell.start : cell.end].strip(b' "\t'))


def find_head(text: bytes, is_wanted: Callable[[str], bool]) -> Head | None:
    """Find the line that names most of the columns wanted, parted by what stands in it most; None where none does."""
    heads = [_head(text, start, end, is_wanted) for start, end in islice(records(text), LOOKED_AT)]
    best = max(heads, key=lambda head: (len(head.wanted), len(head.cells)), default=None)
    return best if best and best.wanted else None


def _head(text: bytes, start: int, end: int, is_wanted: Callable[[str], bool]) -> Head:
    begin = start + len(MARK) if text.startswith(MARK, start) else start
    outside = b"".join(text[begin:end].split(b'"')[::2])
    delimiter = max(DELIMITERS, key=outside.count)
    found = cells(text, begin, end, delimiter)
    names = (value(text, cell) for cell in found)
    return Head(end, delimiter, found, {at: name for at, name in enumerate(names) if is_wanted(name)})
