"""How we measure: every metric with its formula, basis and limits, and the rules in words."""

from __future__ import annotations

from dataclasses import dataclass

from perftrack_site.evaluation.audience import INTERNAL
from perftrack_site.evaluation.report import MetricShown, Report

from .page import HOW_WE_MEASURE, Page
from .words import BADGES, Badge, day, sentence

UNITS = {
    "count": "a count",
    "money": "money",
    "share": "a share, in %",
    "score": "a score",
    "seconds": "seconds",
    "days": "days",
}
LEADS = {
    True: "Targets are agreed before a campaign begins. Every number leads to the files and lines it comes from.",
    False: "Targets are agreed before a campaign begins. Numbers lead to the lines of your own files they come from.",
}
OWN_LIMITS = (
    "These pages are made for you alone. They hold what was agreed with you, your posts and your numbers.",
    "Nothing in them is about other influencers or worked out from their numbers: no totals, no ranks, no averages.",
    "You are compared with your own targets and your own earlier campaigns.",
    "Files that hold other people's data too, such as the shop's orders, are counted and not listed.",
)
DIRECTIONS = {"higher": "higher is better", "lower": "lower is better", "in_range": "best within its range"}


@dataclass(frozen=True)
class MetricRow:
    key: str
    label: str
    definition: str
    formula: str
    unit: str
    direction: str
    adds_up: str
    origin: str
    version: str


@dataclass(frozen=True)
class Meaning:
    badge: Badge
    words: str


MEANINGS = {
    "exceeded": "The stretch target was reached. Without a stretch target nothing is exceeded.",
    "met": "The target was reached. Exactly on the target is reached.",
    "missed": "The target was not reached, by however little. Rounding never turns a miss into a hit.",
    "not_evaluable": "The number cannot be said. The reason is given; nothing measured is not zero.",
    "on_track": "At least 100 % of what is needed by now.",
    "watch": "From 90 % of what is needed by now.",
    "at_risk": "Below 90 % of what is needed by now.",
}


def how_we_measure_page(report: Report) -> Page:
    """Define every metric, each at its own anchor, and say the rules behind verdicts and goals."""
    metrics = sorted(report.metrics, key=lambda one: (one.label.casefold(), one.key))
    values = {
        "lead": LEADS[report.audience == INTERNAL],
        "limits": () if report.audience == INTERNAL else OWN_LIMITS,
        "timezone": report.timezone,
        "currency": report.currency,
        "verdicts": tuple(Meaning(BADGES[key], words) for key, words in MEANINGS.items()),
        "goals": tuple((goal.label, sentence(goal.rule)) for goal in report.goals),
        "fed": tuple(_metric(one) for one in metrics if one.has_source),
        "unfed": tuple(_metric(one) for one in metrics if not one.has_source),
    }
    return Page(HOW_WE_MEASURE, "How we measure", "how-we-measure.md.j2", values)


def _metric(metric: MetricShown) -> MetricRow:
    basis = f", per {metric.basis}" if metric.basis else ""
    return MetricRow(
        key=metric.key,
        label=metric.label,
        definition=metric.definition,
        formula=metric.formula,
        unit=f"{UNITS[metric.unit]}{basis}",
        direction=DIRECTIONS[metric.direction],
        adds_up=_adds_up(metric),
        origin=metric.origin.replace("_", "-"),
        version=f"version {metric.definition_version}, since {day(metric.effective_from)}",
    )


def _adds_up(metric: MetricShown) -> str:
    said = "yes" if metric.additive else "no"
    return f"{said}: {metric.note}" if metric.note else said
