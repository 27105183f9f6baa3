"""The list of campaigns, and a campaign as a row of any list."""

from __future__ import annotations

from dataclasses import dataclass

from perftrack_site.evaluation.report import CampaignResult, KpiResult, Report
from perftrack_site.evaluation.shown import shown_target

from .figures import sparkline
from .page import CAMPAIGNS, Page, campaign_path, link
from .text import Trusted
from .words import BADGES, Badge, campaign_badge, count, day, gap_words, needed_words, span, value_words

STATES = (
    ("in_flight", "In flight", "Running now. Pace says whether they are heading for their targets."),
    ("settling", "Settling", "Over, but late numbers are still coming in. No verdict yet."),
    ("decided", "Decided", "The numbers have settled and the verdict stands."),
    ("planned", "Planned", "Agreed and not begun."),
    ("cancelled", "Cancelled", "Called off. They count in no goal."),
)
URGENCY = {"missed": 0, "at_risk": 1, "watch": 2}
EXPECTED = {"planned": "starts", "in_flight": "verdict", "settling": "verdict", "decided": "decided"}


@dataclass(frozen=True)
class CampaignRow:
    """A campaign in a list; `address` is None where this edition has no page for it."""

    name: str
    address: Trusted | None
    brand: str
    dates: str
    next_day: str
    kpis: str
    sparkline: Trusted | None
    badge: Badge
    reason: str


@dataclass(frozen=True)
class StateGroup:
    key: str
    heading: str
    meaning: str
    rows: tuple[CampaignRow, ...]


@dataclass(frozen=True)
class Concern:
    """A campaign that needs somebody: the KPI that is worst off, in a sentence."""

    row: CampaignRow
    badge: Badge
    sentence: str


def campaigns_page(report: Report) -> Page:
    """List every campaign of the edition by its state."""
    groups = by_state(report, CAMPAIGNS)
    values = {
        "period": report.period.label,
        "groups": groups,
        "total": sum(len(group.rows) for group in groups),
    }
    return Page(CAMPAIGNS, "Campaigns", "campaigns.md.j2", values, contents=False)


def by_state(report: Report, page: str) -> tuple[StateGroup, ...]:
    """Group the campaigns of the edition: what can still be changed first, then newest verdicts."""
    shown = [found for found in report.campaigns if found.in_edition]
    groups = []
    for state, heading, meaning in STATES:
        found = sorted((one for one in shown if one.state == state), key=_order)
        if found:
            rows = tuple(campaign_row(page, one) for one in found)
            groups.append(StateGroup(BADGES[state].kind, heading, meaning, rows))
    return tuple(groups)


def _order(campaign: CampaignResult) -> tuple[int, int, str]:
    """Worst first; then soonest to be decided, or newest where it has been."""
    moment = campaign.decided_on.toordinal()
    urgency = URGENCY.get(campaign.verdict or campaign.pace or "", len(URGENCY))
    return urgency, -moment if campaign.state == "decided" else moment, campaign.key


def campaign_row(page: str, campaign: CampaignResult) -> CampaignRow:
    """Put a campaign on one line, with its address seen from `page`."""
    expected = EXPECTED.get(campaign.state)
    moment = campaign.start if campaign.state == "planned" else campaign.decided_on
    return CampaignRow(
        name=campaign.name,
        address=link(page, campaign_path(campaign.key)) if campaign.in_edition else None,
        brand=campaign.brand or "",
        dates=span(campaign.start, campaign.end),
        next_day=f"{expected} {day(moment)}" if expected else "",
        kpis=kpis_met(campaign),
        sparkline=sparkline(campaign.kpis) if campaign.state != "planned" else None,
        badge=campaign_badge(campaign),
        reason=campaign.reason or "",
    )


def kpis_met(campaign: CampaignResult) -> str:
    """Say how many of the KPIs were met, how those in flight are doing, or how many are agreed."""
    if campaign.state == "decided":
        return f"{campaign.kpis_met} of {count(campaign.kpis_decided, 'KPI')} met"
    if campaign.state == "in_flight" and (paces := [kpi.pace for kpi in campaign.kpis if kpi.pace]):
        counted = ((pace, paces.count(pace)) for pace in ("at_risk", "watch", "on_track"))
        return ", ".join(f"{number} {BADGES[pace].word.lower()}" for pace, number in counted if number)
    return f"{count(len(campaign.kpis), 'KPI')} agreed"


def concerns(report: Report, page: str) -> tuple[Concern, ...]:
    """Find what hurts most: missed and endangered campaigns, each with its worst KPI."""
    found = [one for one in report.campaigns if one.in_edition and (one.verdict or one.pace) in URGENCY]
    return tuple(
        Concern(campaign_row(page, one), campaign_badge(one), worst_kpi(one))
        for one in sorted(found, key=_order)
    )


def worst_kpi(campaign: CampaignResult) -> str:
    """Say which counting KPI is farthest behind its target."""
    behind = [kpi for kpi in all_kpis(campaign) if kpi.counts and (kpi.verdict or kpi.pace) in URGENCY]
    if not behind:
        return campaign.reason or ""
    kpi = min(behind, key=lambda one: (URGENCY[one.verdict or one.pace or ""], _reached(one)))
    return f"{kpi.label}: {kpi_sentence(kpi)}"


def all_kpis(campaign: CampaignResult) -> tuple[KpiResult, ...]:
    """List the campaign's own KPIs, then those of its influencers."""
    each = [kpi for part in campaign.influencers for kpi in part.kpis if kpi not in campaign.kpis]
    return (*campaign.kpis, *each)


def _reached(kpi: KpiResult) -> tuple[int, object]:
    """Order KPIs by the share of the target reached; those without a number come last."""
    value, target = kpi.actual.value, kpi.needed_now or kpi.target.value
    if value is None or target <= 0 or value <= 0:
        return 1, 0
    return 0, target / value if kpi.target.op == "<=" else value / target


def kpi_sentence(kpi: KpiResult) -> str:
    """Say a KPI in one breath: 2.9 % against at least 3.5 % (-0.6 pp)."""
    needed = needed_words(kpi)
    if needed:
        return f"{value_words(kpi.actual.value, kpi.target)}, {needed}; target {shown_target(kpi.target)}"
    gap = gap_words(kpi.gap, kpi.target)
    said = f"{value_words(kpi.actual.value, kpi.target)} against {shown_target(kpi.target)}"
    return f"{said} ({gap})" if gap else said
