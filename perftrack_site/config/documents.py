"""The files below config/, read and each checked for its own form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from perftrack_site.config.complaints import complaints
from perftrack_site.config.files import (
    CAMPAIGNS,
    FILES,
    FOLDER,
    REQUIRED,
    RESERVED,
    SUFFIX,
    Business,
    Influencers,
    Metrics,
    Sources,
)
from perftrack_site.config.forms import KEY_LENGTH, KEY_PATTERN
from perftrack_site.config.models import Campaign, Settings
from perftrack_site.config.names import printable, quoted
from perftrack_site.config.tree import MAX_BYTES, Entry, Node, Tree, read_tree
from perftrack_site.errors import EnvironmentFault, Fault

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Document(Generic[Model]):
    """A file: its tree, and its value where its form is right.

    `readable` is unset where even the tree could not be read.
    """

    root: Node
    value: Model | None
    faults: tuple[Fault, ...] = ()
    readable: bool = True


@dataclass(frozen=True)
class Documents:
    """All files below config/."""

    settings: Document[Settings]
    sources: Document[Sources]
    influencers: Document[Influencers]
    additions: Document[Metrics]
    business: Document[Business]
    campaigns: Mapping[str, Document[Campaign]]

    @property
    def faults(self) -> Iterator[Fault]:
        """List what is wrong with the form of each file."""
        yield from (*self.settings.faults, *self.sources.faults, *self.influencers.faults)
        yield from (*self.additions.faults, *self.business.faults)
        for campaign in self.campaigns.values():
            yield from campaign.faults


def read_documents(folder: Path) -> Documents:
    """Read every file of config/; one that is not there is empty."""
    return Documents(
        settings=_file(folder, "project.yml", Settings),
        sources=_file(folder, "sources.yml", Sources),
        influencers=_file(folder, "influencers.yml", Influencers),
        additions=_file(folder, "metrics.yml", Metrics),
        business=_file(folder, "business.yml", Business),
        campaigns=_campaigns(folder / CAMPAIGNS),
    )


def strangers(folder: Path) -> Iterator[Fault]:
    """Tell files that nobody would read: a misspelt name must not be a silent loss."""
    known = (*FILES, f"{CAMPAIGNS}/")
    for path in _listed(folder):
        name = f"{path.name}/" if path.is_dir() else path.name
        if name not in known:
            yield Fault(
                f"{FOLDER}/{printable(name)}", "", "is not a file we know", f"known are {', '.join(known)}"
            )
    for path in _listed(folder / CAMPAIGNS):
        place = f"{FOLDER}/{CAMPAIGNS}/{printable(path.name)}"
        if path.suffix != SUFFIX or path.is_dir():
            yield Fault(place, "", "is not a campaign's file", f"a campaign is one file, <key>{SUFFIX}")
        elif path.stem == RESERVED:
            yield Fault(
                place, "", f"{quoted(RESERVED)} is the page that lists all campaigns", "choose another key"
            )
        elif len(path.stem) > KEY_LENGTH:
            wrong = f"a campaign's key has at most {KEY_LENGTH} characters, not {len(path.stem)}"
            yield Fault(place, "", wrong, "give the file a shorter name")
        elif not re.fullmatch(KEY_PATTERN, path.stem):
            way_out = "use lower-case letters, digits and single hyphens, such as summer-sale.yml"
            yield Fault(place, "", f"{quoted(path.stem)} cannot be a campaign's key", way_out)


def _file(folder: Path, name: str, model: type[Model]) -> Document[Model]:
    path, place = folder / name, f"{FOLDER}/{name}"
    if path.is_file():
        return _document(_tree(path, place), place, model)
    missing = Fault(place, "", "is missing", "`perftrack init` writes a first one")
    return Document(Node(place, 1, 1, "", {}), None, (missing,) if name == REQUIRED else ())


def _campaigns(folder: Path) -> dict[str, Document[Campaign]]:
    paths = [path for path in _listed(folder) if path.suffix == SUFFIX and path.is_file()]
    return {path.stem: _campaign(path) for path in paths}


def _tree(path: Path, place: str) -> Tree:
    """Read a file as a tree; what is not UTF-8 or too large is refused whole."""
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise EnvironmentFault(f"{place}: the file cannot be read: {error.strerror}") from error
    if data is None:
        return Tree(
            None,
            (Fault(place, "", f"is larger than {MAX_BYTES // 1024} KiB", "contracts are small: split it"),),
        )
    try:
        return read_tree(data.decode("utf-8-sig"), place)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        return Tree(
            None, (Fault(f"{place}:{line}:{column}", "", "is not UTF-8 text", "save the file as UTF-8"),)
        )


def _campaign(path: Path) -> Document[Campaign]:
    place = f"{FOLDER}/{CAMPAIGNS}/{printable(path.name)}"
    tree = _tree(path, place)
    document = _document(tree, place, Campaign, key=path.stem)
    if document.root.has("key"):
        told = document.root.at("key").fault("a campaign's key is the name of its file", "take it out")
        return replace(document, faults=(*document.faults, told))
    return document


def _document(tree: Tree, place: str, model: type[Model], key: str | None = None) -> Document[Model]:
    if tree.root is None:
        return Document(Node(place, 1, 1, "", {}), None, tree.faults, readable=False)
    plain = tree.root.plain()
    if key is not None and isinstance(plain, Entry):
        plain["key"] = key
    try:
        value = model.model_validate(plain)
    except ValidationError as error:
        return Document(tree.root, None, (*tree.faults, *complaints(error, tree.root, model)))
    return Document(tree.root, value, tree.faults)


def _listed(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
