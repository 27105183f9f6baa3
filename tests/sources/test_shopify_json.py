from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read_one, rows_of, sample

from perftrack_site.sources import FORMATS

KEY = "0123456789abcdef0123456789abcdef"
SOURCE = Declared("shop", "shopify_json.orders", "shop/{extracted_at:%Y-%m-%d}.json")
ONE = Declared("shop", "shopify_json.order", "shop/{extracted_at:%Y-%m-%d}.json")
LINE = {"sku": "TIN", "name": "Tin - green", "quantity": 2, "price": "30.00", "total_discount": "6.00"}


def order(**fields: object) -> dict[str, object]:
    return {
        "id": 450789469, "name": "#1001", "created_at": "2026-07-06T23:30:00+00:00", "financial_status": "paid",
        "currency": "ZAR", "subtotal_price": "54.00", "total_discounts": "6.00", "total_tax": "0.00",
        "total_price": "59.00", "shipping_lines": [{"title": "Post", "price": "5.00"}], "discount_codes": [],
        "landing_site": "/", "note_attributes": [], "cancelled_at": None, "test": False, "refunds": [],
        "email": "ada@mail.example", "line_items": [LINE],
    } | fields  # fmt: skip


def answer(*orders: dict[str, object]) -> str:
    return json.dumps({"orders": orders})


def only(folder: Path, **fields: object) -> dict[str, Any]:
    (row,) = rows_of(read_one(folder, SOURCE, answer(order(**fields))), "orders")
    return row


def refund(amount: str, **fields: str) -> dict[str, object]:
    paid = {"kind": "refund", "status": "success", "amount": amount, "currency": "ZAR"} | fields
    return {"id": 1, "transactions": [paid]}


def test_an_order_is_named_as_in_the_export_and_keeps_its_day(tmp_path: Path) -> None:
    row = only(tmp_path)
    assert (row["shop"], row["order_id"], row["status"]) == ("shop", "#1001", "paid")
    assert (row["ordered_at"], row["ordered_on"]) == (datetime(2026, 7, 6, 23, 30), date(2026, 7, 7))  # noqa: DTZ001
    assert (row["subtotal"], row["discount"], row["shipping"]) == (Decimal(54), Decimal(6), Decimal(5))
    assert (row["refunded"], row["promo_codes"], row["is_cancelled"], row["is_test"]) == (0, (), False, False)


def test_an_order_has_its_lines(tmp_path: Path) -> None:
    two = order(line_items=[LINE, LINE | {"sku": None, "quantity": 1}])
    lines = rows_of(read_one(tmp_path, SOURCE, answer(two)), "order_lines")
    assert [(row["order_id"], row["line_number"], row["sku"], row["quantity"]) for row in lines] == [
        ("#1001", 1, "TIN", 2),
        ("#1001", 2, None, 1),
    ]
    assert (lines[0]["title"], lines[0]["price"], lines[0]["discount"]) == (
        "Tin - green",
        Decimal(30),
        Decimal(6),
    )


def test_the_recorded_answer_for_one_order_gives_its_code_and_its_lines(tmp_path: Path) -> None:
    records = read_one(tmp_path, ONE, sample("shopify/rest_order.json"))
    (row,) = rows_of(records, "orders")
    assert (row["order_id"], row["status"], row["promo_codes"]) == ("#1001", "authorized", ("TENOFF",))
    assert (row["total"], row["refunded"], row["utm_source"]) == (Decimal("409.94"), None, None)
    assert [line["sku"] for line in rows_of(records, "order_lines")] == [
        "IPOD2008GREEN",
        "IPOD2008RED",
        "IPOD2008BLACK",
    ]


def test_codes_are_written_in_capitals_each_once(tmp_path: Path) -> None:
    codes = [
        {"code": "lumi15", "amount": "1"},
        {"code": "LUMI15", "amount": "1"},
        {"code": "Free", "amount": "0"},
    ]
    assert only(tmp_path, discount_codes=codes)["promo_codes"] == ("LUMI15", "FREE")


def test_utm_tags_come_from_the_address_where_the_visit_began(tmp_path: Path) -> None:
    row = only(tmp_path, landing_site="/tin?utm_source=instagram&UTM_Campaign=leaf26&utm_content=%20lumi&x=1")
    assert (row["utm_source"], row["utm_campaign"], row["utm_content"]) == ("instagram", "leaf26", "lumi")
    assert row["utm_medium"] is None


def test_utm_tags_of_the_note_are_believed_before_those_of_the_address(tmp_path: Path) -> None:
    notes = [{"name": "gift", "value": "yes"}, {"name": "utm_campaign", "value": "spring"}]
    row = only(tmp_path, note_attributes=notes, landing_site="/?utm_campaign=leaf26&utm_source=tiktok")
    assert (row["utm_campaign"], row["utm_source"]) == ("spring", None)  # tags of two visits are not mixed


@pytest.mark.parametrize("visited", ["//[tea", "/?utm_campaign=%00", "/?utm_campaign=%ED%A0%80" + "&x" * 99])
def test_an_address_that_a_visitor_made_up_costs_no_order(tmp_path: Path, visited: str) -> None:
    assert only(tmp_path, landing_site=visited)["utm_source"] is None


def test_only_refunds_that_went_through_count(tmp_path: Path) -> None:
    refunds = [refund("9.40"), refund("3.00"), refund("50.00", status="failure"), refund("1.00", kind="void")]
    assert only(tmp_path, refunds=refunds)["refunded"] == Decimal("12.40")


def test_a_refund_in_another_currency_leaves_the_amount_unknown(tmp_path: Path) -> None:
    assert only(tmp_path, refunds=[refund("9.40"), refund("1.00", currency="EUR")])["refunded"] is None


def test_fields_that_were_not_asked_for_are_unknown_and_not_zero(tmp_path: Path) -> None:
    bare = {name: order()[name] for name in (
        "name", "created_at", "financial_status", "currency", "subtotal_price", "total_price", "line_items",
    )}  # fmt: skip
    (row,) = rows_of(read_one(tmp_path, SOURCE, answer(bare)), "orders")
    assert [row[name] for name in ("discount", "shipping", "tax", "refunded", "customer_key")] == [None] * 5


def test_cancelled_and_test_orders_are_marked(tmp_path: Path) -> None:
    row = only(tmp_path, cancelled_at="2026-07-08T10:00:00+02:00", test=True)
    assert (row["is_cancelled"], row["is_test"]) == (True, True)


def test_a_customer_key_stays_and_the_e_mail_does_not(tmp_path: Path) -> None:
    records = read_one(tmp_path, SOURCE, answer(order(customer_key=KEY)))
    assert rows_of(records, "orders")[0]["customer_key"] == KEY
    assert "ada@mail.example" not in repr(records)


def test_a_bad_line_rejects_its_order_and_no_text_of_it_is_kept(tmp_path: Path) -> None:
    bad = order(line_items=[LINE, LINE | {"quantity": 1.5}])
    (reject,) = ledger_of(read_one(tmp_path, SOURCE, answer(bad))).rejects
    assert (reject.column, reject.rule, reject.raw) == ("line_items[1].quantity", "count", "")


def test_the_personal_paths_of_an_answer_are_declared() -> None:
    form = FORMATS["shopify_json.orders"]
    assert form.identity == "orders[].email"
    assert {"orders[].billing_address.phone", "orders[].customer.email"} <= set(form.personal)
    assert not {f"orders[].{column.name}" for column in form.columns} & set(form.personal)


@pytest.mark.parametrize("source", [SOURCE, ONE])
def test_an_error_is_no_order(tmp_path: Path, source: Declared) -> None:
    assert "error of the API" in fault_of(read_one(tmp_path, source, '{"errors": "[API] Invalid API key"}'))


def test_no_order_in_the_answer_is_no_fault(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, SOURCE, answer()))
    assert (ledger.counted, len(ledger.notices)) == (0, 1)


MONEY = st.decimals(0, 10**9, places=2).map(str)
WRITTEN = st.tuples(st.integers(1, 10**18), MONEY, MONEY, st.lists(st.integers(0, 99), max_size=3))


@given(st.lists(WRITTEN, max_size=4, unique_by=lambda row: row[0]))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_written_answer_is_read_back_equal(written: list[tuple[int, str, str, list[int]]]) -> None:
    orders = [
        order(
            name=str(number),
            subtotal_price=subtotal,
            total_price=total,
            line_items=[LINE | {"quantity": pieces} for pieces in lines],
        )
        for number, subtotal, total, lines in written
    ]
    with TemporaryDirectory() as folder:
        records = read_one(Path(folder), SOURCE, answer(*orders))
    found = {row["order_id"]: (row["subtotal"], row["total"]) for row in rows_of(records, "orders")}
    assert found == {str(number): (Decimal(low), Decimal(high)) for number, low, high, _ in written}
    pieces = [(row["order_id"], row["quantity"]) for row in rows_of(records, "order_lines")]
    assert sorted(pieces) == sorted((str(number), each) for number, _, _, lines in written for each in lines)


def test_a_full_page_is_told_because_another_may_follow(tmp_path: Path) -> None:
    full = answer(*(order(name=f"#{number}") for number in range(250)))
    (notice,) = ledger_of(read_one(tmp_path, SOURCE, full)).notices
    assert notice.startswith("holds 250 orders, as many as one answer can")
    assert not ledger_of(read_one(tmp_path, SOURCE, answer(order()))).notices
