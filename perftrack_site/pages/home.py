"""The home page: was the goal reached, and what hurts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from perftrack_site.evaluation.report import GoalCount, GoalResult, Report, SourceShown
from perftrack_site.evaluation.shown import shown, shown_target

from .campaigns import CampaignRow, by_state, campaign_row, concerns
from .figures import Figure, figure, goal_mark, history_charts, tally_bar
from .page import DATA_QUALITY, HOME, HOW_WE_MEASURE, Page, link
from .text import Trusted
from .words import BADGES, Badge, count, day, listed, sentence, short_day, span, value_words

LATE_NAMED = 3  # sources; Data quality lists them all


@dataclass(frozen=True)
class Tally:
    role: str
    number: int
    label: str


@dataclass(frozen=True)
class Answer:
    """A goal's answer, big enough to be read from across a room."""

    label: str
    headline: str
    share: str
    target: str
    standing: Badge
    why: str
    rule: str
    outlook: str
    kpis: str
    tally: tuple[Tally, ...]
    bar: Trusted
    mark: str
    excluded: tuple[CampaignRow, ...]
    pending: tuple[CampaignRow, ...]
    history: tuple[Figure, ...]


def home_page(report: Report) -> Page:
    """Answer the goal first; then what hurts, the campaigns by state, and how fresh the data is."""
    period = report.period
    answers = tuple(_answer(report, goal) for goal in report.goals)
    values = {
        "project": report.project,
        "period": period.label,
        "days": span(period.start, period.end),
        "as_at": day(report.period.cutoff),
        "answers": answers,
        "concerns": concerns(report, HOME),
        "groups": by_state(report, HOME),
        "freshness": freshness(report.quality.sources),
        "data_quality": link(HOME, DATA_QUALITY),
        "how_we_measure": link(HOME, HOW_WE_MEASURE),
    }
    files = dict(drawn.file for answer in answers for drawn in answer.history)
    return Page(HOME, f"{report.project}, {period.label}", "home.md.j2", values, files, contents=False)


def _answer(report: Report, goal: GoalResult) -> Answer:
    now = goal.current
    return Answer(
        label=goal.label,
        headline=headline(goal),
        share="" if now.share is None else value_words(now.share, goal.target),
        target=shown_target(goal.target),
        standing=standing(goal),
        why=sentence(now.why) if now.why else "",
        rule=sentence(goal.rule),
        outlook=outlook(goal),
        kpis=_kpis(goal),
        tally=_tally(now),
        bar=tally_bar(goal),
        mark=goal_mark(goal),
        excluded=_rows(report, now.excluded),
        pending=_rows(report, now.pending),
        history=tuple(
            figure(chart, HOME, f"goal-{goal.key}-{name}") for name, chart in history_charts(goal).items()
        ),
    )


def headline(goal: GoalResult) -> str:
    """Say the goal's count in words: 6 of 9 decided campaigns met their KPIs."""
    now = goal.current
    if now.denominator == 0:
        return f"No campaign has been decided in {now.label}"
    decided = "decided " if now.denominator == len(now.met) + len(now.missed) else ""
    return f"{len(now.met)} of {count(now.denominator, f'{decided}campaign')} met their KPIs"


def standing(goal: GoalResult) -> Badge:
    """Say where the goal stands: settled once no pending campaign can change it, else so far."""
    now = goal.current
    if now.reached is None:
        return Badge("planned", "Cannot be said yet", BADGES["planned"].shape)
    kind, word = ("met", "Reached") if now.reached else ("missed", "Missed")
    settled = not now.pending or _settled(goal, now)
    return Badge(kind, word if settled else f"{word} so far", BADGES[kind].shape)


def _settled(goal: GoalResult, now: GoalCount) -> bool:
    """Tell whether even the best and the worst case leave the answer as it is."""
    if goal.target.op != ">=" or now.best is None or now.worst is None:
        return False
    return now.worst >= goal.target.value or now.best < goal.target.value


def outlook(goal: GoalResult) -> str:
    """Say what the pending campaigns can still do to the goal."""
    now = goal.current
    if not now.pending or now.best is None or now.worst is None:
        return ""
    pending = count(len(now.pending), "campaign")
    best, worst = value_words(now.best, goal.target), value_words(now.worst, goal.target)
    verb = "is" if len(now.pending) == 1 else "are"
    return f"{pending} {verb} still pending. If all of them meet their KPIs: {best}; if none does: {worst}."


def _kpis(goal: GoalResult) -> str:
    if goal.kpis_decided == 0:
        return ""
    share = shown(Fraction(goal.kpis_met, goal.kpis_decided), "share")
    kpis = f"{goal.kpis_met} of {count(goal.kpis_decided, 'decided KPI')}"
    return f"Counted one by one, {kpis} were met ({share})."


def _tally(now: GoalCount) -> tuple[Tally, ...]:
    return (
        Tally("met", len(now.met), "met or exceeded"),
        Tally("missed", len(now.missed), "missed"),
        Tally("pending", len(now.pending), "pending"),
        Tally("excluded", len(now.excluded), "excluded"),
    )


def _rows(report: Report, keys: tuple[str, ...]) -> tuple[CampaignRow, ...]:
    return tuple(campaign_row(HOME, one) for one in report.campaigns if one.key in keys)


def freshness(sources: tuple[SourceShown, ...]) -> str:
    """Say how old the data is: the newest file, and the sources that are late."""
    days = [source.newest for source in sources if source.newest]
    if not days:
        return "No data file has been read."
    late = [source.key for source in sources if source.freshness in {"warn", "stale", "none"}]
    newest = f"The newest file of {count(len(sources), 'source')} is from {day(max(days))}"
    oldest = f", the oldest newest one from {short_day(min(days))}" if min(days) != max(days) else ""
    return f"{newest}{oldest}. {_late(late)}"


def _late(sources: list[str]) -> str:
    """Name the sources that are late; of many, the first few and how many."""
    if not sources:
        return "All sources are fresh."
    if len(sources) > LATE_NAMED:
        return f"{len(sources)} sources are late, {listed(sources[:LATE_NAMED])} among them."
    return f"Late: {listed(sources)}."
