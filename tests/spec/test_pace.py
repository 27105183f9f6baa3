"""Rule 22: in flight, a KPI is held against what is needed by now."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from spec_tables import IN_FLIGHT, at_least, at_most, between, campaign, judge, judge_kpi, kpi

from perftrack_site.config.models import Checkpoint, Target
from perftrack_site.evaluation.report import KpiResult

LAST_DAY, FIRST_DAY = date(2026, 6, 30), date(2026, 6, 1)


def by(day: int, value: str) -> Checkpoint:
    return Checkpoint(by=date(2026, 6, day), value=Decimal(value))


def views(
    value: str, day: date = IN_FLIGHT, *schedule: Checkpoint, target: Target | None = None
) -> KpiResult:
    agreed = kpi("views", target or at_least("3000"), schedule=schedule)
    return judge_kpi(agreed, f"metric | numerator\n views | {value}", day)


@pytest.mark.parametrize(
    ("day", "needed"), [(FIRST_DAY, 100), (IN_FLIGHT, 1500), (date(2026, 6, 29), 2900), (LAST_DAY, 3000)]
)
def test_a_count_needs_its_share_of_the_days_that_have_passed(day: date, needed: int) -> None:
    assert views("0", day).needed_now == needed


@pytest.mark.parametrize(
    ("value", "expected"), [("1500", "on_track"), ("1499", "watch"), ("1350", "watch"), ("1349", "at_risk")]
)
def test_on_track_from_100_percent_watch_from_90_at_risk_below(value: str, expected: str) -> None:
    assert views(value).pace == expected


@pytest.mark.parametrize(("day", "needed"), [(5, 300), (10, 600), (15, 1200), (20, 1800), (25, 2400)])
def test_a_schedule_bends_the_line_at_its_checkpoints(day: int, needed: int) -> None:
    # 600 by the 10th, 1800 by the 20th, 3000 by the 30th: 60 a day, then 120 a day.
    found = views("0", date(2026, 6, day), by(10, "600"), by(20, "1800"))
    assert found.needed_now == needed


def test_a_count_says_what_is_still_needed_per_remaining_day() -> None:
    assert views("1200").per_day == Fraction(1800, 15)


def test_nothing_is_needed_per_day_once_the_target_is_reached_or_no_day_is_left() -> None:
    assert views("3000").per_day is None
    assert views("10", LAST_DAY).per_day is None


def test_a_rate_is_held_against_its_target_from_the_first_day_on() -> None:
    found = judge_kpi(kpi("engagement_rate_by_reach", at_least("0.03")), """
        metric                   | numerator | denominator
        engagement_rate_by_reach | 28        | 1000
    """, FIRST_DAY)  # fmt: skip
    assert (found.needed_now, found.pace, found.per_day) == (Fraction(3, 100), "watch", None)


def test_a_rate_with_a_schedule_is_held_against_the_next_checkpoint() -> None:
    agreed = kpi("engagement_rate_by_reach", at_least("0.03"), schedule=(by(10, "0.01"), by(20, "0.02")))
    table = "metric | numerator | denominator\n engagement_rate_by_reach | 1 | 50"
    needed = [judge_kpi(agreed, table, date(2026, 6, day)).needed_now for day in (10, 11, 20, 21)]
    assert needed == [Fraction(1, 100), Fraction(2, 100), Fraction(2, 100), Fraction(3, 100)]


def test_what_does_not_add_up_over_time_is_held_against_its_target() -> None:
    found = judge_kpi(kpi("reach", at_least("1000")), "metric | numerator\n reach | 950", FIRST_DAY)
    assert (found.needed_now, found.pace) == (Fraction(1000), "watch")


@pytest.mark.parametrize(
    ("value", "expected"), [("0", "on_track"), ("90", "on_track"), ("100", "watch"), ("100.01", "at_risk")]
)
def test_for_at_most_the_share_is_what_is_needed_over_what_is(value: str, expected: str) -> None:
    found = judge_kpi(kpi("spend", at_most("90")), f"metric | numerator\n spend | {value}", IN_FLIGHT)
    assert (found.pace, found.per_day) == (expected, None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("89", "at_risk"), ("90", "watch"), ("100", "on_track"), ("180", "on_track"), ("200", "watch"),
     ("201", "at_risk")],
)  # fmt: skip
def test_a_range_is_held_against_the_end_that_is_missed(value: str, expected: str) -> None:
    found = judge_kpi(kpi("spend", between("100", "180")), f"metric | numerator\n spend | {value}", IN_FLIGHT)
    assert found.pace == expected


def test_a_negative_target_that_is_missed_is_at_risk() -> None:
    # A quotient of two negative numbers would call -20 % the double of what -10 % asks for.
    table = "metric | numerator\n net_revenue | 80\n spend | 100"
    assert judge_kpi(kpi("roi", at_least("-0.1")), table, IN_FLIGHT).pace == "at_risk"


def test_a_campaign_is_as_far_behind_as_the_worst_kpi_its_rule_looks_at() -> None:
    table = "metric | numerator\n views | 1500\n reach | 1\n spend | 95"
    views_, reach, spend = (
        kpi("views", at_least("3000"), primary=True),
        kpi("reach"),
        kpi("spend", primary=True),
    )
    assert judge(campaign(views_, reach, spend), table, IN_FLIGHT).pace == "on_track"
    assert judge(campaign(views_, reach, spend, success="all"), table, IN_FLIGHT).pace == "at_risk"


def test_without_a_number_there_is_no_pace_and_a_reason() -> None:
    found = judge_kpi(kpi(), day=IN_FLIGHT)
    assert (found.pace, found.verdict, found.reason) == (None, None, "no posts found")


def test_planned_settling_and_decided_campaigns_have_no_pace() -> None:
    days = (date(2026, 5, 31), date(2026, 7, 1), date(2026, 7, 14))
    assert [views("10", day).pace for day in days] == [None, None, None]
