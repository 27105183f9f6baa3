"""A small real workspace of one influencer, Mira, and her neighbours; and what may happen to the neighbours.

Whatever is drawn here never touches Mira: her contracts, posts, orders and payments are the same in every
workspace. They stand between those of the neighbours in the shared files, so her line numbers differ.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

MIRA = "influencer:mira"
AS_OF, PERIOD = date(2026, 11, 15), "2026-Q4"
ORDER_HEADER = (
    "Name", "Created at", "Financial Status", "Currency", "Subtotal", "Discount Amount", "Shipping", "Taxes", "Total",
    "Refunded Amount", "Discount Code", "Cancelled at", "Tags", "Source", "Lineitem quantity", "Lineitem name",
    "Lineitem price", "Lineitem sku",
)  # fmt: skip
Day = date
Tree = dict[str, Any]


@dataclass
class Person:
    """A participant: what is theirs in every campaign they are in."""

    key: str
    name: str
    handle: str
    niche: str
    fee: str
    currency: str
    followers: int
    views: int
    posts: int
    orders: int
    subtotal: str
    caption: str
    campaigns: list[str]
    hidden: bool = False

    def code(self, campaign: str) -> str:
        """Name their promo code in a campaign, which is their hashtag too: the same never leads to two."""
        return f"{self.key}{campaign[:3]}"


@dataclass
class World:
    """The neighbours, and what is agreed and written down about the campaigns as a whole."""

    neighbours: list[Person]
    budget: int = 180000
    campaign_target: str = "3.5%"
    success: str = "all_primary"
    scoped_primary: bool = False
    scoped_target: int = 40000
    adjustment: str = "moved two reels to the evening"
    agreed_by: str = "marketing lead"
    gryphon_start: Day = date(2026, 9, 1)
    broken_orders: int = 0
    unclaimed: int = 0
    goal: str = "80%"
    extra: list[str] = field(default_factory=list)  # keys that were added, so that none is used again


CAMPAIGNS = {
    "spring-tea": (date(2026, 4, 6), date(2026, 5, 31)),
    "autumn-tea": (date(2026, 10, 12), date(2026, 11, 29)),
    "teapots": (date(2026, 9, 7), date(2026, 10, 11)),
    "winter-tea": (date(2026, 12, 1), date(2026, 12, 31)),
}
HERS = Person(
    "mira", "Mira Okello", "mira.okello", "slow mornings", "31000", "ZAR", 20500, 21000, 4, 6, "420.00",
    "A quiet cup", list(CAMPAIGNS),
)  # fmt: skip
EXTRACTED = (date(2026, 6, 10), date(2026, 10, 20), date(2026, 11, 14))


def world() -> World:
    return World(
        [
            Person(
                "quillon", "Quillon Vantrease", "quillon_pours_xq", "kitchens", "77431", "ZAR", 91234, 30000,
                3, 4, "313.00", "Zanzibar steam", ["spring-tea", "autumn-tea", "winter-tea"],
            ),
            Person(
                "brunhilda", "Brunhilda Øksendal", "brunhilda.xyz", "pottery", "5219", "EUR", 7345, 9000,
                2, 3, "777.00", "Fjord kettle", ["autumn-tea", "teapots", "gryphon"],
            ),
        ]
    )  # fmt: skip


# --- what may happen to the neighbours -------------------------------------------------------------

Change = Callable[[World, Random], str]


def _someone(found: World, rng: Random) -> Person:
    return rng.choice(found.neighbours)


def new_key(found: World, rng: Random) -> str:
    key = f"wx{rng.randrange(10**6)}"
    found.extra.append(key)
    _someone(found, rng).key = key
    return f"a key is {key}"


def new_name(found: World, rng: Random) -> str:
    name = rng.choice(("Aa", "Mira Okello", "Żółw <b>|</b>", "名前", "O" * 150)) + str(rng.randrange(99))
    _someone(found, rng).name = name
    return f"a name is {name!r}"


def new_handle(found: World, rng: Random) -> str:
    handle = f"handle{rng.randrange(10**6)}.x"
    _someone(found, rng).handle = handle
    return f"a handle is {handle}"


def new_niche(found: World, rng: Random) -> str:
    _someone(found, rng).niche = f"niche {rng.randrange(99)}"
    return "another niche"


def new_fee(found: World, rng: Random) -> str:
    person = _someone(found, rng)
    person.fee, person.currency = str(rng.randrange(1, 10**6)), rng.choice(("ZAR", "EUR", "USD"))
    return f"a fee is {person.currency} {person.fee}"


def new_followers(found: World, rng: Random) -> str:
    _someone(found, rng).followers = rng.randrange(10**7)
    return "other followers"


def new_views(found: World, rng: Random) -> str:
    person = _someone(found, rng)
    person.views = rng.choice((0, 100, 10**5, rng.randrange(10**7)))
    return f"{person.key} has {person.views} views a post"


def new_posts(found: World, rng: Random) -> str:
    person = _someone(found, rng)
    person.posts = rng.randrange(0, 9)
    return f"{person.key} has {person.posts} posts a campaign"


def new_orders(found: World, rng: Random) -> str:
    person = _someone(found, rng)
    person.orders, person.subtotal = rng.randrange(0, 40), f"{rng.randrange(1, 5000)}.50"
    return f"{person.key} has {person.orders} orders of {person.subtotal}"


def new_caption(found: World, rng: Random) -> str:
    _someone(found, rng).caption = f"Words {rng.randrange(10**6)} | <i>"
    return "another caption"


def counters_hidden(found: World, rng: Random) -> str:
    person = _someone(found, rng)
    person.hidden = not person.hidden
    return f"{person.key} hides their counters: {person.hidden}"


def somebody_comes(found: World, rng: Random) -> str:
    key = f"new{rng.randrange(10**6)}"
    person = Person(
        key, f"Person {key}", f"{key}.feed", "tea", "9999", "ZAR", 1000, 500, 1, 1, "50.00", "Hello",
        rng.sample([*CAMPAIGNS, "gryphon"], 3),
    )  # fmt: skip
    found.neighbours.append(person)
    return f"{key} comes, to {person.campaigns}"


def somebody_goes(found: World, rng: Random) -> str:
    if len(found.neighbours) < 2:
        return "nobody is left to go"
    return f"{found.neighbours.pop(rng.randrange(len(found.neighbours))).key} goes"


def other_campaigns(found: World, rng: Random) -> str:
    person = _someone(found, rng)
    person.campaigns = rng.sample([*CAMPAIGNS, "gryphon"], rng.randrange(1, 5))
    return f"{person.key} is in {person.campaigns}"


def new_budget(found: World, rng: Random) -> str:
    found.budget = rng.randrange(1, 10**6)
    return f"the budget is {found.budget}"


def new_target(found: World, rng: Random) -> str:
    found.campaign_target = f"{rng.randrange(1, 90)}.{rng.randrange(1, 9)}%"
    return f"the campaign's target is {found.campaign_target}"


def new_rule(found: World, rng: Random) -> str:
    found.success = rng.choice(("all", "any", "all_primary", "{share_met: 50%}"))
    return f"the rule is {found.success}"


def new_scoped_kpi(found: World, rng: Random) -> str:
    found.scoped_primary, found.scoped_target = rng.random() < 0.5, rng.randrange(1, 10**6)
    return f"a neighbour's KPI: primary {found.scoped_primary}, target {found.scoped_target}"


def new_adjustment(found: World, rng: Random) -> str:
    found.adjustment = f"adjusted {rng.randrange(10**6)}"
    return found.adjustment


def new_agreement(found: World, rng: Random) -> str:
    found.agreed_by = f"boss {rng.randrange(10**6)}"
    return f"agreed by {found.agreed_by}"


def gryphon_moves(found: World, rng: Random) -> str:
    found.gryphon_start = date(2025, 1, 6) + timedelta(days=rng.randrange(600))
    return f"gryphon starts on {found.gryphon_start}"


def broken_orders(found: World, rng: Random) -> str:
    found.broken_orders = rng.randrange(0, 5)
    return f"{found.broken_orders} orders cannot be read"


def unclaimed_files(found: World, rng: Random) -> str:
    found.unclaimed = rng.randrange(0, 5)
    return f"{found.unclaimed} files are nobody's"


def new_goal(found: World, rng: Random) -> str:
    found.goal = f"{rng.randrange(10, 99)}%"
    return f"the goal is {found.goal}"


CHANGES: tuple[Change, ...] = (
    new_key, new_name, new_handle, new_niche, new_fee, new_followers, new_views, new_posts, new_orders,
    new_caption, counters_hidden, somebody_comes, somebody_goes, other_campaigns, new_budget, new_target,
    new_rule, new_scoped_kpi, new_adjustment, new_agreement, gryphon_moves, broken_orders, unclaimed_files,
    new_goal,
)  # fmt: skip


# --- the workspace ---------------------------------------------------------------------------------


def write_world(found: World, root: Path) -> None:
    """Write the workspace: `config/` and `data/`."""
    people = [found.neighbours[0], HERS, *found.neighbours[1:]]
    campaigns = {**CAMPAIGNS, "gryphon": (found.gryphon_start, date(2026, 11, 20))}
    for path, text in _config(found, people, campaigns):
        _write(root / "config" / path, text)
    for day in EXTRACTED:
        begun = {key: start for key, (start, _) in campaigns.items() if start <= day}
        for person in people:
            _write_posts(person, begun, day, root / "data/instagram" / person.key)
        _write(root / f"data/shop/orders-{day}.csv", _orders(found, people, begun, day))
        _write(root / f"data/spend/spend-{day}.csv", _spend(people, begun))
        _write(root / f"data/fx/fx-{day}.csv", _rates(day))
    for number in range(found.unclaimed):
        _write(root / f"data/note-{number}.txt", "nobody's")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _config(
    found: World, people: list[Person], campaigns: dict[str, tuple[Day, Day]]
) -> Iterator[tuple[str, str]]:
    goal = {"key": "goal", "label": "Most are met", "target": {"op": ">=", "value": found.goal}}
    yield (
        "project.yml",
        _yaml(
            {
                "name": "Umoja performance",
                "timezone": "Africa/Johannesburg",
                "currency": "ZAR",
                "goals": [goal],
                "editions": {"week": 1, "month": 1},
                "tiers": {"nano": 0, "micro": 10000, "mid": 50000},
                "quality_gate": {"rejected_share": "100%"},
            }
        ),
    )
    yield "influencers.yml", _yaml({"influencers": [_influencer(person) for person in people]})
    yield (
        "sources.yml",
        _yaml({"sources": [*_shared_sources(), *(one for who in people for one in _sources(who))]}),
    )
    for key, (start, end) in campaigns.items():
        parties = [person for person in people if key in person.campaigns]
        yield f"campaigns/{key}.yml", _yaml(_contract(found, key, start, end, parties))


def _influencer(person: Person) -> Tree:
    return {
        "key": person.key,
        "name": person.name,
        "niche": person.niche,
        "accounts": {"instagram": person.handle},
        "followers": {"instagram": person.followers},
    }


def _shared_sources() -> list[Tree]:
    return [
        {"key": "shop", "format": "shopify.orders_csv", "files": "shop/orders-{extracted_at:%Y-%m-%d}.csv",
         "timezone": "Africa/Johannesburg", "currency": "ZAR"},
        {"key": "spend", "format": "perftrack.spend", "files": "spend/spend-{extracted_at:%Y-%m-%d}.csv"},
        {"key": "fx", "format": "perftrack.fx", "files": "fx/fx-{extracted_at:%Y-%m-%d}.csv"},
    ]  # fmt: skip


def _sources(person: Person) -> list[Tree]:
    return [
        {
            "key": f"ig-{person.key}-{kind}",
            "format": f"instagram_graph.media_{kind}",
            "files": f"instagram/{person.key}/{kind}-{{extracted_at:%Y-%m-%d}}.json",
            "account": person.key,
            "timezone": "UTC",
            "overlap": "cumulative",
        }
        for kind in ("list", "insights")
    ]


def _contract(found: World, key: str, start: Day, end: Day, parties: list[Person]) -> Tree:
    kpis: list[Tree] = [
        {"key": "engagement", "metric": "engagement_rate_by_reach",
         "target": {"op": ">=", "value": found.campaign_target}},
        {"key": "creator-views", "metric": "views", "each": "influencer", "target": {"op": ">=", "value": 60000}},
        {"key": "order-cost", "metric": "cost_per_order", "each": "influencer", "counts": True,
         "target": {"op": "<=", "value": "9000.00"}},
    ]  # fmt: skip
    if "mira" in [person.key for person in parties]:
        kpis.append({"key": "her-orders", "metric": "orders", "scope": {"influencer": "mira"},
                     "target": {"op": ">=", "value": 5}})  # fmt: skip
    other = next((person for person in parties if person.key != "mira"), None)
    if other:
        kpis.append({"key": "their-views", "metric": "views", "scope": {"influencer": other.key},
                     "primary": found.scoped_primary,
                     "target": {"op": ">=", "value": found.scoped_target}})  # fmt: skip
    return {
        "name": key.replace("-", " ").capitalize(),
        "objective": "launch",
        "brand": "Umoja Tea",
        "start": str(start),
        "end": str(end),
        "budget": {"amount": found.budget, "currency": "ZAR"},
        "agreed": {"on": str(start - timedelta(days=7)), "by": [found.agreed_by], "ref": "contract-1"},
        "kpis": kpis,
        "success": found.success,
        "influencers": [_party(person, key) for person in parties],
        "adjustments": [
            {"on": str(start), "what": found.adjustment, "why": "below pace", "kpi": kpi}
            for kpi in ("engagement", "creator-views")
        ],
    }


def _party(person: Person, campaign: str) -> Tree:
    return {
        "influencer": person.key,
        "accepted_on": "2026-03-30",
        "fee": {"amount": person.fee, "currency": person.currency},
        "deliverables": {"reel": 2, "image": 2},
        "tracking": [{"promo_code": person.code(campaign)}, {"hashtag": f"#{person.code(campaign)}"}],
    }


def _yaml(tree: Tree) -> str:
    """Write a tree as YAML; JSON is a part of it, but amounts and days stand without quotes."""
    return "".join(f"{key}: {_flow(value)}\n" for key, value in tree.items())


def _flow(tree: Any) -> str:  # noqa: ANN401 (a tree of dicts, lists and plain values)
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {_flow(part)}" for key, part in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(_flow(part) for part in tree) + "]"
    if isinstance(tree, str) and (not tree[:1].isdigit() or ":" in tree) and not tree.startswith("{share"):
        return json.dumps(tree, ensure_ascii=False)
    return json.dumps(tree) if isinstance(tree, bool) else str(tree)


# --- data ------------------------------------------------------------------------------------------


def _write_posts(person: Person, begun: dict[str, Day], day: Day, folder: Path) -> None:
    media: list[Tree] = []
    insights: list[Tree] = []
    for key, start in begun.items():
        for number in range(person.posts if key in person.campaigns else 0):
            published, post = start + timedelta(days=2 + 3 * number), _post_id(person, key, number)
            if published < day:
                media.append(_medium(person, key, post, published, is_reel=number % 2 == 0))
                insights += _insights(person, post, number)
    _write(folder / f"list-{day}.json", _json(media))
    _write(folder / f"insights-{day}.json", _json(insights))


def _post_id(person: Person, campaign: str, number: int) -> str:
    return f"17{crc32(f'{person.key} {campaign}'.encode()):010}{number:02}"


def _medium(person: Person, campaign: str, post: str, day: Day, *, is_reel: bool) -> Tree:
    return {
        "id": post,
        "caption": f"{person.caption} #{person.code(campaign)}",
        "media_type": "VIDEO" if is_reel else "IMAGE",
        "media_product_type": "REELS" if is_reel else "FEED",
        "permalink": f"https://www.instagram.com/p/{post}/",
        "timestamp": f"{day}T07:30:00+0000",
        "username": person.handle,
    }


def _insights(person: Person, post: str, number: int) -> Iterator[Tree]:
    reel = number % 2 == 0
    counters = {"views": person.views - 500 * number, "reach": person.views * 4 // 5, "likes": 900 if reel else 300,
                "comments": 40, "shares": 25, "saved": 60}  # fmt: skip
    for name, value in counters.items():
        if not (person.hidden and name in {"reach", "likes"}):
            yield {"name": name, "period": "lifetime", "values": [{"value": max(value, 0)}],
                   "id": f"{post}/insights/{name}/lifetime"}  # fmt: skip


def _json(entries: list[Tree]) -> str:
    body = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    return f'{{"data": [\n{body}\n]}}\n'


def _orders(found: World, people: list[Person], begun: dict[str, Day], day: Day) -> str:
    # They stand first, so that every line after them moves.
    rows = [_order(f"#broken-{number}", day, "much", "") for number in range(found.broken_orders)]
    for person in people:
        for key in (key for key in person.campaigns if key in begun):
            for number in range(person.orders):
                on = min(begun[key] + timedelta(days=number), day)
                rows.append(_order(f"#{person.key}-{key}-{number}", on, person.subtotal, person.code(key)))
    return _csv(ORDER_HEADER, rows)


def _order(name: str, day: Day, subtotal: str, code: str) -> list[str]:
    return [name, f"{day} 10:00:00 +0200", "paid", "ZAR", subtotal, "0.00", "0.00", "0.00", subtotal, "0.00",
            code, "", "", "web", "1", "Rooibos", subtotal, "ROO-1"]  # fmt: skip


def _spend(people: list[Person], begun: dict[str, Day]) -> str:
    rows = [
        [str(begun[key]), key, person.key, "fee", f"{person.fee}.00", person.currency, f"{key}/{person.key}"]
        for person in people
        for key in person.campaigns
        if key in begun
    ]
    return _csv(("day", "campaign", "influencer", "cost_type", "amount", "currency", "reference"), rows)


def _rates(until: Day) -> str:
    first = date(2025, 1, 1)
    days = [first + timedelta(days=number) for number in range(0, (until - first).days + 1, 7)]
    rows = [
        [str(day), base, "ZAR", rate] for day in days for base, rate in (("EUR", "20.10"), ("USD", "18.40"))
    ]
    return _csv(("day", "base", "quote", "rate"), rows)


def _csv(header: tuple[str, ...], rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue()
