from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_cases import expected
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample

from perftrack_site.sources.reading import Records

TWEETS = Declared("x", "x_api.tweets", "x/{extracted_at:%Y-%m-%d}*.json", account="@NordhavenDemo")
USERS = Declared("x-users", "x_api.users", "x/{extracted_at:%Y-%m-%d}.json", overlap="cumulative")
POST = {"id": "2088000000000000003", "text": "Tea #Leaf26", "created_at": "2026-08-31T22:30:00.000Z"}


def tweet(**fields: object) -> dict[str, Any]:
    return POST | fields


def answer(*posts: object, **more: object) -> str:
    return json.dumps({"data": posts} | more, indent=1)


def told(records: Records) -> dict[str, tuple[int, str, str]]:
    rows = rows_of(records, "post_counts")
    return {row["counter"]: (row["value"], row["definition"], row["witness"]) for row in rows}


def only_post(folder: Path, text: str) -> dict[str, Any]:
    (post,) = rows_of(read_one(folder, TWEETS, text), "posts")
    return post


def test_a_post_stands_on_its_business_day(tmp_path: Path) -> None:
    post = only_post(tmp_path, answer(tweet()))
    assert (str(post["published_at"]), str(post["published_on"])) == ("2026-08-31 22:30:00", "2026-09-01")
    assert (post["account"], post["hashtags"]) == ("nordhavendemo", ("leaf26",))
    assert post["permalink"].endswith("/status/2088000000000000003")


def test_what_everybody_sees_and_what_the_owner_sees_have_their_witness(tmp_path: Path) -> None:
    public = {"impression_count": 9, "like_count": 0, "reply_count": 2, "bookmark_count": 3}
    own = {"url_link_clicks": 4, "user_profile_clicks": 5, "engagements": 6, "impression_count": 9}
    assert told(read_one(tmp_path, TWEETS, answer(tweet(public_metrics=public, non_public_metrics=own)))) == {
        "views": (9, "impressions", "list"),
        "likes": (0, "likes", "list"),
        "comments": (2, "replies", "list"),
        "saves": (3, "bookmarks", "list"),
        "clicks": (4, "url_link_clicks", "insights"),
        "profile_visits": (5, "user_profile_clicks", "insights"),
        "interactions": (6, "engagements", "insights"),
    }


def test_shares_are_reposts_and_quotes_where_both_are_told(tmp_path: Path) -> None:
    both = answer(tweet(public_metrics={"retweet_count": 3, "quote_count": 1}))
    assert told(read_one(tmp_path / "1", TWEETS, both)) == {"shares": (4, "reposts_and_quotes", "list")}
    one = answer(tweet(public_metrics={"retweet_count": 3}))
    assert told(read_one(tmp_path / "2", TWEETS, one)) == {"shares": (3, "reposts", "list")}
    assert told(read_one(tmp_path / "3", TWEETS, answer(tweet(public_metrics={"quote_count": 1})))) == {}


def test_shares_of_a_sample_are_those_of_the_index(tmp_path: Path) -> None:
    path = "x_twitter/api_v2_tweets_page1.json"
    rows = rows_of(read_one(tmp_path, TWEETS, sample(path)), "post_counts")
    shares = sum(row["value"] for row in rows if row["counter"] == "shares")
    assert shares == expected(path, "retweet_count") + expected(path, "quote_count")


def test_a_repost_is_skipped_its_counters_are_anothers(tmp_path: Path) -> None:
    repost = tweet(
        referenced_tweets=[{"type": "retweeted", "id": "7"}], public_metrics={"retweet_count": 900}
    )
    reply = tweet(id="5", referenced_tweets=[{"type": "replied_to", "id": "7"}])
    records = read_one(tmp_path, TWEETS, answer(repost, reply))
    assert [row["post_id"] for row in rows_of(records, "posts")] == ["5"]
    assert [(skip.rule, skip.records) for skip in ledger_of(records).skipped] == [("repost", 1)]


@pytest.mark.parametrize(
    ("kinds", "content_type"),
    [
        (["photo"], "image"),
        (["photo", "photo"], "carousel"),
        (["video"], "video"),
        (["animated_gif"], "video"),
        ([None], None),
    ],
)
def test_what_a_post_is_follows_from_the_media_beside_it(
    tmp_path: Path, kinds: list[str | None], content_type: str | None
) -> None:
    keys = [f"3_{number}" for number, _ in enumerate(kinds)]
    media = [{"media_key": key, "type": kind} for key, kind in zip(keys, kinds, strict=True) if kind]
    text = answer(tweet(attachments={"media_keys": keys}), includes={"media": media})
    assert only_post(tmp_path, text)["content_type"] == content_type


def test_without_any_media_what_a_post_is_stays_unknown(tmp_path: Path) -> None:
    assert only_post(tmp_path, answer(tweet()))["content_type"] is None


def test_the_user_name_beside_the_posts_is_believed_before_the_declared_account(tmp_path: Path) -> None:
    users = {"users": [{"id": "19", "username": "LumiBrews", "name": "Lumi"}]}
    assert only_post(tmp_path, answer(tweet(author_id="19"), includes=users))["account"] == "lumibrews"


def test_posts_of_several_authors_without_names_go_by_their_numbers(tmp_path: Path) -> None:
    text = answer(tweet(author_id="19"), tweet(id="4", author_id="20"))
    assert [row["account"] for row in rows_of(read_one(tmp_path, TWEETS, text), "posts")] == ["19", "20"]


def test_a_long_post_is_read_in_full_and_a_paid_one_is_marked(tmp_path: Path) -> None:
    post = only_post(tmp_path, answer(tweet(note_tweet={"text": "all of it #ad"}, paid_partnership=True)))
    assert (post["caption"], post["hashtags"], post["is_paid_partnership"]) == (
        "all of it #ad",
        ("ad",),
        True,
    )


def test_an_answer_without_posts_is_no_fault(tmp_path: Path) -> None:
    assert ledger_of(read_one(tmp_path, TWEETS, '{"meta": {"result_count": 0}}')).counted == 0
    assert "another shape" in fault_of(read_one(tmp_path / "2", TWEETS, '{"meta": {"result_count": 2}}'))


def test_another_page_is_said_to_exist_and_its_token_is_not_repeated(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        f"x/2026-10-01-{page}.json": sample(f"x_twitter/api_v2_tweets_page{page}.json") for page in (1, 2)
    }
    records = read(tmp_path, pages, TWEETS)
    assert [len(ledger.notices) for ledger in records.ledgers] == [1, 0]
    assert "twintoken" not in str(records.ledgers)


@pytest.mark.parametrize(
    ("wrong", "column", "rule"),
    [
        ({"id": "2.088E+18"}, "id", "id_damaged"),
        ({"created_at": "soon"}, "created_at", "moment"),
        ({"public_metrics": {"like_count": -1}}, "public_metrics.like_count", "count"),
        ({"text": "half \ud83e"}, "note_tweet.text", "text"),
    ],
)
def test_a_post_with_a_bad_field_is_rejected_by_name(
    tmp_path: Path, wrong: dict[str, Any], column: str, rule: str
) -> None:
    (reject,) = ledger_of(read_one(tmp_path, TWEETS, answer(tweet(id="1"), tweet(**wrong)))).rejects
    assert (reject.column, reject.rule) == (column, rule)


@settings(max_examples=30, deadline=None)
@given(
    seen=st.dictionaries(
        st.integers(2**53, 2**63), st.tuples(*[st.none() | st.integers(0, 10**15 - 1)] * 3), max_size=6
    ),
    as_numbers=st.booleans(),
)
def test_an_answer_is_read_back_equal_with_every_digit_of_its_ids(
    tmp_path_factory: pytest.TempPathFactory,
    seen: dict[int, tuple[int | None, ...]],
    as_numbers: bool,  # noqa: FBT001
) -> None:
    names = {"impression_count": "views", "like_count": "likes", "reply_count": "comments"}
    posts = [
        tweet(id=post if as_numbers else str(post), public_metrics=dict(zip(names, numbers, strict=True)))
        for post, numbers in seen.items()
    ]
    rows = rows_of(read_one(tmp_path_factory.mktemp("x"), TWEETS, answer(*posts)), "post_counts")
    assert {(row["post_id"], row["counter"]): row["value"] for row in rows} == {
        (str(post), counter): number
        for post, numbers in seen.items()
        for counter, number in zip(names.values(), numbers, strict=True)
        if number is not None
    }


# --- users ---------------------------------------------------------------------------------------


def test_a_user_has_followers_and_posts(tmp_path: Path) -> None:
    user = {
        "id": "19",
        "username": "LumiBrews",
        "public_metrics": {"followers_count": 514020, "tweet_count": 7},
    }
    rows = rows_of(read_one(tmp_path, USERS, answer(user)), "account_totals")
    assert [(row["account"], row["counter"], row["value"]) for row in rows] == [
        ("lumibrews", "followers", 514020),
        ("lumibrews", "posts", 7),
    ]


def test_posts_and_users_are_not_taken_for_each_other(tmp_path: Path) -> None:
    assert "'username'" in fault_of(read_one(tmp_path / "1", USERS, answer(tweet())))
    user = {"id": "19", "username": "LumiBrews"}
    assert "'created_at'" in fault_of(read_one(tmp_path / "2", TWEETS, answer(user)))
