"""Days, numbers and judgements in words, the same on every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from perftrack_site.evaluation.report import CampaignResult, KpiResult, Number, TargetShown
from perftrack_site.evaluation.shown import SPACE, exactly, shown, shown_target

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOTHING = "not known"
PLUS_MINUS = {1: "+", 0: "", -1: "\N{MINUS SIGN}"}


@dataclass(frozen=True)
class Badge:
    """A judgement as a word, a shape and a colour.

    `kind` names the CSS class, `shape` is an SVG path in a box of 12 x 12.
    """

    kind: str
    word: str
    shape: str


TICK, CROSS = "M2 6.5 5 9.5 10 3", "M3 3 9 9 M9 3 3 9"
STAR = "M6 1.2 7.5 4.5 11 4.9 8.4 7.3 9.1 10.8 6 9 2.9 10.8 3.6 7.3 1 4.9 4.5 4.5Z"
DASH, CIRCLE = "M2.5 6H9.5", "M6 2A4 4 0 1 1 5.99 2Z"
UP, DOWN, TRIANGLE = "M6 10V2.5 M2.5 6 6 2.5 9.5 6", "M6 2V9.5 M2.5 6 6 9.5 9.5 6", "M6 1.8 11 10.2H1Z"

BADGES = {
    "exceeded": Badge("exceeded", "Exceeded", STAR),
    "met": Badge("met", "Met", TICK),
    "missed": Badge("missed", "Missed", CROSS),
    "not_evaluable": Badge("not-evaluable", "Not evaluable", DASH),
    "on_track": Badge("on-track", "On track", UP),
    "watch": Badge("watch", "Watch", TRIANGLE),
    "at_risk": Badge("at-risk", "At risk", DOWN),
    "planned": Badge("planned", "Planned", CIRCLE),
    "in_flight": Badge("in-flight", "In flight", CIRCLE),
    "settling": Badge("settling", "Settling", CIRCLE),
    "decided": Badge("decided", "Decided", CIRCLE),
    "cancelled": Badge("cancelled", "Cancelled", CROSS),
    "fresh": Badge("met", "Fresh", TICK),
    "warn": Badge("watch", "Getting old", TRIANGLE),
    "stale": Badge("missed", "Stale", CROSS),
    "none": Badge("missed", "No file", DASH),
    "no limit": Badge("planned", "No limit set", CIRCLE),
}


def campaign_badge(campaign: CampaignResult) -> Badge:
    """Judge a campaign: its verdict once decided, its pace in flight, else its state."""
    return BADGES[campaign.verdict or campaign.pace or campaign.state]


def kpi_badge(kpi: KpiResult) -> Badge | None:
    """Judge a KPI: its verdict, its pace, or nothing where neither can be said yet."""
    judgement = kpi.verdict or kpi.pace
    return BADGES[judgement] if judgement else None


def day(value: date) -> str:
    """Write a day: 6 Jul 2026."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """Write a day where the year is clear: 6 Jul."""
    return f"{value.day} {MONTHS[value.month - 1]}"


def span(start: date, end: date) -> str:
    """Write a span of days, the year once where it is the same."""
    return f"{short_day(start) if start.year == end.year else day(start)} to {day(end)}"


def shown_count(number: int) -> str:
    """Write a whole number with its thousands apart."""
    return shown(Fraction(number), "count")


def count(number: int, noun: str) -> str:
    """Write `3 campaigns`, `1 campaign`, with thousands apart."""
    return f"{shown_count(number)} {noun}{'' if number == 1 else 's'}"


def listed(words: list[str]) -> str:
    """Join words to `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def value_words(value: Fraction | None, target: TargetShown) -> str:
    """Write a value in the unit of its target, never rounded over to the other side of it."""
    return NOTHING if value is None else shown(value, target.unit, target.currency, target=target)


def agreed_words(value: Fraction, target: TargetShown) -> str:
    """Write a value that was agreed, in the unit of its target, with every digit it was agreed with."""
    return exactly(value, target.unit, target.currency)


def number_words(number: Number) -> str:
    """Write a number that no target belongs to."""
    return NOTHING if number.value is None else shown(number.value, number.unit, number.currency)


def full_target_words(target: TargetShown) -> str:
    """Write a target with its stretch: at least 3.5 %, stretch 4.5 %."""
    stretch = "" if target.stretch is None else f", stretch {agreed_words(target.stretch, target)}"
    return f"{shown_target(target)}{stretch}"


def gap_words(gap: Fraction | None, target: TargetShown) -> str:
    """Write how far the actual is from the target, with its sign; shares in percentage points."""
    if gap is None:
        return ""
    sign = PLUS_MINUS[(gap > 0) - (gap < 0)]
    if target.unit == "share":
        return f"{sign}{shown(abs(gap) * 100, 'score', digits=1, target=Fraction(0))}{SPACE}pp"
    return f"{sign}{shown(abs(gap), target.unit, target.currency, target=Fraction(0))}"


def needed_words(kpi: KpiResult) -> str:
    """Write what should stand by now, where the schedule asks for something else than the target."""
    if kpi.needed_now is None or kpi.needed_now == kpi.target.value:
        return ""
    needed = shown(kpi.needed_now, kpi.target.unit, kpi.target.currency)
    return f"at most {needed} agreed by now" if kpi.target.op == "<=" else f"{needed} needed by now"


def sentence(words: str) -> str:
    """Write words as a sentence."""
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?')) else '.'}"


def coverage_words(number: Number) -> str:
    """Write on how many rows a number stands: 11 of 12 posts."""
    if number.rows == 0:
        return ""
    noun = number.row_noun if number.rows != 1 else number.row_noun.removesuffix("s")
    return (
        f"{number.covered} of {number.rows} {noun}"
        if number.covered != number.rows
        else f"{number.rows} {noun}"
    )
