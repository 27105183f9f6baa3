"""The sample holds a source of every platform, and what they tell of the same days and sales fits together."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support import copy_workspace

from perftrack_site.build import check, evaluate_workspace
from perftrack_site.config import load_project
from perftrack_site.evaluation.report import Report, SourceCover, WitnessShown
from perftrack_site.sources import FORMATS
from perftrack_site.sources.load import read_sources
from perftrack_site.sources.reading import Records
from perftrack_site.sources.tables import ORIGIN, TABLES

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
PAID = ("paid", "partially_paid", "refunded", "partially_refunded")


@pytest.fixture(scope="module")
def records() -> Records:
    project = load_project(ROOT, FORMATS)
    return read_sources(project.sources, DATA, project.settings.timezone)


@pytest.fixture(scope="module")
def report(sample: Path) -> Report:
    return evaluate_workspace(sample)


def rows(records: Records, table: str, source: str) -> list[dict[str, Any]]:
    """The rows of a table that come from one source, as dicts."""
    names = [*TABLES[table].columns, *ORIGIN]
    found = [dict(zip(names, row, strict=True)) for row in records.rows[table]]
    return [row for row in found if row["source"] == source]


def told(report: Report, source: str) -> dict[str, WitnessShown]:
    """What one witness tells of the sales of each month."""
    return {one.month: one for one in report.integration.witnesses if one.source == source}


def cover(report: Report, source: str) -> SourceCover:
    return next(found for found in report.integration.sources if found.key == source)


def shop_orders() -> dict[str, dict[str, str]]:
    """The last version of each order of the shop's exports, read without a loader."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(DATA.glob("shop/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {row["Name"]: row for row in csv.DictReader(file) if row["Financial Status"]}
    return found


def csv_rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO((DATA / name).read_text("utf-8-sig"), newline=""))


# --- every platform --------------------------------------------------------------------------------


def test_every_format_is_declared_and_gives_rows_to_its_main_table(records: Records) -> None:
    formats = {ledger.snapshot.source: ledger.snapshot.format for ledger in records.ledgers}
    accepted = Counter({formats[ledger.snapshot.source]: 0 for ledger in records.ledgers})
    for ledger in records.ledgers:
        accepted[ledger.snapshot.format] += ledger.accepted
    assert records.faults == ()
    assert records.unclaimed == ()
    assert {name for name in FORMATS if not accepted[name]} == set()


def test_what_comes_from_the_shelf_is_what_was_read(tmp_path: Path) -> None:
    workspace = copy_workspace(ROOT, tmp_path / "workspace")
    first, again = check(workspace), check(workspace)
    assert (workspace / ".perftrack" / "cache").is_dir()
    assert (again.totals, again.notices) == (first.totals, first.notices)
    assert first.refused is None


def test_every_table_has_rows(records: Records) -> None:
    assert [name for name in TABLES if not records.rows[name]] == []


def test_the_platforms_add_at_most_one_megabyte_and_eight_files_each(records: Records) -> None:
    older = {"instagram", "shop", "spend", "fx", "benchmarks"}
    added = [
        path for path in DATA.rglob("*") if path.is_file() and path.relative_to(DATA).parts[0] not in older
    ]
    assert sum(path.stat().st_size for path in added) < 1_000_000
    files = Counter(
        ledger.snapshot.source
        for ledger in records.ledgers
        if ledger.snapshot.path.split("/")[1] not in older
    )
    assert max(files.values()) == 8


def test_files_have_the_bytes_of_their_platforms() -> None:
    starts = {
        "meta/instagram-2026-10-05.csv": b'\xef\xbb\xbf"Post ID"',
        "meta/charts-facebook/Reach-2026-11-14.csv": b"\xff\xfes\0e\0p\0=\0,\0\n\0",
        "tiktok/overview-2026-11-15.csv": b'\xef\xbb\xbf"Date","Video Views"',
        "ga4/channels-2026-11-03.csv": b"# ----------------------------------------\r\n# Traffic",
        "gsc/2026-10-01_2026-10-31-2026-11-05.zip": b"PK\x03\x04",
        "qr/scans-2026-11-14.csv": "Kurzlink;Datum;Aufrufe;Ger\u00e4t\r\n".encode("cp1252"),
    }
    assert {name: (DATA / name).read_bytes()[: len(start)] for name, start in starts.items()} == starts


def test_what_is_added_enters_no_campaign(report: Report) -> None:
    platforms = {post.platform for campaign in report.campaigns for post in campaign.posts}
    assert platforms == {"instagram"}


# --- sums ------------------------------------------------------------------------------------------


def test_the_views_of_a_content_export_are_the_sum_of_its_column(records: Records) -> None:
    name = "meta/instagram-2026-11-09.csv"
    views = [
        row["value"] for row in rows(records, "post_counts", "meta-ig-content")
        if row["counter"] == "views" and str(row["known_on"]) == "2026-11-09"
    ]  # fmt: skip
    assert sum(views) == sum(int(row["Views"]) for row in csv_rows(name)) > 100_000


def test_clicks_of_search_come_from_the_days_of_the_export_alone(records: Records) -> None:
    with zipfile.ZipFile(DATA / "gsc/2026-10-01_2026-10-31-2026-11-05.zip") as archive:
        days = list(csv.DictReader(io.StringIO(archive.read("Dates.csv").decode())))
    found = rows(records, "search_days", "gsc-export")
    assert sum(row["clicks"] for row in found) == sum(int(day["Clicks"]) for day in days)
    assert len(found) == len(days) == 31


def test_what_advertising_cost_in_october_is_the_same_by_day_and_over_the_month(records: Records) -> None:
    days = {
        (row["day"], row["ad_campaign"]): row["spend"] for row in rows(records, "ad_days", "tiktok-ads-days")
    }
    [answer] = [json.loads(path.read_bytes()) for path in DATA.glob("tiktok-ads/period-*.json")]
    month = rows(records, "ad_spans", "tiktok-ads-period")
    assert sum(row["spend"] for row in month) == sum(
        Decimal(one["metrics"]["spend"]) for one in answer["data"]["list"]
    )
    assert len(days) == 40  # twenty days of two campaigns, some told twice


def test_letters_delivered_are_letters_sent_less_bounces(records: Records) -> None:
    newest = {row["email_id"]: row for row in rows(records, "emails", "mailchimp")}
    assert len(newest) == 10
    first = newest["umoja00000"]
    assert (first["sent"], first["delivered"], first["hard_bounces"], first["soft_bounces"]) == (
        4100,
        4091,
        4,
        5,
    )


def test_no_comment_holds_a_name(records: Records) -> None:
    comments = records.rows["comments"]
    places = ("instagram-account/comments-*.json", "facebook/comments-*.json", "youtube/comments-*.json")
    texts = [path.read_text("utf-8") for place in places for path in DATA.glob(place)]
    assert len(comments) == 44
    assert len(texts) == 4
    assert not any(re.search(r'"(username|name|authorDisplayName|authorChannelUrl)"', text) for text in texts)


# --- honest flaws ----------------------------------------------------------------------------------


def test_two_sources_lack_two_days_each(report: Report) -> None:
    gaps = {name: cover(report, name).gaps for name in ("linkedin-days", "x-overview", "ga4")}
    assert {
        name: [(str(gap.from_day), str(gap.to_day)) for gap in found] for name, found in gaps.items()
    } == {
        "linkedin-days": [("2026-11-04", "2026-11-05")],
        "x-overview": [("2026-10-17", "2026-10-18")],
        "ga4": [],
    }


def test_the_newest_days_may_still_change(report: Report) -> None:
    provisional = {
        name: cover(report, name).provisional_days for name in ("ga4", "gsc-days", "meta-ig-charts")
    }
    assert provisional == {"ga4": 1, "gsc-days": 2, "meta-ig-charts": 2}


def test_one_export_is_past_its_warning_and_one_file_was_saved_twice(report: Report) -> None:
    old = {source.key for source in report.quality.sources if source.freshness in ("warn", "stale")}
    assert old == {"x-overview", "ig-ruth-list", "ig-ruth-insights"}
    twice = [file for file in report.quality.files if file.source == "meta-ads" and file.duplicates]
    assert [(file.path, file.duplicates) for file in twice] == [("data/meta-ads/ads-2026-11-02_1.csv", 5)]


def test_where_the_platform_failed_one_row_is_rejected(report: Report) -> None:
    [reject] = [one for one in report.quality.rejects if one.path.startswith("data/meta/")]
    assert (reject.path, reject.column, reject.rule) == (
        "data/meta/facebook-posts-2026-11-09.csv", "Post ID", "missing",
    )  # fmt: skip


# --- the same sales, seen by each ------------------------------------------------------------------


def test_analytics_sees_nine_in_ten_of_the_orders_of_the_shop(report: Report) -> None:
    shop, seen = told(report, "shop"), told(report, "ga4")
    assert sorted(seen) == ["2026-07", "2026-08", "2026-09", "2026-10", "2026-11"]
    shares = [seen[month].sales / shop[month].sales for month in seen]
    assert all(0.88 <= share <= 0.96 for share in shares)


def test_analytics_tells_the_tags_of_the_orders_it_saw(records: Records) -> None:
    tagged = {
        (row["utm_campaign"], row["utm_content"]): row["orders"]
        for row in rows(records, "web_days", "ga4")
        if row["utm_medium"] == "influencer" and row["orders"]
    }
    assert tagged.keys() == {("spring-launch", "thandi"), ("barista-blends", "joao")}


def test_stripe_tells_of_the_orders_that_were_paid_by_card(report: Report) -> None:
    by_card = [
        row for row in shop_orders().values()
        if row["Created at"].startswith("2026-10") and row["Payment Method"] == "Card"
        and row["Financial Status"] in PAID and row["Financial Status"] != "partially_paid"
    ]  # fmt: skip
    halves = [
        Decimal(row["Total"]) - Decimal(row["Outstanding Balance"]) for row in shop_orders().values()
        if row["Created at"].startswith("2026-10") and row["Financial Status"] == "partially_paid"
    ]  # fmt: skip
    october = told(report, "stripe")["2026-10"]
    assert october.sales == len(by_card) + len(halves)
    assert october.amount == sum(Decimal(row["Total"]) for row in by_card) + sum(halves)


def test_on_the_newest_days_stripe_has_captured_nothing(records: Records) -> None:
    newest = {row["payment_id"]: row for row in rows(records, "payments", "stripe")}.values()
    late = {row["status"] for row in newest if str(row["paid_on"]) == "2026-11-14"}
    assert late == {"pending"}
    assert {"refunded", "partially_refunded", "failed"} <= {row["status"] for row in newest}


def test_awin_tells_of_sales_of_two_publishers_with_the_amounts_of_the_shop(records: Records) -> None:
    sales = [row for row in rows(records, "affiliate_transactions", "awin") if row["amount"] > 0]
    amounts = {name.removeprefix("#"): Decimal(row["Subtotal"]) for name, row in shop_orders().items()}
    assert {row["click_ref"] for row in sales} == {"amina", "yusuf"}
    assert {row["status"] for row in sales} == {"pending", "approved", "declined"}
    assert all(row["amount"] == amounts[row["transaction_id"].removeprefix("20")] for row in sales)


def test_the_smaller_shops_stand_beside_the_shop_and_never_in_its_orders(report: Report) -> None:
    months = {name: sorted(told(report, name)) for name in ("outlet", "wholesale", "market-stall")}
    assert months == {
        "outlet": ["2026-10", "2026-11"], "wholesale": ["2026-10", "2026-11"], "market-stall": ["2026-10"],
    }  # fmt: skip
    receipts = [
        kpi.actual.receipt for campaign in report.campaigns for kpi in campaign.kpis if kpi.metric == "orders"
    ]
    files = {each.path for receipt in receipts if receipt for one in receipt.inputs for each in one.files}
    assert {path.split("/")[1] for path in files} == {"shop"}
