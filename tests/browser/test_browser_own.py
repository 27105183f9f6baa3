"""An influencer's own site in a real browser: as quiet, as narrow and as accessible as the internal one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import served, violations, watched
from inspecting import SPILLING
from playwright.sync_api import Browser, Page

from perftrack_site.build import build

pytestmark = pytest.mark.browser
PAGES = ("", "campaigns/", "largest", "how-we-measure/")


@pytest.fixture(scope="module")
def own(sample: Path) -> Path:
    """The tree of the sample's first influencer."""
    contract = (sample / "config/influencers.yml").read_text("utf-8")
    key = contract.split("- key: ")[1].split("\n")[0].strip()
    return build(sample, period_key="2026-Q4", audience=f"influencer:{key}").out


@pytest.fixture
def page(browser: Browser, own: Path) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    with served(own) as origin, watched(context, origin) as page:
        page.goto(f"{origin}/2026-Q4/", wait_until="networkidle")
        yield page
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_an_influencers_page_loads_in_peace_fits_and_is_accessible(
    page: Page, own: Path, path: str, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{page.url}{largest_campaign(own) if path == 'largest' else path}", wait_until="networkidle")
    page.evaluate("for (const one of document.querySelectorAll('article details')) one.open = true")
    assert violations(page) == []
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SPILLING) == []


def largest_campaign(own: Path) -> str:
    found = max(own.glob("2026-Q4/campaigns/*/index.html"), key=lambda path: path.stat().st_size)
    return f"campaigns/{found.parent.name}/"
