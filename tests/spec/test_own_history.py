"""An influencer's own history: the same metric in their earlier campaigns, and nobody else's."""

from __future__ import annotations

from datetime import date, timedelta

from spec_tables import DECIDED, at_least, campaign, kpi, project, report_of

from perftrack_site.config.models import Campaign, Kpi, Scope
from perftrack_site.evaluation.audience import narrow
from perftrack_site.evaluation.report import Report

EACH = kpi("views", target=at_least("100"), each="influencer")
TABLE = """
    campaign | metric | influencer | platform  | numerator
    april    | views  | ana        | instagram | 90
    april    | views  | ben        | instagram | 4711
    may      | views  | ana        | instagram | 110
    spring   | views  | ana        | instagram | 120
"""


def earlier(key: str, start: date, *kpis: Kpi) -> Campaign:
    return campaign(
        *(kpis or (EACH,)), key=key, name=key.capitalize(), start=start, end=start + timedelta(days=20)
    )


APRIL, MAY = earlier("april", date(2026, 4, 1)), earlier("may", date(2026, 5, 1))


def seen(*campaigns: Campaign, day: date = DECIDED) -> Report:
    return narrow(report_of(project(*campaigns), TABLE, day), "influencer:ana")


def history(report: Report, key: str = "spring") -> list[str]:
    found = next(one for one in report.campaigns if one.key == key)
    said = found.influencers[0].kpis[0].earlier
    return [f"{one.name}: {one.actual.value}, {one.verdict}" for one in said]


def test_earlier_campaigns_stand_beside_a_kpi_newest_first() -> None:
    assert history(seen(APRIL, MAY, campaign(EACH))) == ["May: 110, met", "April: 90, missed"]


def test_the_best_so_far_is_praised() -> None:
    found = next(one for one in seen(APRIL, MAY, campaign(EACH)).campaigns if one.key == "spring")
    said = [line.sentence for line in found.influencers[0].feedback if line.rule == "own_best"]
    assert said == ["Views: your best so far, better than in 2 earlier campaigns of yours."]


def test_a_campaign_that_is_not_decided_or_ran_at_the_same_time_is_no_history() -> None:
    settling = MAY.model_copy(update={"settle_days": 90})
    beside = MAY.model_copy(update={"end": date(2026, 6, 1), "settle_days": 1})
    assert history(seen(settling, campaign(EACH))) == []
    assert history(seen(beside, campaign(EACH))) == []


def test_a_campaign_without_a_target_for_it_shows_the_total() -> None:
    whole = earlier("may", date(2026, 5, 1), kpi("reach", key="reach"))
    assert history(seen(whole, campaign(EACH))) == ["May: 110, None"]


def test_like_is_set_beside_like() -> None:
    narrower = kpi("views", target=at_least("100"), each="influencer", scope=Scope(platform="instagram"))
    assert history(seen(earlier("may", date(2026, 5, 1), narrower), campaign(narrower))) == ["May: 110, met"]
    assert history(seen(MAY, campaign(narrower))) == []


def test_a_number_that_could_not_be_said_is_no_history() -> None:
    silent = earlier("march", date(2026, 3, 1))
    assert history(seen(silent, campaign(EACH))) == []
