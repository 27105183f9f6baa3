"""What comes in from where: the days each source covers, what platforms feed, and who else tells of the same sales.

Which platform feeds which metric is the formats' own word, laid beside the catalogue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from perftrack_site.config.models import Metric, Project
from perftrack_site.evaluation.report import Gap, Integration, PlatformFeeds, SourceCover, WitnessShown
from perftrack_site.evaluation.values import has_source, parts_of
from perftrack_site.sources import FORMATS
from perftrack_site.sources.format import Format
from perftrack_site.warehouse.rows import Coverage, Witness

# What a metric is made from, in canonical columns and counters; of several sets one is enough.
MADE_FROM: Mapping[str, tuple[frozenset[str], ...]] = {
    metric: tuple(frozenset(way.split("+")) for way in ways.split(" "))
    for metric, ways in {
        "views": "post_counts.views post_spans.views",
        "impressions": "post_counts.impressions post_spans.impressions",
        "reach": "post_counts.reach post_spans.reach",
        "likes": "post_counts.likes post_spans.likes",
        "comments": "post_counts.comments post_spans.comments",
        "shares": "post_counts.shares post_spans.shares",
        "saves": "post_counts.saves post_spans.saves",
        "engagements": "post_counts.likes+post_counts.comments post_spans.likes+post_spans.comments",
        "weighted_engagements": "post_counts.likes+post_counts.comments post_spans.likes+post_spans.comments",
        "hashtag_posts": "posts.hashtags",
        "video_completion_rate": "post_counts.completed_plays+post_counts.views",
        "clicks": "link_clicks.clicks",
        "sessions": "web_days.sessions",
        "engaged_sessions": "web_days.engaged_sessions",
        "engagement_time": "web_days.engagement_milliseconds",
        "conversions": "web_days.conversions",
        "leads": "enquiries.enquiry_id",
        "orders": "orders.order_id",
        "paid_orders": "orders.status",
        "revenue": "orders.subtotal",
        "net_revenue": "orders.subtotal+orders.refunded",
        "new_customers": "orders.customer_key",
        "retention_rate": "orders.customer_key",
        "lifetime_value": "orders.customer_key",
        "spend": "spend.amount",
        "sentiment_score": "comments.text",
        "sentiment_coverage": "comments.text",
        "spam_share": "comments.text",
        "satisfaction": "survey_answers.score",
        "followers": "account_totals.followers account_days.followers",
        "follower_growth": "account_days.followers_gained account_days.followers_net account_days.followers",
        "subscribers": "account_totals.subscribers",
        "subscriber_growth": "account_totals.subscribers",
        "delivered": "emails.delivered",
        "open_rate": "emails.unique_opens+emails.delivered",
        "click_rate": "emails.unique_clicks+emails.delivered",
        "click_to_open_rate": "emails.unique_clicks+emails.unique_opens",
        "unsubscribe_rate": "emails.unsubscribes+emails.delivered",
        "email_conversions": "emails.orders",
        "search_clicks": "search_days.clicks",
        "search_ctr": "search_days.clicks+search_days.impressions",
        "search_position": "search_days.position",
    }.items()
}
NOT_FROM_FILES = frozenset({"content_roi", "kpis_met_share"})  # worked out from results, not read


@dataclass(frozen=True)
class Fed:
    """A metric that files can feed. `is_evaluated`: KPIs can be agreed on it; else its numbers wait in the tables."""

    metric: str
    is_evaluated: bool


def fed_by(feeds: Iterable[str], catalogue: Mapping[str, Metric]) -> list[Fed]:
    """List the metrics that canonical columns can feed alone, in the order of the catalogue."""
    held = frozenset(feeds)
    return [
        Fed(key, has_source(metric, catalogue))
        for key, metric in catalogue.items()
        if _is_fed(metric, held, catalogue)
    ]


def _is_fed(metric: Metric, held: frozenset[str], catalogue: Mapping[str, Metric]) -> bool:
    if metric.key in MADE_FROM:
        return any(way <= held for way in MADE_FROM[metric.key])
    parts = parts_of(metric)
    return bool(parts) and all(_is_fed(catalogue[part], held, catalogue) for part in parts)


def matrix(formats: Iterable[Format], catalogue: Mapping[str, Metric]) -> Mapping[str, list[Fed]]:
    """Say for each platform which metrics its files can feed together."""
    feeds: dict[str, set[str]] = {}
    for form in formats:
        feeds.setdefault(form.platform, set()).update(form.feeds)
    return {platform: fed_by(names, catalogue) for platform, names in feeds.items()}


def integration(project: Project, coverage: Iterable[Coverage], witnesses: Iterable[Witness]) -> Integration:
    """Put what the sources cover and tell into the Report's words."""
    formats = {source.key: FORMATS[source.format] for source in project.sources}
    declared = Counter(form.platform for form in formats.values())
    return Integration(
        sources=tuple(_cover(found, formats[found.source]) for found in coverage),
        platforms=tuple(
            _feeds(platform, declared[platform], fed)
            for platform, fed in matrix(FORMATS.values(), project.catalogue).items()
        ),
        witnesses=tuple(_witness(found) for found in witnesses),
    )


def _cover(found: Coverage, form: Format) -> SourceCover:
    return SourceCover(
        key=found.source,
        platform=form.platform,
        label=form.label,
        first_day=found.first_day,
        last_day=found.last_day,
        days=found.days,
        provisional_days=found.provisional_days,
        gaps=tuple(Gap(first, last) for first, last in found.gaps),
        told_again=found.told_again,
        restated=found.restated,
    )


def _feeds(platform: str, sources: int, fed: Iterable[Fed]) -> PlatformFeeds:
    found = list(fed)
    return PlatformFeeds(
        platform=platform,
        sources=sources,
        metrics=tuple(each.metric for each in found if each.is_evaluated),
        waiting=tuple(each.metric for each in found if not each.is_evaluated),
    )


def _witness(found: Witness) -> WitnessShown:
    return WitnessShown(
        month=found.month,
        kind=found.kind,
        source=found.source,
        currency=found.currency,
        sales=found.sales,
        amount=None if found.amount is None else Fraction(found.amount),
    )
