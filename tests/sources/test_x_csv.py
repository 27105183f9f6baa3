from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample
from written import csv_bytes

from perftrack_site.sources.reading import Records

OVERVIEW = Declared("x", "x_csv.account_overview", "x/{extracted_at:%Y-%m-%d}.csv", account="@NordhavenDemo")
CONTENT = Declared(
    "x-posts",
    "x_csv.content",
    "x/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv",
    account="nordhaven",
)
HEADER = ("Post id", "Date", "Post text", "Post Link")
LINK = "https://x.com/NordhavenDemo/status/2088999899118113059"
POST = ("2088999899118113059", "Sat, Aug 15, 2026", "gm #Leaf26", LINK)
LEGACY = (
    "Tweet id", "Tweet permalink", "Tweet text", "time", "impressions", "engagements", "engagement rate", "retweets",
    "replies", "likes", "user profile clicks", "url clicks", "follows",
)  # fmt: skip


def content(folder: Path, *rows: tuple[object, ...], header: tuple[str, ...] = ("Impressions",)) -> Records:
    """Read posts over four weeks, known on 17 August."""
    return posts(folder, csv_bytes([HEADER + header, *rows]))


def posts(folder: Path, table: str | bytes) -> Records:
    return read(folder, {"x/2026-07-20_2026-08-16-2026-08-17.csv": table}, CONTENT)


def told(records: Records, table: str) -> dict[str, Any]:
    return {row["counter"]: (row["value"], row["definition"]) for row in rows_of(records, table)}


# --- the account ---------------------------------------------------------------------------------


def test_a_day_of_the_account_is_told_in_the_words_of_all_platforms(tmp_path: Path) -> None:
    header = (
        "Date",
        "Impressions",
        "Engagements",
        "Bookmarks",
        "Shares",
        "New follows",
        "Unfollows",
        "Replies",
        "Reposts",
    )
    records = read_one(
        tmp_path, OVERVIEW, csv_bytes([header, ("Mon, Feb 9, 2026", 64, 18, 1, 2, 3, 4, 5, 6)])
    )
    assert told(records, "account_days") == {
        "views": (64, "impressions"), "interactions": (18, "engagements"), "saves": (1, "bookmarks"),
        "followers_gained": (3, "new_follows"), "followers_lost": (4, "unfollows"), "comments": (5, "replies"),
        "shares": (6, "reposts"),
    }  # fmt: skip
    assert {(row["account"], row["day"]) for row in rows_of(records, "account_days")} == {
        ("nordhavendemo", date(2026, 2, 9))
    }


def test_posts_are_not_taken_for_days_of_the_account(tmp_path: Path) -> None:
    table = sample("x_twitter/account_analytics_content_2026-07-20_2026-08-16.csv")
    fault = fault_of(read_one(tmp_path, OVERVIEW, table))
    assert "'Unfollows' is missing" in fault


# --- posts ---------------------------------------------------------------------------------------


def test_a_row_is_a_post_and_its_totals_over_the_days_in_the_name(tmp_path: Path) -> None:
    records = content(tmp_path, (*POST, 11))
    (post,) = rows_of(records, "posts")
    assert (post["account"], post["published_at"], post["published_on"]) == (
        "nordhavendemo",
        None,
        date(2026, 8, 15),
    )
    assert (post["caption"], post["hashtags"], post["content_type"]) == ("gm #Leaf26", ("leaf26",), None)
    (span,) = rows_of(records, "post_spans")
    assert (span["from_day"], span["to_day"]) == (date(2026, 7, 20), date(2026, 8, 16))
    assert (span["post_id"], span["counter"], span["value"]) == ("2088999899118113059", "views", 11)


def test_the_headers_of_2025_and_2026_say_the_same(tmp_path: Path) -> None:
    new = csv_bytes([(*HEADER, "URL Clicks"), (*POST, 3)])
    old = csv_bytes(
        [("Post id", "Date", "Post text", "Link", "Url clicks"), (POST[0], "Sat Aug 15 2026", *POST[2:], 3)]
    )
    one, other = posts(tmp_path / "new", new), posts(tmp_path / "old", old)
    assert told(one, "post_spans") == told(other, "post_spans") == {"clicks": (3, "url_clicks")}
    assert rows_of(one, "posts") == rows_of(other, "posts")


def test_tweets_of_the_time_before_are_read_with_their_moment(tmp_path: Path) -> None:
    link = "https://twitter.com/NordhavenDemo/status/1768700000000000000"
    row = (
        "1768700000000000000",
        link,
        "gm",
        "2024-03-15 22:42 +0000",
        117.0,
        4.0,
        0.03,
        2.0,
        1.0,
        3.0,
        5.0,
        6.0,
        7.0,
    )
    records = posts(tmp_path, csv_bytes([LEGACY, row]))
    (post,) = rows_of(records, "posts")
    assert (str(post["published_at"]), post["published_on"]) == ("2024-03-15 22:42:00", date(2024, 3, 16))
    assert {counter: value for counter, (value, _) in told(records, "post_spans").items()} == {
        "views": 117, "interactions": 4, "shares": 2, "comments": 1, "likes": 3, "profile_visits": 5, "clicks": 6,
        "follows": 7,
    }  # fmt: skip


def test_an_id_that_a_spreadsheet_rounded_is_taken_from_the_link(tmp_path: Path) -> None:
    records = content(tmp_path, ("2.089E+18", *POST[1:], 5))
    assert [row["post_id"] for row in rows_of(records, "posts")] == ["2088999899118113059"]
    assert ledger_of(records).notices[0].startswith("1 ids were damaged")


def test_an_id_whose_last_digits_became_zeros_is_taken_from_the_link_too(tmp_path: Path) -> None:
    records = content(tmp_path, ("2088999899118110000", *POST[1:], 5))
    assert [row["post_id"] for row in rows_of(records, "posts")] == ["2088999899118113059"]


def test_a_damaged_id_without_a_link_is_rejected(tmp_path: Path) -> None:
    (reject,) = ledger_of(content(tmp_path, ("2.089E+18", *POST[1:3], "", 5))).rejects
    assert (reject.column, reject.rule) == ("Post id", "id_damaged")


def test_engagements_are_taken_as_they_are_even_below_the_sum_of_their_parts(tmp_path: Path) -> None:
    records = content(tmp_path, (*POST, 1, 5, 3), header=("Engagements", "Likes", "Replies"))
    assert told(records, "post_spans")["interactions"] == (1, "engagements")


def test_a_blank_number_is_unknown(tmp_path: Path) -> None:
    assert told(content(tmp_path, (*POST, "", 0), header=("Likes", "Replies")), "post_spans") == {
        "comments": (0, "replies")
    }


def test_posts_without_the_days_they_cover_are_refused(tmp_path: Path) -> None:
    bare = Declared("x", "x_csv.content", "x/{extracted_at:%Y-%m-%d}.csv")
    assert "{from:%Y-%m-%d}" in fault_of(
        read_one(tmp_path, bare, csv_bytes([(*HEADER, "Likes"), (*POST, 1)]))
    )


def test_an_unknown_header_is_named_with_the_alias_to_add(tmp_path: Path) -> None:
    table = csv_bytes([("Post id", "Datum", "Post text", "Post Link", "Likes"), (*POST, 1)])
    fault = fault_of(posts(tmp_path, table))
    assert "'Datum'" in fault
    assert "`Datum: Date`" in fault


def test_both_exports_of_one_post_in_one_folder_are_two_spans(tmp_path: Path) -> None:
    later = csv_bytes([(*HEADER, "Likes"), (*POST, 2)])
    earlier = csv_bytes(
        [("Post id", "Date", "Post text", "Link", "Likes"), (POST[0], "Sat Aug 15 2026", *POST[2:], 1)]
    )
    files: dict[str, str | bytes] = {
        "x/2026-08-01_2026-08-15-2026-08-16.csv": earlier, "x/2026-08-16_2026-08-31-2026-09-01.csv": later,
    }  # fmt: skip
    rows = rows_of(read(tmp_path, files, CONTENT), "post_spans")
    assert [(row["to_day"], row["value"]) for row in rows] == [(date(2026, 8, 15), 1), (date(2026, 8, 31), 2)]


@settings(max_examples=30, deadline=None)
@given(
    told=st.dictionaries(
        st.integers(2**53, 2**63), st.tuples(*[st.none() | st.integers(0, 10**15 - 1)] * 3), max_size=6
    )
)
def test_posts_are_read_back_equal_with_every_digit_of_their_ids(
    tmp_path_factory: pytest.TempPathFactory, told: dict[int, tuple[int | None, ...]]
) -> None:
    rows = [
        (post, *POST[1:3], f"https://x.com/a/status/{post}", *("" if n is None else n for n in numbers))
        for post, numbers in told.items()
    ]
    records = content(tmp_path_factory.mktemp("x"), *rows, header=("Impressions", "Likes", "Reposts"))
    found = {(row["post_id"], row["counter"]): row["value"] for row in rows_of(records, "post_spans")}
    assert found == {
        (str(post), counter): number
        for post, numbers in told.items()
        for counter, number in zip(("views", "likes", "shares"), numbers, strict=True)
        if number is not None
    }
