"""The theme's templates: ours, and over them, file by file, those of the workspace."""

from __future__ import annotations

import shutil
from pathlib import Path

import perftrack_site

_PACKAGE = Path(perftrack_site.__file__).parent


def packaged_templates() -> Path:
    """Find our own templates: inside the package when installed, beside it in a checkout."""
    installed = _PACKAGE / "_templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "site_templates"


def lay_over(layers: tuple[Path, ...], into: Path) -> None:
    """Merge `overrides/` of each of `layers` into the new folder `into`; a later layer's file wins."""
    into.mkdir(parents=True)
    for layer in layers:
        if (layer / "overrides").is_dir():
            shutil.copytree(layer / "overrides", into, dirs_exist_ok=True, copy_function=shutil.copyfile)
