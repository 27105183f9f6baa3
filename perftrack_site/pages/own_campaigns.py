"""An influencer's campaigns: what was agreed in each, and how their own KPIs stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perftrack_site.evaluation.report import CampaignResult, KpiResult, ParticipationShown, Report
from perftrack_site.evaluation.shown import shown
from perftrack_site.evaluation.words import plural

from .campaigns import STATES
from .page import CAMPAIGNS, Page, campaign_path, link
from .text import Trusted
from .words import BADGES, Badge, count, day, listed, span

NEXT = {"planned": "starts", "in_flight": "settled by", "settling": "settled by", "decided": "decided"}
PACES = ("at_risk", "watch", "on_track")


@dataclass(frozen=True)
class OwnRow:
    """A campaign as the influencer sees it in a list."""

    name: str
    address: Trusted
    brand: str
    dates: str
    next_day: str
    agreed: str
    fee: str
    kpis: str
    badge: Badge


@dataclass(frozen=True)
class OwnGroup:
    key: str
    heading: str
    rows: tuple[OwnRow, ...]


def own_campaigns_page(report: Report) -> Page:
    """List the influencer's campaigns of the edition, and those to come, by state."""
    groups = own_groups(report, CAMPAIGNS)
    values = {
        "period": report.period.label,
        "groups": groups,
        "total": sum(len(group.rows) for group in groups),
    }
    return Page(CAMPAIGNS, "My campaigns", "own-campaigns.md.j2", values, contents=False)


def own_groups(report: Report, page: str) -> tuple[OwnGroup, ...]:
    """Group the campaigns that have a page by state, the soonest first, of the decided the newest."""
    groups = []
    for state, heading, _ in STATES:
        found = [one for one in report.campaigns if one.state == state and has_page(one)]
        found.sort(key=lambda one: (one.decided_on, one.key), reverse=state == "decided")
        if found:
            rows = tuple(own_row(page, one) for one in found)
            groups.append(OwnGroup(BADGES[state].kind, heading, rows))
    return tuple(groups)


def has_page(campaign: CampaignResult) -> bool:
    """Say whether a campaign has a page: those of the edition, and every one that is agreed and not begun."""
    return campaign.in_edition or campaign.state == "planned"


def own_part(campaign: CampaignResult) -> ParticipationShown:
    """Find the influencer's part: the only one there is in their Report."""
    [part] = campaign.influencers
    return part


def own_row(page: str, campaign: CampaignResult) -> OwnRow:
    """Put a campaign on one line, with its address seen from `page`."""
    part = own_part(campaign)
    moment = campaign.start if campaign.state == "planned" else campaign.decided_on
    return OwnRow(
        name=campaign.name,
        address=link(page, campaign_path(campaign.key)),
        brand=campaign.brand or "",
        dates=span(campaign.start, campaign.end),
        next_day=f"{NEXT[campaign.state]} {day(moment)}" if campaign.state in NEXT else "",
        agreed=agreed(part),
        fee="" if part.fee is None else shown(part.fee, "money", part.fee_currency),
        kpis=own_tally(campaign),
        badge=BADGES[campaign.state],
    )


def agreed(part: ParticipationShown) -> str:
    """List what an influencer agreed to make: 3 reels and 1 story."""
    kinds = [
        f"{number} {kind if number == 1 else plural(kind)}"
        for kind, number in sorted(part.deliverables.items())
    ]
    return listed(kinds) if kinds else ""


def own_tally(campaign: CampaignResult) -> str:
    """Say how the influencer's own KPIs stand in a campaign."""
    kpis = own_part(campaign).kpis
    if not kpis:
        return ""
    if campaign.state == "decided":
        return met_of(kpis) or f"{count(len(kpis), 'KPI')} not evaluable"
    paces: list[str] = [kpi.pace for kpi in kpis if kpi.pace]
    counted = ((pace, paces.count(pace)) for pace in PACES)
    standing = ", ".join(f"{number} {BADGES[pace].word.lower()}" for pace, number in counted if number)
    return standing or f"{count(len(kpis), 'KPI')} agreed"


def met_of(kpis: Sequence[KpiResult]) -> str:
    """Say how many of the KPIs that could be judged were met; empty where none could."""
    judged = [kpi for kpi in kpis if kpi.verdict in {"exceeded", "met", "missed"}]
    met = [kpi for kpi in judged if kpi.verdict != "missed"]
    return f"{len(met)} of {count(len(judged), 'KPI')} met" if judged else ""
