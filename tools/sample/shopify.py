"""The orders_export.csv files of a Shopify shop, scrubbed: the personal columns are there and empty."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sample.orders import SHOP_TIME, Line, Order
from sample.plan import FIRST_DAY, LAST_DAY

WINDOW = timedelta(days=17)  # an export shows the orders of the last days only
EXPORTED_AT = time(7, 0)  # local time, on Sundays
SAVED_TWICE = date(2026, 6, 21)
FLAT_SHIPPING = 9900  # cents, free from R 900
FREE_FROM = 90000

COLUMNS = (
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


def shop_files(orders: tuple[Order, ...]) -> Iterator[tuple[str, str]]:
    """Give an export for every Sunday as path and text; one was downloaded twice."""
    for on in sundays():
        text = export([order for order in orders if is_shown(order, on)], on)
        yield f"shop/orders-{on}.csv", text
        if on == SAVED_TWICE:
            yield f"shop/orders-{on}_copy.csv", text


def sundays() -> Iterator[date]:
    on = FIRST_DAY + timedelta(days=6 - FIRST_DAY.weekday())
    while on <= LAST_DAY:
        yield on
        on += timedelta(days=7)


def is_shown(order: Order, on: date) -> bool:
    """Show the window's orders; a late one stands in the first export after its day and in no other."""
    if order.seen_from > FIRST_DAY:
        return order.seen_from <= on < order.seen_from + timedelta(days=7)
    return on - WINDOW <= order.placed.date() and order.placed < datetime.combine(on, EXPORTED_AT, SHOP_TIME)


def export(orders: list[Order], on: date) -> str:
    """Write one export: newest order first, a row per line item, the order's cells on its first row only."""
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    rows.writeheader()
    for order in sorted(orders, key=lambda order: -order.number):
        first, *others = order.lines
        rows.writerow(order_cells(order, on) | line_cells(order, first, on))
        rows.writerows(line_cells(order, line, on) for line in others)
    return text.getvalue()


def charged(order: Order) -> int:
    """Add shipping to what the goods cost."""
    return order.subtotal + (0 if order.subtotal >= FREE_FROM else FLAT_SHIPPING)


def order_cells(order: Order, on: date) -> dict[str, str]:
    is_final = order.changes_on is not None and order.changes_on <= on
    status = order.final if is_final else order.first
    shipping, total = charged(order) - order.subtotal, charged(order)
    unpaid = status in ("pending", "authorized", "voided")
    owed = total if unpaid else total // 2 if status == "partially_paid" else 0
    return {
        "Financial Status": status,
        "Paid at": "" if unpaid else stamp(paid_at(order)),
        "Fulfillment Status": fulfilment(order, on),
        "Fulfilled at": stamp(order.placed + timedelta(days=1, hours=3)) if is_sent(order, on) else "",
        "Accepts Marketing": "yes" if order.number % 3 else "no",
        "Currency": "ZAR",
        "Subtotal": rand(order.subtotal),
        "Shipping": rand(shipping),
        "Taxes": rand(total * 15 // 115),
        "Total": rand(total),
        "Discount Code": order.codes,
        "Discount Amount": rand(order.discount),
        "Shipping Method": "Courier" if shipping else "Courier, free",
        "Note Attributes": "\n".join(f"{name}: {value}" for name, value in order.utm),
        "Cancelled at": stamp(cancelled_at(order)) if order.cancelled and is_final else "",
        "Payment Method": "EFT" if order.first == "pending" else "Card",
        "Refunded Amount": rand(order.refund if is_final else 0),
        "Outstanding Balance": rand(owed),
        "Id": str(order.order_id),
        "Tags": "influencer" if order.codes else "",
        "Risk Level": "Low",
        "Source": "web",
        "Tax 1 Name": "VAT 15%",
        "Tax 1 Value": rand(total * 15 // 115),
    }


def line_cells(order: Order, line: Line, on: date) -> dict[str, str]:
    return {
        "Name": f"#{order.number}",
        "Created at": stamp(order.placed),
        "Lineitem quantity": str(line.quantity),
        "Lineitem name": line.item.name,
        "Lineitem price": rand(line.item.cents),
        "Lineitem sku": line.item.sku,
        "Lineitem requires shipping": "false" if line.item.sku == "GIFT" else "true",
        "Lineitem taxable": "true",
        "Lineitem fulfillment status": "fulfilled" if is_sent(order, on) else "pending",
        "Vendor": line.item.vendor,
        "Lineitem discount": "0.00",
    }


def is_sent(order: Order, on: date) -> bool:
    return order.final not in ("voided", "pending") and order.placed.date() + timedelta(days=2) <= on


def fulfilment(order: Order, on: date) -> str:
    return "fulfilled" if is_sent(order, on) else "unfulfilled"


def paid_at(order: Order) -> datetime:
    if order.first == "pending" and order.changes_on:
        return datetime.combine(order.changes_on, time(6, 2, 11), SHOP_TIME)
    return order.placed + timedelta(seconds=2)


def cancelled_at(order: Order) -> datetime:
    return datetime.combine(order.changes_on or order.placed.date(), time(6, 30, 0), SHOP_TIME)


def stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S %z}"


def rand(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
