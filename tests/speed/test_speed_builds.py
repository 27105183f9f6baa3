"""A build says the same whether it read its files or took them from the cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from perftrack_site.build import check, evaluate_workspace
from perftrack_site.start import write_workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Write the small workspace, with an address in a caption."""
    write_workspace(tmp_path, sample=False, purpose=None)
    [media] = tmp_path.glob("data/instagram/media-*.json")
    text = media.read_text(encoding="utf-8")
    media.write_text(text.replace("A quiet morning", "Write to zanele@example.com"), encoding="utf-8")
    return tmp_path


def test_a_report_from_the_cache_is_the_report_from_the_files(root: Path) -> None:
    cold, warm = evaluate_workspace(root), evaluate_workspace(root)
    assert list((root / ".perftrack/cache").rglob("ledger.json"))
    assert warm == cold
    notices = [notice for file in warm.quality.files for notice in file.notices]
    assert notices == ["1 e-mail address or phone number in its free text: pages show them masked"]


def test_a_cache_that_cannot_be_written_is_told_and_no_failure(root: Path) -> None:
    (root / ".perftrack").mkdir()
    (root / ".perftrack/cache").write_text("in the way", encoding="utf-8")
    found = check(root)
    assert found.refused is None
    assert [notice for notice in found.notices if notice.startswith(".perftrack/cache cannot be written")]
