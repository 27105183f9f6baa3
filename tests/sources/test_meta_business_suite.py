from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample
from written import csv_bytes

INSTAGRAM = Declared(
    "suite", "meta_business_suite.instagram_content", "mbs/{extracted_at:%Y-%m-%d}.csv", overlap="cumulative"
)
FACEBOOK = Declared(
    "page", "meta_business_suite.facebook_content", "mbs/{extracted_at:%Y-%m-%d}.csv", overlap="cumulative"
)
INSTAGRAM_POST = {
    "Post ID": "18771722973791420", "Account username": "Nordhaven", "Description": "Cold #Tea, slow",
    "Publish time": "09/01/2026 23:21", "Permalink": "https://www.instagram.com/p/TWINHuPKrAz/",
    "Post type": "IG image", "Date": "Lifetime", "Views": 123, "Reach": 112, "Likes": 9, "Shares": 1,
    "Comments": 0, "Saves": 4, "Follows": "",
}  # fmt: skip
FACEBOOK_POST = {
    "Post ID": "963413678004205", "Page name": "Nordhaven - Sverige", "Title": "", "Description": "Win 3 tins",
    "Publish time": "09/28/2026 07:23", "Permalink": "https://www.facebook.com/reel/9772876715327606/",
    "Post type": "Reels", "Funded content status": "", "Date": "Lifetime", "Views": 267, "Reach": 107,
    "Reactions, Comments and Shares": 3, "Reactions": 2, "Comments": 1, "Shares": 0, "Total clicks": 5,
    "Seconds viewed": "1199.465", "Average Seconds viewed": "7.317",
}  # fmt: skip


def export(*posts: dict[str, Any]) -> bytes:
    header = list(posts[0])
    rows = [header, *([post[name] for name in header] for post in posts)]
    return csv_bytes(rows, encoding="utf-8-sig", quote_all=True)


def counters(folder: Path, source: Declared, content: bytes) -> dict[str, tuple[int, str]]:
    rows = rows_of(read_one(folder, source, content), "post_counts")
    return {row["counter"]: (row["value"], row["definition"]) for row in rows}


def test_a_post_of_instagram_and_its_counters(tmp_path: Path) -> None:
    records = read_one(tmp_path, INSTAGRAM, export(INSTAGRAM_POST))
    (post,) = rows_of(records, "posts")
    assert (post["post_id"], post["account"], post["content_type"], post["hashtags"]) == (
        "18771722973791420", "nordhaven", "image", ("tea",),
    )  # fmt: skip
    found = {row["counter"]: row["value"] for row in rows_of(records, "post_counts")}
    assert found == {
        "views": 123, "reach": 112, "likes": 9, "shares": 1, "comments": 0, "saves": 4,
    }  # fmt: skip
    assert {row["witness"] for row in rows_of(records, "post_counts")} == {"export"}


def test_a_post_of_facebook_and_its_counters(tmp_path: Path) -> None:
    assert counters(tmp_path, FACEBOOK, export(FACEBOOK_POST)) == {
        "views": (267, "views"),
        "reach": (107, "reach"),
        "interactions": (3, "reactions_comments_and_shares"),
        "likes": (2, "reactions"),
        "comments": (1, "comments"),
        "shares": (0, "shares"),
        "clicks": (5, "total_clicks"),
        "watch_milliseconds": (1_199_465, "seconds_viewed"),
        "avg_watch_milliseconds": (7_317, "average_seconds_viewed"),
    }


def test_the_publish_time_is_told_by_the_clock_of_the_account(tmp_path: Path) -> None:
    stockholm = Declared(**{**vars(INSTAGRAM), "timezone": "Europe/Stockholm"})
    (post,) = rows_of(read_one(tmp_path, stockholm, export(INSTAGRAM_POST)), "posts")
    assert (str(post["published_at"]), str(post["published_on"])) == ("2026-09-01 21:21:00", "2026-09-01")
    samoa = Declared(**{**vars(INSTAGRAM), "timezone": "Pacific/Pago_Pago"})
    (post,) = rows_of(read_one(tmp_path, samoa, export(INSTAGRAM_POST)), "posts")
    assert (str(post["published_at"]), str(post["published_on"])) == ("2026-09-02 10:21:00", "2026-09-02")


def test_without_a_declared_zone_the_business_calendar_s_is_taken(tmp_path: Path) -> None:
    (post,) = rows_of(read_one(tmp_path, INSTAGRAM, export(INSTAGRAM_POST)), "posts")
    assert str(post["published_at"]) == "2026-09-01 21:21:00"


def test_a_lifetime_is_a_running_total_and_a_day_an_increment(tmp_path: Path) -> None:
    days = [
        INSTAGRAM_POST | {"Date": day, "Likes": likes}
        for day, likes in (("09/28/2026", 1), ("09/30/2026", 2))
    ]
    records = read_one(tmp_path, INSTAGRAM, export(INSTAGRAM_POST, *days))
    assert len(rows_of(records, "posts")) == 1
    assert [row["value"] for row in rows_of(records, "post_counts") if row["counter"] == "likes"] == [9]
    likes = [row for row in rows_of(records, "post_days") if row["counter"] == "likes"]
    assert [(str(row["day"]), row["value"], row["is_provisional"]) for row in likes] == [
        ("2026-09-28", 1, False),
        ("2026-09-30", 2, True),
    ]


def test_an_empty_cell_is_unknown_and_a_zero_is_zero(tmp_path: Path) -> None:
    found = counters(tmp_path, INSTAGRAM, export(INSTAGRAM_POST))
    assert "follows" not in found
    assert found["comments"] == (0, "comments")


def test_impressions_of_the_older_generation_are_views_by_another_definition(tmp_path: Path) -> None:
    older = {("Impressions" if name == "Views" else name): value for name, value in FACEBOOK_POST.items()}
    assert counters(tmp_path, FACEBOOK, export(older))["views"] == (267, "legacy_impressions")


def test_of_two_columns_called_views_the_first_is_the_post_s(tmp_path: Path) -> None:
    header = [*FACEBOOK_POST, "Views"]
    content = csv_bytes([header, [*FACEBOOK_POST.values(), 66]])
    assert counters(tmp_path, FACEBOOK, content)["views"] == (267, "views")


def test_a_row_that_was_cut_short_is_read_and_what_it_lacks_is_unknown(tmp_path: Path) -> None:
    cut = list(FACEBOOK_POST.values())[:-3]
    found = counters(tmp_path, FACEBOOK, csv_bytes([list(FACEBOOK_POST), cut]))
    assert "clicks" not in found
    assert found["shares"] == (0, "shares")


def test_five_rows_of_the_real_shape_are_short_and_all_of_them_count(tmp_path: Path) -> None:
    content = sample("meta_business_suite/Jul-03-2026_Sep-30-2026_1000000000000002.csv")
    records = read_one(tmp_path, FACEBOOK, content)
    assert ledger_of(records).accepted == 40
    assert sum(row["is_paid_partnership"] is True for row in rows_of(records, "posts")) == 1


def test_a_row_that_stands_for_an_error_is_a_reject_and_no_post(tmp_path: Path) -> None:
    content = sample("meta_business_suite/Dec-01-2023_Feb-28-2024_1000000000000004.csv")
    records = read_one(tmp_path, FACEBOOK, content)
    ledger = ledger_of(records)
    assert (ledger.counted, ledger.accepted, len(rows_of(records, "posts"))) == (20, 17, 17)
    assert [(reject.column, reject.rule) for reject in ledger.rejects] == [("Post ID", "missing")] * 3


def test_the_text_of_a_post_is_its_title_and_its_description(tmp_path: Path) -> None:
    both = FACEBOOK_POST | {"Title": "Oolong", "Description": "at dawn"}
    (post,) = rows_of(read_one(tmp_path, FACEBOOK, export(both)), "posts")
    assert post["caption"] == "Oolong\nat dawn"


def test_a_page_goes_by_its_title_unless_the_source_names_the_account(tmp_path: Path) -> None:
    (post,) = rows_of(read_one(tmp_path, FACEBOOK, export(FACEBOOK_POST)), "posts")
    assert post["account"] == "nordhaven - sverige"
    named = Declared(**{**vars(FACEBOOK), "account": "@NordhavenDemo"})
    (post,) = rows_of(read_one(tmp_path, named, export(FACEBOOK_POST)), "posts")
    assert post["account"] == "nordhavendemo"


@pytest.mark.parametrize(
    ("told", "content_type"),
    [("Reels", "reel"), ("Photo", "image"), ("Photos", "image"), ("Videos", "video"), ("Links", "link"),
     ("Text", "text"), ("Hologram", None), ("", None)],
)  # fmt: skip
def test_content_types_of_both_generations(tmp_path: Path, told: str, content_type: str | None) -> None:
    (post,) = rows_of(read_one(tmp_path, FACEBOOK, export(FACEBOOK_POST | {"Post type": told})), "posts")
    assert post["content_type"] == content_type


def test_an_id_that_a_spreadsheet_has_rounded_is_replaced_by_the_code_in_the_link(tmp_path: Path) -> None:
    records = read_one(tmp_path, INSTAGRAM, export(INSTAGRAM_POST | {"Post ID": "1.87717E+16"}))
    assert rows_of(records, "posts")[0]["post_id"] == "TWINHuPKrAz"
    assert "a spreadsheet has rounded 1 ids" in ledger_of(records).notices[0]


def test_a_rounded_id_without_a_link_is_rejected(tmp_path: Path) -> None:
    lost = INSTAGRAM_POST | {"Post ID": "1.87717E+16", "Permalink": ""}
    (reject,) = ledger_of(read_one(tmp_path, INSTAGRAM, export(lost))).rejects
    assert reject.rule == "id_damaged"


def test_ids_beyond_2_to_the_53_stay_exact(tmp_path: Path) -> None:
    post = INSTAGRAM_POST | {"Post ID": "18014398509481985"}
    (row,) = rows_of(read_one(tmp_path, INSTAGRAM, export(post)), "posts")
    assert row["post_id"] == "18014398509481985"


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [("Publish time", "31/12/2026 10:00", "day"), ("Date", "gesamt", "day"), ("Likes", "1,5", "count"),
     ("Views", "-3", "count"), ("Account username", "", "missing")],
)  # fmt: skip
def test_a_bad_cell_rejects_its_row_by_name(tmp_path: Path, column: str, value: str, rule: str) -> None:
    (reject,) = ledger_of(read_one(tmp_path, INSTAGRAM, export(INSTAGRAM_POST | {column: value}))).rejects
    assert (reject.column, reject.rule) == (column, rule)


def test_headers_in_another_language_are_named_with_the_line_to_add(tmp_path: Path) -> None:
    german = {("Reichweite" if name == "Reach" else name): value for name, value in INSTAGRAM_POST.items()}
    fault = fault_of(read_one(tmp_path, INSTAGRAM, export(german)))
    assert "the column 'Reach' is missing" in fault
    assert "add `Reichweite: Reach` to the headers of the source 'suite' in config/sources.yml" in fault
    told = Declared(**{**vars(INSTAGRAM), "headers": {"Reichweite": "Reach"}})
    assert counters(tmp_path, told, export(german))["reach"] == (112, "reach")


def test_the_export_of_the_other_platform_is_refused(tmp_path: Path) -> None:
    assert "'Account username' is missing" in fault_of(read_one(tmp_path, INSTAGRAM, export(FACEBOOK_POST)))
    assert "'Page name' is missing" in fault_of(read_one(tmp_path, FACEBOOK, export(INSTAGRAM_POST)))


def test_a_file_cut_off_within_a_caption_is_refused(tmp_path: Path) -> None:
    content = export(INSTAGRAM_POST | {"Description": "two\nlines"}).split(b"\nlines")[0]
    assert "a quote that is never closed" in fault_of(read_one(tmp_path, INSTAGRAM, content))


def test_two_generations_in_one_folder_are_read_side_by_side(tmp_path: Path) -> None:
    older = {("Impressions" if name == "Views" else name): value for name, value in FACEBOOK_POST.items()}
    files: dict[str, str | bytes] = {
        "mbs/2026-09-01.csv": export(older),
        "mbs/2026-10-01.csv": export(FACEBOOK_POST),
    }
    rows = rows_of(read(tmp_path, files, FACEBOOK), "post_counts")
    views = [(str(row["known_on"]), row["definition"]) for row in rows if row["counter"] == "views"]
    assert views == [("2026-09-01", "legacy_impressions"), ("2026-10-01", "views")]


def test_an_export_without_rows_is_no_error(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, INSTAGRAM, csv_bytes([list(INSTAGRAM_POST)])))
    assert (ledger.counted, ledger.notices) == (0, ("no records below the header",))


COUNT = st.one_of(st.none(), st.integers(0, 10**15 - 1))
COLUMN_OF = {"views": "Views", "reach": "Reach", "likes": "Likes", "shares": "Shares", "saves": "Saves"}


@settings(max_examples=30, derandomize=True, deadline=None)
@given(
    posts=st.dictionaries(
        st.integers(10**16, 10**18).map(str),
        st.tuples(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
                  st.fixed_dictionaries(dict.fromkeys(COLUMN_OF, COUNT))),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_what_is_written_as_an_export_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, posts: dict[str, tuple[str, dict[str, int | None]]]
) -> None:
    blank = dict.fromkeys(INSTAGRAM_POST, "") | {
        name: INSTAGRAM_POST[name] for name in ("Account username", "Publish time", "Date")
    }
    content = export(
        *(
            blank | {"Post ID": post_id, "Description": text}
            | {COLUMN_OF[name]: "" if value is None else value for name, value in values.items()}
            for post_id, (text, values) in posts.items()
        )
    )  # fmt: skip
    records = read_one(tmp_path_factory.mktemp("w"), INSTAGRAM, content)
    found = {(row["post_id"], row["counter"]): row["value"] for row in rows_of(records, "post_counts")}
    assert found == {
        (post_id, name): value
        for post_id, (_, values) in posts.items()
        for name, value in values.items()
        if value is not None
    }


def test_a_time_at_the_edge_of_the_calendar_is_rejected(tmp_path: Path) -> None:
    edge = INSTAGRAM_POST | {"Publish time": "12/31/9999 23:59"}
    (reject,) = ledger_of(read_one(tmp_path, INSTAGRAM, export(edge))).rejects
    assert (reject.column, reject.reason) == ("Publish time", "no such moment in the calendar")


def test_posts_of_two_pages_under_one_declared_account_are_told(tmp_path: Path) -> None:
    two = export(FACEBOOK_POST, FACEBOOK_POST | {"Post ID": "2", "Page name": "Nordhaven - Norge"})
    declared = Declared(**{**vars(FACEBOOK), "account": "nordhaven"})
    (notice,) = ledger_of(read_one(tmp_path, declared, two)).notices
    assert notice == "holds posts of 2 pages, and all are taken for nordhaven: export each page by itself"
    assert ledger_of(read_one(tmp_path, FACEBOOK, two)).notices == ()
