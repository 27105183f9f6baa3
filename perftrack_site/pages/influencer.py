"""An influencer's page: the campaigns they are part of, with their KPIs."""

from __future__ import annotations

from dataclasses import dataclass

from perftrack_site.evaluation.report import CampaignResult, InfluencerResult, ParticipationShown, Report

from .campaign import Fact, Total, terms, totals
from .campaigns import CampaignRow, campaign_row
from .influencers import own_kpis, own_kpis_met
from .kpis import KpiTable, kpi_table
from .page import INFLUENCERS, Page, beside, influencer_path, link
from .results import influencer_results
from .words import count, day, shown_count


@dataclass(frozen=True)
class Part:
    """One campaign as the influencer sees it."""

    campaign: CampaignRow
    facts: tuple[Fact, ...]
    kpis: KpiTable
    totals: tuple[Total, ...]


def influencer_page(report: Report, influencer: InfluencerResult) -> Page:
    """Show an influencer across campaigns, newest first."""
    path = influencer_path(influencer.key)
    values = {
        "name": influencer.name,
        "back": link(path, INFLUENCERS),
        "eyebrow": ", ".join(
            part for part in (influencer.niche, influencer.country, influencer.tier) if part
        ),
        "summary": summary(report, influencer),
        "fact_rows": _facts(influencer),
        "as_at": day(report.period.cutoff),
        "parts": tuple(
            _part(report, path, campaign, part)
            for campaign in _campaigns(report, influencer)
            for part in campaign.influencers
            if part.influencer == influencer.key
        ),
    }
    files = {beside(path, "results.json"): influencer_results(report, influencer)}
    return Page(path, influencer.name, "influencer.md.j2", values, files)


def summary(report: Report, influencer: InfluencerResult) -> str:
    """Say in one sentence what the influencer is part of and has met."""
    met = own_kpis_met(own_kpis(report, influencer.key))
    part = f"Part of {count(len(influencer.campaigns), 'campaign')}."
    return (
        f"{part} {met} of their own decided KPIs met."
        if met
        else f"{part} None of their own KPIs has been decided."
    )


def _facts(influencer: InfluencerResult) -> tuple[Fact, ...]:
    platforms = sorted({*influencer.accounts, *influencer.followers})
    return tuple(Fact(platform, _account(influencer, platform)) for platform in platforms)


def _account(influencer: InfluencerResult, platform: str) -> str:
    handle = influencer.accounts.get(platform, "")
    if platform not in influencer.followers:
        return handle
    return f"{handle}, {shown_count(influencer.followers[platform])} followers (self-reported)".removeprefix(
        ", "
    )


def _campaigns(report: Report, influencer: InfluencerResult) -> list[CampaignResult]:
    order = {key: place for place, key in enumerate(influencer.campaigns)}
    return sorted((one for one in report.campaigns if one.key in order), key=lambda one: order[one.key])


def _part(report: Report, page: str, campaign: CampaignResult, part: ParticipationShown) -> Part:
    anchor = f"campaign-{campaign.key}"
    return Part(
        campaign=campaign_row(page, campaign),
        facts=terms(part),
        kpis=kpi_table(
            report, page, campaign, {f"{anchor}--{kpi.key}": kpi for kpi in part.kpis}, "Own KPIs"
        ),
        totals=totals(report, page, part.totals, anchor) if campaign.state != "planned" else (),
    )
