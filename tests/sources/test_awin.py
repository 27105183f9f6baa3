from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read_one, rows_of, sample
from written import csv_bytes

SOURCE = Declared("awin", "awin.transactions", "a/{extracted_at:%Y-%m-%d}.csv", currency="EUR")
HEADER = [
    "id", "sale_amount", "commission", "date", "commission_status", "decline_reason", "clickThroughTime",
    "voucher_code", "transaction_device", "click_ref",
]  # fmt: skip
SALE = [
    "2000000",
    "685.54",
    "82.26",
    "2026-09-26 23:52:00",
    "0",
    "",
    "2026-09-26 08:51:00",
    "lumi15",
    "iPhone",
    "lumi",
]


def test_pending_approved_and_declined_sales_are_kept_apart(tmp_path: Path) -> None:
    rows = rows_of(
        read_one(tmp_path, SOURCE, sample("affiliate_awin/transactions.csv")), "affiliate_transactions"
    )
    amounts: Counter[str] = Counter()
    commissions: Counter[str] = Counter()
    for row in rows:
        amounts[row["status"]] += row["amount"]
        commissions[row["status"]] += row["commission"]
    assert Counter(row["status"] for row in rows) == {"pending": 3, "approved": 24, "declined": 13}
    assert amounts == {
        "pending": Decimal("1049.33"),
        "approved": Decimal("9261.21"),
        "declined": Decimal("3696.79"),
    }
    assert commissions == {
        "pending": Decimal("125.92"),
        "approved": Decimal("1111.36"),
        "declined": Decimal("443.62"),
    }


def test_a_correction_is_negative_and_a_declined_sale_has_its_reason(tmp_path: Path) -> None:
    rows = rows_of(
        read_one(tmp_path, SOURCE, sample("affiliate_awin/transactions.csv")), "affiliate_transactions"
    )
    assert sum(row["amount"] < 0 for row in rows) == 1
    assert {row["status"] for row in rows if row["decline_reason"]} == {"declined"}


def test_a_sale_has_its_click_its_code_and_its_reference(tmp_path: Path) -> None:
    (row,) = rows_of(read_one(tmp_path, SOURCE, csv_bytes([HEADER, SALE])), "affiliate_transactions")
    assert (row["network"], row["transaction_id"], row["currency"]) == ("awin", "2000000", "EUR")
    assert (row["promo_code"], row["click_ref"], row["device"]) == ("LUMI15", "lumi", "iPhone")
    assert row["clicked_at"] == datetime(2026, 9, 26, 6, 51)  # noqa: DTZ001 - UTC, told in the business zone


def test_the_declared_zone_of_the_account_decides_the_day(tmp_path: Path) -> None:
    source = replace(SOURCE, timezone="Europe/London")
    (row,) = rows_of(read_one(tmp_path, source, csv_bytes([HEADER, SALE])), "affiliate_transactions")
    assert row["occurred_at"] == datetime(2026, 9, 26, 22, 52)  # noqa: DTZ001 - UTC: summer time
    assert row["occurred_on"] == date(2026, 9, 27)


def test_amounts_without_any_currency_are_refused(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, replace(SOURCE, currency=None), csv_bytes([HEADER, SALE])))
    assert "add `currency: EUR` (or another) to the source 'awin'" in fault


def test_a_currency_column_is_believed_before_the_source(tmp_path: Path) -> None:
    content = csv_bytes([[*HEADER, "sale_currency"], [*SALE, "GBP"]])
    (row,) = rows_of(read_one(tmp_path, replace(SOURCE, currency=None), content), "affiliate_transactions")
    assert row["currency"] == "GBP"


def test_words_for_the_status_are_read_too_and_other_numbers_are_rejected(tmp_path: Path) -> None:
    rows = [[*SALE[:4], "Approved", *SALE[5:]], ["2", *SALE[1:4], "7", *SALE[5:]]]
    records = read_one(tmp_path, SOURCE, csv_bytes([HEADER, *rows]))
    assert [row["status"] for row in rows_of(records, "affiliate_transactions")] == ["approved"]
    assert [(reject.column, reject.rule) for reject in ledger_of(records).rejects] == [
        ("commission_status", "choice")
    ]


def test_a_commission_in_another_currency_than_its_sale_is_not_kept(tmp_path: Path) -> None:
    header = [*HEADER, "sale_currency", "commission_currency"]
    rows = [[*SALE, "GBP", "EUR"], ["2", *SALE[1:], "GBP", "GBP"]]
    found = rows_of(read_one(tmp_path, SOURCE, csv_bytes([header, *rows])), "affiliate_transactions")
    assert [(row["currency"], row["commission"]) for row in found] == [
        ("GBP", None),
        ("GBP", Decimal("82.26")),
    ]


def test_an_id_damaged_by_a_spreadsheet_is_rejected(tmp_path: Path) -> None:
    (reject,) = ledger_of(read_one(tmp_path, SOURCE, csv_bytes([HEADER, ["1.22158E+17", *SALE[1:]]]))).rejects
    assert reject.rule == "id_damaged"


def test_a_file_of_another_tool_is_refused(tmp_path: Path) -> None:
    faults = read_one(tmp_path, SOURCE, "date;clicks\n2026-09-26;4\n").faults
    assert "the column 'id' is missing" in str(faults[0])


AMOUNT = st.decimals(-(10**6), 10**9, places=2)


@given(st.lists(st.tuples(st.integers(1, 10**20), AMOUNT, AMOUNT), max_size=5, unique_by=lambda row: row[0]))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_written_export_is_read_back_equal(written: list[tuple[int, Decimal, Decimal]]) -> None:
    rows = [[number, amount, commission, *SALE[3:]] for number, amount, commission in written]
    with TemporaryDirectory() as folder:
        records = read_one(Path(folder), SOURCE, csv_bytes([HEADER, *rows]))
    found = [
        (row["transaction_id"], row["amount"], row["commission"])
        for row in rows_of(records, "affiliate_transactions")
    ]
    assert found == [(str(number), amount, commission) for number, amount, commission in written]
