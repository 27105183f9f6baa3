"""Far more, far less and far longer than usual: pages stay readable, on the narrowest phone too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from browsing import FULL, served
from inspecting import OVERLAPPING, SPILLING
from page_samples import decided, in_flight, sample
from playwright.sync_api import Browser, Page
from real_site import build_reports

from perftrack_site.evaluation.report import CampaignResult, InfluencerResult, Report

pytestmark = pytest.mark.browser

LONG = "Endless " * 24 + "campaign"  # 200 characters
UNBROKEN = "Donaudampfschifffahrt" * 9 + "Tee 2031 ab"
NAMES = (
    LONG,
    UNBROKEN,
    "مهرجان الشاي في الخريف",
    "🫖🎄✨🫖🎄✨ שלום 🫖",
    "\N{RIGHT-TO-LEFT MARK}ישן וחדש (2031)",
)
CAMPAIGNS = 500 if FULL else 80
ROWS = 25  # of a list before the rest folds away
PLACES = {
    "bare": ("", "campaigns/", "influencers/", "data-quality/"),
    "alone": ("", "campaigns/", "campaigns/c0/"),
    "crowd": (
        "",
        "campaigns/",
        "campaigns/c0/",
        "campaigns/c1/",
        "influencers/",
        "influencers/i0/",
        "data-quality/",
    ),
}


def bare() -> Report:
    """A period without campaigns, people or goals."""
    return replace(sample(), campaigns=(), influencers=(), goals=())


def alone() -> Report:
    """A workspace with one campaign, which has no influencers and no posts."""
    only = replace(in_flight(), key="c0", influencers=(), posts=())
    return replace(sample(), campaigns=(only,), influencers=(), goals=())


def crowd() -> Report:
    """Hundreds of campaigns; fifty influencers in one of them, one influencer in fifty, and names of every kind."""
    people = tuple(person(number) for number in range(60))
    campaigns = tuple(campaign(number, people) for number in range(CAMPAIGNS))
    checks = tuple(replace(check, rows=check.rows * 300) for check in sample().quality.checks)
    quality = replace(sample().quality, checks=checks, rejects=sample().quality.rejects * 300)
    return replace(sample(), campaigns=campaigns, influencers=people, goals=(), quality=quality)


def person(number: int) -> InfluencerResult:
    name = NAMES[number] if number < len(NAMES) else f"Influencer {number}"
    campaigns = tuple(f"c{other}" for other in range(50)) if number == 0 else ("c0",)
    return replace(sample().influencers[0], key=f"i{number}", name=name, niche=name, campaigns=campaigns)


def campaign(number: int, people: tuple[InfluencerResult, ...]) -> CampaignResult:
    name = NAMES[number] if number < len(NAMES) else f"Campaign {number}"
    base = (
        in_flight()
        if number < len(NAMES)
        else decided("c", "C", ("met", "missed")[number % 2], in_flight().start)
    )
    told = base.influencers[0]
    crew = people[:50] if number == 0 else people[:1] if number < 50 else ()
    parts = tuple(replace(told, influencer=one.key, name=one.name) for one in crew)
    return replace(base, key=f"c{number}", name=name, brand=name, influencers=parts)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("extremes")
    reports = {"bare": bare(), "alone": alone(), "crowd": crowd()}
    build_reports(reports, folder, UNBROKEN)
    with served(folder / "html") as origin:
        yield origin


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("place", [f"{key}/{path}" for key, paths in PLACES.items() for path in paths])
def test_nothing_spills_or_overlaps_and_lists_fold(page: Page, address: str, place: str) -> None:
    page.goto(f"{address}/{place}")
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SPILLING) == []
        assert page.evaluate(OVERLAPPING) == []
    longest = "Math.max(0, ...[...document.querySelectorAll('article table')].map((one) => "
    rows = page.evaluate(
        f"{longest} one.checkVisibility() ? one.querySelectorAll('tbody > tr > th').length : 0))"
    )
    assert rows <= ROWS


def test_what_is_folded_away_opens_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/crowd/influencers/")
    assert not page.get_by_role("link", name="Influencer 59").is_visible()
    page.get_by_text("Show the other 35 influencers").click()
    assert page.get_by_role("link", name="Influencer 59").is_visible()
    context.close()


def test_text_that_spills_or_overlaps_would_be_noticed(page: Page) -> None:
    page.set_content(f"<article><p style='white-space: nowrap'>{LONG * 3}</p></article>")
    assert page.evaluate(SPILLING) != []
    page.set_content("<article><p>one line</p><p style='margin-top: -2em'>another line</p></article>")
    assert page.evaluate(OVERLAPPING) != []
