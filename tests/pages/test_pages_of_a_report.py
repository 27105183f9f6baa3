"""What the pages say, made from the Report alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from posixpath import join, normpath

import pytest
from page_reader import Reader, laid_out, read
from page_samples import goal, in_flight, sample

from perftrack_site.errors import ConfigError
from perftrack_site.evaluation.report import GoalCount, GoalResult
from perftrack_site.evaluation.report_json import dump, parse
from perftrack_site.pages import make_pages
from perftrack_site.pages.campaigns import concerns, worst_kpi
from perftrack_site.pages.home import freshness, headline, outlook, standing
from perftrack_site.pages.kpis import kpi_row, receipt


@pytest.fixture(scope="module")
def pages(docs: Path) -> dict[str, Reader]:
    return {path.relative_to(docs).as_posix(): read(path.read_text("utf-8")) for path in docs.rglob("*.md")}


def with_count(**changes: object) -> GoalResult:
    return replace(goal(), current=replace(goal().current, **changes))  # type: ignore[arg-type]


def test_pages_made_from_the_parsed_file_equal_pages_made_from_memory(docs: Path) -> None:
    assert make_pages(parse((docs / "results.json").read_text("utf-8"))) == make_pages(sample())


def test_there_is_a_page_for_every_campaign_of_the_edition_and_every_influencer() -> None:
    paths = [page.path for page in make_pages(sample())]
    assert len(paths) == len(set(paths)) == 13 + 2 + 6
    assert "campaigns/spring-launch.md" in paths
    assert "campaigns/last-year.md" not in paths


def test_a_campaign_and_an_influencer_have_their_part_of_the_report_beside_them(docs: Path) -> None:
    campaign = parse((docs / "campaigns/harvest/results.json").read_text("utf-8"))
    assert [one.key for one in campaign.campaigns] == ["harvest"]
    assert [one.key for one in campaign.influencers] == ["ines"]
    influencer = parse((docs / "influencers/joao/results.json").read_text("utf-8"))
    assert {part.influencer for one in influencer.campaigns for part in one.influencers} == {"joao"}


def test_the_home_page_answers_first(pages: dict[str, Reader]) -> None:
    words = pages["index.md"].words
    assert words.index("66.7\xa0%") < words.index("4 of 6 decided campaigns met their KPIs.") < 400
    assert "Missed so far" in words
    assert "If all of them meet their KPIs: 80.0\xa0%; if none does: 40.0\xa0%." in words
    assert "10 of 13 decided KPIs were met (76.9\xa0%)" in words


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reached": False}, "Missed so far"),  # best 80 %, worst 40 %
        ({"reached": False, "best": Fraction(79, 100)}, "Missed"),
        ({"reached": True, "worst": Fraction(4, 5)}, "Reached"),
        ({"reached": True}, "Reached so far"),
        ({"reached": False, "pending": ()}, "Missed"),
        ({"reached": None, "why": "only 1 decided"}, "Cannot be said yet"),
    ],
)
def test_a_goal_is_settled_once_no_pending_campaign_can_change_it(
    changes: dict[str, object], said: str
) -> None:
    assert standing(with_count(**changes)).word == said


def test_a_miss_is_never_shown_as_the_goal() -> None:
    # 7996 of 10000 is 79.96 %; with one digit it would read 80.0 %
    report = replace(sample(), goals=(with_count(share=Fraction(7996, 10000)),))
    home = make_pages(report)[0]
    assert home.values["answers"][0].share == "79.96\xa0%"  # type: ignore[index]


def test_a_quarter_without_decided_campaigns_says_so() -> None:
    empty = GoalCount(
        "2031-Q4",
        "Q4 2031",
        (),
        (),
        ("thermos",),
        (),
        0,
        None,
        Fraction(1),
        Fraction(0),
        None,
        "none decided",
    )
    found = replace(goal(), current=empty)
    assert headline(found) == "No campaign has been decided in Q4 2031"
    assert outlook(found).startswith("1 campaign is still pending.")


def test_what_hurts_most_comes_first() -> None:
    found = [(one.badge.word, one.row.name) for one in concerns(sample(), "index.md")]
    assert found == [
        ("Missed", "Night blend"),
        ("Missed", "Gift box"),
        ("At risk", "Autumn rituals"),
        ("Watch", "Advent calendar"),
    ]


def test_the_worst_kpi_is_named_with_what_it_needs() -> None:
    assert worst_kpi(in_flight()) == (
        "Video views: 212\u202f500, 268\u202f571 needed by now; target at least 400\u202f000"
    )


def test_a_planned_campaign_shows_its_contract_and_no_numbers(pages: dict[str, Reader]) -> None:
    words = pages["campaigns/new-year.md"].words
    assert "between 90\u202f000 and 120\u202f000" in words
    assert "reference contract-0142: 7 days before the start" in words
    assert not [word for word in ("Actual", "Gap", "not known", "comes from") if word in words]


def test_a_campaign_says_where_it_stands_and_what_holds_it_back(pages: dict[str, Reader]) -> None:
    assert (
        "Runs until 14 Dec 2031. The verdict falls on 28 Dec 2031."
        in pages["campaigns/autumn-rituals.md"].words
    )
    assert "1 of 2 KPIs met, decided on 26 Oct 2031." in pages["campaigns/gift-box.md"].words
    assert "3.49\xa0% against at least 3.5\xa0% (\u22120.01\xa0pp)" in pages["campaigns/gift-box.md"].words
    assert "only 3 of 12 posts show reach (25 %), 80 % agreed" in pages["campaigns/reusables.md"].words
    assert "The festival was called off." in pages["campaigns/festival.md"].words


def test_every_kpi_number_opens_its_receipt() -> None:
    for campaign in sample().campaigns:
        kpis = [*campaign.kpis, *(kpi for part in campaign.influencers for kpi in part.kpis)]
        for kpi in kpis if campaign.state != "planned" else ():
            row = kpi_row("index.md", campaign, kpi, "here")
            assert (row.receipt is not None) == (kpi.actual.value is not None), kpi.key


def test_a_number_that_cannot_be_said_still_shows_what_was_looked_at() -> None:
    hidden = replace(in_flight().kpis[0].actual, value=None, why="reach is 0, nothing to divide by")
    found = receipt(hidden, "not known", "here")
    assert found is not None
    assert (found.number, found.inputs[1].total) == ("", "113\u202f474")


def test_a_receipt_names_formula_totals_files_lines_and_blob(pages: dict[str, Reader]) -> None:
    words = pages["campaigns/autumn-rituals.md"].words
    assert "engagements / reach" in words
    assert "113\u202f474 Reach = reach, from 11 of 12 posts" in words
    assert "data/instagram/ines/insights-2031-11-20.json, lines 2-9, 14 (blob 9daeafb986)" in words
    assert "2 records of these files could not be read." in words


def test_best_posts_stand_above_the_weakest_and_hidden_counters_are_named(pages: dict[str, Reader]) -> None:
    words = pages["campaigns/autumn-rituals.md"].words
    assert words.index("Slow mornings") < words.index("Weakest posts") < words.index("# not a heading")
    assert "Write to me: [e-mail address] or [phone number]" in words
    assert "hidden" in pages["campaigns/gift-box.md"].words


def test_the_ledger_adds_up_on_the_page(pages: dict[str, Reader]) -> None:
    words = pages["data-quality.md"].words
    assert "1\u202f340 records in 2 files: 1\u202f238 accepted, 2 rejected." in words
    assert "insights-2031-11-20.json:31-33" in words
    assert "data/notes (old).txt" in words


def test_every_metric_has_an_anchor_that_its_kpis_lead_to(pages: dict[str, Reader]) -> None:
    assert {one.key for one in sample().metrics} <= set(pages["how-we-measure.md"].values("section", "id"))
    leads = pages["campaigns/autumn-rituals.md"].values("a", "href")
    assert "../../how-we-measure/#engagement_rate_by_reach" in leads


def served(path: str) -> str:
    return "" if path == "index.md" else f"{path.removesuffix('.md')}/"


def test_every_link_leads_to_a_page_and_an_anchor_that_are_there(
    docs: Path, pages: dict[str, Reader]
) -> None:
    files = {path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()}
    folders = {normpath(served(path) or "."): page for path, page in pages.items()}
    for path, page in pages.items():
        for address in page.values("a", "href"):
            place, _, fragment = address.partition("#")
            found = normpath(join(served(path), place)) if place else normpath(served(path) or ".")
            assert address.startswith("https://") or found in folders or found in files, (path, address)
            if fragment:
                assert fragment in [value for _, name, value in folders[found].attributes if name == "id"], (
                    address
                )


def test_an_id_stands_once_on_a_page(pages: dict[str, Reader]) -> None:
    for path, page in pages.items():
        ids = Counter(value for _, name, value in page.attributes if name == "id")
        assert not {name: number for name, number in ids.items() if number > 1}, path


def test_a_page_has_one_first_heading_and_no_style_or_script_of_its_own(pages: dict[str, Reader]) -> None:
    for path, page in pages.items():
        tags = [tag for tag, *_ in page.skeleton]
        assert tags.count("h1") == 1, path
        assert not {"script", "style"} & set(tags)
        assert not [name for _, name, _ in page.attributes if name == "style" or name.startswith("on")]


def test_every_table_has_a_caption_and_every_heading_a_scope(pages: dict[str, Reader]) -> None:
    for page in pages.values():
        tags = Counter(tag for tag, *_ in page.skeleton)
        assert tags["table"] == tags["caption"]
        assert all("scope" in names for tag, *names in page.skeleton if tag == "th")


def test_a_key_that_would_take_a_list_page_is_refused() -> None:
    report = replace(sample(), campaigns=(replace(in_flight(), key="index"),))
    with pytest.raises(
        ConfigError, match="'index' would take the place of the list page; choose another key"
    ):
        make_pages(report)


def test_an_empty_report_has_pages_too(tmp_path: Path) -> None:
    bare = replace(sample(), goals=(), campaigns=(), influencers=(), metrics=())
    assert "No goal is set for this period." in read(laid_out(bare, tmp_path)["index.md"]).words


def test_the_same_report_gives_the_same_bytes(docs: Path, tmp_path: Path) -> None:
    again = laid_out(parse(dump(sample())), tmp_path)
    assert again == {path: (docs / path).read_text("utf-8") for path in again}


def test_of_many_late_sources_the_first_are_named_and_all_are_counted() -> None:
    source = next(one for one in sample().quality.sources if one.freshness == "warn")
    many = tuple(replace(source, key=f"ig-{number}") for number in range(1, 6))
    assert freshness(many[:2]).endswith("Late: ig-1 and ig-2.")
    assert freshness(many).endswith("5 sources are late, ig-1, ig-2 and ig-3 among them.")
