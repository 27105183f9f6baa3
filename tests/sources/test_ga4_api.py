from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample

GA4 = Declared("ga4", "ga4_api.report", "ga4/{extracted_at:%Y-%m-%d}*.json", account="umoja.example")
SPANNING = replace(GA4, files="ga4/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.json")
PAGES = ("ga4/run_report_sessions_page1.json", "ga4/run_report_sessions_page2.json")


def report(
    dimensions: Sequence[str], metrics: Sequence[str], *rows: Sequence[object], **more: object
) -> dict[str, Any]:
    """An answer of the Data API; a row's values stand in the order of dimensions and metrics."""
    cut = len(dimensions)
    return {
        "dimensionHeaders": [{"name": name} for name in dimensions],
        "metricHeaders": [{"name": name, "type": "TYPE_INTEGER"} for name in metrics],
        "rows": [
            {
                "dimensionValues": [{"value": str(value)} for value in row[:cut]],
                "metricValues": [{"value": str(value)} for value in row[cut:]],
            }
            for row in rows
        ],
        "rowCount": len(rows),
        "metadata": {"currencyCode": "ZAR", "timeZone": "Africa/Johannesburg"},
        "kind": "analyticsData#runReport",
        **more,
    }


def days(folder: Path, body: Mapping[str, object], source: Declared = GA4) -> list[dict[str, Any]]:
    return rows_of(read_one(folder, source, json.dumps(body)), "web_days")


def notices(folder: Path, body: Mapping[str, object], source: Declared = GA4) -> str:
    return "; ".join(ledger_of(read_one(folder, source, json.dumps(body))).notices)


# --- what a report becomes -----------------------------------------------------------------------


def test_a_report_by_date_and_campaign_becomes_days_that_say_how_they_were_told(tmp_path: Path) -> None:
    names = ["date", "sessionSource", "sessionMedium", "sessionCampaignName"]
    body = report(
        names, ["sessions", "keyEvents"], ["20260914", "instagram", "influencer", "spring", "412", "12.0"]
    )
    (row,) = days(tmp_path, body)
    assert (row["site"], row["day"]) == ("umoja.example", date(2026, 9, 14))
    assert (row["utm_source"], row["utm_medium"], row["utm_campaign"]) == (
        "instagram",
        "influencer",
        "spring",
    )
    assert (row["sessions"], row["conversions"], row["orders"]) == (412, 12, None)
    assert row["breakdown"] == "utm_campaign,utm_medium,utm_source"


def test_the_pages_of_one_report_are_read_together(tmp_path: Path) -> None:
    files = {f"ga4/2026-09-20-{page}.json": sample(path) for page, path in enumerate(PAGES)}
    records = read(tmp_path, dict(files), GA4)
    assert not records.faults
    assert [row["sessions"] for row in rows_of(records, "web_days")] == [412, 377, 188, 95, 6]
    assert {row["currency"] for row in rows_of(records, "web_days")} == {"EUR"}


def test_a_missing_page_is_a_fault(tmp_path: Path) -> None:
    records = read_one(tmp_path, GA4, sample(PAGES[0]))
    (fault,) = records.faults
    assert "a page is missing: its answer has 5 records, and its files hold 3 of them" in str(fault)


def test_every_name_that_teams_ask_for_is_known(tmp_path: Path) -> None:
    lines = sample("ga4/api_names_used.csv").decode().splitlines()[1:]
    names = [line.split(",")[0] for line in lines if ",dimension," in line]
    metrics = [line.split(",")[0] for line in lines if ",metric," in line]
    values = ["20260914" if name == "date" else "2026091413" if name == "dateHour" else "x" for name in names]
    body = report(names, metrics, [*values, *("7" for _ in metrics)])
    (row,) = days(tmp_path, body)
    assert (len(names), len(metrics)) == (27, 19)
    kept = ("sessions", "engaged_sessions", "users", "active_users", "new_users", "events", "conversions")
    assert {row[name] for name in (*kept, "page_views", "orders", "revenue")} == {7}
    assert row["engagement_milliseconds"] == 7000
    assert "these metrics are not kept: itemRevenue, totalPurchasers" in notices(tmp_path, body)


def test_dimensions_without_a_column_are_told_by_name(tmp_path: Path) -> None:
    body = report(["browser", "date", "customEvent:size"], ["sessions"], ["Safari", "20260914", "A&B", "3"])
    (row,) = days(tmp_path, body)
    assert row["other"] == "browser=Safari & customEvent:size=A&B"
    assert row["breakdown"] == "browser,customEvent:size"


def test_source_and_medium_in_one_dimension_are_parted(tmp_path: Path) -> None:
    values = ["google / organic", "(not set)"]
    body = report(
        ["date", "sessionSourceMedium"], ["sessions"], *(["20260914", value, 1] for value in values)
    )
    told = [(row["utm_source"], row["utm_medium"]) for row in days(tmp_path, body)]
    assert told == [("google", "organic"), ("(not set)", "(not set)")]


def test_how_a_person_first_came_is_not_how_the_session_came(tmp_path: Path) -> None:
    body = report(["date", "firstUserSource"], ["newUsers"], ["20260914", "tiktok", 5])
    (row,) = days(tmp_path, body)
    assert (row["utm_source"], row["other"]) == (None, "firstUserSource=tiktok")


def test_two_reports_of_the_same_sessions_have_two_breakdowns(tmp_path: Path) -> None:
    by_city = report(["date", "city"], ["sessions"], ["20260914", "Durban", 9])
    by_channel = report(["date", "sessionDefaultChannelGroup"], ["sessions"], ["20260914", "Direct", 9])
    files: dict[str, str | bytes] = {
        "ga4/2026-10-01-city.json": json.dumps(by_city),
        "ga4/2026-10-01-channel.json": json.dumps(by_channel),
    }
    rows = rows_of(read(tmp_path, files, GA4), "web_days")
    assert sorted(row["breakdown"] for row in rows) == ["channel_group", "city"]


def test_of_two_metrics_for_one_column_the_better_is_taken_and_it_is_said(tmp_path: Path) -> None:
    body = report(["date"], ["totalRevenue", "purchaseRevenue"], ["20260914", "100.5", "99.1234567"])
    assert [row["revenue"] for row in days(tmp_path, body)] == [Decimal("99.1235")]
    assert "totalRevenue is left out, because purchaseRevenue stands beside it" in notices(tmp_path, body)


def test_the_old_name_conversions_is_the_same_counter(tmp_path: Path) -> None:
    assert [
        row["conversions"] for row in days(tmp_path, report(["date"], ["conversions"], ["20260914", 4]))
    ] == [4]


# --- time ----------------------------------------------------------------------------------------


def test_an_hour_lies_in_its_day_and_is_told(tmp_path: Path) -> None:
    (row,) = days(tmp_path, report(["dateHour"], ["sessions"], ["2026091423", 4]))
    assert (row["day"], row["other"], row["breakdown"]) == (date(2026, 9, 14), "hour=23", "hour")


def test_iso_weeks_become_spans_from_monday_to_sunday(tmp_path: Path) -> None:
    body = report(["isoYearIsoWeek"], ["sessions"], ["202638", 4])
    (row,) = rows_of(read_one(tmp_path, GA4, json.dumps(body)), "web_spans")
    assert (row["from_day"], row["to_day"]) == (date(2026, 9, 14), date(2026, 9, 20))


def test_a_report_without_dates_is_of_the_days_in_its_request_or_its_name(tmp_path: Path) -> None:
    body = report(["city"], ["sessions"], ["Durban", 4])
    asked = {**body, "request": {"dateRanges": [{"startDate": "2026-08-01", "endDate": "2026-08-31"}]}}
    (row,) = rows_of(read_one(tmp_path, GA4, json.dumps(asked)), "web_spans")
    assert (row["from_day"], row["to_day"]) == (date(2026, 8, 1), date(2026, 8, 31))
    files: dict[str, str | bytes] = {"ga4/2026-07-01_2026-07-31-2026-10-01.json": json.dumps(body)}
    (named,) = rows_of(read(tmp_path / "named", files, SPANNING), "web_spans")
    assert (named["from_day"], named["to_day"]) == (date(2026, 7, 1), date(2026, 7, 31))


@pytest.mark.parametrize(
    "asked", [{}, {"request": {"dateRanges": [{"startDate": "7daysAgo", "endDate": "today"}]}}]
)
def test_a_report_that_tells_no_days_is_refused_with_what_to_write(
    tmp_path: Path, asked: dict[str, object]
) -> None:
    body = report(["city"], ["sessions"], ["Durban", 4], **asked)
    fault = fault_of(read_one(tmp_path, GA4, json.dumps(body)))
    assert "says nowhere which days its numbers are of" in fault
    assert "{from:%Y-%m-%d}_{to:%Y-%m-%d}" in fault


def test_the_newest_two_days_are_provisional_by_the_clock_of_the_property(tmp_path: Path) -> None:
    body = report(["date"], ["sessions"], *([day, 1] for day in ("20260929", "20260930", "20261001")))
    told = {row["day"].day: row["is_provisional"] for row in days(tmp_path, body)}
    assert told == {29: False, 30: True, 1: True}
    # Known at the end of 1 October in Johannesburg: in Auckland that is the morning of the 2nd.
    body["metadata"]["timeZone"] = "Pacific/Auckland"
    east = {row["day"].day: row["is_provisional"] for row in days(tmp_path / "east", body)}
    assert east == {29: False, 30: False, 1: True}


def test_a_declared_zone_that_is_not_the_report_s_is_named(tmp_path: Path) -> None:
    body = report(["date"], ["sessions"], ["20260914", 1])
    said = notices(tmp_path, body, replace(GA4, timezone="Europe/Berlin"))
    assert "its days are those of Africa/Johannesburg, not of Europe/Berlin as declared" in said


def test_a_day_after_the_extraction_is_rejected(tmp_path: Path) -> None:
    body = report(["date"], ["sessions"], ["20261001", 1], ["20261002", 1])
    (reject,) = ledger_of(read_one(tmp_path, GA4, json.dumps(body))).rejects
    assert (reject.column, reject.rule, reject.raw) == ("date", "future_day", "20261002")


# --- what Google Analytics says of its own report ------------------------------------------------


def test_sampling_thresholds_and_gathered_rows_are_told(tmp_path: Path) -> None:
    rows = [["20260914", "(other)", 5], ["20260914", "(not set)", 6], ["20260914", "leaf", 7]]
    body = report(["date", "sessionCampaignName"], ["sessions"], *rows)
    body["metadata"] |= {
        "subjectToThresholding": True,
        "samplingMetadatas": [{"samplesReadCount": "1", "samplingSpaceSize": "8"}],
    }
    said = notices(tmp_path, body)
    assert "held back rows about few people" in said
    assert "an estimate from 12.5 % of the events" in said
    assert "`(other)` in 1 of 3 records" in said
    assert "`(not set)` in 1 of 3 records: Google Analytics does not know their utm_campaign" in said


def test_an_empty_report_is_no_error_and_no_zero(tmp_path: Path) -> None:
    records = read_one(tmp_path, GA4, sample("ga4/run_report_empty.json"))
    assert ledger_of(records).counted == 0
    assert "the list is empty" in ledger_of(records).notices[0]
    assert not any(records.rows.values())


# --- bad input -----------------------------------------------------------------------------------


def test_a_report_that_compares_date_ranges_is_refused(tmp_path: Path) -> None:
    body = report(["date", "dateRange"], ["sessions"], ["20260914", "date_range_0", 1])
    assert "ask for one date range per file" in fault_of(read_one(tmp_path, GA4, json.dumps(body)))


def test_reports_by_different_dimensions_in_one_file_are_refused(tmp_path: Path) -> None:
    bodies = [report([name], ["sessions"], ["20260914", 1]) for name in ("date", "dateHour")]
    assert "keep one report per file" in fault_of(read_one(tmp_path, GA4, json.dumps(bodies)))


@pytest.mark.parametrize("other", ["gsc/searchanalytics_by_query_page1.json", "bitly/bitlink_clicks.json"])
def test_an_answer_of_another_platform_is_refused(tmp_path: Path, other: str) -> None:
    assert "expected a report of the Data API" in fault_of(read_one(tmp_path, GA4, sample(other)))


def test_a_truncated_answer_is_refused(tmp_path: Path) -> None:
    text = json.dumps(report(["date"], ["sessions"], ["20260914", 1]))
    assert "is not complete JSON" in fault_of(read_one(tmp_path, GA4, text[:-20]))


def test_a_row_with_too_few_values_is_rejected(tmp_path: Path) -> None:
    body = report(["date"], ["sessions"], ["20260914", 1], ["20260915"])
    ledger = ledger_of(read_one(tmp_path, GA4, json.dumps(body)))
    assert [reject.rule for reject in ledger.rejects] == ["columns"]
    assert (ledger.counted, ledger.accepted) == (2, 1)


def test_order_ids_beyond_two_to_the_53_stay_exact(tmp_path: Path) -> None:
    body = report(["date", "transactionId"], ["transactions"], ["20260914", "9007199254740993", 1])
    assert [row["other"] for row in days(tmp_path, body)] == ["transactionId=9007199254740993"]


def test_rows_that_contradict_each_other_are_not_used(tmp_path: Path) -> None:
    body = report(["date"], ["sessions"], ["20260914", 1], ["20260914", 2], ["20260915", 3], ["20260915", 3])
    ledger = ledger_of(read_one(tmp_path, GA4, json.dumps(body)))
    assert [reject.rule for reject in ledger.rejects] == ["conflict", "conflict"]
    assert (ledger.accepted, ledger.duplicates) == (1, 1)


@given(
    st.dictionaries(
        st.tuples(
            st.dates(date(2020, 1, 1), date(2026, 9, 30)), st.text(st.characters(codec="utf-8"), max_size=9)
        ),
        st.tuples(st.integers(0, 10**15 - 1), st.integers(0, 10**12)),
        max_size=9,
    )
)
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_generated_report_is_read_back_equal(table: dict[tuple[date, str], tuple[int, int]]) -> None:
    wanted = {
        (day, name.strip() or None): cells for (day, name), cells in table.items() if "\x00" not in name
    }
    rows = [
        [f"{day:%Y%m%d}", name or "", n, f"{cents / 100:.2f}"] for (day, name), (n, cents) in wanted.items()
    ]
    body = report(["date", "sessionCampaignName"], ["sessions", "purchaseRevenue"], *rows)
    with TemporaryDirectory() as folder:
        records = read_one(Path(folder), GA4, json.dumps(body))
    found = {
        (row["day"], row["utm_campaign"]): (row["sessions"], int(row["revenue"] * 100))
        for row in rows_of(records, "web_days")
    }
    assert found == wanted
    assert ledger_of(records).accepted == len(wanted)
