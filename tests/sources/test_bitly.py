from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read_one, rows_of, sample

SOURCE = Declared("bio", "bitly.clicks", "b/{extracted_at:%Y-%m-%d}.json", link="https://Bit.ly/3xTwin/")


def answer(*clicks: tuple[str, int], unit: str = "day") -> str:
    listed = [{"date": f"{day}T00:00:00+0000", "clicks": number} for day, number in clicks]
    return json.dumps({"unit": unit, "units": len(listed), "link_clicks": listed})


@pytest.mark.parametrize(
    ("name", "clicks"), [("bitlink_clicks", [131, 88, 0]), ("v3_link_clicks", [2, 5, 9])]
)
def test_both_versions_of_the_api_tell_clicks_by_day(tmp_path: Path, name: str, clicks: list[int]) -> None:
    rows = rows_of(read_one(tmp_path, SOURCE, sample(f"bitly/{name}.json")), "link_clicks")
    assert [(row["day"], row["clicks"]) for row in rows] == [
        (date(2026, 9, 14), clicks[0]),
        (date(2026, 9, 13), clicks[1]),
        (date(2026, 9, 12), clicks[2]),
    ]


def test_the_link_comes_from_the_source_as_host_and_path(tmp_path: Path) -> None:
    (row,) = rows_of(read_one(tmp_path, SOURCE, answer(("2026-09-01", 4))), "link_clicks")
    assert row["link"] == "bit.ly/3xTwin"


def test_a_source_without_its_link_is_refused(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, replace(SOURCE, link=None), answer()))
    assert "add `link: bit.ly/...` to the source 'bio'" in fault


def test_the_day_of_the_fetch_is_provisional(tmp_path: Path) -> None:
    rows = rows_of(read_one(tmp_path, SOURCE, answer(("2026-10-01", 4), ("2026-09-30", 7))), "link_clicks")
    assert [row["is_provisional"] for row in rows] == [True, False]


@pytest.mark.parametrize("unit", ["hour", "week", "month"])
def test_clicks_that_are_not_by_day_are_refused(tmp_path: Path, unit: str) -> None:
    assert "fetch it again with `unit=day`" in fault_of(
        read_one(tmp_path, SOURCE, answer(("2026-09-01", 4), unit=unit))
    )


def test_a_moment_within_a_day_of_the_old_api_is_rejected(tmp_path: Path) -> None:
    content = json.dumps({"link_clicks": [{"clicks": 2, "dt": 1789344000 + 3600}]})
    (reject,) = ledger_of(read_one(tmp_path, SOURCE, content)).rejects
    assert (reject.column, reject.rule) == ("date", "day")


def test_no_clicks_are_no_fault(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, SOURCE, sample("bitly/bitlink_clicks_empty.json")))
    assert (ledger.counted, len(ledger.notices)) == (0, 1)


def test_a_day_that_stands_twice_with_other_clicks_is_not_used(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, SOURCE, answer(("2026-09-01", 4), ("2026-09-01", 5))))
    assert [reject.rule for reject in ledger.rejects] == ["conflict", "conflict"]


def test_an_answer_cut_off_is_refused(tmp_path: Path) -> None:
    assert "is not complete JSON" in fault_of(read_one(tmp_path, SOURCE, answer(("2026-09-01", 4))[:-9]))


@given(st.dictionaries(st.integers(0, 3000), st.integers(0, 10**15 - 1), max_size=6))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_written_answer_is_read_back_equal(written: dict[int, int]) -> None:
    days = {date(2020, 1, 1) + timedelta(days=number): clicks for number, clicks in written.items()}
    with TemporaryDirectory() as folder:
        records = read_one(
            Path(folder), SOURCE, answer(*((day.isoformat(), clicks) for day, clicks in days.items()))
        )
    assert {row["day"]: row["clicks"] for row in rows_of(records, "link_clicks")} == days
