"""Other witnesses of the shop's sales: Stripe for those paid by card, Awin for those a publisher's link led to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from sample.orders import Order
from sample.plan import LAST_DAY
from sample.shapes import YESTERDAY, File, Row, table
from sample.shopify import charged, rand

SOURCES = """\
  # Payments and affiliate sales
  - key: stripe
    format: stripe.payments_csv
    files: stripe/payments-{extracted_at:%Y-%m-%d}.csv
    overlap: replaces
    freshness: {warn_after: 15d, error_after: 35d}
  - key: awin
    format: awin.transactions
    files: awin/transactions-{extracted_at:%Y-%m-%d}.csv
    timezone: Africa/Johannesburg
    currency: ZAR
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
"""

STRIPE_HEADER = (
    "id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Captured", "Converted Amount",
    "Converted Amount Refunded", "Converted Currency", "Description", "Fee", "Is Link", "Mode", "PaymentIntent ID",
    "Payment Source Type", "Refunded date (UTC)", "Statement Descriptor", "Status", "Seller Message", "Taxes On Fee",
    "Card Name", "Card Address Country", "Card Brand", "Card Funding", "Card Issue Country", "Card Last4",
    "Customer ID", "Customer Email", "Invoice Number", "Client Reference ID", "UTM Campaign", "UTM Content",
    "UTM Medium", "UTM Source", "UTM Term",
)  # fmt: skip
AWIN_HEADER = (
    "id", "publisher_id", "sale_amount", "commission", "date", "commission_status", "validation_date", "type",
    "decline_reason", "clickThroughTime", "click_ref", "voucher_code", "mins_between_click_trans", "amended",
    "click_device", "transaction_device", "country_by_ip",
)  # fmt: skip
PUBLISHERS = {"AMINA10": ("900121", "amina"), "YUSUF10": ("900122", "yusuf")}
CHECKED_AFTER = timedelta(days=30)


def payment_files(orders: Sequence[Order]) -> Iterator[File]:
    """Give every file as path and content."""
    for first, on in (
        (date(2026, 9, 1), date(2026, 10, 4)),
        (date(2026, 10, 1), date(2026, 11, 1)),
        (date(2026, 10, 15), LAST_DAY),
    ):
        yield f"stripe/payments-{on}.csv", table(stripe_export(orders, first, on))
    for on in (date(2026, 10, 14), YESTERDAY):
        yield f"awin/transactions-{on}.csv", table(awin_export(orders, on))


# --- Stripe ----------------------------------------------------------------------------------------


def stripe_export(orders: Sequence[Order], first: date, on: date) -> Iterator[Row]:
    """List the payments since a day, newest first; the personal columns are there and empty."""
    yield STRIPE_HEADER
    for order in reversed(orders):
        if first <= order.placed.date() < on and is_by_card(order):
            yield payment(order, on)


def is_by_card(order: Order) -> bool:
    """Orders that wait for a bank transfer never meet Stripe."""
    return order.first != "pending"


def payment(order: Order, on: date) -> Row:
    amount = charged(order) if order.first != "partially_paid" else charged(order) // 2
    is_final = order.changes_on is not None and order.changes_on <= on
    status = stripe_status(order, on, is_final=is_final)
    back = order.refund if is_final else 0
    captured = status in ("Paid", "Refunded", "Partial Refund")
    tags = dict(order.utm)
    return (
        f"ch_demo{order.order_id}", f"{utc(order.placed):%Y-%m-%d %H:%M:%S}", rand(amount), rand(back), "zar",
        str(captured).lower(), rand(amount), rand(back), "zar", f"Order #{order.number}",
        rand(amount * 29 // 1000 + 200) if captured else "0.00", "false", "Live", f"pi_demo{order.order_id}", "card",
        f"{order.changes_on} 08:00:00" if back else "", "UMOJA", status, "Payment complete." if captured else "",
        "0.00", "", "ZA", "Visa" if order.number % 2 else "MasterCard", "debit", "ZA", "", "", "", "",
        f"#{order.number}", *(tags.get(f"utm_{key}", "") for key in ("campaign", "content", "medium", "source")), "",
    )  # fmt: skip


def stripe_status(order: Order, on: date, *, is_final: bool) -> str:
    if order.first == "authorized":
        return "Canceled" if is_final else "Uncaptured"
    if on - order.placed.date() <= timedelta(days=1):
        return "Uncaptured"
    if is_final and order.refund:
        return "Partial Refund" if order.refund < charged(order) else "Refunded"
    return "Paid"


def utc(local: datetime) -> datetime:
    return (local - timedelta(hours=2)).replace(tzinfo=None)


# --- Awin ------------------------------------------------------------------------------------------


def awin_export(orders: Sequence[Order], on: date) -> Iterator[Row]:
    """List the sales that two publishers' links led to, and a correction of one of them."""
    yield AWIN_HEADER
    led = [order for order in reversed(orders) if order.placed.date() < on and is_led(order)]
    yield from (transaction(order, on) for order in led)
    if led and on == YESTERDAY:
        last = led[-1]
        publisher, click_ref = PUBLISHERS[last.codes.upper()]
        moment = f"{last.placed + timedelta(days=20):%Y-%m-%d %H:%M:%S}"
        yield (
            f"21{last.number}", publisher, "-50.00", "-6.00", moment, 1, moment, "Bonus", "", "", click_ref, "", "n/a",
            "No", "", "", "",
        )  # fmt: skip


def is_led(order: Order) -> bool:
    """Say whether the network saw the sale: of the orders with the two codes, four in five."""
    known = order.codes.upper() in PUBLISHERS and order.placed.date() >= date(2026, 8, 15)
    return known and not order.cancelled and Random(f"awin {order.order_id}").randrange(5) > 0


def transaction(order: Order, on: date) -> Row:
    publisher, click_ref = PUBLISHERS[order.codes.upper()]
    minutes = Random(f"awin minutes {order.order_id}").randint(1, 240)
    checked = order.placed + CHECKED_AFTER
    is_checked = checked.date() < on
    declined = is_checked and (order.refund > 0 or order.number % 11 == 0)
    reason = "Returned, or paid back in part" if order.refund else "Basket was merged, see original"
    clicked = order.placed - timedelta(minutes=minutes)
    device = ("iPhone", "Android Mobile", "PC Windows")[order.number % 3]
    return (
        f"20{order.number}", publisher, rand(order.subtotal), rand(order.subtotal * 12 // 100),
        f"{order.placed:%Y-%m-%d %H:%M:00}", 2 if declined else int(is_checked),
        f"{checked:%Y-%m-%d} 13:52:00" if is_checked else "", "Sale", reason if declined else "",
        f"{clicked:%Y-%m-%d %H:%M:00}", click_ref, order.codes.upper(), minutes, "No", device, device, "South Africa",
    )  # fmt: skip
