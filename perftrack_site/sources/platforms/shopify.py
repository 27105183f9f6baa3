"""Shopify's orders_export.csv: one row per line item; the cells of the order stand on its first row only.

Rows that follow each other with one Name are an order. A record is a row; an accepted one is one order line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from perftrack_site.sources.cast import (
    Caster,
    Column,
    Record,
    cast_record,
    choice,
    count,
    currency,
    identifier,
    moment,
    money,
    plain,
)
from perftrack_site.sources.csv_reader import read_csv
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.ledger import Reject
from perftrack_site.sources.reading import Row
from perftrack_site.sources.spelling import keyed_hash
from perftrack_site.sources.tables import Cell
from perftrack_site.sources.tags import UTM_KEYS, promo_codes, utm_tags

STATUSES = (
    "paid", "pending", "authorized", "partially_paid", "refunded", "partially_refunded", "voided", "expired",
)  # fmt: skip

PERSON_PARTS = (
    "Name", "Street", "Address1", "Address2", "Company", "City", "Zip", "Province", "Province Name",
    "Country", "Phone",
)  # fmt: skip
PERSONAL = (
    "Email", "Phone", "Notes", "Employee", "Device ID",
    "Payment ID", "Payment Reference", "Payment References",
    *(f"{kind} {part}" for kind in ("Billing", "Shipping") for part in PERSON_PARTS),
)  # fmt: skip


NAME = Column(("Name",), identifier, ("orders.order_id", "order_lines.order_id"))
ORDER_COLUMNS = (
    NAME,
    Column(("Created at",), moment, ("orders.ordered_at", "orders.ordered_on")),
    Column(("Financial Status",), choice(*STATUSES), ("orders.status",)),
    Column(("Currency",), currency, ("orders.currency",)),
    Column(("Subtotal",), money, ("orders.subtotal",)),
    Column(("Discount Amount",), money, ("orders.discount",), nullable=True),
    Column(("Shipping",), money, ("orders.shipping",), nullable=True),
    Column(("Taxes",), money, ("orders.tax",), nullable=True),
    Column(("Total",), money, ("orders.total",)),
    Column(("Refunded Amount",), money, ("orders.refunded",), nullable=True),
    Column(("Discount Code",), promo_codes, ("orders.promo_codes",), nullable=True),
    Column(
        ("Note Attributes",),
        utm_tags,
        tuple(f"orders.utm_{key}" for key in UTM_KEYS),
        required=False,
        nullable=True,
    ),
    Column(("customer_key",), keyed_hash, ("orders.customer_key",), required=False, nullable=True),
    Column(("Cancelled at",), moment, ("orders.is_cancelled",), nullable=True),
)
LINE_COLUMNS = (
    Column(("Lineitem sku",), plain, ("order_lines.sku",), required=False, nullable=True),
    Column(("Lineitem name",), plain, ("order_lines.title",), nullable=True, free_text=True),
    Column(("Lineitem quantity",), count, ("order_lines.quantity",)),
    Column(("Lineitem price",), money, ("order_lines.price",)),
    Column(("Lineitem discount",), money, ("order_lines.discount",), required=False, nullable=True),
)
COLUMNS = ORDER_COLUMNS + LINE_COLUMNS


@dataclass(frozen=True)
class _Order:
    """What became of the rows of one order. Without `row` they are all rejects."""

    rejects: list[Reject]
    row: Row | None = None
    lines: list[Row] = field(default_factory=list)


def read(file: SourceFile) -> Reading:
    """Read an orders export into orders and order lines."""
    sheet = read_csv(file, COLUMNS, personal=PERSONAL)
    casters = [Caster(column) for column in COLUMNS]
    orders: list[_Order] = []
    names: set[str] = set()
    for name, group in groupby(sheet.records, key=lambda record: record.cells[0].strip()):
        records = list(group)
        orders.append(_again(file, records) if name in names else _read_order(file, casters, records))
        names.add(name)
    rejects = (*sheet.rejects, *(reject for order in orders for reject in order.rejects))
    return Reading(
        counted=sheet.counted,
        rows={
            "order_lines": [line for order in orders for line in order.lines],
            "orders": [order.row for order in orders if order.row],
        },
        rejects=rejects,
        skipped=sheet.skipped,
        notices=(*sheet.notices, *_incomplete(orders)),
    )


def _read_order(file: SourceFile, casters: Sequence[Caster], records: Sequence[Record]) -> _Order:
    """Take the rows of one order: order cells and a line from the first, a line from each other."""
    first = cast_record(casters, records[0], file.path)
    if isinstance(first, Reject):
        others = _turned_away(file, records[1:], "order_rejected", "the first row of its order was rejected")
        return _Order([first, *others])
    order = _Order([], _order_row(file, first, records))
    order_id, line_cells = first[0], first[len(ORDER_COLUMNS) :]
    order.lines.append(_line_row(file, order_id, 1, line_cells, records[0]))
    for number, record in enumerate(records[1:], 2):
        line = record._replace(cells=record.cells[len(ORDER_COLUMNS) :])
        cells = cast_record(casters[len(ORDER_COLUMNS) :], line, file.path)
        if isinstance(cells, Reject):
            order.rejects.append(cells)
        else:
            order.lines.append(_line_row(file, order_id, number, cells, record))
    return order


def _again(file: SourceFile, records: Sequence[Record]) -> _Order:
    reason = "the same order stands further up in the file, and its rows do not follow each other"
    return _Order(_turned_away(file, records, "order_split", reason))


def _turned_away(file: SourceFile, records: Sequence[Record], rule: str, reason: str) -> list[Reject]:
    return [
        Reject(file.path, record.first_line, record.last_line, NAME.name, rule, reason, record.cells[0])
        for record in records
    ]


def _order_row(file: SourceFile, first: Sequence[Cell], records: Sequence[Record]) -> Row:
    order_id, ordered_at, *values, codes, utm, customer_key, cancelled_at = first[: len(ORDER_COLUMNS)]
    tags = [tag or None for tag in utm] if isinstance(utm, tuple) else [None] * len(UTM_KEYS)
    return (
        file.declaration.key, order_id, ordered_at, file.business_day(ordered_at), *values,
        codes or (), *tags, customer_key, cancelled_at is not None, False,
        *file.origin(records[0].first_line, records[-1].last_line),
    )  # fmt: skip


def _line_row(file: SourceFile, order_id: Cell, number: int, cells: Sequence[Cell], record: Record) -> Row:
    origin = file.origin(record.first_line, record.last_line)
    return (file.declaration.key, order_id, number, *cells, *origin)


def _incomplete(orders: Sequence[_Order]) -> Iterator[str]:
    """Say which orders count although one of their lines does not."""
    lines = [str(reject.first_line) for order in orders if order.row for reject in order.rejects]
    if lines:
        yield f"orders that keep their totals although a line item was rejected (lines {', '.join(lines)})"


ORDERS_CSV = Format(
    "shopify.orders_csv",
    label="Shopify orders export",
    noun="order line",
    tables=("order_lines", "orders"),
    overlaps=("replaces", "adds"),
    columns=COLUMNS,
    read=read,
    personal=PERSONAL,
    identity="Email",
    identity_key="customer_key",
    platform="Shopify",
    export=(
        "In the Shopify admin open Orders, choose Export, then the date range and 'Plain CSV file'. Run "
        "`perftrack scrub` on the file before you commit it: it holds names, addresses and e-mails."
    ),
    notes=(
        "An order stands on several rows, one for each line; its totals are taken from its first row.",
        "Revenue is the Subtotal: after discounts, before shipping, tax and refunds.",
        "Where a shop writes its prices with tax, the Subtotal holds the tax too.",
        "Cash-on-delivery orders stay pending until the shop marks them as paid.",
    ),
    pattern="shop/orders-{extracted_at:%Y-%m-%d}.csv",
)

FORMATS = (ORDERS_CSV,)
