"""Tiers: influencers sorted by their followers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def tier(followers: Iterable[int], tiers: Mapping[str, int]) -> str | None:
    """Name the tier of an influencer by the largest follower count; None where nothing is known."""
    most = max(followers, default=-1)
    reached = [(least, name) for name, least in tiers.items() if least <= most]
    return max(reached)[1] if reached else None
