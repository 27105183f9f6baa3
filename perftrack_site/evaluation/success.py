"""A campaign's verdict by its `success` rule over the KPIs the rule looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from perftrack_site.config.models import SuccessRule
from perftrack_site.evaluation.report import Verdict
from perftrack_site.evaluation.shown import exactly

Outcome = Literal["missed", "met", "exceeded"]


@dataclass(frozen=True)
class Vote:
    """What one KPI brings to the rule: the least and the most it can have been, equal where it is known."""

    least: Outcome
    most: Outcome
    weight: Fraction


def decide(rule: SuccessRule, votes: Sequence[Vote]) -> Verdict:
    """Judge a campaign by the votes of the KPIs its rule looks at; without any it is not evaluable.

    A better KPI never makes a worse campaign. So what the rule says for the least that the unknown ones can
    have been is certain: a campaign that has met whatever they were is met. Where they could have turned a
    miss into a hit, it is not evaluable.
    """
    if not votes or (rule.rule == "weighted" and not sum(vote.weight for vote in votes)):
        return "not_evaluable"
    least = _outcome(rule, [(vote.least, vote.weight) for vote in votes])
    most = _outcome(rule, [(vote.most, vote.weight) for vote in votes])
    return "not_evaluable" if least == "missed" != most else least


def in_words(rule: SuccessRule) -> str:
    """Write a success rule as a sentence without its full stop."""
    share = "" if rule.share is None else exactly(Fraction(rule.share), "share")
    return {
        "all": "all KPIs must be met",
        "any": "at least one KPI must be met",
        "all_primary": "all primary KPIs must be met",
        "share_met": f"at least {share} of the KPIs must be met",
        "weighted": f"KPIs with at least {share} of the weight must be met",
    }[rule.rule]


def _outcome(rule: SuccessRule, votes: Sequence[tuple[Outcome, Fraction]]) -> Outcome:
    if _suffices(rule, votes, {"exceeded"}):
        return "exceeded"
    return "met" if _suffices(rule, votes, {"exceeded", "met"}) else "missed"


def _suffices(rule: SuccessRule, votes: Sequence[tuple[Outcome, Fraction]], good: set[Outcome]) -> bool:
    """Say whether the votes that are `good` are enough for the rule."""
    hits = [outcome in good for outcome, _ in votes]
    match rule.rule:
        case "all" | "all_primary":
            return all(hits)
        case "any":
            return any(hits)
        case "share_met":
            return sum(hits) >= _share(rule) * len(hits)
        case "weighted":
            reached = sum(weight for outcome, weight in votes if outcome in good)
            return reached >= _share(rule) * sum(weight for _, weight in votes)


def _share(rule: SuccessRule) -> Fraction:
    return Fraction(1 if rule.share is None else rule.share)
