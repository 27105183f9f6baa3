"""Orders of the shop: those the campaigns bring, as many and as large as planned, and all the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from random import Random

from sample.plan import FIRST_DAY, LAST_DAY, Campaign, Part, split

SHOP_TIME = timezone(timedelta(hours=2))  # Johannesburg has no summer time


@dataclass(frozen=True)
class Item:
    sku: str
    name: str
    cents: int
    vendor: str


CATALOGUE = (
    Item("ROO-100", "Rooibos, loose leaf - 100 g", 11900, "Umoja Tea"),
    Item("CHA-200", "Masala chai - 200 g", 18900, "Umoja Tea"),
    Item("MAT-030", "Matcha, ceremonial - 30 g", 32900, "Umoja Tea"),
    Item("CUP-2", 'Cups, pair, "Quiet" glaze', 42000, "Umoja Home"),
    Item("POT-1", "Teapot, stoneware, 1 l", 89900, "Umoja Home"),
    Item("KET-S", "Kettle, steel, 1.5 l", 129900, "Umoja Home"),
)


@dataclass(frozen=True)
class Line:
    item: Item
    quantity: int

    @property
    def cents(self) -> int:
        return self.item.cents * self.quantity


@dataclass(frozen=True)
class Order:
    """An order, and what becomes of it: from `changes_on` it stands as `final`, before as `first`."""

    placed: datetime  # in the shop's own time, as its exports print it
    lines: tuple[Line, ...]
    codes: str = ""  # the cell as the shop prints it
    utm: tuple[tuple[str, str], ...] = ()
    discount: int = 0  # cents
    first: str = "paid"
    final: str = "paid"
    changes_on: date | None = None
    refund: int = 0  # cents, once final
    cancelled: bool = False
    seen_from: date = FIRST_DAY  # the first export that shows it
    number: int = 0
    order_id: int = field(default=0)

    @property
    def subtotal(self) -> int:
        return sum(line.cents for line in self.lines) - self.discount


def all_orders(campaigns: tuple[Campaign, ...]) -> tuple[Order, ...]:
    """Make every order, oldest first, numbered in that order."""
    orders = [order for campaign in campaigns for order in orders_of(campaign)]
    orders += [*orders_without_a_campaign(), *odd_orders()]
    orders.sort(key=lambda order: (order.placed, order.codes, order.subtotal))
    return tuple(
        replace(order, number=1001 + at, order_id=6_100_000_000_000 + 104_729 * (at + 1))
        for at, order in enumerate(orders)
    )


# --- what the campaigns bring -------------------------------------------------------------------


def orders_of(campaign: Campaign) -> Iterator[Order]:
    """Give the planned orders (they count), then a few that do not: voided and cancelled ones."""
    owners = [part for part in campaign.parts for _ in range(part.orders)]
    if campaign.revenue is None:
        return
    rng = Random(f"orders of {campaign.key}")
    states = [state_of(at, rng) for at in range(len(owners))]
    amounts = iter(amounts_of(campaign, sum(first_paid(state) for state in states), rng))
    for part, state in zip(owners, states, strict=True):
        lines, discount = next(amounts) if first_paid(state) else basket(90_000, rng)
        order = Order(moment(campaign, rng), lines, *tracked(campaign, part, rng), discount)
        yield settled(order, state, campaign, rng)
    for part in owners[:: max(12, len(owners) // 3)]:
        yield left_out(campaign, part, rng)
    if campaign.late_files:
        yield from late_orders(campaign, owners[0], rng)


def state_of(at: int, rng: Random) -> str:
    """Spread the states an order can end in; the first ones make sure that each campaign sees some."""
    if at in (3, 17, 40):
        return "pending"
    if at in (5, 23):
        return "partially_refunded"
    if at == 11:
        return "refunded"
    if at == 14:
        return "partially_paid"
    return "paid later" if rng.random() < 0.12 else "paid"


def first_paid(state: str) -> bool:
    return state != "pending"


def settled(order: Order, state: str, campaign: Campaign, rng: Random) -> Order:
    """Let an order reach its state some days later, but early enough to be known by the verdict."""
    changes = order.placed.date() + timedelta(days=rng.randint(2, 7))
    if campaign.known_by == LAST_DAY:
        changes = order.placed.date()
    if state == "paid later":
        return replace(order, first="pending", final="paid", changes_on=changes)
    if state == "refunded":
        return replace(order, final=state, refund=order.subtotal, changes_on=changes)
    if state == "partially_refunded":
        return replace(order, final=state, refund=order.subtotal * 3 // 10, changes_on=changes)
    return replace(order, first=state, final=state)


def moment(campaign: Campaign, rng: Random) -> datetime:
    """Pick a moment between the first day and the last that an export shows in time."""
    last = min(campaign.end, LAST_DAY - timedelta(days=1))
    chosen = campaign.start + timedelta(days=rng.randint(0, (last - campaign.start).days))
    return datetime.combine(chosen, time(rng.randint(0, 23), rng.randrange(60), rng.randrange(60)), SHOP_TIME)


def tracked(campaign: Campaign, part: Part, rng: Random) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Show where the order comes from: by its code (in any case, or beside another), or by UTM tags alone."""
    code = part.code or ""
    utm = (
        ("utm_source", "instagram"),
        ("utm_medium", "influencer"),
        ("utm_campaign", campaign.key),
        ("utm_content", part.influencer),
    )
    luck = rng.random()
    if part.utm and luck < 0.3:
        return "", utm
    if luck < 0.42:
        return code.lower(), ()
    if luck < 0.47:
        return f"{code}, FREESHIP", ()
    return code, utm if part.utm and luck < 0.6 else ()


def amounts_of(campaign: Campaign, count: int, rng: Random) -> list[tuple[tuple[Line, ...], int]]:
    """Fill `count` baskets that add up to the planned revenue; a gift card of the right amount closes it."""
    planned = int((campaign.revenue or "0").replace(".", ""))
    wanted = split(planned, [rng.randint(50, 150) for _ in range(count)])
    baskets, missing = [], 0
    for amount in sorted(wanted, reverse=True):
        lines, discount = basket(amount + missing, rng)
        missing += amount - sum(line.cents for line in lines) + discount
        baskets.append((lines, discount))
    lines, discount = baskets.pop()
    card = sum(line.cents for line in lines) - discount + missing
    if card <= 0:
        raise ValueError(f"{campaign.key}: the baskets outgrow the planned revenue by {-card} cents")
    baskets.append(((Line(Item("GIFT", "Umoja gift card", card, "Umoja Home"), 1),), 0))
    rng.shuffle(baskets)
    return baskets


def basket(amount: int, rng: Random) -> tuple[tuple[Line, ...], int]:
    """Put one to three things together that cost about `amount` cents after a discount of 10 %."""
    lines: list[Line] = []
    left = amount * 10 // 9
    for item in reversed(CATALOGUE):
        quantity = min(left // item.cents, 2)
        if quantity and len(lines) < 3 and rng.random() < 0.8:
            lines.append(Line(item, quantity))
            left -= item.cents * quantity
    lines = lines or [Line(CATALOGUE[0], 1)]
    return tuple(lines), sum(line.cents for line in lines) // 10


def left_out(campaign: Campaign, part: Part, rng: Random) -> Order:
    """Make an order that is voided or cancelled: it counts nowhere."""
    lines, discount = basket(70_000, rng)
    order = Order(moment(campaign, rng), lines, part.code or "", (), discount)
    changes = order.placed.date() + timedelta(days=1)
    if rng.random() < 0.5:
        return replace(order, first="authorized", final="voided", changes_on=changes, cancelled=True)
    return replace(order, final="refunded", refund=order.subtotal, changes_on=changes, cancelled=True)


def late_orders(campaign: Campaign, part: Part, rng: Random) -> Iterator[Order]:
    """Make orders of the campaign's days that the shop shows only after the verdict."""
    for _ in range(3):
        lines, discount = basket(80_000, rng)
        seen = campaign.decided_on + timedelta(days=2)
        yield Order(moment(campaign, rng), lines, part.code or "", (), discount, seen_from=seen)


# --- what comes anyway --------------------------------------------------------------------------


def orders_without_a_campaign() -> Iterator[Order]:
    rng = Random("orders without a campaign")
    day = FIRST_DAY
    while day < LAST_DAY:
        lines, discount = basket(rng.randint(20_000, 160_000), rng)
        placed = datetime.combine(
            day, time(rng.randint(6, 22), rng.randrange(60), rng.randrange(60)), SHOP_TIME
        )
        yield Order(placed, lines, "", (), discount if rng.random() < 0.2 else 0)
        day += timedelta(days=rng.randint(1, 3))


def odd_orders() -> Iterator[Order]:
    """Make the orders that lead nowhere, or to two owners."""
    tin = (Line(CATALOGUE[0], 2),)
    newsletter = (("utm_source", "newsletter"), ("utm_medium", "email"), ("utm_campaign", "june-letter"))
    yield Order(datetime(2026, 5, 3, 11, 20, 9, tzinfo=SHOP_TIME), tin, "STOKVEL5", (), 1190)  # nobody's code
    yield Order(datetime(2026, 9, 9, 20, 1, 44, tzinfo=SHOP_TIME), tin, "STOKVEL5", (), 1190)
    yield Order(datetime(2026, 6, 20, 9, 12, 0, tzinfo=SHOP_TIME), tin, "", newsletter)  # nobody's tags
    yield Order(
        datetime(2026, 7, 19, 8, 47, 31, tzinfo=SHOP_TIME), tin, "LINDIWE10", (), 2380
    )  # after the code's last day
    yield Order(
        datetime(2026, 8, 12, 13, 5, 2, tzinfo=SHOP_TIME), tin, "THANDI10, JOAO10", (), 2380
    )  # two owners
    yield Order(
        datetime(2026, 10, 21, 18, 30, 55, tzinfo=SHOP_TIME), tin, "rúth10", (), 2380
    )  # almost a code
