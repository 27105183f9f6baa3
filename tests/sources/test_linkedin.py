from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_cases import expected
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample

from perftrack_site.sources.reading import Records

FILES = "li/{extracted_at:%Y-%m-%d}.json"
TOTALS = Declared("li", "linkedin.share_statistics", FILES, overlap="cumulative")
DAYS = Declared("li-days", "linkedin.share_statistics_days", FILES, account="Nordhaven")
FOLLOWERS = Declared("li-won", "linkedin.follower_statistics", FILES)
SIZE = Declared("li-size", "linkedin.network_size", FILES, account="nordhaven")
MEMBER = Declared("li-me", "linkedin.member_posts", FILES, account="thandi")
PAGE = "urn:li:organization:99000001"
SHARE = "urn:li:share:7900000000000000001"
CSV = "li/{extracted_at:%Y-%m-%d}.csv"


def at(text: str) -> int:
    """A moment in UTC as LinkedIn tells it: milliseconds since 1970."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


def between(start: str, end: str) -> dict[str, Any]:
    return {"timeRange": {"start": at(start), "end": at(end)}}


def element(**fields: object) -> dict[str, Any]:
    return {"organizationalEntity": PAGE, "totalShareStatistics": {"clickCount": 3, "likeCount": 2}} | fields


def elements(*records: object, links: tuple[dict[str, str], ...] = ()) -> str:
    return json.dumps({"paging": {"start": 0, "links": links}, "elements": records}, indent=1)


def told(records: Records, table: str) -> list[tuple[str, int]]:
    return [(row["counter"], row["value"]) for row in rows_of(records, table)]


# --- statistics of shares ------------------------------------------------------------------------


def test_an_element_with_a_post_is_that_post_by_its_urn(tmp_path: Path) -> None:
    records = read_one(tmp_path, TOTALS, elements(element(share=SHARE), element(ugcPost="urn:li:ugcPost:8")))
    rows = rows_of(records, "post_counts")
    assert [row["post_id"] for row in rows] == [SHARE, SHARE, "urn:li:ugcPost:8", "urn:li:ugcPost:8"]
    assert told(records, "post_counts")[:2] == [("clicks", 3), ("likes", 2)]
    assert {row["witness"] for row in rows} == {"insights"}


def test_an_element_without_a_post_is_the_whole_page(tmp_path: Path) -> None:
    records = read_one(tmp_path, TOTALS, elements(element()))
    assert told(records, "account_totals") == [("clicks", 3), ("likes", 2)]
    assert {row["account"] for row in rows_of(records, "account_totals")} == {"99000001"}


def test_likes_may_be_negative_and_what_is_absent_is_unknown(tmp_path: Path) -> None:
    odd = element(share=SHARE, totalShareStatistics={"likeCount": -1, "shareCount": 0, "engagement": 0.01})
    assert told(read_one(tmp_path, TOTALS, elements(odd)), "post_counts") == [("likes", -1), ("shares", 0)]


def test_one_day_is_from_midnight_to_midnight_in_utc(tmp_path: Path) -> None:
    records = read_one(tmp_path, DAYS, elements(element(**between("2026-09-06", "2026-09-07"))))
    assert told(records, "account_days") == [("clicks", 3), ("likes", 2)]
    assert {(row["account"], row["day"]) for row in rows_of(records, "account_days")} == {
        ("nordhaven", date(2026, 9, 6))
    }


def test_a_longer_time_range_is_a_total_over_its_days(tmp_path: Path) -> None:
    records = read_one(tmp_path, DAYS, elements(element(**between("2026-09-01", "2026-10-01"))))
    assert not rows_of(records, "account_days")
    days = {(row["from_day"], row["to_day"]) for row in rows_of(records, "account_spans")}
    assert days == {(date(2026, 9, 1), date(2026, 9, 30))}


def test_a_day_of_a_post_is_kept_apart_from_that_of_the_page(tmp_path: Path) -> None:
    text = elements(element(share=SHARE, **between("2026-09-06", "2026-09-07")))
    records = read_one(tmp_path, DAYS, text)
    assert told(records, "post_days") == [("clicks", 3), ("likes", 2)]
    assert not rows_of(records, "account_days")


def test_a_time_range_that_ends_before_it_begins_is_skipped(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, DAYS, elements(element(**between("2026-09-07", "2026-09-06")))))
    assert [(skip.rule, skip.records) for skip in ledger.skipped] == [("backwards", 1)]


def test_days_and_running_totals_are_not_taken_for_each_other(tmp_path: Path) -> None:
    days = elements(element(**between("2026-09-06", "2026-09-07")))
    assert "linkedin.share_statistics_days" in fault_of(read_one(tmp_path / "1", TOTALS, days))
    assert "'timeRange.start'" in fault_of(read_one(tmp_path / "2", DAYS, elements(element())))


def test_days_without_activity_are_missing_and_not_zero(tmp_path: Path) -> None:
    records = read_one(tmp_path, DAYS, sample("linkedin_pages/share_statistics_daily.json"))
    assert sorted({row["day"].day for row in rows_of(records, "account_days")}) == [6, 7, 9]


def test_two_pages_in_one_answer_go_by_their_numbers(tmp_path: Path) -> None:
    other = element(organizationalEntity="urn:li:organization:5", **between("2026-09-06", "2026-09-07"))
    text = elements(element(**between("2026-09-06", "2026-09-07")), other)
    assert {row["account"] for row in rows_of(read_one(tmp_path, DAYS, text), "account_days")} == {
        "99000001",
        "5",
    }


def test_another_page_of_the_answer_is_said_to_exist(tmp_path: Path) -> None:
    text = elements(element(), links=({"rel": "next", "href": "/rest/x?token=abc"},))
    (notice,) = ledger_of(read_one(tmp_path, TOTALS, text)).notices
    assert notice.startswith("more pages exist")
    before = elements(element(), links=({"rel": "prev", "href": "/rest/x"},))
    assert ledger_of(read_one(tmp_path, TOTALS, before)).notices == ()


@pytest.mark.parametrize(
    ("wrong", "column", "rule"),
    [
        ({"organizationalEntity": "Nordhaven"}, "organizationalEntity", "id"),
        ({"share": "7900000000000000001"}, "ugcPost", "id"),
        ({"totalShareStatistics": {"likeCount": 1.5}}, "totalShareStatistics.likeCount", "count"),
    ],
)
def test_an_element_with_a_bad_field_is_rejected_by_name(
    tmp_path: Path, wrong: dict[str, Any], column: str, rule: str
) -> None:
    (reject,) = ledger_of(
        read_one(tmp_path, TOTALS, elements(element(), element(share=SHARE) | wrong))
    ).rejects
    assert (reject.column, reject.rule) == (column, rule)


COUNT = st.none() | st.integers(-(10**15) + 1, 10**15 - 1)


@settings(max_examples=30, deadline=None)
@given(
    days=st.dictionaries(st.dates(date(2010, 1, 1), date(2026, 9, 30)), st.tuples(COUNT, COUNT), max_size=6)
)
def test_statistics_are_read_back_equal(
    tmp_path_factory: pytest.TempPathFactory, days: dict[date, tuple[int | None, int | None]]
) -> None:
    records = [
        element(
            totalShareStatistics={"clickCount": clicks, "likeCount": likes},
            timeRange={"start": at(str(day)), "end": at(str(day)) + 86_400_000},
        )
        for day, (clicks, likes) in days.items()
    ]
    rows = rows_of(read_one(tmp_path_factory.mktemp("li"), DAYS, elements(*records)), "account_days")
    assert {(row["day"], row["counter"]): row["value"] for row in rows} == {
        (day, counter): number
        for day, numbers in days.items()
        for counter, number in zip(("clicks", "likes"), numbers, strict=True)
        if number is not None
    }


# --- followers -----------------------------------------------------------------------------------


def test_followers_won_are_organic_and_paid_together(tmp_path: Path) -> None:
    path = "linkedin_pages/follower_statistics.json"
    records = read_one(tmp_path, FOLLOWERS, sample(path))
    assert told(records, "account_days") == [("followers_net", 14), ("followers_net", -1)]
    gains = expected(path, "organicFollowerGain") + expected(path, "paidFollowerGain")
    assert sum(value for _, value in told(records, "account_days")) == gains


def test_followers_by_country_are_another_report(tmp_path: Path) -> None:
    facets = elements({"organizationalEntity": PAGE, "followerCountsByGeoCountry": []})
    assert "followerGains" in fault_of(read_one(tmp_path, FOLLOWERS, facets))


def test_the_number_of_followers_is_a_running_total(tmp_path: Path) -> None:
    records = read_one(tmp_path, SIZE, sample("linkedin_pages/network_size.json"))
    (row,) = rows_of(records, "account_totals")
    assert (row["account"], row["counter"], row["value"]) == ("nordhaven", "followers", 20914)
    assert ledger_of(records).counted == 1


@pytest.mark.parametrize("text", ["{}", "[20914]", '{"elements": []}', '{"message": "no", "status": 403}'])
def test_anything_else_is_no_number_of_followers(tmp_path: Path, text: str) -> None:
    assert fault_of(read_one(tmp_path, SIZE, text))


# --- a member's own posts ------------------------------------------------------------------------

OLD = "com.linkedin.adsexternalapi.memberanalytics.v1.CreatorPostAnalyticsMetricTypeV1"


def metric(name: object, count: int, **fields: object) -> dict[str, Any]:
    return {"metricType": name, "count": count, "dateRange": {}} | fields


def test_both_ways_of_naming_a_metric_and_its_post_are_read(tmp_path: Path) -> None:
    new = metric("IMPRESSION", 5, targetEntity={"share": SHARE})
    old = metric({OLD: "REACTION"}, 2, targetEntity={"ugc": "urn:li:ugcPost:8"})
    rows = rows_of(read_one(tmp_path, MEMBER, elements(new, old)), "post_counts")
    assert [(row["post_id"], row["counter"], row["value"], row["definition"]) for row in rows] == [
        (SHARE, "impressions", 5, "IMPRESSION"),
        ("urn:li:ugcPost:8", "likes", 2, "REACTION"),
    ]


def test_a_metric_with_a_day_was_added_on_that_day(tmp_path: Path) -> None:
    start, end = {"year": 2026, "month": 9, "day": 6}, {"year": 2026, "month": 9, "day": 7}
    daily = metric("COMMENT", 2, targetEntity=SHARE, dateRange={"start": start, "end": end})
    (row,) = rows_of(read_one(tmp_path, MEMBER, elements(daily)), "post_days")
    assert (row["day"], row["counter"], row["value"]) == (date(2026, 9, 6), "comments", 2)


def test_all_posts_of_a_member_together_are_the_account(tmp_path: Path) -> None:
    (row,) = rows_of(read_one(tmp_path, MEMBER, elements(metric("MEMBERS_REACHED", 9))), "account_totals")
    assert (row["account"], row["counter"], row["value"]) == ("thandi", "reach", 9)


def test_one_answer_for_each_metric_may_lie_in_one_file(tmp_path: Path) -> None:
    answers = [json.loads(elements(metric(name, 1, targetEntity=SHARE))) for name in ("RESHARE", "COMMENT")]
    records = read_one(tmp_path, MEMBER, json.dumps(answers))
    assert told(records, "post_counts") == [("shares", 1), ("comments", 1)]


def test_a_metric_we_do_not_keep_is_skipped_and_an_impossible_day_rejected(tmp_path: Path) -> None:
    odd = metric("COMMENT", 1, dateRange={"start": {"year": 2026, "month": 2, "day": 30}})
    ledger = ledger_of(read_one(tmp_path, MEMBER, elements(metric("POST_SEND", 1), odd)))
    assert [skip.rule for skip in ledger.skipped] == ["metric_not_used"]
    assert [(reject.column, reject.rule) for reject in ledger.rejects] == [("dateRange.start", "day")]


# --- the sheets of the page's export -------------------------------------------------------------

ABOVE = '"Aggregated engagement metrics, all dates in UTC"\n'


def test_the_line_above_the_header_is_no_day(tmp_path: Path) -> None:
    source = Declared("li", "linkedin.page_days_csv", CSV, account="nordhaven")
    header = (
        "Date,Impressions (organic),Impressions (total),Reactions (total),Reposts (total),Engagement rate\n"
    )
    records = read_one(tmp_path, source, ABOVE + header + "09/07/2026,40,50,3,0,0.0456\n")
    assert told(records, "account_days") == [("impressions", 50), ("likes", 3), ("shares", 0)]
    assert {row["day"] for row in rows_of(records, "account_days")} == {date(2026, 9, 7)}
    assert [(skip.rule, skip.records) for skip in ledger_of(records).skipped] == [("description", 1)]


def test_the_older_word_for_reposts_is_known(tmp_path: Path) -> None:
    source = Declared("li", "linkedin.page_days_csv", CSV)
    records = read_one(tmp_path, source, "Date,Impressions (total),Shares (total)\n09/07/2026,5,2\n")
    assert told(records, "account_days") == [("impressions", 5), ("shares", 2)]


def test_total_followers_are_the_new_ones_of_a_day(tmp_path: Path) -> None:
    source = Declared("li", "linkedin.page_followers_csv", CSV)
    header = "Date,Sponsored followers,Organic followers,Auto-invited followers,Total followers\n"
    assert told(read_one(tmp_path, source, header + "09/07/2026,1,2,3,6\n"), "account_days") == [
        ("followers_net", 6)
    ]


def test_a_post_of_the_export_goes_by_the_urn_in_its_link(tmp_path: Path) -> None:
    files = "li/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv"
    source = Declared("li", "linkedin.page_posts_csv", files, account="nordhaven")
    header = "Post title,Post link,Posted by,Created date,Impressions,Clicks,Likes,Comments,Reposts,Follows\n"
    row = "Tea #leaf26,https://www.linkedin.com/feed/update/urn:li:activity:79,Ana B,09/07/2026,50,4,3,2,1,\n"
    records = read(tmp_path, {"li/2026-09-01_2026-09-30-2026-10-05.csv": ABOVE + header + row}, source)
    (post,) = rows_of(records, "posts")
    assert (post["post_id"], post["published_on"], post["hashtags"]) == (
        "urn:li:activity:79",
        date(2026, 9, 7),
        ("leaf26",),
    )
    assert dict(told(records, "post_spans")) == {
        "impressions": 50, "clicks": 4, "likes": 3, "comments": 2, "shares": 1,
    }  # fmt: skip
    assert "Ana B" not in str(records.rows)
