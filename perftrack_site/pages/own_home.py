"""An influencer's overview: what is agreed, where they stand, what worked, what would help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from perftrack_site.evaluation.report import CampaignResult, Report
from perftrack_site.evaluation.shown import shown_target

from .campaigns import kpi_sentence
from .home import freshness
from .own_campaigns import OwnRow, has_page, met_of, own_groups, own_part, own_row
from .own_feedback import said
from .page import HOME, HOW_WE_MEASURE, Page, link
from .words import Badge, count, day, kpi_badge, listed, sentence, span

ON_PACE = frozenset({"on_track", "behind_pace"})  # said where the KPI stands, and not once more
STATE_WORDS = {
    "in_flight": "running",
    "settling": "settling",
    "planned": "to come",
    "decided": "decided",
    "cancelled": "cancelled",
}


@dataclass(frozen=True)
class Standing:
    """One KPI in a line; without a badge while there is nothing to judge."""

    sentence: str
    badge: Badge | None


@dataclass(frozen=True)
class Card:
    """A campaign that is running, settling or to come, with the influencer's KPIs in it."""

    row: OwnRow
    kpis: tuple[Standing, ...]


def own_home_page(report: Report) -> Page:
    """Say first how the influencer's KPIs stand; then what runs, what comes, and the feedback."""
    [influencer] = report.influencers
    campaigns = [one for one in report.campaigns if has_page(one)]
    sources = report.quality.sources
    values = {
        "project": report.project,
        "name": influencer.name,
        "period": report.period.label,
        "days": span(report.period.start, report.period.end),
        "as_at": day(report.period.cutoff),
        "headline": headline(campaigns),
        "tally": tally(campaigns),
        "running": _cards(campaigns, {"in_flight", "settling"}),
        "coming": _cards(campaigns, {"planned"}),
        "worked": said(HOME, campaigns, "worked", without=ON_PACE),
        "would_help": said(HOME, campaigns, "would_help", without=ON_PACE),
        "decided": tuple(group for group in own_groups(report, HOME) if group.key == "decided"),
        "freshness": freshness(sources) if sources else "",
        "how_we_measure": link(HOME, HOW_WE_MEASURE),
    }
    return Page(HOME, f"{influencer.name}, {report.period.label}", "own-home.md.j2", values, contents=False)


def headline(campaigns: list[CampaignResult]) -> str:
    """Say how many of the influencer's KPIs were met in the campaigns that have been decided."""
    decided = [kpi for one in campaigns if one.state == "decided" for kpi in own_part(one).kpis]
    if met := met_of(decided):
        return f"{met}."
    return "None of your KPIs has been decided in this edition." if campaigns else "Nothing is agreed yet."


def tally(campaigns: list[CampaignResult]) -> str:
    """Count the influencer's campaigns by state."""
    states = [one.state for one in campaigns]
    parts = [f"{states.count(state)} {word}" for state, word in STATE_WORDS.items() if state in states]
    return f"{count(len(campaigns), 'campaign')}: {listed(parts)}." if parts else ""


def _cards(campaigns: list[CampaignResult], states: set[str]) -> tuple[Card, ...]:
    chosen = sorted((one for one in campaigns if one.state in states), key=lambda one: (one.start, one.key))
    return tuple(Card(own_row(HOME, one), tuple(_standings(one))) for one in chosen)


def _standings(campaign: CampaignResult) -> Iterator[Standing]:
    part = own_part(campaign)
    on_pace = {line.kpi: line.sentence for line in part.feedback if line.rule in ON_PACE}
    for kpi in part.kpis:
        if campaign.state == "planned":
            yield Standing(f"{kpi.label}: agreed is {shown_target(kpi.target)}.", None)
        else:
            words = kpi.reason if kpi.actual.value is None and kpi.reason else kpi_sentence(kpi)
            yield Standing(on_pace.get(kpi.key, sentence(f"{kpi.label}: {words}")), kpi_badge(kpi))
