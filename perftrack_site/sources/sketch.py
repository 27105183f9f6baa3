"""A mapping for a table of none of our formats, to be completed by hand: what its headers may be among ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from perftrack_site.sources.formats import FORMATS
from perftrack_site.sources.platforms.generic_tables import MAPPABLE, Mappable
from perftrack_site.sources.text import folded

MILLISECONDS = "milliseconds"  # times are told in any unit, and a mapping must name it
NEVER = frozenset({"customer_key", "author_key"})  # `perftrack scrub` writes them, no tool does


@dataclass(frozen=True)
class Sketch:
    """A mapping to be completed by hand. `columns` and `counters`: our name -> header of the file.

    `missing` is what the table needs and no header looks like; `left` are the headers without a place.
    """

    table: str
    columns: Mapping[str, str]
    counters: Mapping[str, str]
    missing: tuple[str, ...]
    left: tuple[str, ...]


def sketch(header: Sequence[str]) -> Sketch | None:
    """Propose what the columns of a table may be, by what the formats call theirs; None where nothing looks alike."""
    names = [name for name in dict.fromkeys(header) if name.strip()]
    sketches = [found for table in MAPPABLE.values() if (found := _sketch_of(table, names))]
    return max(sketches, key=_likeness, default=None)


def _likeness(found: Sketch) -> tuple[bool, int, int]:
    """Order sketches: those with all that is needed, those that place most headers, those of small tables."""
    placed = len(found.columns) + len(found.counters)
    return not found.missing, placed, -len(MAPPABLE[found.table].columns)


def _sketch_of(mappable: Mappable, header: Sequence[str]) -> Sketch | None:
    columns: dict[str, str] = {}
    counters: dict[str, str] = {}
    for name in header:
        for ours in _spellings().get(folded(name).replace("_", " "), ()):
            if ours.endswith(MILLISECONDS):
                continue
            if ours in mappable.counters and ours not in counters:
                counters[ours] = name
                break
            if ours in mappable.columns - NEVER and ours not in columns:
                columns[ours] = name
                break
    placed = {*columns.values(), *counters.values()}
    if not placed:
        return None
    needed = [name for name in mappable.needed if name not in columns]
    left = tuple(name for name in header if name not in placed)
    return Sketch(mappable.table.name, columns, counters, tuple(needed), left)


@cache
def _spellings() -> Mapping[str, tuple[str, ...]]:
    """List, by how a header is spelt, our columns and counters that it feeds in any format, or is itself."""
    known: dict[str, dict[str, None]] = {}
    for table in MAPPABLE.values():
        for ours in sorted(table.columns | table.counters):
            known.setdefault(ours.replace("_", " "), {})[ours] = None
    for form in FORMATS.values():
        for column in form.columns:
            for header in column.headers:
                names = known.setdefault(folded(header).replace("_", " "), {})
                names.update((name.partition(".")[2], None) for name in column.becomes)
    return {spelt: tuple(names) for spelt, names in known.items()}
