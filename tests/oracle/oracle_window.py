"""The oracle's window: which posts, orders, visits, clicks, enquiries and payments are a campaign's.

Slow and plain on purpose: each question is asked of all the facts again, in the words of docs/numbers.md
(the rule's number stands beside each step). Nothing of the product is imported here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from oracle_config import UTM_KEYS, Campaign, Contracts, Participation, Source, Tracking
from oracle_facts import (
    Clicks,
    Count,
    EnquiryLine,
    Facts,
    HandList,
    Known,
    OrderVersion,
    Payment,
    PostVersion,
    Rate,
    WebLine,
)

PAID = ("paid", "partially_paid", "refunded", "partially_refunded")
RATE_DAYS = timedelta(days=7)
WITNESSES = ("insights", "list", "span")  # who is believed first
# By which kinds of tracking a row finds its campaign, and the metric whose authority is the table's.
LEADS = {
    "orders": frozenset({"promo_code", "utm"}),
    "visits": frozenset({"utm"}),
    "clicks": frozenset({"link"}),
    "enquiries": frozenset({"promo_code", "utm"}),
}
AUTHORITY = {"orders": "orders", "visits": "sessions", "clicks": "clicks", "enquiries": "leads"}

Owner = tuple[str, str | None]  # a campaign and the influencer in it


@dataclass(frozen=True)
class Post:
    influencer: str
    day: date
    platform: str
    kind: str | None
    tagged: bool
    counters: dict[str, int]

    def __getitem__(self, counter: str) -> int | None:
        return self.counters.get(counter)


@dataclass(frozen=True)
class Order:
    influencer: str | None
    day: date
    paid: bool
    subtotal: Fraction | None  # None: no rate into the campaign's currency
    refunded: Fraction | None


@dataclass(frozen=True)
class Led:
    """A line of visits, a link's day or an enquiry that was led to the campaign."""

    influencer: str | None
    day: date
    counts: dict[str, int | None]

    def __getitem__(self, name: str) -> int | None:
        return self.counts[name]


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
    visits: tuple[Led, ...]
    clicks: tuple[Led, ...]
    enquiries: tuple[Led, ...]
    payments: tuple[Paid, ...]
    unread: dict[str, str | None]  # table -> why it cannot be counted
    kinds: dict[str, frozenset[str]]  # table -> the kinds of tracking that lead its rows


def look(campaign: Campaign, contracts: Contracts, facts: Facts, known_by: date, today: date) -> Seen:
    """Gather the events of [start, end] up to today, as they were known at the end of `known_by` (rule 4)."""
    rates = newest_list(facts.fx, known_by)
    seen = (campaign, contracts, facts, known_by)

    def so_far(rows: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(row for row in rows if campaign.start <= row.day <= min(campaign.end, today))

    return Seen(
        campaign=campaign,
        posts=so_far(_posts(*seen)),
        orders=so_far(_orders(*seen, rates)),
        visits=so_far(_visits(*seen)),
        clicks=so_far(_clicks(*seen)),
        enquiries=so_far(_enquiries(*seen)),
        payments=tuple(_payments(campaign, facts, known_by, today, rates)),
        unread={table: _unread(table, *seen) for table in LEADS},
        kinds={table: kinds & set(contracts.attribution) for table, kinds in LEADS.items()},
    )


# --- what is known -------------------------------------------------------------------------------


class Sourced(Protocol):
    @property
    def source(self) -> Source: ...
    @property
    def known(self) -> Known: ...


Thing = TypeVar("Thing", bound=Sourced)


def latest(versions: dict[tuple[Any, Any], Any]) -> list[Any]:
    """Keep the last version of each thing."""
    return list({key[0]: versions[key] for key in sorted(versions)}.values())


def _of_the_newest(rows: Sequence[Thing]) -> list[Thing]:
    """Keep the rows of the newest moment."""
    return [row for row in rows if row.known.at == max(each.known.at for each in rows)]


def _by(rows: Iterable[Thing], *names: str) -> dict[tuple[Any, ...], list[Thing]]:
    """Lay rows apart by what they are about."""
    found: dict[tuple[Any, ...], list[Thing]] = {}
    for row in rows:
        found.setdefault(tuple(getattr(row, name) for name in names), []).append(row)
    return found


def trusted(rows: Iterable[Thing], table: str, contracts: Contracts, known_by: date) -> list[Thing]:
    """Leave out what is known later, and other sources than the one that `authority` names."""
    only = contracts.authority.get(AUTHORITY[table])
    return [row for row in rows if row.known.on <= known_by and only in (None, row.source.key)]


def _unread(table: str, campaign: Campaign, contracts: Contracts, facts: Facts, known_by: date) -> str | None:
    """Rule 12: a table's files must have been read, since the start and lately enough."""
    only = contracts.authority.get(AUTHORITY[table])
    read = [
        (known.on, source.error_after or timedelta.max)
        for source, known in facts.read.get(table, ())
        if known.on <= known_by and only in (None, source.key)
    ]
    newest, limit = max(read, default=(date.min, timedelta.max))
    return None if newest >= campaign.start and _fresh(limit, newest, known_by) else "not read"


# --- posts ---------------------------------------------------------------------------------------


def _posts(campaign: Campaign, contracts: Contracts, facts: Facts, known_by: date) -> Iterator[Post]:
    versions = [post for post in facts.posts if post.known.on <= known_by]
    counts = _by((count for count in facts.counts if count.known.on <= known_by), "post")
    for (name,), of_it in _by(versions, "post").items():
        post = believed(of_it)
        owner = post_owner(post, contracts)
        if owner and owner[0] == campaign.key:
            counters = _counters(counts.get((name,), []), known_by, post.day)
            tags = {tag for part in campaign.participations for tag in _hashtags(part)}
            sums = _with_sums(counters, post.platform, post.kind)
            yield Post(str(owner[1]), post.day, post.platform, post.kind, bool(tags & post.tags), sums)


@dataclass(frozen=True)
class Believed:
    """What all sources together tell of a post."""

    post: str
    accounts: tuple[str, ...]  # declared for its sources, the newest first
    handle: str | None
    day: date
    kind: str | None
    is_paid: bool
    tags: frozenset[str]

    @property
    def platform(self) -> str:
        return self.post.split(":")[0]


def believed(versions: Sequence[PostVersion]) -> Believed:
    """Rule 6: of each source its newest entry, of these the newest word for each field and the hashtags of all."""
    of_each = [_of_the_newest(entries)[-1] for entries in _by(versions, "source").values()]
    newest_first = sorted(of_each, key=lambda version: version.known.at, reverse=True)

    def word(name: str) -> Any:  # noqa: ANN401 a field of any kind
        return next((said for each in newest_first if (said := getattr(each, name)) is not None), None)

    return Believed(
        post=newest_first[0].post,
        accounts=tuple(each.source.account for each in newest_first if each.source.account),
        handle=word("handle"),
        day=word("day"),
        kind=word("kind"),
        is_paid=bool(word("is_paid")),
        tags=frozenset(tag for each in newest_first for tag in each.tags),
    )


def post_owner(post: Believed, contracts: Contracts) -> Owner | None:
    """Say which campaign and influencer a post belongs to: named, by hashtag, or as a paid partnership (rule 5)."""
    authors = _authors(post, contracts)
    by_author = [(of, part) for of, part in _parts(contracts) if part.influencer in authors]
    named = [(of, part) for of, part in _parts(contracts) if post.post in part.posts]
    tagged = [(of, part) for of, part in by_author if post.tags & _hashtags(part, post.day)]
    partners = [(of, part) for of, part in by_author if post.is_paid and _runs(of, post.day)]
    claims = next((found for found in (named, tagged, partners) if found), [])
    return _only((of.key, part.influencer) for of, part in claims)


def _runs(campaign: Campaign, on: date) -> bool:
    return campaign.start <= on <= campaign.end and (
        campaign.cancelled_on is None or on < campaign.cancelled_on
    )


def _authors(post: Believed, contracts: Contracts) -> set[str]:
    """Rule 6."""
    for account in post.accounts:
        if account in contracts.influencers:
            return {account}
    return {
        key for key, at in contracts.influencers.items() if at.get(post.platform) == post.handle is not None
    }


def _parts(contracts: Contracts) -> Iterator[tuple[Campaign, Participation]]:
    return ((campaign, part) for campaign in contracts.campaigns for part in campaign.participations)


def _only(owners: Iterable[Owner]) -> Owner | None:
    """Take the one owner there is; two owners are none."""
    found = set(owners)
    return found.pop() if len(found) == 1 else None


def _hashtags(part: Participation, on: date | None = None) -> set[str]:
    rules = [rule for rule in part.tracking if rule.kind == "hashtag" and (on is None or _valid(rule, on))]
    return {tag for rule in rules for _, tag in rule.keys}


def _valid(rule: Tracking, on: date) -> bool:
    return rule.first_day <= on <= rule.last_day


def _counters(counts: list[Count], known_by: date, published: date) -> dict[str, int]:
    """Rule 7: the last fresh value of the best kind; two values for that moment are none."""
    running = [count for count in counts if _is_running(count, published)]
    fresh = [count for count in running if _fresh(count.source.error_after, count.known.on, known_by)]
    found = {}
    for counter in {count.counter for count in fresh}:
        values = _last_values(_first_witness([count for count in fresh if count.counter == counter]))
        if len(values) == 1:
            found[counter] = values.pop()
    return found


def _is_running(count: Count, published: date) -> bool:
    """Say whether a total is one since the post was published."""
    return count.begins is None or count.begins <= published


def _fresh(error_after: timedelta | None, known_on: date, known_by: date) -> bool:
    return error_after is None or known_by - known_on <= error_after


def _first_witness(counts: list[Count]) -> list[Count]:
    """Take insights before the list, and both before totals over days, whatever their age."""
    first = min(WITNESSES.index(count.witness) for count in counts)
    return [count for count in counts if count.witness == WITNESSES[first]]


def _last_values(counts: list[Count]) -> set[int]:
    return {count.value for count in _of_the_newest(counts)}


def _with_sums(counters: dict[str, int], platform: str, kind: str | None) -> dict[str, int]:
    """Rule 8. One unknown part makes the sum unknown."""
    name = "story" if kind == "story" else platform
    parts = PARTS.get(name, tuple(WEIGHTS))
    if any(counter not in counters for counter in parts):
        return counters
    return counters | {
        "engagements": sum(counters[counter] for counter in parts),
        "weighted_engagements": sum(counters[counter] * WEIGHTS[counter] for counter in parts),
    }


WEIGHTS = {"likes": 1, "saves": 2, "comments": 3, "shares": 3}
PARTS = {
    "story": ("comments", "shares"),
    "tiktok": ("likes", "comments", "shares"),
    "youtube": ("likes", "comments"),
}


# --- what codes, tags and links lead here --------------------------------------------------------


def _orders(
    campaign: Campaign, contracts: Contracts, facts: Facts, known_by: date, rates: list[Rate]
) -> Iterator[Order]:
    read = told_once(trusted(facts.orders, "orders", contracts, known_by))
    for order in latest({((order.source.key, order.number), order.known.at): order for order in read}):
        owner = led_to(order, LEADS["orders"], contracts)
        if not order.cancelled and order.status != "voided" and owner and owner[0] == campaign.key:  # rule 9
            rate = exchange(order.currency, campaign.currency, order.day, rates)
            yield Order(
                owner[1],
                order.day,
                order.status in PAID,
                None if rate is None else order.subtotal * rate,
                None if rate is None else order.refunded * rate,
            )


def told_once(read: Sequence[OrderVersion]) -> list[OrderVersion]:
    """Rule 9: an order that two sources tell alike is the first source's."""
    first: dict[tuple[Any, ...], str] = {}
    for order in sorted(read, key=lambda order: order.source.key):
        first.setdefault(_told(order), order.source.key)
    twins = {(order.source.key, order.number) for order in read if first[_told(order)] != order.source.key}
    return [order for order in read if (order.source.key, order.number) not in twins]


def _told(order: OrderVersion) -> tuple[Any, ...]:
    return order.number, order.day, order.currency, order.subtotal


def led_to(
    event: OrderVersion | WebLine | EnquiryLine, kinds: frozenset[str], contracts: Contracts
) -> Owner | None:
    """Say which campaign and influencer a code or tag leads an event to (rule 10)."""
    for kind in (kind for kind in contracts.attribution if kind in kinds):
        matches = [
            (len(rule.keys), (campaign.key, part.influencer))
            for campaign, part in _parts(contracts)
            for rule in part.tracking
            if rule.kind == kind and _valid(rule, event.day) and rule.keys <= event.carried
        ]
        if matches:
            return _only(_of_most_keys(matches))
    return None


def _of_most_keys(matches: Sequence[tuple[int, Owner]]) -> list[Owner]:
    return [owner for keys, owner in matches if keys == max(each for each, _ in matches)]


def _visits(campaign: Campaign, contracts: Contracts, facts: Facts, known_by: date) -> Iterator[Led]:
    """Rule 28: of a website's reports of a day, the best one."""
    lines = trusted(facts.visits, "visits", contracts, known_by)
    reports = [replaced(report) for report in _by(lines, "source", "site", "day", "dimensions").values()]
    tagged = [report for report in reports if report[0].dimensions & set(UTM_KEYS)]
    for line in (line for report in best_of_a_day(tagged) for line in report):
        owner = led_to(line, LEADS["visits"], contracts)
        if owner and owner[0] == campaign.key:
            told = ("sessions", "engaged_sessions", "conversions")
            yield Led(owner[1], line.day, {name: getattr(line, name) for name in told})


def best_of_a_day(reports: Iterable[Sequence[WebLine]]) -> list[Sequence[WebLine]]:
    """Keep one report of each website and day: two are never added."""
    worst_first = sorted(reports, key=_worth, reverse=True)
    return list({(report[0].site, report[0].day): report for report in worst_first}.values())


def replaced(rows: Sequence[Thing]) -> Sequence[Thing]:
    """Keep what the newest file tells, where files replace each other (rules 28 and 29)."""
    return rows if rows[0].source.overlap == "adds" else _of_the_newest(rows)


def _worth(report: Sequence[WebLine]) -> tuple[Any, ...]:
    """Order reports of one day: the one that tells most tags first, then that with fewest other dimensions."""
    dimensions = report[0].dimensions
    tags = len(dimensions & set(UTM_KEYS))
    return (-tags, len(dimensions) - tags, ",".join(sorted(dimensions)), report[0].source.key)


def _clicks(campaign: Campaign, contracts: Contracts, facts: Facts, known_by: date) -> Iterator[Led]:
    """Rule 29."""
    days = trusted(facts.clicks, "clicks", contracts, known_by)
    for told in _by(days, "link", "day").values():
        owner = _link_owner(told[0], contracts)
        if owner and owner[0] == campaign.key:
            for each in _counted_clicks(told):
                yield Led(owner[1], each.day, {"clicks": each.clicks})


def _counted_clicks(told: Sequence[Clicks]) -> Iterator[Clicks]:
    """Take a later file's word, of whichever source; files that add up are all counted."""
    yield from (each for each in told if each.source.overlap == "adds")
    yield from _of_the_newest([each for each in told if each.source.overlap != "adds"])[:1]


def _link_owner(clicks: Clicks, contracts: Contracts) -> Owner | None:
    if "link" not in contracts.attribution:
        return None
    return _only(
        (campaign.key, part.influencer)
        for campaign, part in _parts(contracts)
        for rule in part.tracking
        if rule.keys == {("link", clicks.link)} and _valid(rule, clicks.day)
    )


def _enquiries(campaign: Campaign, contracts: Contracts, facts: Facts, known_by: date) -> Iterator[Led]:
    """Rule 30."""
    lines = newest_list(trusted(facts.enquiries, "enquiries", contracts, known_by), known_by)
    for line in latest({((line.source.key, line.number), line.known.at): line for line in lines}):
        owner = _named(line) or led_to(line, LEADS["enquiries"], contracts)
        if owner and owner[0] == campaign.key:
            yield Led(owner[1], line.day, {})


def _named(line: EnquiryLine) -> Owner | None:
    return (line.campaign, line.influencer) if line.campaign else None


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
