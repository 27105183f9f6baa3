"""Shopify's REST Admin API: orders, one or many, with the codes, the visit and the refunds that belong to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from perftrack_site.sources.cast import Column, choice, count, currency, identifier, moment, money, plain
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.json_reader import as_text, read_json
from perftrack_site.sources.json_records import Listed, list_at, other_shape, refuse_error_body
from perftrack_site.sources.naming import by_column
from perftrack_site.sources.platforms.json_orders import Shape, codes, flag, objects, read_orders
from perftrack_site.sources.platforms.shopify import STATUSES
from perftrack_site.sources.records import Cells
from perftrack_site.sources.spelling import keyed_hash
from perftrack_site.sources.tables import Cell
from perftrack_site.sources.tags import UTM_KEYS, utm_columns, utm_of_url, utm_values

ADDRESS = (
    "name", "first_name", "last_name", "company", "address1", "address2", "city", "zip", "province", "country",
    "phone", "latitude", "longitude",
)  # fmt: skip
PERSONAL = (
    "email", "contact_email", "phone", "note", "browser_ip", "client_details.browser_ip", "token", "cart_token",
    "checkout_token", "order_status_url", "payment_details.credit_card_number",
    "customer.email", "customer.first_name", "customer.last_name", "customer.phone", "customer.note",
    *(f"{place}.{part}" for place in ("billing_address", "shipping_address") for part in ADDRESS),
    *(f"customer.{place}.{part}" for place in ("default_address", "addresses[]") for part in ADDRESS),
)  # fmt: skip


def shipping(text: str) -> Decimal:
    """Add up the prices of an order's shipping lines."""
    return sum((money(as_text(line.get("price"))) for line in objects(text)), Decimal(0))


def refunds(text: str) -> tuple[str, ...]:
    """Find what was paid back, each as `EUR 9.40`: refunds that went through."""
    return tuple(
        f"{as_text(paid.get('currency'))} {money(as_text(paid.get('amount')))}"
        for refund in objects(text)
        for paid in objects(refund.get("transactions") or [])
        if paid.get("kind") == "refund" and paid.get("status") == "success"
    )


def tags_of_notes(text: str) -> tuple[str, ...]:
    """Find UTM tags among the attributes of an order's note."""
    return utm_values({as_text(each.get("name")): as_text(each.get("value")) for each in objects(text)})


UTM = tuple(f"orders.utm_{key}" for key in UTM_KEYS)
ORDER = (
    Column(("name",), identifier, ("orders.order_id", "order_lines.order_id")),
    Column(("created_at",), moment, ("orders.ordered_at", "orders.ordered_on")),
    Column(("financial_status",), choice(*STATUSES), ("orders.status",)),
    Column(("currency",), currency, ("orders.currency",)),
    Column(("subtotal_price",), money, ("orders.subtotal",)),
    Column(("total_discounts",), money, ("orders.discount",), nullable=True),
    Column(("shipping_lines",), shipping, ("orders.shipping",), nullable=True),
    Column(("total_tax",), money, ("orders.tax",), nullable=True),
    Column(("total_price",), money, ("orders.total",)),
    Column(("refunds",), refunds, ("orders.refunded",), nullable=True),
    Column(("discount_codes",), codes, ("orders.promo_codes",), nullable=True),
    Column(("landing_site",), utm_of_url, UTM, nullable=True),
    Column(("note_attributes",), tags_of_notes, UTM, nullable=True),
    Column(("customer_key",), keyed_hash, ("orders.customer_key",), nullable=True),
    Column(("cancelled_at",), moment, ("orders.is_cancelled",), nullable=True),
    Column(("test",), flag, ("orders.is_test",), nullable=True),
)
LINE = (
    Column(("sku",), plain, ("order_lines.sku",), nullable=True),
    Column(("name",), plain, ("order_lines.title",), nullable=True, free_text=True),
    Column(("quantity",), count, ("order_lines.quantity",)),
    Column(("price",), money, ("order_lines.price",)),
    Column(("total_discount",), money, ("order_lines.discount",), nullable=True),
)


def _order_row(cells: Cells, _: Sequence[Cells]) -> dict[str, Cell]:
    noted = cells["note_attributes"]
    tags = noted if isinstance(noted, tuple) and any(noted) else cells["landing_site"]
    return {
        **by_column(ORDER, cells),
        **utm_columns(tags),
        "refunded": _refunded(cells),
        "promo_codes": cells["discount_codes"] or (),
        "is_cancelled": cells["cancelled_at"] is not None,
        "is_test": cells["test"] or False,
    }


def _refunded(cells: Cells) -> Cell:
    """Add up what was paid back; None where that is not known in the currency of the order."""
    paid_back = cells["refunds"]
    if not isinstance(paid_back, tuple):
        return None
    parts = [each.split(" ") for each in paid_back]
    if any(unit not in {"", cells["currency"]} for unit, _ in parts):
        return None
    return sum((Decimal(amount) for _, amount in parts), Decimal(0))


SHAPE = Shape(
    looks_like="orders of Shopify (GET /admin/api/.../orders.json)",
    order=ORDER,
    lines="line_items",
    line=LINE,
    most=250,
    order_row=_order_row,
    line_row=lambda cells: by_column(LINE, cells),
)


def read_list(file: SourceFile) -> Reading:
    """Read a list of orders."""
    return read_orders(file, list_at(file, "orders", looks_like=SHAPE.looks_like), SHAPE)


def read_single(file: SourceFile) -> Reading:
    """Read the answer for one order."""
    top = read_json(file)
    refuse_error_body(file, top)
    orders = [
        node for name, node in (top.members() if isinstance(top.value, dict) else ()) if name == "order"
    ]
    if not orders or not isinstance(orders[0].value, dict):
        raise other_shape(file, top, "an object with an `order` (GET /admin/api/.../orders/<id>.json)")
    return read_orders(file, Listed(orders, top.document.opened_at["{order{"], []), SHAPE)


NOTES = (
    "Run `perftrack scrub` on every answer before you commit it: it holds names, addresses and e-mails.",
    "How many pages there are stands only in the headers of the answer: a full page is told in a notice.",
    "An order is named as in the export (`#1001`), so that both tell of the same order.",
    "UTM tags come from the attributes of the order's note, or else from the address where the visit began.",
    "Refunds are those that went through; where one is in another currency than the order, the amount is unknown.",
    "An order with a line that cannot be read is rejected whole.",
)


def _format(
    key: str,
    read: Callable[[SourceFile], Reading],
    *,
    label: str,
    at: str,
    call: str,
    pattern: str,
    more: str = "",
) -> Format:
    return Format(
        key,
        label=f"Shopify REST API, {label}",
        noun="order",
        tables=("orders", "order_lines"),
        overlaps=("replaces", "adds"),
        columns=SHAPE.columns,
        read=read,
        personal=tuple(f"{at}.{name}" for name in PERSONAL),
        identity=f"{at}.email",
        identity_key="customer_key",
        platform="Shopify",
        export=f"Fetch `GET https://<shop>.myshopify.com/admin/api/<version>/{call}` and save the answer as it comes."
        + more,
        notes=NOTES,
        pattern=pattern,
    )


ORDERS_JSON = _format(
    "shopify_json.orders",
    read_list,
    label="orders",
    at="orders[]",
    call="orders.json?status=any&limit=250",
    more=" While its header `Link` names a next page, fetch that too and save it beside it, with the same date.",
    pattern="shop/orders-{extracted_at:%Y-%m-%d}*.json",
)
ORDER_JSON = _format(
    "shopify_json.order",
    read_single,
    label="one order",
    at="order",
    call="orders/<id>.json",
    pattern="shop/order-*-{extracted_at:%Y-%m-%d}.json",
)

FORMATS = (ORDERS_JSON, ORDER_JSON)
