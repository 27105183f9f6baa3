from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sources_helpers import (
    FILES,
    INSIGHTS,
    MEDIA,
    control_sums,
    fault_of,
    ledger_of,
    read_one,
    rows_of,
    sample,
)

from perftrack_site.sources.platforms.instagram_graph import hashtags

POST = {"id": "17", "media_type": "VIDEO", "timestamp": "2026-09-02T23:20:02+0000"}


def media(**fields: object) -> str:
    return json.dumps({"data": [POST | fields]})


def element(name: str, value: object, post: str = "17") -> dict[str, Any]:
    return {
        "name": name,
        "period": "lifetime",
        "values": [{"value": value}],
        "id": f"{post}/insights/{name}/lifetime",
    }


def insights(*elements: dict[str, Any]) -> str:
    return json.dumps({"data": elements}, indent=1)


def counts(folder: Path, *elements: dict[str, Any]) -> dict[str, tuple[int, str]]:
    rows = rows_of(read_one(folder, INSIGHTS, insights(*elements)), "post_counts")
    return {row["counter"]: (row["value"], row["definition"]) for row in rows}


# --- media ---------------------------------------------------------------------------------------


def test_a_media_list_becomes_posts_with_their_likes_and_comments(tmp_path: Path) -> None:
    records = read_one(tmp_path, MEDIA, (FILES / "user_media_page1.json").read_bytes())
    reel, carousel = rows_of(records, "posts")
    assert (reel["platform"], reel["account"], reel["content_type"]) == (
        "instagram",
        "lumibrews_demo",
        "reel",
    )
    assert (carousel["content_type"], carousel["hashtags"]) == (
        "carousel",
        ("nordhaventee", "leaf26", "teatok"),
    )
    assert (carousel["first_line"], carousel["last_line"]) == (15, 25)
    shown = [
        (row["post_id"][-2:], row["counter"], row["value"], row["witness"])
        for row in rows_of(records, "post_counts")
    ]
    assert shown == [
        ("11", "likes", 111, "list"),
        ("11", "comments", 8, "list"),
        ("12", "comments", 0, "list"),
    ]


def test_hidden_likes_stay_unknown(tmp_path: Path) -> None:
    records = read_one(tmp_path, MEDIA, media(like_count=None, comments_count=0))
    assert [row["counter"] for row in rows_of(records, "post_counts")] == ["comments"]


def test_a_post_stands_on_its_business_day(tmp_path: Path) -> None:
    (post,) = rows_of(read_one(tmp_path, MEDIA, media()), "posts")
    assert str(post["published_at"]) == "2026-09-02 23:20:02"
    assert str(post["published_on"]) == "2026-09-03"


def test_without_a_user_name_the_declared_account_stands_in(tmp_path: Path) -> None:
    assert rows_of(read_one(tmp_path, MEDIA, media()), "posts")[0]["account"] == "thandi.m"
    assert rows_of(read_one(tmp_path, MEDIA, media(username="@Ana")), "posts")[0]["account"] == "ana"


@pytest.mark.parametrize(
    ("kind", "product", "content_type"),
    [
        ("IMAGE", "FEED", "image"),
        ("CAROUSEL_ALBUM", "AD", "carousel"),
        ("VIDEO", "FEED", "video"),
        ("VIDEO", "REELS", "reel"),
        ("IMAGE", "STORY", "story"),
        ("VIDEO", None, "video"),
    ],
)
def test_content_types_follow_the_product_then_the_media(
    tmp_path: Path, kind: str, product: str | None, content_type: str
) -> None:
    records = read_one(tmp_path, MEDIA, media(media_type=kind, media_product_type=product))
    assert rows_of(records, "posts")[0]["content_type"] == content_type


def test_hashtags_are_found_in_every_script_and_compared_without_case() -> None:
    assert hashtags("#Tea \uff03Straße, #tea#हिन्दी! #a_1 # &#39; no") == (
        "tea",
        "strasse",
        "हिन्दी",
        "a_1",
        "39",
    )


@pytest.mark.parametrize(
    ("fields", "column", "rule"),
    [
        ({"timestamp": None}, "timestamp", "missing"),
        ({"timestamp": "2026-09-02"}, "timestamp", "moment"),
        ({"media_type": "HOLOGRAM"}, "media_type", "choice"),
        ({"like_count": -1}, "like_count", "count"),
        ({"like_count": 1.5}, "like_count", "count"),
        ({"like_count": True}, "like_count", "count"),
        ({"comments_count": [3]}, "comments_count", "count"),
        ({"caption": "half \ud83e"}, "caption", "text"),
        ({"id": "abc"}, "id", "id"),
    ],
)
def test_a_media_with_a_bad_field_is_rejected_by_name(
    tmp_path: Path, fields: dict[str, Any], column: str, rule: str
) -> None:
    (reject,) = ledger_of(read_one(tmp_path, MEDIA, media(**fields))).rejects
    assert (reject.column, reject.rule) == (column, rule)


def test_insights_inside_a_media_are_counters_of_insights(tmp_path: Path) -> None:
    nested = {"data": [element("views", 9), element("plays", 7), element("profile_activity", 1)]}
    records = read_one(tmp_path, MEDIA, media(insights=nested))
    assert ledger_of(records).counted == 1
    (row,) = rows_of(records, "post_counts")
    assert (row["counter"], row["value"], row["witness"]) == ("views", 9, "insights")


@pytest.mark.parametrize("bad", [element("views", -1), element("views", 1, post="18")])
def test_a_media_with_a_bad_nested_insight_is_rejected(tmp_path: Path, bad: dict[str, Any]) -> None:
    (reject,) = ledger_of(read_one(tmp_path, MEDIA, media(insights={"data": [bad]}))).rejects
    assert reject.column.startswith("insights.")


def test_a_post_that_stands_twice_counts_once_and_not_at_all_if_it_differs(tmp_path: Path) -> None:
    same = {"data": [POST, POST]}
    assert ledger_of(read_one(tmp_path, MEDIA, json.dumps(same))).duplicates == 1
    other = {"data": [POST, POST | {"like_count": 3}]}
    ledger = ledger_of(read_one(tmp_path, MEDIA, json.dumps(other)))
    assert [(reject.rule, reject.column) for reject in ledger.rejects] == [("conflict", "id")] * 2


# --- insights ------------------------------------------------------------------------------------


def test_insights_of_today_become_counters(tmp_path: Path) -> None:
    records = read_one(tmp_path, INSIGHTS, (FILES / "media_insights_v22_views.json").read_bytes())
    found = {row["counter"]: row["value"] for row in rows_of(records, "post_counts")}
    assert found == {
        "views": 2511, "reach": 1990, "likes": 111, "comments": 8, "saves": 6, "shares": 2,
        "interactions": 127, "avg_watch_milliseconds": 12401, "watch_milliseconds": 31140000,
    }  # fmt: skip
    assert {row["witness"] for row in rows_of(records, "post_counts")} == {"insights"}


def test_plays_of_the_old_api_are_views_by_another_definition(tmp_path: Path) -> None:
    records = read_one(tmp_path, INSIGHTS, (FILES / "media_insights_legacy_plays.json").read_bytes())
    (views,) = [row for row in rows_of(records, "post_counts") if row["counter"] == "views"]
    assert (views["value"], views["definition"], views["first_line"]) == (2407, "plays", 47)
    assert [skip.rule for skip in ledger_of(records).skipped] == ["name_not_used", "name_not_used"]


def test_where_views_stand_the_old_names_of_that_post_are_left_out(tmp_path: Path) -> None:
    text = insights(element("plays", 7), element("views", 9), element("impressions", 5, post="18"))
    records = read_one(tmp_path, INSIGHTS, text)
    assert [(row["post_id"], row["definition"]) for row in rows_of(records, "post_counts")] == [
        ("17", "views"),
        ("18", "legacy_impressions"),
    ]
    assert ledger_of(records).skipped[0].rule == "superseded_name"


def test_replies_to_a_story_are_its_comments(tmp_path: Path) -> None:
    assert counts(tmp_path, element("replies", 4)) == {"comments": (4, "replies")}


def test_the_new_shape_with_a_total_value_is_read(tmp_path: Path) -> None:
    shown = element("reach", 33) | {"values": None, "total_value": {"value": 33}}
    assert counts(tmp_path, shown) == {"reach": (33, "reach")}
    both = element("reach", 33) | {"total_value": {"value": 33}}
    assert counts(tmp_path, both) == {"reach": (33, "reach")}


@pytest.mark.parametrize(
    ("wrong", "column", "rule"),
    [
        ({"period": "day"}, "period", "choice"),
        ({"values": []}, "values[0].value", "missing"),
        ({"values": [{"value": 1}, {"value": 1}]}, "values[0].value", "count"),
        ({"values": [{"value": -1}]}, "values[0].value", "count"),
        ({"values": [{"value": 1.0}]}, "values[0].value", "count"),
        ({"values": [7]}, "values[0].value", "missing"),
        ({"total_value": {"value": 34}}, "values[0].value", "count"),
        ({"id": "17_insights"}, "id", "id"),
        ({"id": "17/insights/likes/lifetime"}, "id", "id"),
        ({"name": None}, "name", "missing"),
    ],
)
def test_an_element_that_is_not_one_lifetime_count_of_one_post_is_rejected(
    tmp_path: Path, wrong: dict[str, Any], column: str, rule: str
) -> None:
    text = insights(element("likes", 1), element("reach", 33) | wrong)
    (reject,) = ledger_of(read_one(tmp_path, INSIGHTS, text)).rejects
    assert (reject.column, reject.rule) == (column, rule)


def test_a_name_we_do_not_keep_is_skipped_by_name_and_a_strange_one_is_not_repeated(tmp_path: Path) -> None:
    text = insights(element("profile_activity", 1), element("<b>https://x?access_token=1", 1))
    reasons = [skip.reason for skip in ledger_of(read_one(tmp_path, INSIGHTS, text)).skipped]
    assert reasons == [
        "(not a name of the API) is not a counter we keep",
        "profile_activity is not a counter we keep",
    ]


def test_two_values_for_one_counter_of_one_post_are_both_rejected(tmp_path: Path) -> None:
    text = insights(element("reach", 1), element("reach", 2), element("likes", 3), element("likes", 3))
    ledger = ledger_of(read_one(tmp_path, INSIGHTS, text))
    assert [reject.rule for reject in ledger.rejects] == ["conflict", "conflict"]
    assert (ledger.accepted, ledger.duplicates) == (1, 1)


# --- the shared samples --------------------------------------------------------------------------

MEDIA_SAMPLES = [
    "recorded_medias__children", "recorded_medias__media_default", "recorded_medias__medias_fields",
    "recorded_users__medias_p1", "recorded_users__medias_p2", "recorded_users__tagged_medias",
    "user_media_page1", "user_media_page2",
]  # fmt: skip
INSIGHT_SAMPLES = ["recorded_medias__insights", "media_insights_v22_views", "media_insights_legacy_plays"]


@pytest.mark.parametrize("name", MEDIA_SAMPLES)
def test_media_samples_reach_their_control_sums(tmp_path: Path, name: str) -> None:
    path = f"instagram_graph/{name}.json"
    records = read_one(tmp_path, MEDIA, sample(path))
    sums = control_sums(path)
    ledger = ledger_of(records)
    assert ledger.accepted == ledger.counted == len(rows_of(records, "posts"))
    assert sums.get("items", ledger.counted) == ledger.counted
    rows = rows_of(records, "post_counts")
    for definition in ("like_count", "comments_count"):
        assert sum(row["value"] for row in rows if row["definition"] == definition) == sums.get(definition, 0)


@pytest.mark.parametrize("name", INSIGHT_SAMPLES)
def test_insight_samples_reach_their_control_sums(tmp_path: Path, name: str) -> None:
    path = f"instagram_graph/{name}.json"
    records = read_one(tmp_path, INSIGHTS, sample(path))
    replays_and_all_plays = 104 + 2511 if name == "media_insights_legacy_plays" else 0
    total = sum(row["value"] for row in rows_of(records, "post_counts"))
    assert total == control_sums(path)["value"] - replays_and_all_plays
    assert ledger_of(records).counted == control_sums(path)["items"]


def test_the_recorded_new_insights_hold_no_counter_we_keep(tmp_path: Path) -> None:
    ledger = ledger_of(
        read_one(tmp_path, INSIGHTS, sample("instagram_graph/recorded_medias__insights_new.json"))
    )
    assert (ledger.counted, ledger.accepted, ledger.skipped[0].rule) == (1, 0, "name_not_used")


def test_recorded_stories_without_a_time_are_rejected(tmp_path: Path) -> None:
    ledger = ledger_of(
        read_one(tmp_path, MEDIA, sample("instagram_graph/recorded_stories__stories_fields_p1.json"))
    )
    assert [(reject.column, reject.rule) for reject in ledger.rejects] == [("timestamp", "missing")] * 2


def test_insights_of_an_account_are_not_taken_for_those_of_posts(tmp_path: Path) -> None:
    content = sample("instagram_graph/recorded_users__user_insights.json")
    fault = fault_of(read_one(tmp_path, INSIGHTS, content))
    assert "insights of an account are instagram_account.insights" in fault
