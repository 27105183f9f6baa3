from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from site_helpers import settings, write_docs

from perftrack_site.errors import SiteError
from perftrack_site.site import build
from perftrack_site.site.build import build_site
from perftrack_site.site.names import destination, refuse_collisions


def wrong(docs: Path) -> list[str]:
    with pytest.raises(SiteError) as refused:
        refuse_collisions(docs)
    return [str(fault) for fault in refused.value.faults]


def test_a_page_becomes_a_folder_with_an_index() -> None:
    assert destination("campaigns/spring.md") == "campaigns/spring/index.html"
    assert destination("campaigns/index.md") == "campaigns/index.html"
    assert destination("index.md") == "index.html"
    assert destination("assets/perftrack.css") == "assets/perftrack.css"


def test_two_pages_that_lead_to_one_place_are_refused(tmp_path: Path) -> None:
    docs = write_docs(tmp_path, {"campaigns/index.md": "# Twice\n"})
    assert wrong(docs) == [
        "campaigns/index.md: it would overwrite campaigns.md at campaigns/index.html; rename one of them"
    ]


def test_names_that_differ_by_case_alone_are_refused(tmp_path: Path) -> None:
    docs = write_docs(tmp_path, {"campaigns/Spring.md": "# Case\n"})
    [fault] = wrong(docs)
    assert fault.startswith("campaigns/spring.md: it would overwrite campaigns/Spring.md")


def test_names_in_another_form_of_unicode_are_refused(tmp_path: Path) -> None:
    docs = write_docs(tmp_path, {unicodedata.normalize("NFD", "campaigns/café.md"): "# NFD\n"})
    assert "its name is not in Unicode form NFC" in wrong(docs)[0]


def test_names_the_engine_would_leave_out_are_refused(tmp_path: Path) -> None:
    docs = write_docs(tmp_path, {"templates/x.md": "# T\n", "campaigns/.spring.md": "# Hidden\n"})
    assert [text.split(":")[0] for text in wrong(docs)] == ["campaigns/.spring.md", "templates/x.md"]


def test_a_file_where_a_page_needs_a_folder_is_refused(tmp_path: Path) -> None:
    docs = write_docs(tmp_path, {"campaigns/spring": "a download without a suffix"})
    assert wrong(docs) == [
        "campaigns/spring.md: campaigns/spring is a file where it needs a folder; rename one of them"
    ]


def test_the_engine_alone_would_lose_a_page_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason for the check: without it both pages go in, one comes out and nothing is said."""
    docs = write_docs(tmp_path / "docs", {"campaigns/spring/index.md": "# The other\n"})
    monkeypatch.setattr(build, "refuse_collisions", lambda _: None)
    build_site(docs, tmp_path / "out", settings(tmp_path / "workspace"))
    page = (tmp_path / "out/campaigns/spring/index.html").read_text("utf-8")
    assert ("The other" in page) != ("rooibos" in page)
