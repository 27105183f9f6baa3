"""Where a report and the oracle disagree, in one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oracle import CampaignJudgement, GoalJudgement, Judgement, KpiJudgement

    from perftrack_site.evaluation.report import CampaignResult, GoalCount, KpiResult, Report

KpiName = tuple[str, str, str | None]


def disagreements(report: Report, judgement: Judgement) -> list[str]:
    """List every state, verdict, pace, value, coverage and goal count that the two give differently."""
    return [
        *_compare("workspace", {"as of": (report.as_of, judgement.as_of)}),
        *_campaigns(report, judgement),
        *_kpis(report, judgement),
        *_goals(report, judgement),
    ]


def _campaigns(report: Report, judgement: Judgement) -> Iterator[str]:
    theirs = {found.key: found for found in report.campaigns}
    ours = {found.key: found for found in judgement.campaigns}
    yield from _compare("campaigns", {"keys": (sorted(theirs), sorted(ours))})
    for key in sorted(theirs.keys() & ours.keys()):
        yield from _compare(f"campaign {key}", _campaign_pairs(theirs[key], ours[key]))


def _campaign_pairs(theirs: CampaignResult, ours: CampaignJudgement) -> dict[str, tuple[object, object]]:
    return {name: (getattr(theirs, name), getattr(ours, name)) for name in ("state", "verdict", "pace")}


def _kpis(report: Report, judgement: Judgement) -> Iterator[str]:
    silent = {found.key for found in judgement.campaigns if found.state == "cancelled"}
    theirs = {name: kpi for name, kpi in _kpi_results(report) if name[0] not in silent}
    ours = {(kpi.campaign, kpi.kpi, kpi.influencer): kpi for kpi in judgement.kpis}
    yield from _compare("KPIs", {"keys": (sorted(theirs, key=str), sorted(ours, key=str))})
    for name in sorted(theirs.keys() & ours.keys(), key=str):
        campaign, kpi, influencer = name
        place = f"campaign {campaign}: KPI {kpi}" + (f" of {influencer}" if influencer else "")
        because = f" ({ours[name].why}; report: {theirs[name].actual.why})"
        yield from (line + because for line in _compare(place, _kpi_pairs(theirs[name], ours[name])))


def _kpi_results(report: Report) -> Iterator[tuple[KpiName, KpiResult]]:
    for campaign in report.campaigns:
        of_influencers = (kpi for part in campaign.influencers for kpi in part.kpis)
        for kpi in (*campaign.kpis, *of_influencers):
            yield (campaign.key, kpi.key, kpi.influencer), kpi


def _kpi_pairs(theirs: KpiResult, ours: KpiJudgement) -> dict[str, tuple[object, object]]:
    pairs: dict[str, tuple[object, object]] = {
        "value": (theirs.actual.value, ours.value),
        "verdict": (theirs.verdict, ours.verdict),
        "pace": (theirs.pace, ours.pace),
    }
    if ours.rows is not None:
        coverage = (theirs.actual.covered, theirs.actual.rows)
        pairs["covered of rows"] = (coverage, (ours.covered, ours.rows))
    if ours.totals:
        pairs["totals"] = (
            _totals(theirs),
            {(had.metric, had.total, had.covered, had.rows) for had in ours.totals},
        )
    return pairs


def _totals(kpi: KpiResult) -> set[tuple[object, ...]]:
    """Take from the receipt what was added up."""
    inputs = kpi.actual.receipt.inputs if kpi.actual.receipt else ()
    return {(found.metric, found.total, found.covered, found.rows) for found in inputs}


def _goals(report: Report, judgement: Judgement) -> Iterator[str]:
    theirs = {found.key: found.current for found in report.goals}
    ours = {found.key: found for found in judgement.goals}
    yield from _compare("goals", {"keys": (sorted(theirs), sorted(ours))})
    for key in sorted(theirs.keys() & ours.keys()):
        yield from _compare(f"goal {key}", _goal_pairs(theirs[key], ours[key]))


def _goal_pairs(theirs: GoalCount, ours: GoalJudgement) -> dict[str, tuple[object, object]]:
    listed = ("met", "missed", "pending", "excluded")
    said = ("period", "denominator", "share", "best", "worst", "reached")
    return {name: (sorted(getattr(theirs, name)), sorted(getattr(ours, name))) for name in listed} | {
        name: (getattr(theirs, name), getattr(ours, name)) for name in said
    }


def _compare(place: str, pairs: dict[str, tuple[object, object]]) -> Iterable[str]:
    return [
        f"{place}: {what}: the report says {theirs}, the oracle {ours}"
        for what, (theirs, ours) in pairs.items()
        if theirs != ours
    ]
