"""Rules 25 and 26: the share of campaigns that met or exceeded their KPIs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest
from spec_tables import Said, at_least, campaign, kpi, project, report_of

from perftrack_site.config.models import Campaign, Cancellation, Goal, Target
from perftrack_site.evaluation.report import GoalResult

Denominator = Literal["decided", "ended", "all"]
TODAY = date(2026, 7, 14)
JUNE_30 = date(2026, 6, 30)


def goal(share: str = "0.8", denominator: Denominator = "decided", least: int = 1) -> Goal:
    return Goal(
        key="kpis-met",
        label="Most campaigns meet their KPIs",
        denominator=denominator,
        target=Target(op=">=", value=Decimal(share)),
        min_campaigns=least,
    )


def counted(agreed: Goal, campaigns: Iterable[Campaign], day: date = TODAY, **settings: Said) -> GoalResult:
    """Count a goal over campaigns whose key says how they end: m1 meets, x1 misses, n1 is not evaluable."""
    plans = tuple(campaigns)
    values = {"m": "100", "e": "500", "x": "10"}
    rows = "\n".join(f"{plan.key} | views | {values[plan.key[0]]}" for plan in plans if plan.key[0] in values)
    plan = project(*plans, goals=(agreed,), **settings)
    return report_of(plan, f"campaign | metric | numerator\n{rows}", day).goals[0]


def ends(key: str, end: date = JUNE_30, **said: Said) -> Campaign:
    return campaign(kpi("views", at_least("100", "400")), key=key, end=end, **said)


def many(keys: str) -> list[Campaign]:
    """Make campaigns: m met, e exceeded, x missed, n not evaluable, s settling, f in flight, c cancelled."""
    end = {"s": date(2026, 7, 10), "f": date(2026, 8, 30)}
    stop = Cancellation(on=date(2026, 6, 5), because="no stock")
    return [
        ends(key, end.get(key[0], JUNE_30), cancelled=stop if key[0] == "c" else None) for key in keys.split()
    ]


def test_met_and_exceeded_campaigns_are_met() -> None:
    now = counted(goal(), many("m1 e1 x1")).current
    assert (now.met, now.missed, now.share) == (("e1", "m1"), ("x1",), Fraction(2, 3))


def test_a_campaign_counts_in_the_period_in_which_it_is_decided() -> None:
    # It ends in June and has settled on 2026-07-14: the third quarter.
    found = counted(goal(), many("m1"))
    assert (found.current.period, found.current.met) == ("2026-Q3", ("m1",))


def test_a_goal_exactly_on_the_boundary_is_reached() -> None:
    assert counted(goal("0.8"), many("m1 m2 m3 m4 x1")).current.reached is True
    assert counted(goal("0.8001"), many("m1 m2 m3 m4 x1")).current.reached is False


@pytest.mark.parametrize(
    ("denominator", "whole"),
    [("decided", 3), ("ended", 4), ("all", 7)],
)
def test_the_denominator_is_what_the_goal_says(denominator: Denominator, whole: int) -> None:
    # Two met, one missed, one settling, two in flight, one not evaluable, one cancelled.
    now = counted(goal(denominator=denominator), many("m1 m2 x1 s1 f1 f2 n1 c1")).current
    assert (now.denominator, now.share) == (whole, Fraction(2, whole))


def test_pending_and_excluded_campaigns_are_listed() -> None:
    now = counted(goal(), many("m1 s1 f1 n1 c1")).current
    assert (now.pending, now.excluded) == (("f1", "s1"), ("c1", "n1"))


@pytest.mark.parametrize(
    ("denominator", "best", "worst"),
    [
        ("decided", Fraction(5, 6), Fraction(2, 6)),
        ("ended", Fraction(5, 6), Fraction(2, 6)),
        ("all", Fraction(5, 7), Fraction(2, 7)),
    ],
)
def test_the_best_and_the_worst_case(denominator: Denominator, best: Fraction, worst: Fraction) -> None:
    # Two met, one missed, three pending, one not evaluable.
    now = counted(goal(denominator=denominator), many("m1 m2 x1 s1 f1 f2 n1")).current
    assert (now.best, now.worst) == (best, worst)


def test_with_fewer_decided_campaigns_than_agreed_the_goal_cannot_be_said() -> None:
    now = counted(goal(least=3), many("m1 m2 n1")).current
    assert (now.reached, now.share) == (None, Fraction(1))
    assert now.why == "only 2 campaigns have been decided, at least 3 are needed"


def test_without_a_decided_campaign_there_is_no_share() -> None:
    now = counted(goal(), many("f1")).current
    assert (now.share, now.reached, now.why) == (None, None, "no campaign has been decided")
    assert (now.best, now.worst) == (Fraction(1), Fraction(0))


def test_a_campaign_decided_on_the_last_day_of_a_quarter_counts_in_it_that_very_day() -> None:
    # It ends on 2026-06-16 and has settled on 2026-06-30.
    now = counted(goal(), [ends("m1", date(2026, 6, 16))], JUNE_30).current
    assert (now.period, now.met) == ("2026-Q2", ("m1",))
    day_before = counted(goal(), [ends("m1", date(2026, 6, 16))], date(2026, 6, 29)).current
    assert (day_before.met, day_before.pending) == ((), ("m1",))


def test_a_campaign_over_three_quarters_counts_in_the_last_alone() -> None:
    plan = ends("m1", date(2026, 9, 25), start=date(2026, 3, 1))
    before = [counted(goal(), [plan], date(2026, month, 28)).current for month in (3, 6, 9)]
    assert [(count.period, count.met, count.pending) for count in before] == [
        ("2026-Q1", (), ()),
        ("2026-Q2", (), ()),
        ("2026-Q3", (), ()),
    ]
    assert counted(goal(), [plan], date(2026, 10, 9)).current.met == ("m1",)


def test_a_campaign_cancelled_before_its_start_is_in_no_denominator() -> None:
    stop = Cancellation(on=date(2026, 5, 20), because="no stock")
    for denominator in ("decided", "ended", "all"):
        agreed = goal(denominator=denominator)
        now = counted(agreed, [ends("c1", cancelled=stop), *many("m1")]).current
        assert (now.denominator, now.excluded, now.best) == (1, ("c1",), Fraction(1))


def test_a_fiscal_year_is_named_by_the_year_it_ends_in() -> None:
    # Settled on 2026-07-14: with a year from July on that is its first month, in FY2027.
    yearly = goal().model_copy(update={"per": "year"})
    assert counted(yearly, many("m1"), fiscal_year_starts="july").current.period == "2027"
    assert counted(yearly, many("m1"), fiscal_year_starts="august").current.period == "2026"


def test_earlier_periods_stay_as_they_were_decided() -> None:
    plans = [ends("m1", date(2026, 6, 10)), ends("x1", date(2026, 6, 5)), *many("m2")]
    found = counted(goal(), plans, date(2026, 12, 1))
    assert [(count.period, count.share) for count in found.history] == [
        ("2026-Q2", Fraction(1, 2)),
        ("2026-Q3", Fraction(1)),
    ]
    assert found.current.period == "2026-Q4"


def test_a_fiscal_year_moves_the_quarters() -> None:
    found = counted(goal(), many("m1"), fiscal_year_starts="april")
    assert (found.current.period, found.current.label) == ("2027-Q2", "Q2 FY2027")


def test_the_share_of_all_kpis_met_stands_beside_it() -> None:
    found = counted(goal(), many("m1 e1 x1 n1 f1"))
    assert (found.kpis_met, found.kpis_decided) == (2, 3)


def test_the_rule_is_said_in_words_with_its_denominator() -> None:
    assert counted(goal(least=5), []).rule == (
        "the share of the campaigns decided by then that met or exceeded their KPIs; "
        "a campaign counts in the quarter in which it is decided; said from 5 decided campaigns on"
    )
