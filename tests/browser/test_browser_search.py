"""The search as a reader uses it: a few letters, and the page that is meant stands first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import served, watched
from playwright.sync_api import Browser, Page

from perftrack_site.summary import Built

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def edition(built_sample: Built) -> Iterator[str]:
    with served(built_sample.out) as origin:
        yield f"{origin}/{built_sample.report.period.key}/"


@pytest.fixture
def page(browser: Browser, edition: str) -> Iterator[Page]:
    context = browser.new_context()
    with watched(context, edition.rsplit("/", 2)[0]) as page:
        yield page
    context.close()


def found(page: Page, edition: str, words: str) -> list[str]:
    """Type words into the search of the home page, and list the pages found, best first."""
    page.goto(edition, wait_until="networkidle")
    page.locator("input[name=query]").click()
    page.keyboard.type(words)
    page.locator(".md-search-result__item").first.wait_for()
    page.wait_for_timeout(300)  # the list is drawn again after the last letter
    links = page.locator(".md-search-result__item > a.md-search-result__link")
    addresses = [link.get_attribute("href") or "" for link in links.all()]
    return [address.partition("?")[0].removeprefix(edition) for address in addresses]


def test_a_name_a_handle_and_a_status_lead_to_their_pages(
    page: Page, edition: str, built_sample: Built
) -> None:
    report = built_sample.report
    missed = {
        f"campaigns/{one.key}/" for one in report.campaigns if one.in_edition and one.verdict == "missed"
    }
    at_risk = {f"campaigns/{one.key}/" for one in report.campaigns if one.pace == "at_risk"}
    campaign = next(one for one in report.campaigns if one.key == "festive-teaser")
    person = next(one for one in report.influencers if "instagram" in one.accounts)
    assert found(page, edition, campaign.name.rstrip("🎄 "))[0] == f"campaigns/{campaign.key}/"
    assert found(page, edition, person.accounts["instagram"])[0] == f"influencers/{person.key}/"
    assert set(found(page, edition, "missed")[: len(missed)]) == missed
    assert set(found(page, edition, "at risk")[: len(at_risk)]) == at_risk
    assert missed
    assert at_risk
