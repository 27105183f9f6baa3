"""What travels with the package: templates, and the sample workspace. In a checkout they stand beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

from perftrack_site.errors import ConfigError

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
    if own := own_templates(workspace):
        shutil.copytree(own, into, dirs_exist_ok=True, copy_function=shutil.copyfile)
    return into


def own_templates(workspace: Path) -> Path | None:
    """Find a workspace's own `site_templates/`; in a checkout those are ours."""
    own = workspace / "site_templates"
    if own.exists() and not own.is_dir():
        raise ConfigError(f"{own}: is not a folder; it is where a workspace's own templates lie.")
    return own if own.is_dir() and own.resolve() != templates() else None
