"""Rules 20 to 24 together: every state, success rule, `on_missing` and missing KPI (docs/truth-table.md)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import truth_table
from spec_tables import Rule, at_least, campaign, judge, kpi

from perftrack_site.config.models import Cancellation, Kpi
from perftrack_site.evaluation import campaigns
from perftrack_site.evaluation.campaigns import Judged
from perftrack_site.evaluation.report import CampaignResult
from perftrack_site.evaluation.success import Vote

PAGE = Path(__file__).parents[2] / "docs" / "truth-table.md"
VALUES = {"missed": "90", "met": "100", "exceeded": "200"}
DAYS = {
    "planned": date(2026, 5, 1),
    "in flight": date(2026, 6, 15),
    "settling": date(2026, 7, 5),
    "decided": date(2026, 7, 14),
    "cancelled": date(2026, 7, 14),
}
STOPPED = Cancellation(on=date(2026, 6, 10), because="no stock")


def perftrack_says(state: str, success: str, a: str, b: str) -> CampaignResult:
    """Judge a campaign of two KPIs; A is measured by views, B by engagements where it is not missing."""
    rule, _, share = success.partition(": ")
    agreed = campaign(
        kpi("views", at_least("100", "150"), primary=True, weight=Decimal(60)),
        _kpi_b(b, is_primary=success == "all_primary, both primary"),
        success=_rule(rule),
        share=str(Decimal(share.rstrip("%")) / 100) if share else None,
        cancelled=STOPPED if state == "cancelled" else None,
    )
    second = f"engagements | {VALUES[b]}" if b in VALUES else ""
    return judge(agreed, f"metric | numerator\nviews | {VALUES[a]}\n{second}".strip(), DAYS[state])


def _kpi_b(b: str, *, is_primary: bool) -> Kpi:
    on_missing = b.split(", ")[1] if "," in b else "not_evaluable"
    target = at_least("100", "150")
    return kpi(
        "engagements", target, primary=is_primary, weight=Decimal(40), on_missing=on_missing, because="agreed"
    )


def _rule(words: str) -> Rule:
    name: dict[str, Rule] = {"all": "all", "any": "any", "share_met": "share_met", "weighted": "weighted"}
    return name.get(words, "all_primary")


@pytest.mark.parametrize("state", truth_table.STATES)
def test_every_case_is_judged_as_reasoned(state: str) -> None:
    for case in [case for case in truth_table.cases() if case[0] == state]:
        verdict = perftrack_says(*case).verdict or "none"
        assert verdict.replace("_", " ") == truth_table.expected(*case), case


@pytest.mark.parametrize("state", truth_table.STATES)
def test_only_a_campaign_in_flight_has_a_pace(state: str) -> None:
    assert (perftrack_says(state, "all", "met", "met").pace is not None) == (state == "in flight")


def test_the_page_shows_every_case_of_a_decided_campaign() -> None:
    assert PAGE.read_text(encoding="utf-8") == truth_table.page()


def test_every_verdict_occurs() -> None:
    found = {truth_table.expected(*case) for case in truth_table.cases()}
    assert found == {"none", "missed", "met", "exceeded", "not evaluable"}


def test_planted_fault_a_missing_kpi_that_is_overlooked_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def left_out(entry: Judged) -> Vote | None:
        verdict = entry.result.verdict
        if verdict is None or verdict == "not_evaluable":
            return None
        return Vote(verdict, verdict, Fraction(1))

    monkeypatch.setattr(campaigns, "_vote", left_out)
    with pytest.raises(AssertionError):
        test_every_case_is_judged_as_reasoned("decided")
