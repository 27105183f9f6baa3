"""Awin's export of transactions: sales of affiliates, approved or declined weeks after they were made."""

from __future__ import annotations

from dataclasses import replace

from perftrack_site.sources.cast import Cast, CellError, Column, currency, identifier, plain, signed_money
from perftrack_site.sources.cast import day as iso_day
from perftrack_site.sources.csv_reader import read_csv
from perftrack_site.sources.days import local_moment
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.naming import by_column
from perftrack_site.sources.records import Cells, Made, transcribe
from perftrack_site.sources.tables import AFFILIATE_TRANSACTIONS
from perftrack_site.sources.tags import promo_code

NETWORK = "awin"
STATUSES = {
    "0": "pending", "1": "approved", "2": "declined", "pending": "pending", "approved": "approved",
    "declined": "declined",
}  # fmt: skip


def status(text: str) -> str:
    """Read a commission's status: a number in the older export, a word in others."""
    try:
        return STATUSES[text.casefold()]
    except KeyError:
        raise CellError("choice", "not 0 (pending), 1 (approved) or 2 (declined)") from None


def _local(file: SourceFile) -> Cast:
    return local_moment(file, iso_day)


CLOCKS = ("date", "clickThroughTime")
CURRENCIES = ("currency", "commission_currency")
COLUMNS = (
    Column(("id", "transaction_id"), identifier, ("affiliate_transactions.transaction_id",)),
    Column(
        ("date", "transaction_date"), plain,
        ("affiliate_transactions.occurred_at", "affiliate_transactions.occurred_on"),
    ),
    Column(
        ("clickThroughTime", "click_date"), plain, ("affiliate_transactions.clicked_at",), required=False,
        nullable=True,
    ),
    Column(("commission_status",), status, ("affiliate_transactions.status",)),
    Column(("sale_amount",), signed_money, ("affiliate_transactions.amount",)),
    Column(("commission", "commission_amount"), signed_money, ("affiliate_transactions.commission",)),
    Column(
        ("currency", "sale_currency"), currency, ("affiliate_transactions.currency",), required=False,
        nullable=True,
    ),
    Column(
        ("commission_currency",), currency, ("affiliate_transactions.currency",), required=False, nullable=True,
    ),
    Column(
        ("click_ref", "clickref", "click_ref1"), plain, ("affiliate_transactions.click_ref",), required=False,
        nullable=True,
    ),
    Column(("voucher_code",), promo_code, ("affiliate_transactions.promo_code",), required=False, nullable=True),
    Column(
        ("transaction_device",), plain, ("affiliate_transactions.device",), required=False, nullable=True,
    ),
    Column(
        ("decline_reason",), plain, ("affiliate_transactions.decline_reason",), required=False, nullable=True,
        free_text=True,
    ),
)  # fmt: skip


def read(file: SourceFile) -> Reading:
    """Read an export of transactions. Raises QualityError where nothing says in which currency they are."""
    columns = tuple(
        replace(column, cast=_local(file)) if column.name in CLOCKS else column for column in COLUMNS
    )
    found = read_csv(file, columns)
    told = [at for at, column in enumerate(columns) if column.name in CURRENCIES]
    if not file.declaration.currency and any(
        not any(record.cells[at].strip() for at in told) for record in found.records
    ):
        wrong = "has amounts whose currency nothing tells"
        right = (
            f"add `currency: EUR` (or another) to the source {file.declaration.key!r} in config/sources.yml"
        )
        raise refusal(file.path, 1, "currency", wrong, right)
    return transcribe(file, found, columns, lambda cells: [_transaction(file, cells)], unique=("id",))


def _transaction(file: SourceFile, cells: Cells) -> Made:
    """Make the row of a transaction; a commission in another currency than its sale is not known in it."""
    named = by_column([column for column in COLUMNS if column.name != "commission_currency"], cells)
    sold_in, paid_in = (cells[name] for name in CURRENCIES)
    named["currency"] = sold_in or paid_in or file.declaration.currency
    if paid_in not in {None, named["currency"]}:
        named["commission"] = None
    return AFFILIATE_TRANSACTIONS.row(
        network=NETWORK, occurred_on=file.business_day(named["occurred_at"]), **named
    )


TRANSACTIONS = Format(
    "awin.transactions",
    label="Awin, export of transactions",
    noun="transaction",
    tables=("affiliate_transactions",),
    overlaps=("replaces", "adds"),
    columns=COLUMNS,
    read=read,
    platform="Awin",
    needs=("currency",),
    export=(
        "In Awin open Reports, then Transactions, choose the dates and export as CSV, with the click reference. Export "
        "the last three months each time: transactions are approved or declined weeks later."
    ),
    notes=(
        "Times have no zone: they are in the time zone of the account, which `timezone` in the source should name.",
        "The export without a currency column needs `currency` in the source.",
        "A commission in another currency than its sale is not kept.",
        "Pending, approved and declined transactions are kept apart; a negative amount is a correction.",
        "The click reference leads a sale to an influencer; a voucher code does where there is none.",
    ),
    pattern="awin/transactions-{extracted_at:%Y-%m-%d}.csv",
)

FORMATS = (TRANSACTIONS,)
