"""The canonical tables: what every platform's file is turned into.

A loader yields rows of these tables and nothing else; the warehouse takes its column types from here.
Every row ends with where it came from: file (index of the snapshot), first and last line, known time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | bool | Decimal | date | datetime | tuple[str, ...] | None

# DuckDB types. Money and rates are DECIMAL, counters BIGINT, ids VARCHAR, moments TIMESTAMP (UTC, no zone).
TEXT, COUNT, MONEY, RATE, DAY, MOMENT, FLAG = (
    "VARCHAR", "BIGINT", "DECIMAL(18,4)", "DECIMAL(18,8)", "DATE", "TIMESTAMP", "BOOLEAN",
)  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A canonical table: its columns in order, and the columns that name one thing (the natural key).

    A later snapshot of a source that `replaces` takes the place of earlier rows with the same key; a table
    without a key (our own hand-kept lists) is replaced whole by the newer file of its source.
    """

    name: str
    grain: str
    columns: dict[str, str]
    key: tuple[str, ...]


ORIGIN = {
    "source": TEXT,  # key of the source in config/sources.yml
    "file": COUNT,  # index into the list of snapshots
    "first_line": COUNT,
    "last_line": COUNT,
    "known_at": MOMENT,  # when the snapshot was extracted, UTC
    "known_on": DAY,  # the same as a day of the business calendar
}

POSTS = Table(
    "posts",
    "one row per post and snapshot: what a post is",
    {
        "platform": TEXT,
        "post_id": TEXT,
        "account": TEXT,  # handle of the account at the platform, normalised: lower case, no '@'
        "published_at": MOMENT,  # UTC
        "published_on": DAY,  # in the business time zone
        "content_type": TEXT,  # image carousel video reel story short text link live
        "caption": TEXT,
        "hashtags": "VARCHAR[]",  # normalised: NFKC, case-folded, without '#'
        "permalink": TEXT,
        "is_paid_partnership": FLAG,
    },
    ("platform", "post_id"),
)

POST_COUNTS = Table(
    "post_counts",
    "one row per post, moment and counter: a running total as the platform showed it at known_at",
    {
        "platform": TEXT,
        "post_id": TEXT,
        # views reach likes comments shares saves interactions clicks follows profile_visits
        # watch_milliseconds avg_watch_milliseconds
        "counter": TEXT,
        "value": COUNT,
        "witness": TEXT,  # insights or list: insights are believed first
        "definition": TEXT,  # what the platform called it: views, plays, legacy_impressions, like_count ...
    },
    ("platform", "post_id", "counter"),
)

ORDERS = Table(
    "orders",
    "one row per order and snapshot",
    {
        "shop": TEXT,  # the source's key
        "order_id": TEXT,
        "ordered_at": MOMENT,  # UTC
        "ordered_on": DAY,  # in the business time zone
        "status": TEXT,  # paid pending authorized partially_paid refunded partially_refunded voided
        "currency": TEXT,
        "subtotal": MONEY,  # net of discounts, before shipping and tax, before refunds
        "discount": MONEY,
        "shipping": MONEY,
        "tax": MONEY,
        "total": MONEY,
        "refunded": MONEY,
        "promo_codes": "VARCHAR[]",  # normalised: NFKC, upper case
        "utm_campaign": TEXT,
        "utm_content": TEXT,
        "utm_source": TEXT,
        "utm_medium": TEXT,
        "customer_key": TEXT,
        "is_cancelled": FLAG,
        "is_test": FLAG,
    },
    ("shop", "order_id"),
)

ORDER_LINES = Table(
    "order_lines",
    "one row per order line and snapshot",
    {
        "shop": TEXT,
        "order_id": TEXT,
        "line_number": COUNT,
        "sku": TEXT,
        "title": TEXT,
        "quantity": COUNT,
        "price": MONEY,
        "discount": MONEY,
    },
    ("shop", "order_id", "line_number"),
)

SPEND = Table(
    "spend",
    "one row per payment or cost",
    {
        "day": DAY,
        "campaign": TEXT,
        "influencer": TEXT,  # null: the whole campaign's
        "cost_type": TEXT,  # fee product ad_spend production commission
        "amount": MONEY,
        "currency": TEXT,
        "reference": TEXT,
    },
    (),
)

FX = Table(
    "fx",
    "one row per day and currency pair: one unit of `base` is `rate` units of `quote`",
    {"day": DAY, "base": TEXT, "quote": TEXT, "rate": RATE},
    (),
)

BENCHMARKS = Table(
    "benchmarks",
    "one row per outside figure: a statistic of a metric among accounts of a platform and tier",
    {
        "platform": TEXT,
        "tier": TEXT,  # null: any
        "sector": TEXT,  # null: any
        "content_type": TEXT,  # null: any
        "metric": TEXT,
        "basis": TEXT,
        "statistic": TEXT,  # median, mean, upper quartile ... as its publisher calls it
        "value": RATE,  # in the metric's base unit: a share is a fraction of one
        "sample": COUNT,  # null: not told
        "year": COUNT,
        "published_by": TEXT,  # `source` is the key of ours that read it
    },
    (),
)

TABLES = {table.name: table for table in (POSTS, POST_COUNTS, ORDERS, ORDER_LINES, SPEND, FX, BENCHMARKS)}
