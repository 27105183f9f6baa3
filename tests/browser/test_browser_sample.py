"""The sample site in a real browser: quiet, reachable by keyboard, readable everywhere, small."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import FULL, served, violations, watched
from inspecting import SHIFTS, SPILLING, STOPS, UNREACHED, styles_of
from playwright.sync_api import Browser, BrowserContext, Page, Response

from perftrack_site.summary import Built

pytestmark = pytest.mark.browser

FIRST_VIEW = 150_000  # bytes, compressed
QUICK = ("campaign",)
KINDS = ("home", "campaigns", "campaign", "influencers", "influencer", "quality", "measure", "missing")
SOME = KINDS if FULL else QUICK


@dataclass(frozen=True)
class Site:
    """The sample as it is served: its address, that of its current edition, a page of each kind."""

    origin: str
    edition: str
    folder: Path

    def page(self, kind: str) -> str:
        """Give the address of a page of this kind: of many, the largest."""
        paths = {
            "home": "",
            "campaigns": "campaigns/",
            "campaign": self._largest("campaigns"),
            "influencers": "influencers/",
            "influencer": self._largest("influencers"),
            "quality": "data-quality/",
            "measure": "how-we-measure/",
            "missing": "404.html",
        }
        return f"{self.edition}/{paths[kind]}"

    def _largest(self, kind: str) -> str:
        found = max(self.folder.glob(f"{kind}/*/index.html"), key=lambda path: path.stat().st_size)
        return f"{kind}/{found.parent.name}/"


@pytest.fixture(scope="module")
def site(built_sample: Built) -> Iterator[Site]:
    key = built_sample.report.period.key
    with served(built_sample.out) as origin:
        yield Site(origin, f"{origin}/{key}", built_sample.out / key)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Iterator[Page]:
    with watched(context, site.origin) as page:
        yield page


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_loads_in_peace_and_fits_every_width(page: Page, site: Site, kind: str) -> None:
    page.goto(site.page(kind), wait_until="networkidle")
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SPILLING) == []


@pytest.mark.parametrize("kind", SOME)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(page: Page, site: Site, kind: str, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.page(kind), wait_until="networkidle")
    page.evaluate("for (const one of document.querySelectorAll('article details')) one.open = true")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_archive(page: Page, site: Site, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site.origin}/archive/", wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []


@pytest.mark.parametrize("kind", SOME)
def test_the_keyboard_reaches_every_control_and_shows_where_it_is(page: Page, site: Site, kind: str) -> None:
    page.goto(site.page(kind), wait_until="networkidle")
    assert unmarked_stops(page) == []
    assert page.evaluate(UNREACHED) == []


def test_a_control_out_of_reach_or_without_a_ring_would_be_noticed(page: Page, site: Site) -> None:
    page.goto(f"{site.edition}/how-we-measure/", wait_until="networkidle")
    page.evaluate(
        "document.querySelector('article').insertAdjacentHTML('beforeend', "
        "'<button class=bare>a</button><a href=\"#\" tabindex=-1>b</a>')"
    )
    page.evaluate("document.querySelector('.bare').style.outline = 'none'")
    assert unmarked_stops(page) == ["BUTTON.bare focus-visible a"]
    assert page.evaluate(UNREACHED) == ["A. b"]


def unmarked_stops(page: Page) -> list[str]:
    """Go through the page by keyboard; list the stops that look the same with the keyboard on them."""
    seen: list[dict[str, str]] = []
    page.keyboard.press("Tab")
    while (stop := page.evaluate(STOPS)) is not None:
        seen.append(stop)
        page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    at_rest = page.evaluate(styles_of([stop["mark"] for stop in seen]))
    return [stop["what"] for stop in seen if stop["style"] == at_rest[stop["mark"]]]


@pytest.mark.parametrize("kind", ["campaign", "home"])
def test_without_javascript_drawings_and_tables_are_there(browser: Browser, site: Site, kind: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.page(kind))
    assert page.locator("svg.pt-chart").first.is_visible()
    assert page.locator("article table:visible").count() > 0
    page.locator(".pt-figure summary").first.click()
    assert page.locator(".pt-figure table").first.is_visible()
    context.close()


def test_print_shows_drawings_with_their_numbers_and_no_navigation(page: Page, site: Site) -> None:
    page.goto(site.page("campaign"), wait_until="networkidle")
    page.emulate_media(media="print")
    for shown in ("svg.pt-chart", ".pt-kpis", ".pt-figure table"):
        assert all(found.is_visible() for found in page.locator(f"article {shown}").all())
    for hidden in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".pt-figure summary"):
        assert not any(found.is_visible() for found in page.locator(hidden).all())


def test_the_first_view_of_a_campaign_is_small_and_does_not_move(page: Page, site: Site) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (it marks what it is given)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site.page("campaign"), wait_until="networkidle")
    sizes = {answer.url: len(gzip.compress(answer.body())) for answer in answers}
    assert sum(sizes.values()) <= FIRST_VIEW, sizes
    assert page.evaluate(SHIFTS) < 0.02
