"""How a KPI came to where it stands: points of its progress, and what came within the period."""

from __future__ import annotations

from datetime import date

from spec_tables import at_least, campaign, judge, judge_kpi, kpi

VIEWS = """
    metric | moment     | numerator
    views  | 2026-06-07 | 100
    views  | 2026-06-14 | 250
    views  | 2026-06-16 | 300
"""


def test_progress_has_a_point_for_each_full_week_and_the_last_day() -> None:
    points = judge_kpi(kpi(), VIEWS, date(2026, 6, 16)).progress
    assert {point.day.day: point.value for point in points} == {7: 100, 14: 250, 16: 300}


def test_where_nothing_was_known_the_line_has_a_gap() -> None:
    points = judge_kpi(kpi(), "metric | numerator\n views | 300", date(2026, 6, 16)).progress
    assert [point.value for point in points] == [None, None, 300]


def test_progress_ends_when_the_campaign_is_decided() -> None:
    points = judge_kpi(kpi(), day=date(2026, 9, 1), period="2026-Q3").progress
    assert points[-1].day == date(2026, 7, 14)


def test_what_came_within_the_period_is_the_difference_to_the_edition_before() -> None:
    found = judge_kpi(kpi(), """
        metric | moment     | numerator
        views  | 2026-06-30 | 250
        views  | 2026-07-14 | 300
    """, period="2026-07").in_period  # fmt: skip
    assert found is not None
    assert found.value == 50
    assert found.receipt is not None
    assert found.receipt.formula == "sum of views, less 250 by 2026-06-30"


def test_all_of_a_campaign_that_began_within_the_period_came_within_it() -> None:
    found = judge_kpi(kpi(), VIEWS, date(2026, 6, 16), period="2026-06").in_period
    assert found is not None
    assert found.value == 300


def test_a_falling_counter_makes_the_difference_negative() -> None:
    table = "metric | moment | numerator\n views | 2026-06-30 | 300\n views | 2026-07-14 | 290"
    found = judge_kpi(kpi(), table, period="2026-07").in_period
    assert found is not None
    assert found.value == -10


def test_a_rate_has_no_difference() -> None:
    table = "metric | numerator | denominator\n engagement_rate_by_reach | 3 | 100"
    assert (
        judge_kpi(kpi("engagement_rate_by_reach", at_least("0.01")), table, period="2026-07").in_period
        is None
    )


def test_an_earlier_value_that_is_not_known_leaves_no_difference() -> None:
    table = "metric | moment | numerator | rows | covered\n orders | 2026-07-14 | 9 | 9 | 9"
    assert judge_kpi(kpi("orders"), table, period="2026-07").in_period is None


def test_adjustments_stand_in_the_order_of_their_days() -> None:
    made = (
        {"on": date(2026, 6, 20), "what": "b", "why": "y"},
        {"on": date(2026, 6, 9), "what": "a", "why": "y"},
    )
    found = judge(campaign(adjustments=made))
    assert [entry.what for entry in found.adjustments] == ["a", "b"]
