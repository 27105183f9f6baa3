from __future__ import annotations

import json
from collections.abc import Mapping
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
from written import csv_bytes

SOURCE = Declared(
    "clarity", "clarity.live_insights", "c/{extracted_at:%Y-%m-%d}.json", account="tea.example", days=1
)
TIMED = replace(SOURCE, files="c/{extracted_at:%Y-%m-%dT%H%M%SZ}.json")
HEATMAP = Declared(
    "heat",
    "perftrack.heatmap",
    "h/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv",
    account="tea.example",
)
HEAT_NAME = "h/2026-09-01_2026-09-30-2026-10-01.csv"
HEADER = ["page", "device", "metric", "value"]
HOME = "https://nordhaven-tee.example/"


def insights(*rows: Mapping[str, object], metric: str = "Traffic") -> str:
    return json.dumps([{"metricName": metric, "information": rows}])


def test_a_count_too_long_for_its_column_is_rejected(tmp_path: Path) -> None:
    (reject,) = ledger_of(read_one(tmp_path, SOURCE, insights({"totalSessionCount": "9" * 15}))).rejects
    assert reject.reason == "more than 14 digits before the point"


def measured(rows: list[dict[str, Any]]) -> dict[tuple[str | None, str | None, str], Any]:
    return {(row["page"], row["part"], row["measure"]): row["value"] for row in rows}


def test_each_number_of_a_page_is_a_row_and_bots_are_told_apart(tmp_path: Path) -> None:
    records = read_one(tmp_path, SOURCE, sample("clarity/project_live_insights.json"))
    found = measured(rows_of(records, "page_behaviour"))
    assert ledger_of(records).accepted == 7
    assert (found[HOME, None, "sessions"], found[HOME, None, "bot_sessions"]) == (131, 14)
    assert found[HOME, None, "pages_per_session"] == Decimal("2.41")
    assert (found[HOME, None, "scroll_depth"], found[HOME, None, "active_seconds"]) == (Decimal("64.2"), 433)
    assert (found[HOME, None, "rage_clicks"], found[HOME, None, "dead_clicks"]) == (4, 22)
    assert found[HOME, None, "visits"] == 290


def test_the_spelling_of_the_documentation_and_other_dimensions_are_read(tmp_path: Path) -> None:
    found = measured(
        rows_of(
            read_one(tmp_path, SOURCE, sample("clarity/project_live_insights_docs_variant.json")),
            "page_behaviour",
        )
    )
    assert (found[None, "os=Android", "users"], found[None, "os=iOS", "users"]) == (96, 31)
    assert (None, "os=Android", "pages_per_session") in found
    assert (None, "os=iOS", "pages_per_session") not in found  # a missing number is not zero


def test_several_dimensions_are_joined_in_one_part(tmp_path: Path) -> None:
    row = {"totalSessionCount": "5", "URL": "/tin", "Device": "Mobile", "Browser": "Firefox"}
    (found,) = rows_of(read_one(tmp_path, SOURCE, insights(row)), "page_behaviour")
    assert (found["page"], found["part"]) == ("/tin", "browser=Firefox & device=Mobile")


def test_lists_of_shares_are_skipped(tmp_path: Path) -> None:
    rows = insights(
        {"name": "Firefox", "sessionsCount": "3"}, {"name": "Chrome", "sessionsCount": "9"}, metric="Browser"
    )
    (skip,) = ledger_of(read_one(tmp_path, SOURCE, rows)).skipped
    assert (skip.rule, skip.records) == ("metric_not_kept", 2)


@pytest.mark.parametrize(
    ("fetched", "days", "first", "last"),
    [
        (
            "2026-10-05T060000Z",
            1,
            date(2026, 10, 4),
            date(2026, 10, 4),
        ),  # most of the 24 hours were yesterday
        ("2026-10-05T235900Z", 1, date(2026, 10, 5), date(2026, 10, 5)),
        ("2026-10-05T060000Z", 3, date(2026, 10, 2), date(2026, 10, 4)),
    ],
)
def test_the_days_are_those_before_the_fetch(
    tmp_path: Path, fetched: str, days: int, first: date, last: date
) -> None:
    content = insights({"totalSessionCount": "5"})
    (row,) = rows_of(
        read(tmp_path, {f"c/{fetched}.json": content}, replace(TIMED, days=days)), "page_behaviour"
    )
    assert (row["from_day"], row["to_day"]) == (first, last)


def test_a_source_that_does_not_say_how_many_days_is_refused(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, replace(SOURCE, days=None), insights()))
    assert "add `days: 1` (the number asked for) to the source 'clarity'" in fault


def test_two_rows_that_contradict_each_other_are_not_used(tmp_path: Path) -> None:
    rows = insights({"totalSessionCount": "5", "Url": "/"}, {"totalSessionCount": "6", "Url": "/"})
    assert [reject.rule for reject in ledger_of(read_one(tmp_path, SOURCE, rows)).rejects] == ["conflict"] * 2


def test_a_full_answer_says_that_rows_are_missing(tmp_path: Path) -> None:
    rows = [{"totalSessionCount": "1", "Url": f"/{number}"} for number in range(1000)]
    (notice,) = ledger_of(read_one(tmp_path, SOURCE, insights(*rows))).notices
    assert "Traffic has 1000 rows: Clarity gives no more" in notice


def test_an_answer_cut_off_is_refused(tmp_path: Path) -> None:
    assert "is not complete JSON" in fault_of(read_one(tmp_path, SOURCE, insights()[:-2]))


ROWS = st.lists(
    st.tuples(st.text("abc/", min_size=1, max_size=5), st.integers(0, 10**13)), unique_by=lambda row: row[0]
)


@given(ROWS)
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_written_answer_is_read_back_equal(written: list[tuple[str, int]]) -> None:
    rows = [{"subTotal": str(clicks), "Url": page} for page, clicks in written]
    with TemporaryDirectory() as folder:
        records = read_one(Path(folder), SOURCE, insights(*rows, metric="RageClickCount"))
    found = measured(rows_of(records, "page_behaviour"))
    assert found == {(page, None, "rage_clicks"): clicks for page, clicks in written}


# --- heatmaps --------------------------------------------------------------------------------------


def test_a_heatmap_list_tells_the_numbers_of_any_tool(tmp_path: Path) -> None:
    content = csv_bytes([HEADER, ["/tin", "mobile", "scroll_depth", "61.5"], ["", "", "rage_clicks", "40"]])
    found = rows_of(read(tmp_path, {HEAT_NAME: content}, HEATMAP), "page_behaviour")
    assert measured(found) == {
        ("/tin", "device=mobile", "scroll_depth"): Decimal("61.5"),
        (None, None, "rage_clicks"): 40,
    }
    assert {(row["site"], row["from_day"], row["to_day"]) for row in found} == {
        ("tea.example", date(2026, 9, 1), date(2026, 9, 30))
    }


def test_a_heatmap_metric_that_we_do_not_know_is_rejected(tmp_path: Path) -> None:
    content = csv_bytes([HEADER, ["/tin", "mobile", "happiness", "61.5"]])
    (reject,) = ledger_of(read(tmp_path, {HEAT_NAME: content}, HEATMAP)).rejects
    assert (reject.column, reject.rule) == ("metric", "choice")


@given(ROWS)
@settings(max_examples=20, deadline=None, derandomize=True)
def test_a_written_heatmap_list_is_read_back_equal(written: list[tuple[str, int]]) -> None:
    content = csv_bytes([HEADER, *([page, "tablet", "visits", visits] for page, visits in written)])
    with TemporaryDirectory() as folder:
        records = read(Path(folder), {HEAT_NAME: content}, HEATMAP)
    found = measured(rows_of(records, "page_behaviour"))
    assert found == {(page, "device=tablet", "visits"): visits for page, visits in written}
