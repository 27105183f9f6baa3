from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample
from written import csv_bytes

REPORTS = Declared("news", "mailchimp.reports", "mail/{extracted_at:%Y-%m-%d}*.json")
EXPORT = Declared("news", "mailchimp.campaigns_csv", "mail/{extracted_at:%Y-%m-%d}.csv", currency="EUR")
ONE = Declared("news", "mailchimp.campaign_report", "mail/{extracted_at:%Y-%m-%d}.csv")
LISTS = Declared("lists", "mailchimp.lists", "mail/{extracted_at:%Y-%m-%d}.json")
GROWTH = Declared("growth", "mailchimp.list_growth", "mail/{extracted_at:%Y-%m-%d}.json")
ACTIVITY = Declared("growth", "mailchimp.list_activity", "mail/{extracted_at:%Y-%m-%d}.json")

HEADER = [
    "Title", "Subject", "List", "Send Date", "Total Recipients", "Successful Deliveries", "Soft Bounces",
    "Hard Bounces", "Unique Opens", "Open Rate", "Total Opens", "Unique Clicks", "Total Clicks", "Unsubscribes",
    "Abuse Complaints", "Unique Id", "Total Orders", "Total Revenue",
]  # fmt: skip
MAILING = [
    "Leaf letter", "Tea?", "Leaf list", "Jun 09, 2026 11:30 pm", 412, 407, 2, 3, 109, "26.78%", 196, 20, 21, 1, 0,
    "ab12cd34ef", 2, "83.50",
]  # fmt: skip


def report(**fields: object) -> dict[str, object]:
    return {
        "id": "ab12cd34ef",
        "list_name": "Leaf list",
        "campaign_title": "Leaf letter",
        "subject_line": "Tea?",
        "send_time": "2026-06-09T21:30:00+00:00",
        "emails_sent": 412,
        "abuse_reports": 0,
        "unsubscribed": 1,
        "bounces": {"hard_bounces": 3, "soft_bounces": 2, "syntax_errors": 0},
        "opens": {"opens_total": 196, "unique_opens": 109, "open_rate": 0.2678},
        "clicks": {"clicks_total": 21, "unique_clicks": 25, "unique_subscriber_clicks": 20},
    } | fields


def answer(*reports: dict[str, object], total: int | None = None) -> str:
    return json.dumps({"reports": reports, "total_items": len(reports) if total is None else total})


def test_a_report_is_a_mailing_and_delivered_is_sent_less_bounces(tmp_path: Path) -> None:
    (mailing,) = rows_of(read_one(tmp_path, REPORTS, answer(report())), "emails")
    assert (mailing["provider"], mailing["email_id"], mailing["list"]) == (
        "mailchimp",
        "ab12cd34ef",
        "Leaf list",
    )
    assert (mailing["sent"], mailing["delivered"], mailing["hard_bounces"]) == (412, 407, 3)
    assert (mailing["sent_at"], mailing["sent_on"]) == (datetime(2026, 6, 9, 21, 30), date(2026, 6, 9))  # noqa: DTZ001


def test_a_mailing_of_the_evening_in_utc_belongs_to_the_next_business_day(tmp_path: Path) -> None:
    late = report(send_time="2026-06-09T22:30:00+00:00")
    (mailing,) = rows_of(read_one(tmp_path, REPORTS, answer(late)), "emails")
    assert mailing["sent_on"] == date(2026, 6, 10)


def test_unique_clicks_are_people_and_not_links(tmp_path: Path) -> None:
    (mailing,) = rows_of(read_one(tmp_path, REPORTS, answer(report())), "emails")
    assert (mailing["clicks"], mailing["unique_clicks"]) == (21, 20)


def test_what_older_answers_do_not_tell_is_null_and_not_zero(tmp_path: Path) -> None:
    (mailing,) = rows_of(read_one(tmp_path, REPORTS, answer(report())), "emails")
    assert (mailing["unique_opens_by_people"], mailing["orders"], mailing["revenue"]) == (None, None, None)


def test_opens_by_people_and_sales_are_read_where_they_are_told(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "mail/2026-10-01.json": sample("mailchimp/reports_page1.json"),
        "mail/2026-10-01-2.json": sample("mailchimp/reports_page2.json"),
    }
    mailings = {row["email_id"]: row for row in rows_of(read(tmp_path, files, REPORTS), "emails")}
    assert mailings["twin000001"]["opens"] == 412  # of 47 mails: machines open again and again
    assert mailings["twin000001"]["unique_opens_by_people"] == 20
    second = mailings["twin000002"]
    assert (second["orders"], second["revenue"], second["currency"]) == (14, Decimal("581.0"), "EUR")
    assert [row["unique_clicks"] for row in mailings.values()] == [60, 33, 109]


def test_a_missing_page_of_reports_is_a_fault(tmp_path: Path) -> None:
    (fault,) = read_one(tmp_path, REPORTS, answer(report(), total=3)).faults
    assert "its answer has 3 records, and its files hold 1 of them" in str(fault)


def test_the_same_mailing_told_in_two_ways_in_one_answer_is_not_used(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, REPORTS, answer(report(), report(emails_sent=500))))
    assert [reject.rule for reject in ledger.rejects] == ["conflict", "conflict"]


def test_an_answer_cut_off_is_refused(tmp_path: Path) -> None:
    assert "is not complete JSON" in fault_of(read_one(tmp_path, REPORTS, answer(report())[:-30]))


def test_lists_under_the_name_of_reports_are_refused(tmp_path: Path) -> None:
    assert "has another shape" in fault_of(
        read_one(tmp_path, REPORTS, json.dumps({"lists": [], "total_items": 0}))
    )


# --- the export of all campaigns -------------------------------------------------------------------


def test_without_a_declared_zone_the_day_of_sending_is_as_written(tmp_path: Path) -> None:
    (mailing,) = rows_of(read_one(tmp_path, EXPORT, csv_bytes([HEADER, MAILING])), "emails")
    assert (mailing["sent_at"], mailing["sent_on"]) == (None, date(2026, 6, 9))


def test_with_a_declared_zone_the_moment_of_sending_is_known(tmp_path: Path) -> None:
    source = replace(EXPORT, timezone="America/New_York")
    (mailing,) = rows_of(read_one(tmp_path, source, csv_bytes([HEADER, MAILING])), "emails")
    assert mailing["sent_at"] == datetime(2026, 6, 10, 3, 30)  # noqa: DTZ001 - UTC: summer time, four hours behind
    assert mailing["sent_on"] == date(2026, 6, 10)


def test_the_export_and_the_api_tell_of_the_same_mailing(tmp_path: Path) -> None:
    exported = rows_of(read_one(tmp_path / "csv", EXPORT, csv_bytes([HEADER, MAILING])), "emails")[0]
    fetched = rows_of(read_one(tmp_path / "api", REPORTS, answer(report())), "emails")[0]
    same = ("provider", "email_id", "list", "title", "sent", "delivered", "unique_opens", "unique_clicks")
    assert [exported[name] for name in same] == [fetched[name] for name in same]


def test_a_list_that_is_called_an_audience_is_the_same(tmp_path: Path) -> None:
    newer = ["Audience" if name == "List" else name for name in HEADER]
    (mailing,) = rows_of(read_one(tmp_path, EXPORT, csv_bytes([newer, MAILING])), "emails")
    assert mailing["list"] == "Leaf list"


def test_a_mailing_never_sent_is_skipped_with_its_test_clicks(tmp_path: Path) -> None:
    records = read_one(tmp_path, EXPORT, sample("mailchimp/campaigns_export.csv"))
    assert [(skip.rule, skip.records) for skip in ledger_of(records).skipped] == [("never_sent", 1)]
    assert sum(row["clicks"] for row in rows_of(records, "emails")) == 488  # 491 in the file, 3 of them tests


def test_a_sent_mailing_without_its_id_is_skipped_by_name(tmp_path: Path) -> None:
    nameless = [*MAILING[:15], "", *MAILING[16:]]
    ledger = ledger_of(read_one(tmp_path, EXPORT, csv_bytes([HEADER, nameless])))
    assert [skip.rule for skip in ledger.skipped] == ["no_id"]


def test_revenue_without_a_currency_is_not_kept_and_the_ledger_says_so(tmp_path: Path) -> None:
    records = read_one(tmp_path, replace(EXPORT, currency=None), csv_bytes([HEADER, MAILING]))
    (mailing,) = rows_of(records, "emails")
    assert (mailing["orders"], mailing["revenue"], mailing["currency"]) == (2, None, None)
    assert "add `currency` to the source" in ledger_of(records).notices[0]


def test_an_unknown_localised_header_is_named_with_the_line_to_add(tmp_path: Path) -> None:
    renamed = [name.replace("Total Opens", "Total Openings") for name in HEADER]
    fault = fault_of(read_one(tmp_path, EXPORT, csv_bytes([renamed, MAILING])))
    assert "`Total Openings: Total Opens`" in fault


EXPORTED = st.tuples(st.text("abc", min_size=1, max_size=6), *[st.integers(0, 10**15 - 1)] * 4)


@given(st.lists(EXPORTED, min_size=1, max_size=5, unique_by=lambda row: row[0]))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_written_export_is_read_back_equal(written: list[tuple[str, int, int, int, int]]) -> None:
    rows = [
        [title, "", "Leaf list", "Jun 09, 2026 09:30 pm", sent, delivered, 0, 0, opens, "0%", opens, clicks, clicks,
         0, 0, f"id{title}", 0, "0"]
        for title, sent, delivered, opens, clicks in written
    ]  # fmt: skip
    with TemporaryDirectory() as folder:
        records = read_one(Path(folder), EXPORT, csv_bytes([HEADER, *rows], line_end="\r\n"))
    found = [
        (row["title"], row["sent"], row["delivered"], row["unique_opens"], row["unique_clicks"])
        for row in rows_of(records, "emails")
    ]
    assert sorted(found) == sorted(written)


# --- the report of one campaign --------------------------------------------------------------------


def test_two_numbers_in_a_cell_are_read_as_the_first(tmp_path: Path) -> None:
    (mailing,) = rows_of(read_one(tmp_path, ONE, sample("mailchimp/single_campaign_report.csv")), "emails")
    assert (mailing["email_id"], mailing["title"]) == ("Leaf Week", "Leaf Week")
    assert (mailing["unique_opens"], mailing["opens"], mailing["clicks"]) == (593, 1067, 624)
    assert (mailing["hard_bounces"], mailing["sent_on"]) == (
        None,
        None,
    )  # bounces of both kinds in one number


def test_the_export_of_all_campaigns_is_no_report_of_one(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, ONE, csv_bytes([HEADER, MAILING])))
    assert "holds no line with a name that ends in `:` and a value" in fault


def test_a_report_of_one_campaign_that_is_cut_off_names_what_is_missing(tmp_path: Path) -> None:
    cut = sample("mailchimp/single_campaign_report.csv").split(b'"Total Clicks')[0]
    missing = [str(fault) for fault in read_one(tmp_path, ONE, cut).faults]
    assert [name for name in ("Total Clicks", "Total Unsubs") if any(name in fault for fault in missing)] == [
        "Total Clicks",
        "Total Unsubs",
    ]


# --- lists -----------------------------------------------------------------------------------------


def test_a_list_tells_how_many_are_on_it_now(tmp_path: Path) -> None:
    lists = {
        "lists": [{"id": "A1b2", "stats": {"member_count": 1200, "unsubscribe_count": 30}}],
        "total_items": 1,
    }
    rows = rows_of(read_one(tmp_path, LISTS, json.dumps(lists)), "account_totals")
    assert [(row["platform"], row["account"], row["counter"], row["value"]) for row in rows] == [
        ("email", "a1b2", "subscribers", 1200),
        ("email", "a1b2", "unsubscribes", 30),
    ]


def history(*months: tuple[str, int, int], total: int | None = None) -> str:
    records = [
        {"list_id": "a1b2", "month": month, "subscribed": level, "unsubscribed": gone}
        for month, level, gone in months
    ]
    return json.dumps({"history": records, "list_id": "a1b2", "total_items": total or len(records)})


def test_a_month_of_growth_is_a_level_at_its_end_and_who_left_in_it(tmp_path: Path) -> None:
    records = read_one(tmp_path, GROWTH, history(("2026-02", 1200, 7)))
    (level,) = rows_of(records, "account_days")
    (left,) = rows_of(records, "account_spans")
    assert (level["day"], level["counter"], level["value"]) == (date(2026, 2, 28), "subscribers", 1200)
    assert (left["from_day"], left["to_day"], left["value"]) == (date(2026, 2, 1), date(2026, 2, 28), 7)
    assert not level["is_provisional"]


def test_the_month_of_the_fetch_ends_with_its_day_and_is_provisional(tmp_path: Path) -> None:
    records = read_one(tmp_path, GROWTH, history(("2026-10", 1250, 1)))  # fetched on 1 October
    (level,) = rows_of(records, "account_days")
    assert (level["day"], level["is_provisional"]) == (date(2026, 10, 1), True)


def test_a_history_with_more_pages_says_so(tmp_path: Path) -> None:
    (notice,) = ledger_of(read_one(tmp_path, GROWTH, history(("2026-02", 1200, 7), total=24))).notices
    assert notice == "more pages exist: 24 months, and 1 of them are here"


def activity(list_id: str | None = "A1b2") -> str:
    day = {
        "day": "2026-09-30",
        "emails_sent": 0,
        "subs": 12,
        "unsubs": 3,
        "other_adds": 40,
        "other_removes": 1,
    }
    return json.dumps({"activity": [day], "list_id": list_id, "total_items": 1})


def test_people_added_and_removed_otherwise_are_gained_and_lost_too(tmp_path: Path) -> None:
    rows = rows_of(read_one(tmp_path, ACTIVITY, activity()), "account_days")
    assert {row["counter"]: row["value"] for row in rows} == {
        "subscribers_gained": 52,
        "subscribers_lost": 4,
        "unsubscribes": 3,
    }
    assert {(row["account"], row["day"]) for row in rows} == {("a1b2", date(2026, 9, 30))}


@pytest.mark.parametrize("list_id", [None, ""])
def test_an_activity_that_names_no_list_is_refused(tmp_path: Path, list_id: str | None) -> None:
    assert "does not name one list" in fault_of(read_one(tmp_path, ACTIVITY, activity(list_id)))
