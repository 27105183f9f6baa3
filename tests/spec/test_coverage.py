"""Rules 17 and 18: what a number stands on is printed; with too little it is not evaluable, and why."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from spec_tables import at_least, judge_kpi, kpi

RATE = "engagement_rate_by_reach"


def test_coverage_is_printed_beside_the_number() -> None:
    found = judge_kpi(kpi(RATE), f"""
        metric | numerator | denominator | covered | rows
        {RATE} | 30        | 1000        | 11      | 12
    """).actual  # fmt: skip
    assert (found.covered, found.rows, found.row_noun) == (11, 12, "posts")


def test_too_little_coverage_is_not_evaluable() -> None:
    found = judge_kpi(kpi("reach"), """
        metric | numerator | covered | rows
        reach  | 5000      | 3       | 12
    """)  # fmt: skip
    assert (found.verdict, found.actual.value) == ("not_evaluable", None)
    assert found.reason == "only 3 of 12 posts show reach (25 %), 80 % agreed".replace(" %", "\N{NBSP}%")


def test_coverage_exactly_as_agreed_is_enough() -> None:
    table = "metric | numerator | covered | rows\n views | 500 | 4 | 5"
    assert judge_kpi(kpi(), table).verdict == "met"


def test_a_coverage_just_below_what_was_agreed_is_not_rounded_up_to_it() -> None:
    table = "metric | numerator | covered | rows\n views | 500 | 7999 | 10000"
    assert "(79.99\N{NBSP}%), 80\N{NBSP}% agreed" in str(judge_kpi(kpi(), table).reason)


def test_a_kpi_may_agree_on_another_coverage_than_the_project() -> None:
    table = "metric | numerator | covered | rows\n views | 500 | 1 | 2"
    assert judge_kpi(kpi(min_coverage=Decimal("0.5")), table).verdict == "met"
    assert judge_kpi(kpi(), table, min_coverage=Decimal("0.5")).verdict == "met"
    assert judge_kpi(kpi(), table).verdict == "not_evaluable"


def test_the_parts_of_a_rate_over_two_tables_are_covered_each_on_its_own() -> None:
    found = judge_kpi(kpi("cpe", at_least("1")), """
        metric      | numerator | covered | rows
        spend       | 100.00    | 3       | 3
        engagements | 50        | 9       | 10
    """)  # fmt: skip
    assert (found.actual.value, found.actual.covered, found.actual.rows) == (Fraction(2), 9, 10)


def test_a_rate_over_two_tables_needs_both_covered() -> None:
    found = judge_kpi(kpi("cpe"), """
        metric      | numerator | covered | rows
        spend       | 100.00    | 3       | 3
        engagements | 50        | 1       | 10
    """)  # fmt: skip
    assert str(found.reason).startswith("only 1 of 10 posts show engagements")


@pytest.mark.parametrize(
    ("sample", "table", "reason"),
    [
        ({"posts": 5}, "metric|numerator|rows\n views|500|4", "4 posts, at least 5 were agreed"),
        ({"rows": 2}, "metric|numerator|rows\n views|500|1", "1 post, at least 2 were agreed"),
        ({"posts": 4}, "metric|numerator|rows\n views|500|4", None),
        ({"orders": 9}, "metric|numerator|rows\n views|500|4", None),
    ],
)
def test_a_sample_smaller_than_agreed_is_not_evaluable(
    sample: dict[str, int], table: str, reason: str | None
) -> None:
    assert judge_kpi(kpi(min_sample=sample), table).reason == reason


def test_nothing_measured_is_not_zero() -> None:
    assert judge_kpi(kpi()).actual.value is None
    assert judge_kpi(kpi()).reason == "no posts found"


def test_rows_of_which_none_is_known_are_not_zero() -> None:
    found = judge_kpi(kpi("reach", min_coverage=Decimal(0)), "metric | covered | rows\n reach | 0 | 3")
    assert found.reason == "none of 3 posts shows reach"


def test_a_denominator_of_zero_has_no_rate() -> None:
    found = judge_kpi(kpi(RATE, at_least("0.03")), f"metric | numerator | denominator\n {RATE} | 0 | 0")
    assert (found.verdict, found.reason) == ("not_evaluable", "reach is 0, nothing to divide by")


def test_a_denominator_of_zero_in_another_table_has_no_rate() -> None:
    found = judge_kpi(kpi("cost_per_order"), """
        metric | influencer | numerator | rows
        spend  |            | 100.00    | 1
        orders | ana        | 0         | 0
    """)  # fmt: skip
    assert found.reason == "orders is 0, nothing to divide by"


def test_a_metric_that_no_source_feeds_says_so() -> None:
    assert judge_kpi(kpi("open_rate")).reason == "no source for open_rate yet"
