"""An influencer's own history: what the same metric came to in their earlier campaigns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perftrack_site.evaluation.report import (
    CampaignResult,
    Earlier,
    KpiResult,
    Number,
    ParticipationShown,
    Verdict,
)


def with_earlier(campaigns: Sequence[CampaignResult]) -> list[CampaignResult]:
    """Set beside each KPI what it came to before. `campaigns` are one influencer's, each with their part only.

    Earlier is a campaign that was decided and ended before this one began. Like is set beside like: the same
    metric, scope, unit and currency, and a number that can be said.
    """
    by_end = sorted(campaigns, key=lambda one: (one.end, one.key), reverse=True)
    return [_with_earlier(campaign, by_end) for campaign in campaigns]


def _with_earlier(campaign: CampaignResult, by_end: Sequence[CampaignResult]) -> CampaignResult:
    before = [one for one in by_end if one.state == "decided" and one.end < campaign.start]
    parts = tuple(
        replace(part, kpis=tuple(replace(kpi, earlier=tuple(_earlier(kpi, before))) for kpi in part.kpis))
        for part in campaign.influencers
    )
    return replace(campaign, influencers=parts)


def _earlier(kpi: KpiResult, before: Sequence[CampaignResult]) -> Iterator[Earlier]:
    for campaign in before:
        for part in campaign.influencers:
            found = next((said for said in _said(kpi, part) if _is_alike(kpi.actual, said[0])), None)
            if found:
                actual, verdict = found
                yield Earlier(
                    campaign.key, campaign.name, campaign.end, replace(actual, receipt=None), verdict
                )


def _said(kpi: KpiResult, part: ParticipationShown) -> Iterator[tuple[Number, Verdict | None]]:
    """List what was said of a KPI's metric in its scope: as a KPI, or as a total of everything."""
    yield from ((one.actual, one.verdict) for one in part.kpis if one.scope == kpi.scope)
    if not kpi.scope:
        yield from ((number, None) for number in part.totals)


def _is_alike(now: Number, then: Number) -> bool:
    same = (now.metric, now.unit, now.currency) == (then.metric, then.unit, then.currency)
    return same and then.value is not None
