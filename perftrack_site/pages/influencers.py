"""The list of influencers."""

from __future__ import annotations

from dataclasses import dataclass

from perftrack_site.evaluation.report import InfluencerResult, KpiResult, Report

from .page import INFLUENCERS, Page, influencer_path, link
from .text import Trusted
from .words import shown_count


@dataclass(frozen=True)
class InfluencerRow:
    name: str
    address: Trusted
    niche: str
    country: str
    tier: str
    followers: str
    campaigns: str
    kpis: str


def influencers_page(report: Report) -> Page:
    """List every influencer with what they are part of and how many of their KPIs they met."""
    rows = tuple(
        _row(report, found) for found in sorted(report.influencers, key=lambda one: (one.name, one.key))
    )
    values = {"period": report.period.label, "rows": rows}
    return Page(INFLUENCERS, "Influencers", "influencers.md.j2", values, contents=False)


def _row(report: Report, influencer: InfluencerResult) -> InfluencerRow:
    return InfluencerRow(
        name=influencer.name,
        address=link(INFLUENCERS, influencer_path(influencer.key)),
        niche=influencer.niche or "",
        country=influencer.country or "",
        tier=influencer.tier or "",
        followers=shown_count(max(influencer.followers.values())) if influencer.followers else "",
        campaigns=shown_count(len(influencer.campaigns)),
        kpis=own_kpis_met(own_kpis(report, influencer.key)),
    )


def own_kpis(report: Report, key: str) -> tuple[KpiResult, ...]:
    """Collect an influencer's own KPIs over all campaigns."""
    parts = (part for campaign in report.campaigns for part in campaign.influencers)
    return tuple(kpi for part in parts if part.influencer == key for kpi in part.kpis)


def own_kpis_met(kpis: tuple[KpiResult, ...]) -> str:
    """Say how many of the KPIs that can be judged were met; empty where none has been decided."""
    judged = [kpi for kpi in kpis if kpi.verdict in {"exceeded", "met", "missed"}]
    met = [kpi for kpi in judged if kpi.verdict != "missed"]
    return f"{len(met)} of {len(judged)}" if judged else ""
