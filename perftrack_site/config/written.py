"""The whole of config/ as it is written: trees, and the names that entries may refer to.

The checks work on these trees, not on the models, so that a fault in one place hides no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Protocol

from perftrack_site.config.models import Metric
from perftrack_site.config.names import did_you_mean, quoted
from perftrack_site.config.tree import Node
from perftrack_site.errors import Fault


@dataclass(frozen=True)
class Names:
    """The keys of one kind of thing.

    With `complete` unset (a file could not be read) no name is called unknown.
    """

    noun: str  # "an influencer"
    known: frozenset[str]
    complete: bool = True
    former: Mapping[str, str] = field(default_factory=dict)

    def unknown(self, node: Node) -> Iterator[Fault]:
        """Tell when a node names something that is not there."""
        if node.text is not None:
            yield from self.unknown_key(node, node.text)

    def unknown_key(self, node: Node, name: str) -> Iterator[Fault]:
        """Tell when an entry is called by a name that is not there."""
        if name in self.known or not self.complete:
            return
        if name in self.former:
            yield node.fault(f"{quoted(name)} has another key now", f"write {self.former[name]}")
        else:
            yield node.fault(f"{quoted(name)} is not {self.noun}", did_you_mean(name, self.known))


class Mappable(Protocol):
    """A table that a mapping may fill: the columns and counters it may name, and those it must."""

    @property
    def columns(self) -> AbstractSet[str]: ...
    @property
    def counters(self) -> AbstractSet[str]: ...
    @property
    def needed(self) -> tuple[str, ...]: ...
    @property
    def needs_counters(self) -> bool: ...


@dataclass(frozen=True)
class WrittenProject:
    """Every file of config/; a file that is absent or unreadable is an empty tree."""

    settings: Node
    sources: Node
    influencers: Node
    business: Node
    additions: Node
    campaigns: Mapping[str, Node]
    catalogue: Mapping[str, Metric]
    metric_names: Names
    source_names: Names
    influencer_names: Names
    business_names: Names
    format_names: Names
    tables: Mapping[str, Mappable]  # none: the names in mappings are not checked here


def names_of(noun: str, root: Node, entries: str, *, readable: bool) -> Names:
    """Take the names of a list of entries; complete only where every entry shows its key."""
    listed = root.at(entries)
    known = keys_of(listed.items)
    is_complete = readable and (isinstance(listed.value, tuple) or not root.has(entries))
    is_complete = is_complete and all(entry.at("key").text is not None for entry in listed.items)
    return Names(noun, known, is_complete, former_keys(listed.items))


def keys_of(entries: Iterable[Node]) -> frozenset[str]:
    """List the keys that entries of a list carry, as written."""
    return frozenset(key for entry in entries if (key := entry.at("key").text) is not None)


def former_keys(entries: Iterable[Node]) -> Mapping[str, str]:
    """Map each earlier key (`was`) to the key that took its place."""
    return {
        earlier.text: key
        for entry in entries
        for earlier in entry.texts("was")
        if earlier.text is not None and (key := entry.at("key").text) is not None
    }
