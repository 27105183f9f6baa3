from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from sources_helpers import FILES, SHOP, control_sums, ledger_of, read_one, rows_of, sample

from perftrack_site.sources.platforms.shopify import PERSONAL
from perftrack_site.sources.tags import promo_codes, utm_tags

KEY = "0123456789abcdef0123456789abcdef"
ORDER = {
    "Name": "#1", "Created at": "2026-07-06 23:30:00 +0000", "Financial Status": "paid", "Currency": "ZAR",
    "Subtotal": "90.00", "Discount Amount": "10.00", "Shipping": "5.00", "Taxes": "0.00", "Total": "95.00",
    "Refunded Amount": "0.00", "Discount Code": "", "Note Attributes": "", "Cancelled at": "",
    "Lineitem sku": "A", "Lineitem name": "Tin", "Lineitem quantity": "1", "Lineitem price": "60.00",
    "Lineitem discount": "0.00", "Email": "ada@mail.example", "Notes": "ring twice",
}  # fmt: skip
LINE = dict.fromkeys(ORDER, "") | {
    "Name": "#1", "Email": "ada@mail.example", "Lineitem sku": "B", "Lineitem name": "Pot",
    "Lineitem quantity": "2", "Lineitem price": "20.00", "Created at": "2026-07-06 23:30:00 +0000",
}  # fmt: skip


def export(*rows: dict[str, str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(ORDER), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def test_rows_with_one_name_are_one_order_and_its_lines(tmp_path: Path) -> None:
    records = read_one(tmp_path, SHOP, export(ORDER, LINE, ORDER | {"Name": "#2"}))
    first, second = rows_of(records, "orders")
    assert (first["shop"], first["order_id"], first["first_line"], first["last_line"]) == ("shop", "#1", 2, 3)
    assert (str(first["ordered_at"]), str(first["ordered_on"])) == ("2026-07-06 23:30:00", "2026-07-07")
    assert (first["subtotal"], first["discount"], first["total"]) == (Decimal(90), Decimal(10), Decimal(95))
    assert (first["is_cancelled"], first["is_test"], first["customer_key"]) == (False, False, None)
    assert second["order_id"] == "#2"
    lines = [
        (row["order_id"], row["line_number"], row["sku"], row["quantity"])
        for row in rows_of(records, "order_lines")
    ]
    assert lines == [("#1", 1, "A", 1), ("#1", 2, "B", 2), ("#2", 1, "A", 1)]


def test_two_equal_lines_of_an_order_are_two_lines(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, SHOP, export(ORDER, LINE, LINE)))
    assert (ledger.accepted, ledger.duplicates) == (3, 0)


def test_codes_are_split_and_compared_in_capitals() -> None:
    assert promo_codes("Kettle10, FREESHIP,kettle10,, \uff58") == ("KETTLE10", "FREESHIP", "X")


def test_utm_tags_are_spelled_as_contracts_spell_them() -> None:
    fullwidth = "utm_campaign: \N{FULLWIDTH LATIN SMALL LETTER L}eaf26"
    assert utm_tags(fullwidth)[0] == "leaf26"


def test_utm_tags_are_found_among_the_note_attributes() -> None:
    notes = "gift: yes\r\nutm_campaign: leaf26\r\nUTM_Medium:influencer\nutm_source: (not set)\nutm_term: x"
    assert utm_tags(notes) == ("leaf26", "", "", "influencer")


def test_codes_and_tags_stand_on_the_order(tmp_path: Path) -> None:
    notes = "utm_source: instagram\nutm_content: lumi"
    cells = {"Discount Code": "LUMI15", "Note Attributes": notes, "Cancelled at": "2026-07-08 10:00:00 +0200"}
    (order,) = rows_of(read_one(tmp_path, SHOP, export(ORDER | cells)), "orders")
    assert (order["promo_codes"], order["is_cancelled"]) == (("LUMI15",), True)
    assert (order["utm_source"], order["utm_content"], order["utm_campaign"]) == ("instagram", "lumi", None)


def test_an_order_whose_first_row_is_rejected_falls_whole(tmp_path: Path) -> None:
    records = read_one(tmp_path, SHOP, export(ORDER | {"Total": "95,00"}, LINE, ORDER | {"Name": "#2"}))
    assert [(reject.first_line, reject.column, reject.rule) for reject in ledger_of(records).rejects] == [
        (2, "Total", "money"),
        (3, "Name", "order_rejected"),
    ]
    assert [row["order_id"] for row in rows_of(records, "orders")] == ["#2"]


def test_a_bad_line_falls_alone_and_the_ledger_says_so(tmp_path: Path) -> None:
    records = read_one(tmp_path, SHOP, export(ORDER, LINE | {"Lineitem quantity": "1.5"}, LINE))
    ledger = ledger_of(records)
    assert [(reject.first_line, reject.column) for reject in ledger.rejects] == [(3, "Lineitem quantity")]
    assert [row["line_number"] for row in rows_of(records, "order_lines")] == [1, 3]
    assert "a line item was rejected (lines 3)" in ledger.notices[0]


def test_an_order_whose_rows_stand_apart_is_not_added_twice(tmp_path: Path) -> None:
    records = read_one(tmp_path, SHOP, export(ORDER, ORDER | {"Name": "#2"}, ORDER, LINE))
    assert [(reject.first_line, reject.rule) for reject in ledger_of(records).rejects] == [
        (4, "order_split"),
        (5, "order_split"),
    ]
    assert len(rows_of(records, "orders")) == 2


def test_a_file_that_begins_within_an_order_rejects_its_rest(tmp_path: Path) -> None:
    (reject,) = ledger_of(read_one(tmp_path, SHOP, export(LINE))).rejects
    assert (reject.column, reject.rule) == ("Financial Status", "missing")


@pytest.mark.parametrize(
    ("column", "text", "rule"),
    [
        ("Name", "1.22158E+17", "id_damaged"),
        ("Name", "", "missing"),
        ("Financial Status", "settled", "choice"),
        ("Currency", "zar", "currency"),
        ("Subtotal", "-1.00", "money"),
        ("Created at", "2026-07-06 23:30:00", "moment"),
        ("Lineitem quantity", "", "missing"),
    ],
)
def test_a_bad_cell_rejects_its_order_by_name(tmp_path: Path, column: str, text: str, rule: str) -> None:
    (reject,) = ledger_of(read_one(tmp_path, SHOP, export(ORDER | {column: text}))).rejects
    assert (reject.column, reject.rule, reject.raw) == (column, rule, text)


def test_unknown_amounts_are_not_zero(tmp_path: Path) -> None:
    (order,) = rows_of(read_one(tmp_path, SHOP, export(ORDER | {"Refunded Amount": ""})), "orders")
    assert order["refunded"] is None


def test_the_header_may_be_in_any_order(tmp_path: Path) -> None:
    rows = [list(ORDER)[::-1], list(ORDER.values())[::-1]]
    text = "\n".join(",".join(row) for row in rows)
    assert rows_of(read_one(tmp_path, SHOP, text), "orders")[0]["total"] == Decimal(95)


@pytest.mark.parametrize("name", ["small", "refunds", "cod_bdt"])
def test_personal_columns_never_pass_the_reader(tmp_path: Path, name: str) -> None:
    content = (FILES / f"orders_export_{name}.csv").read_text()
    private = {
        cell
        for row in csv.DictReader(io.StringIO(content))
        for column, cell in row.items()
        if column in PERSONAL and len(cell) > 3
    }
    assert len(private) > 20
    shown = repr(read_one(tmp_path, SHOP, content))
    assert not {cell for cell in private if cell in shown}


def test_a_misaligned_row_of_an_order_keeps_no_raw_text(tmp_path: Path) -> None:
    text = export(ORDER).rstrip("\n") + ",extra\n"
    (reject,) = ledger_of(read_one(tmp_path, SHOP, text)).rejects
    assert (reject.rule, reject.raw) == ("columns", "")


def test_a_customer_key_that_was_scrubbed_in_is_kept(tmp_path: Path) -> None:
    text = export(ORDER).replace("Email", "customer_key", 1).replace("ada@mail.example", KEY)
    assert rows_of(read_one(tmp_path, SHOP, text), "orders")[0]["customer_key"] == KEY


def test_a_person_in_the_place_of_a_key_never_passes(tmp_path: Path) -> None:
    records = read_one(tmp_path, SHOP, export(ORDER).replace("Email", "customer_key", 1))
    (reject,) = ledger_of(records).rejects
    assert (reject.column, reject.rule, reject.raw) == ("customer_key", "keyed_hash", "")


# Counted by hand from the files: records, orders, subtotal, refunded, orders with a code, pieces.
EXPECTED = {
    "small": (38, 24, "1214.24", "9.4", 10, 48),
    "refunds": (37, 20, "1316.2", "177.91", 4, 46),
    "cod_bdt": (20, 20, "41560", "0", 0, 23),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_real_exports_are_read_to_the_cent(tmp_path: Path, name: str) -> None:
    records = read_one(tmp_path, SHOP, (FILES / f"orders_export_{name}.csv").read_bytes())
    orders, lines = rows_of(records, "orders"), rows_of(records, "order_lines")
    assert ledger_of(records).rejects == ()
    assert EXPECTED[name] == (
        ledger_of(records).counted,
        len(orders),
        f"{sum(order['subtotal'] for order in orders).normalize():f}",
        f"{sum(order['refunded'] for order in orders).normalize():f}",
        sum(bool(order["promo_codes"]) for order in orders),
        sum(line["quantity"] for line in lines),
    )


@pytest.mark.parametrize("name", EXPECTED)
def test_the_control_sums_of_the_samples_are_reached(tmp_path: Path, name: str) -> None:
    path = f"shopify/orders_export_{name}.csv"
    sums = control_sums(path)
    records = read_one(tmp_path, SHOP, sample(path))
    orders = rows_of(records, "orders")
    columns = {
        "Subtotal": "subtotal", "Shipping": "shipping", "Taxes": "tax", "Total": "total",
        "Discount Amount": "discount", "Refunded Amount": "refunded",
    }  # fmt: skip
    assert {label: sum(order[column] for order in orders) for label, column in columns.items()} == {
        label: sums[label] for label in columns
    }
    assert sums["rows"] == ledger_of(records).counted
    assert sums["orders"] == len(orders)
    assert sums["orders with a code"] == sum(bool(order["promo_codes"]) for order in orders)
    assert sums["Lineitem quantity"] == sum(line["quantity"] for line in rows_of(records, "order_lines"))


def test_every_status_and_two_codes_in_one_cell_are_read(tmp_path: Path) -> None:
    records = read_one(tmp_path, SHOP, (FILES / "orders_export_refunds.csv").read_bytes())
    orders = rows_of(records, "orders")
    assert Counter(order["status"] for order in orders) == {
        "authorized": 2, "paid": 8, "partially_paid": 2, "partially_refunded": 2, "pending": 2, "refunded": 2,
        "voided": 2,
    }  # fmt: skip
    assert ("KETTLE10", "FREESHIP") in {order["promo_codes"] for order in orders}
    assert {order["utm_content"] for order in orders} == {None, "lumibrews_demo"}
