"""The way of every record: found in a file as text, cast, settled with its twins, and written into rows.

A format says how records are found (`csv_reader`, `grid`, `json_records`), which columns they have, and what rows a
record makes; everything that must be accounted for is accounted for here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from perftrack_site.sources.cast import Caster, Column, Record, cast_record
from perftrack_site.sources.format import Page, Reading, SourceFile
from perftrack_site.sources.ledger import Reject, Rule, Skipped
from perftrack_site.sources.reading import Row
from perftrack_site.sources.settle import Entry, settle
from perftrack_site.sources.tables import Cell, Table

Cells = Mapping[str, Cell]  # a record's values by the name of their column
Made = tuple[str, Row]  # a table's name and a row of it, without its origin

NO_VALUE = Rule("no_value", "the record holds none of the numbers we keep")


@dataclass(frozen=True)
class Found:
    """The records of one file as text, in order, and what the reader could not or need not take.

    `counted` is the independent count of all of them together.
    """

    counted: int
    records: Sequence[Record]
    rejects: tuple[Reject, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notices: tuple[str, ...] = ()
    page: Page | None = None


def transcribe(
    file: SourceFile,
    found: Found,
    columns: Sequence[Column],
    make: Callable[[Cells], Iterable[Made]],
    *,
    unique: Sequence[str] = (),
    skip: Callable[[Cells], Rule | None] = lambda _: None,
) -> Reading:
    """Cast each record, settle those that name the same thing, and make its rows.

    `unique` names the columns that identify a record (all of them by default): records that agree in all columns
    are duplicates, records that agree in `unique` only contradict each other and neither is used. `skip` answers
    the rule and reason by which a record is left out on purpose. A record that makes no row is skipped too.
    """
    sieve = _Sieve(file.path, columns, skip)
    settled = settle(sieve.entries(found.records, unique), file.path, ", ".join(unique))
    skipped = sieve.skipped
    rows: dict[str, list[Row]] = {}
    accepted = 0
    for entry in settled.kept:
        made = list(make(sieve.named(entry.content)))
        if made:
            accepted += 1
        else:
            skipped[NO_VALUE] += 1
        origin = file.origin(entry.first_line, entry.last_line)
        for table, row in made:
            rows.setdefault(table, []).append(row + origin)
    return Reading(
        counted=found.counted,
        rows=rows,
        rejects=(*found.rejects, *sieve.rejects, *settled.rejects),
        duplicates=settled.duplicates,
        skipped=(*found.skipped, *(Skipped(*why, times) for why, times in sorted(skipped.items()))),
        notices=found.notices,
        accepted=accepted,
        page=found.page,
    )


class _Sieve:
    """Casts records one by one; those that cannot be cast go to `rejects`, those left out to `skipped`."""

    def __init__(self, path: str, columns: Sequence[Column], skip: Callable[[Cells], Rule | None]) -> None:
        self._path = path
        self._casters = [Caster(column) for column in columns]
        self._names = [column.name for column in columns]
        self._skip = skip
        self.rejects: list[Reject] = []
        self.skipped: Counter[Rule] = Counter()

    def named(self, cells: Sequence[Cell]) -> Cells:
        return dict(zip(self._names, cells, strict=True))

    def entries(self, records: Iterable[Record], unique: Sequence[str]) -> Iterator[Entry[tuple[Cell, ...]]]:
        identity = [self._names.index(name) for name in unique]
        for record in records:
            cells = cast_record(self._casters, record, self._path)
            if isinstance(cells, Reject):
                self.rejects.append(cells)
            elif why := self._skip(self.named(cells)):
                self.skipped[why] += 1
            else:
                key: Hashable = tuple(cells[at] for at in identity) if identity else cells
                yield Entry(record.first_line, record.last_line, key, cells)


def counts(table: Table, names: Cells, counters: Iterable[tuple[str, str, Cell]]) -> list[Made]:
    """Make a row for each counter that has a value: its name, what the platform calls it, and the value."""
    return [
        table.row(**names, counter=counter, definition=definition, value=value)
        for counter, definition, value in counters
        if value is not None
    ]


def joined(readings: Sequence[Reading], *, notices: Sequence[str] = ()) -> Reading:
    """Put the readings of the parts of one file together."""
    rows: dict[str, list[Row]] = {}
    for reading in readings:
        for table, more in reading.rows.items():
            rows.setdefault(table, []).extend(more)
    return Reading(
        counted=sum(reading.counted for reading in readings),
        rows=rows,
        rejects=tuple(reject for reading in readings for reject in reading.rejects),
        duplicates=sum(reading.duplicates for reading in readings),
        skipped=_added_up(skip for reading in readings for skip in reading.skipped),
        notices=(
            *dict.fromkeys([*notices, *(notice for reading in readings for notice in reading.notices)]),
        ),
        accepted=sum(reading.accepted or 0 for reading in readings),
    )


def _added_up(skipped: Iterable[Skipped]) -> tuple[Skipped, ...]:
    total: Counter[Rule] = Counter()
    for skip in skipped:
        total[Rule(skip.rule, skip.reason)] += skip.records
    return tuple(Skipped(*why, times) for why, times in total.items())
