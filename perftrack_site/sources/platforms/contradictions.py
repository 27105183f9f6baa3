"""Records whose cells are right one by one and cannot all be true together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from perftrack_site.sources.format import Reading, SourceFile
from perftrack_site.sources.ledger import Reject
from perftrack_site.sources.reading import Row
from perftrack_site.sources.tables import ORIGIN, Cell, Table


class Contradiction(NamedTuple):
    """The column that is to blame, the rule it breaks, and the reason in words."""

    column: str
    rule: str
    reason: str


def reject_contradictions(
    file: SourceFile,
    reading: Reading,
    table: Table,
    contradiction: Callable[[Mapping[str, Cell]], Contradiction | None],
) -> Reading:
    """Turn the rows of a table in which `contradiction` finds one into rejects.

    Only for formats in which each record is one row.
    """
    kept: list[Row] = []
    rejects: list[Reject] = []
    first, last = (len(table.columns) + list(ORIGIN).index(name) for name in ("first_line", "last_line"))
    for row in reading.rows.get(table.name, ()):
        found = contradiction(dict(zip(table.columns, row, strict=False)))
        if found:
            lines = int(str(row[first])), int(str(row[last]))
            rejects.append(Reject(file.path, *lines, *found, raw=""))
        else:
            kept.append(row)
    return replace(reading, rows={**reading.rows, table.name: kept}, rejects=(*reading.rejects, *rejects))
