"""A CSV that is one table with its header on the first line: records with their lines, only the columns asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perftrack_site.sources.cast import Column
from perftrack_site.sources.format import SourceFile
from perftrack_site.sources.grid import read_grid, table
from perftrack_site.sources.records import Found


def read_csv(
    file: SourceFile, columns: Sequence[Column], *, personal: Sequence[str] = (), short_rows: bool = False
) -> Found:
    """Read the wanted columns of a CSV file as text.

    Rows with more or fewer cells than the header are rejects, rows without any text are skipped, empty lines
    are no records. Raises QualityError for a file that must be refused. Where the format has personal
    columns, the raw text of a misaligned row is not kept.
    """
    grid = read_grid(file, columns)
    header, *lines = grid.lines
    found = table(file, header, lines, columns, short_rows=short_rows, keep_raw=not personal)
    return replace(found, counted=grid.counted - 1, notices=(*grid.notices, *found.notices))
