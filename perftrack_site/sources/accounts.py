"""Whose numbers the records of one file are, where the platform tells an account by a number of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perftrack_site.sources.cast import Record
from perftrack_site.sources.format import SourceFile
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.tables import Cell

Namer = Callable[[Cell, Cell], str]


def namer(file: SourceFile, records: Sequence[Record], at: int) -> Namer:
    """Make the function that names an account by its handle and its number; either may be null.

    The handle comes first, then the declared account, then the number. Where the records tell several numbers,
    in their field `at`, the declared account can be that of one of them only, and each goes by its number.
    """
    several = len({record.cells[at] for record in records} - {""}) > 1
    declared = None if several else file.declaration.account

    def name(told: Cell, number: Cell) -> str:
        return account_of(file, told or declared or number)

    return name
