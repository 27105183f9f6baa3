"""A KPI's verdict: its value against its target, compared by cross-multiplied integers."""

from __future__ import annotations

from fractions import Fraction

from perftrack_site.evaluation.report import TargetShown, Verdict
from perftrack_site.evaluation.shown import side


def verdict(value: Fraction, target: TargetShown) -> Verdict:
    """Judge a value: met at the target, exceeded at the stretch, `between` with both ends."""
    if not is_met(value, target):
        return "missed"
    return "exceeded" if _is_exceeded(value, target) else "met"


def is_met(value: Fraction, target: TargetShown) -> bool:
    """Say whether a value meets a target; exactly on the boundary it does."""
    if target.op == "<=":
        return at_most(value, target.value)
    return at_least(value, target.value) and (target.upper is None or at_most(value, target.upper))


def can_be_exceeded(target: TargetShown) -> bool:
    """Say whether a target has a stretch to exceed it at."""
    return target.stretch is not None and target.op != "between"


def gap(value: Fraction, target: TargetShown) -> Fraction:
    """Subtract the target from a value; from the nearer end of a range, 0 within it."""
    if target.op == "between" and is_met(value, target):
        return Fraction(0)
    if target.upper is not None and at_least(value, target.upper):
        return value - target.upper
    return value - target.value


def at_least(value: Fraction, bound: Fraction) -> bool:
    """Say whether `value >= bound`, in integers only."""
    return side(value, bound) >= 0


def at_most(value: Fraction, bound: Fraction) -> bool:
    """Say whether `value <= bound`, in integers only."""
    return side(value, bound) <= 0


def _is_exceeded(value: Fraction, target: TargetShown) -> bool:
    if target.stretch is None or not can_be_exceeded(target):
        return False
    return at_least(value, target.stretch) if target.op == ">=" else at_most(value, target.stretch)
