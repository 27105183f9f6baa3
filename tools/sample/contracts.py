"""The files below config/, written as a person would write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from sample.influencers import INFLUENCERS, Influencer
from sample.plan import Campaign, Part, money
from sample.platforms import SOURCES
from sample.posts import FORMATS, Post

PROJECT = """\
# Who we are, and what we promise ourselves.
name: Umoja performance
timezone: Africa/Johannesburg
currency: ZAR
fiscal_year_starts: january
editions: {week: 4, month: 3, quarter: all, year: all}
grace_days: 3
as_of: newest_extraction               # a sample has no data commits of its own
min_coverage: 80%
quality_gate: {rejected_share: 2%, stale: banner}
goals:
  - key: campaigns-meeting-kpis
    label: At least 80 % of campaigns meet or exceed their KPIs
    per: quarter
    denominator: decided
    target: {op: ">=", value: 80%}
    min_campaigns: 3
tiers: {nano: 0, micro: 10000, mid: 50000, macro: 500000, mega: 1000000}
authority:
  orders: shop
attribution: [promo_code, utm, hashtag]
"""

BUSINESS = """\
kpis:
  - key: revenue-2026
    label: Revenue of the year
    metric: revenue
    per: year
    target: {op: ">=", value: 1200000.00}
"""

METRICS = """\
# Our own metrics, besides the built-in ones.
metrics:
  - key: save_rate
    label: Save rate
    definition: Saves per account reached.
    type: ratio
    numerator: saves
    denominator: reach
    unit: share
    basis: reach
    direction: higher
    effective_from: 2026-01-01
"""

SHOP_SOURCES = """\
  # The shop, and the lists of money
  - key: shop
    format: shopify.orders_csv
    files: shop/orders-{extracted_at:%Y-%m-%d}*.csv   # one was saved twice, as ..._copy.csv
    timezone: Africa/Johannesburg
    currency: ZAR
    overlap: replaces
    freshness: {warn_after: 8d, error_after: 15d}
  - key: spend
    format: perftrack.spend
    files: spend/spend-{extracted_at:%Y-%m-%d}.csv
    overlap: replaces
    freshness: {warn_after: 20d, error_after: 40d}
  - key: fx
    format: perftrack.fx
    files: fx/fx-{extracted_at:%Y-%m-%d}.csv
    overlap: replaces
    freshness: {warn_after: 20d, error_after: 40d}
  - key: benchmarks
    format: perftrack.benchmarks
    files: benchmarks/benchmarks-{extracted_at:%Y-%m-%d}.csv
    overlap: replaces
"""


def config_files(campaigns: tuple[Campaign, ...], posts: tuple[Post, ...]) -> Iterator[tuple[str, str]]:
    """Give every file below `config/` as path and text."""
    yield "project.yml", PROJECT
    yield "business.yml", BUSINESS
    yield "metrics.yml", METRICS
    yield "sources.yml", sources()
    yield "influencers.yml", "influencers:\n" + "".join(map(influencer_entry, INFLUENCERS))
    for campaign in campaigns:
        yield f"campaigns/{campaign.key}.yml", contract(campaign, posts)


def sources() -> str:
    """Write config/sources.yml: platform by platform."""
    accounts = "  # Instagram: our influencers\n" + "".join(map(account_sources, INFLUENCERS))
    return "sources:\n" + SHOP_SOURCES + accounts + SOURCES


def account_sources(person: Influencer) -> str:
    return "".join(
        f"""\
  - key: ig-{person.key}-{name}
    format: instagram_graph.media_{name}
    files: instagram/{person.key}/{stem}-{{extracted_at:%Y-%m-%d}}.json
    account: {person.key}
    timezone: UTC
    overlap: cumulative
    freshness: {{warn_after: 8d, error_after: 15d}}
"""
        for name, stem in (("list", "media"), ("insights", "insights"))
    )


def influencer_entry(person: Influencer) -> str:
    also = "".join(
        f", {platform}: {handle}"
        for platform, handle in (("tiktok", person.tiktok), ("youtube", person.youtube))
        if handle
    )
    return f"""\
  - key: {person.key}
    name: {scalar(person.name)}
    niche: {scalar(person.niche)}
    country: {person.country}
    accounts: {{instagram: {person.handle}{also}}}
    followers: {{instagram: {person.followers}}}
"""


def contract(campaign: Campaign, posts: tuple[Post, ...]) -> str:
    agreed = campaign.agreed_on or campaign.start - timedelta(days=7)
    budget = money(campaign.budget)
    names = ", ".join(["marketing lead", *(part.influencer for part in campaign.parts)])
    lines = [
        f"name: {scalar(campaign.name)}",
        f"objective: {campaign.objective}",
        *([f"supports: {campaign.supports}"] if campaign.supports else []),
        f"brand: {campaign.brand}",
        f"start: {campaign.start}",
        f"end: {campaign.end}",
        f"settle_days: {campaign.settle_days}",
        f"budget: {budget}",
        f"agreed: {{on: {agreed}, by: [{names}], ref: contract-{campaign.start:%m%d}-{campaign.key[:3]}}}",
    ]
    if campaign.cancelled:
        on, because = campaign.cancelled
        lines.append(f"cancelled: {{on: {on}, because: {scalar(because)}}}")
    text = "\n".join(lines) + f"\nkpis:\n{campaign.kpis}success: {campaign.success}\ninfluencers:\n"
    text += "".join(participation(campaign, part, posts) for part in campaign.parts)
    return text + (f"adjustments:\n{campaign.adjustments}" if campaign.adjustments else "")


def participation(campaign: Campaign, part: Part, posts: tuple[Post, ...]) -> str:
    agreed = campaign.agreed_on or campaign.start - timedelta(days=7)
    lines = [f"  - influencer: {part.influencer}", f"    accepted_on: {agreed + timedelta(days=1)}"]
    if part.fee:
        lines.append(f"    fee: {money(part.fee)}")
    if delivered := deliverables(part):
        lines.append(f"    deliverables: {{{delivered}}}")
    if part.overrides:
        lines.append(f"    overrides: {part.overrides}")
    if rules := list(tracking(campaign, part)):
        lines += ["    tracking:", *(f"      - {rule}" for rule in rules)]
    if part.named:
        ids = [f"instagram:{post.post_id}" for post in posts if belongs(post, campaign, part)]
        lines.append(f"    posts: [{', '.join(ids)}]")
    return "\n".join(lines) + "\n"


def deliverables(part: Part) -> str:
    letters = part.formats + "i" * part.hidden + "s" * part.story
    return ", ".join(f"{name}: {letters.count(key)}" for key, name in FORMATS.items() if key in letters)


def tracking(campaign: Campaign, part: Part) -> Iterator[str]:
    if part.code and part.code_until:
        yield f"{{promo_code: {part.code}, from: {campaign.start}, to: {part.code_until}}}"
    elif part.code:
        yield f"{{promo_code: {part.code}}}"
    if part.utm:
        yield f"{{utm_campaign: {campaign.key}, utm_content: {part.influencer}}}"
        yield f"{{link: umoja.example/{part.influencer}/{campaign.hashtag}}}"
    if not part.named:
        yield f'{{hashtag: "#{campaign.hashtag}"}}'


def belongs(post: Post, campaign: Campaign, part: Part) -> bool:
    return (post.campaign, post.influencer) == (campaign.key, part.influencer)


def scalar(text: str) -> str:
    """Quote a text where YAML would read it otherwise."""
    if re.fullmatch(r"[^\W\d][\w .,()/-]*", text):
        return text
    if '"' in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
