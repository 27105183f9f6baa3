"""What only a browser can tell: no error, no violation of the policy, no request to another host."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from browsing import served, watched
from playwright.sync_api import Browser, Page
from site_helpers import settings, with_archive, write_docs

from perftrack_site.editions.publish import Edition, publish
from perftrack_site.site.build import build_site
from perftrack_site.site.links import check_links

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a published site of one edition."""
    root = tmp_path_factory.mktemp("served")
    build_site(write_docs(root / "docs"), root / "html", settings(root / "workspace"))
    quarter = Edition(
        "2026-Q4", "Q4 2026", "quarter", "open", date(2026, 10, 1), date(2026, 12, 31), root / "html"
    )
    publish(
        [quarter], "2026-Q4", root / "site", lambda tree: check_links(with_archive(tree), "http://localhost/")
    )
    with served(root / "site") as address:
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page that must end without an error on its console, a failed request, or one to another host."""
    context = browser.new_context()
    with watched(context, site) as page:
        yield page
    context.close()


@pytest.mark.parametrize("path", ["", "campaigns/spring/"])
def test_a_page_loads_in_peace_and_offers_its_edition(page: Page, site: str, path: str) -> None:
    page.goto(f"{site}/2026-Q4/{path}", wait_until="networkidle")
    assert page.locator(".md-version__current").inner_text() == "Q4 2026"
    assert page.get_by_role("contentinfo").count() == 1


@pytest.mark.parametrize("path", ["", "campaigns/spring/"])
def test_the_search_finds_a_word_of_a_campaign(page: Page, site: str, path: str) -> None:
    page.goto(f"{site}/2026-Q4/{path}", wait_until="networkidle")
    page.locator("input[name=query]").click()
    page.keyboard.type("rooibos")
    page.locator(".md-search-result__item a", has_text="KPIs").click()
    assert page.url.startswith(f"{site}/2026-Q4/campaigns/spring/")
    assert page.locator("mark").first.inner_text() == "rooibos"


@pytest.mark.parametrize("path", ["", "campaigns/spring/"])
def test_colours_follow_the_system_until_the_reader_chooses(page: Page, site: str, path: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{site}/2026-Q4/{path}", wait_until="networkidle")
    scheme = page.locator("body")
    assert scheme.get_attribute("data-md-color-scheme") == "slate"
    page.get_by_title("Switch to light colours").click()
    assert scheme.get_attribute("data-md-color-scheme") == "default"
    page.reload(wait_until="networkidle")
    assert scheme.get_attribute("data-md-color-scheme") == "default"


@pytest.mark.parametrize("path", ["/", "/latest/"])
def test_the_root_and_latest_lead_to_the_current_edition(page: Page, site: str, path: str) -> None:
    page.goto(f"{site}{path}")
    page.wait_for_url(f"{site}/2026-Q4/")
    assert page.locator("h1").inner_text().startswith("Overview")


def test_the_policy_stops_a_script_that_came_in_after_all(browser: Browser, site: str) -> None:
    """The guard can fail: with a script put into the page, the browser reports the violation."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.route("**/2026-Q4/", lambda route: route.fulfill(body=_infected(route.fetch().text())))
    page.goto(f"{site}/2026-Q4/", wait_until="networkidle")
    assert page.evaluate("window.stolen") is None
    assert any("Content Security Policy" in text for text in said)
    page.close()


def _infected(html: str) -> str:
    return html.replace("</body>", "<script>window.stolen = true</script></body>")
