"""Write a new workspace: a skeleton that builds, or the sample."""

from __future__ import annotations

import shutil
from pathlib import Path

from perftrack_site import packaged
from perftrack_site.errors import ConfigError, Fault

PARTS = ("config", "data", "mkdocs.yml")


def write_workspace(folder: Path, *, sample: bool) -> int:
    """Write the skeleton or the sample into a folder and count the files; refuse to overwrite anything."""
    taken = [part for part in PARTS if (folder / part).exists()]
    if taken:
        faults = [
            Fault(str(folder / part), "", "is there already", "choose another folder") for part in taken
        ]
        raise ConfigError("No workspace was written.", tuple(faults))
    origin = packaged.sample() if sample else packaged.skeleton()
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("config", "data"):
        shutil.copytree(origin / part, folder / part, copy_function=shutil.copyfile)
    shutil.copyfile(packaged.sample() / "mkdocs.yml", folder / "mkdocs.yml")
    return 1 + sum(path.is_file() for part in ("config", "data") for path in (folder / part).rglob("*"))
