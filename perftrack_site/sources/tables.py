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

    def row(self, **cells: Cell) -> tuple[str, tuple[Cell, ...]]:
        """Make a row without its origin, by the columns' names; answers it beside the table's name.

        Columns that are not named are null. Raises KeyError for a name that is no column of this table.
        """
        if unknown := cells.keys() - self.columns.keys():
            raise KeyError(f"{self.name} has no column {', '.join(sorted(unknown))}")
        return self.name, tuple([cells.get(column) for column in self.columns])


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
        "witness": TEXT,  # insights (an API's), export (a person's), list; believed in this order
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

# --- what a platform counts: running totals, days and longer spans are kept apart and never added together ---

POST_DAYS = Table(
    "post_days",
    "one row per post, day and counter: what was added on that day of the platform's calendar",
    {
        "platform": TEXT,
        "post_id": TEXT,
        "day": DAY,
        "counter": TEXT,  # as in post_counts
        "value": COUNT,  # may be negative: likes are taken back
        "definition": TEXT,
        "is_provisional": FLAG,  # the platform may still change it
    },
    ("platform", "post_id", "day", "counter"),
)

POST_SPANS = Table(
    "post_spans",
    "one row per post, span of days and counter: a total over the whole span, both days in it",
    {
        "platform": TEXT,
        "post_id": TEXT,
        "from_day": DAY,
        "to_day": DAY,
        "counter": TEXT,
        "value": COUNT,
        "definition": TEXT,
        "is_provisional": FLAG,
    },
    ("platform", "post_id", "from_day", "to_day", "counter"),
)

ACCOUNT_TOTALS = Table(
    "account_totals",
    "one row per account, moment and counter: a running total as the platform showed it at known_at",
    {
        "platform": TEXT,  # an e-mail list is an account of the platform `email`
        "account": TEXT,  # handle or id, normalised as in posts
        "counter": TEXT,  # followers subscribers unsubscribes posts likes views
        "value": COUNT,
        "definition": TEXT,
    },
    ("platform", "account", "counter"),
)

ACCOUNT_DAYS = Table(
    "account_days",
    "one row per account, day and counter: what was added on that day, or `followers` at its end",
    {
        "platform": TEXT,
        "account": TEXT,
        "day": DAY,
        # views impressions reach likes comments shares saves interactions clicks profile_visits posts
        # followers (a level) followers_gained followers_lost followers_net viewers new_viewers returning_viewers
        # watch_milliseconds video_views
        "counter": TEXT,
        "value": COUNT,
        "definition": TEXT,
        "is_provisional": FLAG,
    },
    ("platform", "account", "day", "counter"),
)

ACCOUNT_SPANS = Table(
    "account_spans",
    "one row per account, span of days and counter: a total over the whole span, both days in it",
    {
        "platform": TEXT,
        "account": TEXT,
        "from_day": DAY,
        "to_day": DAY,
        "counter": TEXT,
        "value": COUNT,
        "definition": TEXT,
        "is_provisional": FLAG,
    },
    ("platform", "account", "from_day", "to_day", "counter"),
)

ACCOUNT_HOURS = Table(
    "account_hours",
    "one row per account, day, hour of the platform's clock and counter",
    {
        "platform": TEXT, "account": TEXT, "day": DAY, "hour": COUNT, "counter": TEXT, "value": COUNT,
        "is_provisional": FLAG,
    },
    ("platform", "account", "day", "hour", "counter"),
)  # fmt: skip

AUDIENCE_SHARES = Table(
    "audience_shares",
    "one row per account, snapshot, dimension and part of it: how an audience is made up",
    {
        "platform": TEXT,
        "account": TEXT,
        "audience": TEXT,  # followers viewers
        "dimension": TEXT,  # gender age age_gender country city territory
        "part": TEXT,
        "share": RATE,  # fraction of one; null where only the number is told
        "number": COUNT,  # people; null where only the share is told
    },
    ("platform", "account", "audience", "dimension", "part"),
)

EARNINGS = Table(
    "earnings",
    "one row per account, post (null: the whole account) and span: what a platform says it will pay, an estimate",
    {
        "platform": TEXT, "account": TEXT, "post_id": TEXT, "from_day": DAY, "to_day": DAY, "amount": MONEY,
        "currency": TEXT,
    },
    ("platform", "account", "post_id", "from_day", "to_day"),
)  # fmt: skip

# --- website and search ----------------------------------------------------------------------------

_WEB = {
    # The dimensions this row is told by; null where the report is not broken down by them.
    "utm_source": TEXT,
    "utm_medium": TEXT,
    "utm_campaign": TEXT,
    "utm_content": TEXT,
    "utm_term": TEXT,
    "channel_group": TEXT,
    "landing_page": TEXT,
    "country": TEXT,
    "city": TEXT,
    "device": TEXT,
    "event": TEXT,
    "other": TEXT,  # a dimension we have no column for, `name=value`, several joined with ` & `
    "breakdown": TEXT,  # the names of the report's dimensions, sorted, joined with `,`; rows of two never add
    "sessions": COUNT,
    "engaged_sessions": COUNT,
    "users": COUNT,
    "active_users": COUNT,
    "new_users": COUNT,
    "page_views": COUNT,
    "conversions": COUNT,
    "events": COUNT,
    "orders": COUNT,
    "revenue": MONEY,
    "currency": TEXT,
    "engagement_milliseconds": COUNT,
    "is_provisional": FLAG,
}
_WEB_KEY = (
    "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "channel_group", "landing_page",
    "country", "city", "device", "event", "other", "breakdown",
)  # fmt: skip

WEB_DAYS = Table(
    "web_days",
    "one row per website, day and value of the report's dimensions",
    {"site": TEXT, "day": DAY, **_WEB},
    ("site", "day", *_WEB_KEY),
)

WEB_SPANS = Table(
    "web_spans",
    "one row per website, span of days and value of the report's dimensions: a total over the whole span",
    {"site": TEXT, "from_day": DAY, "to_day": DAY, **_WEB},
    ("site", "from_day", "to_day", *_WEB_KEY),
)

_SEARCH = {
    "query": TEXT,
    "page": TEXT,
    "country": TEXT,
    "device": TEXT,
    "appearance": TEXT,
    # The report's dimensions besides the day, sorted, joined with `,`; empty: the true totals. Anonymous queries are
    # missing by query, pages count more than once by page: only the empty breakdown adds up to what happened.
    "breakdown": TEXT,
    "clicks": COUNT,
    "impressions": COUNT,
    "position": RATE,  # average over the impressions of this row; 1 is the top
    "is_provisional": FLAG,
}
_SEARCH_KEY = ("query", "page", "country", "device", "appearance", "breakdown")

SEARCH_DAYS = Table(
    "search_days",
    "one row per website, day and value of the report's dimensions",
    {"site": TEXT, "day": DAY, **_SEARCH},
    ("site", "day", *_SEARCH_KEY),
)

SEARCH_SPANS = Table(
    "search_spans",
    "one row per website, span of days and value of the report's dimensions: a total over the whole span",
    {"site": TEXT, "from_day": DAY, "to_day": DAY, **_SEARCH},
    ("site", "from_day", "to_day", *_SEARCH_KEY),
)

LINK_CLICKS = Table(
    "link_clicks",
    "one row per short link and day: its clicks, machines and previews among them",
    {
        "link": TEXT,
        "day": DAY,
        "clicks": COUNT,
        "is_provisional": FLAG,
    },  # link: host and path, lower case host
    ("link", "day"),
)

PAGE_BEHAVIOUR = Table(
    "page_behaviour",
    "one row per website, span of days, page (null: all), part of the visitors and measure",
    {
        "site": TEXT,
        "from_day": DAY,
        "to_day": DAY,
        "page": TEXT,
        "part": TEXT,  # `device=Mobile`, `os=Android`; null: all
        # sessions bot_sessions users pages_per_session scroll_depth total_seconds active_seconds visits
        # dead_clicks rage_clicks quick_backs excessive_scrolls script_errors error_clicks
        "measure": TEXT,
        "value": MONEY,
    },
    ("site", "from_day", "to_day", "page", "part", "measure"),
)

# --- money ------------------------------------------------------------------------------------------

PAYMENTS = Table(
    "payments",
    "one row per payment and snapshot, as the payment service tells it",
    {
        "provider": TEXT,  # the source's key
        "payment_id": TEXT,
        "paid_at": MOMENT,
        "paid_on": DAY,
        "status": TEXT,  # paid pending failed refunded partially_refunded disputed
        "currency": TEXT,  # upper case
        "amount": MONEY,  # in major units
        "refunded": MONEY,
        "fee": MONEY,
        "settled_amount": MONEY,  # in settled_currency
        "settled_currency": TEXT,
        "promo_code": TEXT,
        "utm_campaign": TEXT,
        "utm_content": TEXT,
        "utm_source": TEXT,
        "utm_medium": TEXT,
        "reference": TEXT,  # what the shop called it
        "customer_key": TEXT,
        "is_test": FLAG,
    },
    ("provider", "payment_id"),
)

AFFILIATE_TRANSACTIONS = Table(
    "affiliate_transactions",
    "one row per transaction of an affiliate network and snapshot; approved and declined weeks later",
    {
        "network": TEXT,
        "transaction_id": TEXT,
        "clicked_at": MOMENT,
        "occurred_at": MOMENT,
        "occurred_on": DAY,
        "status": TEXT,  # pending approved declined
        "currency": TEXT,
        "amount": MONEY,  # may be negative: a correction
        "commission": MONEY,
        "click_ref": TEXT,
        "promo_code": TEXT,
        "device": TEXT,
        "decline_reason": TEXT,
    },
    ("network", "transaction_id"),
)

_ADS = {
    "ad_campaign": TEXT,
    "ad_group": TEXT,
    "ad": TEXT,
    "currency": TEXT,
    "spend": MONEY,
    "impressions": COUNT,
    "reach": COUNT,  # never adds up over days
    "clicks": COUNT,
    "conversions": COUNT,
    "conversion_value": MONEY,
    "video_views": COUNT,
    "likes": COUNT,
    "comments": COUNT,
    "shares": COUNT,
    "follows": COUNT,
    "profile_visits": COUNT,
    "is_provisional": FLAG,
}

AD_DAYS = Table(
    "ad_days",
    "one row per advertising account, day and ad (or ad group, or campaign: the finest the report tells)",
    {"platform": TEXT, "account": TEXT, "day": DAY, **_ADS},
    ("platform", "account", "day", "ad_campaign", "ad_group", "ad"),
)

AD_SPANS = Table(
    "ad_spans",
    "one row per advertising account, span of days and ad: totals over the whole span",
    {"platform": TEXT, "account": TEXT, "from_day": DAY, "to_day": DAY, **_ADS},
    ("platform", "account", "from_day", "to_day", "ad_campaign", "ad_group", "ad"),
)

TRACKED_SALES = Table(
    "tracked_sales",
    "one row per line of a hand-kept tracking sheet: what a campaign's or influencer's code or link sold on a day",
    {
        "day": DAY, "campaign": TEXT, "influencer": TEXT, "channel": TEXT, "product": TEXT, "customer_key": TEXT,
        "orders": COUNT, "revenue": MONEY, "currency": TEXT,
    },
    (),
)  # fmt: skip

PAYOUTS = Table(
    "payouts",
    "one row per influencer and basis of a hand-kept payout sheet",
    {
        "influencer": TEXT, "basis": TEXT, "rate": MONEY, "orders": COUNT, "amount": MONEY, "currency": TEXT,
    },
    (),
)  # fmt: skip

# --- e-mail -----------------------------------------------------------------------------------------

EMAILS = Table(
    "emails",
    "one row per mailing and snapshot: running totals as the service showed them at known_at",
    {
        "provider": TEXT,
        "email_id": TEXT,
        "list": TEXT,
        "title": TEXT,
        "subject": TEXT,
        "sent_at": MOMENT,  # null where the export tells no zone
        "sent_on": DAY,
        "sent": COUNT,
        "delivered": COUNT,
        "hard_bounces": COUNT,
        "soft_bounces": COUNT,
        "opens": COUNT,
        "unique_opens": COUNT,
        "unique_opens_by_people": COUNT,  # without machines that open mail
        "clicks": COUNT,
        "unique_clicks": COUNT,
        "unsubscribes": COUNT,
        "complaints": COUNT,
        "orders": COUNT,
        "revenue": MONEY,
        "currency": TEXT,
    },
    ("provider", "email_id"),
)

# --- what people say --------------------------------------------------------------------------------

COMMENTS = Table(
    "comments",
    "one row per comment and snapshot",
    {
        "platform": TEXT,
        "comment_id": TEXT,
        "post_id": TEXT,
        "parent_id": TEXT,  # the comment it answers
        "posted_at": MOMENT,
        "posted_on": DAY,
        "author_key": TEXT,  # keyed hash; the name never passes the reader
        "text": TEXT,
        "like_count": COUNT,
    },
    ("platform", "comment_id"),
)

MENTIONS = Table(
    "mentions",
    "one row per mention that social listening found",
    {
        "mention_id": TEXT, "platform": TEXT, "day": DAY, "campaign": TEXT, "hashtag": TEXT, "permalink": TEXT,
        "text": TEXT, "reach": COUNT, "sentiment": TEXT,
    },
    ("mention_id",),
)  # fmt: skip

ENQUIRIES = Table(
    "enquiries",
    "one row per enquiry, sign-up or other lead",
    {
        "enquiry_id": TEXT, "day": DAY, "kind": TEXT, "channel": TEXT, "campaign": TEXT, "influencer": TEXT,
        "promo_code": TEXT, "utm_campaign": TEXT, "utm_content": TEXT, "utm_source": TEXT, "utm_medium": TEXT,
    },
    ("enquiry_id",),
)  # fmt: skip

SURVEY_ANSWERS = Table(
    "survey_answers",
    "one row per answer to a question of a survey",
    {
        "survey": TEXT, "answer_id": TEXT, "day": DAY, "campaign": TEXT, "influencer": TEXT,
        "respondent": TEXT,  # influencer audience customer
        "question": TEXT, "score": RATE, "scale_top": RATE, "answer": TEXT,
    },
    ("survey", "answer_id", "question"),
)  # fmt: skip

FEEDBACK = Table(
    "feedback",
    "one row per thing that an influencer or the audience told us",
    {
        "day": DAY, "campaign": TEXT, "influencer": TEXT,
        "told_by": TEXT,  # influencer audience team
        "topic": TEXT,  # content_process reception challenge format platform other
        "text": TEXT,
    },
    (),
)  # fmt: skip

EXPERIMENT_DAYS = Table(
    "experiment_days",
    "one row per experiment, variant and day",
    {
        "experiment": TEXT, "variant": TEXT, "day": DAY, "exposures": COUNT, "conversions": COUNT, "value": MONEY,
        "currency": TEXT,
    },
    ("experiment", "variant", "day"),
)  # fmt: skip

TABLES = {
    table.name: table
    for table in (
        POSTS, POST_COUNTS, POST_DAYS, POST_SPANS, ACCOUNT_TOTALS, ACCOUNT_DAYS, ACCOUNT_SPANS, ACCOUNT_HOURS,
        AUDIENCE_SHARES, EARNINGS, WEB_DAYS, WEB_SPANS, SEARCH_DAYS, SEARCH_SPANS, LINK_CLICKS, PAGE_BEHAVIOUR,
        ORDERS, ORDER_LINES, PAYMENTS, AFFILIATE_TRANSACTIONS, AD_DAYS, AD_SPANS, SPEND, TRACKED_SALES, PAYOUTS, FX,
        EMAILS, COMMENTS, MENTIONS, ENQUIRIES, SURVEY_ANSWERS, FEEDBACK, EXPERIMENT_DAYS, BENCHMARKS,
    )
}  # fmt: skip
