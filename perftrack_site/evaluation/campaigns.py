"""One campaign: its KPIs, its verdict or pace, its influencers and posts."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from perftrack_site.config.models import Campaign, Kpi, Participation, Project, Tracking
from perftrack_site.evaluation.cells import Slice
from perftrack_site.evaluation.kpis import counts, kpi_result
from perftrack_site.evaluation.masking import masked
from perftrack_site.evaluation.measures import Post
from perftrack_site.evaluation.pace import worst
from perftrack_site.evaluation.report import (
    AdjustmentShown,
    AgreementShown,
    CampaignResult,
    KpiResult,
    Number,
    ParticipationShown,
    PostShown,
    Verdict,
)
from perftrack_site.evaluation.success import Vote, decide, in_words
from perftrack_site.evaluation.viewpoint import Viewpoint
from perftrack_site.evaluation.windows import state, verdict_moment

PARTY_TOTALS = ("views", "reach", "engagements", "orders", "revenue")
COUNTERS = ("views", "reach", "likes", "comments", "shares", "saves")
NO_WEIGHT = "the weights of what could be judged add up to 0"
STORY_HAS_NONE_OF = {"likes", "saves"}
TRACKING_WORDS = {
    "promo_code": "promo code",
    "click_ref": "click reference",
    "utm": "UTM tags",
    "link": "link",
    "hashtag": "hashtag #",
}


@dataclass(frozen=True)
class Judged:
    """A KPI as agreed beside its result; `each` is the influencer's where it is agreed per influencer."""

    kpi: Kpi
    result: KpiResult


def campaign_result(view: Viewpoint, campaign: Campaign, posts: Sequence[Post]) -> CampaignResult:
    """Judge a campaign. `posts` are its own, in any order."""
    judged = _judged(view, campaign)
    looked_at = [entry for entry in judged if _is_looked_at(campaign, entry)]
    now = state(campaign, view.day)
    verdict = decide(campaign.success, _votes(looked_at)) if now == "decided" else None
    paces = [entry.result.pace for entry in looked_at if entry.result.pace]
    counting = [entry.result for entry in judged if entry.result.counts]
    return CampaignResult(
        key=campaign.key,
        name=campaign.name,
        brand=campaign.brand,
        objective=campaign.objective,
        start=campaign.start,
        end=campaign.end,
        decided_on=campaign.decided_on,
        state=now,
        verdict=verdict,
        pace=worst(paces),
        reason=_reason(view.project, campaign, looked_at, verdict)
        if now in {"cancelled", "decided"}
        else None,
        success=in_words(campaign.success),
        kpis_met=sum(result.verdict in {"met", "exceeded"} for result in counting),
        kpis_decided=sum(_is_said(result) for result in counting),
        budget=Fraction(campaign.budget.amount) if campaign.budget else None,
        currency=view.currency(campaign),
        agreed=_agreed(campaign),
        kpis=tuple(entry.result for entry in judged if entry.kpi.each is None),
        influencers=tuple(_party(view, campaign, party, judged, posts) for party in campaign.influencers),
        posts=tuple(_post(post) for post in sorted(posts, key=_order)),
        adjustments=tuple(
            AdjustmentShown(made.on, made.what, made.why, made.kpi)
            for made in sorted(campaign.adjustments, key=lambda made: made.on)
        ),
        in_edition=campaign.start <= view.period.end and campaign.decided_on >= view.period.start,
    )


# --- the verdict ---------------------------------------------------------------------------------


def _judged(view: Viewpoint, campaign: Campaign) -> list[Judged]:
    marked = any(kpi.primary for kpi in campaign.kpis)
    return [
        Judged(kpi, kpi_result(view, campaign, kpi, party, primary=_is_primary(kpi, marked=marked)))
        for kpi in campaign.kpis
        for party in _parties(campaign, kpi)
    ]


def _is_primary(kpi: Kpi, *, marked: bool) -> bool:
    return counts(kpi) and (kpi.primary or not marked)


def _parties(campaign: Campaign, kpi: Kpi) -> Iterable[Participation | None]:
    """List for whom a KPI is judged: once for the campaign, or once for each influencer in its scope."""
    if kpi.each is None:
        return (None,)
    return [party for party in campaign.influencers if kpi.scope.influencer in {None, party.influencer}]


def _is_looked_at(campaign: Campaign, entry: Judged) -> bool:
    only_primary = campaign.success.rule == "all_primary"
    return entry.result.counts and (entry.result.primary or not only_primary)


def _votes(looked_at: Iterable[Judged]) -> list[Vote]:
    return [vote for entry in looked_at if (vote := _vote(entry)) is not None]


def _vote(entry: Judged) -> Vote | None:
    """Say what a KPI brings to the rule; None where it is left out."""
    weight = entry.result.weight or Fraction(0)
    verdict = entry.result.verdict
    if verdict is not None and verdict != "not_evaluable":
        return Vote(verdict, verdict, weight)
    if entry.kpi.on_missing == "not_evaluable":
        return Vote("missed", "exceeded", weight)
    return Vote("missed", "missed", weight) if entry.kpi.on_missing == "missed" else None


def _is_said(result: KpiResult) -> bool:
    """Say whether a KPI was decided: judged, or counted as missed because it could not be."""
    return result.verdict in {"exceeded", "met", "missed"} or result.treated_as == "missed"


def _reason(
    project: Project, campaign: Campaign, looked_at: Sequence[Judged], verdict: Verdict | None
) -> str | None:
    if verdict is None and campaign.cancelled:
        return f"cancelled on {campaign.cancelled.on}: {campaign.cancelled.because}"
    if verdict != "not_evaluable":
        return None
    if not looked_at:
        return "no KPI counts towards the verdict"
    unsaid = [entry.result for entry in looked_at if entry.result.verdict == "not_evaluable"]
    return "; ".join(f"{_whose(project, result)}: {result.reason}" for result in unsaid) or NO_WEIGHT


def _whose(project: Project, result: KpiResult) -> str:
    return (
        f"{result.label} of {project.influencer(result.influencer).name}"
        if result.influencer
        else result.label
    )


# --- influencers and posts -----------------------------------------------------------------------


def _party(
    view: Viewpoint,
    campaign: Campaign,
    party: Participation,
    judged: Iterable[Judged],
    posts: Iterable[Post],
) -> ParticipationShown:
    found = Counter(post.content_type for post in posts if post.influencer == party.influencer)
    return ParticipationShown(
        influencer=party.influencer,
        name=view.project.influencer(party.influencer).name,
        accepted_on=party.accepted_on,
        fee=Fraction(party.fee.amount) if party.fee else None,
        fee_currency=party.fee.currency if party.fee else None,
        deliverables=dict(sorted(party.deliverables.items())),
        delivered=dict(sorted(found.items())),
        kpis=tuple(entry.result for entry in judged if entry.result.influencer == party.influencer),
        totals=_totals(view, campaign, party),
        tracking=tuple(_tracking(tracking) for tracking in party.tracking),
    )


def _totals(view: Viewpoint, campaign: Campaign, party: Participation) -> tuple[Number, ...]:
    if not view.has_begun(campaign):
        return ()
    part = Slice(campaign.key, verdict_moment(campaign, view.day), party.influencer)
    metrics = (view.project.catalogue[key] for key in PARTY_TOTALS if key in view.project.catalogue)
    return tuple(view.number(campaign, metric, view.value(campaign, metric.key, part)) for metric in metrics)


def _tracking(tracking: Tracking) -> str:
    words = TRACKING_WORDS[tracking.kind]
    return f"{words}{'' if words.endswith('#') else ' '}{tracking.value}"


def _order(post: Post) -> tuple[object, ...]:
    return (post.published_on, post.platform, post.post_id)


def _post(post: Post) -> PostShown:
    expected = [name for name in COUNTERS if post.content_type != "story" or name not in STORY_HAS_NONE_OF]
    known = {name: post.counters[name] for name in COUNTERS if name in post.counters}
    return PostShown(
        platform=post.platform,
        post_id=post.post_id,
        page_id=hashlib.sha256(f"{post.platform}:{post.post_id}".encode()).hexdigest()[:12],
        influencer=post.influencer,
        content_type=post.content_type,
        published_on=post.published_on,
        caption=masked(post.caption),
        permalink=post.permalink,
        counters=known,
        engagements=_engagements(post),
        hidden=tuple(name for name in expected if name not in known),
    )


def _engagements(post: Post) -> int | None:
    """Add up likes, comments, shares and saves (of a story comments and shares); None if one is unknown."""
    parts = (
        ("comments", "shares") if post.content_type == "story" else ("likes", "comments", "shares", "saves")
    )
    known = [post.counters[name] for name in parts if name in post.counters]
    return sum(known) if len(known) == len(parts) else None


def _agreed(campaign: Campaign) -> AgreementShown | None:
    agreed = campaign.agreed
    return AgreementShown(agreed.on, agreed.by, agreed.ref) if agreed else None
