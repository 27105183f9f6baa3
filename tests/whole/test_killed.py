"""Killed at any moment, the published site is the old one or the new one; the swap's own are in tests/editions."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from perftrack_site.editions.digest import tree_digest
from perftrack_site.start import write_workspace

MOMENTS = 15
BUILD = [sys.executable, "-m", "perftrack_site", "build", "--period", "2026-Q1"]


def test_killed_at_fifteen_moments_the_site_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    write_workspace(workspace, sample=False)
    old = built(workspace)
    shutil.copytree(workspace / "site", tmp_path / "old")
    contract = workspace / "config/campaigns/first-campaign.yml"
    contract.write_text(contract.read_text().replace("value: 4000, stretch: 6000", "value: 4701"))
    began = time.monotonic()
    new = built(workspace)
    lasted = time.monotonic() - began
    seen = {
        killed_after(lasted * moment / MOMENTS, workspace, tmp_path / "old")
        for moment in range(1, MOMENTS + 1)
    }
    assert old != new
    assert seen <= {old, new}
    assert old in seen
    assert built(workspace) == new
    assert sorted(path.name for path in workspace.iterdir()) == [
        ".perftrack",
        "build",
        "config",
        "data",
        "mkdocs.yml",
        "site",
    ]


def killed_after(seconds: float, workspace: Path, old: Path) -> str:
    """Publish the old site, kill a build of the new one, and look at what is published."""
    shutil.rmtree(workspace / "site")
    shutil.copytree(old, workspace / "site")
    with subprocess.Popen(
        BUILD, cwd=workspace, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    return tree_digest(workspace / "site")


def built(workspace: Path) -> str:
    subprocess.run(BUILD, cwd=workspace, check=True, capture_output=True, timeout=120)
    return tree_digest(workspace / "site")
