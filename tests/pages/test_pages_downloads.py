"""The tables of a page as CSV files: what a spreadsheet opens is what the page says, and runs nothing."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from page_samples import sample

from perftrack_site.evaluation.report import Report
from perftrack_site.pages import downloads as made
from perftrack_site.pages import make_pages
from perftrack_site.pages.downloads import cell, table

REPOSITORY = Path(__file__).resolve().parent.parent.parent


def rows(report: Report, path: str) -> list[dict[str, str]]:
    """Open a download as a spreadsheet would."""
    files = {name: content for page in make_pages(report) for name, content in page.files.items()}
    return list(csv.DictReader(io.StringIO(files[path].removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(4700), "4700"),
        (Fraction(-3), "-3"),
        (Fraction(7, 200), "0.035"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 3), "0.333333333333333"),
        (Fraction(2, 3), "0.666666666666667"),
        (Fraction(123456789012345, 100), "1234567890123.45"),
        (0, "0"),
        (date(2026, 7, 6), "2026-07-06"),
        (None, ""),
    ],
)
def test_a_number_stays_a_number_with_every_digit_it_has(value: made.Cell, written: str) -> None:
    assert cell(value) == written


HOSTILE = [
    *(
        "=1+1",
        "+27 82 000 0000",
        "-2+3",
        "@SUM(A1)",
        '=HYPERLINK("https://evil.example","x")',
        "=cmd|' /C calc'!A0",
    ),
    *(
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
        "\u200d=1+1",
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20x",
        "\ufe66\u0031",
    ),
    "\u22121+1",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_text_a_spreadsheet_would_run_gets_an_apostrophe(words: str) -> None:
    [_, [written]] = list(csv.reader(io.StringIO(table([{"name": words}], ["name"])[1:])))
    assert written.startswith("'")
    assert re.search(r"[\t\r\n]", written) is None


@pytest.mark.parametrize(
    "words", ['Tea, "loose"; 50 g', "a=b", "Zoë 🫖", "'quoted'", "", "12 = a dozen", "|pipe"]
)
def test_other_text_comes_back_as_it_went(words: str) -> None:
    assert list(csv.reader(io.StringIO(table([{"name": words, "n": 1}], ["name", "n"])[1:])))[1] == [
        words,
        "1",
    ]


def test_excel_knows_the_encoding_by_the_mark_at_the_beginning() -> None:
    assert table([], ["a", "b"]).encode("utf-8") == b"\xef\xbb\xbfa,b\r\n"


def test_a_kpis_row_says_what_its_page_says_exactly() -> None:
    [row] = [row for row in rows(sample(), "campaigns/harvest/kpis.csv") if row["kpi"] == "engagement"]
    kpi = next(
        one
        for found in sample().campaigns
        if found.key == "harvest"
        for one in found.kpis
        if one.key == "engagement"
    )
    assert Fraction(row["numerator"]) / Fraction(row["denominator"]) == kpi.actual.value
    assert (Fraction(row["target"]), row["verdict"]) == (kpi.target.value, kpi.verdict)


def test_of_a_planned_campaign_the_contract_is_there_and_no_number() -> None:
    planned = next(found for found in sample().campaigns if found.state == "planned" and found.in_edition)
    for row in rows(sample(), f"campaigns/{planned.key}/kpis.csv"):
        assert row["target"]
        assert [row[column] for column in ("actual", "numerator", "covered", "verdict")] == [""] * 4


def test_every_table_of_the_report_has_all_its_rows() -> None:
    report = sample()
    shown = [found for found in report.campaigns if found.in_edition]
    assert [row["campaign"] for row in rows(report, "campaigns.csv")] == [found.key for found in shown]
    assert len(rows(report, "data-quality/files.csv")) == len(report.quality.files)
    assert len(rows(report, "data-quality/rejects.csv")) == len(report.quality.rejects)
    for found in shown:
        folder = f"campaigns/{found.key}"
        assert len(rows(report, f"{folder}/posts.csv")) == len(found.posts)
        assert [row["influencer"] for row in rows(report, f"{folder}/influencers.csv")] == [
            part.influencer for part in found.influencers
        ]


def test_an_influencers_tables_hold_their_own_rows_alone() -> None:
    report = sample()
    for person in report.influencers:
        own = [
            *rows(report, f"influencers/{person.key}/kpis.csv"),
            *rows(report, f"influencers/{person.key}/posts.csv"),
        ]
        assert {row["influencer"] for row in own} <= {person.key}


def test_a_posts_id_is_no_number_a_spreadsheet_could_round() -> None:
    report = sample()
    campaign = next(found for found in report.campaigns if found.posts and found.in_edition)
    hostile = replace(campaign.posts[0], caption="=1+1", permalink="+x", counters={"likes": 12, "views": 0})
    spoilt = replace(
        report,
        campaigns=tuple(
            replace(one, posts=(hostile,)) if one is campaign else one for one in report.campaigns
        ),
    )
    [row] = rows(spoilt, f"campaigns/{campaign.key}/posts.csv")
    assert row["post"] == f"{hostile.platform}:{hostile.post_id}"
    assert (row["caption"], row["permalink"], row["likes"], row["views"], row["reach"]) == (
        "'=1+1",
        "'+x",
        "12",
        "0",
        "",
    )


def test_the_page_that_describes_the_tables_names_every_column() -> None:
    words = set(re.findall(r"`([a-z_]+)`", (REPOSITORY / "docs/downloads.md").read_text("utf-8")))
    columns = {
        *made.GOALS, *made.CAMPAIGNS, *made.KPIS, *made.PARTICIPATIONS, *made.POSTS, *made.INFLUENCERS, *made.FILES,
        *made.REJECTS,
    }  # fmt: skip
    assert columns - words == set()


def test_a_page_links_its_tables_and_its_results() -> None:
    page = next(page for page in make_pages(sample()) if page.path == "campaigns/harvest.md")
    downloads = page.values["downloads"]
    assert isinstance(downloads, tuple)
    assert [found.name for found in downloads] == ["kpis.csv", "influencers.csv", "posts.csv", "results.json"]
