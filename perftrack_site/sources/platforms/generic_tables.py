"""What a mapping may name: the columns and counters of each canonical table, and what it must name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from perftrack_site.sources.tables import PAGE_BEHAVIOUR, POST_COUNTS, POSTS, TABLES, Table

COUNTERS = frozenset(
    {
        "views", "impressions", "reach", "likes", "comments", "shares", "saves", "interactions", "clicks", "follows",
        "profile_visits", "watch_milliseconds", "avg_watch_milliseconds", "completed_plays", "engaged_views",
        "video_views", "viewers", "new_viewers", "returning_viewers", "link_clicks", "posts", "followers",
        "followers_gained", "followers_lost", "followers_net", "active_followers", "subscribers", "subscribers_gained",
        "subscribers_lost", "unsubscribes",
    }
)  # fmt: skip
BEHAVIOUR = frozenset(
    {
        "sessions", "bot_sessions", "users", "pages_per_session", "scroll_depth", "total_seconds", "active_seconds",
        "visits", "dead_clicks", "rage_clicks", "quick_backs", "excessive_scrolls", "script_errors", "error_clicks",
    }
)  # fmt: skip

COUNTED: Mapping[str, tuple[Table, frozenset[str]]] = {
    POSTS.name: (POST_COUNTS, COUNTERS),  # a list of posts mostly holds their numbers too
    PAGE_BEHAVIOUR.name: (PAGE_BEHAVIOUR, BEHAVIOUR),
    **{table.name: (table, COUNTERS) for table in TABLES.values() if "counter" in table.columns},
}
NOT_NAMED = frozenset({"counter", "measure", "value", "definition"})  # what `counters` says

# What no source and no file name can say in the mapping's place. A day `..._on` may come from its moment `..._at`.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "posts": ("post_id",),
    "post_counts": ("post_id",),
    "post_days": ("post_id", "day"),
    "post_spans": ("post_id",),
    "account_totals": (),
    "account_days": ("day",),
    "account_spans": (),
    "account_hours": ("day", "hour"),
    "audience_shares": ("audience", "dimension", "part"),
    "earnings": ("amount",),
    "web_days": ("day",),
    "web_spans": (),
    "search_days": ("day",),
    "search_spans": (),
    "link_clicks": ("day", "clicks"),
    "page_behaviour": (),
    "orders": ("order_id", "ordered_on"),
    "order_lines": ("order_id", "line_number"),
    "payments": ("payment_id", "paid_on", "amount"),
    "affiliate_transactions": ("transaction_id", "occurred_on", "amount"),
    "ad_days": ("day",),
    "ad_spans": (),
    "spend": ("day", "campaign", "cost_type", "amount"),
    "tracked_sales": ("day",),
    "payouts": ("influencer", "amount"),
    "fx": ("day", "base", "quote", "rate"),
    "emails": ("email_id",),
    "comments": ("comment_id", "text"),
    "mentions": ("mention_id", "day"),
    "enquiries": ("enquiry_id", "day"),
    "survey_answers": ("survey", "answer_id", "question"),
    "feedback": ("told_by", "topic", "text"),
    "experiment_days": ("experiment", "variant", "day"),
    "benchmarks": ("metric", "basis", "statistic", "value", "year", "published_by"),
}


@dataclass(frozen=True)
class Mappable:
    """A table as a mapping sees it. `counted` is where its counters go: itself, or the table beside it."""

    table: Table
    columns: frozenset[str]
    needed: tuple[str, ...]
    counted: Table | None = None
    counters: frozenset[str] = frozenset()

    @property
    def needs_counters(self) -> bool:
        return self.counted is self.table


def _mappable(table: Table) -> Mappable:
    counted, counters = COUNTED.get(table.name, (None, frozenset[str]()))
    columns = table.columns.keys() | (counted.columns.keys() if counted else set())
    named = frozenset(columns - NOT_NAMED if counted else columns)
    return Mappable(table, named, NEEDED[table.name], counted, counters)


MAPPABLE: Mapping[str, Mappable] = {name: _mappable(table) for name, table in TABLES.items()}
