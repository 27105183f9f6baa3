from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_cases import expected
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample

INSIGHTS = Declared("ig", "instagram_account.insights", "ig/{extracted_at:%Y-%m-%d}.json", account="@Thandi")
PROFILE = Declared("me", "instagram_account.profile", "ig/{extracted_at:%Y-%m-%d}.json", account="@Thandi")
SPAN = Declared(
    "ig",
    "instagram_account.insights",
    "ig/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.json",
    account="a",
)


BROKEN = '{"data": [{"name": "reach", "period": "day", "id": "17/insights/reach/day", "values": [%s]}]}'


def days(name: str, *values: tuple[str, object], period: str = "day", account: str = "17") -> dict[str, Any]:
    return {
        "name": name,
        "period": period,
        "values": [{"value": value, "end_time": f"{end}+0000"} for end, value in values],
        "id": f"{account}/insights/{name}/{period}",
    }


def total(
    name: str, value: object, keys: list[str], parts: dict[str, int], period: str = "day"
) -> dict[str, Any]:
    results = [{"dimension_values": part.split("|"), "value": number} for part, number in parts.items()]
    return {
        "name": name,
        "period": period,
        "total_value": {"value": value, "breakdowns": [{"dimension_keys": keys, "results": results}]},
        "id": f"17/insights/{name}/{period}",
    }


def answer(*elements: dict[str, Any]) -> str:
    return json.dumps({"data": elements}, indent=1)


def found(folder: Path, content: str | bytes, source: Declared = INSIGHTS) -> list[tuple[str, str, int]]:
    rows = rows_of(read_one(folder, source, content), "account_days")
    return [(row["counter"], str(row["day"]), row["value"]) for row in rows]


def test_the_end_of_a_value_closes_the_day_before_and_follower_count_is_new_followers(tmp_path: Path) -> None:
    content = sample("instagram_graph/user_insights_follower_count_reach.json")
    assert found(tmp_path, content) == [
        ("followers_gained", "2026-09-01", 31),
        ("followers_gained", "2026-09-02", 12),
        ("reach", "2026-09-01", 540),
        ("reach", "2026-09-02", 611),
    ]


@pytest.mark.parametrize("name", ["user_insights_follower_count_reach", "recorded_users__user_insights"])
def test_the_numbers_of_the_samples_reach_their_control_sum(tmp_path: Path, name: str) -> None:
    path = f"instagram_graph/{name}.json"
    numbers = found(tmp_path, sample(path))
    assert sum(value for *_, value in numbers) == expected(path, "value")
    assert {
        row["account"] for row in rows_of(read_one(tmp_path, INSIGHTS, sample(path)), "account_days")
    } == {"thandi"}


@pytest.mark.parametrize(
    ("end", "day"),
    [
        ("2026-07-02T07:00:00", "2026-07-01"),
        ("2026-12-02T08:00:00", "2026-12-01"),
        ("2026-11-02T08:00:00", "2026-11-01"),
        ("2026-03-09T07:00:00", "2026-03-08"),
    ],
)
def test_days_end_at_midnight_in_california_in_summer_and_winter(tmp_path: Path, end: str, day: str) -> None:
    assert found(tmp_path, answer(days("reach", (end, 1)))) == [("reach", day, 1)]


def test_a_zone_that_the_source_declares_does_not_move_the_days(tmp_path: Path) -> None:
    tokyo = Declared(**{**vars(INSIGHTS), "timezone": "Asia/Tokyo"})
    content = answer(days("reach", ("2026-07-02T07:00:00", 1)))
    assert found(tmp_path, content, tokyo) == [("reach", "2026-07-01", 1)]


def test_weeks_and_28_days_are_spans_and_not_days(tmp_path: Path) -> None:
    end = ("2026-09-08T07:00:00", 5)
    content = answer(days("reach", end, period="week"), days("reach", end, period="days_28"))
    rows = rows_of(read_one(tmp_path, INSIGHTS, content), "account_spans")
    assert [(str(row["from_day"]), str(row["to_day"])) for row in rows] == [
        ("2026-09-01", "2026-09-07"),
        ("2026-08-11", "2026-09-07"),
    ]


def test_a_total_over_days_takes_them_from_the_name_of_its_file(tmp_path: Path) -> None:
    path = "instagram_graph/recorded_users__user_insights_new.json"
    records = read(tmp_path, {"ig/2023-11-08_2023-11-09-2023-11-20.json": sample(path)}, SPAN)
    (row,) = rows_of(records, "account_spans")
    assert (str(row["from_day"]), str(row["to_day"]), row["value"]) == (
        "2023-11-08",
        "2023-11-09",
        14_516_883,
    )
    ledger = ledger_of(records)
    assert (ledger.counted, ledger.accepted) == (15, 1)
    assert [(skip.rule, skip.records) for skip in ledger.skipped] == [("part_not_used", 14)]


def test_a_total_of_one_day_is_that_day_s(tmp_path: Path) -> None:
    content = answer(total("views", 9, [], {}))
    records = read(tmp_path, {"ig/2026-09-01_2026-09-01-2026-09-20.json": content}, SPAN)
    assert [str(row["day"]) for row in rows_of(records, "account_days")] == ["2026-09-01"]


def test_a_total_whose_days_nobody_tells_is_refused_with_the_pattern_to_write(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, INSIGHTS, answer(total("views", 9, [], {}))))
    assert "total_value: does not say which days it is the total of" in fault
    assert "{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.json" in fault


def test_the_followers_age_and_gender_become_parts_of_the_audience(tmp_path: Path) -> None:
    parts = {"25-34|F": 120, "25-34|M": 80, "18-24|U": 3}
    element = total("follower_demographics", None, ["age", "gender"], parts, period="lifetime")
    records = read_one(tmp_path, INSIGHTS, answer(element))
    rows = rows_of(records, "audience_shares")
    assert {(row["audience"], row["dimension"], row["part"]): row["number"] for row in rows} == {
        ("followers", "age_gender", "25-34 female"): 120,
        ("followers", "age_gender", "25-34 male"): 80,
        ("followers", "age_gender", "18-24 unknown"): 3,
    }
    assert [(skip.rule, skip.records) for skip in ledger_of(records).skipped] == [("no_value", 1)]


def test_cities_keep_their_names(tmp_path: Path) -> None:
    parts = {"Port Alder, Norway": 7}
    element = total("reached_audience_demographics", None, ["city"], parts, period="lifetime")
    (row,) = rows_of(read_one(tmp_path, INSIGHTS, answer(element)), "audience_shares")
    assert (row["audience"], row["dimension"], row["part"]) == ("viewers", "city", "Port Alder, Norway")


def test_of_views_and_impressions_only_views_are_taken(tmp_path: Path) -> None:
    end = "2026-09-02T07:00:00"
    records = read_one(tmp_path, INSIGHTS, answer(days("impressions", (end, 5)), days("views", (end, 9))))
    assert [(row["value"], row["definition"]) for row in rows_of(records, "account_days")] == [(9, "views")]
    assert [skip.rule for skip in ledger_of(records).skipped] == ["superseded_name"]
    (row,) = rows_of(read_one(tmp_path, INSIGHTS, answer(days("impressions", (end, 5)))), "account_days")
    assert row["definition"] == "legacy_impressions"


def test_a_name_we_do_not_keep_is_skipped_by_name_whatever_it_holds(tmp_path: Path) -> None:
    content = answer(days("online_followers", ("2026-09-02T07:00:00", {"0": 5, "1": 6})), days("reach"))
    ledger = ledger_of(read_one(tmp_path, INSIGHTS, content))
    assert [(skip.reason, skip.records) for skip in ledger.skipped] == [
        ("online_followers is not a counter we keep", 1)
    ]


def test_the_newest_two_days_are_provisional_by_the_clock_of_california(tmp_path: Path) -> None:
    ends = [(f"2026-09-{day}T07:00:00", 1) for day in (29, 30)] + [("2026-10-01T07:00:00", 1)]
    rows = rows_of(read_one(tmp_path, INSIGHTS, answer(days("reach", *ends))), "account_days")
    assert [(str(row["day"])[8:], row["is_provisional"]) for row in rows] == [
        ("28", False), ("29", False), ("30", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("element", "column", "rule"),
    [
        (days("reach", ("2026-09-02T07:00:00", -1)), "values[].value", "count"),
        (days("reach", ("2026-09-02T07:00:00", 1.5)), "values[].value", "count"),
        (days("reach", ("2026-09-02", 1)), "values[].end_time", "moment"),
        (days("reach", ("2026-09-02T07:00:00", 1), period="month"), "period", "choice"),
        (days("reach", ("2026-09-02T07:00:00", 1)) | {"id": "reach"}, "id", "id"),
    ],
)
def test_a_bad_number_is_rejected_alone(
    tmp_path: Path, element: dict[str, Any], column: str, rule: str
) -> None:
    good = days("reach", ("2026-09-03T07:00:00", 2))
    records = read_one(tmp_path, INSIGHTS, answer(good, element))
    assert [(reject.column, reject.rule) for reject in ledger_of(records).rejects] == [(column, rule)]
    assert [row["value"] for row in rows_of(records, "account_days")] == [2]


def test_a_day_without_a_number_is_unknown_and_not_zero(tmp_path: Path) -> None:
    content = answer(days("reach", ("2026-09-02T07:00:00", None), ("2026-09-03T07:00:00", 0)))
    assert found(tmp_path, content) == [("reach", "2026-09-02", 0)]


def test_two_numbers_for_one_day_are_both_rejected(tmp_path: Path) -> None:
    end = "2026-09-02T07:00:00"
    content = answer(days("reach", (end, 1)), days("reach", (end, 2)))
    assert [reject.rule for reject in ledger_of(read_one(tmp_path, INSIGHTS, content)).rejects] == [
        "conflict"
    ] * 2


def test_numbers_of_two_accounts_in_one_file_are_refused(tmp_path: Path) -> None:
    end = ("2026-09-02T07:00:00", 1)
    fault = fault_of(
        read_one(tmp_path, INSIGHTS, answer(days("reach", end), days("reach", end, account="18")))
    )
    assert "holds the numbers of 2 accounts" in fault


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (answer(days("reach", ("2026-09-02T07:00:00", 1)))[:-20], "is not complete JSON"),
        ('{"data": [{"id": "1", "username": "a"}]}', "none of its 1 entries has 'name' and 'period'"),
        (
            '{"error": {"type": "OAuthException", "code": 190, "message": "token EAAB"}}',
            "is an error of the API",
        ),
        (
            '{"data": [{"name": "reach", "period": "day", "values": [[1]]}]}',
            "cannot be accounted for: 0 numbers",
        ),
    ],
)
def test_what_is_no_insight_is_refused(tmp_path: Path, content: str, words: str) -> None:
    assert words in fault_of(read_one(tmp_path, INSIGHTS, content))


def test_old_and_new_names_in_one_folder_are_read_side_by_side(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "ig/2026-09-02.json": answer(days("impressions", ("2026-09-02T07:00:00", 5))),
        "ig/2026-09-03.json": answer(days("views", ("2026-09-03T07:00:00", 6))),
    }
    rows = rows_of(read(tmp_path, files, INSIGHTS), "account_days")
    assert [(row["definition"], row["value"]) for row in rows] == [("legacy_impressions", 5), ("views", 6)]


@settings(max_examples=30, derandomize=True, deadline=None)
@given(
    numbers=st.dictionaries(
        st.sampled_from(["views", "reach", "profile_views"]),
        st.dictionaries(st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.integers(0, 10**15 - 1), max_size=5),
    )
)
def test_what_is_written_as_insights_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, numbers: dict[str, dict[date, int]]
) -> None:
    def end(day: date) -> str:
        midnight = datetime.combine(
            day + timedelta(days=1), datetime.min.time(), ZoneInfo("America/Los_Angeles")
        )
        return midnight.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")

    content = answer(*(days(name, *((end(day), n) for day, n in of.items())) for name, of in numbers.items()))
    rows = rows_of(read_one(tmp_path_factory.mktemp("w"), INSIGHTS, content), "account_days")
    assert {(row["definition"], row["day"]): row["value"] for row in rows} == {
        (name, day): n for name, of in numbers.items() for day, n in of.items()
    }


# --- the account itself --------------------------------------------------------------------------


def test_an_account_tells_its_followers_and_posts(tmp_path: Path) -> None:
    content = '{"id": "17841400000000001", "username": "Ana.T", "followers_count": 64363, "media_count": 427}'
    rows = rows_of(read_one(tmp_path, PROFILE, content), "account_totals")
    assert [(row["account"], row["counter"], row["value"]) for row in rows] == [
        ("ana.t", "followers", 64_363),
        ("ana.t", "posts", 427),
    ]


def test_an_account_without_a_name_goes_by_the_declared_one(tmp_path: Path) -> None:
    (row,) = rows_of(read_one(tmp_path, PROFILE, '{"id": "17", "followers_count": 5}'), "account_totals")
    assert row["account"] == "thandi"


def test_several_accounts_by_their_ids_are_read(tmp_path: Path) -> None:
    both = {key: {"id": key, "username": f"u{key}", "followers_count": int(key)} for key in ("17", "18")}
    rows = rows_of(read_one(tmp_path, PROFILE, json.dumps(both)), "account_totals")
    assert {row["account"]: row["value"] for row in rows} == {"u17": 17, "u18": 18}


def test_insights_of_a_post_are_no_insights_of_an_account(tmp_path: Path) -> None:
    content = sample("instagram_graph/media_insights_v22_views.json")
    assert "holds insights of another kind (" in fault_of(read_one(tmp_path, INSIGHTS, content))


def test_a_page_of_facebook_is_no_account(tmp_path: Path) -> None:
    content = '{"id": "17", "followers_count": 5, "fan_count": 4}'
    assert "it is a page of Facebook" in fault_of(read_one(tmp_path, PROFILE, content))


def test_a_media_is_no_account(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, PROFILE, '{"id": "17", "media_type": "IMAGE"}'))
    assert "the first lacks 'followers_count'" in fault


def test_text_that_only_begins_like_counts_by_kind_is_rejected(tmp_path: Path) -> None:
    value = '{"value": "{", "end_time": "2026-09-02T07:00:00+0000"}'
    (reject,) = ledger_of(read_one(tmp_path, INSIGHTS, BROKEN % value)).rejects
    assert reject.rule == "count"


def test_a_part_without_a_name_is_not_the_total(tmp_path: Path) -> None:
    nameless = total("reach", 90, ["media_product_type"], {"REEL": 60})
    del nameless["total_value"]["breakdowns"][0]["results"][0]["dimension_values"]
    records = read(
        tmp_path, {"ig/2026-09-01_2026-09-02-2026-10-01.json": json.dumps({"data": [nameless]})}, SPAN
    )
    assert [row["value"] for row in rows_of(records, "account_spans")] == [90]
