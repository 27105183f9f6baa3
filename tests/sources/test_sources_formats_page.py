from __future__ import annotations

import os

import pytest
from sources_page import DOCS, is_known, page

from perftrack_site.sources import FORMATS


def test_the_page_about_sources_is_the_one_the_formats_make() -> None:
    if os.environ.get("PERFTRACK_ACCEPT_GOLD"):
        DOCS.write_text(page(), encoding="utf-8")
    assert DOCS.read_text(encoding="utf-8") == page(), "python tests/sources/sources_page.py"


@pytest.mark.parametrize("key", FORMATS)
def test_every_field_becomes_something_of_a_table_the_format_feeds(key: str) -> None:
    for column in FORMATS[key].columns:
        for name in column.becomes:
            assert name.partition(".")[0] in FORMATS[key].tables, name
            assert is_known(name), name


@pytest.mark.parametrize("key", FORMATS)
def test_every_format_says_how_its_files_are_had_and_where_they_are_kept(key: str) -> None:
    form = FORMATS[key]
    assert form.platform
    assert form.export.endswith(".")
    assert "{extracted_at:" in form.pattern
    assert set(form.overlaps) <= {"cumulative", "replaces", "adds"}
