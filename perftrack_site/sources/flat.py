"""Formats that are one flat CSV table: a list of columns, one row of a canonical table per record.

A new platform of this kind is a list of `Column` values and one call of `flat_csv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perftrack_site.sources.cast import Caster, Column, cast_record
from perftrack_site.sources.csv_reader import Sheet, read_csv
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.ledger import Reject
from perftrack_site.sources.settle import Entry, settle
from perftrack_site.sources.tables import Cell, Table

Cells = tuple[Cell, ...]


def flat_csv(
    key: str,
    *,
    label: str,
    noun: str,
    table: Table,
    columns: Sequence[Column],
    unique: Sequence[str] = (),
    overlaps: tuple[str, ...] = ("replaces", "adds"),
) -> Format:
    """Make the format of a CSV file whose columns are, in order, the columns of `table`.

    Records that are equal in every column are duplicates. `unique` names the columns that identify a record:
    two records that agree in them but not in the rest contradict each other, and neither is used.
    """
    identity = [list(table.columns).index(name) for name in unique]

    def read(file: SourceFile) -> Reading:
        sheet = read_csv(file, columns)
        rejects: list[Reject] = []
        entries = _entries(file, sheet, columns, identity, rejects)
        settled = settle(entries, file.path, ", ".join(unique))
        rows = [entry.content + file.origin(entry.first_line, entry.last_line) for entry in settled.kept]
        return Reading(
            counted=sheet.counted,
            rows={table.name: rows},
            rejects=(*sheet.rejects, *rejects, *settled.rejects),
            duplicates=settled.duplicates,
            skipped=sheet.skipped,
            notices=sheet.notices,
        )

    return Format(key, label, noun, (table.name,), overlaps, tuple(columns), read)


def _entries(
    file: SourceFile, sheet: Sheet, columns: Sequence[Column], identity: Sequence[int], rejects: list[Reject]
) -> Iterable[Entry[Cells]]:
    """Cast the records one by one; those that cannot be cast go to `rejects`."""
    casters = [Caster(column) for column in columns]
    for record in sheet.records:
        cells = cast_record(casters, record, file.path)
        if isinstance(cells, Reject):
            rejects.append(cells)
        else:
            key = tuple(cells[at] for at in identity) if identity else cells
            yield Entry(record.first_line, record.last_line, key, cells)
