"""Several tables of one file about the same things: their rows are laid together, so that nothing counts twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perftrack_site.sources.format import Reading, SourceFile
from perftrack_site.sources.ledger import Reject, Rule, Skipped
from perftrack_site.sources.platforms.ga4 import TABLES
from perftrack_site.sources.reading import Row
from perftrack_site.sources.records import joined
from perftrack_site.sources.tables import ORIGIN, Cell, Table

TOLD_IN_PARTS = Rule(
    "told_in_parts", "other tables of the file are about the same: one row holds the numbers of all"
)


def one_row_each(file: SourceFile, readings: Sequence[Reading]) -> Reading:
    """Lay the rows of several tables together: those that name the same thing become one.

    Each record of the readings has one row. Rows that contradict each other in a number are all rejected.
    """
    whole = joined(readings)
    rows: dict[str, list[Row]] = {}
    rejects = list(whole.rejects)
    told_again = 0
    for table in TABLES:
        for same in _groups(table, whole.rows.get(table.name, ())):
            if row := _laid_together(table, same):
                rows.setdefault(table.name, []).append(row)
                told_again += len(same) - 1
            else:
                rejects += [_conflict(file, row, same) for row in same]
    parts = (Skipped(*TOLD_IN_PARTS, told_again),) if told_again else ()
    return replace(
        whole,
        rows=rows,
        rejects=tuple(rejects),
        skipped=(*whole.skipped, *parts),
        accepted=sum(map(len, rows.values())),
    )


def _groups(table: Table, rows: Sequence[Row]) -> list[list[Row]]:
    places = [list(table.columns).index(column) for column in table.key]
    groups: dict[Row, list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[at] for at in places), []).append(row)
    return list(groups.values())


def _laid_together(table: Table, rows: Sequence[Row]) -> Row | None:
    """Take each number from the rows that tell it; None where two tell different ones."""
    cells: list[Cell] = []
    for column in range(len(table.columns)):
        told = {row[column] for row in rows} - {None}
        if len(told) > 1:
            return None
        cells.append(told.pop() if told else None)
    first, last = (list(ORIGIN).index(name) - len(ORIGIN) for name in ("first_line", "last_line"))
    origin = list(rows[0][-len(ORIGIN) :])
    origin[last] = max((row[last] for row in rows), key=_line)
    origin[first] = min((row[first] for row in rows), key=_line)
    return (*cells, *origin)


def _line(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _conflict(file: SourceFile, row: Row, same: Sequence[Row]) -> Reject:
    first, last = (_line(row[list(ORIGIN).index(name) - len(ORIGIN)]) for name in ("first_line", "last_line"))
    others = ", ".join(
        str(each[list(ORIGIN).index("first_line") - len(ORIGIN)]) for each in same if each is not row
    )
    reason = f"says something else than line {others}, another table of the file; none of them is used"
    return Reject(file.path, first, last, "", "conflict", reason, "")
