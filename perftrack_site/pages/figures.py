"""What surrounds a drawing on a page: its sentence, its notes and its numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from perftrack_site.evaluation.report import CampaignResult, GoalCount, GoalResult, KpiResult, ScheduleShown
from perftrack_site.evaluation.shown import exactly, shown_target

from .charts import Annotation, Axis, Chart, Mark, Series, TargetLine
from .page import beside, link, shared
from .plotly import library, plotly_json
from .svg import svg, table
from .text import Trusted
from .words import agreed_words, count, day, gap_words, listed, needed_words, value_words

KEYED = {"line", "stacked"}  # kinds whose colours need a key


@dataclass(frozen=True)
class Figure:
    """A chart on a page; `file` is the download that its interactive form is drawn from."""

    title: str
    drawing: Trusted
    sentence: str
    legend: tuple[tuple[str, str], ...]  # role, label
    notes: tuple[str, ...]  # what the numbered flags mean
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    spec: Trusted  # addresses, as seen from the page
    library: Trusted
    file: tuple[str, str]  # path in the docs folder, content


def figure(chart: Chart, page: str, name: str) -> Figure:
    """Draw a chart and set its numbers beside it; `name` tells its file from others of the page."""
    header, rows = table(chart)
    legend = {series.role: series.label for series in chart.series} if chart.kind in KEYED else {}
    notes = tuple(f"{day(note.day)}: {note.label}" for note in chart.annotations)
    path = beside(page, f"{name}.json")
    return Figure(
        title=chart.title,
        drawing=svg(chart),
        sentence=chart.sentence,
        legend=tuple(legend.items()),
        notes=notes,
        header=header,
        rows=rows,
        spec=link(page, path),
        library=shared(page, library()[0]),
        file=(path, plotly_json(chart)),
    )


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


def sparkline(kpis: Sequence[KpiResult]) -> Trusted | None:
    """Draw the way of the first KPI that counts most and has one, small enough for a table cell."""
    weighty = sorted((kpi for kpi in kpis if kpi.counts), key=lambda kpi: not kpi.primary)
    return next((svg(chart) for chart in map(_small_progress, weighty) if chart), None)


def _small_progress(kpi: KpiResult) -> Chart | None:
    known = [point for point in kpi.progress if point.value is not None]
    if len(known) < 2:  # noqa: PLR2004 (one point is no way)
        return None
    first, last = known[0], known[-1]
    return Chart(
        kind="sparkline",
        title=kpi.label,
        axis=Axis(kpi.target.unit, kpi.target.currency),
        series=(Series("Actual", "actual", tuple(Mark(point.day, point.value) for point in kpi.progress)),),
        sentence=f"From {value_words(first.value, kpi.target)} on {day(first.day)} to "
        f"{value_words(last.value, kpi.target)} on {day(last.day)}, target {shown_target(kpi.target)}.",
        target=TargetLine("target", kpi.target.value),
    )


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


PARTS = ("met", "missed", "pending")


def history_charts(goal: GoalResult) -> dict[str, Chart]:
    """Draw the goal period by period, its share and the campaigns counted; nothing while there is only one."""
    counts = (*goal.history, goal.current)
    if len(counts) == 1 or all(found.share is None for found in counts):
        return {}
    return {"share": _share_chart(goal, counts), "counted": _counted_chart(goal, counts)}


def _share_chart(goal: GoalResult, counts: Sequence[GoalCount]) -> Chart:
    line = f"the line: goal {agreed_words(goal.target.value, goal.target)}"
    return Chart(
        kind="bar",
        title=f"{goal.label}: {goal.per} by {goal.per}",
        axis=Axis("share"),
        series=(Series("Share", "pending", tuple(Mark(one.label, one.share, _role(one)) for one in counts)),),
        sentence=_history_sentence(goal, counts),
        target=TargetLine(line, goal.target.value),
    )


def _counted_chart(goal: GoalResult, counts: Sequence[GoalCount]) -> Chart:
    numbers = {
        part: tuple(Mark(one.label, Fraction(len(getattr(one, part)))) for one in counts) for part in PARTS
    }
    total = {
        part: sum((mark.value or Fraction(0) for mark in marks), Fraction(0))
        for part, marks in numbers.items()
    }
    drawn = [part for part in PARTS if total[part]]
    said = listed([f"{exactly(total[part], 'count')} {part}" for part in drawn])
    return Chart(
        kind="stacked",
        title=f"Campaigns counted, {goal.per} by {goal.per}",
        axis=Axis("count"),
        series=tuple(Series(part.capitalize(), part, numbers[part]) for part in drawn),
        sentence=f"Over {count(len(counts), goal.per)}: {said}.",
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


def _role(found: GoalCount) -> str:
    if found.reached is None or found.pending:
        return "pending"
    return "met" if found.reached else "missed"
