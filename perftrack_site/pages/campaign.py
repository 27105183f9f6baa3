"""A campaign's page: what was agreed, what came of it, and where every number is from."""

from __future__ import annotations

from dataclasses import dataclass

from perftrack_site.evaluation.report import (
    CampaignResult,
    KpiResult,
    Number,
    ParticipationShown,
    PostShown,
    Report,
)
from perftrack_site.evaluation.shown import shown

from .campaigns import kpi_sentence, kpis_met
from .figures import Figure, figure, progress_chart
from .kpis import KpiTable, ReceiptShown, kpi_table, receipt
from .page import CAMPAIGNS, HOW_WE_MEASURE, Page, beside, campaign_path, influencer_path, link
from .results import campaign_results
from .text import Trusted, permalink
from .words import BADGES, campaign_badge, count, day, number_words, sentence, shown_count, span

BEST, WEAKEST = 3, 3  # posts shown from either end
CAPTION = 140  # characters of a caption that tell a post from its neighbours
COUNTERS = ("views", "reach", "likes", "comments", "shares", "saves")
WEIGHTY = ("missed", "at_risk", "watch", "not_evaluable")


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True)
class Total:
    """A number beside the KPIs, with its receipt."""

    label: str
    value: str
    why: str
    measured: Trusted
    receipt: ReceiptShown | None


@dataclass(frozen=True)
class Creator:
    """An influencer within the campaign."""

    name: str
    address: Trusted
    facts: tuple[Fact, ...]
    kpis: KpiTable
    totals: tuple[Total, ...]


@dataclass(frozen=True)
class PostRow:
    caption: str
    kind: str
    published: str
    creator: str
    open: Trusted
    counters: tuple[str, ...]
    engagements: str


@dataclass(frozen=True)
class PostGroup:
    heading: str
    rows: tuple[PostRow, ...]


@dataclass(frozen=True)
class AdjustmentRow:
    on: str
    what: str
    why: str
    kpi: str


def campaign_page(report: Report, campaign: CampaignResult) -> Page:
    """Show a campaign; of a planned one what was agreed and no numbers."""
    path = campaign_path(campaign.key)
    begun = campaign.state != "planned"
    figures = _figures(report, path, campaign) if begun else ()
    values = {
        "name": campaign.name,
        "back": link(path, CAMPAIGNS),
        "eyebrow": eyebrow(campaign),
        "verdict_badge": campaign_badge(campaign),
        "verdict": verdict_sentence(campaign),
        "rule": sentence(campaign.success),
        "behind": tuple(_behind(campaign)),
        "as_at": day(report.period.cutoff),
        "fact_rows": _facts(campaign),
        "agreement": agreement(campaign),
        "kpis": kpi_table(
            report, path, campaign, {_anchor(kpi): kpi for kpi in campaign.kpis}, "The campaign's KPIs"
        ),
        "figures": figures,
        "creators": tuple(_creator(report, path, campaign, part) for part in campaign.influencers),
        "posts": post_groups(campaign) if begun else (),
        "counters": COUNTERS,
        "adjustments": adjustments(campaign),
    }
    files = {beside(path, "results.json"): campaign_results(report, campaign)}
    files |= dict(drawn.file for drawn in figures)
    words = dict.fromkeys((campaign_badge(campaign).word, BADGES[campaign.state].word))
    return Page(path, campaign.name, "campaign.md.j2", values, files, tags=tuple(words))


def _anchor(kpi: KpiResult) -> str:
    # Two dashes cannot stand in a key, so no campaign KPI can take the anchor of an influencer's.
    return f"kpi-{kpi.influencer}--{kpi.key}" if kpi.influencer else f"kpi-{kpi.key}"


def eyebrow(campaign: CampaignResult) -> str:
    """Say whose campaign it is, what it is for and when it runs."""
    return ", ".join(
        part for part in (campaign.brand, campaign.objective, span(campaign.start, campaign.end)) if part
    )


def verdict_sentence(campaign: CampaignResult) -> str:
    """Say in one sentence where the campaign stands."""
    if campaign.reason and (campaign.state == "cancelled" or campaign.verdict == "not_evaluable"):
        return sentence(campaign.reason)
    if campaign.state == "decided":
        return f"{kpis_met(campaign)}, decided on {day(campaign.decided_on)}."
    if campaign.state == "settling":
        return f"Ended on {day(campaign.end)}. The numbers settle until {day(campaign.decided_on)}."
    if campaign.state == "in_flight":
        return f"Runs until {day(campaign.end)}. The verdict falls on {day(campaign.decided_on)}."
    return f"Begins on {day(campaign.start)}. The verdict falls on {day(campaign.decided_on)}."


def _behind(campaign: CampaignResult) -> list[str]:
    """List in words the KPIs that keep the campaign from its goal."""
    weighty = [kpi for kpi in campaign.kpis if kpi.counts and (kpi.verdict or kpi.pace) in WEIGHTY]
    return [f"{kpi.label}: {kpi.reason or kpi_sentence(kpi)}" for kpi in weighty]


def agreement(campaign: CampaignResult) -> str:
    """Say when the contract was agreed, by whom, and under which reference."""
    if campaign.agreed is None:
        return "No agreement is on record."
    by = f" by {', '.join(campaign.agreed.by)}" if campaign.agreed.by else ""
    ref = f", reference {campaign.agreed.ref}" if campaign.agreed.ref else ""
    days = (campaign.start - campaign.agreed.on).days
    when = f"{count(days, 'day')} before the start" if days > 0 else "not before the start"
    return f"Agreed on {day(campaign.agreed.on)}{by}{ref}: {when}."


def _facts(campaign: CampaignResult) -> tuple[Fact, ...]:
    facts = [
        Fact("Runs", span(campaign.start, campaign.end)),
        Fact("Verdict on", day(campaign.decided_on)),
        Fact("Influencers", str(len(campaign.influencers))),
    ]
    if campaign.budget is not None:
        facts.append(Fact("Budget", shown(campaign.budget, "money", campaign.currency)))
    return tuple(facts)


def _figures(report: Report, page: str, campaign: CampaignResult) -> tuple[Figure, ...]:
    adding = {metric.key for metric in report.metrics if metric.additive}
    charts = {
        f"{_anchor(kpi)}-progress": progress_chart(campaign, kpi, adds_up=kpi.metric in adding)
        for kpi in campaign.kpis
    }
    return tuple(figure(chart, page, name) for name, chart in charts.items() if chart)


def _creator(report: Report, page: str, campaign: CampaignResult, part: ParticipationShown) -> Creator:
    anchor = f"creator-{part.influencer}"
    return Creator(
        name=part.name,
        address=link(page, influencer_path(part.influencer)),
        facts=terms(part),
        kpis=kpi_table(
            report,
            page,
            campaign,
            {f"{anchor}--{kpi.key}": kpi for kpi in part.kpis},
            f"The KPIs of {part.name}",
        ),
        totals=totals(report, page, part.totals, anchor) if campaign.state != "planned" else (),
    )


def terms(part: ParticipationShown) -> tuple[Fact, ...]:
    """List what an influencer agreed to, and what has been delivered of it."""
    facts = [Fact("Accepted", day(part.accepted_on) if part.accepted_on else "not on record")]
    if part.fee is not None:
        facts.append(Fact("Fee", shown(part.fee, "money", part.fee_currency)))
    kinds = sorted({*part.deliverables, *part.delivered})
    done = ", ".join(f"{_of(part, kind)} {kind}" for kind in kinds)
    facts += [Fact("Delivered", done)] if kinds else []
    facts += [Fact("Tracked by", ", ".join(part.tracking))] if part.tracking else []
    return tuple(facts)


def _of(part: ParticipationShown, kind: str) -> str:
    done, agreed = part.delivered.get(kind, 0), part.deliverables.get(kind)
    return str(done) if agreed is None else f"{done} of {agreed}"


def totals(report: Report, page: str, numbers: tuple[Number, ...], anchor: str) -> tuple[Total, ...]:
    """Put the numbers beside the KPIs into words, each with its receipt at `anchor`."""
    labels = {metric.key: metric.label for metric in report.metrics}
    return tuple(
        Total(
            label=labels.get(number.metric, number.metric),
            value=number_words(number),
            why=number.why or "",
            measured=link(page, HOW_WE_MEASURE, number.metric),
            receipt=receipt(number, number_words(number), f"{anchor}--total-{number.metric}"),
        )
        for number in numbers
    )


def post_groups(campaign: CampaignResult) -> tuple[PostGroup, ...]:
    """Set the best posts above the weakest; a few are simply listed, best first."""
    names = {part.influencer: part.name for part in campaign.influencers}
    ranked = sorted(campaign.posts, key=_rank)
    known = [post for post in ranked if post.engagements is not None]
    if len(known) <= BEST + WEAKEST:
        groups = {"All posts, best first": ranked}
    else:
        groups = {"Best posts": known[:BEST], "Weakest posts": known[-WEAKEST:]}
    return tuple(
        PostGroup(heading, tuple(_post(post, names) for post in posts))
        for heading, posts in groups.items()
        if posts
    )


def _rank(post: PostShown) -> tuple[int, str]:
    return (1 if post.engagements is None else -post.engagements), post.page_id


def _post(post: PostShown, names: dict[str, str]) -> PostRow:
    return PostRow(
        caption=clipped(post.caption) or "no caption",
        kind=f"{post.platform} {post.content_type}",
        published=day(post.published_on),
        creator=names.get(post.influencer or "", ""),
        open=permalink(post.permalink, "Open the post"),
        counters=tuple(_counter(post, name) for name in COUNTERS),
        engagements="not known" if post.engagements is None else shown_count(post.engagements),
    )


def _counter(post: PostShown, name: str) -> str:
    if name in post.counters:
        return shown_count(post.counters[name])
    return "hidden" if name in post.hidden else ""


def clipped(caption: str) -> str:
    """Cut a caption where a post can be told from its neighbours."""
    return caption if len(caption) <= CAPTION else f"{caption[:CAPTION].rstrip()}…"


def adjustments(campaign: CampaignResult) -> tuple[AdjustmentRow, ...]:
    """List what was changed on the way, in its order, each with the KPI it was for."""
    labels = {kpi.key: kpi.label for kpi in campaign.kpis}
    return tuple(
        AdjustmentRow(day(found.on), found.what, found.why, labels.get(found.kpi or "", found.kpi or ""))
        for found in sorted(campaign.adjustments, key=lambda one: one.on)
    )
