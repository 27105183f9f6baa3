"""WooCommerce's REST API, version 3: orders with their coupons, refunds and the visit that led to them.

Its reports of sales repeat the orders in totals by day; they are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import unescape
from typing import cast

from perftrack_site.sources.cast import Column, count, currency, identifier, money, plain, signed_money, word
from perftrack_site.sources.days import utc_moment
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.json_reader import as_text
from perftrack_site.sources.json_records import list_at
from perftrack_site.sources.ledger import Rule
from perftrack_site.sources.naming import by_column
from perftrack_site.sources.platforms.json_orders import Shape, codes, objects, read_orders
from perftrack_site.sources.records import Cells
from perftrack_site.sources.spelling import keyed_hash
from perftrack_site.sources.tables import Cell
from perftrack_site.sources.tags import UTM_KEYS, utm_columns, utm_values

ATTRIBUTION = "_wc_order_attribution_"
ADDRESS = (
    "first_name", "last_name", "company", "address_1", "address_2", "city", "state", "postcode", "country", "phone",
    "email",
)  # fmt: skip
PERSONAL = (
    "[].customer_ip_address", "[].customer_user_agent", "[].customer_note", "[].order_key", "[].cart_hash",
    "[].transaction_id", "[].payment_url",
    *(f"[].{place}.{part}" for place in ("billing", "shipping") for part in ADDRESS),
)  # fmt: skip

# What WooCommerce's own statuses mean; shops add others (shipped, picked up), and then the day of payment decides.
STATUSES = {
    "pending": "pending",
    "on-hold": "pending",
    "processing": "paid",
    "completed": "paid",
    "refunded": "refunded",
    "cancelled": "voided",
    "failed": "voided",
}
NO_ORDER = Rule("no_order", "a draft or something in the bin, not an order")
NOT_ORDERED = frozenset({"checkout-draft", "auto-draft", "draft", "trash"})


def refunds(text: str) -> Decimal:
    """Add up what was paid back; each refund stands as a negative total."""
    return sum((-signed_money(as_text(each.get("total"))) for each in objects(text)), Decimal(0))


def attribution(text: str) -> tuple[str, ...]:
    """Find the UTM tags that WooCommerce keeps of a visit; nothing else of the order's meta data is kept."""
    return utm_values(
        {
            as_text(each.get("key")).removeprefix(ATTRIBUTION): as_text(each.get("value"))
            for each in objects(text)
            if as_text(each.get("key")).startswith(ATTRIBUTION)
        }
    )


ORDER = (
    Column(("number", "id"), identifier, ("orders.order_id", "order_lines.order_id")),
    Column(("date_created_gmt",), utc_moment, ("orders.ordered_at", "orders.ordered_on")),
    Column(("status",), word, ("orders.status", "orders.is_cancelled")),
    Column(("currency",), currency, ("orders.currency",)),
    Column(("discount_total",), money, ("orders.discount",), nullable=True),
    Column(("shipping_total",), money, ("orders.shipping",), nullable=True),
    Column(("total_tax",), money, ("orders.tax",), nullable=True),
    Column(("total",), money, ("orders.total",)),
    Column(("refunds",), refunds, ("orders.refunded",), nullable=True),
    Column(("coupon_lines",), codes, ("orders.promo_codes",), nullable=True),
    Column(("meta_data",), attribution, tuple(f"orders.utm_{key}" for key in UTM_KEYS), nullable=True),
    Column(("customer_key", "billing.customer_key"), keyed_hash, ("orders.customer_key",), nullable=True),
    Column(("date_paid_gmt", "date_paid"), plain, (), nullable=True),
)
LINE = (
    Column(("sku",), plain, ("order_lines.sku",), nullable=True),
    Column(("name",), plain, ("order_lines.title",), nullable=True, free_text=True),
    Column(("quantity",), count, ("order_lines.quantity",)),
    Column(("subtotal",), money, ("order_lines.price", "order_lines.discount")),
    Column(("total",), money, ("orders.subtotal", "order_lines.discount")),
)


def _order_row(cells: Cells, lines: Sequence[Cells]) -> dict[str, Cell]:
    return {
        **by_column(ORDER, cells),
        **utm_columns(cells["meta_data"]),
        "status": _status(cells),
        "subtotal": sum((cast("Decimal", line["total"]) for line in lines), Decimal(0)),
        "promo_codes": cells["coupon_lines"] or (),
        "is_cancelled": cells["status"] == "cancelled",
        "is_test": False,
    }


def _status(cells: Cells) -> str:
    unknown = "pending" if cells["date_paid_gmt"] is None else "paid"
    status = STATUSES.get(str(cells["status"]), unknown)
    refunded, total = cells["refunds"], cast("Decimal", cells["total"])
    if status == "paid" and isinstance(refunded, Decimal) and refunded > 0:
        return "partially_refunded" if refunded < total else "refunded"
    return status


def _line_row(cells: Cells) -> dict[str, Cell]:
    """Make an order line: the price of one piece before discounts, rounded to four places where it must be."""
    before, after = cast("Decimal", cells["subtotal"]), cast("Decimal", cells["total"])
    pieces, title = cast("int", cells["quantity"]), cells["name"]
    return {
        "sku": cells["sku"],
        "title": None if title is None else unescape(str(title)),
        "quantity": pieces,
        "price": (before / pieces).quantize(Decimal("1e-4")) if pieces else None,
        "discount": before - after,
    }


SHAPE = Shape(
    looks_like="orders of WooCommerce (GET /wp-json/wc/v3/orders); its reports of sales only repeat them",
    order=ORDER,
    lines="line_items",
    line=LINE,
    most=100,
    order_row=_order_row,
    line_row=_line_row,
    skip=lambda cells: NO_ORDER if cells["status"] in NOT_ORDERED else None,
)


def read(file: SourceFile) -> Reading:
    """Read a list of orders."""
    return read_orders(file, list_at(file, "", looks_like=SHAPE.looks_like), SHAPE)


ORDERS = Format(
    "woocommerce.orders",
    label="WooCommerce API, orders",
    noun="order",
    tables=("orders", "order_lines"),
    overlaps=("replaces", "adds"),
    columns=SHAPE.columns,
    read=read,
    personal=PERSONAL,
    identity="[].billing.email",
    identity_key="customer_key",
    platform="WooCommerce",
    export=(
        "Fetch `GET https://<shop>/wp-json/wc/v3/orders?per_page=100&page=1` and save the answer as it comes; then "
        "the next pages until one is empty, each as a file of its own with the same date. Run `perftrack scrub` on "
        "them before you commit them: they hold names, addresses and e-mails."
    ),
    notes=(
        "How many pages there are stands only in the headers of the answer: a full page is told in a notice.",
        "The day of an order comes from `date_created_gmt`; `date_created` is the shop's local time without a zone.",
        "Revenue is the sum of the lines after coupons, without tax and shipping.",
        "An order in a status that is not WooCommerce's own counts as paid where it has a date of payment.",
        "Reports of sales are refused: their totals repeat the orders.",
    ),
    pattern="shop/orders-{extracted_at:%Y-%m-%d}-page*.json",
)

FORMATS = (ORDERS,)
