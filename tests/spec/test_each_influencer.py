"""KPIs agreed for each influencer: their own targets and verdicts, in the campaign's only where it counts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from spec_tables import IN_FLIGHT, at_least, campaign, judge, kpi, party

from perftrack_site.config.models import Scope

VIEWS = """
    metric | influencer | numerator
    views  | ana        | 120
    views  | ben        | 80
"""
EACH = kpi("views", at_least("100"), each="influencer")


def test_each_influencer_has_a_verdict_of_their_own() -> None:
    found = judge(campaign(kpi("views", key="all-views"), EACH), VIEWS)
    assert {who.influencer: who.kpis[0].verdict for who in found.influencers} == {
        "ana": "met",
        "ben": "missed",
    }


def test_it_does_not_count_towards_the_campaign_unless_agreed() -> None:
    found = judge(campaign(kpi("views", key="all-views"), EACH), VIEWS)
    assert (found.verdict, found.kpis_met, found.kpis_decided) == ("met", 1, 1)
    assert [entry.key for entry in found.kpis] == ["all-views"]


def test_it_counts_once_for_each_influencer_where_agreed() -> None:
    counting = kpi("views", at_least("100"), each="influencer", counts=True)
    found = judge(campaign(kpi("views", key="all-views"), counting, success="share_met", share="0.6"), VIEWS)
    assert (found.verdict, found.kpis_met, found.kpis_decided) == ("met", 2, 3)


def test_a_campaign_in_which_no_kpi_counts_cannot_be_judged() -> None:
    found = judge(campaign(EACH), VIEWS)
    assert (found.verdict, found.reason) == ("not_evaluable", "no KPI counts towards the verdict")


def test_an_override_sets_the_target_of_one_influencer() -> None:
    parties = (party("ana", overrides={"views": Decimal(150)}), party("ben"))
    found = judge(campaign(EACH, influencers=parties), VIEWS)
    assert {who.influencer: who.kpis[0].target.value for who in found.influencers} == {"ana": 150, "ben": 100}
    assert found.influencers[0].kpis[0].verdict == "missed"


def test_a_kpi_scoped_to_an_influencer_belongs_to_the_campaign_and_is_shown_with_them() -> None:
    found = judge(campaign(kpi("views", at_least("100"), scope=Scope(influencer="ben"))), VIEWS)
    assert [entry.influencer for entry in found.kpis] == ["ben"]
    assert [len(who.kpis) for who in found.influencers] == [0, 1]
    assert found.verdict == "missed"


def test_the_reason_names_the_influencer() -> None:
    counting = kpi("views", at_least("100"), each="influencer", counts=True)
    found = judge(campaign(counting), "metric | influencer | numerator\n views | ana | 120")
    assert found.reason == "Views of Ben: no posts found"


def test_each_pace_is_held_against_the_own_target() -> None:
    parties = (party("ana", overrides={"views": Decimal(400)}), party("ben"))
    found = judge(campaign(EACH, influencers=parties), VIEWS, IN_FLIGHT)
    assert [who.kpis[0].pace for who in found.influencers] == ["at_risk", "on_track"]


def test_totals_and_tracking_of_an_influencer_are_shown() -> None:
    found = judge(campaign(EACH), VIEWS).influencers[0]
    values = {number.metric: number.value for number in found.totals}
    assert (values["views"], values["orders"]) == (Fraction(120), None)
    assert found.tracking == ("promo code ANA10",)
