"""Two pages must never want one place: checked before the engine, which would overwrite without a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from perftrack_site.errors import Fault, SiteError

_HIDDEN_FOLDER = "templates"  # the engine leaves out a folder of this name at the root, and every dot file


def refuse_collisions(docs: Path) -> None:
    """Raise SiteError where two files of `docs` lead to one place, or the engine would leave one out."""
    sources = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file())
    if faults := [*_odd_names(sources), *_collisions(sources)]:
        raise SiteError("These pages cannot be laid out as a site.", tuple(sorted(faults)))


def destination(source: str) -> str:
    """Say where the engine puts `source`: `x.md` at `x/index.html`, anything else where it is."""
    path = PurePosixPath(source)
    if path.suffix != ".md":
        return source
    folder = path.parent if path.stem in {"index", "README"} else path.with_suffix("")
    return (folder / "index.html").as_posix()


def folded(path: str) -> str:
    """Spell `path` as the least careful file system would compare it: no case, one form of Unicode."""
    return unicodedata.normalize("NFC", path).casefold()


def _odd_names(sources: list[str]) -> list[Fault]:
    faults = []
    for source in sources:
        parts = PurePosixPath(source).parts
        if unicodedata.normalize("NFC", source) != source:
            faults.append(Fault(source, "", "its name is not in Unicode form NFC", "compose the name"))
        if parts[0] == _HIDDEN_FOLDER or any(part.startswith(".") for part in parts):
            faults.append(Fault(source, "", "the engine would leave it out", "choose another name"))
    return faults


def _collisions(sources: list[str]) -> list[Fault]:
    faults = []
    first: dict[str, str] = {}
    for source in sources:
        place = destination(source)
        other = first.setdefault(folded(place), source)
        if other != source:
            faults.append(Fault(source, "", f"it would overwrite {other} at {place}", "rename one of them"))
    return [*faults, *_files_for_folders(sources, first)]


def _files_for_folders(sources: list[str], first: dict[str, str]) -> Iterator[Fault]:
    for source in sources:
        for parent in PurePosixPath(folded(destination(source))).parents:
            if in_the_way := first.get(parent.as_posix()):
                yield Fault(
                    source, "", f"{in_the_way} is a file where it needs a folder", "rename one of them"
                )
