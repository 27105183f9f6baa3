from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample

DAILY = Declared(
    "ads", "tiktok_ads.daily_report", "ads/*{extracted_at:%Y-%m-%d}.json", account="Leaf", currency="SEK"
)
PERIOD = Declared(
    "ads-p",
    "tiktok_ads.period_report",
    "ads/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.json",
    currency="SEK",
)
WEEK = "ads/2026-09-02_2026-09-08-2026-10-01.json"
PAGES: tuple[str, str] = ("report_campaign_daily_page1", "report_campaign_daily_page2")


def line(day: str | None = "2026-09-07", *, campaign: str = "17", **metrics: str) -> dict[str, Any]:
    when = {"stat_time_day": f"{day} 00:00:00"} if day else {}
    return {
        "dimensions": {"campaign_id": campaign} | when,
        "metrics": {"spend": "20.000", "impressions": "4702"} | metrics,
    }


def report(*lines: dict[str, Any], total: int | None = None) -> str:
    pages = {"total_number": len(lines) if total is None else total, "page": 1, "total_page": 1}
    return json.dumps({"code": 0, "message": "OK", "data": {"list": lines, "page_info": pages}})


def test_all_pages_together_are_the_days_of_a_campaign(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"ads/{name}-2026-10-01.json": sample(f"tiktok_ads/{name}.json") for name in PAGES
    }
    records = read(tmp_path, files, DAILY)
    assert records.faults == ()
    rows = sorted(rows_of(records, "ad_days"), key=lambda row: row["day"])
    assert [(str(row["day"]), row["spend"], row["reach"]) for row in rows] == [
        ("2026-09-02", Decimal(20), 2930),
        ("2026-09-03", Decimal(0), 0),
        ("2026-09-07", Decimal(20), 3811),
        ("2026-09-08", Decimal(20), 3920),
    ]
    assert {(row["platform"], row["account"], row["ad_campaign"], row["currency"]) for row in rows} == {
        ("tiktok", "leaf", "Leaf26 traffic", "SEK")
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_report_without_one_of_its_pages_is_not_published(tmp_path: Path, name: str) -> None:
    records = read(tmp_path, {"ads/2026-10-01.json": sample(f"tiktok_ads/{name}.json")}, DAILY)
    (fault,) = records.faults
    assert "a page is missing: its answer has 4 records" in str(fault)


def test_the_reach_of_a_period_is_less_than_that_of_its_days(tmp_path: Path) -> None:
    records = read(tmp_path, {WEEK: sample("tiktok_ads/report_campaign_lifetime.json")}, PERIOD)
    (row,) = rows_of(records, "ad_spans")
    assert (str(row["from_day"]), str(row["to_day"]), row["reach"]) == ("2026-09-02", "2026-09-08", 9120)
    assert (row["spend"], row["impressions"], row["likes"], row["video_views"]) == (
        Decimal(60),
        13011,
        46,
        11579,
    )


def test_days_under_the_name_of_a_period_are_refused(tmp_path: Path) -> None:
    fault = fault_of(read(tmp_path, {WEEK: report(line())}, PERIOD))
    assert "is broken down by day (stat_time_day)" in fault
    assert "declare the format tiktok_ads.daily_report" in fault


def test_a_period_under_the_name_of_days_is_refused(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, DAILY, sample("tiktok_ads/report_campaign_lifetime.json")))
    assert "the first lacks 'dimensions.stat_time_day'" in fault


def test_a_period_that_nothing_names_is_refused_with_the_way_to_name_it(tmp_path: Path) -> None:
    unnamed = Declared("ads-p", PERIOD.format, "ads/{extracted_at:%Y-%m-%d}.json", currency="SEK")
    fault = fault_of(read_one(tmp_path, unnamed, sample("tiktok_ads/report_campaign_lifetime.json")))
    assert "does not say which days it covers" in fault
    assert "{from:%Y-%m-%d} and {to:%Y-%m-%d} into the pattern of the source 'ads-p'" in fault


def test_amounts_without_a_currency_are_refused_with_the_key_to_write(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, Declared("ads", DAILY.format, DAILY.files), report(line())))
    assert "does not say in which currency its amounts are" in fault
    assert "`currency: USD`, at the source 'ads' in config/sources.yml" in fault


def test_a_dash_is_no_number_and_a_zero_is_one(tmp_path: Path) -> None:
    content = report(line(clicks="-", likes="0"))
    (row,) = rows_of(read_one(tmp_path, DAILY, content), "ad_days")
    assert (row["clicks"], row["likes"], row["comments"]) == (None, 0, None)


def test_an_ad_is_called_by_its_names_or_else_by_its_ids(tmp_path: Path) -> None:
    named = line(campaign_name="Spring", adgroup_name="Cape", ad_name="Pot")
    numbered = line(campaign="18")
    numbered["dimensions"] |= {"adgroup_id": "181", "ad_id": "1811"}
    rows = rows_of(read_one(tmp_path, DAILY, report(named, numbered)), "ad_days")
    assert [(row["ad_campaign"], row["ad_group"], row["ad"]) for row in rows] == [
        ("Spring", "Cape", "Pot"),
        ("18", "181", "1811"),
    ]


def test_two_campaigns_of_one_name_are_told_apart_on_each_day(tmp_path: Path) -> None:
    lines = [
        line(day, campaign=campaign, campaign_name="Spring")
        for day in ("2026-09-07", "2026-09-08")
        for campaign in ("17", "18")
    ]
    rows = rows_of(read_one(tmp_path, DAILY, report(*lines)), "ad_days")
    assert [row["ad_campaign"] for row in rows] == ["Spring", "Spring #2", "Spring", "Spring #2"]


def test_a_campaign_told_twice_for_a_day_is_not_used(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, DAILY, report(line(), line(spend="21.000"))))
    assert [reject.rule for reject in ledger.rejects] == ["conflict", "conflict"]


def test_the_newest_days_are_provisional(tmp_path: Path) -> None:
    lines = [line(f"2026-{day}") for day in ("09-28", "09-29", "09-30")]
    rows = rows_of(read_one(tmp_path, DAILY, report(*lines)), "ad_days")
    assert [row["is_provisional"] for row in rows] == [False, False, True]


def test_an_empty_report_is_no_error(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, DAILY, sample("tiktok_ads/report_empty.json")))
    assert (ledger.counted, ledger.notices) == (
        0,
        ("the list is empty: the platform gives no record instead of 0",),
    )


def test_an_error_in_an_answer_of_status_200_is_told_from_data(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, DAILY, sample("tiktok_ads/error_http200.json")))
    assert "is an error of the API, not data (code 40001)" in fault


def test_an_answer_that_breaks_off_is_refused(tmp_path: Path) -> None:
    content = sample("tiktok_ads/report_campaign_daily_page1.json")[:900]
    assert "is not complete JSON" in fault_of(read_one(tmp_path, DAILY, content))


@settings(max_examples=30, derandomize=True, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(2**53 + 1, 10**19).map(str), st.dates().map(str)),
        st.tuples(st.decimals(0, 10**9, places=3), st.integers(0, 10**12)),
        max_size=8,
    )
)
def test_any_report_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, days: dict[tuple[str, str], tuple[Decimal, int]]
) -> None:
    lines = [
        line(day, campaign=campaign, spend=str(spend), impressions=str(impressions))
        for (campaign, day), (spend, impressions) in days.items()
    ]
    records = read_one(tmp_path_factory.mktemp("ads"), DAILY, report(*lines))
    assert not records.faults
    rows = rows_of(records, "ad_days")
    assert days == {(row["ad_campaign"], str(row["day"])): (row["spend"], row["impressions"]) for row in rows}
