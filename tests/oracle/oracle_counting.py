"""The oracle's counting: the exact value of a metric over what a campaign's window holds.

Slow and plain on purpose, in the words of docs/numbers.md (the rule's number stands beside each step). Nothing of the
product is imported here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from oracle_config import Kpi
from oracle_window import Order, Post, Seen


@dataclass(frozen=True)
class Total:
    """A metric's sum with its coverage; `why` names the reason when it cannot be used."""

    metric: str
    total: Fraction
    covered: int
    rows: int
    why: str | None = None


@dataclass(frozen=True)
class Value:
    """A metric's value with the totals it was made of, or the kind of reason why there is none.

    Coverage is None where it has no one meaning: for a value made of several tables, or of nothing.
    """

    value: Fraction | None
    why: str | None = None
    covered: int | None = None
    rows: int | None = None
    totals: tuple[Total, ...] = ()


# --- metrics -------------------------------------------------------------------------------------

Row = Any
Cell = Callable[[Row], "int | Fraction | None"]


def every(_row: Row) -> bool:
    return True


@dataclass(frozen=True)
class Simple:
    """A sum over the rows of a table that pass a filter."""

    table: str  # posts, orders, visits, clicks, enquiries, payments
    cell: Cell
    passes: Callable[[Row], bool] = every
    is_money: bool = False


def _counted(table: str, name: str) -> Simple:
    return Simple(table, lambda row: row[name])


def _net(order: Order) -> Fraction | None:
    return None if order.subtotal is None or order.refunded is None else order.subtotal - order.refunded


COUNTERS = ("views", "reach", "likes", "comments", "shares", "saves", "engagements", "weighted_engagements")
SIMPLE = {name: _counted("posts", name) for name in COUNTERS} | {
    "hashtag_posts": Simple("posts", lambda _: 1, lambda post: post.tagged),
    "orders": Simple("orders", lambda _: 1),
    "revenue": Simple("orders", lambda order: order.subtotal, lambda order: order.paid, is_money=True),
    "net_revenue": Simple("orders", _net, lambda order: order.paid, is_money=True),
    "paid_orders": Simple("orders", lambda _: 1, lambda order: order.paid),
    "sessions": _counted("visits", "sessions"),
    "engaged_sessions": _counted("visits", "engaged_sessions"),
    "conversions": _counted("visits", "conversions"),
    "clicks": _counted("clicks", "clicks"),
    "leads": Simple("enquiries", lambda _: 1),
    "spend": Simple("payments", lambda payment: payment.amount, is_money=True),
}
PAIRED = {
    "engagement_rate_by_reach": ("engagements", "reach"),
    "engagement_rate_by_views": ("engagements", "views"),
    "average_order_value": ("revenue", "paid_orders"),
    "conversion_rate": ("conversions", "sessions"),
}
# Numerator and denominator of what is put together from different tables.
COMPOSED: dict[str, tuple[tuple[str, ...], Callable[..., tuple[Fraction, Fraction]]]] = {
    "cost_per_order": (("spend", "orders"), lambda spend, orders: (spend, orders)),
    "cost_per_lead": (("spend", "leads"), lambda spend, leads: (spend, leads)),
    "cost_per_conversion": (("spend", "conversions"), lambda spend, conversions: (spend, conversions)),
    "cpc": (("spend", "clicks"), lambda spend, clicks: (spend, clicks)),
    "roas": (("revenue", "spend"), lambda revenue, spend: (revenue, spend)),
    "roi": (("net_revenue", "spend"), lambda net, spend: (net - spend, spend)),
    "cpm": (("spend", "views"), lambda spend, views: (1000 * spend, views)),
    "cpe": (("spend", "engagements"), lambda spend, engagements: (spend, engagements)),
}
ADDITIVE = tuple(name for name in SIMPLE if name != "reach")  # rule 19: reach adds up to an upper bound only


def value(seen: Seen, kpi: Kpi, influencer: str | None) -> Value:
    """Work out a KPI's value over what a window holds, for one influencer or for all."""
    who = influencer or kpi.scope.get("influencer")
    if kpi.metric in SIMPLE:
        found = total(seen, kpi, who, kpi.metric)
        return _said(None if found.why else found.total, (found,))
    if halves := kpi.halves or PAIRED.get(kpi.metric):
        over, under = halves
        # Both parts over the rows in which both are known (rule 17).
        return _divided(*(total(seen, kpi, who, *pair) for pair in ((over, under), (under, over))))
    if kpi.metric in COMPOSED:
        return _divided(*(total(seen, kpi, who, name) for name in COMPOSED[kpi.metric][0]), kpi=kpi)
    return Value(None, "no source")


def _divided(*totals: Total, kpi: Kpi | None = None) -> Value:
    """Divide the sums, last of all (rule 16); nothing is divided by 0 (rule 18)."""
    if any(found.why for found in totals):
        return _said(None, totals)
    over, under = (found.total for found in totals)
    if kpi:
        over, under = COMPOSED[kpi.metric][1](over, under)
    return _said(over / under, totals) if under else _said(None, totals, "zero denominator")


def _said(number: Fraction | None, totals: tuple[Total, ...], why: str | None = None) -> Value:
    """Put a value together with the coverage of its rows, where all its totals have the same rows."""
    why = why or next((found.why for found in totals if found.why), None)
    same = {(found.covered, found.rows) for found in totals if why in MEASURED}
    covered, rows = same.pop() if len(same) == 1 and _one_table(totals) else (None, None)
    return Value(number, why, covered, rows, totals if number is not None else ())


def _one_table(totals: tuple[Total, ...]) -> bool:
    return len({SIMPLE[found.metric].table for found in totals}) == 1


# What a value, or a reason that speaks of rows, says about coverage is meant.
MEASURED = (None, "coverage", "sample", "zero denominator")


def total(seen: Seen, kpi: Kpi, who: str | None, metric: str, paired_with: str | None = None) -> Total:
    """Add up a metric over the rows in which it (and its other half) is known, or say why not (rule 18)."""
    wanted = [SIMPLE[name] for name in (metric, paired_with) if name]
    first = wanted[0]
    in_scope = [row for row in getattr(seen, first.table) if _in_scope(row, kpi.scope, who)]
    rows = [row for row in in_scope if any(each.passes(row) for each in wanted)]
    # Of a row that its filter leaves out, a half takes 0.
    known = [
        row for row in rows if all(each.cell(row) is not None or not each.passes(row) for each in wanted)
    ]
    summed = sum((Fraction(first.cell(row) or 0) for row in known if first.passes(row)), Fraction(0))
    why = _nothing(seen, first.table, who, in_scope) or _too_little(kpi, wanted, rows, known)
    return Total(metric, summed, len(known), len(rows), why)


def _in_scope(row: Row, scope: dict[str, str], who: str | None) -> bool:
    if who and row.influencer != who:
        return False
    return not isinstance(row, Post) or (
        scope.get("platform", row.platform) == row.platform
        and scope.get("content_type", row.kind) == row.kind
    )


def _nothing(seen: Seen, table: str, who: str | None, in_scope: list[Row]) -> str | None:
    """Say why there is nothing to count from, if so (rules 12, 13, 18, 30)."""
    if table in seen.kinds:
        parts = [part for part in seen.campaign.participations if who in (None, part.influencer)]
        tracked = any(rule.kind in seen.kinds[table] for part in parts for rule in part.tracking)
        return seen.unread[table] if tracked or in_scope else "no tracking"
    if in_scope:
        return None
    return "no spend" if table == "payments" else "no posts"


def _too_little(kpi: Kpi, wanted: list[Simple], rows: list[Row], known: list[Row]) -> str | None:
    if any(each.is_money for each in wanted) and len(known) < len(rows):
        return "mixed currencies"
    if len(rows) < max(kpi.min_sample.get(wanted[0].table, 0), kpi.min_sample.get("rows", 0)):
        return "sample"
    if rows and (not known or len(known) < kpi.min_coverage * len(rows)):
        return "coverage"
    return None
