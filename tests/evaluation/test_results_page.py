"""docs/results.md lists every field of the Report, and is made from the code."""

from __future__ import annotations

from pathlib import Path

import results_page

PAGE = Path(__file__).parents[2] / "docs" / "results.md"


def test_the_page_is_what_the_dataclasses_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == results_page.page()
