from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_cases import expected
from samples_of_own import mapped
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample
from written import csv_bytes

from perftrack_site.config.models import FileMapping
from perftrack_site.sources import FORMATS
from perftrack_site.sources.platforms.generic_tables import MAPPABLE
from perftrack_site.sources.tables import TABLES

GERMAN: dict[str, Any] = {
    "table": "web_days",
    "columns": {"day": "Datum", "utm_campaign": "Kampagne", "sessions": "Besuche", "revenue": "Umsatz"},
    "dates": "%d.%m.%Y",
    "decimal": ",",
    "thousands": ".",
    "skip": {"Datum": ("Summe",)},
}
HEADER = "Datum;Kampagne;Besuche;Umsatz\n"
LINE = "06.07.2026;Frühling;1.204;2.310,50\n"


def tool(files: str = "t/{extracted_at:%Y-%m-%d}.csv", /, **mapping: Any) -> Declared:  # noqa: ANN401 - the model checks
    return Declared("tool", "generic.csv", files, account="umoja.example", **mapped(**mapping))


# --- what is read --------------------------------------------------------------------------------


def test_the_example_of_the_documentation_is_read(tmp_path: Path) -> None:
    text = HEADER + LINE + "07.07.2026;;987;1.875,00\nSumme;;2.191;4.185,50\n"
    records = read_one(tmp_path, tool(**GERMAN), text.encode("cp1252"))
    first, second = rows_of(records, "web_days")
    assert (first["day"], first["utm_campaign"], first["sessions"]) == (date(2026, 7, 6), "Frühling", 1204)
    assert (first["revenue"], first["currency"], first["site"]) == (
        Decimal("2310.50"),
        "USD",
        "umoja.example",
    )
    assert (first["breakdown"], first["orders"], first["is_provisional"]) == ("utm_campaign", None, False)
    assert (second["utm_campaign"], second["sessions"]) == (None, 987)
    assert [(skip.rule, skip.records) for skip in ledger_of(records).skipped] == [("skip", 1)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_delimiter_is_found_by_the_mapped_headers(tmp_path: Path, delimiter: str) -> None:
    cells = [HEADER.strip().split(";"), LINE.strip().split(";")]
    records = read_one(tmp_path, tool(**GERMAN), csv_bytes(cells, delimiter=delimiter))
    assert [row["revenue"] for row in rows_of(records, "web_days")] == [Decimal("2310.50")]


@pytest.mark.parametrize(
    ("decimal", "thousands", "written", "value"),
    [
        (",", ".", "1.234.567,8", "1234567.8"),
        (".", ",", '"1,234,567.8"', "1234567.8"),
        (".", "blank", "1 234 567.8", "1234567.8"),
        (".", "blank", "1\u202f234\u00a0567.8", "1234567.8"),
        (".", "'", "1'234\u2019567.8", "1234567.8"),
        (".", None, "-3.99999", "-4.0000"),
        (",", None, "\u22120,5", "-0.5"),
    ],
)
def test_numbers_are_read_as_the_mapping_says_they_are_written(
    tmp_path: Path, decimal: str, thousands: str | None, written: str, value: str
) -> None:
    mapping = {**GERMAN, "decimal": decimal, "thousands": thousands}
    text = HEADER + LINE.replace("1.204", "1").replace("2.310,50", written)
    (row,) = rows_of(read_one(tmp_path, tool(**mapping), text), "web_days")
    assert row["revenue"] == Decimal(value)


@pytest.mark.parametrize(
    "written", ["1.23", "12.34.567", "1,234", "1.234,", "1_000", "0x10", "1e3", "٣", "1 204"]
)
def test_a_number_written_otherwise_is_rejected_and_never_guessed(tmp_path: Path, written: str) -> None:
    text = HEADER + LINE.replace("1.204", written) + LINE.replace("06.", "07.") + LINE.replace("06.", "08.")
    (reject,) = ledger_of(read_one(tmp_path, tool(**GERMAN), text)).rejects
    assert (reject.first_line, reject.column) == (2, "Besuche")


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("%d.%m.%y", "6.7.26"),
        ("%m/%d/%Y", "07/06/2026"),
        ("%d/%m/%Y", "06/07/2026"),
        ("%d %B %Y", "6 julio 2026"),
        ("%b %d, %Y", "Jul. 06, 2026"),
        ("%Y%m%d", "20260706"),
        ("%d-%b-%y", "6-Jul-26"),
        ("%Y-%m-%dT%H:%M:%S", "2026-07-06T23:59:59.123"),
    ],
)
def test_a_day_is_read_in_the_one_form_that_is_declared(tmp_path: Path, form: str, written: str) -> None:
    text = HEADER + LINE.replace("06.07.2026", written)
    (row,) = rows_of(read_one(tmp_path, tool(**{**GERMAN, "dates": form}), text), "web_days")
    assert row["day"] == date(2026, 7, 6)


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("%d.%m.%Y", "2026-07-06"), ("%d.%m.%Y", "31.02.2026"), ("%d.%m.%Y", "6.7.26"), ("%d%m%Y", "1112026"),
        ("%d %B %Y", "6 Jully 2026"), (None, "06.07.2026"), ("%d.%m.%Y", "01.01.0001"),
    ],
)  # fmt: skip
def test_a_day_in_another_form_is_rejected(tmp_path: Path, form: str | None, written: str) -> None:
    text = HEADER + LINE.replace("06.07.2026", written)
    (reject,) = ledger_of(read_one(tmp_path, tool(**{**GERMAN, "dates": form}), text)).rejects
    assert (reject.column, reject.rule) == ("Datum", "day")


def test_a_moment_is_told_in_the_zone_of_the_source_and_gives_its_business_day(tmp_path: Path) -> None:
    source = Declared(
        "shop", "generic.csv", "t/{extracted_at:%Y-%m-%d}.csv", timezone="America/New_York",
        **mapped(table="orders", dates="%d/%m/%Y %H:%M",
                 columns={"order_id": "No", "ordered_at": "When", "subtotal": "Sum", "promo_codes": "Codes"}),
    )  # fmt: skip
    (row,) = rows_of(
        read_one(tmp_path, source, "No;When;Sum;Codes\n7;05/07/2026 20:30;9.5;ab, Cd\n"), "orders"
    )
    assert row["ordered_at"] == datetime(2026, 7, 6, 0, 30)  # noqa: DTZ001 - UTC without a zone
    assert (row["ordered_on"], row["shop"]) == (date(2026, 7, 6), "shop")
    assert (row["promo_codes"], row["currency"]) == (("AB", "CD"), "USD")


def test_a_list_of_posts_gives_the_posts_and_their_running_totals(tmp_path: Path) -> None:
    source = tool(
        table="posts",
        columns={"post_id": "Link", "permalink": "Link", "published_on": "Day", "caption": "Text"},
        constants={"platform": "Instagram", "content_type": "reel"},
        counters={"likes": "Likes", "views": "Plays"},
        units={"Likes": Decimal(1000)},
    )
    records = read_one(tmp_path, source, 'Link,Day,Text,Likes,Plays\na/b,2026-07-06,"Hi #Tea",1.5,\n')
    (post,) = rows_of(records, "posts")
    assert (post["platform"], post["post_id"], post["permalink"]) == ("instagram", "a/b", "a/b")
    assert (post["content_type"], post["hashtags"], str(post["published_on"])) == (
        "reel",
        ("tea",),
        "2026-07-06",
    )
    (likes,) = rows_of(records, "post_counts")
    assert (likes["counter"], likes["value"], likes["definition"], likes["witness"]) == (
        "likes",
        1500,
        "Likes",
        "export",
    )


def test_counters_are_rows_and_an_empty_cell_is_no_row(tmp_path: Path) -> None:
    source = tool(
        table="account_days", columns={"day": "Day", "account": "Name"}, constants={"platform": "x"},
        counters={"followers_net": "Change", "views": "Views"},
    )  # fmt: skip
    text = "Day,Name,Change,Views\n2026-07-06,@Thandi.M,-3,\n2026-07-07,@Thandi.M,-,\n"
    records = read_one(tmp_path, source, text)
    (row,) = rows_of(records, "account_days")
    assert (row["account"], row["counter"], row["value"]) == ("thandi.m", "followers_net", -3)
    assert [(skip.rule, skip.records) for skip in ledger_of(records).skipped] == [("no_value", 1)]


def test_page_behaviour_is_told_by_measures_and_the_days_in_the_name(tmp_path: Path) -> None:
    source = tool(
        "heat/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv",
        table="page_behaviour", columns={"page": "URL"}, counters={"scroll_depth": "Scroll"},
    )  # fmt: skip
    files: dict[str, str | bytes] = {"heat/2026-07-01_2026-07-07-2026-07-08.csv": "URL,Scroll\n/tea,61.97\n"}
    (row,) = rows_of(read(tmp_path, files, source), "page_behaviour")
    assert (row["measure"], row["value"], row["page"]) == ("scroll_depth", Decimal("61.97"), "/tea")
    assert (str(row["from_day"]), str(row["to_day"])) == ("2026-07-01", "2026-07-07")


def test_a_share_may_be_a_percentage_and_a_suffix_is_read_where_it_is_declared(tmp_path: Path) -> None:
    source = tool(
        table="audience_shares", suffixes=True, columns={"part": "Land", "share": "Anteil", "number": "Leute"},
        constants={"platform": "tiktok", "audience": "followers", "dimension": "country"},
    )  # fmt: skip
    (row,) = rows_of(read_one(tmp_path, source, "Land,Anteil,Leute\nZA,25.4%,3.3K\n"), "audience_shares")
    assert (row["part"], row["share"], row["number"]) == ("ZA", Decimal("0.254"), 3300)


def test_amounts_keep_four_decimals_of_the_nine_that_an_ad_platform_writes(tmp_path: Path) -> None:
    columns = {"day": "Date", "ad": "ad_id", "spend": "Spent"}
    source = tool(table="ad_days", dates="%d-%m-%Y", columns=columns, constants={"platform": "facebook"})
    rows = rows_of(read_one(tmp_path, source, sample("benchmarks/facebook_ads_conversion.csv")), "ad_days")
    assert rows[0]["spend"] == Decimal("2.6193")  # 2.619279409
    apart = sum(row["spend"] for row in rows) - expected("benchmarks/facebook_ads_conversion.csv", "Spent")
    assert abs(apart) <= len(rows) * Decimal("0.00005")


def test_a_list_in_windows_text_with_hard_blanks_is_read_and_its_repeated_lines_count_once(
    tmp_path: Path,
) -> None:
    source = tool(
        table="feedback", columns={"text": "Caption"}, constants={"told_by": "team", "topic": "other"}
    )
    records = read_one(tmp_path, source, sample("benchmarks/instagram_reach_cp1252.csv"))
    ledger = ledger_of(records)
    assert (ledger.counted, ledger.rejected) == (33, 0)
    assert ledger.accepted + ledger.duplicates == 33
    assert 'Pot or cup? "Both" \u2013 says Lumi' in {row["text"] for row in rows_of(records, "feedback")}


SEEDS = (
    (
        "tiktok_ads/fivetran_tiktok_campaign_country_report_data.csv",
        {"table": "ad_days", "dates": "%Y-%m-%d %H:%M:%S", "constants": {"platform": "tiktok"},
         "columns": {"day": "stat_time_day", "ad_campaign": "campaign_id", "ad_group": "country_code",
                     "clicks": "clicks", "impressions": "impressions", "spend": "spend"}},
        {"clicks": "clicks", "impressions": "impressions", "spend": "spend"}, Decimal(1),
    ),
    (
        "facebook_graph/fivetran_facebook_pages_daily_page_metrics_total_data.csv",
        {"table": "account_days", "dates": "%Y-%m-%d %H:%M:%S UTC", "constants": {"platform": "facebook"},
         "columns": {"day": "date", "account": "page_id"},
         "counters": {"followers": "page_fans", "followers_gained": "page_fan_adds"}},
        {"followers": "page_fans", "followers_gained": "page_fan_adds"}, Decimal(1),
    ),
    (
        "instagram_graph/fivetran_instagram_business_media_insights_data.csv",
        {"table": "post_counts", "columns": {"post_id": "id"}, "constants": {"platform": "instagram"},
         "counters": {"comments": "comment_count", "reach": "carousel_album_reach"}},
        {"comments": "comment_count", "reach": "carousel_album_reach"}, Decimal(1),
    ),
    (
        "stripe/fivetran_charge_data.csv",
        {"table": "payments", "dates": "%Y-%m-%d %H:%M:%S", "units": {"amount": Decimal("0.01")},
         "columns": {"payment_id": "id", "paid_at": "created", "amount": "amount", "currency": "currency"}},
        {"amount": "amount"}, Decimal(100),
    ),
)  # fmt: skip


@pytest.mark.parametrize(("path", "mapping", "sums", "times"), SEEDS, ids=[seed[0] for seed in SEEDS])
def test_tables_of_a_connector_that_we_never_heard_of_are_read_to_their_control_sums(
    tmp_path: Path, path: str, mapping: dict[str, Any], sums: dict[str, str], times: Decimal
) -> None:
    records = read_one(tmp_path, tool(**mapping), sample(path))
    assert not ledger_of(records).rejects
    rows = rows_of(records, mapping["table"])
    for name, words in sums.items():
        total = sum(row["value"] if row.get("counter") == name else row.get(name, 0) for row in rows)
        assert total * times == expected(path, words)


# --- what is refused or rejected -----------------------------------------------------------------


def test_a_rounded_number_of_a_spreadsheet_is_rejected(tmp_path: Path) -> None:
    source = tool(
        table="account_totals", columns={"account": "Youtuber"}, constants={"platform": "youtube"},
        counters={"views": "Video Views"},
    )  # fmt: skip
    records = read_one(tmp_path, source, sample("benchmarks/youtube_channels.csv"))
    assert [(each.raw, each.rule) for each in ledger_of(records).rejects] == [("2.17E+11", "number")]


def test_one_count_with_decimals_is_rejected_and_the_others_are_read(tmp_path: Path) -> None:
    text = (
        HEADER
        + LINE
        + LINE.replace("06.07", "07.07").replace("1.204", "0,5")
        + LINE.replace("06.07", "08.07")
    )
    (reject,) = ledger_of(read_one(tmp_path, tool(**GERMAN), text)).rejects
    assert (reject.first_line, reject.rule) == (3, "decimals")


def test_two_lines_of_one_thing_that_differ_contradict_each_other(tmp_path: Path) -> None:
    text = HEADER + LINE + LINE.replace("1.204", "1.205") + LINE.replace("Frühling", "Herbst")
    ledger = ledger_of(read_one(tmp_path, tool(**GERMAN), text))
    assert ([reject.first_line for reject in ledger.rejects], ledger.accepted) == ([2, 3], 1)


def test_a_person_never_comes_in_by_a_mapping(tmp_path: Path) -> None:
    source = tool(table="tracked_sales", columns={"day": "Day", "customer_key": "Mail", "orders": "N"})
    records = read_one(tmp_path, source, "Day,Mail,N\n2026-07-06,ann@a.example,1\n2026-07-06,,2\n")
    assert [row["customer_key"] for row in rows_of(records, "tracked_sales")] == [None]
    assert [reject.rule for reject in ledger_of(records).rejects] == ["keyed_hash"]


def test_a_span_that_ends_before_it_begins_is_left_out(tmp_path: Path) -> None:
    source = tool(table="web_spans", columns={"from_day": "A", "to_day": "B", "sessions": "N"})
    records = read_one(tmp_path, source, "A,B,N\n2026-07-07,2026-07-01,5\n2026-07-01,2026-07-07,6\n")
    assert [row["sessions"] for row in rows_of(records, "web_spans")] == [6]
    assert [skip.rule for skip in ledger_of(records).skipped] == ["days_reversed"]


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"table": "web_day"}, "tool.mapping.table: 'web_day' is not a table; did you mean 'web_days'?"),
        (
            {"table": "web_days", "columns": {"dai": "D"}},
            "tool.mapping.columns: 'dai' is not a column of web_days; did you mean 'day'?",
        ),
        (
            {"table": "web_days", "columns": {"sessions": "S"}},
            "every row of web_days needs 'day'; write `day: its header` into `columns`",
        ),
        (
            {"table": "post_days", "columns": {"post_id": "P", "day": "D"}, "counters": {"likes": "L"}},
            "every row of post_days needs 'platform'; write `platform:` into the source, or map it",
        ),
        (
            {"table": "post_counts", "columns": {"post_id": "P"}, "constants": {"platform": "x"}},
            "post_counts holds counters, and none is mapped",
        ),
        (
            {"table": "web_days", "columns": {"sessions": "S"}, "constants": {"day": "6.7.2026"}},
            "tool.mapping.constants.day: '6.7.2026' cannot be a day: not a day written as 2026-07-31",
        ),
        (
            {"table": "orders", "columns": {"order_id": "N", "ordered_at": "D"}, "dates": "%d.%m.%Y"},
            "is a moment, and `dates` has no time; map the day to 'ordered_on'",
        ),
    ],
)
def test_a_mapping_that_cannot_be_used_says_what_to_write(
    tmp_path: Path, mapping: dict[str, Any], said: str
) -> None:
    assert said in fault_of(read_one(tmp_path, tool(**mapping), "D,S\n2026-07-06,1\n"))


def test_without_a_mapping_nothing_is_read(tmp_path: Path) -> None:
    source = Declared("tool", "generic.csv", "t/{extracted_at:%Y-%m-%d}.csv")
    assert "write a `mapping:` into its source" in fault_of(read_one(tmp_path, source, HEADER + LINE))


def test_amounts_need_a_currency(tmp_path: Path) -> None:
    mapping = FileMapping(table="payouts", columns={"influencer": "Who", "amount": "Sum"})
    source = Declared("tool", "generic.csv", "t/{extracted_at:%Y-%m-%d}.csv", mapping=mapping)
    assert "needs 'currency'" in fault_of(read_one(tmp_path, source, "Who,Sum\nthandi,5\n"))


def test_a_header_that_the_file_lacks_is_named_with_the_nearest(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, tool(**GERMAN), HEADER.replace("Besuche", "Besucher") + LINE))
    assert "the column 'Besuche' is missing; the nearest is 'Besucher'" in fault


def test_a_column_named_under_skip_must_be_there(tmp_path: Path) -> None:
    source = tool(**{**GERMAN, "skip": {"Art": ("Summe",)}})
    assert "the column 'Art', named under `skip`, is missing" in fault_of(
        read_one(tmp_path, source, HEADER + LINE)
    )


def test_a_file_that_is_cut_off_rejects_its_last_line_and_keeps_none_of_its_text(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, tool(**GERMAN), HEADER + LINE + LINE[:20]))
    assert (ledger.accepted, [(each.rule, each.raw) for each in ledger.rejects]) == (1, [("columns", "")])


# --- every table ---------------------------------------------------------------------------------


def test_every_table_says_what_its_rows_need() -> None:
    assert MAPPABLE.keys() == TABLES.keys()
    for name, mappable in MAPPABLE.items():
        assert set(mappable.needed) <= mappable.columns, name


def test_what_our_formats_count_can_be_mapped_too() -> None:
    counted = {form.counted.name: form.counters for form in MAPPABLE.values() if form.counted}
    fed = {name for form in FORMATS.values() for name in form.feeds}
    for table, counters in counted.items():
        names = {name.partition(".")[2] for name in fed if name.startswith(f"{table}.")}
        assert names - TABLES[table].columns.keys() <= counters, table


cells = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20).filter(
    lambda text: text.casefold() not in {"-", "--", "n/a", "undefined", "nan", "(not set)", "summe"}
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.dates(date(1990, 1, 1), date(2026, 9, 30)),
            cells,
            st.integers(0, 10**14 - 1),
            st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
        ),
        unique_by=lambda row: row[:2],
        max_size=12,
    )
)
def test_a_german_table_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, days: list[tuple[date, str, int, Decimal]]
) -> None:
    lines = [
        [f"{day:%d.%m.}{day.year}", name, f"{many:,}".replace(",", "."),
         f"{money:,.2f}".translate(str.maketrans(",.", ".,"))]
        for day, name, many, money in days
    ]  # fmt: skip
    content = csv_bytes([HEADER.strip().split(";"), *lines], delimiter=";", line_end="\r\n")
    rows = rows_of(read_one(tmp_path_factory.mktemp("g"), tool(**GERMAN), content), "web_days")
    assert [(row["day"], row["utm_campaign"], row["sessions"], row["revenue"]) for row in rows] == days


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("web_days", "sessions", "99999999999999b"),
        ("web_days", "revenue", "99999999999999k"),
        ("fx", "rate", "99999999999"),
    ],
)
def test_a_number_too_long_for_its_column_is_rejected(
    tmp_path: Path, table: str, column: str, text: str
) -> None:
    columns = {"day": "D", column: "N"} | ({"base": "B", "quote": "Q"} if table == "fx" else {})
    source = tool(table=table, columns=columns, suffixes=True)
    (reject,) = ledger_of(read_one(tmp_path, source, f"D,N,B,Q\n2026-07-06,{text},EUR,ZAR\n")).rejects
    assert (reject.column, reject.rule) == ("N", "number")


def test_a_line_of_no_account_is_rejected(tmp_path: Path) -> None:
    source = tool(
        table="account_totals", columns={"account": "Who", "platform": "Where"}, counters={"followers": "N"}
    )
    (reject,) = ledger_of(
        read_one(tmp_path, source, "Who,Where,N\n,instagram,7\nthandi,instagram,8\n")
    ).rejects
    assert (reject.column, reject.rule, reject.first_line) == ("Who", "missing", 2)
