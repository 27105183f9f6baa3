from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of

from perftrack_site.sources.reading import Records

REPORT = Declared("yt", "youtube_analytics.report", "yt/{extracted_at:%Y-%m-%d}.json", account="Thandi.Tea")
SPAN_FILES = "yt/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.json"
DIMENSIONS = {"day", "video", "ageGroup", "gender", "country"}


def report(names: str, *rows: Sequence[object], **more: object) -> str:
    headers = [
        {"name": name, "columnType": "DIMENSION" if name in DIMENSIONS else "METRIC"}
        for name in names.split()
    ]
    return json.dumps({"columnHeaders": headers, "rows": rows} | more)


def over_september(folder: Path, text: str, currency: str | None = None) -> Records:
    source = Declared("yt", "youtube_analytics.report", SPAN_FILES, account="thandi.tea", currency=currency)
    return read(folder, {"yt/2026-09-01_2026-09-28-2026-10-01.json": text}, source)


def told(records: Records, table: str) -> list[tuple[str, int]]:
    return [(row["counter"], row["value"]) for row in rows_of(records, table)]


def test_rows_are_read_by_the_names_of_their_columns_whatever_their_order(tmp_path: Path) -> None:
    one = read_one(tmp_path / "1", REPORT, report("day views likes", ["2026-09-01", 778, 31]))
    other = read_one(tmp_path / "2", REPORT, report("likes day views", [31, "2026-09-01", 778]))
    assert told(one, "account_days") == told(other, "account_days") == [("views", 778), ("likes", 31)]
    (row, _) = rows_of(one, "account_days")
    assert (row["account"], row["day"], row["definition"]) == ("thandi.tea", date(2026, 9, 1), "views")


def test_minutes_become_milliseconds_and_averages_are_not_kept(tmp_path: Path) -> None:
    records = read_one(
        tmp_path, REPORT, report("day estimatedMinutesWatched averageViewDuration", ["2026-09-01", 1402, 108])
    )
    assert told(records, "account_days") == [("watch_milliseconds", 84_120_000)]


def test_likes_that_were_taken_back_are_negative(tmp_path: Path) -> None:
    assert told(read_one(tmp_path, REPORT, report("day likes", ["2026-09-01", -2])), "account_days") == [
        ("likes", -2)
    ]


def test_days_that_are_missing_are_not_zero_and_the_newest_are_provisional(tmp_path: Path) -> None:
    text = report("day views", ["2026-09-26", 1], ["2026-09-28", 2], ["2026-09-29", 3])
    rows = rows_of(read_one(tmp_path, REPORT, text), "account_days")
    assert [(row["day"].day, row["is_provisional"]) for row in rows] == [(26, False), (28, False), (29, True)]


def test_days_of_videos_are_kept_apart_from_days_of_the_channel(tmp_path: Path) -> None:
    records = read_one(
        tmp_path, REPORT, report("day video views subscribersGained", ["2026-09-01", "-TWINvid002", 7, 1])
    )
    assert told(records, "post_days") == [("views", 7), ("follows", 1)]
    assert not rows_of(records, "account_days")


def test_totals_by_video_and_of_the_channel_are_those_of_the_days_in_the_name(tmp_path: Path) -> None:
    videos = over_september(tmp_path / "1", report("video views", ["TWINvid0001", 7]))
    (row,) = rows_of(videos, "post_spans")
    assert (row["post_id"], row["from_day"], row["to_day"]) == (
        "TWINvid0001",
        date(2026, 9, 1),
        date(2026, 9, 28),
    )
    channel = over_september(tmp_path / "2", report("views subscribersGained", [7, 2]))
    assert told(channel, "account_spans") == [("views", 7), ("followers_gained", 2)]


def test_a_total_without_its_days_is_refused(tmp_path: Path) -> None:
    assert "does not say over which" in fault_of(read_one(tmp_path, REPORT, report("views", [7])))


def test_who_watched_is_told_in_shares(tmp_path: Path) -> None:
    text = report("ageGroup gender viewerPercentage", ["age25-34", "female", 34.1], ["age65-", "male", "0.5"])
    rows = rows_of(read_one(tmp_path, REPORT, text), "audience_shares")
    assert [(row["dimension"], row["part"], row["share"]) for row in rows] == [
        ("age_gender", "25-34 female", Decimal("0.341")),
        ("age_gender", "65+ male", Decimal("0.005")),
    ]


def test_revenue_needs_the_currency_that_was_asked_for(tmp_path: Path) -> None:
    text = report("day views estimatedRevenue", ["2026-09-01", 5, 1.25])
    unknown = over_september(tmp_path / "1", text)
    assert "currency" in ledger_of(unknown).notices[0]
    assert not rows_of(unknown, "earnings")
    (earned,) = rows_of(over_september(tmp_path / "2", text, currency="ZAR"), "earnings")
    assert (earned["amount"], earned["currency"], earned["from_day"]) == (
        Decimal("1.25"),
        "ZAR",
        date(2026, 9, 1),
    )


def test_a_report_by_something_else_is_refused_by_its_name(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, REPORT, report("day country views", ["2026-09-01", "ZA", 5])))
    assert "is broken down by country, day" in fault


def test_a_row_of_another_length_is_rejected(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, REPORT, report("day views", ["2026-09-01", 5], ["2026-09-02"])))
    assert (ledger.accepted, [reject.rule for reject in ledger.rejects]) == (1, ["columns"])


def test_a_report_without_rows_is_empty_and_one_without_headers_is_no_report(tmp_path: Path) -> None:
    empty = json.dumps({"columnHeaders": [{"name": "day", "columnType": "DIMENSION"}]})
    assert ledger_of(read_one(tmp_path / "1", REPORT, empty)).counted == 0
    assert "does not say what its columns are" in fault_of(
        read_one(tmp_path / "2", REPORT, '{"rows": [[1]]}')
    )


def test_answers_with_different_columns_do_not_share_a_file(tmp_path: Path) -> None:
    two = [
        json.loads(report("day views", ["2026-09-01", 5])),
        json.loads(report("day likes", ["2026-09-01", 5])),
    ]
    assert "different columns" in fault_of(read_one(tmp_path, REPORT, json.dumps(two)))


def test_one_day_told_in_two_ways_is_not_used(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, REPORT, report("day views", ["2026-09-01", 5], ["2026-09-01", 6])))
    assert [reject.rule for reject in ledger.rejects] == ["conflict", "conflict"]


@settings(max_examples=30, deadline=None)
@given(
    days=st.dictionaries(
        st.dates(date(2020, 1, 1), date(2026, 9, 30)), st.integers(0, 10**15 - 1), max_size=8
    )
)
def test_a_report_is_read_back_equal(tmp_path_factory: pytest.TempPathFactory, days: dict[date, int]) -> None:
    text = report("day views", *([day.isoformat(), views] for day, views in days.items()))
    records = read_one(tmp_path_factory.mktemp("yt"), REPORT, text)
    assert {row["day"]: row["value"] for row in rows_of(records, "account_days")} == days
