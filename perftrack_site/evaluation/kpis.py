"""One KPI: its actual against its target, its verdict or pace, and how it came there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from perftrack_site.config.models import Campaign, Kpi, Metric, MetricType, Participation, Target
from perftrack_site.evaluation.benchmarks import benchmark_of, place_of
from perftrack_site.evaluation.cells import Slice
from perftrack_site.evaluation.facts import FACTS
from perftrack_site.evaluation.pace import accrues, needed_now, pace, per_day
from perftrack_site.evaluation.report import (
    BenchmarkShown,
    KpiResult,
    Number,
    Point,
    Receipt,
    ScheduleShown,
    State,
    TargetShown,
)
from perftrack_site.evaluation.values import Value
from perftrack_site.evaluation.verdict import gap, verdict
from perftrack_site.evaluation.viewpoint import Viewpoint
from perftrack_site.evaluation.windows import moment_before, progress_moments, state, verdict_moment
from perftrack_site.evaluation.words import scope_in_words


def kpi_result(
    view: Viewpoint, campaign: Campaign, kpi: Kpi, party: Participation | None, *, primary: bool
) -> KpiResult:
    """Judge one KPI of a campaign, for one influencer where it is agreed for each of them (`party`)."""
    metric = view.project.catalogue[kpi.metric]
    influencer = party.influencer if party else kpi.scope.influencer
    target = _target(kpi, metric, party, view.currency(campaign))
    part = Slice(
        campaign.key,
        verdict_moment(campaign, view.day),
        influencer,
        kpi.scope.platform,
        kpi.scope.content_type,
    )
    found = view.value(campaign, metric.key, part, kpi)
    plain = KpiResult(
        key=kpi.key,
        label=kpi.label or metric.label,
        metric=metric.key,
        scope=_scope_in_words(view, kpi),
        influencer=influencer,
        primary=primary,
        counts=counts(kpi),
        weight=None if kpi.weight is None else Fraction(kpi.weight),
        target=target,
        actual=view.number(campaign, metric, found),
        verdict=None,
        pace=None,
        needed_now=None,
        gap=None,
        per_day=None,
        reason=None,
        treated_as=None,
        schedule=tuple(ScheduleShown(point.by, Fraction(point.value)) for point in kpi.schedule),
        progress=_progress(view, campaign, kpi, part),
        in_period=_in_period(view, campaign, kpi, part, found),
        benchmark=_benchmark(view, kpi, influencer, found.value),
    )
    return _judged(plain, kpi, metric, campaign, view.day)


def counts(kpi: Kpi) -> bool:
    """Say whether a KPI takes part in its campaign's verdict: per influencer only with `counts: true`."""
    return kpi.each is None or kpi.counts


def target_shown(target: Target, unit: str, currency: str | None) -> TargetShown:
    """Take a target as agreed, its money in its own currency or else in `currency`."""
    return TargetShown(
        op=target.op,
        value=Fraction(target.value),
        upper=None if target.upper is None else Fraction(target.upper),
        stretch=None if target.stretch is None else Fraction(target.stretch),
        unit=unit,
        currency=(target.currency or currency) if unit == "money" else None,
    )


def _target(kpi: Kpi, metric: Metric, party: Participation | None, currency: str) -> TargetShown:
    shown = target_shown(kpi.target, metric.unit, currency)
    override = party.overrides.get(kpi.key) if party else None
    return shown if override is None else replace(shown, value=Fraction(override))


def _judged(plain: KpiResult, kpi: Kpi, metric: Metric, campaign: Campaign, day: date) -> KpiResult:
    """Add the judgement that the campaign's state allows."""
    now = state(campaign, day)
    if now == "in_flight":
        by_line = accrues(metric, plain.target)
        needed = needed_now(plain.target, plain.schedule, campaign.start, campaign.end, day, by_line=by_line)
        plain = replace(plain, needed_now=needed)
    value, why = plain.actual.value, plain.actual.why or _mixed_currencies(plain)
    if value is None or why:
        return _unsaid(plain, kpi, why, now)
    plain = replace(plain, gap=gap(value, plain.target))
    if now == "decided":
        return replace(plain, verdict=verdict(value, plain.target))
    return _with_pace(plain, value, metric, campaign, day) if now == "in_flight" else plain


def _mixed_currencies(plain: KpiResult) -> str | None:
    if plain.target.currency == plain.actual.currency:
        return None
    return (
        f"mixed currencies: the target is in {plain.target.currency}, the numbers in {plain.actual.currency}"
    )


def _with_pace(plain: KpiResult, value: Fraction, metric: Metric, campaign: Campaign, day: date) -> KpiResult:
    needed = plain.target.value if plain.needed_now is None else plain.needed_now
    grows = accrues(metric, plain.target)
    return replace(
        plain,
        pace=pace(value, needed, plain.target),
        per_day=per_day(value, plain.target, campaign.end, day) if grows else None,
    )


def _unsaid(plain: KpiResult, kpi: Kpi, why: str | None, now: State) -> KpiResult:
    """Say why there is no judgement and, once decided, what the contract makes of that."""
    if now != "decided":
        return replace(plain, reason=why)
    treated = {"missed": "missed", "exclude": f"left out: {kpi.because}"}.get(kpi.on_missing)
    return replace(plain, verdict="not_evaluable", reason=why, treated_as=treated)


def _progress(view: Viewpoint, campaign: Campaign, kpi: Kpi, part: Slice) -> tuple[Point, ...]:
    if not view.has_begun(campaign):
        return ()
    moments = progress_moments(campaign, view.day)
    return tuple(
        Point(moment, view.value(campaign, kpi.metric, replace(part, moment=moment), kpi).value)
        for moment in moments
    )


def _in_period(view: Viewpoint, campaign: Campaign, kpi: Kpi, part: Slice, to_date: Value) -> Number | None:
    """Subtract what stood before the period from what stands now; None for what does not add up over time."""
    metric = view.project.catalogue[kpi.metric]
    before = moment_before(view.period)
    adds_up = metric.type is MetricType.SIMPLE and metric.additive
    if not adds_up or to_date.value is None or before >= part.moment:
        return None
    now = view.number(campaign, metric, to_date)
    if campaign.start > before:
        return now
    any_sample = kpi.model_copy(update={"min_sample": {}})
    earlier = view.value(campaign, metric.key, replace(part, moment=before), any_sample)
    stood = Fraction(0) if _nothing_yet(earlier) else earlier.value
    if stood is None:
        return None
    return replace(now, value=to_date.value - stood, receipt=_difference(now, stood, before))


def _nothing_yet(earlier: Value) -> bool:
    """Say whether there was nothing to count: no post out, nothing spent. An unread shop is no such thing."""
    return not any(FACTS[leaf.table].channels or leaf.total.cells for leaf in earlier.leaves)


def _difference(now: Number, stood: Fraction, before: date) -> Receipt | None:
    if now.receipt is None:
        return None
    return replace(now.receipt, formula=f"{now.receipt.formula}, less {stood} by {before}")


def _scope_in_words(view: Viewpoint, kpi: Kpi) -> str:
    scope = kpi.scope
    where = scope_in_words(scope.platform, scope.content_type)
    by = f"by {view.project.influencer(scope.influencer).name}" if scope.influencer else ""
    return f"{where} {by}".strip()


def _benchmark(
    view: Viewpoint, kpi: Kpi, influencer: str | None, actual: Fraction | None
) -> BenchmarkShown | None:
    place = place_of(view.project, kpi.scope, influencer)
    if place is None:
        return None
    return benchmark_of(view.project.catalogue[kpi.metric], place, actual, view.benchmarks, view.files)
