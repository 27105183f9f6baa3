from __future__ import annotations

from collections.abc import Sequence
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

GA4 = Declared(
    "ga4", "ga4_csv.export", "ga4/{extracted_at:%Y-%m-%d}.csv", account="umoja.example", currency="ZAR"
)
LINE = "# ----------------------------------------\n"


def above(first: str = "20260901", last: str = "20260930", label: str = "All Users") -> str:
    """The lines that stand above a table."""
    property_lines = f"{LINE}# Report CSV Export\n# Account: Umoja, tea\n{LINE}# \n"
    return f"{property_lines}# {label}\n# Start date: {first}\n# End date: {last}\n"


def export(*rows: Sequence[object], first: str = "20260901", last: str = "20260930") -> bytes:
    return csv_bytes(rows, before=above(first, last))


def table_of(folder: Path, content: str | bytes, table: str, source: Declared = GA4) -> list[dict[str, Any]]:
    return rows_of(read_one(folder, source, content), table)


def notices(folder: Path, content: str | bytes, source: Declared = GA4) -> str:
    return "; ".join(ledger_of(read_one(folder, source, content)).notices)


# --- one table -----------------------------------------------------------------------------------


def test_a_report_by_date_becomes_days(tmp_path: Path) -> None:
    content = export(["Date", "Sessions", "Engagement rate"], ["20260914", 12, 0.7305825242718447])
    (row,) = table_of(tmp_path, content, "web_days")
    assert (row["site"], row["day"], row["sessions"]) == ("umoja.example", date(2026, 9, 14), 12)
    assert (row["breakdown"], row["first_line"]) == ("", 10)


def test_a_report_without_dates_is_of_the_days_above_it(tmp_path: Path) -> None:
    content = export(["Session campaign", "Sessions"], ["spring", 12])
    (row,) = table_of(tmp_path, content, "web_spans")
    assert (row["from_day"], row["to_day"]) == (date(2026, 9, 1), date(2026, 9, 30))
    assert (row["utm_campaign"], row["breakdown"]) == ("spring", "utm_campaign")


def test_a_span_of_one_day_is_that_day(tmp_path: Path) -> None:
    content = export(["Country", "Sessions"], ["Kenya", 12], first="20260914", last="20260914")
    assert [row["day"] for row in table_of(tmp_path, content, "web_days")] == [date(2026, 9, 14)]


@pytest.mark.parametrize("name", ["Key events", "Conversions"])
def test_key_events_and_the_older_conversions_are_one_counter(tmp_path: Path, name: str) -> None:
    rows = table_of(tmp_path, export(["Date", name], ["20260914", 4]), "web_days")
    assert [row["conversions"] for row in rows] == [4]


def test_users_are_active_users_and_total_users_stand_beside_them(tmp_path: Path) -> None:
    content = export(["Date", "Users", "Total users"], ["20260914", 4, 5])
    (row,) = table_of(tmp_path, content, "web_days")
    assert (row["active_users"], row["users"]) == (4, 5)


def test_the_channel_group_s_own_name_in_brackets_makes_no_difference(tmp_path: Path) -> None:
    header = ["Session primary channel group (Our groups)", "Sessions"]
    (row,) = table_of(tmp_path, export(header, ["Email", 4]), "web_spans")
    assert (row["channel_group"], row["breakdown"]) == ("Email", "primary_channel_group")


def test_money_with_a_float_s_noise_is_cut_to_four_decimals(tmp_path: Path) -> None:
    content = export(["Date", "Total revenue"], ["20260914", "518.4000000000001"], ["20260915", "-3.5"])
    told = [(row["revenue"], row["currency"]) for row in table_of(tmp_path, content, "web_days")]
    assert told == [(Decimal("518.4"), "ZAR"), (Decimal("-3.5"), "ZAR")]


def test_revenue_without_a_declared_currency_says_what_to_add(tmp_path: Path) -> None:
    content = export(["Date", "Total revenue"], ["20260914", "5"])
    assert "add `currency` to the source" in notices(tmp_path, content, replace(GA4, currency=None))


def test_an_empty_cell_is_not_zero(tmp_path: Path) -> None:
    content = export(["Date", "Sessions", "New users"], ["20260914", 0, ""])
    (row,) = table_of(tmp_path, content, "web_days")
    assert (row["sessions"], row["new_users"]) == (0, None)


def test_metrics_that_are_not_kept_are_named_and_ratios_are_not(tmp_path: Path) -> None:
    header = [
        "Date",
        "Returning users",
        "Sessions",
        "Event count per user",
        "Bounces",
        "Average session duration",
    ]
    said = notices(tmp_path, export(header, ["20260914", 1, 2, 1.5, 3, 4]))
    assert said == "these metrics are not kept: Returning users, Bounces"


def test_an_export_of_a_dimension_we_do_not_know_keeps_its_name(tmp_path: Path) -> None:
    content = export(["Stream name", "Age", "Sessions"], ["web", "18-24", 2], ["web", "25-34", 3])
    told = [(row["other"], row["sessions"]) for row in table_of(tmp_path, content, "web_spans")]
    assert told == [("Age=18-24 & Stream name=web", 2), ("Age=25-34 & Stream name=web", 3)]


# --- several tables in one file ------------------------------------------------------------------


def test_tables_about_the_same_days_become_one_row_each(tmp_path: Path) -> None:
    second = "\n" + above() + "Date,New users,Views\n20260914,3,70\n20260915,4,80\n"
    content = export(["Date", "Users", "New users"], ["20260914", 9, 3]) + second.encode()
    records = read_one(tmp_path, GA4, content)
    told = [
        (row["active_users"], row["new_users"], row["page_views"]) for row in rows_of(records, "web_days")
    ]
    assert told == [(9, 3, 70), (None, 4, 80)]
    ledger = ledger_of(records)
    assert (ledger.counted, ledger.accepted) == (3, 2)
    assert [(skip.rule, skip.records) for skip in ledger.skipped] == [("told_in_parts", 1)]
    assert [(row["first_line"], row["last_line"]) for row in rows_of(records, "web_days")] == [
        (10, 21),
        (22, 22),
    ]


def test_tables_that_contradict_each_other_are_rejected(tmp_path: Path) -> None:
    second = "\n" + above(label="Mobile traffic") + "Date,Sessions\n20260914,5\n20260915,6\n"
    content = export(["Date", "Sessions"], ["20260914", 9], ["20260916", 7]) + second.encode()
    records = read_one(tmp_path, GA4, content)
    assert sorted(row["sessions"] for row in rows_of(records, "web_days")) == [6, 7]
    rejects = ledger_of(records).rejects
    assert [(reject.first_line, reject.rule) for reject in rejects] == [(10, "conflict"), (22, "conflict")]
    assert "line 22, another table of the file" in rejects[0].reason


def test_each_table_of_a_file_has_its_own_days(tmp_path: Path) -> None:
    second = "\n" + above("20260701", "20260731") + "Nth day,Sessions\n0000,5\n0030,6\n"
    content = export(["Nth day", "Sessions"], ["0001", 9]) + second.encode()
    assert [(row["day"], row["sessions"]) for row in table_of(tmp_path, content, "web_days")] == [
        (date(2026, 9, 2), 9), (date(2026, 7, 1), 5), (date(2026, 7, 31), 6),
    ]  # fmt: skip


def test_the_reports_snapshot_is_accounted_for_table_by_table(tmp_path: Path) -> None:
    """Of 15 tables, two hold no metric we keep (28 averages, 6 cohorts) and three are about the same 28 days."""
    records = read(
        tmp_path, {"ga4/2026-11-20.csv": sample("ga4/data-export_home_nth_day_multi_table.csv")}, GA4
    )
    ledger = ledger_of(records)
    assert (ledger.counted, ledger.accepted) == (139, 49)
    assert {skip.rule: skip.records for skip in ledger.skipped} == {"told_in_parts": 56, "no_metric": 34}
    spans = rows_of(records, "web_spans")
    people = {
        name: sum(row["active_users"] or 0 for row in spans if row["breakdown"] == name)
        for name in ("country", "countryId")
    }
    assert people == {"country": 13, "countryId": 13}
    assert {row["breakdown"]: row["page_views"] for row in spans if row["page_views"]}.keys() == {
        "unifiedScreenClass"
    }


def test_three_tables_of_the_same_cities_count_their_people_once(tmp_path: Path) -> None:
    records = read(tmp_path, {"ga4/2026-11-20.csv": sample("ga4/data-export_users_by_city.csv")}, GA4)
    ledger = ledger_of(records)
    assert (ledger.counted, ledger.accepted) == (48, 16)
    assert sum(row["active_users"] for row in rows_of(records, "web_spans")) == 169


def test_a_value_that_begins_with_a_hash_is_data(tmp_path: Path) -> None:
    content = export(["Session campaign", "Sessions"], ["# spring", 12], ["#leaf", 3])
    assert [row["utm_campaign"] for row in table_of(tmp_path, content, "web_spans")] == ["# spring", "#leaf"]


# --- explorations --------------------------------------------------------------------------------

EXPLORATION = f"{LINE}# Umoja - GA4\n# Free form 1\n# 20260901-20260907\n{LINE}\n"


def test_the_grand_total_of_an_exploration_is_a_control_figure(tmp_path: Path) -> None:
    content = EXPLORATION + "City,Sessions,Total users\n,30,20,Grand total\nDurban,20,15\nNairobi,10,8\n\n"
    records = read_one(tmp_path, GA4, content)
    assert [(row["to_day"], row["sessions"]) for row in rows_of(records, "web_spans")] == [
        (date(2026, 9, 7), 20), (date(2026, 9, 7), 10),
    ]  # fmt: skip
    ledger = ledger_of(records)
    assert [(skip.rule, skip.records) for skip in ledger.skipped] == [("total", 1)]
    assert not ledger.notices  # people count in two cities; sessions add up


def test_a_total_more_than_one_percent_apart_is_told_with_both_numbers(tmp_path: Path) -> None:
    content = EXPLORATION + "City,Sessions\n,1000,Gesamtsumme\nDurban,{}\n"
    assert notices(tmp_path / "near", content.format(991)) == ""
    said = notices(tmp_path / "far", content.format(989))
    assert said == "Sessions: the total of the report is 1000, its rows add up to 989"


def test_ids_of_single_visitors_are_never_read_and_their_rows_stay_apart(tmp_path: Path) -> None:
    records = read(tmp_path, {"ga4/2026-11-20.csv": sample("ga4/exploration_download.csv")}, GA4)
    assert "510000001" not in str(records.rows)
    assert [row["other"].split(" & ")[0] for row in rows_of(records, "web_spans")] == [
        f"App-instance ID={number}" for number in (1, 2, 3, 4)
    ]


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("week", "first", "last"),
    [
        ("01", date(2026, 1, 1), date(2026, 1, 3)),  # 1 January 2026 is a Thursday
        ("02", date(2026, 1, 4), date(2026, 1, 10)),
        ("09", date(2026, 2, 22), date(2026, 2, 28)),
        ("40", date(2026, 9, 27), date(2026, 9, 30)),  # the report ends on a Wednesday
    ],
)
def test_weeks_without_a_year_begin_on_sunday(tmp_path: Path, week: str, first: date, last: date) -> None:
    content = export(["Week", "Sessions"], [week, 4], first="20260101", last="20260930")
    (row,) = table_of(tmp_path, content, "web_spans")
    assert (row["from_day"], row["to_day"]) == (first, last)


@pytest.mark.parametrize(
    ("week", "last", "reason"),
    [
        ("41", "20260930", "none of the weeks"),
        ("00", "20260930", "none of the weeks"),
        ("10", "20270930", "a week of more than one of the years"),
    ],
)
def test_a_week_that_its_report_does_not_settle_is_rejected(
    tmp_path: Path, week: str, last: str, reason: str
) -> None:
    content = export(["Week", "Sessions"], [week, 4], first="20260101", last=last)
    (reject,) = ledger_of(read_one(tmp_path, GA4, content)).rejects
    assert (reject.rule, reason in reject.reason) == ("week", True)


def test_the_nth_week_counts_from_the_first_day_of_the_report(tmp_path: Path) -> None:
    rows = table_of(tmp_path, export(["Nth week", "Sessions"], ["0000", 4], ["0004", 1]), "web_spans")
    assert [(row["from_day"].day, row["to_day"].day) for row in rows] == [(1, 7), (29, 30)]


def test_a_day_outside_the_report_is_rejected(tmp_path: Path) -> None:
    nth = ledger_of(
        read_one(tmp_path / "nth", GA4, export(["Nth day", "Sessions"], ["0030", 4], ["0029", 4]))
    )
    dated = ledger_of(read_one(tmp_path / "dated", GA4, export(["Date", "Sessions"], ["20260831", 4])))
    assert [(reject.rule, reject.raw) for reject in (*nth.rejects, *dated.rejects)] == [
        ("outside_span", "0030"), ("outside_span", "20260831"),
    ]  # fmt: skip


def test_the_newest_days_are_provisional(tmp_path: Path) -> None:
    content = export(["Date", "Sessions"], ["20260929", 1], ["20260930", 1])
    assert [row["is_provisional"] for row in table_of(tmp_path, content, "web_days")] == [False, True]


def test_a_file_without_the_lines_above_takes_its_days_from_its_name(tmp_path: Path) -> None:
    source = replace(GA4, files="ga4/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv")
    files: dict[str, str | bytes] = {
        "ga4/2026-08-01_2026-08-31-2026-10-01.csv": "City,Sessions,Views\nDurban,3,9\n"
    }
    (row,) = rows_of(read(tmp_path, files, source), "web_spans")
    assert (row["from_day"], row["to_day"]) == (date(2026, 8, 1), date(2026, 8, 31))


def test_a_file_that_tells_no_days_is_refused_with_what_to_write(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, GA4, "City,Sessions,Views\nDurban,3,9\n"))
    assert "says nowhere which days its numbers are of" in fault
    assert "{from:%Y-%m-%d}_{to:%Y-%m-%d}" in fault


# --- what a spreadsheet does to an export --------------------------------------------------------


def test_days_that_a_spreadsheet_made_lie_in_the_future_and_are_rejected(tmp_path: Path) -> None:
    """INDEX.md tells 6558 sessions; 209 of them are in the six rows of 2027."""
    sheet = sample("ga4/channel_date_hour_no_comment_header.csv")
    records = read(tmp_path, {"ga4/2026-11-20.csv": sheet}, GA4)
    assert sum(row["sessions"] for row in rows_of(records, "web_days")) == 6558 - 209
    assert [(reject.rule, reject.raw) for reject in ledger_of(records).rejects][::5] == [
        ("future_day", "26-02-2027"), ("future_day", "03-03-2027"),
    ]  # fmt: skip
    assert "they are read as day, month, year, check them" in ledger_of(records).notices[0]
    assert rows_of(records, "web_days")[0]["other"] == "hour=12"


def test_month_and_day_are_told_apart_by_proof_only(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Date", "Sessions", "Views"], ["09/01/2026", 1, 1], ["09/14/2026", 1, 1]]
    found = table_of(tmp_path, csv_bytes(rows), "web_days")
    assert [row["day"] for row in found] == [date(2026, 9, 1), date(2026, 9, 14)]
    ledger = ledger_of(read_one(tmp_path / "open", GA4, csv_bytes(rows[:2])))
    assert [reject.reason for reject in ledger.rejects] == ["day and month cannot be told apart"]


def test_an_export_saved_by_a_spreadsheet_with_semicolons_and_padded_lines_is_read(tmp_path: Path) -> None:
    lines = ["# Report CSV Export;;", "# Start date: 20260901;;", "# End date: 20260930;;", ";;"]
    content = "\r\n".join([*lines, "City;Sessions;Views", "Durban;3;9", ";;", ""])
    records = read_one(tmp_path, GA4, content)
    assert [(row["city"], row["to_day"]) for row in rows_of(records, "web_spans")] == [
        ("Durban", date(2026, 9, 30))
    ]
    assert [(skip.rule, skip.records) for skip in ledger_of(records).skipped] == [("blank_row", 1)]


# --- bad input -----------------------------------------------------------------------------------


def test_an_export_in_another_language_is_refused_with_the_names_to_add(tmp_path: Path) -> None:
    content = "# Startdatum: 20260901\n# Enddatum: 20260930\nStadt,Sitzungen\nDurban,3\n"
    fault = fault_of(read_one(tmp_path, GA4, content))
    assert "'Stadt', 'Sitzungen'" in fault
    assert "`its name: Sessions` to headers of the source 'ga4'" in fault
    known = replace(GA4, headers={"Stadt": "City", "Sitzungen": "Sessions"})
    (row,) = table_of(tmp_path / "known", content, "web_spans", known)
    assert (row["city"], row["sessions"], row["from_day"]) == ("Durban", 3, date(2026, 9, 1))


@pytest.mark.parametrize(
    "other",
    [
        "gsc/performance_export/Dates.csv",
        "youtube_studio/dates_data_excel_side_by_side.csv",
        "tiktok_studio/Overview_en_7d.csv",
        "mailchimp/campaigns_export.csv",
    ],
)
def test_a_file_of_another_platform_is_refused(tmp_path: Path, other: str) -> None:
    assert "names too few metrics of Google Analytics" in fault_of(read_one(tmp_path, GA4, sample(other)))


def test_a_truncated_row_is_rejected_and_the_rest_is_kept(tmp_path: Path) -> None:
    content = export(["Date", "Sessions", "Views"], ["20260914", 1, 2], ["20260915", 3])
    ledger = ledger_of(read_one(tmp_path, GA4, content))
    assert [reject.reason for reject in ledger.rejects] == ["2 cells where the header has 3"]
    assert (ledger.counted, ledger.accepted) == (2, 1)


@pytest.mark.parametrize("days", [("20260931", "20261001"), ("20260930", "20260901")])
def test_days_above_a_table_that_are_none_are_refused(tmp_path: Path, days: tuple[str, str]) -> None:
    content = export(["City", "Sessions"], ["Durban", 3], first=days[0], last=days[1])
    assert "do not tell a first and a last day" in fault_of(read_one(tmp_path, GA4, content))


def test_an_export_without_rows_is_no_error(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, GA4, export(["Date", "Sessions"])))
    assert (ledger.counted, "the list is empty" in ledger.notices[0]) == (0, True)


def test_both_generations_of_a_report_lie_in_one_folder(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "ga4/2026-09-20.csv": export(["Date", "Users", "Conversions"], ["20260914", 4, 1]),
        "ga4/2026-09-27.csv": export(["Date", "Active users", "Key events"], ["20260921", 5, 2]),
    }
    rows = rows_of(read(tmp_path, files, GA4), "web_days")
    assert [(row["active_users"], row["conversions"]) for row in rows] == [(4, 1), (5, 2)]


NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=9
)


@given(
    st.dictionaries(
        st.tuples(st.dates(date(2026, 9, 1), date(2026, 9, 30)), NAMES.map(str.strip)),
        st.integers(0, 10**15 - 1),
        max_size=9,
    )
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_a_generated_report_is_read_back_equal(table: dict[tuple[date, str], int]) -> None:
    wanted = {key: sessions for key, sessions in table.items() if key[1]}
    rows: list[list[object]] = [
        ["Date", "Session campaign", "Sessions"],
        *([f"{day:%Y%m%d}", name, n] for (day, name), n in wanted.items()),
    ]
    with TemporaryDirectory() as folder:
        records = read_one(Path(folder), GA4, csv_bytes(rows, before=above(), quote_all=True))
    found = {(row["day"], row["utm_campaign"]): row["sessions"] for row in rows_of(records, "web_days")}
    assert found == wanted
    assert ledger_of(records).accepted == len(wanted)


def test_rows_whose_dimension_has_lost_its_name_are_not_taken_for_totals(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, GA4, export(["", "Sessions"], ["tea", 5], ["mint", 6])))
    assert "column 1 has cells and no name; export the report again" in fault


def test_a_dimension_whose_name_is_no_text_is_refused(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, GA4, export(["tea\x00", "Sessions"], ["green", 5])))
    assert "dimension: its name holds a character that is not text" in fault
