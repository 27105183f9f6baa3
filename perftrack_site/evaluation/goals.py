"""Goals: the share of campaigns that met or exceeded their KPIs, in the period in which each is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from perftrack_site.config.models import Goal
from perftrack_site.evaluation.kpis import target_shown
from perftrack_site.evaluation.periods import Span, period_of, spans
from perftrack_site.evaluation.report import CampaignResult, GoalCount, GoalResult, TargetShown
from perftrack_site.evaluation.verdict import is_met

ONE_DAY = timedelta(days=1)
DENOMINATORS = {
    "decided": "of the campaigns decided by then",
    "ended": "of the campaigns decided by then or ended and settling",
    "all": "of all campaigns, those not evaluable among them",
}


@dataclass(frozen=True)
class Tally:
    """The campaigns of one period by what became of them."""

    met: tuple[str, ...]
    missed: tuple[str, ...]
    settling: tuple[str, ...]
    open: tuple[str, ...]  # planned or in flight
    not_evaluable: tuple[str, ...]
    cancelled: tuple[str, ...]

    @property
    def pending(self) -> tuple[str, ...]:
        """List those that would be decided in the period but are not yet."""
        return tuple(sorted((*self.settling, *self.open)))

    @property
    def excluded(self) -> tuple[str, ...]:
        """List those that can be neither met nor missed."""
        return tuple(sorted((*self.not_evaluable, *self.cancelled)))


def goal_result(
    goal: Goal, campaigns: Sequence[CampaignResult], day: date, fiscal_year_starts: str
) -> GoalResult:
    """Count a goal in the period that holds `day`, and in each before it since the first campaign decided."""
    current = period_of(day, goal.per, fiscal_year_starts)
    first = min((campaign.decided_on for campaign in campaigns), default=day)
    target = target_shown(goal.target, "share", None)
    earlier = spans(first, current.start - ONE_DAY, goal.per, fiscal_year_starts)
    decided = [entry for entry in _of(campaigns, current) if entry.state == "decided"]
    return GoalResult(
        key=goal.key,
        label=goal.label,
        rule=rule_in_words(goal),
        per=goal.per,
        target=target,
        current=_count(goal, target, campaigns, current),
        history=tuple(_count(goal, target, campaigns, span) for span in earlier),
        kpis_met=sum(campaign.kpis_met for campaign in decided),
        kpis_decided=sum(campaign.kpis_decided for campaign in decided),
    )


def rule_in_words(goal: Goal) -> str:
    """Write what a goal counts, with its denominator."""
    least = f"; said from {goal.min_campaigns} decided campaigns on" if goal.min_campaigns > 1 else ""
    return (
        f"the share {DENOMINATORS[goal.denominator]} that met or exceeded their KPIs; "
        f"a campaign counts in the {goal.per} in which it is decided{least}"
    )


def tally(campaigns: Sequence[CampaignResult]) -> Tally:
    """Sort campaigns by what became of them."""
    places: Mapping[str, list[str]] = {name: [] for name in Tally.__dataclass_fields__}
    for campaign in campaigns:
        places[_place(campaign)].append(campaign.key)
    return Tally(**{name: tuple(sorted(keys)) for name, keys in places.items()})


def _of(campaigns: Sequence[CampaignResult], span: Span) -> list[CampaignResult]:
    return [campaign for campaign in campaigns if span.start <= campaign.decided_on <= span.end]


def _place(campaign: CampaignResult) -> str:
    if campaign.state == "decided":
        return "met" if campaign.verdict == "exceeded" else str(campaign.verdict)
    return campaign.state if campaign.state in {"settling", "cancelled"} else "open"


def _count(goal: Goal, target: TargetShown, campaigns: Sequence[CampaignResult], span: Span) -> GoalCount:
    found = tally(_of(campaigns, span))
    decided = len(found.met) + len(found.missed)
    now, finally_ = _denominators(goal, found)
    share = _share(len(found.met), now)
    why = _why_unsaid(goal, decided, now)
    return GoalCount(
        period=span.key,
        label=span.label,
        met=found.met,
        missed=found.missed,
        pending=found.pending,
        excluded=found.excluded,
        denominator=now,
        share=share,
        best=_share(len(found.met) + len(found.pending), finally_),
        worst=_share(len(found.met), finally_),
        reached=None if why or share is None else is_met(share, target),
        why=why,
    )


def _denominators(goal: Goal, found: Tally) -> tuple[int, int]:
    """Count the denominator as it stands, and as it will stand once every pending campaign is decided."""
    decided = len(found.met) + len(found.missed)
    unsaid = len(found.not_evaluable) if goal.denominator == "all" else 0
    finally_ = decided + len(found.pending) + unsaid
    return {"decided": decided, "ended": decided + len(found.settling), "all": finally_}[
        goal.denominator
    ], finally_


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _why_unsaid(goal: Goal, decided: int, denominator: int) -> str | None:
    if decided == 0 or denominator == 0:
        return "no campaign has been decided"
    if decided < goal.min_campaigns:
        noun = "campaign has" if decided == 1 else "campaigns have"
        return f"only {decided} {noun} been decided, at least {goal.min_campaigns} are needed"
    return None
