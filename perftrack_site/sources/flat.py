"""Formats that are one flat CSV table: a list of columns, one row of a canonical table per record.

A new platform of this kind is a list of `Column` values and one call of `flat_csv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from perftrack_site.sources.cast import Column
from perftrack_site.sources.csv_reader import read_csv
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.records import Cells, Made, transcribe
from perftrack_site.sources.tables import Table


@dataclass(frozen=True, kw_only=True)
class FlatFormat(Format):
    """A format whose every record is one row of `table`, its columns in the table's order.

    `unique` are the names of the columns that identify a record; none: all of them together.
    """

    table: Table
    unique: tuple[str, ...]


def flat_csv(
    key: str,
    *,
    label: str,
    noun: str,
    table: Table,
    columns: Sequence[Column],
    unique: Sequence[str] = (),
    overlaps: tuple[str, ...] = ("replaces", "adds"),
    pattern: str = "",
    export: str = "",
    notes: tuple[str, ...] = (),
) -> FlatFormat:
    """Make the format of a CSV file whose columns are, in order, the columns of `table`.

    Records that are equal in every column are duplicates. `unique` names the columns that identify a record:
    two records that agree in them but not in the rest contradict each other, and neither is used.
    """
    names = {column.name: name for column, name in zip(columns, table.columns, strict=True)}
    identity = [name for name, canonical in names.items() if canonical in unique]

    def make(cells: Cells) -> list[Made]:
        return [(table.name, tuple(cells.values()))]

    def read(file: SourceFile) -> Reading:
        reading = transcribe(file, read_csv(file, columns), columns, make, unique=identity)
        return replace(reading, accepted=None)  # each record is one row: the ledger counts the rows

    return FlatFormat(
        key, label, noun, (table.name,), overlaps, tuple(columns), read,
        platform="Our own lists", pattern=pattern, export=export, notes=notes,
        table=table, unique=tuple(identity),
    )  # fmt: skip
