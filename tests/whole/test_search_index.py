"""The search index of the sample: campaigns and influencers by name, handle and status, and no lines of files."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest

from perftrack_site.summary import Built

Entry = dict[str, Any]
RECEIPT = re.compile(r"data/\S+\.(csv|json)|\bblob\b|lines \d")


@pytest.fixture(scope="module")
def entries(built_sample: Built) -> dict[str, Entry]:
    """What the search knows, by address."""
    edition = built_sample.out / built_sample.report.period.key
    docs = json.loads((edition / "search/search_index.json").read_text("utf-8"))["docs"]
    return {entry["location"]: entry for entry in docs}


def words(text: str) -> set[str]:
    """Take text apart as the search does: at blanks and hyphens."""
    return set(re.split(r"[\s-]+", html.unescape(re.sub(r"</?\w+>", "", text)).replace(",", " ")))


def test_a_campaign_is_known_by_its_name_its_brand_and_where_it_stands(
    entries: dict[str, Entry], built_sample: Built
) -> None:
    shown = [found for found in built_sample.report.campaigns if found.in_edition]
    for campaign in shown:
        entry = entries[f"campaigns/{campaign.key}/"]
        standing = (campaign.verdict or campaign.pace or campaign.state).replace("_", " ").capitalize()
        assert words(f"{campaign.name} {campaign.brand or ''}") - {""} <= words(entry["text"])
        assert entry["tags"][0] == standing
    assert {"Missed", "At risk", "Planned"} <= {entries[f"campaigns/{one.key}/"]["tags"][0] for one in shown}


def test_an_influencer_is_known_by_name_and_by_the_whole_handle(
    entries: dict[str, Entry], built_sample: Built
) -> None:
    for influencer in built_sample.report.influencers:
        known = words(entries[f"influencers/{influencer.key}/"]["text"])
        handles = {part for handle in influencer.accounts.values() for part in handle.split("-")}
        assert words(influencer.name) | handles <= known


def test_a_campaign_is_found_by_who_takes_part(entries: dict[str, Entry], built_sample: Built) -> None:
    for campaign in built_sample.report.campaigns:
        if campaign.in_edition and campaign.influencers:
            known = words(entries[f"campaigns/{campaign.key}/#influencers"]["text"])
            assert set().union(*(words(part.name) for part in campaign.influencers)) <= known


def test_no_receipt_no_post_and_no_file_floods_the_search(
    entries: dict[str, Entry], built_sample: Built
) -> None:
    assert [place for place, entry in entries.items() if RECEIPT.search(entry["text"])] == []
    for campaign in built_sample.report.campaigns:
        assert entries.get(f"campaigns/{campaign.key}/#posts", {"text": ""})["text"] == ""
    assert len(entries["data-quality/"]["text"]) < 1000


def test_lists_leave_the_search_to_the_pages_they_lead_to(
    entries: dict[str, Entry], built_sample: Built
) -> None:
    names = words(" ".join(found.name for found in built_sample.report.influencers))
    assert len(names & words(entries["influencers/"]["text"])) < 3
    assert all(entry["text"] == "" for place, entry in entries.items() if place.startswith("campaigns/#"))
