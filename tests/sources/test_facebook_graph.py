from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_cases import expected
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample

POSTS = Declared("fb", "facebook_graph.posts", "fb/{extracted_at:%Y-%m-%d}.json", account="@Nordhaven")
OF_POSTS = Declared("fb", "facebook_graph.post_insights", "fb/{extracted_at:%Y-%m-%d}.json")
OF_PAGE = Declared(
    "fb", "facebook_graph.page_insights", "fb/{extracted_at:%Y-%m-%d}.json", account="@Nordhaven"
)
PAGE = Declared("fb", "facebook_graph.page", "fb/{extracted_at:%Y-%m-%d}.json", account="@Nordhaven")
FEED = "facebook_graph/recorded_posts__feeds_default_fields_p1.json"
POST = {
    "id": "61550000000001_900000000000001",
    "created_time": "2026-09-02T23:29:27+0000",
    "message": "Oolong at dawn #Tea",
    "permalink_url": "https://www.facebook.com/61550000000001/posts/900000000000001/",
    "status_type": "added_photos",
    "shares": {"count": 4},
    "reactions": {"data": [], "summary": {"total_count": 12}},
    "comments": {"data": [], "summary": {"total_count": 0}},
}
WITHOUT = "the first lacks"


def answer(*entries: dict[str, Any]) -> str:
    return json.dumps({"data": entries}, indent=1)


def insight(
    name: str, value: object, period: str = "lifetime", of: str = "61_900", **more: object
) -> dict[str, Any]:
    return {
        "name": name,
        "period": period,
        "values": [{"value": value, **more}],
        "id": f"{of}/insights/{name}/{period}",
    }


def counters(folder: Path, source: Declared, content: str) -> dict[str, tuple[int, str]]:
    rows = rows_of(read_one(folder, source, content), "post_counts")
    return {row["counter"]: (row["value"], row["definition"]) for row in rows}


# --- posts ---------------------------------------------------------------------------------------


def test_a_post_goes_by_its_own_id_without_that_of_its_page(tmp_path: Path) -> None:
    (post,) = rows_of(read_one(tmp_path, POSTS, answer(POST)), "posts")
    assert (post["post_id"], post["account"], post["content_type"], post["hashtags"]) == (
        "900000000000001", "nordhaven", "image", ("tea",),
    )  # fmt: skip
    assert (str(post["published_at"]), str(post["published_on"])) == ("2026-09-02 23:29:27", "2026-09-03")


def test_reactions_comments_and_shares_are_running_totals_of_a_list(tmp_path: Path) -> None:
    rows = rows_of(read_one(tmp_path, POSTS, answer(POST)), "post_counts")
    assert [(row["counter"], row["definition"], row["value"], row["witness"]) for row in rows] == [
        ("likes", "reactions", 12, "list"),
        ("comments", "comments", 0, "list"),
        ("shares", "shares", 4, "list"),
    ]


def test_shares_that_are_not_told_are_unknown(tmp_path: Path) -> None:
    untold = {name: value for name, value in POST.items() if name != "shares"}
    assert "shares" not in counters(tmp_path, POSTS, answer(untold))


def test_a_real_feed_reaches_its_control_sum(tmp_path: Path) -> None:
    records = read_one(tmp_path, POSTS, sample(FEED))
    rows = rows_of(records, "post_counts")
    likes, comments = (
        sum(row["value"] for row in rows if row["counter"] == counter) for counter in ("likes", "comments")
    )
    # The file tells the reactions twice: in one number, and by kind.
    assert 2 * likes + comments == expected(FEED, "total_count")
    assert "more pages exist" in ledger_of(records).notices[0]
    assert [row["content_type"] for row in rows_of(records, "posts")][:2] == ["image", "link"]


@pytest.mark.parametrize(
    ("fields", "content_type"),
    [
        ({"attachments": {"data": [{"media_type": "album"}]}}, "carousel"),
        ({"permalink_url": "/Nordhaven/videos/1192957457884299/", "status_type": None}, "video"),
        ({"permalink_url": "https://www.facebook.com/reel/9772876715327606/"}, "reel"),
        ({"status_type": "mobile_status_update"}, "text"),
        ({"status_type": "wall_post"}, None),
    ],
)
def test_content_types_follow_the_link_then_the_attachment(
    tmp_path: Path, fields: dict[str, Any], content_type: str | None
) -> None:
    (post,) = rows_of(read_one(tmp_path, POSTS, answer(POST | fields)), "posts")
    assert post["content_type"] == content_type


def test_videos_are_read_with_their_description_and_a_whole_link(tmp_path: Path) -> None:
    content = sample("facebook_graph/recorded_videos__videos_info_fields.json")
    post = rows_of(read_one(tmp_path, POSTS, content), "posts")[0]
    assert post["permalink"] == "https://www.facebook.com/FacebookforDevelopers/videos/1192957457884299/"
    assert post["caption"].startswith("After giving users")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (answer(POST | {"like_count": 1}), "an entry has 'like_count': it is a comment"),
        (answer({"id": "17", "media_type": "IMAGE"}), f"{WITHOUT} 'created_time'"),
        (answer(POST)[:-30], "is not complete JSON"),
        (
            '{"error": {"message": "(#200)", "type": "OAuthException", "code": 200}}',
            "is an error of the API, not data (OAuthException, code 200)",
        ),
    ],
)
def test_what_holds_no_posts_is_refused(tmp_path: Path, content: str, words: str) -> None:
    assert words in fault_of(read_one(tmp_path, POSTS, content))


@pytest.mark.parametrize(
    ("fields", "column", "rule"),
    [({"id": "a_b"}, "id", "id"), ({"created_time": "2026"}, "created_time", "moment"),
     ({"shares": {"count": -1}}, "shares.count", "count")],
)  # fmt: skip
def test_a_bad_field_rejects_its_post_by_name(
    tmp_path: Path, fields: dict[str, Any], column: str, rule: str
) -> None:
    content = answer(POST | {"id": "1_1"}, POST | fields)
    (reject,) = ledger_of(read_one(tmp_path, POSTS, content)).rejects
    assert (reject.column, reject.rule) == (column, rule)


@settings(max_examples=30, derandomize=True, deadline=None)
@given(
    told=st.dictionaries(
        st.integers(2**53, 10**18).map(str),
        st.tuples(*[st.one_of(st.none(), st.integers(0, 10**15 - 1))] * 3),
        max_size=6,
    )
)
def test_what_is_written_as_posts_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, tuple[int | None, ...]]
) -> None:
    entries = [
        {"id": f"61_{number}", "created_time": POST["created_time"], "shares": {"count": shares},
         "reactions": {"summary": {"total_count": likes}}, "comments": {"summary": {"total_count": comments}}}
        for number, (likes, comments, shares) in told.items()
    ]  # fmt: skip
    rows = rows_of(read_one(tmp_path_factory.mktemp("w"), POSTS, answer(*entries)), "post_counts")
    assert {(row["post_id"], row["counter"]): row["value"] for row in rows} == {
        (number, counter): value
        for number, values in told.items()
        for counter, value in zip(("likes", "comments", "shares"), values, strict=True)
        if value is not None
    }


# --- insights of posts ---------------------------------------------------------------------------


def test_insights_of_a_post_become_counters(tmp_path: Path) -> None:
    content = answer(
        insight("post_media_view", 900),
        insight("post_total_media_view_unique", 700),
        insight("post_reactions_by_type_total", {"like": 3, "love": 1}),
        insight("post_clicks", 8),
        insight("post_video_view_time", 61_000),
    )
    assert counters(tmp_path, OF_POSTS, content) == {
        "views": (900, "post_media_view"),
        "reach": (700, "post_total_media_view_unique"),
        "likes": (4, "post_reactions_by_type_total"),
        "clicks": (8, "post_clicks"),
        "watch_milliseconds": (61_000, "post_video_view_time"),
    }
    (row, *_) = rows_of(read_one(tmp_path, OF_POSTS, content), "post_counts")
    assert (row["platform"], row["post_id"], row["witness"]) == ("facebook", "900", "insights")


def test_the_name_of_before_2025_is_a_view_by_another_definition(tmp_path: Path) -> None:
    old, new = insight("post_impressions", 950), insight("post_media_view", 900)
    assert counters(tmp_path, OF_POSTS, answer(old)) == {"views": (950, "post_impressions")}
    assert counters(tmp_path, OF_POSTS, answer(old, new)) == {"views": (900, "post_media_view")}
    other = insight("post_impressions", 950, of="61_901")
    rows = rows_of(read_one(tmp_path, OF_POSTS, answer(other, new)), "post_counts")
    assert {row["post_id"]: row["value"] for row in rows} == {"900": 900, "901": 950}


def test_a_number_of_a_post_s_day_is_skipped(tmp_path: Path) -> None:
    content = answer(insight("post_media_view", 5, period="day", end_time="2026-09-03T07:00:00+0000"))
    ledger = ledger_of(read_one(tmp_path, OF_POSTS, content))
    assert [(skip.rule, skip.records) for skip in ledger.skipped] == [("period_not_used", 1)]


def test_insights_of_many_posts_by_their_ids(tmp_path: Path) -> None:
    pages = {of: {"data": [insight("post_clicks", 1, of=of)]} for of in ("61_900", "61_901")}
    rows = rows_of(read_one(tmp_path, OF_POSTS, json.dumps(pages)), "post_counts")
    assert [row["post_id"] for row in rows] == ["900", "901"]


@pytest.mark.parametrize("value", [{"like": -1}, {"like": "x"}, -1, 1.5, [1]])
def test_a_number_that_is_no_count_is_rejected(tmp_path: Path, value: object) -> None:
    content = answer(insight("post_reactions_by_type_total", value))
    (reject,) = ledger_of(read_one(tmp_path, OF_POSTS, content)).rejects
    assert (reject.column, reject.rule) == ("values[].value", "count")


# --- insights of the page ------------------------------------------------------------------------


def test_one_name_of_three_periods_is_a_day_and_two_spans(tmp_path: Path) -> None:
    path = "facebook_graph/page_insights_day_week.json"
    records = read_one(tmp_path, OF_PAGE, sample(path))
    days, spans = rows_of(records, "account_days"), rows_of(records, "account_spans")
    assert [(str(row["day"]), row["value"]) for row in days] == [("2026-03-09", 6611), ("2026-03-10", 7790)]
    assert [(str(row["from_day"]), str(row["to_day"]), row["value"]) for row in spans] == [
        ("2026-03-03", "2026-03-09", 20_233),
        ("2026-03-04", "2026-03-10", 20_710),
        ("2026-02-10", "2026-03-09", 70_111),
        ("2026-02-11", "2026-03-10", 70_950),
    ]
    assert sum(row["value"] for row in (*days, *spans)) == expected(path, "value")
    assert {(row["account"], row["counter"], row["definition"]) for row in (*days, *spans)} == {
        ("nordhaven", "reach", "page_impressions_unique")
    }


def test_an_empty_answer_is_no_error_and_not_zero(tmp_path: Path) -> None:
    records = read_one(tmp_path, OF_PAGE, sample("facebook_graph/page_insights_empty.json"))
    assert ledger_of(records).counted == 0
    assert "the list is empty" in ledger_of(records).notices[0]
    assert "access_token" not in str(ledger_of(records))


def test_followers_at_the_end_of_a_day_and_those_it_brought(tmp_path: Path) -> None:
    end = "2026-09-03T07:00:00+0000"
    content = answer(
        insight("page_follows", 1540, "day", "61", end_time=end),
        insight("page_fan_adds", 3, "day", "61", end_time=end),
        insight("page_daily_follows", 4, "day", "61", end_time=end),
    )
    rows = rows_of(read_one(tmp_path, OF_PAGE, content), "account_days")
    assert {row["counter"]: row["value"] for row in rows} == {"followers": 1540, "followers_gained": 4}


def test_names_of_two_generations_in_one_folder_are_read_side_by_side(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"fb/2026-09-0{day}.json": answer(
            insight(name, day, "day", "61", end_time=f"2026-09-0{day}T07:00:00+0000")
        )
        for day, name in ((3, "page_impressions"), (4, "page_media_view"))
    }
    rows = rows_of(read(tmp_path, files, OF_PAGE), "account_days")
    assert [(row["counter"], row["definition"]) for row in rows] == [
        ("views", "page_impressions"),
        ("views", "page_media_view"),
    ]


def test_insights_of_the_page_and_of_posts_are_told_apart_by_their_names(tmp_path: Path) -> None:
    page, post = insight("page_views_total", 1, "day", "61"), insight("post_clicks", 1)
    assert "insights of another kind (page_views_total)" in fault_of(
        read_one(tmp_path, OF_POSTS, answer(page))
    )
    assert "insights of another kind (post_clicks)" in fault_of(read_one(tmp_path, OF_PAGE, answer(post)))


# --- the page ------------------------------------------------------------------------------------


def test_a_page_tells_its_followers_and_else_its_fans(tmp_path: Path) -> None:
    both = '{"id": "61", "username": "Nordhaven.Tea", "followers_count": 28417, "fan_count": 28000}'
    (row,) = rows_of(read_one(tmp_path, PAGE, both), "account_totals")
    assert (row["account"], row["value"], row["definition"]) == ("nordhaven.tea", 28_417, "followers_count")
    (row,) = rows_of(read_one(tmp_path, PAGE, '{"id": "61", "fan_count": 28000}'), "account_totals")
    assert (row["account"], row["value"], row["definition"]) == ("nordhaven", 28_000, "fan_count")


def test_an_account_of_instagram_is_no_page(tmp_path: Path) -> None:
    content = '{"id": "17", "followers_count": 5, "media_count": 2}'
    assert "it is an account of Instagram" in fault_of(read_one(tmp_path, PAGE, content))


def test_a_post_is_no_page(tmp_path: Path) -> None:
    assert f"{WITHOUT} 'followers_count'" in fault_of(read_one(tmp_path, PAGE, answer(POST)))


def test_the_neighbours_of_insights_are_other_days_and_no_missing_page(tmp_path: Path) -> None:
    value = insight("page_media_view", 5, "day", "61", end_time="2026-09-02T07:00:00+0000")
    told = json.dumps({"data": [value], "paging": {"next": "https://graph.facebook.com/61/insights?since=1"}})
    assert ledger_of(read_one(tmp_path, OF_PAGE, told)).notices == ()
