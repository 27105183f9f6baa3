"""The same commit gives the same bytes: in any time zone, locale, hash seed and folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from perftrack_site.editions.digest import tree_digest
from perftrack_site.start import write_workspace


def built_elsewhere(folder: Path, **environment: str) -> str:
    write_workspace(folder, sample=False)
    return built(folder, **environment)


def built(folder: Path, **environment: str) -> str:
    command = [sys.executable, "-m", "perftrack_site", "build"]
    subprocess.run(
        command, cwd=folder, env=os.environ | environment, check=True, capture_output=True, timeout=120
    )
    return tree_digest(folder / "site")


def test_two_builds_in_different_places_and_zones_are_byte_identical(tmp_path: Path) -> None:
    here = built_elsewhere(tmp_path / "a", TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="1")
    elsewhere = tmp_path / "another folder ü"
    there = built_elsewhere(elsewhere, TZ="America/Los_Angeles", LC_ALL="C.UTF-8", PYTHONHASHSEED="77")
    assert here == there


def test_a_change_of_one_number_would_be_seen(tmp_path: Path) -> None:
    before = built_elsewhere(tmp_path / "a")
    write_workspace(tmp_path / "b", sample=False)
    contract = tmp_path / "b/config/campaigns/first-campaign.yml"
    contract.write_text(contract.read_text().replace("value: 4000", "value: 4001"))
    assert built(tmp_path / "b") != before
