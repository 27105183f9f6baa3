"""What travels with the package: templates, and the sample workspace. In a checkout they stand beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def templates() -> Path:
    """Find our own `site_templates/`."""
    packed = PACKAGE / "_templates"
    return packed if packed.is_dir() else PACKAGE.parent / "site_templates"


def sample() -> Path:
    """Find the sample workspace: inside the wheel, or, in a checkout, the repository itself."""
    packed = PACKAGE / "_sample"
    return packed if packed.is_dir() else PACKAGE.parent


def skeleton() -> Path:
    """Find the small workspace that a new one begins with."""
    return PACKAGE / "skeleton"


def presets() -> dict[str, Path]:
    """Find the workspaces that are ready for a purpose, by its name."""
    return {path.name: path for path in sorted((PACKAGE / "presets").iterdir())}


def merge_templates(workspace: Path, into: Path) -> Path:
    """Lay a workspace's `site_templates/` over ours in the new folder `into`; file by file, its own win."""
    shutil.copytree(templates(), into, copy_function=shutil.copyfile)
    own = workspace / "site_templates"
    # In a checkout the workspace's templates are ours.
    if own.is_dir() and own.resolve() != templates():
        shutil.copytree(own, into, dirs_exist_ok=True, copy_function=shutil.copyfile)
    return into
