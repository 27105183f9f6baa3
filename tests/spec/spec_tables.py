"""Little contracts and little tables for the spec: what a test does not name stands here.

The campaign `spring` runs through June 2026 (30 days) and is decided on 2026-07-14; its influencers are `ana`
and `ben`. Cells are written as tables; one that says nothing else is one known row of the verdict's moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from perftrack_site.config.models import (
    Campaign,
    Goal,
    Influencer,
    Kpi,
    Metric,
    Participation,
    Place,
    Project,
    Settings,
    Source,
    SuccessRule,
    Target,
    Tracking,
    TrackingKind,
)
from perftrack_site.evaluation.evaluate import evaluate
from perftrack_site.evaluation.periods import edition_period, parse_period, period_of
from perftrack_site.evaluation.quality import Evidence
from perftrack_site.evaluation.report import CampaignResult, FileShown, KpiResult, Report
from perftrack_site.evaluation.windows import evaluation_day, verdict_moment
from perftrack_site.warehouse.rows import Benchmark, Lines, Measure, Post

Said = Any  # any field of the value that is made
Rule = Literal["all", "any", "all_primary", "share_met", "weighted"]

HERE = Place(file="config/campaigns/spring.yml", line=1, column=1)
IN_FLIGHT, SETTLING, DECIDED = date(2026, 6, 15), date(2026, 7, 5), date(2026, 7, 14)


def _metric(key: str, **said: Said) -> Metric:
    plain = {
        "label": key.replace("_", " ").capitalize(),
        "definition": f"What {key} means.",
        "type": "simple",
    }
    shape = {"unit": "count", "direction": "higher", "effective_from": date(2026, 1, 1)}
    return Metric(**{"key": key, **plain, **shape, **said})


def _posts(key: str, **said: Said) -> Metric:
    return _metric(key, table="posts", expr=key, **said)


def _ratio(key: str, over: str, under: str, unit: str, **said: Said) -> Metric:
    return _metric(key, type="ratio", numerator=over, denominator=under, unit=unit, additive=False, **said)


CATALOGUE = {
    metric.key: metric
    for metric in (
        _posts("views"),
        _posts("reach", additive=False, not_additive_note="sum of post reaches, an upper bound"),
        _posts("engagements"),
        _metric("hashtag_posts", table="posts", agg="count", filter="has_campaign_hashtag"),
        _metric("orders", table="orders", agg="count"),
        _metric("paid_orders", table="orders", agg="count", filter="is_paid"),
        _metric("revenue", table="orders", expr="revenue", filter="is_paid", unit="money"),
        _metric("net_revenue", table="orders", expr="net_revenue", filter="is_paid", unit="money"),
        _metric("spend", table="spend", expr="amount", unit="money", direction="lower"),
        _metric("opens"),
        _ratio("engagement_rate_by_reach", "engagements", "reach", "share", basis="reach"),
        _ratio("average_order_value", "revenue", "paid_orders", "money", basis="paid orders"),
        _ratio("cost_per_order", "spend", "orders", "money", direction="lower", basis="orders"),
        _ratio("cpe", "spend", "engagements", "money", direction="lower", basis="engagements"),
        _ratio("open_rate", "opens", "views", "share", basis="delivered"),
        _metric(
            "roi",
            type="derived",
            expr="(net_revenue - spend) / spend",
            input_metrics=("net_revenue", "spend"),
            unit="share",
            additive=False,
        ),
    )
}


def at_least(value: str, stretch: str | None = None, currency: str | None = None) -> Target:
    return Target(op=">=", value=Decimal(value), stretch=_decimal(stretch), currency=currency)


def at_most(value: str, stretch: str | None = None) -> Target:
    return Target(op="<=", value=Decimal(value), stretch=_decimal(stretch))


def between(value: str, upper: str) -> Target:
    return Target(op="between", value=Decimal(value), upper=Decimal(upper))


def kpi(metric: str = "views", target: Target | None = None, **said: Said) -> Kpi:
    return Kpi(**{"key": metric.replace("_", "-"), "metric": metric, "place": HERE, **said},
               target=target or at_least("100"))  # fmt: skip


def tracking(kind: TrackingKind, value: str) -> Tracking:
    return Tracking(
        kind=kind, value=value, valid_from=date(2026, 6, 1), valid_to=date(2026, 7, 14), place=HERE
    )


def party(influencer: str, *marks: Tracking, **said: Said) -> Participation:
    return Participation(influencer=influencer, tracking=marks, place=HERE, **said)


def campaign(*kpis: Kpi, success: Rule = "all_primary", share: str | None = None, **said: Said) -> Campaign:
    usual: dict[str, Said] = {
        "key": "spring",
        "name": "Spring",
        "objective": "launch",
        "start": date(2026, 6, 1),
        "end": date(2026, 6, 30),
        "settle_days": 14,
        "influencers": (party("ana", tracking(TrackingKind.PROMO_CODE, "ANA10")), party("ben")),
        "place": HERE,
    }
    rule = SuccessRule(rule=success, share=_decimal(share))
    return Campaign(**{**usual, **said}, kpis=kpis or (kpi(),), success=rule)


def project(
    *campaigns: Campaign, goals: Iterable[Goal] = (), sources: Iterable[Source] = (), **settings: Said
) -> Project:
    usual = {"name": "Tea", "timezone": "Africa/Johannesburg", "currency": "ZAR"}
    return Project(
        settings=Settings(**{**usual, "goals": tuple(goals), **settings}),
        sources=tuple(sources),
        influencers=tuple(
            Influencer(key=key, name=key.capitalize(), followers={"instagram": 20000}, place=HERE)
            for key in ("ana", "ben")
        ),
        campaigns=campaigns,
        catalogue=CATALOGUE,
    )


def rows_of(text: str) -> list[dict[str, str]]:
    """Read a little table: cells between bars, the header first; an empty cell says nothing."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [{name: cell for name, cell in zip(lines[0], line, strict=True) if cell} for line in lines[1:]]


def cells(text: str, moment: date, campaign: str = "spring") -> list[Measure]:
    return [_cell({"campaign": campaign, "moment": moment.isoformat(), **row}) for row in rows_of(text)]


def judge(
    agreed: Campaign,
    table: str = "",
    day: date = DECIDED,
    *,
    posts: Sequence[Post] = (),
    files: Sequence[FileShown] = (),
    period: str | None = None,
    **settings: Said,
) -> CampaignResult:
    """Judge one campaign on a day, in the edition of that day's quarter (or another period)."""
    report = report_of(project(agreed, **settings), table, day, posts=posts, files=files, period=period)
    return report.campaigns[0]


def judge_kpi(agreed: Kpi, table: str = "", day: date = DECIDED, **said: Said) -> KpiResult:
    """Judge one KPI of the campaign `spring`."""
    return judge(campaign(agreed), table, day, **said).kpis[0]


def report_of(
    plan: Project,
    table: str = "",
    day: date = DECIDED,
    *,
    posts: Sequence[Post] = (),
    files: Sequence[FileShown] = (),
    period: str | None = None,
    benchmarks: Sequence[Benchmark] = (),
) -> Report:
    starts = plan.settings.fiscal_year_starts
    span = parse_period(period, starts) if period else period_of(day, "quarter", starts)
    edition = edition_period(span, day, plan.settings.grace_days)
    seen_from = evaluation_day(edition, day)
    found = [
        cell
        for agreed in plan.campaigns
        for cell in cells(table, verdict_moment(agreed, seen_from), agreed.key)
        if cell.campaign == agreed.key
    ]
    evidence = Evidence(files=tuple(files), known_on=tuple(shown.extracted_at.date() for shown in files))
    return evaluate(plan, edition, day, found, posts, evidence, benchmarks)


def post(post_id: str, influencer: str | None = "ana", **said: Said) -> Post:
    counters = {"views": 100, "reach": 80, "likes": 5, "comments": 3, "shares": 2, "saves": 1}
    usual = {
        "campaign": "spring",
        "platform": "instagram",
        "content_type": "reel",
        "published_on": date(2026, 6, 3),
        "caption": "",
        "permalink": "",
        "counters": counters,
    }
    return Post(**{**usual, **said}, post_id=post_id, influencer=influencer)


def days_later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def fraction(text: str) -> Fraction:
    return Fraction(text)


def _cell(row: Mapping[str, str]) -> Measure:
    rows = int(row.get("rows", 1))
    return Measure(
        campaign=row["campaign"],
        moment=date.fromisoformat(row["moment"]),
        metric=row["metric"],
        influencer=row.get("influencer"),
        platform=row.get("platform"),
        content_type=row.get("content_type"),
        numerator=_decimal(row.get("numerator")),
        denominator=_decimal(row.get("denominator")),
        covered=int(row.get("covered", rows)),
        rows=rows,
        as_at=date.fromisoformat(row["as_at"]) if "as_at" in row else None,
        rejects=0,
        blocked=row.get("blocked"),
        lines=_lines(row.get("lines")),
        denominator_lines=_lines(row.get("denominator_lines")),
    )


def _lines(text: str | None) -> tuple[Lines, ...]:
    """Read lines of files: `0:2-9 1:3` are lines 2 to 9 of file 0 and line 3 of file 1."""
    pairs = (part.split(":") for part in (text or "").split())
    return tuple(Lines(int(file), ranges) for file, ranges in pairs)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
