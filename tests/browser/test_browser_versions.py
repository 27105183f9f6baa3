"""The version selector in a real browser: another edition, the same page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import served, watched
from playwright.sync_api import Browser, Page
from support import copy_workspace

from perftrack_site.build import build
from perftrack_site.summary import Built

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def two_quarters(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample's two newest quarters and nothing else."""
    workspace = copy_workspace(sample, tmp_path_factory.mktemp("quarters"))
    settings = workspace / "config" / "project.yml"
    lines = settings.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("editions:")]
    settings.write_text("\n".join([*kept, "editions: {week: 0, month: 0, quarter: 2, year: 0}\n"]), "utf-8")
    return build(workspace)


@pytest.fixture
def page(browser: Browser, two_quarters: Built) -> Iterator[Page]:
    context = browser.new_context()
    with served(two_quarters.out) as origin, watched(context, origin) as page:
        page.goto(f"{origin}/latest/")
        page.wait_for_url("**/2026-Q4/")
        yield page
    context.close()


def choose_the_quarter_before(page: Page) -> None:
    """Go there by keyboard: the selector opens when it is reached."""
    page.locator(".md-version__current").focus()
    page.get_by_role("link", name="Q3 2026").press("Enter")


def test_choosing_a_version_keeps_the_page(page: Page) -> None:
    page.get_by_role("link", name="Data quality").first.click()
    page.wait_for_url("**/2026-Q4/data-quality/")
    choose_the_quarter_before(page)
    page.wait_for_url("**/2026-Q3/data-quality/")
    assert page.locator("h1").inner_text() == "Data quality"


def test_where_the_other_edition_has_no_such_page_its_overview_opens(page: Page) -> None:
    page.goto(page.url + "404.html", wait_until="networkidle")
    choose_the_quarter_before(page)
    page.wait_for_url("**/2026-Q3/")
    assert "Q3 2026" in page.locator("h1").inner_text()
