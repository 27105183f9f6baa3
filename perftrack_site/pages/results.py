"""The downloads: the whole Report, and the part of it that one campaign or influencer page stands on.

A part is itself a Report, read by the same `parse`: fewer campaigns, influencers, metrics and files, and no
goals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from perftrack_site.evaluation.report import (
    CampaignResult,
    InfluencerResult,
    KpiResult,
    Number,
    Quality,
    Report,
)
from perftrack_site.evaluation.report_json import dump


def campaign_results(report: Report, campaign: CampaignResult) -> str:
    """Write a campaign with its influencers, its metrics and the files it stands on."""
    keys = {part.influencer for part in campaign.influencers}
    people = tuple(found for found in report.influencers if found.key in keys)
    return dump(_part(report, (campaign,), people))


def influencer_results(report: Report, influencer: InfluencerResult) -> str:
    """Write an influencer with their part of each campaign, and nobody else's."""
    return dump(_part(report, tuple(_own(report, influencer)), (influencer,)))


def _own(report: Report, influencer: InfluencerResult) -> Iterator[CampaignResult]:
    for campaign in report.campaigns:
        parts = tuple(part for part in campaign.influencers if part.influencer == influencer.key)
        posts = tuple(post for post in campaign.posts if post.influencer == influencer.key)
        if parts:
            yield replace(campaign, influencers=parts, posts=posts)


def _part(
    report: Report, campaigns: tuple[CampaignResult, ...], people: tuple[InfluencerResult, ...]
) -> Report:
    numbers = [number for campaign in campaigns for number in _numbers(campaign)]
    receipts = [number.receipt for number in numbers if number.receipt]
    paths = {found.path for receipt in receipts for part in receipt.inputs for found in part.files}
    metrics = {number.metric for number in numbers}
    files = tuple(found for found in report.quality.files if found.path in paths)
    return replace(
        report,
        goals=(),
        campaigns=campaigns,
        influencers=people,
        metrics=tuple(metric for metric in report.metrics if metric.key in metrics),
        quality=Quality(files=files, sources=(), rejects=(), checks=(), unclaimed=()),
    )


def _numbers(campaign: CampaignResult) -> Iterator[Number]:
    for part in campaign.influencers:
        yield from part.totals
    for kpi in _kpis(campaign):
        yield kpi.actual


def _kpis(campaign: CampaignResult) -> Iterator[KpiResult]:
    yield from campaign.kpis
    for part in campaign.influencers:
        yield from part.kpis
