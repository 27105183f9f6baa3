"""Write a new workspace: a skeleton that builds, a preset to fill in, or the sample."""

from __future__ import annotations

import shutil
from pathlib import Path

from perftrack_site import packaged
from perftrack_site.errors import ConfigError, Fault

PARTS = ("config", "data", "mkdocs.yml")


def write_workspace(folder: Path, *, sample: bool = False, purpose: str | None = None) -> int:
    """Write the skeleton, the sample or a preset into a folder and count the files; overwrite nothing."""
    origin = _origin(sample=sample, purpose=purpose)
    taken = [part for part in PARTS if (folder / part).exists()]
    if taken:
        faults = [
            Fault(str(folder / part), "", "is there already", "choose another folder") for part in taken
        ]
        raise ConfigError("No workspace was written.", tuple(faults))
    make_folder(folder)
    for part in ("config", "data"):
        shutil.copytree(origin / part, folder / part, copy_function=shutil.copyfile)
    shutil.copyfile(packaged.sample() / "mkdocs.yml", folder / "mkdocs.yml")
    return 1 + sum(path.is_file() for part in ("config", "data") for path in (folder / part).rglob("*"))


def _origin(*, sample: bool, purpose: str | None) -> Path:
    if purpose is None:
        return packaged.sample() if sample else packaged.skeleton()
    presets = packaged.presets()
    if sample or purpose not in presets:
        wrong = (
            "it stands beside --sample; take one"
            if sample
            else f"there is no such one, only {', '.join(presets)}"
        )
        raise ConfigError(f"--for {purpose}: {wrong}.")
    return presets[purpose]


def make_folder(folder: Path) -> None:
    """Make a folder that somebody named, unless it is there; raise ConfigError where a file is in its way."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        fault = Fault(str(folder), "", "is a file, or below one", "name a folder")
        raise ConfigError("Nothing was written.", (fault,)) from None
