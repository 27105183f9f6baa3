"""The second half of a random workspace: `data/` in the platforms' real formats, with real life in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from zoneinfo import ZoneInfo

from workspace_feeds import write_feeds
from workspace_files import (
    Visit,
    as_csv,
    dates_of,
    draw_texts,
    draw_visits,
    event,
    marks,
    new_source,
    noon,
    spelled,
    write_file,
)
from workspace_plan import CURRENCIES, ZONES, Plan, Tree
from workspace_platforms import write_platforms
from workspace_posts import draw_posts, write_instagram

STATUSES = ("paid", "paid", "paid", "pending", "authorized", "partially_paid", "voided")
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


@dataclass
class Order:
    number: str
    at: datetime
    cells: Tree
    changed_at: datetime
    changed: Tree  # the cells that a later export shows otherwise
    lines: int


def write_data(plan: Plan, data: Path) -> None:
    """Draw what happened, write the files that tell of it, and note their sources in the plan."""
    posts = [post for key, part in plan.parts() for post in draw_posts(plan, key, part)]
    for influencer in plan.influencers:
        write_instagram(plan, data, influencer["key"], posts)
    write_platforms(plan, data, posts)
    _write_shop(plan, data)
    write_feeds(plan, data)
    _write_spend(plan, data)
    if plan.chance(0.7):
        _write_fx(plan, data)


# --- shop ----------------------------------------------------------------------------------------


def _write_shop(plan: Plan, data: Path) -> None:
    """Write the shop's exports; now and then another source tells of some of the same orders."""
    orders = [order for key, part in plan.parts() for order in _draw_orders(plan, key, part)]
    orders.sort(key=lambda order: order.at, reverse=True)
    _write_exports(plan, data, "shop", orders)
    if plan.chance(0.25):
        name = plan.rng.choice(("backup", "shop-till"))  # before or after it by key
        _write_exports(plan, data, name, [order for order in orders if plan.chance(0.7)])


def _write_exports(plan: Plan, data: Path, name: str, orders: list[Order]) -> None:
    source = new_source(plan, name, "shopify.orders_csv", f"shop/{name}/orders-{{}}.csv", "replaces")
    source["currency"] = plan.project["currency"]
    recent = timedelta(days=plan.rng.choice((20, 400)))

    def text(visit: Visit) -> str:
        shown = [order for order in orders if order.at <= visit.at <= order.at + recent]
        rows = [row for order in shown for row in _lines(order, visit)]
        for row in rows:
            if "Subtotal" in row:
                row["Subtotal"] = plan.spoilt(row["Subtotal"], "12,50 kr")
        return as_csv(ORDER_HEADER, rows)

    for visit, export in draw_texts(plan, draw_visits(plan, source, list(plan.campaigns), 5), text):
        write_file(data, source, visit, export)


def _draw_orders(plan: Plan, campaign: str, part: Tree) -> list[Order]:
    tracked = any("hashtag" not in rule for rule in part["tracking"])
    return [_draw_order(plan, campaign, part) for _ in range(plan.rng.randrange(7) if tracked else 0)]


def _draw_order(plan: Plan, campaign: str, part: Tree) -> Order:
    rng = plan.rng
    at = event(plan, campaign).replace(microsecond=0)
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
    own, any_part = marks(part["tracking"]), marks(plan.rng.choice(plan.parts())[1]["tracking"])
    code, utm = own
    if plan.chance(0.12):
        code = ", ".join(filter(None, (code, any_part[0], plan.rng.choice(("", "FREESHIP")))))
    elif plan.chance(0.12):
        code = plan.rng.choice(("", "NOBODY5"))
    if plan.chance(0.5):
        utm = plan.rng.choice(("", any_part[1], "utm_source: instagram\nutm_campaign: elsewhere"))
    return {"Discount Code": spelled(plan, code), "Note Attributes": _spelled_values(plan, utm)}


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


# --- our own lists -------------------------------------------------------------------------------


def _write_spend(plan: Plan, data: Path) -> None:
    rows = [row for key in plan.campaigns for row in _draw_payments(plan, key)]
    overlap = plan.rng.choice(("replaces", "replaces", "adds"))
    source = new_source(plan, "spend", "perftrack.spend", "spend/spend-{}.csv", overlap)
    header = ("day", "campaign", "influencer", "cost_type", "amount", "currency", "reference")
    shown: list[Tree] = []

    def text(visit: Visit) -> str:
        known = [
            row for row in rows if _entered(row) <= visit.at and not (overlap == "adds" and row in shown)
        ]
        shown.extend(known)
        return as_csv(header, known)

    for visit, page in draw_texts(plan, draw_visits(plan, source, list(plan.campaigns), 4), text):
        write_file(data, source, visit, page)


def _entered(row: Tree) -> datetime:
    """Say when a payment is written down: some are entered before they are made."""
    return noon(date.fromisoformat(row["day"]) - timedelta(days=4))


def _draw_payments(plan: Plan, campaign: str) -> list[Tree]:
    start, end, _ = dates_of(plan, campaign)
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
    source = new_source(plan, "fx", "perftrack.fx", "fx/fx-{}.csv", "replaces")
    days = [plan.as_of - timedelta(days=back) for back in range(0, 90, plan.rng.choice((1, 4, 7, 9)))]
    pairs = [pair for pair in permutations(CURRENCIES, 2) if plan.chance(0.8)]
    for visit in draw_visits(plan, source, list(plan.campaigns), 2):
        rows = list(_rates(plan, visit, days, pairs))
        write_file(data, source, visit, as_csv(("day", "base", "quote", "rate"), rows))


def _rates(plan: Plan, visit: Visit, days: list[date], pairs: Sequence[tuple[str, str]]) -> Iterable[Tree]:
    for on in days:
        for base, quote in pairs:
            if noon(on) <= visit.at and plan.chance(0.6):
                rate = plan.rng.choice(("0.5", "2", f"{plan.rng.randint(1, 10**9)}e-7"))
                yield {"day": str(on), "base": base, "quote": quote, "rate": _plain(rate)}


def _plain(rate: str) -> str:
    digits, _, shift = rate.partition("e-")
    return f"{digits:>08}"[: -int(shift)] + "." + f"{digits:>08}"[-int(shift) :] if shift else rate
