"""Pace: how a campaign in flight stands against what is needed by now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from perftrack_site.config.models import Metric, MetricType
from perftrack_site.evaluation.report import Pace, ScheduleShown, TargetShown
from perftrack_site.evaluation.verdict import at_least, at_most

WATCH_FROM = Fraction(9, 10)  # of what is needed by now; below that a campaign is at risk
ONE_DAY = timedelta(days=1)
WORST_FIRST: tuple[Pace, ...] = ("at_risk", "watch", "on_track")


def accrues(metric: Metric, target: TargetShown) -> bool:
    """Say whether a KPI grows day by day towards its target: an additive count or amount with `>=`."""
    grows = metric.type is MetricType.SIMPLE and metric.additive and metric.unit in {"count", "money"}
    return grows and target.op == ">="


def needed_now(
    target: TargetShown,
    schedule: Sequence[ScheduleShown],
    start: date,
    end: date,
    day: date,
    *,
    by_line: bool,
) -> Fraction:
    """Say what should stand on `day`: on the schedule's line, or at its next checkpoint, else the target."""
    if by_line:
        return _on_the_line(target, schedule, start, end, day)
    return next((point.value for point in schedule if point.by >= day), target.value)


def pace(value: Fraction, needed: Fraction, target: TargetShown) -> Pace:
    """Judge a value by its share of what is needed: on track from 100 %, watch from 90 %, else at risk.

    With `<=` the share is needed / actual. Products are compared, not quotients: nothing is divided by 0.
    """
    if target.op == "<=" or (target.upper is not None and not at_most(value, target.upper)):
        most = needed if target.upper is None else target.upper
        return _share(enough=at_most(value, most), nearly=at_most(WATCH_FROM * value, most))
    return _share(enough=at_least(value, needed), nearly=at_least(value, WATCH_FROM * needed))


def per_day(value: Fraction, target: TargetShown, end: date, day: date) -> Fraction | None:
    """Say how much is still needed on each day after `day`; None when nothing is, or no day is left."""
    remaining, days = target.value - value, (end - day).days
    return remaining / days if remaining > 0 and days > 0 else None


def worst(paces: Sequence[Pace]) -> Pace | None:
    """Find the worst of some paces."""
    return next((pace for pace in WORST_FIRST if pace in paces), None)


def _share(*, enough: bool, nearly: bool) -> Pace:
    if enough:
        return "on_track"
    return "watch" if nearly else "at_risk"


def _on_the_line(
    target: TargetShown, schedule: Sequence[ScheduleShown], start: date, end: date, day: date
) -> Fraction:
    corners = {
        start - ONE_DAY: Fraction(0),
        **{point.by: point.value for point in schedule},
        end: target.value,
    }
    before = max(corner for corner in corners if corner < day)
    after = min(corner for corner in corners if corner >= day)
    share = Fraction((day - before).days, (after - before).days)
    return corners[before] + share * (corners[after] - corners[before])
