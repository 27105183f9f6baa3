"""Rule 21: met at the target, exceeded at the stretch, and no float decides."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spec_tables import at_least, at_most, between, judge_kpi, kpi

from perftrack_site.config.models import Target
from perftrack_site.evaluation import verdict as verdicts
from perftrack_site.evaluation.report import TargetShown

exact = st.fractions(min_value=-(10**9), max_value=10**9)


def verdict_of(value: str, target: Target) -> str | None:
    return judge_kpi(kpi("spend", target), f"metric | numerator\n spend | {value}").verdict


@pytest.mark.parametrize(
    ("target", "answers"),
    [
        (at_least("100"), {"99.9999": "missed", "100": "met", "100000": "met"}),
        (at_least("100", stretch="120"), {"99": "missed", "119.99": "met", "120": "exceeded"}),
        (at_most("100"), {"100.0001": "missed", "100": "met", "0": "met"}),
        (at_most("100", stretch="80"), {"101": "missed", "80.01": "met", "80": "exceeded"}),
        (between("10", "20"), {"9.99": "missed", "10": "met", "20": "met", "20.01": "missed"}),
    ],
)
def test_a_value_is_judged_by_its_target(target: Target, answers: dict[str, str]) -> None:
    assert {value: verdict_of(value, target) for value in answers} == answers


def test_a_share_exactly_on_the_boundary_meets_it() -> None:
    # In doubles 0.29 * 100 is below 29.
    table = "metric | numerator | denominator\n engagement_rate_by_reach | 29 | 100"
    assert judge_kpi(kpi("engagement_rate_by_reach", at_least("0.29")), table).verdict == "met"


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [("80", at_least("100"), -20), ("120", at_most("100"), 20), ("7", between("10", "20"), -3),
     ("12", between("10", "20"), 0), ("26", between("10", "20"), 6)],
)  # fmt: skip
def test_the_gap_is_what_lies_between_value_and_target(value: str, target: Target, expected: int) -> None:
    assert judge_kpi(kpi("spend", target), f"metric | numerator\n spend | {value}").gap == expected


@given(exact, exact)
def test_the_verdict_is_the_comparison_of_cross_multiplied_integers(value: Fraction, bound: Fraction) -> None:
    left, right = value.numerator * bound.denominator, bound.numerator * value.denominator
    assert verdicts.verdict(value, _target(">=", bound)) == ("met" if left >= right else "missed")
    assert verdicts.verdict(value, _target("<=", bound)) == ("met" if left <= right else "missed")


NEAR_MISS = (Fraction(10**17 - 1, 10**17 + 1), Fraction(1))


def float_at_least(value: Fraction, bound: Fraction) -> bool:
    return float(value) >= float(bound)


def test_a_value_closer_to_the_target_than_a_float_can_tell_has_missed_it() -> None:
    assert not verdicts.at_least(*NEAR_MISS)
    assert verdicts.verdict(NEAR_MISS[0], _target(">=", NEAR_MISS[1])) == "missed"


def test_planted_fault_a_comparison_in_floats_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "at_least", float_at_least)
    with pytest.raises(AssertionError):
        test_a_value_closer_to_the_target_than_a_float_can_tell_has_missed_it()


def _target(op: str, value: Fraction) -> TargetShown:
    return TargetShown(op, value, None, None, "count", None)  # type: ignore[arg-type]


def test_a_target_as_written_is_taken_exactly() -> None:
    assert judge_kpi(kpi("spend", at_least("0.1"))).target.value == Fraction(1, 10)
    assert Fraction(Decimal("0.1")) != Fraction(0.1)
