"""The tables of a page as CSV files, for spreadsheets; columns and rules stand in docs/downloads.md.

Numbers are exact and stay numbers; text that a spreadsheet would run as a formula gets an apostrophe.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from perftrack_site.evaluation.report import (
    CampaignResult,
    FileShown,
    GoalCount,
    GoalResult,
    InfluencerResult,
    KpiResult,
    Number,
    ParticipationShown,
    PlatformFeeds,
    PostShown,
    RejectShown,
    Report,
    SourceCover,
)
from perftrack_site.evaluation.shown import rounded

from .campaigns import all_kpis
from .page import Page, beside, link
from .text import JOINERS, Trusted, normalise

Cell = str | int | Fraction | date | None
Row = Mapping[str, Cell]

RESULTS = "results.json"
BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows UTF-8
DIGITS = 15  # after the point, of a number whose decimals do not end
YES_NO = {True: "yes", False: "no", None: None}
FORMULA = frozenset("=+-@\N{MINUS SIGN}")
COUNTERS = ("views", "reach", "likes", "comments", "shares", "saves")

GOALS = (
    *("goal", "period", "met", "missed", "pending", "excluded", "denominator", "share"),
    *("best", "worst", "reached", "why"),
)
CAMPAIGNS = (
    *("campaign", "name", "brand", "objective", "start", "end", "decided_on", "state", "verdict", "pace"),
    *("reason", "kpis", "kpis_decided", "kpis_met", "influencers", "budget", "currency"),
)
KPIS = (
    *("campaign", "kpi", "label", "influencer", "metric", "scope", "basis", "unit", "currency", "primary"),
    *("counts", "op", "target", "upper", "stretch", "actual", "numerator", "denominator", "gap"),
    *("needed_now", "per_day", "verdict", "pace", "covered", "rows", "reason"),
)
PARTICIPATIONS = (
    *("campaign", "influencer", "name", "accepted_on", "fee", "fee_currency", "posts_agreed"),
    *("posts_delivered", "currency"),
)  # and a column for each total
POSTS = (
    *("campaign", "post", "influencer", "platform", "content_type", "published_on", "engagements"),
    *(*COUNTERS, "hidden", "permalink", "caption"),
)
INFLUENCERS = ("influencer", "name", "niche", "country", "tier", "followers", "campaigns")
FILES = (
    *("file", "source", "format", "extracted_at_utc", "records", "accepted", "rejected", "duplicates"),
    *("skipped", "notices", "blob"),
)
COVERS = (
    *("source", "platform", "first_day", "last_day", "days", "provisional_days", "missing_days"),
    *("told_again", "restated"),
)
MATRIX = ("platform", "metric", "enters_kpis")
WITNESSES = ("month", "kind", "source", "currency", "sales", "amount")
REJECTS = ("file", "first_line", "last_line", "column", "rule", "reason")


@dataclass(frozen=True)
class Download:
    name: str
    address: Trusted


def offer(page: Page, tables: Mapping[str, str]) -> Page:
    """Put tables beside a page; its template links them, and its results.json, as `downloads`."""
    files = {**page.files, **{beside(page.path, name): content for name, content in tables.items()}}
    names = [name for name in (*tables, RESULTS) if beside(page.path, name) in files]
    downloads = tuple(Download(name, link(page.path, beside(page.path, name))) for name in names)
    return replace(page, values={**page.values, "downloads": downloads}, files=files)


def table(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """Write rows as CSV (RFC 4180, UTF-8 with its mark); a column a row does not have stays empty."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue()


def cell(value: Cell) -> str:
    """Write a value as a cell: a number in plain digits, a day in ISO form, text that is no formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    return decimal(Fraction(value)) if isinstance(value, int | Fraction) else value.isoformat()


def harmless(words: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula, in whatever width."""
    shown = normalise(words)
    first = unicodedata.normalize("NFKC", shown.lstrip(f"{JOINERS} "))[:1]
    return f"'{shown}" if first in FORMULA else shown


def decimal(value: Fraction) -> str:
    """Write a number with all its digits where they end, else rounded to 15 after the point."""
    digits = _digits_after_the_point(value)
    scaled = int(rounded(value, digits) * 10**digits)
    whole, part = divmod(abs(scaled), 10**digits)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"


def _digits_after_the_point(value: Fraction) -> int:
    rest, powers = value.denominator, {2: 0, 5: 0}
    for prime in powers:
        while rest % prime == 0:
            rest //= prime
            powers[prime] += 1
    return max(powers.values()) if rest == 1 else DIGITS


# --- one table each ------------------------------------------------------------------------------


def home_tables(report: Report) -> Mapping[str, str]:
    """Give the goals over time, and the campaigns of the edition."""
    return {"goals.csv": _goals(report.goals), **campaign_list(report)}


def campaign_list(report: Report) -> Mapping[str, str]:
    """Give the campaigns of the edition."""
    shown = [_campaign(found) for found in report.campaigns if found.in_edition]
    return {"campaigns.csv": table(shown, CAMPAIGNS)}


def campaign_tables(campaign: CampaignResult) -> Mapping[str, str]:
    """Give a campaign's KPIs, those of its influencers too, its influencers and its posts."""
    return {
        "kpis.csv": table([_kpi(campaign, kpi) for kpi in all_kpis(campaign)], KPIS),
        "influencers.csv": _participations(campaign),
        "posts.csv": table([_post(campaign, post) for post in campaign.posts], POSTS),
    }


def influencer_list(report: Report) -> Mapping[str, str]:
    """Give everybody who is part of a campaign."""
    return {"influencers.csv": table([_influencer(found) for found in report.influencers], INFLUENCERS)}


def influencer_tables(report: Report, key: str) -> Mapping[str, str]:
    """Give an influencer's own KPIs and posts in all campaigns."""
    kpis = [
        _kpi(campaign, kpi)
        for campaign in report.campaigns
        for part in campaign.influencers
        if part.influencer == key
        for kpi in part.kpis
    ]
    posts = [
        _post(campaign, post)
        for campaign in report.campaigns
        for post in campaign.posts
        if post.influencer == key
    ]
    return {"kpis.csv": table(kpis, KPIS), "posts.csv": table(posts, POSTS)}


def quality_tables(report: Report) -> Mapping[str, str]:
    """Give the ledger of every file, and every reject without what was rejected."""
    return {
        "files.csv": table([_file(found) for found in report.quality.files], FILES),
        "rejects.csv": table([_reject(found) for found in report.quality.rejects], REJECTS),
    }


def integration_tables(report: Report) -> Mapping[str, str]:
    """Give what each source covers, what each platform feeds, and what witnesses tell of the same sales."""
    found = report.integration
    return {
        "sources.csv": table([_cover(one) for one in found.sources], COVERS),
        "platforms.csv": table([row for one in found.platforms for row in _feeds(one)], MATRIX),
        "witnesses.csv": table([_fields(one, WITNESSES) for one in found.witnesses], WITNESSES),
    }


def _cover(found: SourceCover) -> Row:
    missing = sum((gap.to_day - gap.from_day).days + 1 for gap in found.gaps)
    return {**_fields(found, COVERS), "source": found.key, "missing_days": missing if found.days else None}


def _feeds(found: PlatformFeeds) -> list[Row]:
    kept = {**dict.fromkeys(found.metrics, "yes"), **dict.fromkeys(found.waiting, "no")}
    return [
        {"platform": found.platform, "metric": metric, "enters_kpis": kept[metric]} for metric in sorted(kept)
    ]


def _goals(goals: Iterable[GoalResult]) -> str:
    return table([_goal(goal.key, found) for goal in goals for found in (*goal.history, goal.current)], GOALS)


def _goal(key: str, found: GoalCount) -> Row:
    counted = {role: len(getattr(found, role)) for role in ("met", "missed", "pending", "excluded")}
    shares = {name: getattr(found, name) for name in ("denominator", "share", "best", "worst", "why")}
    return {"goal": key, "period": found.period, **counted, **shares, "reached": YES_NO[found.reached]}


def _campaign(campaign: CampaignResult) -> Row:
    counted = {"kpis": len(all_kpis(campaign)), "influencers": len(campaign.influencers)}
    return {**_fields(campaign, CAMPAIGNS), **counted, "campaign": campaign.key}


def _kpi(campaign: CampaignResult, kpi: KpiResult) -> Row:
    agreed = {**_fields(kpi.target, KPIS), **_fields(kpi, KPIS), "basis": kpi.actual.basis}
    row = {
        **agreed,
        "campaign": campaign.key,
        "kpi": kpi.key,
        "target": kpi.target.value,
        "primary": YES_NO[kpi.primary],
        "counts": YES_NO[kpi.counts],
    }
    return row if campaign.state == "planned" else {**row, **_actual(kpi)}


def _actual(kpi: KpiResult) -> Row:
    numerator, denominator = _parts(kpi.actual)
    return {
        "actual": kpi.actual.value,
        "numerator": numerator,
        "denominator": denominator,
        "covered": kpi.actual.covered,
        "rows": kpi.actual.rows,
        "reason": kpi.reason or kpi.actual.why,
    }


def _parts(number: Number) -> tuple[Cell, Cell]:
    """Find what was divided by what: two totals of the receipt, else, where decimals do not end, the fraction."""
    totals = [part.total for part in number.receipt.inputs] if number.receipt else []
    match totals:
        case [Fraction() as above, Fraction() as below] if below and above / below == number.value:
            return above, below
    if number.value is None or number.value.denominator == 1:
        return None, None
    return number.value.numerator, number.value.denominator


def _participations(campaign: CampaignResult) -> str:
    metrics = dict.fromkeys(number.metric for part in campaign.influencers for number in part.totals)
    rows = [_participation(campaign, part) for part in campaign.influencers]
    return table(rows, (*PARTICIPATIONS, *metrics))


def _participation(campaign: CampaignResult, part: ParticipationShown) -> Row:
    begun = campaign.state != "planned"
    return {
        **_fields(part, PARTICIPATIONS),
        "campaign": campaign.key,
        "posts_agreed": sum(part.deliverables.values()),
        "posts_delivered": sum(part.delivered.values()) if begun else None,
        "currency": campaign.currency,
        **{number.metric: number.value for number in part.totals if begun},
    }


def _post(campaign: CampaignResult, post: PostShown) -> Row:
    return {
        **_fields(post, POSTS),
        **post.counters,
        "campaign": campaign.key,
        "post": f"{post.platform}:{post.post_id}",  # as contracts write it; bare, a spreadsheet would round it
        "hidden": ", ".join(post.hidden),
    }


def _influencer(found: InfluencerResult) -> Row:
    followers = max(found.followers.values(), default=None)
    own = {"influencer": found.key, "followers": followers, "campaigns": len(found.campaigns)}
    return {**_fields(found, INFLUENCERS), **own}


def _file(found: FileShown) -> Row:
    return {
        **_fields(found, FILES),
        "file": found.path,
        "extracted_at_utc": found.extracted_at,
        "skipped": sum(part.records for part in found.skipped),
        "notices": "; ".join(found.notices),
    }


def _reject(found: RejectShown) -> Row:
    return {**_fields(found, REJECTS), "file": found.path}


def _fields(found: object, columns: Sequence[str]) -> dict[str, Cell]:
    """Take the fields that are called like a column and hold a single value."""
    values = {name: getattr(found, name) for name in columns if hasattr(found, name)}
    return {name: value for name, value in values.items() if isinstance(value, Cell)}
