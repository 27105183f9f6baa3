"""What an influencer reads on their own pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from posixpath import join, normpath

import pytest
from page_reader import Reader, laid_out, read
from page_samples import sample
from spoiling import HOSTILE, PLAIN, spoilt

from perftrack_site.evaluation.audience import narrow
from perftrack_site.evaluation.report import CampaignResult, Earlier, Feedback, Report
from perftrack_site.evaluation.report_json import dump, parse
from perftrack_site.pages import make_pages, navigation


def of_ines() -> Report:
    """Inês' Report, with what the rules would say put in by hand."""
    own = narrow(sample(), "influencer:ines")
    return replace(own, campaigns=tuple(_told(campaign) for campaign in own.campaigns))


def _told(campaign: CampaignResult) -> CampaignResult:
    [part] = campaign.influencers
    posts = tuple(post.page_id for post in campaign.posts[:1])
    lines = (
        Feedback("target_met", "worked", None, "You met it.", ()),
        Feedback("formats_compared", "would_help", None, "Reels serve you better.", posts),
    )
    kpis = tuple(
        replace(kpi, earlier=(Earlier("may", "May days", campaign.start, kpi.actual, "met"),))
        for kpi in part.kpis
    )
    return replace(campaign, influencers=(replace(part, feedback=lines, kpis=kpis),))


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    laid_out(of_ines(), folder)
    return folder


@pytest.fixture(scope="module")
def pages(docs: Path) -> dict[str, Reader]:
    return {path.relative_to(docs).as_posix(): read(path.read_text("utf-8")) for path in docs.rglob("*.md")}


def test_there_is_an_overview_a_list_a_page_for_each_campaign_and_how_we_measure(
    pages: dict[str, Reader],
) -> None:
    stems = [f"{stem}.md" for _, stem in navigation(of_ines())]
    assert stems == ["index.md", "campaigns.md", "how-we-measure.md"]
    assert {page for page in pages if "/" not in page} == set(stems)
    assert "campaigns/autumn-rituals.md" in pages
    assert "campaigns/last-year.md" not in pages


def test_pages_made_from_the_parsed_file_equal_pages_made_from_memory() -> None:
    assert make_pages(parse(dump(of_ines()))) == make_pages(of_ines())


def test_the_overview_says_what_is_agreed_where_they_stand_and_what_helps(pages: dict[str, Reader]) -> None:
    words = pages["index.md"].words
    places = [words.index(said) for said in ("Where you stand", "What worked", "What would help", "Decided")]
    assert places == sorted(places)
    assert "3 reels and 6 stories" in words
    assert "EUR\xa04\u202f200.00" in words
    assert "Autumn rituals You met it." in words


def test_a_campaign_shows_their_part_their_history_and_their_posts(pages: dict[str, Reader]) -> None:
    words = pages["campaigns/autumn-rituals.md"].words
    for said in (
        "Your KPIs",
        "promo code INES10",
        "in 1 earlier campaign of yours",
        "May days",
        "Your posts",
    ):
        assert said in words, said
    for other in ("João", "Budget", "marketing lead", "contract-0142", "every primary KPI must be met"):
        assert other not in words, other


def test_a_planned_campaign_shows_what_is_expected_before_any_data_exists(tmp_path: Path) -> None:
    own = narrow(sample(), "influencer:joao")
    words = read(laid_out(own, tmp_path)["campaigns/new-year.md"]).words
    assert "This is what is agreed." in words
    assert "Agreed: 3 reels and 6 stories, from" in words
    assert "between 90\u202f000 and 120\u202f000" in words
    assert not [word for word in ("Actual", "Gap", "not known", "comes from", "What worked") if word in words]
    assert "Delivered" not in words


def test_a_planned_campaign_has_a_page_in_every_edition() -> None:
    own = narrow(sample(), "influencer:joao")
    later = replace(own, campaigns=tuple(replace(one, in_edition=False) for one in own.campaigns))
    paths = [page.path for page in make_pages(later)]
    assert [path for path in paths if path.startswith("campaigns/")] == ["campaigns/new-year.md"]


def test_it_is_said_what_these_pages_hold(pages: dict[str, Reader]) -> None:
    assert "These pages are made for you alone." in pages["how-we-measure.md"].words
    assert "Goals" not in pages["how-we-measure.md"].words


def test_somebody_in_no_campaign_reads_so(tmp_path: Path) -> None:
    own = narrow(replace(sample(), campaigns=()), "influencer:ines")
    found = laid_out(own, tmp_path)
    assert "Nothing is agreed yet." in read(found["index.md"]).words
    assert "You are part of no campaign in this edition." in read(found["campaigns.md"]).words


def test_every_link_leads_to_a_page_or_a_file_and_every_id_stands_once(
    docs: Path, pages: dict[str, Reader]
) -> None:
    files = {path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()}
    folders = {"." if path == "index.md" else path.removesuffix(".md") for path in pages}
    for path, page in pages.items():
        here = "" if path == "index.md" else f"{path.removesuffix('.md')}/"
        for address in page.values("a", "href"):
            place = normpath(join(here, address.partition("#")[0]) or ".")
            assert address.startswith("https://") or place in folders | files, (path, address)
        ids = [value for _, name, value in page.attributes if name == "id"]
        assert len(ids) == len(set(ids)), path


def wrecked(said: str) -> Report:
    """Spoil every text of Inês' Report; feedback still leads to the posts it names."""
    report = spoilt(of_ines(), said)
    assert isinstance(report, Report)
    return replace(report, campaigns=tuple(_leading_to_posts(campaign) for campaign in report.campaigns))


def _leading_to_posts(campaign: CampaignResult) -> CampaignResult:
    [part] = campaign.influencers
    posts = tuple(post.page_id for post in campaign.posts[:1])
    lines = tuple(replace(line, posts=posts if line.posts else ()) for line in part.feedback)
    return replace(campaign, influencers=(replace(part, feedback=lines),))


@pytest.mark.parametrize("hostile", HOSTILE[::3])
def test_no_markup_gets_in(hostile: str, tmp_path: Path) -> None:
    plain, found = (
        {path: read(page) for path, page in laid_out(wrecked(said), tmp_path / folder).items()}
        for said, folder in ((PLAIN, "plain"), (hostile, "hostile"))
    )
    assert any("ZzFeedbackZzsentenceZz" in page.words for page in found.values())
    for path, page in found.items():
        assert page.skeleton == plain[path].skeleton, path
        assert not page.nested_wrong, path
