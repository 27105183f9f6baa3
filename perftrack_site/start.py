"""Write a new workspace: a skeleton that builds, or the sample."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from perftrack_site.errors import ConfigError, Fault

PACKAGE = files("perftrack_site")
PARTS = ("config", "data", "mkdocs.yml")


def write_workspace(folder: Path, *, sample: bool) -> int:
    """Write the skeleton or the sample into a folder and count the files; refuse to overwrite anything."""
    taken = [part for part in PARTS if (folder / part).exists()]
    if taken:
        faults = tuple(
            Fault(str(folder / part), "", "is there already", "choose another folder") for part in taken
        )
        raise ConfigError("No workspace was written.", faults)
    origins = {"config": PACKAGE / "skeleton", "data": PACKAGE / "skeleton"} if not sample else {}
    return sum(_copy(origins.get(part, _sample()) / part, folder / part) for part in PARTS)


def _sample() -> Traversable:
    """Find the sample: inside the wheel, or, in a checkout, the repository itself."""
    packed = PACKAGE / "_sample"
    return packed if packed.is_dir() else Path(str(PACKAGE)).parent


def _copy(origin: Traversable, target: Path) -> int:
    if origin.is_dir():
        return sum(_copy(child, target / child.name) for child in origin.iterdir())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(origin.read_bytes())
    return 1
