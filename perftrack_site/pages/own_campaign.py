"""A campaign as one of its influencers sees it: what was agreed with them, and what came of their part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from perftrack_site.evaluation.report import CampaignResult, Earlier, KpiResult, Report
from perftrack_site.evaluation.shown import shown

from .campaign import COUNTERS, Fact, adjustments, eyebrow, post_groups, terms, totals
from .figures import Figure, figure, progress_chart
from .kpis import KpiTable, kpi_table
from .own_campaigns import agreed, own_part, own_tally
from .own_feedback import said
from .page import CAMPAIGNS, Page, beside, campaign_path, link
from .results import campaign_results
from .words import BADGES, Badge, count, day, span


@dataclass(frozen=True)
class EarlierRow:
    campaign: str
    ended: str
    value: str
    badge: Badge | None


@dataclass(frozen=True)
class History:
    """The same metric in the influencer's earlier campaigns."""

    caption: str
    rows: tuple[EarlierRow, ...]


def own_campaign_page(report: Report, campaign: CampaignResult) -> Page:
    """Show the influencer's part of a campaign; of a planned one what was agreed and no numbers."""
    path, part = campaign_path(campaign.key), own_part(campaign)
    begun = campaign.state != "planned"
    figures = tuple(_figures(report, path, campaign)) if begun else ()
    values = {
        "name": campaign.name,
        "back": link(path, CAMPAIGNS),
        "eyebrow": eyebrow(campaign),
        "state_badge": BADGES[campaign.state],
        "standing": standing(campaign),
        "as_at": day(report.period.cutoff),
        "fact_rows": (
            *_dates(campaign),
            *terms(part if begun else replace(part, deliverables={}, delivered={})),
        ),
        "expected": _expected(campaign),
        "kpis": _kpis(report, path, campaign),
        "histories": tuple(_history(kpi) for kpi in part.kpis if kpi.earlier),
        "totals": totals(report, path, part.totals, "own") if begun else (),
        "figures": figures,
        "worked": said(path, [campaign], "worked"),
        "would_help": said(path, [campaign], "would_help"),
        # Every post is theirs: no name beside it.
        "posts": post_groups(replace(campaign, influencers=())) if begun else (),
        "counters": COUNTERS,
        "adjustments": adjustments(replace(campaign, kpis=part.kpis)),
    }
    files = {beside(path, "results.json"): campaign_results(report, campaign)}
    files |= dict(drawn.file for drawn in figures)
    return Page(path, campaign.name, "own-campaign.md.j2", values, files)


def standing(campaign: CampaignResult) -> str:
    """Say in one sentence where the campaign stands for the influencer."""
    kpis = f"Your KPIs: {found}. " if (found := own_tally(campaign)) else ""
    settled = day(campaign.decided_on)
    return {
        "planned": f"Begins on {day(campaign.start)}. This is what is agreed.",
        "in_flight": f"{kpis}Runs until {day(campaign.end)}, numbers are settled by {settled}.",
        "settling": f"{kpis}Ended on {day(campaign.end)}. The numbers settle until {settled}.",
        "decided": f"{kpis}Decided on {settled}.",
        "cancelled": "This campaign was called off.",
    }[campaign.state]


def _dates(campaign: CampaignResult) -> tuple[Fact, ...]:
    return Fact("Runs", span(campaign.start, campaign.end)), Fact(
        "Numbers settled by", day(campaign.decided_on)
    )


def _expected(campaign: CampaignResult) -> str:
    """Say in one sentence what is expected of the influencer, and until when."""
    if made := agreed(own_part(campaign)):
        return f"Agreed: {made}, from {span(campaign.start, campaign.end)}."
    return ""


def _kpis(report: Report, page: str, campaign: CampaignResult) -> KpiTable:
    kpis = {f"kpi-{kpi.key}": kpi for kpi in own_part(campaign).kpis}
    table = kpi_table(report, page, campaign, kpis, "Your KPIs")
    # What a KPI means to the campaign's verdict is not theirs to see, so it is not said.
    return replace(table, rows=tuple(replace(row, role="agreed with you") for row in table.rows))


def _history(kpi: KpiResult) -> History:
    scope = f" {kpi.scope}" if kpi.scope else ""
    known = count(len(kpi.earlier), "earlier campaign")
    return History(f"{kpi.label}{scope} in {known} of yours", tuple(map(_earlier, kpi.earlier)))


def _earlier(found: Earlier) -> EarlierRow:
    actual = found.actual
    value = "" if actual.value is None else shown(actual.value, actual.unit, actual.currency)
    return EarlierRow(found.name, day(found.ended), value, BADGES[found.verdict] if found.verdict else None)


def _figures(report: Report, page: str, campaign: CampaignResult) -> Iterator[Figure]:
    adding = {metric.key for metric in report.metrics if metric.additive}
    for kpi in own_part(campaign).kpis:
        if chart := progress_chart(campaign, kpi, adds_up=kpi.metric in adding):
            yield figure(chart, page, f"kpi-{kpi.key}-progress")
