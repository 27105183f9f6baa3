"""Records of one file that name the same thing: equal ones are duplicates, unlike ones are not used."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from perftrack_site.sources.ledger import Reject

Content = TypeVar("Content", bound=Hashable)


class Entry(NamedTuple, Generic[Content]):
    """A record that was read: its lines, the thing it names, and everything it says."""

    first_line: int
    last_line: int
    key: Hashable
    content: Content


@dataclass(frozen=True)
class Settled(Generic[Content]):
    kept: list[Entry[Content]]
    duplicates: int
    rejects: tuple[Reject, ...]


def settle(entries: Iterable[Entry[Content]], path: str, column: str) -> Settled[Content]:
    """Keep the first of equal records; of records with one key that differ, keep none and name them all."""
    first: dict[Hashable, Entry[Content]] = {}
    at_odds: dict[Hashable, list[Entry[Content]]] = {}
    duplicates = 0
    for entry in entries:
        earlier = first.setdefault(entry.key, entry)
        if earlier is entry:
            continue
        if earlier.content == entry.content:
            duplicates += 1
        else:
            at_odds.setdefault(entry.key, [earlier]).append(entry)
    kept = [entry for key, entry in first.items() if key not in at_odds]
    rejects = tuple(_conflict(entry, path, column, group) for group in at_odds.values() for entry in group)
    return Settled(kept, duplicates, rejects)


def _conflict(entry: Entry[Content], path: str, column: str, group: list[Entry[Content]]) -> Reject:
    others = ", ".join(str(other.first_line) for other in group if other is not entry)
    reason = f"says something else than line {others} of the same file about the same thing; neither is used"
    return Reject(path, entry.first_line, entry.last_line, column, "conflict", reason, "")
