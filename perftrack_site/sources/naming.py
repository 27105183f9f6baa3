"""A record's cells by the canonical columns they become: for tables that are as wide as the file."""

from __future__ import annotations

from collections.abc import Sequence

from perftrack_site.sources.cast import Column
from perftrack_site.sources.records import Cells
from perftrack_site.sources.tables import Cell


def by_column(columns: Sequence[Column], cells: Cells) -> dict[str, Cell]:
    """Name each cell for the first canonical column that its column becomes; the rest is worked out of them."""
    return {column.becomes[0].partition(".")[2]: cells[column.name] for column in columns if column.becomes}
