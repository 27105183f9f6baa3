"""Addresses between pages are final, relative, and made for pages that are served as folders."""

from __future__ import annotations

import pytest

from perftrack_site.pages.page import beside, link


@pytest.mark.parametrize(
    ("page", "to", "address"),
    [
        ("index.md", "campaigns/spring.md", "campaigns/spring/"),
        ("index.md", "index.md", "./"),
        ("index.md", "results.json", "results.json"),
        ("campaigns.md", "campaigns/spring.md", "spring/"),
        ("campaigns/spring.md", "campaigns.md", "../"),
        ("campaigns/spring.md", "index.md", "../../"),
        ("campaigns/spring.md", "influencers/ines.md", "../../influencers/ines/"),
        ("campaigns/spring.md", "campaigns/spring/results.json", "results.json"),
        ("data-quality.md", "how-we-measure.md", "../how-we-measure/"),
    ],
)
def test_a_link_leads_from_folder_to_folder(page: str, to: str, address: str) -> None:
    assert link(page, to) == address


def test_a_link_can_lead_to_a_place_on_the_page() -> None:
    assert link("index.md", "how-we-measure.md", "views") == "how-we-measure/#views"


def test_a_link_made_of_something_else_than_keys_cannot_leave_its_attribute() -> None:
    assert '"' not in link("index.md", 'campaigns/a" onclick="x.md')


def test_a_download_lies_in_the_folder_its_page_is_served_from() -> None:
    assert beside("campaigns/spring.md", "results.json") == "campaigns/spring/results.json"
    assert beside("index.md", "results.json") == "results.json"
