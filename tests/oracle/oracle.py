"""The oracle: a second, independent answer to what a workspace's numbers and verdicts are.

Written from docs/numbers.md with the standard library and exact Fractions. It reads the raw files itself and
imports nothing of the product, so that a mistake in one of the two shows as a disagreement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from oracle_config import Campaign, Contracts, Goal, Kpi, Target, load
from oracle_counting import ADDITIVE, Total, Value, value
from oracle_facts import Facts
from oracle_files import read_facts
from oracle_window import look

ONE_DAY = timedelta(days=1)
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Span:
    key: str
    start: date
    end: date


@dataclass(frozen=True)
class KpiJudgement:
    """One KPI of one campaign; `influencer` is None for the campaign's own."""

    campaign: str
    kpi: str
    influencer: str | None
    value: Fraction | None
    why: str | None
    covered: int | None  # None: the rules give coverage no one meaning here
    rows: int | None
    verdict: str | None
    pace: str | None
    totals: tuple[Total, ...]


@dataclass(frozen=True)
class CampaignJudgement:
    key: str
    state: str
    verdict: str | None
    pace: str | None


@dataclass(frozen=True)
class GoalJudgement:
    key: str
    period: str
    met: frozenset[str]
    missed: frozenset[str]
    pending: frozenset[str]
    excluded: frozenset[str]
    denominator: int
    share: Fraction | None
    best: Fraction | None
    worst: Fraction | None
    reached: bool | None


@dataclass(frozen=True)
class Judgement:
    as_of: date
    campaigns: tuple[CampaignJudgement, ...]
    kpis: tuple[KpiJudgement, ...]
    goals: tuple[GoalJudgement, ...]


def judge(workspace: Path, period: str | None = None) -> Judgement:
    """Judge a workspace as the edition of a fiscal quarter would (`2026-Q4`), by default the current one."""
    contracts = load(workspace)
    facts = read_facts(workspace, contracts)
    quarter = quarter_named(period, contracts) if period else span_of("quarter", facts.as_of, contracts)
    today, cutoff = min(facts.as_of, quarter.end), min(facts.as_of, quarter.end + contracts.grace)
    kpis: list[KpiJudgement] = []
    campaigns = []
    for campaign in contracts.campaigns:
        of_it = tuple(judge_kpis(campaign, contracts, facts, today, cutoff))
        kpis += of_it
        campaigns.append(judge_campaign(campaign, of_it, today))
    goals = tuple(judge_goal(goal, contracts, campaigns, today) for goal in contracts.goals)
    return Judgement(facts.as_of, tuple(campaigns), tuple(kpis), goals)


# --- KPIs ----------------------------------------------------------------------------------------


def state_of(campaign: Campaign, today: date) -> str:
    """Rule 20. Without days to settle, the last day is the day of the verdict."""
    if campaign.cancelled_on and campaign.cancelled_on <= today:
        return "cancelled"
    if today < campaign.start:
        return "planned"
    if today >= campaign.decided_on:
        return "decided"
    return "in_flight" if today <= campaign.end else "settling"


def judge_kpis(
    campaign: Campaign, contracts: Contracts, facts: Facts, today: date, cutoff: date
) -> Iterator[KpiJudgement]:
    """Judge a campaign's KPIs, one for each influencer where the contract says so.

    A planned campaign is shown without numbers. What a cancelled one shows beside that word is not a rule's
    business, so nothing is said of its KPIs.
    """
    state = state_of(campaign, today)
    if state == "cancelled":
        return
    seen = look(campaign, contracts, facts, min(campaign.decided_on, cutoff), today)
    for kpi, influencer, target in instances(campaign):
        found = Value(None, "planned") if state == "planned" else value(seen, kpi, influencer)
        yield KpiJudgement(
            campaign.key, kpi.key, influencer or kpi.scope.get("influencer"),
            found.value, found.why, found.covered, found.rows,
            verdict=verdict_of(found.value, target) if state == "decided" else None,
            pace=pace_of(found.value, kpi, target, campaign, today) if state == "in_flight" else None,
            totals=found.totals,
        )  # fmt: skip


def instances(campaign: Campaign) -> Iterator[tuple[Kpi, str | None, Target]]:
    """Yield each KPI with its target; one `each: influencer` is as many as there are influencers."""
    for kpi in campaign.kpis:
        if not kpi.each:
            yield kpi, None, kpi.target
            continue
        for part in campaign.participations:
            agreed = part.overrides.get(kpi.key, kpi.target.value)
            yield kpi, part.influencer, Target(kpi.target.op, agreed, kpi.target.upper, kpi.target.stretch)


def verdict_of(actual: Fraction | None, target: Target) -> str:
    """Rule 21."""
    if actual is None:
        return "not_evaluable"
    if target.op == "between":
        return "met" if target.value <= actual <= (target.upper or target.value) else "missed"
    sign = 1 if target.op == ">=" else -1
    if target.stretch is not None and sign * actual >= sign * target.stretch:
        return "exceeded"
    return "met" if sign * actual >= sign * target.value else "missed"


def pace_of(actual: Fraction | None, kpi: Kpi, target: Target, campaign: Campaign, today: date) -> str | None:
    """Rule 22. With `between`, the nearer bound is what is needed."""
    if actual is None:
        return None
    if target.op == "between" and target.upper is not None:
        worse = min(_pace(actual, target.value, ">="), _pace(actual, target.upper, "<="))
    else:
        worse = _pace(actual, needed(kpi, target, campaign, today), target.op)
    return PACES[worse]


PACES = ("at_risk", "watch", "on_track")


def _pace(actual: Fraction, wanted: Fraction, op: str) -> int:
    done, due = (actual, wanted) if op == ">=" else (wanted, actual)
    return (10 * done >= 9 * due) + (done >= due)


def needed(kpi: Kpi, target: Target, campaign: Campaign, today: date) -> Fraction:
    """Say what should stand by today."""
    if not (kpi.metric in ADDITIVE and target.op == ">="):
        return next((asked for by, asked in kpi.schedule if by >= today), target.value)
    before = (campaign.start - ONE_DAY, Fraction(0))
    for point in (*kpi.schedule, (campaign.end, target.value)):
        if today <= point[0]:
            elapsed = Fraction((today - before[0]).days, (point[0] - before[0]).days)
            return before[1] + (point[1] - before[1]) * elapsed
        before = point
    return target.value


# --- campaigns -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Vote:
    """A KPI as the success rule sees it: the worst and the best it can have been."""

    worst: str
    best: str
    weight: Fraction


def judge_campaign(campaign: Campaign, kpis: tuple[KpiJudgement, ...], today: date) -> CampaignJudgement:
    state = state_of(campaign, today)
    looked_at = [
        (kpi, target, judged)
        for (kpi, _, target), judged in zip(instances(campaign), kpis, strict=False)
        if _takes_part(kpi, campaign)
    ]
    paces = [PACES.index(judged.pace) for _, _, judged in looked_at if judged.pace]
    verdict = _campaign_verdict(campaign, looked_at) if state == "decided" else None
    return CampaignJudgement(campaign.key, state, verdict, PACES[min(paces)] if paces else None)


def _takes_part(kpi: Kpi, campaign: Campaign) -> bool:
    """Rule 23."""
    if kpi.each and not kpi.counts:
        return False
    by_primary = campaign.rule == "all_primary" and any(other.primary for other in campaign.kpis)
    return kpi.primary or not by_primary


def _campaign_verdict(campaign: Campaign, looked_at: list[tuple[Kpi, Target, KpiJudgement]]) -> str:
    votes = [vote for kpi, _, judged in looked_at if (vote := _vote(kpi, judged))]
    if not votes:
        return "not_evaluable"
    # One KPI more that is met never makes it worse: the two extremes tell whether the unknown ones matter.
    worst = _rule(campaign, [(vote.worst, vote.weight) for vote in votes])
    best = _rule(campaign, [(vote.best, vote.weight) for vote in votes])
    return "not_evaluable" if worst == "missed" and best != "missed" else worst


def _vote(kpi: Kpi, judged: KpiJudgement) -> Vote | None:
    outcome = str(judged.verdict)
    if outcome != "not_evaluable":
        return Vote(outcome, outcome, kpi.weight)
    if kpi.on_missing == "exclude":
        return None
    return Vote("missed", "missed" if kpi.on_missing == "missed" else "exceeded", kpi.weight)


def _rule(campaign: Campaign, votes: list[tuple[str, Fraction]]) -> str:
    """Rules 23 and 24: apply the success rule to votes that are all known."""
    if _reached(campaign, votes, ("exceeded",)):
        return "exceeded"
    return "met" if _reached(campaign, votes, ("exceeded", "met")) else "missed"


def _reached(campaign: Campaign, votes: list[tuple[str, Fraction]], wanted: tuple[str, ...]) -> bool:
    good = [weight for outcome, weight in votes if outcome in wanted]
    if campaign.rule == "any":
        return bool(good)
    if campaign.rule == "weighted":
        return sum(good) >= campaign.share * sum(weight for _, weight in votes)
    return len(good) >= (campaign.share if campaign.rule == "share_met" else 1) * len(votes)


# --- goals ---------------------------------------------------------------------------------------


def judge_goal(
    goal: Goal, contracts: Contracts, campaigns: list[CampaignJudgement], today: date
) -> GoalJudgement:
    """Count the campaigns that are decided in the goal's current period (rules 25 and 26)."""
    span = span_of(goal.per, today, contracts)
    due = {found.key for found in contracts.campaigns if span.start <= found.decided_on <= span.end}
    of_it = [campaign for campaign in campaigns if campaign.key in due]
    met = _keys(of_it, "decided", "exceeded", "met")
    missed = _keys(of_it, "decided", "missed")
    unclear = _keys(of_it, "decided", "not_evaluable")
    settling = _keys(of_it, "settling", None)
    pending = settling | _keys(of_it, "planned", None) | _keys(of_it, "in_flight", None)
    decided = len(met) + len(missed)
    besides = {"decided": frozenset[str](), "ended": settling, "all": pending | unclear}[goal.denominator]
    in_the_end = decided + len(pending | besides)
    share = _share(met, decided + len(besides))
    return GoalJudgement(
        goal.key, span.key, met, missed, pending,
        excluded=unclear | _keys(of_it, "cancelled", None),
        denominator=decided + len(besides),
        share=share,
        best=_share(met | pending, in_the_end),
        worst=_share(met, in_the_end),
        reached=None if share is None or decided < goal.min_campaigns else share >= goal.target.value,
    )  # fmt: skip


def _share(part: frozenset[str], of: int) -> Fraction | None:
    return Fraction(len(part), of) if of else None


def _keys(campaigns: list[CampaignJudgement], state: str, *verdicts: str | None) -> frozenset[str]:
    return frozenset(found.key for found in campaigns if found.state == state and found.verdict in verdicts)


# --- the fiscal calendar -------------------------------------------------------------------------


def span_of(per: str, on: date, contracts: Contracts) -> Span:
    """Find the week, month, quarter or year of the business calendar that holds a day."""
    if per == "week":
        year, week, weekday = on.isocalendar()
        monday = on - timedelta(days=weekday - 1)
        return Span(f"{year}-W{week:02}", monday, monday + timedelta(days=6))
    months = MONTHS_IN[per]
    into_year = (on.month - contracts.fiscal_month) % 12
    first = on.year * 12 + on.month - 1 - into_year % months
    start, after = (date(month // 12, month % 12 + 1, 1) for month in (first, first + months))
    year_ends = (on.year * 12 + on.month - 1 - into_year + 11) // 12
    keys = {"month": f"{on:%Y-%m}", "quarter": f"{year_ends}-Q{into_year // 3 + 1}", "year": f"{year_ends}"}
    return Span(keys[per], start, after - ONE_DAY)


def quarter_named(key: str, contracts: Contracts) -> Span:
    """Find a fiscal quarter by its label, such as `2026-Q4`."""
    year, quarter = key.split("-Q")
    begins_the_year_before = contracts.fiscal_month > 1
    months = contracts.fiscal_month - 1 + 3 * (int(quarter) - 1)
    first = (int(year) - begins_the_year_before) * 12 + months
    return span_of("quarter", date(first // 12, first % 12 + 1, 1), contracts)
