"""The contracts as plain rows, for the warehouse to join with what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from perftrack_site.config.models import (
    Campaign,
    Metric,
    Participation,
    Project,
    Source,
    Tracking,
    TrackingKind,
)

Value = str | int | bool | date | tuple[str, ...] | None
Rows = list[Mapping[str, Value]]

NO_LIMIT = 100_000  # days; a source without a freshness limit


def declared(project: Project) -> Mapping[str, Rows]:
    """List campaigns, participations, accounts, tracking, sources and fed metrics, one dict a row."""
    currency = project.settings.currency
    parties = [(campaign, party) for campaign in project.campaigns for party in campaign.influencers]
    return {
        "campaigns": [_campaign(campaign, currency) for campaign in project.campaigns],
        "participations": [
            {"campaign": campaign.key, "influencer": party.influencer} for campaign, party in parties
        ],
        "accounts": [
            {"influencer": influencer.key, "platform": platform, "handle": handle.lstrip("@").lower()}
            for influencer in project.influencers
            for platform, handle in influencer.accounts.items()
        ],
        "influencers": [{"influencer": influencer.key} for influencer in project.influencers],
        "named_posts": [row for campaign, party in parties for row in _named(campaign, party)],
        "tracking": [
            _tracking(campaign, party, tracking) for campaign, party in parties for tracking in party.tracking
        ],
        "attribution": [
            {"kind": kind, "rank": rank} for rank, kind in enumerate(project.settings.attribution, start=1)
        ],
        "authority": [
            {"metric": metric, "source": source}
            for metric, source in sorted(project.settings.authority.items())
        ],
        "sources": [_source(source) for source in project.sources],
    }


def measured(catalogue: Mapping[str, Metric]) -> Rows:
    """List the metrics that one table can answer: fed simple ones, and ratios whose two parts share a table."""
    simple = {key: metric for key, metric in catalogue.items() if metric.table is not None}
    rows: Rows = [_part(metric.key, metric, None) for metric in simple.values()]
    for metric in catalogue.values():
        over, under = simple.get(metric.numerator or ""), simple.get(metric.denominator or "")
        if over and under and over.table == under.table:
            rows.append(_part(metric.key, over, under))
    return rows


def _campaign(campaign: Campaign, currency: str) -> Mapping[str, Value]:
    return {
        "campaign": campaign.key,
        "start_day": campaign.start,
        "last_day": _last_day(campaign),
        "currency": campaign.currency or currency,
    }


def _last_day(campaign: Campaign) -> date:
    """Find the last day on which a campaign runs: the day before it was cancelled, else its end."""
    if campaign.cancelled is None:
        return campaign.end
    return min(campaign.end, campaign.cancelled.on - timedelta(days=1))


def _named(campaign: Campaign, party: Participation) -> Iterator[Mapping[str, Value]]:
    for name in party.posts:
        platform, _, post_id = name.partition(":")
        yield {
            "platform": platform, "post_id": post_id, "campaign": campaign.key, "influencer": party.influencer,
        }  # fmt: skip


def _tracking(campaign: Campaign, party: Participation, tracking: Tracking) -> Mapping[str, Value]:
    pairs = (pair.partition("=") for pair in tracking.value.split("&"))
    utm = {name: value for name, _, value in pairs} if tracking.kind is TrackingKind.UTM else {}
    return {
        "campaign": campaign.key,
        "influencer": party.influencer,
        "kind": str(tracking.kind),
        "value": tracking.value,
        "valid_from": tracking.valid_from,
        "valid_to": tracking.valid_to,
        "utm_campaign": utm.get("campaign"),
        "utm_content": utm.get("content"),
        "utm_source": utm.get("source"),
        "utm_medium": utm.get("medium"),
    }


def _source(source: Source) -> Mapping[str, Value]:
    limit = source.freshness.error_after if source.freshness else timedelta(days=NO_LIMIT)
    return {
        "source": source.key,
        "account": source.account,
        "overlap": source.overlap,
        "mapped_to": source.mapping.table if source.mapping else None,
        "error_after_days": limit.days,
    }


def _part(key: str, over: Metric, under: Metric | None) -> Mapping[str, Value]:
    return {
        "metric": key,
        "table": over.table,
        "agg": over.agg,
        "expr": over.expr,
        "filter": over.filter,
        "under_agg": under.agg if under else None,
        "under_expr": under.expr if under else None,
        "under_filter": under.filter if under else None,
    }
