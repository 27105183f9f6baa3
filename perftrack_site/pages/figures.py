"""What surrounds a drawing on a page: its sentence, its notes and its numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from perftrack_site.evaluation.report import CampaignResult, GoalCount, GoalResult, KpiResult, ScheduleShown
from perftrack_site.evaluation.shown import shown_target

from .charts import Annotation, Axis, Chart, Mark, Series, TargetLine
from .svg import svg, table
from .text import Trusted
from .words import agreed_words, count, day, gap_words, needed_words, value_words


@dataclass(frozen=True)
class Figure:
    title: str
    drawing: Trusted
    sentence: str
    legend: tuple[tuple[str, str], ...]  # role, label
    notes: tuple[str, ...]  # what the numbered flags mean
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figure(chart: Chart) -> Figure:
    """Draw a chart and set its numbers beside it."""
    header, rows = table(chart)
    legend = {series.role: series.label for series in chart.series} if chart.kind == "line" else {}
    notes = tuple(f"{day(note.day)}: {note.label}" for note in chart.annotations)
    return Figure(chart.title, svg(chart), chart.sentence, tuple(legend.items()), notes, header, rows)


def progress_chart(campaign: CampaignResult, kpi: KpiResult, *, adds_up: bool) -> Chart | None:
    """Draw a KPI's way against its target and schedule; None where there is no way to show yet.

    What adds up is scheduled in straight lines from 0, everything else in steps.
    """
    known = [point for point in kpi.progress if point.value is not None]
    if not known:
        return None
    actual = Series(
        "Actual, to date", "actual", tuple(Mark(point.day, point.value) for point in kpi.progress)
    )
    planned = Series("Agreed schedule", "schedule", _schedule(campaign, kpi, adds_up=adds_up))
    target = kpi.target
    said = f"{value_words(known[-1].value, target)} on {day(known[-1].day)}, against {shown_target(target)}"
    standing = f"; {needed}" if (needed := needed_words(kpi)) else f" ({gap_words(kpi.gap, target)})"
    adjusted = [note for note in campaign.adjustments if note.kpi in {None, kpi.key}]
    within = [note for note in adjusted if campaign.start <= note.on <= campaign.decided_on]
    return Chart(
        kind="line",
        title=f"{kpi.label}: progress",
        axis=Axis(target.unit, target.currency),
        series=(actual, planned) if planned.marks else (actual,),
        sentence=f"{said}{standing if kpi.gap else ''}.",
        target=TargetLine(f"target {agreed_words(target.value, target)}", target.value),
        upper=TargetLine(f"to {agreed_words(target.upper, target)}", target.upper) if target.upper else None,
        annotations=tuple(Annotation(note.on, note.what) for note in within),
    )


def _schedule(campaign: CampaignResult, kpi: KpiResult, *, adds_up: bool) -> tuple[Mark, ...]:
    """Set out what was to stand on each day."""
    if adds_up and kpi.target.op == ">=":
        start = Mark(campaign.start - timedelta(days=1), Fraction(0))
        return (start, *(Mark(step.by, step.value) for step in _with_end(campaign, kpi)))
    if not kpi.schedule:
        return ()
    marks: list[Mark] = []
    since = campaign.start
    for step in _with_end(campaign, kpi):
        marks += [Mark(since, step.value), Mark(step.by, step.value)]
        since = step.by
    return tuple(marks)


def _with_end(campaign: CampaignResult, kpi: KpiResult) -> list[ScheduleShown]:
    steps = sorted(kpi.schedule, key=lambda step: step.by)
    if steps and steps[-1].by >= campaign.end:
        return steps
    return [*steps, ScheduleShown(campaign.end, kpi.target.value)]


BULLET_ROLES = {
    "exceeded": "met",
    "met": "met",
    "on_track": "met",
    "watch": "watch",
    "at_risk": "missed",
    "missed": "missed",
}


def bullet(kpi: KpiResult) -> Trusted:
    """Draw a KPI's actual as a bar against its target, small enough for a table cell."""
    target = kpi.target
    role = BULLET_ROLES.get(kpi.verdict or kpi.pace or "", "pending")
    chart = Chart(
        kind="bullet",
        title=kpi.label,
        axis=Axis(target.unit, target.currency),
        series=(Series("Actual", role, (Mark("actual", kpi.actual.value),)),),
        sentence=f"{value_words(kpi.actual.value, target)} against {shown_target(target)}",
        target=TargetLine("target", target.value),
        upper=None if target.upper is None else TargetLine("to", target.upper),
    )
    return svg(chart)


def goal_mark(goal: GoalResult) -> str:
    """Name the goal's mark on the bar; empty where the goal counts otherwise than the bar."""
    now = goal.current
    met_and_missed = len(now.met) + len(now.missed)
    drawn = met_and_missed + len(now.pending)
    marked = drawn > 0 and now.denominator in {met_and_missed, drawn} and goal.target.op == ">="
    return f"{agreed_words(goal.target.value, goal.target)}, the goal" if marked else ""


def tally_bar(goal: GoalResult) -> Trusted:
    """Draw the goal's campaigns as one bar: met, missed, pending, with the goal's mark."""
    now = goal.current
    parts = (("Met", "met", now.met), ("Missed", "missed", now.missed), ("Pending", "pending", now.pending))
    total = sum(len(keys) for _, _, keys in parts)
    chart = Chart(
        kind="stack",
        title="Campaigns of this period",
        axis=Axis("count"),
        series=tuple(Series(label, role, (Mark(label, Fraction(len(keys))),)) for label, role, keys in parts),
        sentence=", ".join(f"{len(keys)} {label.lower()}" for label, _, keys in parts),
        target=TargetLine("goal", goal.target.value * total) if goal_mark(goal) else None,
    )
    return svg(chart)


def history_chart(goal: GoalResult) -> Chart | None:
    """Draw the goal's share period by period; None while there is only one."""
    counts = (*goal.history, goal.current)
    if len(counts) == 1 or all(found.share is None for found in counts):
        return None
    return Chart(
        kind="bar",
        title=f"{goal.label}: {goal.per} by {goal.per}",
        axis=Axis("share"),
        series=tuple(
            Series(_met_of(found), _role(found), (Mark(found.label, found.share),)) for found in counts
        ),
        sentence=_history_sentence(goal, counts),
        target=TargetLine(
            f"the line: goal {agreed_words(goal.target.value, goal.target)}", goal.target.value
        ),
    )


def _history_sentence(goal: GoalResult, counts: Sequence[GoalCount]) -> str:
    """Say in how many finished periods the goal was reached, and where the open one stands."""
    said = [found for found in counts if found.reached is not None and not found.pending]
    reached = sum(1 for found in said if found.reached)
    so_far = [
        f" {found.label} stands at {value_words(found.share, goal.target)} so far."
        for found in counts
        if found.pending and found.share is not None
    ]
    unsaid = [f" {found.label} cannot be said: {found.why}." for found in counts if found.why]
    finished = f"The goal was reached in {reached} of {count(len(said), f'finished {goal.per}')}."
    return "".join([finished, *so_far, *unsaid])


def _met_of(found: GoalCount) -> str:
    return f"{len(found.met)} of {found.denominator}"


def _role(found: GoalCount) -> str:
    if found.reached is None or found.pending:
        return "pending"
    return "met" if found.reached else "missed"
