"""Where the repository is, and how a workspace is copied for a test."""

from __future__ import annotations

import shutil
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def copy_workspace(origin: Path, folder: Path) -> Path:
    """Copy what makes a workspace, and nothing that was built."""
    for part in ("config", "data"):
        shutil.copytree(origin / part, folder / part)
    shutil.copy(origin / "mkdocs.yml", folder / "mkdocs.yml")
    return folder
