"""Feedback by rule: what worked for an influencer and what would help, each with its numbers.

Every rule looks at one campaign and the influencer's own part of it, and says a sentence or nothing. Rates of
posts are engagements / reach, added up first and divided last; differences below the thresholds are chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from perftrack_site.evaluation.report import (
    CampaignResult,
    Feedback,
    KpiResult,
    ParticipationShown,
    PostShown,
)
from perftrack_site.evaluation.shown import SPACE, exactly, shown, shown_target
from perftrack_site.evaluation.words import plural

CLOSE = Fraction(9, 10)  # of the target: a miss that was a near one
STANDS_OUT = Fraction(5, 4)  # a post's rate against the rate of all of them
CLEAR_LEAD = Fraction(5, 4)  # a format's rate against another's
LEAST_REACH = 100  # below that a post's rate says little
LEAST_POSTS = 3  # to compare a post with the others
LEAST_OF_A_FORMAT = 2  # to compare formats
LATE_START = Fraction(1, 4)  # of the campaign's days gone before the first post
OVER = {"settling", "decided"}


@dataclass(frozen=True)
class Rated:
    """Posts with what they engaged of those they reached."""

    posts: tuple[PostShown, ...]

    @property
    def rate(self) -> Fraction:
        """Divide all engagements by all reach."""
        engagements = sum(post.engagements or 0 for post in self.posts)
        return Fraction(engagements, sum(post.counters["reach"] for post in self.posts))

    @property
    def words(self) -> str:
        """Write the rate."""
        return shown(self.rate, "share")


def feedback(campaign: CampaignResult, part: ParticipationShown) -> tuple[Feedback, ...]:
    """Say what worked and what would help: first about each KPI, then about the posts."""
    if campaign.state in {"planned", "cancelled"}:
        return ()
    said = [*(line for kpi in part.kpis for line in _on_kpi(campaign, kpi))]
    said += [*_on_deliverables(campaign, part), *_on_start(campaign, part)]
    rated = _rated(campaign.posts)
    return (*said, *_on_best_post(rated), *_on_formats(rated))


# --- KPIs ----------------------------------------------------------------------------------------


def _on_kpi(campaign: CampaignResult, kpi: KpiResult) -> Iterator[Feedback]:
    if campaign.state == "decided":
        yield from _on_verdict(kpi)
    elif kpi.pace:
        yield _on_pace(kpi)
    yield from _on_own_best(kpi)


def _on_verdict(kpi: KpiResult) -> Iterator[Feedback]:
    standing = f"{kpi.label}: {_value(kpi)}, agreed was {shown_target(kpi.target)}"
    if kpi.verdict == "exceeded" and kpi.target.stretch is not None:
        stretch = exactly(kpi.target.stretch, kpi.target.unit, kpi.target.currency)
        yield _worked(
            "target_exceeded", kpi, f"{standing}. You went beyond that: the stretch of {stretch} is reached."
        )
    elif kpi.verdict == "met":
        yield _worked("target_met", kpi, f"{standing}. You met it.")
    elif kpi.verdict == "missed":
        near = " That was close." if _was_close(kpi) else ""
        yield _would_help("target_missed", kpi, f"{standing}. You missed it by {_gap(kpi)}.{near}")
    elif kpi.verdict == "not_evaluable":
        yield _would_help("target_unsaid", kpi, f"{kpi.label} could not be judged: {kpi.reason}.")


def _on_pace(kpi: KpiResult) -> Feedback:
    needed = kpi.target.value if kpi.needed_now is None else kpi.needed_now
    bound = "needed by now" if kpi.target.op == ">=" else "agreed at most by now"
    against = (
        f"{shown(needed, kpi.target.unit, kpi.target.currency)} {bound}"
        if kpi.target.op != "between"
        else f"agreed is {shown_target(kpi.target)}"
    )
    standing = f"{kpi.label}: {_value(kpi)} so far, {against}."
    if kpi.pace == "on_track":
        return _worked("on_track", kpi, f"{standing} You are on track.{_per_day(kpi)}")
    return _would_help("behind_pace", kpi, f"{standing}{_per_day(kpi) or ' There is time to turn it.'}")


def _per_day(kpi: KpiResult) -> str:
    if kpi.per_day is None:
        return ""
    unit, currency = kpi.target.unit, kpi.target.currency
    whole = ceil(kpi.per_day) if unit == "count" else kpi.per_day
    target = exactly(kpi.target.value, unit, currency)
    return f" {shown(Fraction(whole), unit, currency)} a day until the end would reach {target}."


def _on_own_best(kpi: KpiResult) -> Iterator[Feedback]:
    """Praise what is better than in every earlier campaign of theirs, whatever the target said."""
    value, before = (
        kpi.actual.value,
        [one.actual.value for one in kpi.earlier if one.actual.value is not None],
    )
    if value is None or not before or kpi.target.op == "between" or kpi.verdict is None:
        return
    if value > max(before) if kpi.target.op == ">=" else value < min(before):
        known = f"{len(before)} earlier campaign{'' if len(before) == 1 else 's'}"
        yield _worked("own_best", kpi, f"{kpi.label}: your best so far, better than in {known} of yours.")


def _was_close(kpi: KpiResult) -> bool:
    value, target = kpi.actual.value, kpi.target
    if value is None or target.op == "between":
        return False
    return value >= CLOSE * target.value if target.op == ">=" else CLOSE * value <= target.value


def _value(kpi: KpiResult) -> str:
    target = kpi.target
    return "" if kpi.actual.value is None else shown(
        kpi.actual.value, target.unit, target.currency, target=target
    )  # fmt: skip


def _gap(kpi: KpiResult) -> str:
    """Write how far off it was; shares in percentage points."""
    gap = abs(kpi.gap or Fraction(0))
    if kpi.target.unit == "share":
        return f"{shown(gap * 100, 'score', digits=1, target=Fraction(0))}{SPACE}percentage points"
    return shown(gap, kpi.target.unit, kpi.target.currency, target=Fraction(0))


# --- deliverables and timing ---------------------------------------------------------------------


def _on_deliverables(campaign: CampaignResult, part: ParticipationShown) -> Iterator[Feedback]:
    """Say once the campaign is over what of the agreed was found."""
    if campaign.state not in OVER or not part.deliverables:
        return
    lacking = [
        f"{part.delivered.get(kind, 0)} of {_of_kind(agreed, kind)}"
        for kind, agreed in sorted(part.deliverables.items())
        if part.delivered.get(kind, 0) < agreed
    ]
    if lacking:
        sentence = (
            f"We found {_listed(lacking)}. A post is found by the campaign's hashtag, by the paid partnership"
            " label, or because the contract names it: tell us if one is missing."
        )
        yield _would_help("not_all_delivered", None, sentence)
        return
    agreed_kinds = [_of_kind(agreed, kind) for kind, agreed in sorted(part.deliverables.items())]
    yield _worked("all_delivered", None, f"Everything that was agreed is there: {_listed(agreed_kinds)}.")


def _on_start(campaign: CampaignResult, part: ParticipationShown) -> Iterator[Feedback]:
    """Point to a late first post where a KPI was missed or is behind."""
    behind = any((kpi.verdict or kpi.pace) in {"missed", "watch", "at_risk"} for kpi in part.kpis)
    if not behind or not campaign.posts:
        return
    first = min(campaign.posts, key=lambda post: (post.published_on, post.page_id))
    waited, days = (first.published_on - campaign.start).days, (campaign.end - campaign.start).days + 1
    if waited >= LATE_START * days:
        sentence = (
            f"Your first post came {waited} days into a campaign of {days} days. "
            "An earlier one has longer to be seen, and leaves time to adjust."
        )
        yield _would_help("late_start", None, sentence, [first])


# --- posts ---------------------------------------------------------------------------------------


def _rated(posts: Iterable[PostShown]) -> list[PostShown]:
    return [
        post
        for post in posts
        if post.engagements is not None and post.counters.get("reach", 0) >= LEAST_REACH
    ]


def _on_best_post(rated: Sequence[PostShown]) -> Iterator[Feedback]:
    if len(rated) < LEAST_POSTS:
        return
    best = max(rated, key=lambda post: (Rated((post,)).rate, post.page_id))
    own, overall = Rated((best,)), Rated(tuple(rated))
    if own.rate >= STANDS_OUT * overall.rate and own.rate > 0:
        sentence = (
            f"One {best.content_type} stood out: {own.words} of those it reached engaged with it, "
            f"{overall.words} over your {len(rated)} posts. More of its kind is worth a try."
        )
        yield _worked("post_stood_out", None, sentence, [best])


def _on_formats(rated: Sequence[PostShown]) -> Iterator[Feedback]:
    kinds: defaultdict[str, list[PostShown]] = defaultdict(list)
    for post in rated:
        kinds[post.content_type].append(post)
    compared = sorted(
        ((Rated(tuple(posts)), kind) for kind, posts in kinds.items() if len(posts) >= LEAST_OF_A_FORMAT),
        key=lambda entry: (-entry[0].rate, entry[1]),
    )
    if len(compared) < 2:  # noqa: PLR2004 (a comparison takes two)
        return
    (best, kind), (worst, other) = compared[0], compared[-1]
    if best.rate >= CLEAR_LEAD * worst.rate and best.rate > 0:
        sentence = (
            f"Your {plural(kind)} engaged {best.words} of those they reached ({len(best.posts)} posts), your "
            f"{plural(other)} {worst.words} ({len(worst.posts)}). Where the choice is yours, {plural(kind)} "
            "serve you better."
        )
        yield _would_help("formats_compared", None, sentence, best.posts)


# --- what they share -----------------------------------------------------------------------------


def _of_kind(number: int, kind: str) -> str:
    return f"{number} {kind if number == 1 else plural(kind)}"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _worked(rule: str, kpi: KpiResult | None, sentence: str, posts: Sequence[PostShown] = ()) -> Feedback:
    return _said("worked", rule, kpi, sentence, posts)


def _would_help(rule: str, kpi: KpiResult | None, sentence: str, posts: Sequence[PostShown] = ()) -> Feedback:
    return _said("would_help", rule, kpi, sentence, posts)


def _said(
    kind: Literal["worked", "would_help"],
    rule: str,
    kpi: KpiResult | None,
    sentence: str,
    posts: Sequence[PostShown],
) -> Feedback:
    return Feedback(rule, kind, kpi.key if kpi else None, sentence, tuple(post.page_id for post in posts))
