"""Influencers with their tiers, and the catalogue in words."""

from __future__ import annotations

from datetime import date

import pytest
from spec_tables import campaign, project, report_of

from perftrack_site.evaluation.tiers import tier

TIERS = {"nano": 0, "micro": 10_000, "mid": 50_000}


@pytest.mark.parametrize(
    ("followers", "expected"),
    [([0], "nano"), ([9_999], "nano"), ([10_000], "micro"), ([3, 70_000], "mid"), ([], None)],
)
def test_the_tier_follows_the_largest_follower_count(followers: list[int], expected: str | None) -> None:
    assert tier(followers, TIERS) == expected


def test_an_influencer_below_every_tier_or_without_tiers_has_none() -> None:
    assert (tier([5], {"micro": 10_000}), tier([5], {})) == (None, None)


def test_an_influencer_lists_campaigns_newest_first() -> None:
    plans = [campaign(key=key, start=date(2026, month, 1)) for key, month in (("a", 4), ("b", 6), ("c", 5))]
    found = report_of(project(*plans, tiers=TIERS)).influencers
    assert [(who.key, who.tier, who.campaigns) for who in found] == [
        ("ana", "micro", ("b", "c", "a")),
        ("ben", "micro", ("b", "c", "a")),
    ]


def test_each_metric_says_how_it_is_made_and_whether_anything_feeds_it() -> None:
    found = {shown.key: (shown.formula, shown.has_source) for shown in report_of(project()).metrics}
    assert found["revenue"] == ("sum of revenue where is paid", True)
    assert found["cost_per_order"] == ("spend / orders", True)
    assert found["roi"] == ("(net revenue - spend) / spend", True)
    assert found["open_rate"] == ("opens / views", False)
    assert found["opens"] == ("no source yet", False)


def test_the_report_is_the_same_whatever_order_the_contracts_come_in() -> None:
    plans = [campaign(key=key) for key in ("b", "a", "c")]
    assert report_of(project(*plans)) == report_of(project(*reversed(plans)))
