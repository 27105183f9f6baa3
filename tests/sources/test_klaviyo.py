from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read_one, rows_of, sample
from written import csv_bytes

SOURCE = Declared("flows", "klaviyo.campaigns", "klaviyo/{extracted_at:%Y-%m-%d}.csv", currency="EUR")
HEADER = [
    "Campaign Name", "Subject", "Send Time", "Total Recipients", "Unique Placed Order", "Revenue", "Unique Opens",
    "Total Opens", "Unique Clicks", "Total Clicks", "Unsubscribes", "Spam Complaints", "Successful Deliveries",
    "Campaign ID", "Campaign Channel",
]  # fmt: skip


def mailing(**cells: object) -> list[object]:
    plain: dict[str, object] = dict.fromkeys(HEADER, 0) | {
        "Campaign Name": "Leaf drop", "Subject": "Tea", "Send Time": "2026-09-03 23:30:00", "Campaign ID": "01J",
        "Campaign Channel": "email",
    }  # fmt: skip
    return list((plain | {name.replace("_", " "): cell for name, cell in cells.items()}).values())


def test_a_mailing_is_read_with_what_it_sold(tmp_path: Path) -> None:
    (row,) = rows_of(read_one(tmp_path, SOURCE, sample("klaviyo/campaign_export.csv")), "emails")
    assert (row["provider"], row["email_id"], row["sent"], row["delivered"]) == (
        "klaviyo",
        "TWIN01",
        1200,
        1196,
    )
    assert (row["orders"], row["revenue"], row["currency"]) == (11, Decimal("456.5"), "EUR")
    assert (row["clicks"], row["unique_clicks"], row["unsubscribes"], row["complaints"]) == (77, 61, 3, 0)
    assert row["hard_bounces"] is None  # hard and soft are one number in this export


def test_a_text_message_is_no_mailing(tmp_path: Path) -> None:
    (skip,) = ledger_of(read_one(tmp_path, SOURCE, sample("klaviyo/campaign_export.csv"))).skipped
    assert (skip.rule, skip.records) == ("no_email", 1)


def test_a_draft_is_skipped(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, SOURCE, csv_bytes([HEADER, mailing(Send_Time="")])))
    assert [skip.rule for skip in ledger.skipped] == ["never_sent"]


def test_the_zone_of_the_account_decides_the_business_day(tmp_path: Path) -> None:
    content = csv_bytes([HEADER, mailing()])
    (undeclared,) = rows_of(read_one(tmp_path / "1", SOURCE, content), "emails")
    (declared,) = rows_of(read_one(tmp_path / "2", replace(SOURCE, timezone="UTC"), content), "emails")
    assert (undeclared["sent_at"], undeclared["sent_on"]) == (None, date(2026, 9, 3))
    assert (declared["sent_at"], declared["sent_on"]) == (datetime(2026, 9, 3, 23, 30), date(2026, 9, 4))  # noqa: DTZ001


def test_blank_opens_are_not_zero_opens(tmp_path: Path) -> None:
    (row,) = rows_of(read_one(tmp_path, SOURCE, csv_bytes([HEADER, mailing(Unique_Opens="")])), "emails")
    assert (row["unique_opens"], row["opens"]) == (None, 0)


def test_an_export_of_another_service_is_refused(tmp_path: Path) -> None:
    faults = read_one(tmp_path, SOURCE, sample("mailchimp/campaigns_export.csv")).faults
    assert "the column 'Campaign ID' is missing" in str(faults[0])


def test_an_export_without_any_line_is_refused(tmp_path: Path) -> None:
    assert "empty" in fault_of(read_one(tmp_path, SOURCE, b""))


@given(st.lists(st.tuples(st.uuids(), st.integers(0, 10**15 - 1)), max_size=5, unique_by=lambda row: row[0]))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_written_export_is_read_back_equal(written: list[tuple[object, int]]) -> None:
    rows = [mailing(Campaign_ID=number, Total_Recipients=people) for number, people in written]
    with TemporaryDirectory() as folder:
        records = read_one(Path(folder), SOURCE, csv_bytes([HEADER, *rows]))
    assert [(row["email_id"], row["sent"]) for row in rows_of(records, "emails")] == [
        (str(number), people) for number, people in written
    ]
