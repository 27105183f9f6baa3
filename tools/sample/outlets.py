"""Two smaller shops beside the shop: an outlet on WooCommerce with its own Stripe, and wholesale on Shopify's API.

They are declared and read; the orders that count are those of the shop that `authority` names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sample.plan import LAST_DAY
from sample.shapes import File, answer, days
from sample.shopify import rand

SOURCES = """\
  # Smaller shops, which never add to the orders of the shop (authority in project.yml)
  - key: outlet
    format: woocommerce.orders
    files: outlet/orders-{extracted_at:%Y-%m-%d}-page*.json
    account: umoja-outlet
    overlap: replaces
    freshness: {warn_after: 8d, error_after: 15d}
  - key: outlet-stripe
    format: stripe.charges
    files: outlet/charges-{extracted_at:%Y-%m-%dT%H%M%SZ}-page*.json
    overlap: replaces
    freshness: {warn_after: 8d, error_after: 15d}
  - key: wholesale
    format: shopify_json.orders
    files: wholesale/orders-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-wholesale
    timezone: Africa/Johannesburg
    overlap: replaces
    freshness: {warn_after: 8d, error_after: 15d}
  - key: market-stall
    format: shopify_json.order
    files: wholesale/stall-*-{extracted_at:%Y-%m-%d}.json
    account: umoja-market-stall
    timezone: Africa/Johannesburg
    overlap: replaces
"""

OPENED = date(2026, 10, 1)
GOODS = (("OUT-CUP", "Cup &ndash; second choice", 14_900), ("OUT-POT", "Teapot &ndash; old glaze", 49_900))
PAGE_SIZE = 16


@dataclass(frozen=True)
class Sale:
    """A sale of the outlet: paid by card, now and then with a coupon, a refund or UTM tags."""

    number: int
    moment: datetime  # UTC
    pieces: int
    goods: tuple[str, str, int]
    coupon: bool
    status: str

    @property
    def before(self) -> int:
        return self.pieces * self.goods[2]

    @property
    def subtotal(self) -> int:
        return self.before * 9 // 10 if self.coupon else self.before

    @property
    def total(self) -> int:
        return self.subtotal + 6_900  # with shipping


def sales() -> tuple[Sale, ...]:
    rng = Random("outlet")
    found: list[Sale] = []
    for day in days(OPENED, LAST_DAY - timedelta(days=1)):
        if rng.random() < 0.55:
            moment = datetime.combine(day, time(rng.randint(5, 20), rng.randrange(60), 2), UTC)
            is_new = day >= LAST_DAY - timedelta(days=2)
            status = "on-hold" if is_new else rng.choice(("completed",) * 9 + ("refunded", "cancelled"))
            found.append(
                Sale(
                    701 + len(found), moment, rng.randint(1, 3), rng.choice(GOODS), rng.random() < 0.3, status
                )
            )
    return tuple(found)


def outlet_files() -> Iterator[File]:
    """Give every file as path and content."""
    newest_first = tuple(reversed(sales()))
    for page, at in enumerate(range(0, len(newest_first), PAGE_SIZE), 1):
        told = newest_first[at : at + PAGE_SIZE]
        yield f"outlet/orders-{LAST_DAY}-page{page}.json", answer([woocommerce(sale) for sale in told])
        more = at + PAGE_SIZE < len(newest_first)
        charges = {
            "object": "list",
            "url": "/v1/charges",
            "has_more": more,
            "data": [charge(sale) for sale in told],
        }
        yield f"outlet/charges-{LAST_DAY}T050000Z-page{page}.json", answer(charges)
    for on in (LAST_DAY - timedelta(days=7), LAST_DAY):
        placed = {number: date(2026, 9, 28) + timedelta(days=5 * number) for number in range(9, 0, -1)}
        orders = [
            wholesale_order(f"#W{1000 + number}", number, day, on)
            for number, day in placed.items()
            if day < on
        ]
        yield f"wholesale/orders-{on}T050000Z.json", answer({"orders": orders})
    stall = wholesale_order("#S1", 11, date(2026, 10, 24), LAST_DAY)
    yield f"wholesale/stall-1-{date(2026, 11, 9)}.json", answer({"order": stall})


# --- the outlet ------------------------------------------------------------------------------------


def woocommerce(sale: Sale) -> dict[str, object]:
    """Tell an order with everything personal taken out, and a keyed hash in the customer's place."""
    sku, name, price = sale.goods
    local = sale.moment + timedelta(hours=2)
    tags = (("source", "instagram"), ("medium", "story"), ("campaign", "outlet-opening"))
    paid = sale.status not in ("on-hold", "cancelled")
    return {
        "id": sale.number,
        "number": str(sale.number),
        "status": sale.status,
        "currency": "ZAR",
        "date_created": f"{local:%Y-%m-%dT%H:%M:%S}",
        "date_created_gmt": f"{sale.moment:%Y-%m-%dT%H:%M:%S}",
        "discount_total": rand(sale.before - sale.subtotal),
        "shipping_total": rand(6_900),
        "total": rand(sale.total),
        "total_tax": "0.00",
        "prices_include_tax": True,
        "customer_note": "",
        "billing": {"first_name": "", "last_name": "", "address_1": "", "email": "", "phone": ""},
        "customer_key": hashlib.sha256(f"outlet {sale.number % 13}".encode()).hexdigest()[:32],
        "payment_method": "card",
        "date_paid_gmt": f"{sale.moment + timedelta(seconds=40):%Y-%m-%dT%H:%M:%S}" if paid else None,
        "meta_data": [
            {"id": at, "key": f"_wc_order_attribution_utm_{key}", "value": value}
            for at, (key, value) in enumerate(tags, 1)
        ]
        if sale.number % 4 == 0
        else [],
        "line_items": [
            {
                "id": 3_000 + sale.number,
                "name": name,
                "quantity": sale.pieces,
                "subtotal": rand(sale.before),
                "total": rand(sale.subtotal),
                "sku": sku,
                "price": price / 100,
            }
        ],
        "coupon_lines": [{"id": 9, "code": "oldglaze", "discount": rand(sale.before - sale.subtotal)}]
        if sale.coupon
        else [],
        "refunds": [{"id": sale.number, "reason": "chipped", "total": f"-{rand(sale.total)}"}]
        if sale.status == "refunded"
        else [],
    }


def charge(sale: Sale) -> dict[str, object]:
    """Tell the payment of a sale, in cents and seconds since 1970."""
    captured = sale.status in ("completed", "refunded")
    fee = sale.total * 29 // 1000 + 200
    return {
        "id": f"ch_outlet_{sale.number:06d}",
        "object": "charge",
        "amount": sale.total,
        "amount_captured": sale.total if captured else 0,
        "amount_refunded": sale.total if sale.status == "refunded" else 0,
        "balance_transaction": {"amount": sale.total, "currency": "zar", "fee": fee} if captured else None,
        "captured": captured,
        "created": int(sale.moment.timestamp()) + 40,
        "currency": "zar",
        "customer": None,
        "description": None,
        "disputed": False,
        "failure_code": "card_declined" if sale.status == "cancelled" else None,
        "livemode": True,
        "metadata": {"order_id": str(sale.number)},
        "paid": captured,
        "refunded": sale.status == "refunded",
        "status": "failed" if sale.status == "cancelled" else "succeeded",
    }


# --- wholesale -------------------------------------------------------------------------------------


def wholesale_order(name: str, number: int, placed: date, on: date) -> dict[str, object]:
    """Tell an order of a café or a guest house; it is paid ten days later."""
    cents = 320_000 + 41_000 * number
    paid = (on - placed).days >= 10
    refunds: list[dict[str, object]] = []
    if number == 2:
        paid_back = {"kind": "refund", "status": "success", "amount": "410.00", "currency": "ZAR"}
        refunds = [{"id": 880_002, "transactions": [paid_back]}]
    status = ("partially_refunded" if refunds else "paid") if paid else "pending"
    return {
        "id": 6_200_000_000_000 + 7_919 * number,
        "name": name,
        "created_at": f"{placed}T09:1{number % 10}:00+02:00",
        "cancelled_at": None,
        "currency": "ZAR",
        "financial_status": status,
        "subtotal_price": rand(cents),
        "total_discounts": "0.00",
        "total_tax": rand(cents * 15 // 115),
        "total_price": rand(cents + 15_000),
        "test": False,
        "email": "",
        "landing_site": "/?utm_source=newsletter&utm_medium=email&utm_campaign=trade-letter"
        if number == 4
        else "/",
        "note_attributes": [],
        "discount_codes": [],
        "shipping_lines": [{"title": "Pallet", "price": "150.00"}],
        "refunds": refunds if paid else [],
        "line_items": [
            {
                "id": 71_000 + number,
                "sku": "ROO-5KG",
                "name": "Rooibos, loose leaf - 5 kg",
                "quantity": number + 3,
                "price": rand(cents // (number + 3)),
                "total_discount": "0.00",
            }
        ],
    }
