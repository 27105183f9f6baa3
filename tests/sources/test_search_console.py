from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample
from written import csv_bytes

SITE = "sc-domain:umoja.example"
API = Declared(
    "gsc", "search_console.api", "gsc/{extracted_at:%Y-%m-%d}.json", account=SITE, dimensions=("date",)
)
EXPORT = Declared(
    "gsc-ui",
    "search_console.export",
    "gsc/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}*.csv",
    account=SITE,
)
ZIP = replace(EXPORT, files="gsc/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.zip/*.csv")
NAME = "gsc/2026-09-01_2026-09-30-2026-10-03"
HEADER = ["Clicks", "Impressions", "CTR", "Position"]


def by(*dimensions: str) -> Declared:
    return replace(API, dimensions=dimensions)


def answer(*rows: Sequence[object], **more: object) -> str:
    """An answer of the API; each row: keys, clicks, impressions, position."""
    told = [
        {"keys": keys, "clicks": clicks, "impressions": shown, "ctr": 0.5, "position": position}
        for keys, clicks, shown, position in rows
    ]
    return json.dumps({"rows": told, "responseAggregationType": "byProperty", **more})


def days(folder: Path, body: str, source: Declared = API) -> list[dict[str, Any]]:
    return rows_of(read_one(folder, source, body), "search_days")


def spans(folder: Path, content: bytes | str, source: Declared = EXPORT) -> list[dict[str, Any]]:
    return rows_of(read(folder, {f"{NAME}.csv": content}, source), "search_spans")


# --- answers of the API --------------------------------------------------------------------------


def test_an_answer_by_day_becomes_the_true_totals(tmp_path: Path) -> None:
    (row,) = days(tmp_path, answer([["2026-09-14"], 150.0, 3000.0, 12.512345678901]))
    assert (row["site"], row["day"], row["breakdown"]) == (SITE, date(2026, 9, 14), "")
    assert (row["clicks"], row["impressions"], row["position"]) == (150, 3000, Decimal("12.51234568"))


def test_the_source_says_what_the_keys_are_in_their_order(tmp_path: Path) -> None:
    body = answer([["https://umoja.example/?q=1", "ZAF", "2026-09-14", "MOBILE", "tea, loose"], 1, 2, 3])
    (row,) = days(tmp_path, body, by("page", "country", "date", "device", "query"))
    assert (row["page"], row["country"], row["device"]) == ("https://umoja.example/?q=1", "ZAF", "mobile")
    assert (row["query"], row["breakdown"]) == ("tea, loose", "country,device,page,query")


def test_the_request_beside_the_answer_says_it_too(tmp_path: Path) -> None:
    request = {"dimensions": ["query"], "startDate": "2026-09-01", "endDate": "2026-09-30"}
    (row,) = rows_of(read_one(tmp_path, by(), answer([["tea"], 1, 2, 3], request=request)), "search_spans")
    assert (row["query"], row["from_day"], row["to_day"]) == ("tea", date(2026, 9, 1), date(2026, 9, 30))


@pytest.mark.parametrize(
    ("dimensions", "wrong"),
    [
        ((), "its rows have 1 keys, and 0 dimensions are declared"),
        (("date", "query"), "its rows have 1 keys, and 2 dimensions are declared"),
        (("day",), "'day' is no dimension that we read"),
        (("page",), "the key number 1 is a page in no row"),
    ],
)
def test_keys_that_nobody_names_are_refused_with_what_to_declare(
    tmp_path: Path, dimensions: tuple[str, ...], wrong: str
) -> None:
    fault = fault_of(read_one(tmp_path, by(*dimensions), answer([["2026-09-14"], 1, 2, 3])))
    assert wrong in fault
    assert "in their order, as `dimensions` of the source 'gsc' in config/sources.yml" in fault


def test_keys_declared_in_the_wrong_order_are_refused(tmp_path: Path) -> None:
    body = answer([["tea", "https://umoja.example/", "2026-09-14"], 1, 2, 3])
    fault = fault_of(read_one(tmp_path, by("page", "query", "date"), body))
    assert "the key number 1 is a page in no row" in fault


def test_a_key_that_is_no_page_is_rejected_where_others_are(tmp_path: Path) -> None:
    body = answer(*([["2026-09-14", page], 1, 2, 3] for page in ("https://umoja.example/", "tea")))
    (reject,) = ledger_of(read_one(tmp_path, by("date", "page"), body)).rejects
    assert (reject.rule, reject.raw) == ("page", "tea")


def test_days_from_the_first_incomplete_one_are_provisional(tmp_path: Path) -> None:
    rows: list[list[object]] = [[[f"2026-09-0{day}"], 1, 2, 3] for day in (4, 6, 7)]
    body = answer(*rows, metadata={"first_incomplete_date": "2026-09-06"})
    assert [row["is_provisional"] for row in days(tmp_path, body)] == [False, True, True]


def test_else_the_newest_three_days_of_pacific_time_are_provisional(tmp_path: Path) -> None:
    """The end of 1 October in Johannesburg is still 1 October in Los Angeles."""
    rows: list[list[object]] = [[[day], 1, 2, 3] for day in ("2026-09-28", "2026-09-29", "2026-10-01")]
    assert [row["is_provisional"] for row in days(tmp_path, answer(*rows))] == [False, True, True]


def test_what_nobody_saw_has_no_position(tmp_path: Path) -> None:
    (row,) = days(tmp_path, answer([["2026-09-14"], 0, 0, 0]))
    assert (row["impressions"], row["position"]) == (0, None)


def test_people_search_for_words_that_look_like_no_value(tmp_path: Path) -> None:
    queries = ["nan", "-", "n/a", "undefined", "9007199254740993"]
    body = answer(*([["2026-09-14", query], 1, 2, 3] for query in queries))
    assert [row["query"] for row in days(tmp_path, body, by("date", "query"))] == queries


def test_an_answer_as_long_as_an_answer_can_be_says_that_there_may_be_more(tmp_path: Path) -> None:
    body = answer(*([["2026-09-14", f"q{number}"], 1, 2, 3] for number in range(1000)))
    ledger = ledger_of(read_one(tmp_path, by("date", "query"), body))
    assert ledger.notices == ("it ends at 1,000 rows, the most there are at a time: there may be more",)


def test_pages_of_one_answer_are_read_together(tmp_path: Path) -> None:
    source = replace(by("query"), files=EXPORT.files.replace("csv", "json"))
    pages = [sample(f"gsc/searchanalytics_by_query_page{page}.json") for page in (1, 2)]
    records = read(tmp_path, {f"{NAME}-{page}.json": body for page, body in enumerate(pages)}, source)
    assert sum(row["clicks"] for row in rows_of(records, "search_spans")) == 1452 + 3
    assert not records.faults


def test_an_answer_that_tells_no_days_is_refused_with_what_to_write(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, by("query"), answer([["tea"], 1, 2, 3])))
    assert "says nowhere which days its numbers are of" in fault
    assert "{from:%Y-%m-%d}_{to:%Y-%m-%d}" in fault


def test_an_empty_answer_is_no_error(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, API, sample("gsc/searchanalytics_empty.json")))
    assert (ledger.counted, "the list is empty" in ledger.notices[0]) == (0, True)


@pytest.mark.parametrize("other", ["ga4/run_report_sessions_page1.json", "bitly/bitlink_clicks.json"])
def test_an_answer_of_another_platform_is_refused(tmp_path: Path, other: str) -> None:
    assert fault_of(read_one(tmp_path, API, sample(other)))


def test_a_truncated_answer_is_refused(tmp_path: Path) -> None:
    assert "is not complete JSON" in fault_of(read_one(tmp_path, API, answer([["2026-09-14"], 1, 2, 3])[:-9]))


def test_numbers_that_are_not_whole_and_days_to_come_are_rejected(tmp_path: Path) -> None:
    body = answer(
        [["2026-09-14"], 1.5, 2, 3], [["2026-09-15"], -1, 2, 3], [["2026-10-02"], 1, 2, 3], [[], 1, 2, 3]
    )
    rejects = ledger_of(read_one(tmp_path, API, body)).rejects
    assert [(reject.column, reject.rule) for reject in rejects] == [
        ("clicks", "count"), ("clicks", "count"), ("date", "future_day"), ("keys", "columns"),
    ]  # fmt: skip


# --- the Performance export ----------------------------------------------------------------------


def members() -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(sample("gsc/performance_export.zip"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_seven_files_of_an_export_are_read_each_by_its_header(tmp_path: Path) -> None:
    folder = "gsc/2026-09-02_2026-10-05-2026-10-06"
    source = replace(EXPORT, files=EXPORT.files.replace("*.csv", "/*.csv"))
    records = read(tmp_path, {f"{folder}/{name}": content for name, content in members().items()}, source)
    assert not records.faults
    clicks = Counter[str]()
    for row in rows_of(records, "search_spans"):
        clicks[row["breakdown"]] += row["clicks"]
    # Only days are what happened: by query some are missing, by page some count twice.
    assert clicks == {"appearance": 7, "country": 106, "device": 106, "page": 111, "query": 71}
    assert sum(row["clicks"] for row in rows_of(records, "search_days")) == 106
    assert {row["breakdown"] for row in rows_of(records, "search_days")} == {""}


def test_the_zip_is_read_as_it_comes(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "gsc/2026-09-02_2026-10-05-2026-10-06.zip": sample("gsc/performance_export.zip")
    }
    records = read(tmp_path, files, ZIP)
    assert not records.faults
    assert [(ledger.snapshot.path.rsplit("/")[-1], ledger.accepted) for ledger in records.ledgers] == [
        ("Countries.csv", 10), ("Dates.csv", 34), ("Devices.csv", 3), ("Filters.csv", 0), ("Pages.csv", 12),
        ("Queries.csv", 13), ("Search appearance.csv", 3),
    ]  # fmt: skip


def test_the_lists_have_the_days_of_the_file_s_name(tmp_path: Path) -> None:
    (row,) = spans(tmp_path, csv_bytes([["Device", *HEADER], ["Mobile", 42, 146, "28.77%", 15.66]]))
    assert (row["from_day"], row["to_day"], row["device"]) == (date(2026, 9, 1), date(2026, 9, 30), "mobile")
    assert (row["position"], row["is_provisional"]) == (Decimal("15.66"), False)


def test_lists_without_days_in_the_name_are_refused_and_dates_are_read(tmp_path: Path) -> None:
    source = replace(EXPORT, files="gsc/{extracted_at:%Y-%m-%d}.zip/*.csv")
    records = read(tmp_path, {"gsc/2026-10-06.zip": sample("gsc/performance_export.zip")}, source)
    assert len(records.faults) == 5
    assert all("says nowhere which days its numbers are of" in str(fault) for fault in records.faults)
    assert "(or of its zip)" in str(records.faults[0])
    assert [ledger.snapshot.path.rsplit("/")[-1] for ledger in records.ledgers] == [
        "Dates.csv",
        "Filters.csv",
    ]


@pytest.mark.parametrize("header", ["Top queries", "Search Queries", "Query"])
def test_every_generation_of_the_list_of_queries_is_read(tmp_path: Path, header: str) -> None:
    (row,) = spans(tmp_path, csv_bytes([[header, *HEADER], ["tea, loose", 4, 90, "4.44%", 9.77]]))
    assert (row["query"], row["breakdown"], row["impressions"]) == ("tea, loose", "query", 90)


def test_blank_rows_that_a_spreadsheet_left_are_skipped_and_counted(tmp_path: Path) -> None:
    records = read(tmp_path, {f"{NAME}.csv": sample("gsc/old_export_Search_Queries.csv")}, EXPORT)
    ledger = ledger_of(records)
    assert (ledger.counted, ledger.accepted) == (19, 7)
    assert [(skip.rule, skip.records) for skip in ledger.skipped] == [("blank_row", 12)]


def test_filters_are_no_data_and_those_that_leave_searches_out_are_told(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Filter", "Value"], ["Search type", "Web"], ["Date", "Last 3 months"]]
    plain = ledger_of(read(tmp_path / "plain", {f"{NAME}.csv": csv_bytes(rows)}, EXPORT))
    assert (plain.counted, plain.accepted, plain.notices) == (2, 0, ())
    assert [(skip.rule, skip.records) for skip in plain.skipped] == [("filter", 2)]
    narrow = csv_bytes([*rows, ["Query", "+tea"]])
    ledger = ledger_of(read(tmp_path / "narrow", {f"{NAME}.csv": narrow}, EXPORT))
    assert ledger.notices == ("the export is filtered by query: it is not all of the search",)


def test_an_export_in_another_language_names_its_columns_and_is_read_once_they_are_known(
    tmp_path: Path,
) -> None:
    content = "Häufigste Suchanfragen;Klicks;Impressionen;CTR;Position\ntee;4;90;4,44%;9,77\n"
    fault = fault_of(read(tmp_path, {f"{NAME}.csv": content}, EXPORT))
    assert "its columns are 'Häufigste Suchanfragen', 'Klicks', 'Impressionen'" in fault
    assert "to headers of the source 'gsc-ui'" in fault
    names = {"Häufigste Suchanfragen": "Top queries", "Klicks": "Clicks", "Impressionen": "Impressions"}
    (row,) = spans(tmp_path / "known", content, replace(EXPORT, headers=names))
    assert (row["query"], row["clicks"], row["position"]) == ("tee", 4, Decimal("9.77"))


def test_a_number_with_a_thousands_point_is_rejected_not_read_as_one(tmp_path: Path) -> None:
    content = csv_bytes([["Country", *HEADER], ["Kenya", "1.000", "2000", "50%", "1"]])
    (reject,) = ledger_of(read(tmp_path, {f"{NAME}.csv": content}, EXPORT)).rejects
    assert (reject.column, reject.rule) == ("Clicks", "count")


def test_a_file_that_lost_its_columns_is_refused_for_each_of_them(tmp_path: Path) -> None:
    content = csv_bytes([["Date", "Clicks", "CTR"], ["2026-09-14", 1, "1%"]])
    faults = read(tmp_path, {f"{NAME}.csv": content}, EXPORT).faults
    missing = [f"the column {name!r} is missing" for name in ("Impressions", "Position")]
    assert [wrong in str(fault) for wrong, fault in zip(missing, faults, strict=True)] == [True, True]


@pytest.mark.parametrize("other", ["ga4/data-export_events.csv", "reference/ga4_source_categories.csv"])
def test_a_file_of_another_platform_is_refused(tmp_path: Path, other: str) -> None:
    assert "names no dimension of Search Console" in fault_of(
        read(tmp_path, {f"{NAME}.csv": sample(other)}, EXPORT)
    )


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Dates.csv", "Date,Clicks,Impressions,Position\n2026-09-14,1,2,3\n")
    records = read(tmp_path, {f"{NAME}.zip": packed.getvalue()[:-30]}, ZIP)
    assert "is a damaged zip" in fault_of(records)


QUERIES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=9).map(
    str.strip
)
NUMBERS = st.tuples(st.integers(0, 10**15 - 1), st.integers(1, 10**15 - 1), st.integers(100, 99_999))


@given(st.dictionaries(QUERIES.filter(bool), NUMBERS, max_size=9))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_generated_lists_of_both_kinds_are_read_back_equal(table: dict[str, tuple[int, int, int]]) -> None:
    told = [
        (query, clicks, shown, f"{Decimal(place) / 100}") for query, (clicks, shown, place) in table.items()
    ]
    rows: list[list[object]] = [
        ["Top queries", *HEADER],
        *([query, clicks, shown, "1%", place] for query, clicks, shown, place in told),
    ]
    body = answer(
        *(
            [["2026-09-14", query], float(clicks), shown, Decimal(place).__float__()]
            for query, clicks, shown, place in told
        )
    )
    with TemporaryDirectory() as folder:
        exported = spans(Path(folder) / "ui", csv_bytes(rows, quote_all=True))
        answered = days(Path(folder) / "api", body, by("date", "query"))
    for found in (exported, answered):
        assert {
            row["query"]: (row["clicks"], row["impressions"], int(row["position"] * 100)) for row in found
        } == table
