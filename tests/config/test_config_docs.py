"""docs/config.md names every field and every word that the models know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from perftrack_site.config.schema import schemas

DOCS = Path(__file__).parents[2] / "docs" / "config.md"


def documented() -> set[str]:
    """List the words that stand in code marks, on their own or within `{amount, currency}`."""
    return set(
        re.findall(r"[A-Za-z_<>=]+", " ".join(re.findall(r"`([^`\n]+)`", DOCS.read_text(encoding="utf-8"))))
    )


def written(schema: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """List the keys and the words that a schema allows."""
    if isinstance(schema, list):
        for item in schema:
            yield from written(item)
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        yield from schema.get("enum", [])
        for value in schema.values():
            yield from written(value)


@pytest.mark.parametrize("kind", ["project", "sources", "influencers", "campaign", "metrics", "business"])
def test_every_field_and_word_is_documented(kind: str) -> None:
    months = set(schemas()["project"]["properties"]["fiscal_year_starts"]["enum"])
    assert set(written(schemas()[kind])) - months - documented() == set()


def test_a_field_without_a_line_is_noticed() -> None:
    assert set(written({"properties": {"brand": {}, "colour": {}}})) - documented() == {"colour"}
