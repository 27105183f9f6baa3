"""Keys are given once and never again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perftrack_site.config.files import RESERVED
from perftrack_site.config.names import quoted
from perftrack_site.config.tree import Node
from perftrack_site.config.written import WrittenProject
from perftrack_site.errors import Fault


def check(project: WrittenProject) -> Iterator[Fault]:
    """Tell keys that stand twice, and keys that once belonged to something else (`was`)."""
    yield from once(entry.at("key") for entry in project.settings.at("goals").items)
    yield from once(entry.at("key") for entry in project.sources.at("sources").items)
    yield from once(entry.at("key") for entry in project.business.at("kpis").items)
    for campaign in project.campaigns.values():
        yield from once(entry.at("key") for entry in campaign.at("kpis").items)
        yield from once(entry.at("influencer") for entry in campaign.at("influencers").items)
    yield from _influencers(project)
    yield from _campaigns(project)


def once(nodes: Iterable[Node]) -> Iterator[Fault]:
    """Tell every text that an earlier node has too."""
    first: dict[str, Node] = {}
    for node in nodes:
        if node.text is not None:
            earlier = first.setdefault(node.text, node)
            if earlier is not node:
                yield node.fault(f"{quoted(node.text)} is taken already at {earlier.place}", "choose another")


def _influencers(project: WrittenProject) -> Iterator[Fault]:
    entries = project.influencers.at("influencers").items
    yield from once(node for entry in entries for node in (entry.at("key"), *entry.texts("was")))
    for key in (entry.at("key") for entry in entries):
        if key.text == RESERVED:
            yield key.fault(
                f"{quoted(RESERVED)} is the page that lists all influencers", "choose another key"
            )


def _campaigns(project: WrittenProject) -> Iterator[Fault]:
    former: dict[str, Node] = {}
    for earlier in (node for campaign in project.campaigns.values() for node in campaign.texts("was")):
        name = str(earlier.text)
        if name in project.campaigns:
            file = project.campaigns[name].file
            yield earlier.fault(
                f"{quoted(name)} is the key of {file}", "a key is never used again: choose another"
            )
        elif former.setdefault(name, earlier) is not earlier:
            yield earlier.fault(f"{quoted(name)} is taken already at {former[name].place}", "choose another")
