"""Stripe: charges from the API (amounts in the smallest coin) and the export of payments (amounts as written)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import cast

from perftrack_site.sources.cast import Column, choice, currency, identifier, money
from perftrack_site.sources.csv_reader import read_csv
from perftrack_site.sources.days import epoch_seconds, utc_moment
from perftrack_site.sources.format import Format, Page, Reading, SourceFile
from perftrack_site.sources.json_records import Answer, records_at
from perftrack_site.sources.naming import by_column
from perftrack_site.sources.numbers import whole_amount
from perftrack_site.sources.platforms.json_orders import flag
from perftrack_site.sources.records import Cells, Made, transcribe
from perftrack_site.sources.spelling import keyed_hash
from perftrack_site.sources.tables import PAYMENTS, Cell
from perftrack_site.sources.tags import UTM_KEYS, promo_code

# How many decimals an amount of the API has, where it is not two (docs.stripe.com/currencies). The Icelandic krona and
# the Ugandan shilling have no coins, and yet their amounts are told with two decimals.
NO_COINS = (
    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
)  # fmt: skip
THOUSANDTHS = ("BHD", "JOD", "KWD", "OMR", "TND")
DECIMALS = dict.fromkeys(NO_COINS, 0) | dict.fromkeys(THOUSANDTHS, 3)
PROMO_NAMES = ("promo_code", "promo", "promotion_code", "discount_code", "coupon", "coupon_code")
REFERENCE_NAMES = ("order_id", "order_number", "order")


def unit(text: str) -> str:
    """Read a currency code, whatever its case."""
    return currency(text.upper())


CHARGE_STATUSES = {"succeeded": "paid", "pending": "pending", "failed": "failed"}
CHARGE_COLUMNS = (
    Column(("id",), identifier, ("payments.payment_id",)),
    Column(("object",), choice("charge"), ()),
    Column(("created",), epoch_seconds, ("payments.paid_at", "payments.paid_on")),
    Column(("status",), choice(*CHARGE_STATUSES), ("payments.status",)),
    Column(("captured",), flag, ("payments.status",)),
    Column(("disputed",), flag, ("payments.status",), nullable=True),
    Column(("currency",), unit, ("payments.currency",)),
    Column(("amount",), whole_amount, ("payments.amount",)),
    Column(("amount_captured",), whole_amount, ("payments.amount",), nullable=True),
    Column(("amount_refunded",), whole_amount, ("payments.refunded",)),
    Column(("balance_transaction.fee",), whole_amount, ("payments.fee",), nullable=True),
    Column(("balance_transaction.amount",), whole_amount, ("payments.settled_amount",), nullable=True),
    Column(("balance_transaction.currency",), unit, ("payments.settled_currency",), nullable=True),
    Column(
        tuple(f"metadata.{name}" for name in PROMO_NAMES), promo_code, ("payments.promo_code",), nullable=True
    ),
    *(
        Column((f"metadata.utm_{key}",), identifier, (f"payments.utm_{key}",), nullable=True)
        for key in UTM_KEYS
    ),
    Column(
        tuple(f"metadata.{name}" for name in REFERENCE_NAMES),
        identifier,
        ("payments.reference",),
        nullable=True,
    ),
    Column(
        ("customer_key", "billing_details.customer_key"),
        keyed_hash,
        ("payments.customer_key",),
        nullable=True,
    ),
    Column(("livemode",), flag, ("payments.is_test",)),
)

EXPORT_STATUSES: Mapping[str, str] = {
    "Paid": "paid",
    "Refunded": "refunded",
    "Partial Refund": "partially_refunded",
    "Partially Refunded": "partially_refunded",
    "Failed": "failed",
    "Canceled": "failed",
    "Pending": "pending",
    "Uncaptured": "pending",
    "Requires Capture": "pending",
    "Disputed": "disputed",
}
EXPORT_COLUMNS = (
    Column(("id",), identifier, ("payments.payment_id",), required=False, nullable=True),
    Column(("Created date (UTC)", "Created (UTC)"), utc_moment, ("payments.paid_at", "payments.paid_on")),
    Column(("Status",), choice(*EXPORT_STATUSES), ("payments.status",)),
    Column(("Currency",), unit, ("payments.currency",)),
    Column(("Amount",), money, ("payments.amount",)),
    Column(("Amount Refunded",), money, ("payments.refunded",), required=False, nullable=True),
    Column(("Fee",), money, ("payments.fee",), required=False, nullable=True),
    Column(("Converted Amount",), money, ("payments.settled_amount",), nullable=True),
    Column(("Converted Currency",), unit, ("payments.settled_currency",), nullable=True),
    Column(
        tuple(f"{name} (metadata)" for name in PROMO_NAMES), promo_code, ("payments.promo_code",), required=False,
        nullable=True,
    ),
    *(
        Column((f"UTM {key.title()}",), identifier, (f"payments.utm_{key}",), required=False, nullable=True)
        for key in UTM_KEYS
    ),
    Column(("Client Reference ID",), identifier, ("payments.reference",), required=False, nullable=True),
    Column(("Invoice Number",), identifier, ("payments.reference",), required=False, nullable=True),
    Column(("customer_key",), keyed_hash, ("payments.customer_key",), required=False, nullable=True),
    Column(("Mode",), choice("Live", "Test"), ("payments.is_test",), required=False, nullable=True),
)  # fmt: skip

CHARGE_PERSONAL = tuple(
    f"data[].{name}"
    for name in (
        *(f"billing_details.{part}" for part in ("name", "email", "phone", "tax_id")),
        *(
            f"{place}.address.{part}"
            for place in ("billing_details", "shipping")
            for part in ("line1", "line2", "city", "state", "postal_code")
        ),
        "shipping.name", "shipping.phone", "receipt_email", "receipt_url", "receipt_number",
        "payment_method_details.card.last4", "payment_method_details.card.fingerprint",
    )
)  # fmt: skip
EXPORT_PERSONAL = (
    "Card Name", "Card Last4", "Card Fingerprint",
    *(f"Card Address {part}" for part in ("Line1", "Line2", "City", "State", "Zip")),
    "Customer Description", "Customer Email", "Customer Phone", "Shipping Name",
    *(f"Shipping Address {part}" for part in ("Line1", "Line2", "City", "State", "Postal Code")),
    *(f"Checkout Custom Field {number} Value" for number in (1, 2, 3)),
)  # fmt: skip
NO_ID = (
    "this export has no column `id`: payments are told apart by their moment, amount, currency and invoice; "
    "export it with all columns"
)


# --- charges ---------------------------------------------------------------------------------------


def read_charges(file: SourceFile) -> Reading:
    """Read a list of charges; a charge that failed is kept as failed and is no revenue."""
    found = records_at(
        file, "data", CHARGE_COLUMNS, looks_like="a list `data` of charges of Stripe", page=_page
    )
    return transcribe(file, found, CHARGE_COLUMNS, lambda cells: [_charge(file, cells)], unique=("id",))


def _page(answer: Answer) -> Page:
    return Page(more=answer.get("has_more") is True, needed=True)


def _charge(file: SourceFile, cells: Cells) -> Made:
    settled_in = cells["balance_transaction.currency"]
    taken, paid_back = _taken(cells), _paid_back(cells)
    worked_out: dict[str, Cell] = {
        "paid_on": file.business_day(cells["created"]),
        "status": _status(cells),
        "amount": in_major_units(taken, cells["currency"]),
        "refunded": in_major_units(paid_back, cells["currency"]),
        "fee": in_major_units(cells["balance_transaction.fee"], settled_in),
        "settled_amount": in_major_units(cells["balance_transaction.amount"], settled_in),
        "is_test": not cells["livemode"],
    }
    return PAYMENTS.row(provider=file.declaration.key, **(by_column(CHARGE_COLUMNS, cells) | worked_out))


def _taken(cells: Cells) -> int:
    """Say what was taken: of a charge that was captured in part, only that part."""
    captured = cells["amount_captured"] if cells["captured"] else None
    return cast("int", cells["amount"] if captured is None else captured)


def _paid_back(cells: Cells) -> int:
    """Say what was paid back of it. Stripe counts as refunded, too, what a capture in part let go."""
    refunded, let_go = cast("int", cells["amount_refunded"]), cast("int", cells["amount"]) - _taken(cells)
    return refunded - let_go if refunded >= let_go else refunded


def _status(cells: Cells) -> str:
    status = CHARGE_STATUSES[str(cells["status"])]
    if status != "paid":
        return status
    if not cells["captured"]:
        return "failed" if cells["amount_refunded"] else "pending"  # let go, as the export's Canceled
    if cells["disputed"]:
        return "disputed"
    refunded = _paid_back(cells)
    if not refunded:
        return "paid"
    return "refunded" if refunded >= _taken(cells) else "partially_refunded"


def in_major_units(amount: Cell, unit_code: Cell) -> Decimal | None:
    """Turn an amount of the API into the currency's own unit: 2499 is 24.99 euros, 2499 yen or 2.499 dinars."""
    if amount is None or unit_code is None:
        return None
    return Decimal(cast("int", amount)).scaleb(-DECIMALS.get(str(unit_code), 2))


# --- the export ------------------------------------------------------------------------------------


def read_export(file: SourceFile) -> Reading:
    """Read an export of payments, with all columns or some, between commas or semicolons."""
    found = read_csv(file, EXPORT_COLUMNS, personal=EXPORT_PERSONAL)
    has_ids = any(record.cells[0].strip() for record in found.records)
    reading = transcribe(
        file,
        found,
        EXPORT_COLUMNS,
        lambda cells: [_payment(file, cells)],
        unique=("id",) if has_ids else _WITHOUT_ID,
    )
    notices = (*reading.notices, *((NO_ID,) if found.records and not has_ids else ()))
    return replace(reading, notices=notices)


_WITHOUT_ID = ("Created date (UTC)", "Amount", "Currency", "Invoice Number")


def _payment(file: SourceFile, cells: Cells) -> Made:
    worked_out: dict[str, Cell] = {
        "payment_id": cells["id"] or _made_up(cells, _WITHOUT_ID),
        "paid_on": file.business_day(cells["Created date (UTC)"]),
        "status": EXPORT_STATUSES[str(cells["Status"])],
        "reference": cells["Client Reference ID"] or cells["Invoice Number"],
        "is_test": cells["Mode"] == "Test",
    }
    return PAYMENTS.row(provider=file.declaration.key, **(by_column(EXPORT_COLUMNS, cells) | worked_out))


def _made_up(cells: Cells, names: Sequence[str]) -> str:
    """Name a payment without an id by what tells it from others."""
    return " ".join(str(cells[name]) for name in names if cells[name] is not None)


CHARGES = Format(
    "stripe.charges",
    label="Stripe API, charges",
    noun="payment",
    tables=("payments",),
    overlaps=("replaces", "adds"),
    columns=CHARGE_COLUMNS,
    read=read_charges,
    personal=CHARGE_PERSONAL,
    identity="data[].billing_details.email",
    identity_key="customer_key",
    platform="Stripe",
    zone="UTC",
    export=(
        "Fetch `GET https://api.stripe.com/v1/charges?limit=100&expand[]=data.balance_transaction` with a restricted "
        "key that may only read charges, and save the answer as it comes; while `has_more` is true, fetch the next "
        "page with `starting_after` and save it as a file of its own with the same date. Run `perftrack scrub` on "
        "the files before you commit them."
    ),
    notes=(
        "Amounts are in the smallest coin of a currency; yen and others have none, dinars have three decimals.",
        "A charge that failed is kept as failed, one that was not captured as pending: neither is revenue.",
        "Of a charge captured in part only that part is paid; what was let go is no refund.",
        "A promo code and UTM tags come from the charge's metadata: promo_code, utm_campaign and so on.",
        "Fees and settled amounts are known where `balance_transaction` was expanded.",
        "All pages of an answer are needed: a missing last page is a fault.",
    ),
    pattern="stripe/charges-{extracted_at:%Y-%m-%dT%H%M%SZ}*.json",
)
PAYMENTS_CSV = Format(
    "stripe.payments_csv",
    label="Stripe, export of payments",
    noun="payment",
    tables=("payments",),
    overlaps=("replaces", "adds"),
    columns=EXPORT_COLUMNS,
    read=read_export,
    personal=EXPORT_PERSONAL,
    identity="Customer Email",
    identity_key="customer_key",
    platform="Stripe",
    zone="UTC",
    export=(
        "In the Stripe dashboard open Payments, choose Export, all columns, and the time zone UTC; the file is named "
        "unified_payments.csv. Run `perftrack scrub` on it before you commit it: it holds names and e-mails."
    ),
    notes=(
        "Amounts are as written, not in the smallest coin.",
        "The fee and the converted amount are in the currency of the account.",
        "Failed payments are kept as failed and are no revenue.",
        "UTM tags and the reference are filled for payment links only.",
        "Without the column `id` payments are told apart by their moment, amount, currency and invoice.",
    ),
    pattern="stripe/payments-{extracted_at:%Y-%m-%d}.csv",
)

FORMATS = (CHARGES, PAYMENTS_CSV)
