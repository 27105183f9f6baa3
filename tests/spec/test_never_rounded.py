"""A miss is never rounded into a hit: text and comparison agree, on both sides and on the boundary."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftrack_site.evaluation import shown as wording
from perftrack_site.evaluation.report import TargetShown
from perftrack_site.evaluation.shown import exactly, rounded, shown, shown_target, side

NARROW, NBSP, MINUS = "\N{NARROW NO-BREAK SPACE}", "\N{NBSP}", "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "unit", "currency", "text"),
    [
        ("1234567", "count", None, "1 234 567"),
        ("1250", "money", "ZAR", "ZAR~1 250.00"),
        ("1250", "money", "JPY", "JPY~1 250"),
        ("1250", "money", "KWD", "KWD~1 250.000"),
        ("0.7996", "share", None, "80.0~%"),
        ("3.415", "score", None, "3.42"),
        ("12.25", "seconds", None, "12.3~s"),
        ("1", "days", None, "1~day"),
        ("4", "days", None, "4~days"),
        ("-0.125", "share", None, "-12.5~%"),
        ("-0.0001", "share", None, "0.0~%"),
    ],
)
def test_a_number_is_written_with_its_unit(value: str, unit: str, currency: str | None, text: str) -> None:
    expected = text.replace(" ", NARROW).replace("~", NBSP).replace("-", MINUS)
    assert shown(Fraction(value), unit, currency) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [("0.7996", "79.96"), ("0.79996", "79.996"), ("0.8", "80.0"), ("0.80004", "80.004"), ("0.81", "81.0")],
)
def test_digits_are_added_until_text_and_comparison_agree(value: str, text: str) -> None:
    assert shown(Fraction(value), "share", target=Fraction(8, 10)) == f"{text}{NBSP}%"


def test_every_bound_of_a_target_is_minded() -> None:
    target = TargetShown(">=", Fraction("0.035"), None, Fraction("0.045"), "share", None)
    assert shown(Fraction("0.04496"), "share", target=target) == f"44.96{NBSP}%".replace("44.96", "4.496")
    assert shown(Fraction("0.03499"), "share", target=target) == f"3.499{NBSP}%"


def test_halves_are_rounded_away_from_zero() -> None:
    values = {"0.5": 1, "1.5": 2, "2.5": 3, "-0.5": -1, "-2.5": -3, "2.4999": 2}
    assert {text: rounded(Fraction(text), 0) for text in values} == values


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (TargetShown(">=", Fraction("0.0355"), None, None, "share", None), "at least 3.55~%"),
        (TargetShown("<=", Fraction(180), None, None, "money", "ZAR"), "at most ZAR~180.00"),
        (
            TargetShown("between", Fraction("0.02"), Fraction("0.04"), None, "share", None),
            "between 2~% and 4~%",
        ),
    ],
)
def test_a_target_is_written_as_it_was_agreed(target: TargetShown, text: str) -> None:
    assert shown_target(target) == text.replace("~", NBSP)


decimals = st.decimals("-1000", "1000", places=6).map(Fraction)
anything = st.fractions(min_value=-1000, max_value=1000, max_denominator=10**6)


def read_back(text: str) -> Fraction:
    return Fraction(text.replace(MINUS, "-").replace(NARROW, "").split(NBSP)[0]) / 100


@given(st.one_of(anything, decimals), decimals)
def test_what_is_read_is_on_the_same_side_as_what_is(value: Fraction, target: Fraction) -> None:
    assert side(read_back(shown(value, "share", target=target)), target) == side(value, target)


@given(decimals)
def test_an_agreed_number_loses_no_digit(value: Fraction) -> None:
    assert read_back(exactly(value, "share")) == value


def test_a_boundary_without_an_end_in_decimals_can_still_be_written() -> None:
    assert shown(Fraction(1, 3), "share", target=Fraction(1, 3)) == f"33.3{NBSP}%"


def test_planted_fault_a_number_that_is_only_rounded_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "side", lambda _value, _bound: 0)
    with pytest.raises(AssertionError):
        test_digits_are_added_until_text_and_comparison_agree("0.7996", "79.96")
