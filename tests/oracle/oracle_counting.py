"""The oracle's counting: what a campaign's window holds, and the exact value of a metric over it.

Slow and plain on purpose: each question is asked of all the facts again, in the words of docs/numbers.md
(the rule's number stands beside each step). Nothing of the product is imported here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from oracle_config import Campaign, Contracts, Kpi, Participation, Tracking
from oracle_files import Count, Facts, HandList, OrderVersion, Payment, PostVersion, Rate

PAID = ("paid", "partially_paid", "refunded", "partially_refunded")
RATE_DAYS = timedelta(days=7)


@dataclass(frozen=True)
class Post:
    influencer: str
    day: date
    kind: str
    tagged: bool
    counters: dict[str, int]

    def __getitem__(self, counter: str) -> int | None:
        return self.counters.get(counter)


@dataclass(frozen=True)
class Order:
    influencer: str
    day: date
    paid: bool
    subtotal: Fraction | None  # None: no rate into the campaign's currency
    refunded: Fraction | None


@dataclass(frozen=True)
class Paid:
    influencer: str | None
    amount: Fraction | None


@dataclass(frozen=True)
class Seen:
    """What one campaign's window holds."""

    campaign: Campaign
    posts: tuple[Post, ...]
    orders: tuple[Order, ...]
    payments: tuple[Paid, ...]
    shop: str | None  # why orders cannot be counted
    order_kinds: frozenset[str]  # the kinds of tracking that lead orders


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


def look(campaign: Campaign, contracts: Contracts, facts: Facts, known_by: date, today: date) -> Seen:
    """Gather what belongs to a campaign up to `today`, as known at the end of `known_by` (rule 4)."""
    rates = newest_list(facts.fx, known_by)
    kinds = frozenset(contracts.attribution) & {"promo_code", "utm"}
    return Seen(
        campaign=campaign,
        posts=tuple(post for post in _posts(campaign, contracts, facts, known_by) if post.day <= today),
        orders=tuple(
            order for order in _orders(campaign, contracts, facts, known_by, rates) if order.day <= today
        ),
        payments=tuple(_payments(campaign, facts, known_by, today, rates)),
        shop=_shop(campaign, facts, known_by),
        order_kinds=kinds,
    )


# --- posts ---------------------------------------------------------------------------------------


def _posts(campaign: Campaign, contracts: Contracts, facts: Facts, known_by: date) -> Iterator[Post]:
    versions = latest({(post.post, post.known.at): post for post in facts.posts if post.known.on <= known_by})
    counts = [count for count in facts.counts if count.known.on <= known_by]
    for post in versions:
        owner = post_owner(post, contracts)
        if owner and owner[0] == campaign.key and campaign.start <= post.day <= campaign.end:
            counters = _counters([count for count in counts if count.post == post.post], known_by)
            tags = {tag for part in campaign.participations for tag in _hashtags(part)}
            yield Post(owner[1], post.day, post.kind, bool(tags & post.tags), _with_sums(counters, post.kind))


def latest(versions: dict[tuple[str, Any], Any]) -> list[Any]:
    """Keep the last version of each thing."""
    return list({key[0]: versions[key] for key in sorted(versions)}.values())


def post_owner(post: PostVersion, contracts: Contracts) -> tuple[str, str] | None:
    """Say which campaign and influencer a post belongs to: named, else by hashtag (rule 5)."""
    named = [
        (campaign.key, part.influencer) for campaign, part in _parts(contracts) if post.post in part.posts
    ]
    if named:
        return _only(named)
    return _only(
        (campaign.key, part.influencer)
        for campaign, part in _parts(contracts)
        if part.influencer == _author(post, contracts) and post.tags & _hashtags(part, post.day)
    )


def _author(post: PostVersion, contracts: Contracts) -> str | None:
    """Rule 6."""
    if post.account in contracts.influencers:
        return post.account
    platform = post.post.split(":")[0]
    return next((key for key, at in contracts.influencers.items() if at.get(platform) == post.handle), None)


def _parts(contracts: Contracts) -> Iterator[tuple[Campaign, Participation]]:
    return ((campaign, part) for campaign in contracts.campaigns for part in campaign.participations)


def _only(owners: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """Take the one owner there is; two owners are none."""
    found = set(owners)
    return found.pop() if len(found) == 1 else None


def _hashtags(part: Participation, on: date | None = None) -> set[str]:
    rules = [rule for rule in part.tracking if rule.kind == "hashtag" and (on is None or _valid(rule, on))]
    return {tag for rule in rules for _, tag in rule.keys}


def _valid(rule: Tracking, on: date) -> bool:
    return rule.first_day <= on <= rule.last_day


def _counters(counts: list[Count], known_by: date) -> dict[str, int]:
    """Rule 7: the last fresh value; two values for that moment are none."""
    fresh = [count for count in counts if _fresh(count.source.error_after, count.known.on, known_by)]
    found = {}
    for counter in {count.counter for count in fresh}:
        believed = _believed([count for count in fresh if count.counter == counter])
        values = _last_values(believed)
        if len(values) == 1:
            found[counter] = values.pop()
    return found


def _fresh(error_after: timedelta | None, known_on: date, known_by: date) -> bool:
    return error_after is None or known_by - known_on <= error_after


def _believed(counts: list[Count]) -> list[Count]:
    """Take insights before the list, whatever their age."""
    return [count for count in counts if count.witness == "insights"] or counts


def _last_values(counts: list[Count]) -> set[int]:
    last = max(count.known.at for count in counts)
    return {count.value for count in counts if count.known.at == last}


def _with_sums(counters: dict[str, int], kind: str) -> dict[str, int]:
    """Rule 8. One unknown part makes the sum unknown."""
    weights = {"comments": 3, "shares": 3} if kind == "story" else WEIGHTS
    if any(counter not in counters for counter in weights):
        return counters
    return counters | {
        "engagements": sum(counters[counter] for counter in weights),
        "weighted_engagements": sum(counters[counter] * weight for counter, weight in weights.items()),
    }


WEIGHTS = {"likes": 1, "saves": 2, "comments": 3, "shares": 3}


# --- orders --------------------------------------------------------------------------------------


def _orders(
    campaign: Campaign, contracts: Contracts, facts: Facts, known_by: date, rates: list[Rate]
) -> Iterator[Order]:
    versions = {(order.number, order.known.at): order for order in facts.orders if order.known.on <= known_by}
    for order in latest(versions):
        owner = order_owner(order, contracts)
        counts = not order.cancelled and order.status != "voided"  # rule 9
        if counts and owner and owner[0] == campaign.key and campaign.start <= order.day <= campaign.end:
            rate = exchange(order.currency, campaign.currency, order.day, rates)
            yield Order(
                owner[1],
                order.day,
                order.status in PAID,
                None if rate is None else order.subtotal * rate,
                None if rate is None else order.refunded * rate,
            )


def order_owner(order: OrderVersion, contracts: Contracts) -> tuple[str, str] | None:
    """Say which campaign and influencer an order belongs to (rule 10)."""
    for kind in contracts.attribution:
        matches = [
            (len(rule.keys), (campaign.key, part.influencer))
            for campaign, part in _parts(contracts)
            for rule in part.tracking
            if rule.kind == kind and _valid(rule, order.day) and rule.keys <= order.carried
        ]
        if matches:
            most = max(keys for keys, _ in matches)
            return _only(owner for keys, owner in matches if keys == most)
    return None


def _shop(campaign: Campaign, facts: Facts, known_by: date) -> str | None:
    """Rule 12: the shop must have been read, since the start and lately enough."""
    read = [(known.on, source.error_after) for source, known in facts.shop_files if known.on <= known_by]
    if not read:
        return "shop not read"
    newest, limit = max(read, key=lambda pair: pair[0])
    good = newest >= campaign.start and _fresh(limit, newest, known_by)
    return None if good else "shop not read"


# --- money ---------------------------------------------------------------------------------------


def newest_list(lists: Sequence[HandList], known_by: date) -> list[Any]:
    """Take of each source its newest list, or all its lists where they add up (rule 15)."""
    known = [found for found in lists if found.known.on <= known_by]
    last = {found.source.key: found.known.at for found in sorted(known, key=lambda found: found.known.at)}
    return [
        row
        for found in known
        if found.source.overlap == "adds" or found.known.at == last[found.source.key]
        for row in found.rows
    ]


def _payments(
    campaign: Campaign, facts: Facts, known_by: date, today: date, rates: list[Rate]
) -> Iterator[Paid]:
    """Rule 13."""
    payments: list[Payment] = newest_list(facts.spend, known_by)
    for payment in payments:
        if payment.campaign == campaign.key and payment.day <= min(today, campaign.decided_on):
            rate = exchange(payment.currency, campaign.currency, payment.day, rates)
            yield Paid(payment.influencer, None if rate is None else payment.amount * rate)


def exchange(base: str, quote: str, on: date, rates: list[Rate]) -> Fraction | None:
    """Find the rate of the day, or the newest of the 7 days before; never the other way round (rule 14)."""
    if base == quote:
        return Fraction(1)
    fitting = [
        rate
        for rate in rates
        if (rate.base, rate.quote) == (base, quote) and on - RATE_DAYS <= rate.day <= on
    ]
    return max(fitting, key=lambda rate: rate.day).rate if fitting else None


# --- metrics -------------------------------------------------------------------------------------

Row = Any
Cell = Callable[[Row], "int | Fraction | None"]


def every(_row: Row) -> bool:
    return True


@dataclass(frozen=True)
class Simple:
    """A sum over the rows of a table that pass a filter."""

    table: str  # posts, orders, payments
    cell: Cell
    passes: Callable[[Row], bool] = every
    is_money: bool = False


def _counter(name: str) -> Simple:
    return Simple("posts", lambda post: post[name])


def _net(order: Order) -> Fraction | None:
    return None if order.subtotal is None or order.refunded is None else order.subtotal - order.refunded


COUNTERS = ("views", "reach", "likes", "comments", "shares", "saves", "engagements", "weighted_engagements")
SIMPLE = {name: _counter(name) for name in COUNTERS} | {
    "hashtag_posts": Simple("posts", lambda _: 1, lambda post: post.tagged),
    "orders": Simple("orders", lambda _: 1),
    "revenue": Simple("orders", lambda order: order.subtotal, lambda order: order.paid, is_money=True),
    "net_revenue": Simple("orders", _net, lambda order: order.paid, is_money=True),
    "paid_orders": Simple("orders", lambda _: 1, lambda order: order.paid),
    "spend": Simple("payments", lambda payment: payment.amount, is_money=True),
}
PAIRED = {
    "engagement_rate_by_reach": ("engagements", "reach"),
    "engagement_rate_by_views": ("engagements", "views"),
    "average_order_value": ("revenue", "paid_orders"),
}
# Numerator and denominator of what is put together from different tables.
COMPOSED: dict[str, tuple[tuple[str, ...], Callable[..., tuple[Fraction, Fraction]]]] = {
    "cost_per_order": (("spend", "orders"), lambda spend, orders: (spend, orders)),
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
        scope.get("platform", "instagram") == "instagram" and scope.get("content_type", row.kind) == row.kind
    )


def _nothing(seen: Seen, table: str, who: str | None, in_scope: list[Row]) -> str | None:
    """Say why there is nothing to count from, if so (rules 12, 13, 18)."""
    if table == "orders":
        parts = [part for part in seen.campaign.participations if who in (None, part.influencer)]
        tracked = any(rule.kind in seen.order_kinds for part in parts for rule in part.tracking)
        return seen.shop if tracked else "no tracking"
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
