from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample
from written import csv_bytes

from perftrack_site.sources import FORMATS

KEY = "0123456789abcdef0123456789abcdef"
CHARGES = Declared("stripe", "stripe.charges", "pay/{extracted_at:%Y-%m-%d}*.json")
EXPORT = Declared("stripe", "stripe.payments_csv", "pay/{extracted_at:%Y-%m-%d}.csv")
HEADER = [
    "id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Converted Amount", "Converted Currency",
    "Fee", "Status", "Mode", "Customer Email", "Client Reference ID", "UTM Campaign", "promo (metadata)",
]  # fmt: skip
PAYMENT = [
    "ch_1", "2026-09-20 03:11:20", "15.00", "0.00", "usd", "13.80", "eur", "0.65", "Paid", "Live",
    "ada@mail.example", "lumi", "leaf26", "lumi15",
]  # fmt: skip


def charge(**fields: object) -> dict[str, object]:
    return {
        "id": "ch_1", "object": "charge", "amount": 2499, "amount_captured": 2499, "amount_refunded": 0,
        "captured": True, "created": 1789000000, "currency": "eur", "disputed": False, "livemode": True,
        "metadata": {}, "paid": True, "status": "succeeded", "balance_transaction": "txn_1",
        "billing_details": {"email": "ada@mail.example"},
    } | fields  # fmt: skip


def answer(*charges: dict[str, object], more: bool = False) -> str:
    return json.dumps({"object": "list", "has_more": more, "data": charges})


def only(folder: Path, **fields: object) -> dict[str, Any]:
    (row,) = rows_of(read_one(folder, CHARGES, answer(charge(**fields))), "payments")
    return row


def test_all_pages_of_the_charges_are_read_each_in_its_currency(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        f"pay/2026-10-01-{page}.json": sample(f"stripe/charges_list_page{page}.json") for page in (1, 2)
    }
    paid = rows_of(read(tmp_path, pages, CHARGES), "payments")
    assert [(row["currency"], row["amount"], row["status"]) for row in paid] == [
        ("USD", Decimal("15.00"), "paid"),
        ("JPY", Decimal(250000), "paid"),  # yen have no smaller coin
        ("EUR", Decimal("99.00"), "refunded"),
        ("MXN", Decimal("145.00"), "partially_refunded"),
        ("USD", Decimal("25.00"), "failed"),  # no revenue
    ]
    assert [row["refunded"] for row in paid] == [0, 0, Decimal("99.00"), Decimal("50.00"), 0]


@pytest.mark.parametrize(
    ("currency", "amount"),
    [
        ("eur", "24.99"),
        ("jpy", "2499"),
        ("kwd", "2.499"),
        ("isk", "24.99"),
        ("ugx", "24.99"),
        ("huf", "24.99"),
    ],
)
def test_an_amount_is_told_in_the_smallest_coin_of_its_currency(
    tmp_path: Path, currency: str, amount: str
) -> None:
    assert only(tmp_path, currency=currency)["amount"] == Decimal(amount)


def test_a_missing_last_page_is_a_fault(tmp_path: Path) -> None:
    (fault,) = read_one(tmp_path, CHARGES, answer(charge(), more=True)).faults
    assert "a page is missing: its answer goes on" in str(fault)


def test_the_moment_is_utc_and_the_day_is_of_the_business(tmp_path: Path) -> None:
    row = only(tmp_path, created=1789081200)
    assert row["paid_at"] == datetime(2026, 9, 10, 23, 0)  # noqa: DTZ001 - moments are UTC without a zone
    assert row["paid_on"] == date(2026, 9, 11)


def test_promo_code_utm_and_reference_come_from_the_metadata(tmp_path: Path) -> None:
    row = only(tmp_path, metadata={"promo": "lumi15", "utm_campaign": "leaf26", "order_id": "#1001"})
    assert (row["promo_code"], row["utm_campaign"], row["reference"]) == ("LUMI15", "leaf26", "#1001")
    assert row["utm_source"] is None


def test_the_fee_is_known_where_the_balance_transaction_is_told(tmp_path: Path) -> None:
    told = only(tmp_path, balance_transaction={"amount": 40000, "fee": 1200, "currency": "jpy"})
    assert (told["settled_amount"], told["fee"], told["settled_currency"]) == (40000, 1200, "JPY")
    untold = only(tmp_path)
    assert (untold["settled_amount"], untold["fee"], untold["settled_currency"]) == (None, None, None)


@pytest.mark.parametrize(
    ("fields", "status", "amount"),
    [
        ({"captured": False, "amount_captured": 0}, "pending", "24.99"),
        ({"amount_captured": 2000}, "paid", "20.00"),  # a part was captured: that is what was paid
        ({"disputed": True}, "disputed", "24.99"),
        ({"status": "pending"}, "pending", "24.99"),
        ({"amount_refunded": 2499}, "refunded", "24.99"),
        ({"captured": False, "amount_captured": 0, "amount_refunded": 2499}, "failed", "24.99"),  # let go
    ],
)
def test_a_charge_has_the_state_in_which_its_money_is(
    tmp_path: Path, fields: dict[str, object], status: str, amount: str
) -> None:
    row = only(tmp_path, **fields)
    assert (row["status"], row["amount"]) == (status, Decimal(amount))


@pytest.mark.parametrize(
    ("refunded", "status", "paid_back"),
    [(499, "paid", "0"), (1499, "partially_refunded", "10.00"), (2499, "refunded", "20.00")],
)
def test_what_a_capture_in_part_let_go_is_no_refund(
    tmp_path: Path, refunded: int, status: str, paid_back: str
) -> None:
    row = only(tmp_path, amount_captured=2000, amount_refunded=refunded)  # of 24.99
    assert (row["status"], row["amount"], row["refunded"]) == (status, Decimal("20.00"), Decimal(paid_back))


def test_charges_of_the_test_mode_are_marked(tmp_path: Path) -> None:
    assert (only(tmp_path, livemode=False)["is_test"], only(tmp_path)["is_test"]) == (True, False)


def test_payment_intents_are_no_charges(tmp_path: Path) -> None:
    intent = {name: charge()[name] for name in ("id", "amount", "created", "currency", "status", "livemode")}
    fault = fault_of(read_one(tmp_path, CHARGES, answer(intent | {"object": "payment_intent"})))
    assert "none of its 1 records is complete; the first lacks 'captured'" in fault


def test_a_customer_key_stays_and_the_e_mail_does_not(tmp_path: Path) -> None:
    keyed = charge(billing_details={"email": None, "customer_key": KEY})
    records = read_one(tmp_path, CHARGES, answer(keyed, charge(id="ch_2")))
    assert [row["customer_key"] for row in rows_of(records, "payments")] == [KEY, None]
    assert "ada@mail.example" not in repr(records)


def test_the_personal_fields_are_declared() -> None:
    assert FORMATS["stripe.charges"].identity in FORMATS["stripe.charges"].personal
    assert FORMATS["stripe.payments_csv"].identity in FORMATS["stripe.payments_csv"].personal


# --- the export ------------------------------------------------------------------------------------


def test_the_export_tells_amounts_as_they_are(tmp_path: Path) -> None:
    paid = rows_of(read_one(tmp_path, EXPORT, sample("stripe/unified_payments.csv")), "payments")
    by_currency: Counter[str] = Counter()
    for row in paid:
        by_currency[row["currency"]] += row["amount"]
    assert by_currency == {"EUR": 333, "JPY": 7500, "MXN": 885, "USD": 60}
    assert Counter(row["status"] for row in paid) == {
        "paid": 15,
        "refunded": 2,
        "partially_refunded": 1,
        "failed": 2,
    }
    assert sum(row["utm_campaign"] is not None or row["utm_source"] is not None for row in paid) == 5


def test_a_payment_of_the_export_has_its_tags_and_its_reference(tmp_path: Path) -> None:
    (row,) = rows_of(read_one(tmp_path, EXPORT, csv_bytes([HEADER, PAYMENT])), "payments")
    assert (row["provider"], row["payment_id"], row["status"]) == ("stripe", "ch_1", "paid")
    assert (row["reference"], row["utm_campaign"], row["promo_code"]) == ("lumi", "leaf26", "LUMI15")
    assert (row["settled_amount"], row["settled_currency"], row["fee"]) == (
        Decimal("13.80"),
        "EUR",
        Decimal("0.65"),
    )
    assert (row["paid_on"], row["is_test"], row["customer_key"]) == (date(2026, 9, 20), False, None)


def test_exports_of_two_generations_in_one_folder_are_both_read(tmp_path: Path) -> None:
    older = ["Created (UTC)" if name == "Created date (UTC)" else name for name in HEADER]
    files: dict[str, str | bytes] = {
        "pay/2026-09-01.csv": csv_bytes([older, ["ch_0", "2026-08-20 23:11", *PAYMENT[2:]]]),
        "pay/2026-10-01.csv": csv_bytes([HEADER, PAYMENT]),
    }
    rows = rows_of(read(tmp_path, files, EXPORT), "payments")
    assert [(row["payment_id"], row["paid_on"]) for row in rows] == [
        ("ch_0", date(2026, 8, 21)),
        ("ch_1", date(2026, 9, 20)),
    ]


def test_without_ids_payments_are_told_apart_by_what_else_they_say(tmp_path: Path) -> None:
    records = read_one(tmp_path, EXPORT, sample("stripe/payments_semicolon.csv"))
    ids = {row["payment_id"] for row in rows_of(records, "payments")}
    assert (len(ids), "2026-09-20 03:11:20 15.00 USD TW-3000" in ids) == (36, True)
    assert "this export has no column `id`" in ledger_of(records).notices[0]


def test_an_unknown_status_is_rejected_and_not_taken_for_revenue(tmp_path: Path) -> None:
    odd = [*PAYMENT[:8], "Blocked", *PAYMENT[9:]]
    (reject,) = ledger_of(read_one(tmp_path, EXPORT, csv_bytes([HEADER, odd]))).rejects
    assert (reject.column, reject.rule) == ("Status", "choice")


def test_a_comma_as_decimal_sign_is_rejected(tmp_path: Path) -> None:
    content = csv_bytes([HEADER, ["ch_1", PAYMENT[1], "15,00", *PAYMENT[3:]]], delimiter=";")
    (reject,) = ledger_of(read_one(tmp_path, EXPORT, content)).rejects
    assert (reject.column, reject.rule) == ("Amount", "money")


def test_a_row_cut_off_keeps_no_text_of_it(tmp_path: Path) -> None:
    (reject,) = ledger_of(read_one(tmp_path, EXPORT, csv_bytes([HEADER, PAYMENT[:11]]))).rejects
    assert (reject.rule, reject.raw) == ("columns", "")


def test_an_unknown_localised_header_is_named_with_the_line_to_add(tmp_path: Path) -> None:
    renamed = ["Amounts" if name == "Amount" else name for name in HEADER]
    assert "`Amounts: Amount`" in fault_of(read_one(tmp_path, EXPORT, csv_bytes([renamed, PAYMENT])))


MONEY = st.decimals(0, 10**10, places=2)


@given(st.lists(st.tuples(st.uuids(), MONEY, MONEY), max_size=5, unique_by=lambda row: row[0]))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_written_export_is_read_back_equal(written: list[tuple[object, Decimal, Decimal]]) -> None:
    rows = [[f"ch_{number}", PAYMENT[1], paid, back, *PAYMENT[4:]] for number, paid, back in written]
    with TemporaryDirectory() as folder:
        records = read_one(Path(folder), EXPORT, csv_bytes([HEADER, *rows]))
    found = [(row["payment_id"], row["amount"], row["refunded"]) for row in rows_of(records, "payments")]
    assert found == [(f"ch_{number}", paid, back) for number, paid, back in written]


@given(st.lists(st.tuples(st.uuids(), st.integers(0, 10**12)), max_size=5, unique_by=lambda row: row[0]))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_written_answer_is_read_back_equal(written: list[tuple[object, int]]) -> None:
    charges = [charge(id=f"ch_{number}", amount=cents, amount_captured=cents) for number, cents in written]
    with TemporaryDirectory() as folder:
        records = read_one(Path(folder), CHARGES, answer(*charges))
    found = [(row["payment_id"], row["amount"] * 100) for row in rows_of(records, "payments")]
    assert found == [(f"ch_{number}", cents) for number, cents in written]


def test_an_amount_too_long_for_its_column_is_rejected(tmp_path: Path) -> None:
    (reject,) = ledger_of(read_one(tmp_path, CHARGES, answer(charge(amount=10**14, currency="jpy")))).rejects
    assert (reject.column, reject.rule) == ("amount", "number")
