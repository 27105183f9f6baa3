"""Nothing is claimed twice: a code, tag, link or post leads to one campaign and influencer on any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from perftrack_site.config.forms import day
from perftrack_site.config.names import quoted
from perftrack_site.config.tracking import Mark, TrackingError, read_mark, validity
from perftrack_site.config.tree import Node
from perftrack_site.config.written import WrittenProject
from perftrack_site.errors import Fault

WORDS = {
    "promo_code": "the promo code",
    "click_ref": "the click reference",
    "utm": "the UTM tags",
    "link": "the link",
    "hashtag": "the hashtag",
}


@dataclass(frozen=True)
class Claim:
    """A participation's claim to a mark, from one day to another."""

    node: Node
    mark: Mark
    first: date
    last: date


def check(project: WrittenProject) -> Iterator[Fault]:
    """Tell marks claimed twice on one day, and posts named twice; both places are named."""
    claims: dict[tuple[Mark, str | None], list[Claim]] = defaultdict(list)
    for campaign in project.campaigns.values():
        for influencer, claim in _claims(campaign):
            # a hashtag counts only on posts of the influencer who tracks it, so many may use the same one
            owner = influencer if claim.mark.kind == "hashtag" else None
            claims[claim.mark, owner].append(claim)
    for rivals in claims.values():
        yield from _overlaps(rivals)
    yield from _posts(project)


def _claims(campaign: Node) -> Iterator[tuple[str | None, Claim]]:
    dates = validity(campaign.at("start").text, campaign.at("end").text, campaign.at("settle_days").text)
    for party in campaign.at("influencers").items:
        for node in party.at("tracking").items:
            claim = _claim(node, dates)
            if claim:
                yield party.at("influencer").text, claim


def _claim(node: Node, dates: tuple[date, date] | None) -> Claim | None:
    first = day(node.at("from").text or "") if node.has("from") else dates and dates[0]
    last = day(node.at("to").text or "") if node.has("to") else dates and dates[1]
    try:
        mark = read_mark({key: entry.value for key, entry in node.entries.items()})
    except TrackingError:
        return None  # told when the entry was read
    return Claim(node, mark, first, last) if first and last else None


def _overlaps(claims: list[Claim]) -> Iterator[Fault]:
    for earlier, later in combinations(claims, 2):
        first, last = max(earlier.first, later.first), min(earlier.last, later.last)
        if first <= last:
            what = f"{WORDS[later.mark.kind]} {quoted(later.mark.value)}"
            days = f"from {first} to {last}"
            yield later.node.fault(
                f"{earlier.node.place} claims {what} too, {days}",
                "give it to one of them, or part their dates",
            )


def _posts(project: WrittenProject) -> Iterator[Fault]:
    named: dict[str, Node] = {}
    for campaign in project.campaigns.values():
        for post in (post for party in campaign.at("influencers").items for post in party.at("posts").items):
            if post.text is None:
                continue
            earlier = named.setdefault(post.text, post)
            if earlier is not post:
                yield post.fault(
                    f"{quoted(post.text)} is named at {earlier.place} too", "leave it in one of them"
                )
