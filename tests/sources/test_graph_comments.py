from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample

from perftrack_site.sources import FORMATS
from perftrack_site.sources.privacy.scrubbing import scrub

KEY = "0123456789abcdef0123456789abcdef"
INSTAGRAM = Declared("said", "graph_comments.instagram", "c/{extracted_at:%Y-%m-%d}.json")
FACEBOOK = Declared("said", "graph_comments.facebook", "c/{extracted_at:%Y-%m-%d}.json")
COMMENT = {
    "id": "21",
    "timestamp": "2026-09-02T23:01:11+0000",
    "text": "lid?",
    "like_count": 2,
    "username": "pal",
}
POSTED = {"id": "900_1", "created_time": "2026-09-02T08:29:27+0000", "message": "lid leaks", "like_count": 0}
LINK = "https://graph.facebook.com/v22.0/{}/comments?access_token=EAAB&after=QVF"


def answer(*comments: dict[str, Any], **paging: str) -> str:
    return json.dumps({"data": comments, "paging": paging}, indent=1)


def comments(folder: Path, content: str | bytes, source: Declared = INSTAGRAM) -> list[dict[str, Any]]:
    return rows_of(read_one(folder, source, content), "comments")


def test_a_comment_of_instagram(tmp_path: Path) -> None:
    (row,) = comments(tmp_path, answer(COMMENT | {"media": {"id": "18000000000000011"}}))
    assert (row["platform"], row["comment_id"], row["post_id"], row["text"], row["like_count"]) == (
        "instagram", "21", "18000000000000011", "lid?", 2,
    )  # fmt: skip
    assert (str(row["posted_at"]), str(row["posted_on"])) == ("2026-09-02 23:01:11", "2026-09-03")


def test_a_reply_is_a_comment_that_names_the_one_it_answers(tmp_path: Path) -> None:
    records = read_one(tmp_path, INSTAGRAM, sample("instagram_graph/media_comments_page1.json"))
    assert [(row["comment_id"][-1], row["parent_id"]) for row in rows_of(records, "comments")] == [
        ("1", None),
        ("2", "17900000000000001"),
        ("3", None),
    ]
    ledger = ledger_of(records)
    assert (ledger.counted, ledger.accepted) == (3, 3)
    assert "more pages exist" in ledger.notices[0]


def test_line_breaks_and_every_script_stay_in_the_text(tmp_path: Path) -> None:
    (row,) = comments(tmp_path, sample("instagram_graph/media_comments_page2.json"))
    assert row["text"] == "قلبي ❤️\nتسلم"


def test_who_wrote_it_never_passes(tmp_path: Path) -> None:
    told = COMMENT | {"from": {"id": "9", "username": "pal"}, "user": {"id": "9"}}
    records = read_one(tmp_path, INSTAGRAM, answer(told, COMMENT | {"id": "pal"}))
    assert "pal" not in str(records.rows["comments"])
    (reject,) = ledger_of(records).rejects
    assert (reject.column, reject.rule) == ("id", "id")


def test_a_scrubbed_page_tells_its_authors_apart_and_still_its_post(tmp_path: Path) -> None:
    content = sample("instagram_graph/media_comments_page1.json")
    scrubbed = scrub(content, FORMATS["graph_comments.instagram"], b"k" * 32).content
    found = comments(tmp_path, scrubbed)
    assert {row["post_id"] for row in found} == {"18000000000000011"}
    assert [len(row["author_key"] or "") for row in found] == [32, 0, 32]


@pytest.mark.parametrize("where", [{"author_key": KEY}, {"from": {"author_key": KEY}}])
def test_the_keyed_hash_of_an_author_is_kept(tmp_path: Path, where: dict[str, Any]) -> None:
    assert comments(tmp_path, answer(COMMENT | where))[0]["author_key"] == KEY


@pytest.mark.parametrize(
    ("content", "post"),
    [
        (answer(COMMENT, next=LINK.format("180")), "180"),
        (answer(COMMENT, previous=LINK.format("180")), "180"),
        (json.dumps({"180": {"data": [COMMENT]}}), "180"),
        (answer(COMMENT | {"media": {"id": "181"}}, next=LINK.format("180")), "181"),
        (json.dumps({"21": COMMENT}), None),
        (answer(COMMENT), None),
    ],
)
def test_the_post_is_told_by_the_comment_or_its_page(tmp_path: Path, content: str, post: str | None) -> None:
    records = read_one(tmp_path, INSTAGRAM, content)
    assert rows_of(records, "comments")[0]["post_id"] == post
    notices = " ".join(ledger_of(records).notices)
    assert ("the post of 1 comments is not told" in notices) == (post is None)
    assert "EAAB" not in notices


def test_pages_by_post_keep_their_comments_apart(tmp_path: Path) -> None:
    pages = {"180": {"data": [COMMENT]}, "181": {"data": [COMMENT | {"id": "22"}]}}
    found = {row["comment_id"]: row["post_id"] for row in comments(tmp_path, json.dumps(pages))}
    assert found == {"21": "180", "22": "181"}


def test_hidden_likes_of_a_comment_are_unknown_and_none_are_zero(tmp_path: Path) -> None:
    hidden = {name: value for name, value in COMMENT.items() if name != "like_count"}
    assert comments(tmp_path, answer(hidden))[0]["like_count"] is None
    assert comments(tmp_path, answer(COMMENT | {"like_count": 0}))[0]["like_count"] == 0


def test_a_comment_without_words_is_one_all_the_same(tmp_path: Path) -> None:
    assert comments(tmp_path, answer(COMMENT | {"text": ""}))[0]["text"] is None


def test_a_comment_that_stands_on_two_pages_counts_once(tmp_path: Path) -> None:
    content = json.dumps([{"data": [COMMENT]}, {"data": [COMMENT]}])
    ledger = ledger_of(read_one(tmp_path, INSTAGRAM, content))
    assert (ledger.counted, ledger.accepted, ledger.duplicates) == (2, 1, 1)


# --- Facebook ------------------------------------------------------------------------------------


def test_the_id_of_a_comment_of_facebook_names_its_post(tmp_path: Path) -> None:
    nested = POSTED | {"comments": {"data": [POSTED | {"id": "900_2"}]}}
    found = comments(tmp_path, answer(nested), FACEBOOK)
    assert [(row["comment_id"], row["post_id"], row["parent_id"]) for row in found] == [
        ("900_1", "900", None),
        ("900_2", "900", "900_1"),
    ]


def test_without_an_id_the_link_tells_comment_and_post(tmp_path: Path) -> None:
    found = comments(tmp_path, sample("facebook_graph/post_comments_page1.json"), FACEBOOK)
    assert [(row["comment_id"], row["post_id"], row["like_count"]) for row in found] == [
        ("900000000000001_1", "900000000000001", 0),
        ("900000000000001_2", "900000000000001", 3),
    ]


def test_an_id_without_its_post_takes_the_one_the_page_answers_for(tmp_path: Path) -> None:
    content = answer(POSTED | {"id": "7"}, next=LINK.format("61550000000001_900"))
    assert comments(tmp_path, content, FACEBOOK)[0]["post_id"] == "900"


def test_other_lists_inside_a_comment_do_not_disturb_the_count(tmp_path: Path) -> None:
    told = POSTED | {"message_tags": [{"id": "1", "name": "Ana"}], "reactions": {"data": [{"id": "2"}]}}
    assert ledger_of(read_one(tmp_path, FACEBOOK, answer(told))).counted == 1


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "content", "words"),
    [
        (INSTAGRAM, answer(COMMENT)[:-9], "is not complete JSON"),
        (INSTAGRAM, answer(POSTED), "the first lacks 'timestamp'"),
        (INSTAGRAM, answer(COMMENT | {"media_type": "IMAGE"}), "an entry has 'media_type': it is a post"),
        (FACEBOOK, answer(COMMENT), "the first lacks 'created_time'"),
        (FACEBOOK, answer(POSTED | {"status_type": "added_photos"}), "it is a post"),
        (FACEBOOK, answer(POSTED | {"comments": {"data": ["x"]}}), "cannot be accounted for: 1 comments"),
        (FACEBOOK, '{"error": {"code": 200, "type": "OAuthException"}}', "is an error of the API"),
    ],
)
def test_what_holds_no_comments_is_refused(
    tmp_path: Path, source: Declared, content: str, words: str
) -> None:
    assert words in fault_of(read_one(tmp_path, source, content))


def test_an_empty_list_is_no_error(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, FACEBOOK, '{"data": []}'))
    assert (ledger.counted, len(ledger.notices)) == (0, 1)


@pytest.mark.parametrize(
    ("fields", "column", "rule"),
    [({"timestamp": "yesterday"}, "timestamp", "moment"), ({"like_count": -1}, "like_count", "count"),
     ({"id": "1.79E+16"}, "id", "id_damaged"), ({"media": {"id": "x"}}, "media.id", "id")],
)  # fmt: skip
def test_a_bad_field_rejects_its_comment_by_name(
    tmp_path: Path, fields: dict[str, Any], column: str, rule: str
) -> None:
    records = read_one(tmp_path, INSTAGRAM, answer(COMMENT | fields, COMMENT | {"id": "22"}))
    assert [(reject.column, reject.rule) for reject in ledger_of(records).rejects] == [(column, rule)]


def test_a_later_file_tells_a_comment_again(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "c/2026-09-03.json": answer(COMMENT),
        "c/2026-09-04.json": answer(COMMENT),
    }
    assert [str(row["known_on"]) for row in rows_of(read(tmp_path, files, INSTAGRAM), "comments")] == [
        "2026-09-03",
        "2026-09-04",
    ]


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")).filter(str.strip)


@settings(max_examples=30, derandomize=True, deadline=None)
@given(
    told=st.dictionaries(
        st.integers(10**17, 10**18 - 1),
        st.tuples(TEXT, st.one_of(st.none(), st.integers(0, 10**6)), st.lists(TEXT, max_size=3)),
        max_size=6,
    )
)
def test_what_is_written_as_comments_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, told: dict[int, tuple[str, int | None, list[str]]]
) -> None:
    def comment(number: str, text: str, likes: int | None) -> dict[str, Any]:
        return COMMENT | {"id": number, "text": text, "like_count": likes}

    def replies(number: int, texts: list[str]) -> dict[str, Any]:
        return {"data": [comment(f"{number}{index}", text, None) for index, text in enumerate(texts)]}

    content = answer(
        *(
            comment(str(n), text, likes) | {"replies": replies(n, more)}
            for n, (text, likes, more) in told.items()
        )
    )
    found = comments(tmp_path_factory.mktemp("w"), content)
    assert {row["comment_id"]: (row["text"], row["like_count"]) for row in found} == {
        **{str(n): (text, likes) for n, (text, likes, _) in told.items()},
        **{f"{n}{at}": (text, None) for n, (*_, more) in told.items() for at, text in enumerate(more)},
    }
