"""Exact arithmetic of derived metrics."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftrack_site.errors import ConfigError
from perftrack_site.evaluation.exact import Answer, calculate, divide

VALUES = {"a": Fraction(7), "b": Fraction(2), "zero": Fraction(0), "net_revenue": Fraction(3)}


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("a / b", "7/2"),
        ("(a - b) / b", "5/2"),
        ("1000 * a / b", "3500"),
        ("-a + 2", "-5"),
        ("a - b - 1", "4"),
    ],
)
def test_an_expression_is_worked_out_exactly(expr: str, expected: str) -> None:
    assert calculate(expr, VALUES) == Answer(Fraction(expected))


@pytest.mark.parametrize(
    ("expr", "why"),
    [
        ("a / zero", "zero is 0, nothing to divide by"),
        ("1 + a / (b - 2)", "b - 2 is 0, nothing to divide by"),
        ("a / (net_revenue - 3)", "net revenue - 3 is 0, nothing to divide by"),
    ],
)
def test_a_division_by_zero_has_a_reason_instead_of_a_value(expr: str, why: str) -> None:
    assert calculate(expr, VALUES) == Answer(None, why)


NO_ARITHMETIC = (
    "a ** b", "a // b", "__import__('os')",
    "c", "a.real", "1.5 * a", "True", "a if b else a", "", "a b", "~a",
    "[a]", "a < b", "(" * 300 + "a" + ")" * 300, "lambda: a", "'text'", "a @ b",
)  # fmt: skip


@pytest.mark.parametrize("expr", NO_ARITHMETIC)
def test_anything_but_plain_arithmetic_is_refused(expr: str) -> None:
    with pytest.raises(ConfigError, match="cannot be worked out; write it with"):
        calculate(expr, VALUES)


@given(st.fractions(), st.fractions())
def test_dividing_and_multiplying_gives_back_the_value(value: Fraction, divisor: Fraction) -> None:
    found = divide(value, divisor, "reach")
    assert found.value is None if divisor == 0 else found.value == value / divisor
    assert calculate("a / b", {"a": value, "b": divisor}).value == found.value
