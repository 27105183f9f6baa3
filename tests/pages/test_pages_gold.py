"""Whole pages kept as gold: the diff of a gold page is the review of a change to it.

How to accept what the pages look like now stands in tests/gold/README.md.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

GOLD = Path(__file__).resolve().parent.parent / "gold"
PAGES = ["index.md", "campaigns/autumn-rituals.md", "influencers/ines.md"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_looks_like_its_gold(page: str, docs: Path) -> None:
    actual, gold = (docs / page).read_text("utf-8"), GOLD / page.replace("/", "-")
    if os.environ.get("PERFTRACK_ACCEPT_GOLD"):
        gold.write_text(actual, encoding="utf-8", newline="\n")
    assert actual.splitlines() == gold.read_text("utf-8").splitlines()
