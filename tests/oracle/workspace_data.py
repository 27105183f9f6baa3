"""The second half of a random workspace: `data/` in the platforms' real formats, with real life in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations
from pathlib import Path
from zoneinfo import ZoneInfo

from workspace_plan import CURRENCIES, ZONES, Plan, Tree

STATUSES = ("paid", "paid", "paid", "pending", "authorized", "partially_paid", "voided")
COUNTERS = ("views", "reach", "likes", "comments", "shares", "saved")
KINDS = {
    "image": ("IMAGE", "FEED"),
    "carousel": ("CAROUSEL_ALBUM", "FEED"),
    "reel": ("VIDEO", "REELS"),
    "story": ("IMAGE", "STORY"),
}
ORDER_HEADER = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at",
    "Accepts Marketing", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code",
    "Discount Amount", "Shipping Method", "Created at", "Lineitem quantity", "Lineitem name",
    "Lineitem price", "Lineitem compare at price", "Lineitem sku", "Lineitem requires shipping",
    "Lineitem taxable", "Lineitem fulfillment status", "Billing Name", "Billing Street", "Billing Address1",
    "Billing Address2", "Billing Company", "Billing City", "Billing Zip", "Billing Province",
    "Billing Country", "Billing Phone", "Shipping Name", "Shipping Street", "Shipping Address1",
    "Shipping Address2", "Shipping Company", "Shipping City", "Shipping Zip", "Shipping Province",
    "Shipping Country", "Shipping Phone", "Notes", "Note Attributes", "Cancelled at", "Payment Method",
    "Payment Reference", "Refunded Amount", "Vendor", "Outstanding Balance", "Employee", "Location",
    "Device ID", "Id", "Tags", "Risk Level", "Source", "Lineitem discount", "Tax 1 Name", "Tax 1 Value",
    "Tax 2 Name", "Tax 2 Value", "Tax 3 Name", "Tax 3 Value", "Tax 4 Name", "Tax 4 Value", "Tax 5 Name",
    "Tax 5 Value", "Phone", "Receipt Number", "Duties", "Billing Province Name", "Shipping Province Name",
    "Payment ID", "Payment Terms Name", "Next Payment Due At",
)  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """One extraction: the text of its date in the file's name, and its moment."""

    text: str
    at: datetime


@dataclass
class Post:
    id: str
    influencer: str
    at: datetime
    kind: str
    caption: str
    final: dict[str, int]
    hidden: set[str]
    tagged_later: bool  # the caption is edited: its tags come with the second version

    def counter(self, name: str, at: datetime) -> int:
        """Say what a counter shows at a moment: it grows for three weeks."""
        age = min(max((at - self.at).days + 1, 1), 21)
        return self.final[name] * age // 21


@dataclass
class Order:
    number: str
    at: datetime
    cells: Tree
    changed_at: datetime
    changed: Tree  # the cells that a later export shows otherwise
    lines: int


def write_data(plan: Plan, data: Path) -> None:
    """Draw posts, orders, spend and rates, write their files, and note their sources in the plan."""
    posts = [post for key, part in plan.parts() for post in _draw_posts(plan, key, part)]
    for influencer in plan.influencers:
        _write_instagram(plan, data, influencer["key"], posts)
    _write_shop(plan, data)
    _write_spend(plan, data)
    if plan.chance(0.7):
        _write_fx(plan, data)


def _noon(on: date) -> datetime:
    return datetime.combine(on, time(12), tzinfo=UTC)


def _span(plan: Plan, key: str) -> tuple[date, date, date]:
    tree = plan.campaigns[key]
    start, end = date.fromisoformat(tree["start"]), date.fromisoformat(tree["end"])
    return start, end, end + timedelta(days=int(tree["settle_days"]))


def _event(plan: Plan, key: str) -> datetime:
    """Draw a moment in a campaign's window, at its very edges, or a little outside."""
    start, end, _ = _span(plan, key)
    if plan.chance(0.25):
        on = plan.rng.choice((start, end, start - timedelta(days=1), end + timedelta(days=1)))
    else:
        on = start + timedelta(days=plan.rng.randrange((end - start).days + 1))
    return plan.moment(min(on, plan.as_of - timedelta(days=plan.rng.randrange(3))))


# --- files and their dates -----------------------------------------------------------------------


def _visits(plan: Plan, source: Tree, keys: Iterable[str], most: int) -> list[Visit]:
    """Draw the days on which a source was read: around verdicts, now, and too late."""
    days = {plan.as_of} if plan.chance(0.85) else {plan.as_of - timedelta(days=plan.rng.randint(5, 25))}
    neglected = plan.chance(0.25)
    for key in keys:
        start, end, decided = _span(plan, key)
        if neglected:
            days.add(start + (end - start) * plan.rng.randint(1, 3) // 3)
            continue
        for on in (start + (end - start) // 2, decided - timedelta(days=plan.rng.randrange(9)), decided):
            if plan.chance(0.7):
                days.add(on + timedelta(days=plan.rng.choice((0, 0, 0, 1, 2))))
    kept = sorted(on for on in days if on <= plan.as_of)[-most:]
    form, zone = _date_form(plan, source)
    return [_visit(plan, on, form, zone) for on in kept]


def _date_form(plan: Plan, source: Tree) -> tuple[str, str]:
    """Let some sources stamp their files with a time of their own zone."""
    form = plan.rng.choice(("%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%dT%H%M%SZ", "%Y-%m-%dT%H%M"))
    zone = "UTC" if form.endswith("Z") else plan.rng.choice(ZONES)
    source["timezone"] = zone
    source["files"] = source["files"].replace("{}", "{extracted_at:" + form + "}")
    return form, zone


def _visit(plan: Plan, on: date, form: str, zone: str) -> Visit:
    if "%H" not in form:
        return Visit(f"{on:{form}}", datetime.combine(on, time(23, 59, 59), tzinfo=plan.zone))
    clock = plan.rng.choice((time(0, 5), time(8, 30), time(12), time(23, 50)))
    at = datetime.combine(on, clock, tzinfo=ZoneInfo(zone))
    return Visit(f"{at:{form}}", at)


def _write(data: Path, source: Tree, visit: Visit, text: str, star: str = "") -> None:
    before, _, rest = source["files"].partition("{")
    path = data / (before.replace("*", star) + visit.text + rest.partition("}")[2])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def _source(plan: Plan, key: str, form: str, files: str, overlap: str) -> Tree:
    source: Tree = {"key": key, "format": form, "files": files, "overlap": overlap}
    if plan.chance(0.8):
        error = plan.rng.choice((3, 3, 7, 15))
        source["freshness"] = {"warn_after": "2d", "error_after": f"{error}d"}
    plan.sources.append(source)
    return source


def _texts(plan: Plan, visits: list[Visit], write: Callable[[Visit], str]) -> list[tuple[Visit, str]]:
    """Write each visit's text; now and then a visit repeats the bytes of the one before."""
    texts: list[tuple[Visit, str]] = []
    for visit in visits:
        again = texts and plan.chance(0.08)
        texts.append((visit, texts[-1][1] if again else write(visit)))
    return texts


# --- Instagram -----------------------------------------------------------------------------------


def _draw_posts(plan: Plan, campaign: str, part: Tree) -> list[Post]:
    posts = [_draw_post(plan, campaign, part) for _ in range(plan.rng.choice((1, 2, 3, 3, 4)))]
    part["posts"] += [f"instagram:{post.id}" for post in posts if plan.chance(0.25)]
    return posts


def _draw_post(plan: Plan, campaign: str, part: Tree) -> Post:
    rng = plan.rng
    others = [rule["hashtag"] for _, other in plan.parts() for rule in other["tracking"] if "hashtag" in rule]
    own = [rule["hashtag"] for rule in part["tracking"] if "hashtag" in rule]
    tags = own if plan.chance(0.92) else []
    tags = [*tags, rng.choice(others)] if others and plan.chance(0.12) else tags
    return Post(
        id=f"179{rng.randrange(10**14):014}",
        influencer=part["influencer"],
        at=_event(plan, campaign).replace(microsecond=0),
        kind=rng.choice(tuple(KINDS)),
        caption=" ".join(['Slow tea | "first" flush', *(rng.choice((tag, tag.upper())) for tag in tags)]),
        final=_final(plan),
        hidden={name for name in COUNTERS if plan.chance(0.03)} | _hidden_together(plan),
        tagged_later=plan.chance(0.08),
    )  # fmt: skip


def _hidden_together(plan: Plan) -> set[str]:
    return set(plan.rng.choice((*[()] * 12, COUNTERS, ("likes", "like_count"))))


def _final(plan: Plan) -> dict[str, int]:
    rng = plan.rng
    reach = rng.choice((0, 500, 1000, 2000, 2000, 4000, rng.randint(21, 4000)))
    return {
        "reach": reach,
        "views": reach * rng.choice((1, 1, 2)),
        "likes": rng.randint(0, reach // 10),
        "comments": rng.randint(0, reach // 50),
        "shares": rng.randint(0, reach // 50),
        "saved": rng.randint(0, reach // 50),
    }


def _write_instagram(plan: Plan, data: Path, who: str, posts: list[Post]) -> None:
    own = [post for post in posts if post.influencer == who]
    keys = [key for key, part in plan.parts() if part["influencer"] == who]
    if not keys:
        return
    _write_lists(plan, data, who, keys, own)
    visits = _write_insights(plan, data, who, keys, own)
    if plan.chance(0.25):
        _write_second_opinion(plan, data, who, visits, own)


def _write_lists(plan: Plan, data: Path, who: str, keys: list[str], posts: list[Post]) -> None:
    files = f"instagram/{who}/media-{{}}.json"
    source = _source(plan, f"list-{who}", "instagram_graph.media_list", files, "cumulative")
    if plan.chance(0.5):
        source["account"] = who
    handle = next(tree["accounts"]["instagram"] for tree in plan.influencers if tree["key"] == who).lstrip(
        "@"
    )

    def text(visit: Visit) -> str:
        shown = [_media(plan, post, handle, visit) for post in posts if post.at <= visit.at]
        return _json(plan, {"data": shown, "paging": {}})

    for visit, page in _texts(plan, _visits(plan, source, keys, 4), text):
        _write(data, source, visit, page)


def _media(plan: Plan, post: Post, handle: str, visit: Visit) -> Tree:
    media_type, product = KINDS[post.kind]
    early = post.tagged_later and (visit.at - post.at).days < 10
    media = {
        "id": post.id,
        "caption": "Slow tea" if early else post.caption,
        "media_type": media_type,
        "media_product_type": product,
        "permalink": f"https://www.instagram.com/p/{post.id}/",
        "timestamp": f"{post.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S+0000}",
        "username": handle,
        "comments_count": post.counter("comments", visit.at) + plan.rng.randrange(2),
    }
    if "like_count" not in post.hidden:
        media["like_count"] = post.counter("likes", visit.at) + plan.rng.randrange(2)
    return media


def _write_insights(plan: Plan, data: Path, who: str, keys: list[str], posts: list[Post]) -> list[Visit]:
    """Write insights in one file for all posts, or in one file for each post."""
    apart = plan.chance(0.3)
    files = f"instagram/{who}/post-*-{{}}.json" if apart else f"instagram/{who}/insights-{{}}.json"
    source = _source(plan, f"insights-{who}", "instagram_graph.media_insights", files, "cumulative")
    visits = _visits(plan, source, keys, 4)
    if apart:
        for visit in visits:
            for post in _to_read(posts, visit):
                _write(data, source, visit, _json(plan, _insights(plan, post, visit)), post.id)
        return visits

    def text(visit: Visit) -> str:
        return _json(plan, {post.id: _insights(plan, post, visit) for post in _to_read(posts, visit)})

    for visit, page in _texts(plan, [visit for visit in visits if _to_read(posts, visit)], text):
        _write(data, source, visit, page)
    return visits


def _to_read(posts: list[Post], visit: Visit) -> list[Post]:
    return [post for post in posts if post.at <= visit.at and not post.hidden.issuperset(COUNTERS)]


def _insights(plan: Plan, post: Post, visit: Visit, off_by: float = 0) -> Tree:
    shown = [name for name in COUNTERS if name not in post.hidden]
    if post.kind == "story":
        shown = [name for name in shown if name not in ("likes", "saved")]
    elements = []
    for name in shown:
        falls = 1 if plan.chance(0.05) else 0
        value = max(post.counter(name, visit.at) - falls, 0) + plan.chance(off_by)
        value = plan.spoilt(value, plan.rng.choice((-1, "1.2k", 0.5)))
        legacy = name == "views" and plan.chance(0.1)
        called = "plays" if legacy else "replies" if (post.kind, name) == ("story", "comments") else name
        held = {"total_value": {"value": value}} if plan.chance(0.2) else {"values": [{"value": value}]}
        element = {"name": called, "period": "lifetime", **held, "title": called.title()}
        elements.append(element | {"id": f"{post.id}/insights/{called}/lifetime"})
    return {"data": elements}


def _write_second_opinion(plan: Plan, data: Path, who: str, visits: list[Visit], posts: list[Post]) -> None:
    """Let a second source speak of the same posts at the same moments, sometimes with other values."""
    first = plan.sources[-1]
    again = first | {"key": f"again-{who}", "files": first["files"].replace("instagram/", "agency/")}
    again["files"] = again["files"].replace("-*-", "-all-")
    plan.sources.append(again)
    for visit in visits[-2:]:
        if shown := {post.id: _insights(plan, post, visit, 0.1) for post in _to_read(posts, visit)}:
            _write(data, again, visit, _json(plan, shown))


def _json(plan: Plan, tree: Tree) -> str:
    indent = 1 if plan.chance(0.5) else None
    return json.dumps(tree, indent=indent, ensure_ascii=plan.chance(0.5)) + "\n"


# --- shop ----------------------------------------------------------------------------------------


def _write_shop(plan: Plan, data: Path) -> None:
    orders = [order for key, part in plan.parts() for order in _draw_orders(plan, key, part)]
    orders.sort(key=lambda order: order.at, reverse=True)
    source = _source(plan, "shop", "shopify.orders_csv", "shop/orders-{}.csv", "replaces")
    source["currency"] = plan.project["currency"]
    recent = timedelta(days=plan.rng.choice((20, 400)))

    def text(visit: Visit) -> str:
        shown = [order for order in orders if order.at <= visit.at <= order.at + recent]
        rows = [row for order in shown for row in _lines(order, visit)]
        for row in rows:
            if "Subtotal" in row:
                row["Subtotal"] = plan.spoilt(row["Subtotal"], "12,50 kr")
        return _csv(ORDER_HEADER, rows)

    for visit, export in _texts(plan, _visits(plan, source, list(plan.campaigns), 5), text):
        _write(data, source, visit, export)


def _draw_orders(plan: Plan, campaign: str, part: Tree) -> list[Order]:
    tracked = any("hashtag" not in rule for rule in part["tracking"])
    return [_draw_order(plan, campaign, part) for _ in range(plan.rng.randrange(7) if tracked else 0)]


def _draw_order(plan: Plan, campaign: str, part: Tree) -> Order:
    rng = plan.rng
    at = _event(plan, campaign).replace(microsecond=0)
    subtotal = rng.choice((rng.randrange(1, 20) * 1000, rng.randrange(100, 20000)))
    offset = at.astimezone(ZoneInfo(rng.choice(ZONES)))
    currency = rng.choice(CURRENCIES) if plan.chance(0.08) else plan.project["currency"]
    cells: Tree = {
        "Financial Status": rng.choice(STATUSES),
        "Currency": currency,
        "Subtotal": _cents(subtotal),
        "Shipping": "4.90",
        "Taxes": "0.00",
        "Total": _cents(subtotal + 490),
        "Discount Amount": "0.00",
        "Created at": f"{offset:%Y-%m-%d %H:%M:%S %z}",
        "Refunded Amount": "0.00",
        "Outstanding Balance": "0.00",
        **_carried(plan, part),
    }
    changed_at = at + timedelta(days=rng.randint(1, 15))
    lines = rng.choice((1, 1, 1, 2))
    return Order(f"#{rng.randrange(10**6, 10**7)}", at, cells, changed_at, _change(plan, subtotal), lines)


def _change(plan: Plan, subtotal: int) -> Tree:
    """Draw what happens to an order after it was placed."""
    some = plan.rng.randrange(1, subtotal)
    return plan.rng.choice(
        (
            *[{}] * 6,
            {"Financial Status": "paid"},
            {"Financial Status": "refunded", "Refunded Amount": _cents(subtotal)},
            {"Financial Status": "partially_refunded", "Refunded Amount": _cents(some)},
            {"Financial Status": "voided"},
            {"Cancelled at": f"{plan.as_of} 10:00:00 +0000"},
        )
    )


def _carried(plan: Plan, part: Tree) -> Tree:
    """Draw the codes and UTM tags of an order: the participation's own, another's, both, or unknown ones."""
    own, any_part = _marks(part["tracking"]), _marks(plan.rng.choice(plan.parts())[1]["tracking"])
    code, utm = own
    if plan.chance(0.12):
        code = ", ".join(filter(None, (code, any_part[0], plan.rng.choice(("", "FREESHIP")))))
    elif plan.chance(0.12):
        code = plan.rng.choice(("", "NOBODY5"))
    if plan.chance(0.5):
        utm = plan.rng.choice(("", any_part[1], "utm_source: instagram\nutm_campaign: elsewhere"))
    return {"Discount Code": _spelled(plan, code), "Note Attributes": _spelled_values(plan, utm)}


def _marks(tracking: list[Tree]) -> tuple[str, str]:
    code = next((rule["promo_code"] for rule in tracking if "promo_code" in rule), "")
    utm = next((rule for rule in tracking if "utm_campaign" in rule), {})
    return code, "\n".join(f"{name}: {utm[name]}" for name in ("utm_campaign", "utm_content") if name in utm)


def _spelled(plan: Plan, code: str) -> str:
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isalnum() else sign for sign in code)
    return str(plan.rng.choice((code, code, code.lower(), code.title(), wide)))


def _spelled_values(plan: Plan, utm: str) -> str:
    pairs = [line.split(": ") for line in utm.splitlines()]
    return "\n".join(f"{name}: {value.upper() if plan.chance(0.2) else value}" for name, value in pairs)


def _lines(order: Order, visit: Visit) -> list[Tree]:
    cells = order.cells | (order.changed if order.changed_at <= visit.at else {})
    item = {
        "Name": order.number, "Lineitem quantity": "1", "Lineitem name": 'Tin, "Quiet" Edition',
        "Lineitem price": "10.00", "Lineitem sku": "TIN-Q", "Lineitem discount": "0.00",
        "Created at": cells["Created at"],
    }  # fmt: skip
    return [cells | item, *[item] * (order.lines - 1)]


def _cents(amount: int) -> str:
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02}"


def _csv(header: Iterable[str], rows: list[Tree]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(header), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


# --- our own lists -------------------------------------------------------------------------------


def _write_spend(plan: Plan, data: Path) -> None:
    rows = [row for key in plan.campaigns for row in _draw_payments(plan, key)]
    overlap = plan.rng.choice(("replaces", "replaces", "adds"))
    source = _source(plan, "spend", "perftrack.spend", "spend/spend-{}.csv", overlap)
    header = ("day", "campaign", "influencer", "cost_type", "amount", "currency", "reference")
    shown: list[Tree] = []

    def text(visit: Visit) -> str:
        known = [
            row for row in rows if _entered(row) <= visit.at and not (overlap == "adds" and row in shown)
        ]
        shown.extend(known)
        return _csv(header, known)

    for visit, page in _texts(plan, _visits(plan, source, list(plan.campaigns), 4), text):
        _write(data, source, visit, page)


def _entered(row: Tree) -> datetime:
    """Say when a payment is written down: some are entered before they are made."""
    return _noon(date.fromisoformat(row["day"]) - timedelta(days=4))


def _draw_payments(plan: Plan, campaign: str) -> list[Tree]:
    start, end, _ = _span(plan, campaign)
    own = plan.campaigns[campaign].get("budget", plan.project)["currency"]
    people = [part["influencer"] for part in plan.campaigns[campaign]["influencers"]]
    rows = [
        {
            "day": str(start + timedelta(days=plan.rng.randint(-6, (end - start).days + 6))),
            "campaign": campaign,
            "influencer": plan.rng.choice(("", *people, *people)),
            "cost_type": plan.rng.choice(("fee", "product", "ad_spend", "production", "commission")),
            "amount": plan.spoilt(
                _cents(plan.rng.choice((50000, 120000, plan.rng.randrange(1000, 90000)))), "18.5k"
            ),
            "currency": plan.rng.choice(CURRENCIES) if plan.chance(0.1) else own,
            "reference": f"{campaign}-{number}",
        }
        for number in range(plan.rng.choice((0, 2, 3, 4)))
    ]
    if rows and plan.chance(0.15):
        rows += [
            row | {"amount": f"-{row['amount']}", "reference": f"{row['reference']}-back"} for row in rows
        ]
    return rows


def _write_fx(plan: Plan, data: Path) -> None:
    source = _source(plan, "fx", "perftrack.fx", "fx/fx-{}.csv", "replaces")
    days = [plan.as_of - timedelta(days=back) for back in range(0, 90, plan.rng.choice((1, 4, 7, 9)))]
    pairs = [pair for pair in permutations(CURRENCIES, 2) if plan.chance(0.8)]
    for visit in _visits(plan, source, list(plan.campaigns), 2):
        rows = list(_rates(plan, visit, days, pairs))
        _write(data, source, visit, _csv(("day", "base", "quote", "rate"), rows))


def _rates(plan: Plan, visit: Visit, days: list[date], pairs: Sequence[tuple[str, str]]) -> Iterable[Tree]:
    for on in days:
        for base, quote in pairs:
            if _noon(on) <= visit.at and plan.chance(0.6):
                rate = plan.rng.choice(("0.5", "2", f"{plan.rng.randint(1, 10**9)}e-7"))
                yield {"day": str(on), "base": base, "quote": quote, "rate": _plain(rate)}


def _plain(rate: str) -> str:
    digits, _, shift = rate.partition("e-")
    return f"{digits:>08}"[: -int(shift)] + "." + f"{digits:>08}"[-int(shift) :] if shift else rate
