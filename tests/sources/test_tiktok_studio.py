from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample
from written import csv_bytes

from perftrack_site.sources.reading import Records

NAME = "tt/{extracted_at:%Y-%m-%d}.csv"
OVERVIEW = Declared("tt", "tiktok_studio.overview", NAME, account="@LumiBrews_demo")
CONTENT = Declared("tt-c", "tiktok_studio.content", "tt/*{extracted_at:%Y-%m-%d}.csv")
FOLLOWERS = Declared("tt-f", "tiktok_studio.follower_history", NAME)
VIEWERS = Declared("tt-v", "tiktok_studio.viewers", NAME)
ACTIVITY = Declared("tt-a", "tiktok_studio.follower_activity", NAME)
GENDER = Declared("tt-g", "tiktok_studio.follower_gender", NAME)
TERRITORIES = Declared("tt-t", "tiktok_studio.follower_territories", NAME)

DAYS = ("Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares")
VIDEOS = (
    "Time", "Video title", "Video link", "Post time", "Total likes", "Total comments", "Total shares", "Total views",
)  # fmt: skip
LINK = "https://www.tiktok.com/@lumibrews_demo/video/7588703512985091603"


def export(*rows: tuple[object, ...]) -> bytes:
    """Write a table as TikTok Studio does: byte order mark, all cells quoted, no line end after the last."""
    return csv_bytes(rows, quote_all=True, before="\ufeff").rstrip(b"\n")


def overview(*days: str, views: int = 1) -> bytes:
    return export(DAYS, *((day, views, 0, 0, 0, 0) for day in days))


def known_on(folder: Path, day: str, source: Declared, content: bytes) -> Records:
    return read(folder, {f"tt/{day}.csv": content}, source)


def days_of(records: Records) -> list[str]:
    assert not records.faults, [str(fault) for fault in records.faults]
    return [str(row["day"]) for row in rows_of(records, "account_days") if row["counter"] == "views"]


def counters(records: Records, table: str = "account_days") -> dict[tuple[str, str], int]:
    assert not records.faults, [str(fault) for fault in records.faults]
    rows = rows_of(records, table)
    return {(str(row.get("day", row.get("post_id"))), row["counter"]): row["value"] for row in rows}


# --- days without a year ---------------------------------------------------------------------------


def test_a_day_without_a_year_is_the_last_of_its_kind_before_the_export(tmp_path: Path) -> None:
    records = known_on(tmp_path, "2026-01-05", OVERVIEW, sample("tiktok_studio/Overview_es_7d.csv"))
    assert days_of(records) == [f"2025-12-{day}" for day in (29, 30, 31)] + [
        f"2026-01-0{day}" for day in (1, 2, 3, 4)
    ]


def test_the_year_turns_once_in_a_year_of_days(tmp_path: Path) -> None:
    records = known_on(tmp_path, "2026-11-21", OVERVIEW, sample("tiktok_studio/Overview_365d.csv"))
    days = days_of(records)
    assert (days[0], days[-1], len(set(days))) == ("2025-11-21", "2026-11-20", 365)
    assert days == sorted(days)


def test_a_year_that_ends_yesterday_begins_on_the_day_of_the_export_a_year_ago(tmp_path: Path) -> None:
    first = date(2025, 11, 20)
    spelt = [f"{day:%B} {day.day}" for day in (first + timedelta(days=at) for at in range(365))]
    days = days_of(known_on(tmp_path, "2026-11-20", OVERVIEW, overview(*spelt)))
    assert (days[0], days[-1]) == ("2025-11-20", "2026-11-19")


def test_a_file_with_the_newest_day_first_is_read_from_its_other_end(tmp_path: Path) -> None:
    days = ("January 2", "January 1", "December 31")
    records = known_on(tmp_path, "2026-01-03", OVERVIEW, overview(*days))
    assert days_of(records) == ["2026-01-02", "2026-01-01", "2025-12-31"]


def test_days_in_no_order_are_refused_unless_the_name_says_when(tmp_path: Path) -> None:
    content = overview("January 1", "December 30", "January 2")
    fault = fault_of(known_on(tmp_path, "2026-01-03", OVERVIEW, content))
    assert "tt/2026-01-03.csv:1: its days have no year and stand in no order" in fault
    assert "write {from:%Y-%m-%d} and {to:%Y-%m-%d} into the pattern" in fault
    named = Declared("tt", OVERVIEW.format, "n/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv")
    records = read(tmp_path, {"n/2025-12-30_2026-01-02-2026-01-03.csv": content}, named)
    assert days_of(records) == ["2026-01-01", "2025-12-30", "2026-01-02"]


def test_a_day_outside_those_in_the_name_of_the_file_is_rejected(tmp_path: Path) -> None:
    named = Declared("tt", OVERVIEW.format, "n/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv")
    content = overview("April 11", "April 12")
    records = read(tmp_path, {"n/2026-04-12_2026-04-18-2026-04-19.csv": content}, named)
    (reject,) = ledger_of(records).rejects
    assert (reject.first_line, reject.column) == (2, "Date")
    assert "not one of the days that the file's name says it covers" in reject.reason


def test_a_file_much_older_than_its_extraction_says_which_year_it_was_given(tmp_path: Path) -> None:
    records = known_on(tmp_path, "2026-11-20", OVERVIEW, sample("tiktok_studio/Overview_en_7d.csv"))
    assert ledger_of(records).notices == (
        "its days have no year: the newest was taken for 2026-04-18, 216 days before its extraction",
    )


@pytest.mark.parametrize("day", ["20 November", "20-Nov", "20. November", "20 ноября", "20 novembre"])
def test_days_are_known_in_many_spellings(tmp_path: Path, day: str) -> None:
    assert days_of(known_on(tmp_path, "2026-11-20", OVERVIEW, overview(day))) == ["2026-11-20"]


def test_a_month_in_a_language_we_do_not_know_is_rejected_with_its_line(tmp_path: Path) -> None:
    records = known_on(tmp_path, "2026-11-21", OVERVIEW, overview("November 19", "20 marraskuuta"))
    (reject,) = ledger_of(records).rejects
    assert (reject.first_line, reject.column, reject.raw) == (3, "Date", "20 marraskuuta")
    assert days_of(records) == ["2026-11-19"]


def test_29_february_is_that_of_the_last_leap_year(tmp_path: Path) -> None:
    days = ("February 28", "February 29", "March 1")
    records = known_on(tmp_path, "2028-03-02", OVERVIEW, overview(*days))
    assert days_of(records) == ["2028-02-28", "2028-02-29", "2028-03-01"]


# --- what an account did ---------------------------------------------------------------------------


def test_a_day_is_a_row_for_each_counter_under_the_name_tiktok_gives_it(tmp_path: Path) -> None:
    content = export((*DAYS, "New followers"), ("September 30", 31185, 277, 39, 64, 1, -4))
    rows = rows_of(read_one(tmp_path, OVERVIEW, content), "account_days")
    assert [(row["counter"], row["definition"], row["value"]) for row in rows] == [
        ("views", "video_views", 31185),
        ("profile_visits", "profile_views", 277),
        ("likes", "likes", 39),
        ("comments", "comments", 64),
        ("shares", "shares", 1),
        ("followers_net", "new_followers", -4),
    ]
    assert {(row["platform"], row["account"]) for row in rows} == {("tiktok", "lumibrews_demo")}


def test_a_day_of_taken_back_likes_is_negative(tmp_path: Path) -> None:
    records = read_one(tmp_path, OVERVIEW, sample("tiktok_studio/Overview_365d.csv"))
    values = [value for (_, counter), value in counters(records).items() if counter == "comments"]
    assert len([value for value in values if value < 0]) == 35


def test_old_and_new_files_of_one_folder_are_both_read(tmp_path: Path) -> None:
    new = export((*DAYS, "New followers"), ("October 1", 2, 0, 0, 0, 0, 3))
    files: dict[str, str | bytes] = {"tt/2026-10-01.csv": overview("September 30"), "tt/2026-10-02.csv": new}
    values = counters(read(tmp_path, files, OVERVIEW))
    assert (values["2026-09-30", "views"], values["2026-10-01", "views"]) == (1, 2)
    assert values["2026-10-01", "followers_net"] == 3
    assert ("2026-09-30", "followers_net") not in values


def test_only_the_day_of_the_export_is_provisional(tmp_path: Path) -> None:
    records = known_on(tmp_path, "2026-11-20", OVERVIEW, overview("November 19", "November 20"))
    flags = {str(row["day"]): row["is_provisional"] for row in rows_of(records, "account_days")}
    assert flags == {"2026-11-19": False, "2026-11-20": True}


def test_the_day_of_the_export_is_told_by_the_clock_of_the_account(tmp_path: Path) -> None:
    late = Declared("tt", OVERVIEW.format, "tt/{extracted_at:%Y-%m-%dT%H%M%SZ}.csv", timezone="Asia/Tokyo")
    records = read(tmp_path, {"tt/2026-11-19T160000Z.csv": overview("November 20")}, late)
    assert days_of(records) == ["2026-11-20"]
    assert {row["is_provisional"] for row in rows_of(records, "account_days")} == {True}


def test_a_day_told_twice_in_different_ways_is_not_used(tmp_path: Path) -> None:
    content = export(DAYS, ("September 30", 1, 0, 0, 0, 0), ("September 30", 2, 0, 0, 0, 0))
    ledger = ledger_of(read_one(tmp_path, OVERVIEW, content))
    assert [reject.rule for reject in ledger.rejects] == ["conflict", "conflict"]


# --- followers and viewers -------------------------------------------------------------------------


def test_undefined_is_not_known_and_neither_are_the_zeros_beside_it(tmp_path: Path) -> None:
    records = known_on(tmp_path, "2026-11-20", FOLLOWERS, sample("tiktok_studio/FollowerHistory.csv"))
    (skip,) = ledger_of(records).skipped
    assert (skip.rule, skip.records) == ("no_value", 8)
    values = counters(records)
    assert values["2026-10-20", "followers"] == 37
    assert ("2026-10-20", "followers_net") not in values
    assert (values["2026-10-21", "followers_net"], values["2026-10-23", "followers_net"]) == (14, -2)
    assert values["2026-10-27", "followers_net"] == 0


def test_a_difference_is_what_lies_between_two_totals(tmp_path: Path) -> None:
    values = counters(
        known_on(tmp_path, "2026-11-20", FOLLOWERS, sample("tiktok_studio/FollowerHistory.csv"))
    )
    differences = {day: value for (day, counter), value in values.items() if counter == "followers_net"}
    assert len(differences) == 31
    for day, difference in differences.items():
        before = str(date.fromisoformat(day) - timedelta(days=1))
        assert values[day, "followers"] - values[before, "followers"] == difference


def test_a_difference_on_the_first_day_is_told_unless_it_is_zero(tmp_path: Path) -> None:
    header = ("Date", "Followers", "Difference in followers from previous day")
    told = export(header, ("September 29", 100, 10), ("September 30", 110, 10))
    assert counters(read_one(tmp_path, FOLLOWERS, told))["2026-09-29", "followers_net"] == 10


def test_viewers_are_taken_as_they_are_told_even_where_parts_and_total_differ_by_one(tmp_path: Path) -> None:
    records = known_on(tmp_path, "2026-11-20", VIEWERS, sample("tiktok_studio/Viewers.csv"))
    values = counters(records)
    parts = [values["2026-11-03", name] for name in ("viewers", "new_viewers", "returning_viewers")]
    assert parts == [24501, 15745, 8755]
    assert not [key for key in values if key[0] < "2026-10-20"]


def test_hours_to_come_are_no_zeros(tmp_path: Path) -> None:
    content = sample("tiktok_studio/FollowerActivity.csv")
    records = known_on(tmp_path, "2026-11-20", ACTIVITY, content)
    (skip,) = ledger_of(records).skipped
    assert (skip.rule, skip.records) == ("hour_to_come", 6)
    last = rows_of(records, "account_hours")[-1]
    assert (str(last["day"]), last["hour"], last["value"], last["is_provisional"]) == (
        "2026-11-20",
        17,
        1050,
        True,
    )


def test_zeros_of_a_day_that_is_over_are_numbers(tmp_path: Path) -> None:
    content = export(("Date", "Hour", "Active followers"), ("November 19", 0, 3), ("November 19", 23, 0))
    records = known_on(tmp_path, "2026-11-20", ACTIVITY, content)
    assert [(row["hour"], row["value"]) for row in rows_of(records, "account_hours")] == [(0, 3), (23, 0)]


def test_there_is_no_hour_24(tmp_path: Path) -> None:
    content = export(("Date", "Hour", "Active followers"), ("November 19", 24, 3))
    (reject,) = ledger_of(known_on(tmp_path, "2026-11-20", ACTIVITY, content)).rejects
    assert (reject.column, reject.reason) == ("Hour", "not an hour from 0 to 23")


def test_an_audience_is_told_in_shares_of_one(tmp_path: Path) -> None:
    rows = rows_of(read_one(tmp_path, GENDER, sample("tiktok_studio/FollowerGender.csv")), "audience_shares")
    assert [(row["dimension"], row["part"], row["share"], row["number"]) for row in rows] == [
        ("gender", "female", Decimal("0.62"), None),
        ("gender", "male", Decimal("0.38"), None),
        ("gender", "other", Decimal(0), None),
    ]


def test_countries_keep_their_letters_and_the_rest_is_a_word(tmp_path: Path) -> None:
    content = sample("tiktok_studio/FollowerTopTerritories.csv")
    rows = rows_of(read_one(tmp_path, TERRITORIES, content), "audience_shares")
    assert [row["part"] for row in rows] == ["SE", "PL", "DE", "NO", "JP", "others"]
    assert {(row["audience"], row["dimension"]) for row in rows} == {("followers", "country")}


def test_a_file_with_nothing_below_its_header_is_no_error(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, GENDER, export(("Gender", "Distribution"))))
    assert (ledger.counted, ledger.notices) == (0, ("no records below the header",))


def test_a_share_above_one_is_a_percentage_and_rejected(tmp_path: Path) -> None:
    content = export(("Gender", "Distribution"), ("Female", "62"))
    (reject,) = ledger_of(read_one(tmp_path, GENDER, content)).rejects
    assert (reject.column, reject.reason) == ("Distribution", "not a share between 0 and 1")


# --- videos ----------------------------------------------------------------------------------------


def test_a_video_is_a_post_named_by_its_link(tmp_path: Path) -> None:
    records = known_on(tmp_path, "2026-11-20", CONTENT, sample("tiktok_studio/Content.csv"))
    post = rows_of(records, "posts")[0]
    assert (post["post_id"], post["account"], post["permalink"]) == (
        "7588703512985091603",
        "lumibrews_demo",
        LINK,
    )
    assert (post["content_type"], post["caption"]) == ("video", "@NordhavenDemo #leaf26 #chillbrew ")
    assert post["hashtags"] == ("leaf26", "chillbrew")
    assert (str(post["published_on"]), post["published_at"]) == ("2025-12-02", None)


def test_captions_are_kept_to_the_blank_and_an_empty_one_is_none(tmp_path: Path) -> None:
    records = known_on(tmp_path, "2026-11-20", CONTENT, sample("tiktok_studio/Content.csv"))
    captions = [row["caption"] for row in rows_of(records, "posts")]
    assert captions.count(None) == 2
    assert {'tea > coffee, "fight me" 😅', "MINT  LIME SPRITZ TIN", "Two cups, one pot | zero rush #ad "} < {
        *captions
    }


def test_a_video_in_two_lists_of_one_day_says_the_same_in_both(tmp_path: Path) -> None:
    lists: dict[str, str | bytes] = {
        f"tt/{name}-2026-11-20.csv": sample(f"tiktok_studio/{name}.csv")
        for name in ("Content", "Content_by_likes")
    }
    records = read(tmp_path, lists, CONTENT)
    rows = rows_of(records, "post_counts")
    assert [ledger.accepted for ledger in records.ledgers] == [13, 8]
    assert len({(row["post_id"], row["counter"], row["known_at"]) for row in rows}) == 13 * 4
    assert len({(row["post_id"], row["counter"], row["known_at"], row["value"]) for row in rows}) == 13 * 4


def test_the_day_of_posting_goes_back_from_the_day_of_the_export_not_of_its_filing(tmp_path: Path) -> None:
    content = export(VIDEOS, ("November 20", "", LINK, "December 2", 1, 2, 3, 4))
    (post,) = rows_of(known_on(tmp_path, "2026-12-05", CONTENT, content), "posts")
    assert str(post["published_on"]) == "2025-12-02"


def test_favourites_are_read_where_they_are_and_play_time_never(tmp_path: Path) -> None:
    newer = (*VIDEOS, "Total play time", "Average watch time", "Watched full video", "Add to favorites")
    row = ("September 30", "", LINK, "September 2", 1, 2, 3, 4, "0h:22m:20s", "5.8s", "12.3%", 9)
    rows = rows_of(read_one(tmp_path, CONTENT, export(newer, row)), "post_counts")
    assert [(row["counter"], row["definition"], row["value"]) for row in rows] == [
        ("likes", "total_likes", 1),
        ("comments", "total_comments", 2),
        ("shares", "total_shares", 3),
        ("views", "total_views", 4),
        ("saves", "add_to_favorites", 9),
    ]
    assert {row["witness"] for row in rows} == {"export"}


def test_photos_are_images_and_tracking_behind_a_link_is_dropped(tmp_path: Path) -> None:
    link = "https://www.tiktok.com/@Kettle.Fern/photo/7535611230561299986?lang=en&_r=1"
    content = export(VIDEOS, ("September 30", "", link, "September 2", 1, 2, 3, 4))
    (post,) = rows_of(read_one(tmp_path, CONTENT, content), "posts")
    assert (post["content_type"], post["account"]) == ("image", "kettle.fern")
    assert post["permalink"] == "https://www.tiktok.com/@Kettle.Fern/photo/7535611230561299986"


@pytest.mark.parametrize(
    "link", ["", "7.58870E+18", "https://vm.tiktok.com/ZM8abc/", "https://evil.example/@a/video/1"]
)
def test_what_is_no_link_of_a_video_is_rejected(tmp_path: Path, link: str) -> None:
    content = export(VIDEOS, ("September 30", "", link, "September 2", 1, 2, 3, 4))
    (reject,) = ledger_of(read_one(tmp_path, CONTENT, content)).rejects
    assert reject.column == "Video link"


# --- files that are not what they should be --------------------------------------------------------


NOTHING_KNOWN = "line 1 names none of the columns of this format"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (OVERVIEW, "the column 'Video Views' is missing"),
        (FOLLOWERS, "the column 'Difference in followers from previous day' is missing"),
        (ACTIVITY, "the column 'Active followers' is missing"),
        (CONTENT, NOTHING_KNOWN),
        (GENDER, NOTHING_KNOWN),
        (TERRITORIES, NOTHING_KNOWN),
    ],
    ids=lambda value: getattr(value, "format", ""),
)
def test_another_section_under_this_name_is_refused(tmp_path: Path, source: Declared, said: str) -> None:
    records = read_one(tmp_path, source, sample("tiktok_studio/Viewers.csv"))
    assert not records.ledgers
    assert said in " ".join(map(str, records.faults))


def test_a_header_in_another_language_is_named_with_the_line_to_add(tmp_path: Path) -> None:
    content = export(("Datum", *DAYS[1:]), ("September 30", 1, 0, 0, 0, 0))
    fault = fault_of(read_one(tmp_path, OVERVIEW, content))
    assert "the column 'Date' is missing" in fault
    assert "'Datum'" in fault
    assert "headers of the source 'tt' in config/sources.yml" in fault
    told = Declared(**{**vars(OVERVIEW), "headers": {"Datum": "Date"}})
    assert days_of(read_one(tmp_path, told, content)) == ["2026-09-30"]


def test_a_file_that_breaks_off_in_a_cell_is_refused(tmp_path: Path) -> None:
    content = sample("tiktok_studio/Content.csv")[:700]
    assert "a quote that is never closed" in fault_of(read_one(tmp_path, CONTENT, content))


def test_a_line_that_breaks_off_is_a_reject(tmp_path: Path) -> None:
    content = overview("September 29") + b'\n"September 30","1","0"'
    (reject,) = ledger_of(read_one(tmp_path, OVERVIEW, content)).rejects
    assert (reject.first_line, reject.reason) == (3, "3 cells where the header has 6")


# --- generated files -------------------------------------------------------------------------------

number = st.integers(-(10**6), 10**12)
SPANISH = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip
LANGUAGES: dict[str, Any] = {
    "English": lambda day: f"{day:%B} {day.day}",
    "British": lambda day: f"{day.day} {day:%B}",
    "Spanish": lambda day: f"{day.day} de {SPANISH[day.month - 1]}",
}


@settings(max_examples=30, derandomize=True, deadline=None)
@given(
    last=st.dates(date(2021, 1, 1), date(2029, 12, 31)),
    values=st.lists(st.tuples(*[number] * 5), min_size=1, max_size=365),
    language=st.sampled_from(sorted(LANGUAGES)),
    filed_after=st.integers(0, 3),
)
def test_any_overview_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory,
    last: date,
    values: list[tuple[int, ...]],
    language: str,
    filed_after: int,
) -> None:
    days = [last - timedelta(days=back) for back in reversed(range(len(values)))]
    content = export(DAYS, *((LANGUAGES[language](day), *row) for day, row in zip(days, values, strict=True)))
    folder = tmp_path_factory.mktemp("overview")
    known = str(last + timedelta(days=filed_after))
    names = ("views", "profile_visits", "likes", "comments", "shares")
    assert counters(known_on(folder, known, OVERVIEW, content)) == {
        (str(day), name): value
        for day, row in zip(days, values, strict=True)
        for name, value in zip(names, row, strict=True)
    }


@settings(max_examples=30, derandomize=True, deadline=None)
@given(
    st.dictionaries(
        st.integers(10**17, 10**20 - 1).map(str),
        st.tuples(*[st.integers(0, 10**12)] * 4),
        min_size=1,
        max_size=8,
    )
)
def test_any_list_of_videos_is_read_back_with_every_digit_of_its_ids(
    tmp_path_factory: pytest.TempPathFactory, videos: dict[str, tuple[int, ...]]
) -> None:
    rows = [
        ("September 30", 'a, "b"\n#c', f"https://www.tiktok.com/@tea/video/{post_id}", "May 1", *totals)
        for post_id, totals in videos.items()
    ]
    records = read_one(tmp_path_factory.mktemp("videos"), CONTENT, export(VIDEOS, *rows))
    names = ("likes", "comments", "shares", "views")
    assert counters(records, "post_counts") == {
        (post_id, name): value
        for post_id, totals in videos.items()
        for name, value in zip(names, totals, strict=True)
    }
