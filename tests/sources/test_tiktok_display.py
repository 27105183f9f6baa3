from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read_one, rows_of, sample

VIDEOS = Declared("tt", "tiktok_display.video_list", "tt/{extracted_at:%Y-%m-%d}.json", account="@Tea.House")
USER = Declared("tt-u", "tiktok_display.user_info", "tt/{extracted_at:%Y-%m-%d}.json", account="@Tea.House")
VIDEO: dict[str, Any] = {"id": "7510000000000007919", "create_time": 1789600000, "view_count": 5}


def answer(*videos: dict[str, Any], **more: object) -> str:
    return json.dumps({"data": {"videos": videos, "has_more": False, **more}, "error": {"code": "ok"}})


def user(**fields: object) -> str:
    return json.dumps({"data": {"user": fields}, "error": {"code": "ok", "message": ""}})


def test_a_video_is_a_post_with_its_running_totals(tmp_path: Path) -> None:
    records = read_one(tmp_path, VIDEOS, sample("tiktok_display/video_list_page1.json"))
    post, _ = rows_of(records, "posts")
    assert (post["post_id"], post["account"], post["content_type"]) == (
        "7510000000000007919", "lumibrews_demo", "video",
    )  # fmt: skip
    assert post["hashtags"] == ("ad", "leaf26")
    counts = [
        (row["counter"], row["definition"], row["value"]) for row in rows_of(records, "post_counts")[:4]
    ]
    assert counts == [
        ("views", "view_count", 1409), ("likes", "like_count", 13), ("comments", "comment_count", 0),
        ("shares", "share_count", 0),
    ]  # fmt: skip
    assert {row["witness"] for row in rows_of(records, "post_counts")} == {"list"}


def test_a_video_is_published_at_a_moment_and_on_a_business_day(tmp_path: Path) -> None:
    late = VIDEO | {"create_time": 1767218400}  # 31 December 2025, 22:00 UTC
    (post,) = rows_of(read_one(tmp_path, VIDEOS, answer(late)), "posts")
    assert (str(post["published_at"]), str(post["published_on"])) == ("2025-12-31 22:00:00", "2026-01-01")


def test_milliseconds_where_seconds_belong_are_rejected(tmp_path: Path) -> None:
    (reject,) = ledger_of(read_one(tmp_path, VIDEOS, answer(VIDEO | {"create_time": 1789600000000}))).rejects
    assert (reject.column, reject.reason) == ("create_time", "not a number of seconds since 1970")


def test_without_a_link_the_account_is_the_declared_one(tmp_path: Path) -> None:
    (post,) = rows_of(read_one(tmp_path, VIDEOS, answer(VIDEO)), "posts")
    assert (post["account"], post["content_type"], post["permalink"]) == ("tea.house", None, None)


def test_a_video_with_a_short_link_is_still_a_post(tmp_path: Path) -> None:
    records = read_one(tmp_path, VIDEOS, answer(VIDEO | {"share_url": "https://vm.tiktok.com/ZMtea/"}))
    (post,) = rows_of(records, "posts")
    assert (post["account"], post["permalink"]) == ("tea.house", "https://vm.tiktok.com/ZMtea/")
    assert [row["value"] for row in rows_of(records, "post_counts")] == [5]


def test_an_empty_caption_is_none_and_an_absent_counter_is_not_zero(tmp_path: Path) -> None:
    records = read_one(tmp_path, VIDEOS, answer(VIDEO | {"video_description": "", "title": ""}))
    assert rows_of(records, "posts")[0]["caption"] is None
    assert [row["counter"] for row in rows_of(records, "post_counts")] == ["views"]


def test_where_the_description_was_not_asked_for_the_title_is_the_caption(tmp_path: Path) -> None:
    (post,) = rows_of(read_one(tmp_path, VIDEOS, answer(VIDEO | {"title": "two cups #Tea"})), "posts")
    assert (post["caption"], post["hashtags"]) == ("two cups #Tea", ("tea",))


def test_a_list_that_goes_on_says_so(tmp_path: Path) -> None:
    first = ledger_of(read_one(tmp_path, VIDEOS, sample("tiktok_display/video_list_page1.json")))
    last = ledger_of(read_one(tmp_path, VIDEOS, sample("tiktok_display/video_list_page2.json")))
    assert first.notices == ("more pages exist: the last page of this list is not in this file",)
    assert last.notices == ()


def test_an_empty_list_is_no_error(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, VIDEOS, sample("tiktok_display/video_list_empty.json")))
    assert (ledger.counted, ledger.notices) == (
        0, ("the list is empty: the platform gives no record instead of 0",),
    )  # fmt: skip


@pytest.mark.parametrize("source", [VIDEOS, USER], ids=lambda source: source.format)
def test_an_expired_token_is_told_from_data(tmp_path: Path, source: Declared) -> None:
    fault = fault_of(read_one(tmp_path, source, sample("tiktok_display/error_token.json")))
    assert "is an error of the API, not data (code access_token_invalid)" in fault


def test_an_account_is_its_running_totals(tmp_path: Path) -> None:
    records = read_one(tmp_path, USER, sample("tiktok_display/user_info_stats.json"))
    assert ledger_of(records).accepted == 1
    rows = rows_of(records, "account_totals")
    assert {row["account"] for row in rows} == {"tea.house"}
    assert [(row["counter"], row["definition"], row["value"]) for row in rows] == [
        ("followers", "follower_count", 5120), ("likes", "likes_count", 60214), ("posts", "video_count", 214),
    ]  # fmt: skip


def test_an_account_that_tells_its_name_goes_by_it(tmp_path: Path) -> None:
    (row,) = rows_of(
        read_one(tmp_path, USER, user(username="Kettle.Fern", follower_count=0)), "account_totals"
    )
    assert (row["account"], row["value"]) == ("kettle.fern", 0)


def test_an_account_without_any_count_is_skipped(tmp_path: Path) -> None:
    (skip,) = ledger_of(read_one(tmp_path, USER, user(open_id="x"))).skipped
    assert (skip.rule, skip.records) == ("no_value", 1)


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"data": {}}', '{"data": {"user": []}}', '{"data": {"videos": []}}']
)
def test_another_answer_under_the_name_of_an_account_is_refused(tmp_path: Path, text: str) -> None:
    assert "expected an account: an object `data.user`" in fault_of(read_one(tmp_path, USER, text))


def test_an_answer_that_breaks_off_is_refused(tmp_path: Path) -> None:
    content = sample("tiktok_display/video_list_page1.json")[:500]
    assert "is not complete JSON" in fault_of(read_one(tmp_path, VIDEOS, content))


@settings(max_examples=30, derandomize=True, deadline=None)
@given(
    st.dictionaries(
        st.integers(2**53 + 1, 10**20).map(str),
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
            st.integers(0, 10**12),
        ),
        max_size=6,
    )
)
def test_any_list_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, videos: dict[str, tuple[str, int]]
) -> None:
    written = [
        {"id": post_id, "create_time": 1789600000, "video_description": text, "like_count": likes}
        for post_id, (text, likes) in videos.items()
    ]
    records = read_one(tmp_path_factory.mktemp("videos"), VIDEOS, answer(*written))
    ledger_of(records)
    captions = {row["post_id"]: row["caption"] for row in rows_of(records, "posts")}
    assert captions == {post_id: text if text.strip() else None for post_id, (text, _) in videos.items()}
    likes = {row["post_id"]: row["value"] for row in rows_of(records, "post_counts")}
    assert likes == {post_id: number for post_id, (_, number) in videos.items()}
