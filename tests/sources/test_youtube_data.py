from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample

from perftrack_site.sources import FORMATS

VIDEOS = Declared("yt", "youtube_data.videos", "yt/{extracted_at:%Y-%m-%d}.json", account="Thandi.Tea")
CHANNELS = Declared("yt-ch", "youtube_data.channels", "yt/{extracted_at:%Y-%m-%d}.json", overlap="cumulative")
COMMENTS = Declared("yt-co", "youtube_data.comments", "yt/{extracted_at:%Y-%m-%d}*.json")
SNIPPET = {"publishedAt": "2026-08-31T22:30:00Z", "channelId": "UCabc", "title": "Tea"}
KEY = "0123456789abcdef0123456789abcdef"


def video(
    name: str = "TWINvid0001", snippet: dict[str, Any] | None = None, **parts: object
) -> dict[str, Any]:
    return {"kind": "youtube#video", "id": name, "snippet": SNIPPET | (snippet or {})} | parts


def answer(kind: str, *items: object, **more: object) -> str:
    return json.dumps({"kind": f"youtube#{kind}ListResponse", "items": items} | more, indent=1)


def counters(folder: Path, *videos: dict[str, Any]) -> dict[str, int]:
    rows = rows_of(read_one(folder, VIDEOS, answer("video", *videos)), "post_counts")
    return {row["counter"]: row["value"] for row in rows}


# --- videos --------------------------------------------------------------------------------------


def test_a_video_is_a_post_on_its_business_day(tmp_path: Path) -> None:
    described = video(snippet={"description": "with #Leaf26"})
    (post,) = rows_of(read_one(tmp_path, VIDEOS, answer("video", described)), "posts")
    assert (str(post["published_at"]), str(post["published_on"])) == ("2026-08-31 22:30:00", "2026-09-01")
    assert (post["account"], post["caption"], post["hashtags"]) == ("thandi.tea", "Tea", ("leaf26",))
    assert (post["content_type"], post["is_paid_partnership"]) == ("video", None)


def test_counts_come_as_text_and_are_what_everybody_sees(tmp_path: Path) -> None:
    seen = video(
        statistics={"viewCount": "20417", "likeCount": "0", "favoriteCount": "0", "commentCount": "3"}
    )
    rows = rows_of(read_one(tmp_path, VIDEOS, answer("video", seen)), "post_counts")
    assert [(row["counter"], row["value"]) for row in rows] == [
        ("views", 20417),
        ("likes", 0),
        ("comments", 3),
    ]
    assert {row["witness"] for row in rows} == {"list"}


def test_hidden_likes_and_closed_comments_stay_unknown(tmp_path: Path) -> None:
    assert counters(tmp_path, video(statistics={"viewCount": "7"})) == {"views": 7}


def test_a_paid_placement_and_a_live_stream_are_told(tmp_path: Path) -> None:
    paid = video(paidProductPlacementDetails={"hasPaidProductPlacement": True})
    live = video("TWINvid0002", liveStreamingDetails={"actualStartTime": "2026-08-31T22:30:00Z"})
    unpaid = video("TWINvid0003", paidProductPlacementDetails={"hasPaidProductPlacement": False})
    posts = rows_of(read_one(tmp_path, VIDEOS, answer("video", paid, live, unpaid)), "posts")
    assert [post["is_paid_partnership"] for post in posts] == [True, None, False]
    assert [post["content_type"] for post in posts] == ["video", "live", "video"]


def test_videos_of_several_channels_go_by_the_ids_of_their_channels(tmp_path: Path) -> None:
    other = video("TWINvid0002", {"channelId": "UCxyz"})
    posts = rows_of(read_one(tmp_path, VIDEOS, answer("video", video(), other)), "posts")
    assert [post["account"] for post in posts] == ["ucabc", "ucxyz"]


def test_moments_with_parts_of_a_second_are_read(tmp_path: Path) -> None:
    old = video(snippet={"publishedAt": "2019-03-21T20:37:49.000Z"})
    (post,) = rows_of(read_one(tmp_path, VIDEOS, answer("video", old)), "posts")
    assert str(post["published_at"]) == "2019-03-21 20:37:49"


@pytest.mark.parametrize(
    ("wrong", "column", "rule"),
    [
        ({"id": "UC_x5XG1OV2P6uZZ5FSM9Ttw"}, "id", "id"),
        ({"statistics": {"viewCount": "-1"}}, "statistics.viewCount", "count"),
        ({"statistics": {"viewCount": 1.5}}, "statistics.viewCount", "count"),
        ({"snippet": SNIPPET | {"publishedAt": "yesterday"}}, "snippet.publishedAt", "moment"),
    ],
)
def test_a_video_with_a_bad_field_is_rejected_by_name(
    tmp_path: Path, wrong: dict[str, Any], column: str, rule: str
) -> None:
    ledger = ledger_of(read_one(tmp_path, VIDEOS, answer("video", video("TWINvid0009"), video() | wrong)))
    assert (ledger.accepted, [(each.column, each.rule) for each in ledger.rejects]) == (1, [(column, rule)])


def test_the_same_video_twice_counts_once_and_not_at_all_if_it_differs(tmp_path: Path) -> None:
    assert ledger_of(read_one(tmp_path / "a", VIDEOS, answer("video", video(), video()))).duplicates == 1
    more = video(statistics={"viewCount": "8"})
    ledger = ledger_of(read_one(tmp_path / "b", VIDEOS, answer("video", video(), more)))
    assert [reject.rule for reject in ledger.rejects] == ["conflict", "conflict"]


def test_an_answer_without_videos_is_no_fault_and_gives_no_zero(tmp_path: Path) -> None:
    records = read_one(tmp_path, VIDEOS, answer("video"))
    assert ledger_of(records).counted == 0
    assert "empty" in ledger_of(records).notices[0]
    assert not any(records.rows.values())


def test_another_page_is_said_to_exist(tmp_path: Path) -> None:
    (notice,) = ledger_of(read_one(tmp_path, VIDEOS, answer("video", video(), nextPageToken="abc"))).notices
    assert notice.startswith("more pages exist")
    assert "abc" not in notice


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_an_answer_that_is_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    assert "is not complete JSON" in fault_of(read_one(tmp_path, VIDEOS, answer("video", video())[:-cut]))


IDS = st.text("ABCxyz019_-", min_size=11, max_size=11)
COUNT = st.none() | st.integers(0, 10**15 - 1)


@settings(max_examples=30, deadline=None)
@given(seen=st.dictionaries(IDS, st.tuples(COUNT, COUNT, COUNT), max_size=6))
def test_an_answer_is_read_back_equal(
    tmp_path_factory: pytest.TempPathFactory, seen: dict[str, tuple[int | None, ...]]
) -> None:
    names = {"viewCount": "views", "likeCount": "likes", "commentCount": "comments"}
    videos = [
        video(name, statistics={key: str(n) for key, n in zip(names, told, strict=True) if n is not None})
        for name, told in seen.items()
    ]
    records = read_one(tmp_path_factory.mktemp("yt"), VIDEOS, answer("video", *videos))
    assert {(row["post_id"], row["counter"]): row["value"] for row in rows_of(records, "post_counts")} == {
        (name, counter): number
        for name, told in seen.items()
        for counter, number in zip(names.values(), told, strict=True)
        if number is not None
    }


# --- channels ------------------------------------------------------------------------------------


def channel(handle: str = "@Thandi.Tea", **statistics: object) -> dict[str, Any]:
    snippet = {"title": "Thandi", "customUrl": handle}
    return {"kind": "youtube#channel", "id": f"UC{handle}", "snippet": snippet, "statistics": statistics}


def totals(folder: Path, *channels: dict[str, Any]) -> list[tuple[str, str, int]]:
    rows = rows_of(read_one(folder, CHANNELS, answer("channel", *channels)), "account_totals")
    return [(row["account"], row["counter"], row["value"]) for row in rows]


def test_a_channel_has_followers_views_and_posts(tmp_path: Path) -> None:
    seen = channel(viewCount="9", subscriberCount="1200", videoCount="4", hiddenSubscriberCount=False)
    assert totals(tmp_path, seen) == [
        ("thandi.tea", "followers", 1200), ("thandi.tea", "views", 9), ("thandi.tea", "posts", 4),
    ]  # fmt: skip


def test_hidden_subscribers_are_unknown_even_where_the_answer_says_0(tmp_path: Path) -> None:
    hidden = channel(viewCount="9", subscriberCount="0", hiddenSubscriberCount=True)
    assert totals(tmp_path, hidden) == [("thandi.tea", "views", 9)]


def test_a_channel_asked_for_without_statistics_is_skipped(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, CHANNELS, answer("channel", channel())))
    assert [(skip.rule, skip.records) for skip in ledger.skipped] == [("no_value", 1)]


def test_the_answer_of_another_call_is_refused(tmp_path: Path) -> None:
    assert "another call" in fault_of(read_one(tmp_path / "a", CHANNELS, answer("video", video())))
    assert "another call" in fault_of(read_one(tmp_path / "b", VIDEOS, answer("channel", channel())))
    assert "another call" in fault_of(read_one(tmp_path / "c", COMMENTS, answer("video", video())))


# --- comments ------------------------------------------------------------------------------------


def comment(name: str, **snippet: object) -> dict[str, Any]:
    said = {"textOriginal": "nice", "likeCount": 1, "publishedAt": "2026-09-01T23:00:00Z"}
    return {"kind": "youtube#comment", "id": name, "snippet": said | snippet}


def thread(name: str, *replies: dict[str, Any], **snippet: object) -> dict[str, Any]:
    top = comment(name, **snippet)
    told: dict[str, Any] = {"id": name, "snippet": {"videoId": "TWINvid0001", "topLevelComment": top}}
    return told | ({"replies": {"comments": replies}} if replies else {})


def test_a_thread_is_a_comment_of_its_video(tmp_path: Path) -> None:
    (row,) = rows_of(read_one(tmp_path, COMMENTS, answer("commentThread", thread("Ug1"))), "comments")
    assert (row["comment_id"], row["post_id"], row["parent_id"]) == ("Ug1", "TWINvid0001", None)
    assert (row["text"], row["like_count"], str(row["posted_on"])) == ("nice", 1, "2026-09-02")


def test_replies_within_a_thread_are_records_of_their_own(tmp_path: Path) -> None:
    reply = comment("Ug1.a", parentId="Ug1", videoId="TWINvid0001")
    records = read_one(tmp_path, COMMENTS, answer("commentThread", thread("Ug1", reply), thread("Ug2")))
    assert ledger_of(records).counted == 3
    assert [
        (row["comment_id"], row["parent_id"], row["post_id"]) for row in rows_of(records, "comments")
    ] == [
        ("Ug1", None, "TWINvid0001"),
        ("Ug1.a", "Ug1", "TWINvid0001"),
        ("Ug2", None, "TWINvid0001"),
    ]


def test_replies_that_cannot_be_counted_refuse_the_file(tmp_path: Path) -> None:
    odd = thread("Ug1") | {"replies": {"comments": [7]}}
    assert "0 replies counted, 1 found" in fault_of(
        read_one(tmp_path, COMMENTS, answer("commentThread", odd))
    )


def test_replies_asked_for_by_their_thread_do_not_tell_their_video(tmp_path: Path) -> None:
    (row,) = rows_of(
        read_one(tmp_path, COMMENTS, answer("comment", comment("Ug1.a", parentId="Ug1"))), "comments"
    )
    assert (row["comment_id"], row["parent_id"], row["post_id"]) == ("Ug1.a", "Ug1", None)


def test_who_wrote_a_comment_is_never_read_but_as_a_key(tmp_path: Path) -> None:
    author = {"authorDisplayName": "Viewer A", "authorChannelId": {"value": "UCsecret", "author_key": KEY}}
    records = read_one(tmp_path, COMMENTS, answer("commentThread", thread("Ug1", **author)))
    (row,) = rows_of(records, "comments")
    assert row["author_key"] == KEY
    assert "Viewer A" not in str(row)
    assert "UCsecret" not in str(row)


def test_the_fields_that_tell_an_author_are_declared_personal() -> None:
    form = FORMATS["youtube_data.comments"]
    text = sample("youtube_data_api/recorded_comments__comments_by_parent_paged_1.json").decode()
    told = {name for name in json.loads(text)["items"][0]["snippet"] if name.startswith("author")}
    declared = {path.split(".")[1] for path in (*form.personal, str(form.identity))}
    assert declared == told


def test_pages_of_comments_lie_beside_each_other(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        f"yt/2026-10-01-{page}.json": sample(
            f"youtube_data_api/recorded_comment_threads__comment_threads_by_video_paged_{page}.json"
        )
        for page in (1, 2)
    }
    records = read(tmp_path, pages, COMMENTS)
    assert not records.faults
    assert [ledger.accepted for ledger in records.ledgers] == [5, 5]
    assert [bool(ledger.notices) for ledger in records.ledgers] == [True, False]
