from __future__ import annotations

import re
from pathlib import Path

import pytest

from perftrack_site.sources import FORMATS
from perftrack_site.sources.instagram_graph import COUNTERS
from perftrack_site.sources.tables import TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def section(key: str) -> str:
    return PAGE.split(f"\n## `{key}`\n")[1].split("\n## ")[0]


def told_apart(cell: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`([^`]+)`", cell))


def test_every_format_has_its_section() -> None:
    assert re.findall(r"^## `(.+)`$", PAGE, re.MULTILINE) == list(FORMATS)


@pytest.mark.parametrize("key", FORMATS)
def test_the_fields_on_the_page_are_those_that_are_read(key: str) -> None:
    table = section(key).split("| Field | Becomes | |\n")[1].split("\n\n")[0]
    rows = [line.split(" | ") for line in table.splitlines()[1:]]
    assert [(told_apart(row[0]), told_apart(row[1])) for row in rows] == [
        (column.headers, column.becomes) for column in FORMATS[key].columns
    ]
    assert [row[2].startswith("needed") for row in rows] == [
        not column.nullable for column in FORMATS[key].columns
    ]


@pytest.mark.parametrize("key", FORMATS)
def test_every_field_becomes_a_column_of_a_table_the_format_feeds(key: str) -> None:
    for column in FORMATS[key].columns:
        for name in column.becomes:
            table, _, field = name.partition(".")
            assert table in FORMATS[key].tables
            assert field in TABLES[table].columns


def test_the_counters_on_the_page_are_those_that_are_kept() -> None:
    table = section("instagram_graph.media_insights").split("| Counter |")[1].split("\n\n")[0]
    rows = [line.split(" | ") for line in table.splitlines()[2:]]
    assert {told_apart(row[0])[0]: told_apart(row[1]) for row in rows} == COUNTERS


def test_every_rule_that_the_code_names_is_on_the_page() -> None:
    room = Path(__file__).parents[2] / "perftrack_site" / "sources"
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(room.glob("*.py")))
    rules = set(re.findall(r'(?:CellError|Skipped|Rule)\(\s*"([a-z_]+)"', code))
    rules |= {"columns", "conflict", "order_rejected", "order_split", "name_not_used", "superseded_name"}
    assert {"count", "id_damaged", "blank_row"} <= rules
    assert not {rule for rule in rules if f"`{rule}`" not in PAGE}
