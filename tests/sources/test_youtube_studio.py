from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample
from written import csv_bytes

from perftrack_site.sources.reading import Records

SPAN_FILES = "yt/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv"
CONTENT = Declared("yt", "youtube_studio.content", SPAN_FILES, account="@Thandi.Tea")
DATES = Declared("yt-days", "youtube_studio.dates", "yt/{extracted_at:%Y-%m-%d}.csv", account="thandi.tea")
CHART = Declared("yt-chart", "youtube_studio.chart", "yt/{extracted_at:%Y-%m-%d}.csv")
AUDIENCE = Declared("yt-who", "youtube_studio.audience", "yt/{extracted_at:%Y-%m-%d}.csv")
HEADER = ("Content", "Video title", "Video publish time")
VIDEO = ("TWINvid0001", "Tea #Leaf26", "Sep 1, 2026")


def content(
    folder: Path, *rows: tuple[object, ...], header: tuple[str, ...] = ("Views",), to: str = "2026-09-28"
) -> Records:
    """Read a table by video over September 2026, known on 1 October."""
    table = csv_bytes([HEADER + header, *rows])
    return read(folder, {f"yt/2026-09-01_{to}-2026-10-01.csv": table}, CONTENT)


def spans(records: Records) -> dict[str, Any]:
    return {row["counter"]: row["value"] for row in rows_of(records, "post_spans")}


def days(folder: Path, source: Declared, *lines: str) -> Records:
    return read_one(folder, source, "\n".join(lines) + "\n")


# --- videos --------------------------------------------------------------------------------------


def test_a_row_is_a_video_and_its_totals_over_the_days_in_the_name(tmp_path: Path) -> None:
    records = content(tmp_path, (*VIDEO, 52))
    (post,) = rows_of(records, "posts")
    assert (post["account"], post["published_at"], post["published_on"]) == (
        "thandi.tea",
        None,
        date(2026, 9, 1),
    )
    assert (post["caption"], post["hashtags"], post["content_type"]) == ("Tea #Leaf26", ("leaf26",), "video")
    assert post["permalink"] == "https://www.youtube.com/watch?v=TWINvid0001"
    (span,) = rows_of(records, "post_spans")
    assert (span["from_day"], span["to_day"], span["value"]) == (date(2026, 9, 1), date(2026, 9, 28), 52)
    assert (span["platform"], span["counter"], span["definition"]) == ("youtube", "views", "views")


def test_a_table_without_its_days_is_refused_and_told_which_pattern_to_write(tmp_path: Path) -> None:
    bare = Declared("yt", "youtube_studio.content", "yt/{extracted_at:%Y-%m-%d}.csv")
    fault = fault_of(read_one(tmp_path, bare, csv_bytes([(*HEADER, "Views"), (*VIDEO, 1)])))
    assert "does not say over which" in fault
    assert "{from:%Y-%m-%d}_{to:%Y-%m-%d}" in fault


@pytest.mark.parametrize(("to", "provisional"), [("2026-09-28", False), ("2026-09-29", True)])
def test_the_last_three_days_are_provisional(tmp_path: Path, to: str, provisional: bool) -> None:  # noqa: FBT001
    # The end of 1 October in Johannesburg is 1 October in California: 29 and 30 September and 1 October may change.
    (span,) = rows_of(content(tmp_path, (*VIDEO, 1), to=to), "post_spans")
    assert span["is_provisional"] is provisional


def test_hours_of_watch_time_are_milliseconds(tmp_path: Path) -> None:
    records = content(tmp_path, (*VIDEO, "0.0001"), header=("Watch time (hours)",))
    assert spans(records) == {"watch_milliseconds": 360}


def test_both_generations_of_impressions_are_one_counter(tmp_path: Path) -> None:
    old = content(tmp_path / "old", (*VIDEO, 7), header=("Impressions",))
    new = content(tmp_path / "new", (*VIDEO, 7), header=("Thumbnail impressions",))
    assert spans(old) == spans(new) == {"impressions": 7}


def test_files_of_two_generations_lie_in_one_folder(tmp_path: Path) -> None:
    old = csv_bytes([("Video", *HEADER[1:], "Impressions"), (*VIDEO, 7)])
    new = csv_bytes([(*HEADER, "Thumbnail impressions"), (*VIDEO, 9)])
    files: dict[str, str | bytes] = {
        "yt/2026-08-01_2026-08-31-2026-09-05.csv": old, "yt/2026-09-01_2026-09-30-2026-10-05.csv": new,
    }  # fmt: skip
    records = read(tmp_path, files, CONTENT)
    assert [(row["counter"], row["value"]) for row in rows_of(records, "post_spans")] == [
        ("impressions", 7),
        ("impressions", 9),
    ]


def test_subscribers_of_a_video_are_follows_and_their_difference_may_be_negative(tmp_path: Path) -> None:
    records = content(
        tmp_path, (*VIDEO, 63, 66, -3), header=("Subscribers gained", "Subscribers lost", "Subscribers")
    )
    assert spans(records) == {"follows": 63, "followers_lost": 66, "followers_net": -3}


def test_what_is_blank_is_unknown_and_what_is_0_is_0(tmp_path: Path) -> None:
    records = content(
        tmp_path, (*VIDEO, "", 0, ""), header=("New viewers", "Likes", "Estimated revenue (ZAR)")
    )
    assert spans(records) == {"likes": 0}
    assert not rows_of(records, "earnings")


def test_revenue_is_earned_in_the_currency_of_its_header(tmp_path: Path) -> None:
    records = content(tmp_path, (*VIDEO, "15.125"), header=("Your estimated revenue (ZAR)",))
    (earned,) = rows_of(records, "earnings")
    assert (earned["post_id"], earned["amount"], earned["currency"]) == (
        "TWINvid0001",
        Decimal("15.125"),
        "ZAR",
    )
    assert (earned["from_day"], earned["to_day"]) == (date(2026, 9, 1), date(2026, 9, 28))


def test_a_video_without_a_publish_time_has_numbers_and_is_no_post(tmp_path: Path) -> None:
    records = content(tmp_path, ("TWINvid0002", "Gone", "", 5))
    assert spans(records) == {"views": 5}
    assert not rows_of(records, "posts")
    assert ledger_of(records).accepted == 1


def test_a_video_that_was_shown_in_the_feed_of_shorts_is_one(tmp_path: Path) -> None:
    records = content(
        tmp_path, (*VIDEO, 9), ("TWINvid0002", "Long", "Sep 2, 2026", 0), header=("Shown in feed",)
    )
    assert [row["content_type"] for row in rows_of(records, "posts")] == ["short", "video"]


def test_ids_may_begin_with_a_sign_and_damaged_ones_are_rejected(tmp_path: Path) -> None:
    rows = [(video, *VIDEO[1:], 1) for video in ("-TWluvtdgD1", "_TWIsblnAk2", "#NAME?", "1.2E+10")]
    ledger = ledger_of(content(tmp_path, *rows))
    assert ledger.accepted == 2
    assert [(reject.column, reject.rule) for reject in ledger.rejects] == [
        ("Content", "id"),
        ("Content", "id_damaged"),
    ]


# --- totals and footers --------------------------------------------------------------------------


def test_the_total_row_is_no_video_and_one_percent_apart_is_still_fine(tmp_path: Path) -> None:
    records = content(tmp_path, ("Total", "", "", 101), (*VIDEO, 100))
    ledger = ledger_of(records)
    assert spans(records) == {"views": 100}
    assert [(skip.rule, skip.records) for skip in ledger.skipped] == [("total_row", 1)]
    assert ledger.notices == ()


def test_a_total_row_further_apart_is_a_notice_with_both_numbers(tmp_path: Path) -> None:
    ledger = ledger_of(content(tmp_path, ("Total", "", "", 102), (*VIDEO, 60), ("TWINvid0002", "b", "", 40)))
    assert ledger.notices == ("Views: the Total row says 102 and its rows add up to 100",)


def test_viewers_never_add_up_and_raise_no_notice(tmp_path: Path) -> None:
    records = content(tmp_path, ("Total", "", "", 0), (*VIDEO, 9), header=("New viewers",))
    assert ledger_of(records).notices == ()
    assert spans(records) == {"new_viewers": 9}


def test_totals_of_the_samples_are_compared(tmp_path: Path) -> None:
    table = sample("youtube_studio/Table data.csv")
    ledger = ledger_of(read(tmp_path, {"yt/2026-09-01_2026-09-28-2026-10-01.csv": table}, CONTENT))
    assert ledger.notices == ("Subscribers: the Total row says 258 and its rows add up to 289",)


def test_a_list_that_was_cut_off_says_so(tmp_path: Path) -> None:
    ledger = ledger_of(content(tmp_path, (*VIDEO, 1), ("Showing top 500 results", "", "", "")))
    assert [skip.rule for skip in ledger.skipped] == ["footer"]
    assert "cut off" in ledger.notices[0]


# --- spreadsheets --------------------------------------------------------------------------------


def test_soft_hyphens_in_headers_do_not_count(tmp_path: Path) -> None:
    records = content(tmp_path, (*VIDEO, 3), header=("Com\u00adments ad\u00added",))
    assert spans(records) == {"comments": 3}


def test_a_file_saved_by_a_spreadsheet_holds_the_same_videos(tmp_path: Path) -> None:
    saved = csv_bytes(
        [("Video", "Video title", "Video publish time", "Dis\u00adlikes", "Views"),
         ("TWINvid0001", "Thé", "8-May-20", 1, 3)],
        encoding="cp1252", line_end="\r\n",
    )  # fmt: skip
    records = read(tmp_path, {"yt/2026-09-01_2026-09-28-2026-10-01.csv": saved}, CONTENT)
    (post,) = rows_of(records, "posts")
    assert (post["caption"], post["published_on"]) == ("Thé", date(2020, 5, 8))
    assert "Windows-1252" in ledger_of(records).notices[0]


def test_two_tables_side_by_side_are_refused(tmp_path: Path) -> None:
    header = "Date,Views,Video title,Video publish time,Video views"
    fault = fault_of(days(tmp_path, DATES, header, "2026-09-01,5,Tea,8-May-20,3"))
    assert "two tables stand side by side" in fault


def test_an_unknown_header_is_named_with_the_alias_to_add(tmp_path: Path) -> None:
    table = csv_bytes([("Inhalte", "Video title", "Video publish time", "Views"), (*VIDEO, 1)])
    fault = fault_of(read(tmp_path, {"yt/2026-09-01_2026-09-28-2026-10-01.csv": table}, CONTENT))
    assert "'Inhalte'" in fault
    assert "Content" in fault
    named = Declared("yt", "youtube_studio.content", SPAN_FILES, headers={"Inhalte": "Content"})
    assert ledger_of(read(tmp_path, {}, named)).accepted == 1


def test_a_file_that_ends_in_the_middle_of_a_row_loses_that_row_only(tmp_path: Path) -> None:
    table = csv_bytes(
        [(*HEADER, "Views", "Likes"), (*VIDEO, 5, 1), ("TWINvid0002", "b", "Sep 2, 2026", 7, 2)]
    )
    cut = table[: table.rindex(b",7")]
    ledger = ledger_of(read(tmp_path, {"yt/2026-09-01_2026-09-28-2026-10-01.csv": cut}, CONTENT))
    assert (ledger.accepted, [reject.rule for reject in ledger.rejects]) == (1, ["columns"])


NUMBERS: Mapping[str, tuple[str, ...]] = {
    "Views": ("views",), "Likes": ("likes",), "Shares": ("shares",), "Subscribers gained": ("follows",),
}  # fmt: skip
IDS = st.text("ABCxyz019_-", min_size=11, max_size=11)
NUMBER = st.none() | st.integers(0, 10**15 - 1)


@settings(max_examples=30, deadline=None)
@given(videos=st.dictionaries(IDS, st.tuples(*[NUMBER] * len(NUMBERS)), max_size=6))
def test_a_table_is_read_back_equal(
    tmp_path_factory: pytest.TempPathFactory, videos: dict[str, tuple[int | None, ...]]
) -> None:
    rows = [
        (video, "t", "Sep 1, 2026", *("" if n is None else n for n in told)) for video, told in videos.items()
    ]
    records = content(tmp_path_factory.mktemp("yt"), *rows, header=tuple(NUMBERS))
    found = {(row["post_id"], row["counter"]): row["value"] for row in rows_of(records, "post_spans")}
    assert found == {
        (video, counter): number
        for video, told in videos.items()
        for (counter,), number in zip(NUMBERS.values(), told, strict=True)
        if number is not None
    }


# --- days and charts -----------------------------------------------------------------------------


def test_a_table_by_date_is_the_channel_day_by_day(tmp_path: Path) -> None:
    records = days(
        tmp_path, DATES, "Date,Views,Subscribers gained,Subscribers", "2026-09-27,5,3,-1", "Total,5,3,-1"
    )
    assert [(row["counter"], row["value"], row["account"]) for row in rows_of(records, "account_days")] == [
        ("views", 5, "thandi.tea"),
        ("followers_gained", 3, "thandi.tea"),
        ("followers_net", -1, "thandi.tea"),
    ]
    assert {str(row["day"]) for row in rows_of(records, "account_days")} == {"2026-09-27"}


def test_revenue_of_a_day_is_earned_by_the_channel_on_that_day(tmp_path: Path) -> None:
    (earned,) = rows_of(
        days(tmp_path, DATES, "Date,Estimated revenue (EUR)", '"Sep 7, 2026",1.5'), "earnings"
    )
    assert (earned["post_id"], str(earned["from_day"]), str(earned["to_day"])) == (
        None,
        "2026-09-07",
        "2026-09-07",
    )
    assert (earned["amount"], earned["currency"]) == (Decimal("1.5"), "EUR")


def test_a_date_that_could_be_two_days_is_not_guessed(tmp_path: Path) -> None:
    (reject,) = ledger_of(days(tmp_path, DATES, "Date,Views", "9/10/26,5")).rejects
    assert (reject.column, reject.rule) == ("Date", "day")


def test_chart_data_is_not_taken_for_a_table_by_date(tmp_path: Path) -> None:
    fault = fault_of(days(tmp_path, DATES, "Date,Content,Views", "2026-09-01,TWINvid0001,5"))
    assert "youtube_studio.chart" in fault


@pytest.mark.parametrize(
    "header", ["Date,Clicks,Impressions,CTR,Position", "Date,Impressions,Likes,Engagements,Shares"]
)
def test_days_that_only_share_everyones_words_are_of_another_platform(tmp_path: Path, header: str) -> None:
    fault = fault_of(days(tmp_path, DATES, header, "2026-09-01,5,4,3,2"))
    assert "holds no number that only YouTube tells, such as 'Views', beside " in fault
    assert "check the format that its source declares" in fault


@pytest.mark.parametrize(
    "header", ["Date,Impressions", "Date,Impressions,Impressions click-through rate (%)"]
)
def test_days_of_a_chart_by_one_number_are_youtubes(tmp_path: Path, header: str) -> None:
    line = ",".join(["2026-09-01", "5", "4.1"][: header.count(",") + 1])
    assert ledger_of(days(tmp_path, DATES, header, line)).accepted == 1


def test_a_chart_by_video_gives_the_days_of_each_video(tmp_path: Path) -> None:
    header = "Date,Content,Video title,Video publish time,Views"
    records = days(tmp_path, CHART, header, '2026-09-01,-TWINvid002,Tea,"Aug 1, 2026",5')
    (row,) = rows_of(records, "post_days")
    assert (row["post_id"], str(row["day"]), row["counter"], row["value"]) == (
        "-TWINvid002",
        "2026-09-01",
        "views",
        5,
    )


def test_the_two_subscription_statuses_of_a_day_are_added_up(tmp_path: Path) -> None:
    header = "Date,Subscription status,Views,Watch time (hours)"
    lines = ["2026-09-01,Subscribed,5,0.5", "2026-09-01,Not subscribed,7,0.25"]
    records = days(tmp_path, CHART, header, *lines)
    rows = rows_of(records, "account_days")
    assert {row["counter"]: row["value"] for row in rows} == {"views": 12, "watch_milliseconds": 2_700_000}
    assert {(row["first_line"], row["last_line"]) for row in rows} == {(2, 3)}
    ledger = ledger_of(records)
    assert (ledger.accepted, [(skip.rule, skip.records) for skip in ledger.skipped]) == (1, [("added_up", 1)])


def test_a_day_of_which_one_part_is_missing_is_not_half_a_day(tmp_path: Path) -> None:
    header = "Date,Subscription status,Views"
    records = days(tmp_path, CHART, header, "2026-09-01,Subscribed,5")
    (reject,) = ledger_of(records).rejects
    assert reject.rule == "parts"
    assert not rows_of(records, "account_days")


def test_a_part_without_a_number_leaves_the_day_unknown(tmp_path: Path) -> None:
    header = "Date,Subscription status,Views,Likes"
    lines = ["2026-09-01,Subscribed,5,1", "2026-09-01,Not subscribed,,2"]
    rows = rows_of(days(tmp_path, CHART, header, *lines), "account_days")
    assert [(row["counter"], row["value"]) for row in rows] == [("likes", 3)]


def test_a_chart_of_another_part_of_the_channel_is_refused(tmp_path: Path) -> None:
    fault = fault_of(days(tmp_path, CHART, "Date,Traffic source,Views", "2026-09-01,Search,5"))
    assert "Traffic source" in fault
    assert "Totals.csv" in fault


# --- who watched ---------------------------------------------------------------------------------


def shares(records: Records) -> list[tuple[Any, ...]]:
    rows = rows_of(records, "audience_shares")
    return [(row["dimension"], row["part"], row["share"], row["number"]) for row in rows]


def test_shares_of_ages_and_genders_are_fractions_of_one(tmp_path: Path) -> None:
    ages = ["Viewer age,Views (%)", "13\N{EN DASH}17 years,0.7", "65+ years,17.5"]
    assert shares(days(tmp_path / "age", AUDIENCE, *ages)) == [
        ("age", "13-17", Decimal("0.007"), None),
        ("age", "65+", Decimal("0.175"), None),
    ]
    genders = days(tmp_path / "gender", AUDIENCE, "Viewer gender,Views (%)", "Female,34.1")
    assert shares(genders) == [("gender", "female", Decimal("0.341"), None)]


def test_cities_go_by_their_name_and_countries_by_their_code(tmp_path: Path) -> None:
    cities = ["Cities,City name,Views", '0x51:0x52,"Kvarnby, Sweden",30']
    assert shares(days(tmp_path / "city", AUDIENCE, *cities)) == [("city", "Kvarnby, Sweden", None, 30)]
    countries = days(tmp_path / "country", AUDIENCE, "Geography,Views", "SE,30")
    assert shares(countries) == [("country", "SE", None, 30)]


def test_a_table_by_anything_else_is_refused(tmp_path: Path) -> None:
    fault = fault_of(days(tmp_path, AUDIENCE, "Traffic source,Views", "YouTube search,5"))
    assert "'Viewer age' is missing" in fault
