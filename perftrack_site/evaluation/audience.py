"""Audiences: who a Report is for.

An influencer's Report holds what is theirs and nothing that is another's or made from what is another's:
every class of the Report is put together anew here, field by field, so that a field somebody adds stays out
until it is let in. Whatever happens to others' data, names and fees, it stays the same byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from perftrack_site.config.models import Project
from perftrack_site.config.names import did_you_mean, quoted
from perftrack_site.errors import ConfigError
from perftrack_site.evaluation.feedback import feedback
from perftrack_site.evaluation.own_history import with_earlier
from perftrack_site.evaluation.report import (
    CampaignResult,
    FileShown,
    InfluencerResult,
    Input,
    KpiResult,
    Number,
    ParticipationShown,
    Quality,
    Receipt,
    Report,
)

INTERNAL = "internal"
OF_AN_INFLUENCER = "influencer:"


def audiences(project: Project) -> list[str]:
    """List the audiences beside the internal one: each influencer, by key."""
    return sorted(f"{OF_AN_INFLUENCER}{influencer.key}" for influencer in project.influencers)


def slug(audience: str) -> str:
    """Name an audience's folder: `influencer:maria` is `influencer-maria`."""
    return audience.replace(":", "-")


def narrow(report: Report, audience: str) -> Report:
    """Keep of a Report what an audience may see.

    `internal` sees it all. `influencer:<key>` sees their own part of their campaigns, with feedback and their
    own history. Raises ConfigError where there is no such audience; it names the nearest.
    """
    if audience == INTERNAL:
        return report
    influencer = _influencer(report, audience)
    own = _Own(influencer.key, influencer.name, _own_files(report.quality, influencer.key))
    campaigns = with_earlier(
        [
            _campaign(campaign, part, own)
            for campaign in report.campaigns
            for part in campaign.influencers
            if part.influencer == influencer.key
        ]
    )
    metrics = {number.metric for campaign in campaigns for number in _numbers(campaign)}
    return Report(
        project=report.project,
        timezone=report.timezone,
        currency=report.currency,
        audience=audience,
        as_of=report.as_of,
        period=report.period,
        goals=(),
        campaigns=tuple(_with_feedback(campaign) for campaign in campaigns),
        influencers=(influencer,),
        metrics=tuple(metric for metric in report.metrics if metric.key in metrics),
        quality=Quality(
            files=tuple(own.files.values()),
            sources=tuple(source for source in report.quality.sources if source.account == own.key),
            rejects=(),
            checks=(),
            unclaimed=(),
        ),
    )


@dataclass(frozen=True)
class _Own:
    """Whose Report it is, and the files that hold nobody else's data."""

    key: str
    name: str
    files: Mapping[str, FileShown]  # by path


def _influencer(report: Report, audience: str) -> InfluencerResult:
    known = {f"{OF_AN_INFLUENCER}{influencer.key}": influencer for influencer in report.influencers}
    if audience not in known:
        nearest = did_you_mean(audience, [INTERNAL, *known])
        raise ConfigError(f"--audience: there is no {quoted(audience)}; {nearest}")
    return known[audience]


def _own_files(quality: Quality, key: str) -> Mapping[str, FileShown]:
    """Find the files of the sources that read the influencer's own account; any other may hold others' data."""
    sources = {source.key for source in quality.sources if source.account == key}
    return {file.path: file for file in quality.files if file.source in sources}


# --- what is theirs of a campaign ----------------------------------------------------------------


def _campaign(campaign: CampaignResult, part: ParticipationShown, own: _Own) -> CampaignResult:
    """Keep what a campaign is and the influencer's part of it; how the campaign does is made from everybody's."""
    alone = {kpi.key for kpi in campaign.kpis if kpi.influencer == own.key}
    return CampaignResult(
        key=campaign.key,
        name=campaign.name,
        brand=campaign.brand,
        objective=campaign.objective,
        start=campaign.start,
        end=campaign.end,
        decided_on=campaign.decided_on,
        state=campaign.state,
        verdict=None,
        pace=None,
        reason=None,  # free text, which may name others
        success="",
        kpis_met=0,
        kpis_decided=0,
        budget=None,
        currency=campaign.currency,
        agreed=None,  # names who agreed
        kpis=(),
        influencers=(_part(part, own),),
        posts=tuple(post for post in campaign.posts if post.influencer == own.key),
        # A KPI agreed with several is adjusted for any of them: only what changed for them alone is theirs.
        adjustments=tuple(made for made in campaign.adjustments if made.kpi in alone),
        in_edition=campaign.in_edition,
    )


def _part(part: ParticipationShown, own: _Own) -> ParticipationShown:
    return ParticipationShown(
        influencer=part.influencer,
        name=part.name,
        accepted_on=part.accepted_on,
        fee=part.fee,
        fee_currency=part.fee_currency,
        deliverables=part.deliverables,
        delivered=part.delivered,
        kpis=tuple(_kpi(kpi, own) for kpi in part.kpis),
        totals=tuple(_number(number, own) for number in part.totals),
        tracking=part.tracking,
    )


def _kpi(kpi: KpiResult, own: _Own) -> KpiResult:
    """Keep a KPI of theirs; what it means to the campaign's verdict depends on the KPIs beside it."""
    return KpiResult(
        key=kpi.key,
        label=kpi.label,
        metric=kpi.metric,
        scope=kpi.scope.removesuffix(f"by {own.name}").rstrip(),
        influencer=kpi.influencer,
        primary=False,
        counts=kpi.counts,
        weight=None,
        target=kpi.target,
        actual=_number(kpi.actual, own),
        verdict=kpi.verdict,
        pace=kpi.pace,
        needed_now=kpi.needed_now,
        gap=kpi.gap,
        per_day=kpi.per_day,
        reason=kpi.reason,
        treated_as=None,
        schedule=kpi.schedule,
        progress=kpi.progress,
        in_period=None if kpi.in_period is None else _number(kpi.in_period, own),
        benchmark=kpi.benchmark,  # outside figures, committed: nobody else's data
    )


def _number(number: Number, own: _Own) -> Number:
    return replace(number, receipt=None if number.receipt is None else _receipt(number.receipt, own))


def _receipt(receipt: Receipt, own: _Own) -> Receipt:
    """Keep how a number was added up; of its files those that hold the influencer's data only."""
    used = {found.path for part in receipt.inputs for found in part.files}
    return Receipt(
        formula=receipt.formula,
        inputs=tuple(_input(part, own) for part in receipt.inputs),
        as_at=receipt.as_at,
        rejects=sum(file.rejected for path, file in own.files.items() if path in used),
    )


def _input(part: Input, own: _Own) -> Input:
    """Name the files of a total where all of them are the influencer's: a part of them would mislead."""
    are_own = all(found.path in own.files for found in part.files)
    return replace(part, files=part.files if are_own else ())


# --- what is said of it --------------------------------------------------------------------------


def _with_feedback(campaign: CampaignResult) -> CampaignResult:
    """Add the feedback. The rules are given the narrowed campaign: they cannot see what is another's."""
    parts = tuple(replace(part, feedback=feedback(campaign, part)) for part in campaign.influencers)
    return replace(campaign, influencers=parts)


def _numbers(campaign: CampaignResult) -> Iterator[Number]:
    for part in campaign.influencers:
        yield from part.totals
        yield from (kpi.actual for kpi in part.kpis)
