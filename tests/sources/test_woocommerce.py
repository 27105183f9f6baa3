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
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample

from perftrack_site.sources import FORMATS

KEY = "0123456789abcdef0123456789abcdef"
SOURCE = Declared("woo", "woocommerce.orders", "woo/{extracted_at:%Y-%m-%d}*.json")
LINE = {
    "sku": "OOL",
    "name": "Oolong &ndash; 100 g",
    "quantity": 2,
    "subtotal": "48.00",
    "total": "40.80",
    "price": 24,
}


def order(**fields: object) -> dict[str, object]:
    return {
        "id": 704, "number": "704", "status": "completed", "currency": "EUR",
        "date_created": "2026-09-04T01:28:02", "date_created_gmt": "2026-09-03T23:28:02", "discount_total": "7.20",
        "shipping_total": "4.90", "total_tax": "2.40", "total": "48.10", "date_paid": "2026-09-04T01:28:08",
        "billing": {"email": "ada@mail.example"}, "meta_data": [], "line_items": [LINE], "coupon_lines": [],
        "refunds": [],
    } | fields  # fmt: skip


def only(folder: Path, **fields: object) -> dict[str, Any]:
    (row,) = rows_of(read_one(folder, SOURCE, json.dumps([order(**fields)])), "orders")
    return row


def both_pages(folder: Path) -> dict[str, dict[str, Any]]:
    pages: dict[str, str | bytes] = {
        f"woo/2026-10-01-{page}.json": sample(f"woocommerce/orders_page{page}.json") for page in (1, 2)
    }
    return {row["order_id"]: row for row in rows_of(read(folder, pages, SOURCE), "orders")}


def test_the_day_of_an_order_comes_from_its_moment_in_utc(tmp_path: Path) -> None:
    row = both_pages(tmp_path)["704"]
    assert row["ordered_at"] == datetime(2026, 9, 3, 23, 28, 2)  # noqa: DTZ001 - moments are UTC without a zone
    assert row["ordered_on"] == date(2026, 9, 4)  # in Johannesburg


def test_coupons_and_the_visit_stand_on_the_order(tmp_path: Path) -> None:
    row = both_pages(tmp_path)["704"]
    assert row["promo_codes"] == ("LUMI15",)
    assert (row["utm_source"], row["utm_medium"], row["utm_campaign"], row["utm_content"]) == (
        "instagram",
        "influencer",
        "leaf26",
        None,
    )


def test_revenue_is_the_lines_after_coupons_without_tax_and_shipping(tmp_path: Path) -> None:
    row = only(tmp_path)
    assert row["subtotal"] == Decimal("40.80")
    assert row["subtotal"] + row["shipping"] + row["tax"] == row["total"]


def test_refunds_are_negative_in_the_file_and_make_the_status(tmp_path: Path) -> None:
    orders = both_pages(tmp_path)
    assert [(orders[number]["status"], orders[number]["refunded"]) for number in ("702", "703", "704")] == [
        ("partially_refunded", Decimal("5.00")),
        ("refunded", Decimal("55.30")),
        ("paid", 0),
    ]


def test_a_cancelled_order_is_void_though_it_was_paid(tmp_path: Path) -> None:
    row = both_pages(tmp_path)["701"]
    assert (row["status"], row["is_cancelled"]) == ("voided", True)


@pytest.mark.parametrize(
    ("status", "paid", "meaning"),
    [
        ("pending", None, "pending"),
        ("on-hold", None, "pending"),
        ("processing", "2026-09-04T01:28:08", "paid"),
        ("failed", None, "voided"),
        ("shipped", "2026-09-04T01:28:08", "paid"),
        ("shipped", None, "pending"),
    ],
)
def test_a_status_means_whether_money_came(
    tmp_path: Path, status: str, paid: str | None, meaning: str
) -> None:
    assert only(tmp_path, status=status, date_paid=paid)["status"] == meaning


def test_drafts_and_what_is_in_the_bin_are_skipped(tmp_path: Path) -> None:
    orders = [
        order(number="1", status="checkout-draft"),
        order(number="2", status="trash"),
        order(number="3"),
    ]
    (skip,) = ledger_of(read_one(tmp_path, SOURCE, json.dumps(orders))).skipped
    assert (skip.rule, skip.records) == ("no_order", 2)


def test_a_line_has_the_price_before_coupons_and_its_discount(tmp_path: Path) -> None:
    (line,) = rows_of(read_one(tmp_path, SOURCE, json.dumps([order()])), "order_lines")
    assert (line["title"], line["quantity"]) == ("Oolong \N{EN DASH} 100 g", 2)
    assert (line["price"], line["discount"]) == (Decimal("24.00"), Decimal("7.20"))


def test_orders_that_were_not_asked_for_their_refunds_have_unknown_refunds(tmp_path: Path) -> None:
    bare = order()
    del bare["refunds"], bare["meta_data"], bare["coupon_lines"]
    (row,) = rows_of(read_one(tmp_path, SOURCE, json.dumps([bare])), "orders")
    assert (row["refunded"], row["promo_codes"], row["utm_campaign"]) == (None, (), None)


@pytest.mark.parametrize(
    "where",
    [{"customer_key": KEY}, {"billing": {"customer_key": KEY}}],
)
def test_a_customer_key_stays_and_the_e_mail_does_not(tmp_path: Path, where: dict[str, object]) -> None:
    records = read_one(tmp_path, SOURCE, json.dumps([order(), order(number="705", **where)]))
    assert [row["customer_key"] for row in rows_of(records, "orders")] == [None, KEY]
    assert "ada@mail.example" not in repr(records)


def test_the_personal_paths_of_an_answer_are_declared() -> None:
    form = FORMATS["woocommerce.orders"]
    assert (form.identity, form.identity_key) == ("[].billing.email", "customer_key")
    assert {"[].billing.phone", "[].shipping.address_1", "[].customer_ip_address"} <= set(form.personal)


def test_the_report_of_sales_is_refused_because_it_repeats_the_orders(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, SOURCE, sample("woocommerce/reports_sales.json")))
    assert "its reports of sales only repeat them" in fault


def test_an_order_told_in_two_ways_on_two_pages_of_a_file_is_not_used(tmp_path: Path) -> None:
    ledger = ledger_of(
        read_one(tmp_path, SOURCE, json.dumps([order(), order(total="1.00"), order(number="9")]))
    )
    assert [reject.rule for reject in ledger.rejects] == ["conflict", "conflict"]
    assert ledger.accepted == 1


def test_an_answer_cut_off_is_refused(tmp_path: Path) -> None:
    assert "is not complete JSON" in fault_of(read_one(tmp_path, SOURCE, json.dumps([order()])[:-40]))


WRITTEN = st.tuples(st.integers(1, 2**63), st.decimals(0, 10**9, places=2), st.decimals(0, 10**9, places=2))


@given(st.lists(WRITTEN, max_size=4, unique_by=lambda row: row[0]))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_written_answer_is_read_back_equal(written: list[tuple[int, Decimal, Decimal]]) -> None:
    orders = [
        order(
            number=None,
            id=number,
            total=str(total),
            line_items=[LINE | {"subtotal": str(line), "total": str(line)}],
        )
        for number, total, line in written
    ]
    with TemporaryDirectory() as folder:
        records = read_one(Path(folder), SOURCE, json.dumps(orders))
    found = [(row["order_id"], row["total"], row["subtotal"]) for row in rows_of(records, "orders")]
    assert found == [
        (str(number), total, line) for number, total, line in written
    ]  # ids beyond 2**53 stay exact
