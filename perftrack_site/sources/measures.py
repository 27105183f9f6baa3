"""Numbers that become counters: how a file spells each, and what it is called in the long tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from perftrack_site.sources.cast import Cast, Column
from perftrack_site.sources.format import SourceFile, refusal
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.records import Cells
from perftrack_site.sources.tables import Cell


class Measure(NamedTuple):
    """A number of a file: its names by generation, its cast, the counter, and the platform's word for it."""

    headers: tuple[str, ...]
    cast: Cast
    counter: str
    definition: str


def measured(table: str, measures: Iterable[Measure]) -> tuple[Column, ...]:
    """Make the columns of some measures that feed a long table; any of them may be missing or empty."""
    return tuple(
        Column(each.headers, each.cast, (f"{table}.{each.counter}",), required=False, nullable=True)
        for each in measures
    )


def in_each(*groups: Sequence[Column]) -> tuple[Column, ...]:
    """Put columns together that stand at the same place in several groups: they feed what any of them feeds."""
    return tuple(
        replace(columns[0], becomes=tuple(name for column in columns for name in column.becomes))
        for columns in zip(*groups, strict=True)
    )


def needing(name: str, columns: Iterable[Column]) -> tuple[Column, ...]:
    """Make the header of one of the columns needed: by it a report is told from others."""
    return tuple(replace(column, required=column.required or column.name == name) for column in columns)


def values(measures: Iterable[Measure], cells: Cells) -> list[tuple[str, str, Cell]]:
    """List counter, definition and value of every measure, as `records.counts` takes them."""
    return [(each.counter, each.definition, cells[each.headers[0]]) for each in measures]


def needed_span(file: SourceFile) -> Span:
    """Give the days that the file's name says it covers; raises QualityError where it says none."""
    if file.span is None:
        right = (
            "write both days into its name, and {from:%Y-%m-%d}_{to:%Y-%m-%d} at that place into `files` of the source "
            f"{file.declaration.key!r} in config/sources.yml"
        )
        raise refusal(file.path, 1, "", "is a total over some days and does not say over which", right)
    return file.span
