"""The tables that metrics are added up from, in words: what their rows are called, what leads them to a campaign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from perftrack_site.config.models import TrackingKind


@dataclass(frozen=True)
class Fact:
    """What is said of one table.

    `rows` is what its rows are called, `nothing` what is said where there are none. `channels` are the kinds of
    tracking that lead its rows to a campaign; none where rows name it themselves or belong to it otherwise. With
    channels, no rows are 0 of them once their files were read.
    """

    rows: str
    nothing: str
    channels: frozenset[TrackingKind] = frozenset()
    no_channel: str = ""


FACTS: Mapping[str, Fact] = {
    "posts": Fact("posts", "no posts found"),
    "orders": Fact(
        "orders",
        "the shop was not read",
        frozenset({TrackingKind.PROMO_CODE, TrackingKind.UTM}),
        "no code or UTM tag leads orders here",
    ),
    "spend": Fact("payments", "no spend recorded"),
    "web": Fact(
        "lines of web analytics",
        "web analytics were not read",
        frozenset({TrackingKind.UTM}),
        "no UTM tag leads visits here",
    ),
    "links": Fact(
        "days of a link",
        "no link clicks were read",
        frozenset({TrackingKind.LINK}),
        "no tracked link leads here",
    ),
    "leads": Fact(
        "enquiries",
        "no list of enquiries was read",
        frozenset({TrackingKind.PROMO_CODE, TrackingKind.UTM}),
        "no code or UTM tag leads enquiries here",
    ),
}
