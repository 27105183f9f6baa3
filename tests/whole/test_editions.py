"""Every period is a version: published side by side, each for ever at its address, listed in the archive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perftrack_site.build import build
from perftrack_site.start import write_workspace


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All editions of a small workspace whose campaign runs from 12 to 31 January 2026, known to 14 February."""
    workspace = tmp_path_factory.mktemp("editions") / "workspace"
    write_workspace(workspace, sample=False)
    return build(workspace).out


def versions(site: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((site / "versions.json").read_text("utf-8"))
    return found


def test_the_newest_of_each_kind_are_published_the_current_goal_period_first(site: Path) -> None:
    assert [version["version"] for version in versions(site)] == [
        "2026-Q1", "2026-02", "2026-01", "2026-W07", "2026-W06", "2026-W05", "2026-W04", "2026",
    ]  # fmt: skip
    assert versions(site)[0]["aliases"] == ["latest"]
    assert "../2026-Q1/" in (site / "latest/index.html").read_text("utf-8")


def test_an_edition_knows_its_days_and_whether_it_is_closed(site: Path) -> None:
    january = next(version for version in versions(site) if version["version"] == "2026-01")
    assert january["title"] == "January 2026"
    assert january["properties"] == {
        "hidden": False, "kind": "month", "status": "closed", "start": "2026-01-01", "end": "2026-01-31",
        "data_commit": None,
    }  # fmt: skip


def test_an_edition_judges_from_its_own_end(site: Path) -> None:
    in_flight, decided = (
        json.loads((site / f"{key}/results.json").read_text("utf-8"))["campaigns"][0]
        for key in ("2026-W04", "2026-02")
    )
    assert (in_flight["state"], in_flight["verdict"]) == ("in_flight", None)
    assert (decided["state"], decided["verdict"]) == ("decided", "met")


def test_a_week_shows_the_goal_of_its_quarter_to_date(site: Path) -> None:
    week = json.loads((site / "2026-W06/results.json").read_text("utf-8"))
    assert week["goals"][0]["current"]["period"] == "2026-Q1"
    assert week["goals"][0]["current"]["pending"] == ["first-campaign"]


def test_the_archive_lists_what_is_published_and_what_is_not(site: Path) -> None:
    archive = (site / "archive/index.html").read_text("utf-8")
    assert archive.count('href="../2026') == 8
    assert "Week 3 of 2026" in archive
    assert "../2026-W03/" not in archive


def test_every_page_leads_to_the_archive(site: Path) -> None:
    assert 'href="../archive/"' in (site / "2026-Q1/index.html").read_text("utf-8")
    assert 'href="../../../archive/"' in (site / "2026-Q1/campaigns/first-campaign/index.html").read_text(
        "utf-8"
    )


def test_every_page_of_an_edition_says_the_same_day_as_at(site: Path) -> None:
    for page in ("index.html", "campaigns/first-campaign/index.html", "data-quality/index.html"):
        text = (site / "2026-01" / page).read_text("utf-8")
        assert "3 Feb 2026" in text
        assert "as at 3 February 2026" in text
        assert "as at 14 feb 2026" not in text.casefold()
