"""Charts in a real browser: drawn when asked for, by mouse, finger and keyboard, and under the strict policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from browsing import served, watched
from page_samples import sample
from playwright.sync_api import Browser, Locator, Page, expect
from support import REPOSITORY

from perftrack_site import packaged
from perftrack_site.editions.publish import Edition, publish
from perftrack_site.evaluation.report import Report
from perftrack_site.pages import make_pages, render, write_shared
from perftrack_site.site.build import SiteSettings, build_site

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)  # Plotly is a large script, and the machine may be busy
CAMPAIGN = "2031-Q4/campaigns/autumn-rituals/"
OPTIONS = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
NAV = (("Overview", "index"), ("Campaigns", "campaigns"), ("Influencers", "influencers"))


def one_campaign() -> Report:
    return replace(
        sample(), campaigns=tuple(one for one in sample().campaigns if one.key == "autumn-rituals")
    )


def publish_sample(root: Path, options: str) -> Path:
    """Build and publish the pages of one campaign, with these options for the engine."""
    render(make_pages(one_campaign()), packaged.templates(), root / "docs")
    (root / "mkdocs.yml").write_text(options, "utf-8")
    theme = packaged.templates() / "overrides"
    settings = SiteSettings(
        root, theme, "Alder", "2031-Q4", "Q4 2031", "21 November 2031", 1_950_000_000, NAV
    )
    build_site(root / "docs", root / "html", settings)
    quarter = Edition(
        "2031-Q4", "Q4 2031", "quarter", "open", date(2031, 10, 1), date(2031, 12, 31), root / "html"
    )
    write_shared(root / "common")
    return publish([quarter], "2031-Q4", root / "site", lambda _: (), root / "common").out


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_sample(tmp_path_factory.mktemp("charts"), OPTIONS)


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A campaign's page; it must end with a quiet console, which a breach of the policy would break."""
    context = browser.new_context(reduced_motion="reduce")
    with watched(context, site) as page:
        page.goto(f"{site}/{CAMPAIGN}")
        yield page
    context.close()


def first(page: Page) -> Locator:
    return page.locator("figure[data-chart]").first


def explore(figure: Locator) -> Locator:
    """Ask for the interactive chart by its button, and wait for it."""
    figure.get_by_role("button", name="Explore interactively").click()
    expect(figure.locator(".pt-plot .main-svg").first).to_be_visible()
    expect(figure).to_have_attribute("data-exploring", "yes")
    return figure.locator(".pt-plot")


def scripts(page: Page) -> list[str]:
    return page.evaluate("[...document.scripts].map(one => one.src).filter(src => src.includes('/shared/'))")  # type: ignore[no-any-return]


def test_p8_nothing_of_plotly_is_loaded_until_somebody_asks(page: Page) -> None:
    assert page.locator("figure[data-chart]").count() == 3
    assert scripts(page) == []
    explore(first(page))
    explore(page.locator("figure[data-chart]").nth(1))
    assert len(scripts(page)) == 1


def test_p8_resting_the_mouse_on_a_drawing_asks_and_shows_the_value_below_it(page: Page) -> None:
    first(page).locator(".pt-drawing").hover()
    expect(first(page)).to_have_attribute("data-exploring", "yes")
    box = first(page).locator(".pt-drawing").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(first(page).locator(".hoverlayer")).to_contain_text("Actual, to date: 3.")


def test_p8_a_finger_asks_by_a_tap(browser: Browser, site: str) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    with watched(context, site) as page:
        page.goto(f"{site}/{CAMPAIGN}")
        first(page).locator(".pt-drawing").tap()
        expect(first(page)).to_have_attribute("data-exploring", "yes")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


def test_p8_the_keyboards_focus_fetches_the_library_and_changes_nothing_yet(page: Page) -> None:
    first(page).get_by_role("button").focus()
    expect(page.locator("script[src*='/shared/']")).to_have_count(1)
    expect(first(page).locator(".pt-still")).to_be_visible()


def test_p3_words_of_the_plot_stand_within_the_place_of_the_drawing(page: Page) -> None:
    plot = explore(first(page))
    place = first(page).locator(".pt-drawing").bounding_box()
    words = [box for text in plot.locator("text").all() if (box := text.bounding_box()) and box["width"]]
    assert place
    assert len(words) > 5
    for box in words:  # a label may reach a few pixels over the edge
        assert place["x"] - 8 <= box["x"] <= place["x"] + place["width"] + 8 - box["width"]
        assert place["y"] - 8 <= box["y"] <= place["y"] + place["height"] + 8 - box["height"]


def test_p4_a_figure_is_as_wide_as_its_column_and_the_still_drawing_gives_way(page: Page) -> None:
    column = (
        "one => [one.getBoundingClientRect().width, getComputedStyle(one.parentNode).gridTemplateColumns]"
    )
    width, columns = first(page).evaluate(column)
    size = "one => [one.offsetWidth, one.offsetHeight]"
    before = first(page).evaluate(size)
    explore(first(page))
    assert width == pytest.approx(min(float(columns.split("px")[0]), 560), abs=1)  # 28rem of 20px at most
    assert first(page).locator(".pt-still").evaluate("one => getComputedStyle(one).visibility") == "hidden"
    assert first(page).evaluate(size) == before


def test_p9_a_screen_reader_finds_picture_sentence_table_and_button(page: Page) -> None:
    picture = first(page).get_by_role("img")
    assert (picture.get_attribute("aria-label") or "").startswith("Engagement on Instagram: progress. 3.8")
    assert "against at least 3.5" in first(page).locator("figcaption").inner_text()
    first(page).get_by_text("The numbers").click()
    assert first(page).get_by_role("row").count() > 5
    assert first(page).get_by_role("button").get_attribute("aria-pressed") == "false"


def test_p9_the_keyboard_opens_walks_and_closes_without_losing_its_place(page: Page) -> None:
    button = first(page).get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(first(page).get_by_role("status")).to_have_text("17 Oct 2031. Actual, to date: 2.6\u00a0%")
    page.keyboard.press("Escape")
    expect(first(page).locator(".pt-plot")).to_have_count(0)
    expect(first(page).locator(".pt-still")).to_be_visible()
    expect(button).to_be_focused()


def test_colours_follow_the_readers_choice_while_a_chart_is_open(page: Page) -> None:
    line = explore(first(page)).locator(".js-line").first
    light = line.evaluate("one => getComputedStyle(one).stroke")
    page.get_by_title("Switch to light colours").click()
    page.get_by_title("Switch to dark colours").click()
    expect(line).not_to_have_css("stroke", light)


def test_styles_that_plotly_would_put_into_the_page_are_noticed(browser: Browser, site: str) -> None:
    """The guard can fail: without the sheet we lay ready for it, Plotly breaks the policy."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    ours = (packaged.templates() / "assets/charts.js").read_text("utf-8")
    page.route(
        "**/charts.js", lambda route: route.fulfill(body=ours.replace("plotly.js-style-global", "other"))
    )
    page.goto(f"{site}/{CAMPAIGN}")
    explore(first(page))
    assert any("Content Security Policy" in text for text in said)
    page.close()


def test_nothing_moves_by_itself(page: Page) -> None:
    explore(first(page))
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_chart_that_cannot_be_loaded_says_so_and_keeps_the_drawing(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.route("**/shared/*", lambda route: route.abort())
    page.goto(f"{site}/{CAMPAIGN}")
    first(page).get_by_role("button").click()
    expect(first(page).get_by_role("status")).to_contain_text("could not be loaded")
    expect(first(page).locator(".pt-still")).to_be_visible()
    page.close()


def test_without_javascript_the_drawing_and_the_table_stand_and_no_button(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/{CAMPAIGN}")
    expect(first(page).locator("svg")).to_be_visible()
    assert not first(page).locator("button").is_visible()
    first(page).locator("summary").click()
    expect(first(page).locator("table")).to_be_visible()
    context.close()


def test_paper_shows_the_still_drawing_even_of_an_open_chart(page: Page) -> None:
    plot = explore(first(page))
    page.emulate_media(media="print")
    expect(plot).to_be_hidden()
    expect(first(page).locator(".pt-still")).to_be_visible()


@pytest.fixture(scope="module")
def instant_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same site with the theme's instant navigation: pages change by script, scripts run once."""
    root = tmp_path_factory.mktemp("instant")
    with served(root) as address:
        instant = OPTIONS.replace("  features:\n", "  features:\n    - navigation.instant\n")
        publish_sample(root, f"site_url: {address}/site/\n{instant}")
        yield f"{address}/site"


def test_p1_and_p2_charts_work_on_pages_that_come_by_script(browser: Browser, instant_site: str) -> None:
    context = browser.new_context()
    with watched(context, instant_site) as page:
        page.goto(f"{instant_site}/2031-Q4/")
        explore(first(page))
        page.evaluate("window.stayed = document.querySelector('.pt-plot')")
        page.get_by_role("link", name="Autumn rituals").first.click()
        page.wait_for_url(f"**/{CAMPAIGN}")
        explore(first(page))
        assert page.evaluate("window.stayed.isConnected") is False  # no new document: the script has run once
        assert page.evaluate("window.stayed._fullLayout") is None  # purged
        assert len(scripts(page)) == 1
    context.close()


def test_p2_charts_work_where_the_theme_says_nothing_of_new_pages(
    browser: Browser, site: str, folder: Path
) -> None:
    page = browser.new_page()
    html = (folder / CAMPAIGN / "index.html").read_text("utf-8")
    kept = [line for line in html.split("\n") if "assets/javascripts/bundle" not in line]
    page.route(f"**/{CAMPAIGN}", lambda route: route.fulfill(body="\n".join(kept), content_type="text/html"))
    page.goto(f"{site}/{CAMPAIGN}")
    assert page.evaluate("typeof window.document$") == "undefined"
    explore(first(page))
    page.close()
