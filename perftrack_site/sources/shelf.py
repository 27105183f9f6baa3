"""What may be laid by between builds: the reading of a file, found again by everything that made it what it is."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from perftrack_site.sources.files import Claim
from perftrack_site.sources.format import Reading
from perftrack_site.sources.large import LargeFile
from perftrack_site.sources.ledger import Snapshot
from perftrack_site.sources.reading import Declaration


@dataclass(frozen=True)
class Elsewhere(Reading):
    """A reading whose rows lie on a shelf; `accepted` is the number of its accepted records."""


class Shelf(Protocol):
    """Lays readings by, and reads what is too large for rows (satisfied by `warehouse.store.Store`)."""

    def known_blob(self, location: Path) -> str | None:
        """Answer the git blob id of a file that has not changed since it was noted."""

    def note_blob(self, location: Path, blob: str) -> None:
        """Note the git blob id of a file."""

    def take(self, key: str, snapshot: Snapshot) -> Elsewhere | None:
        """Take the reading laid by under a key, for a snapshot of this run."""

    def lay(self, key: str, snapshot: Snapshot, reading: Reading) -> None:
        """Lay a reading by, in time."""

    def read_large(self, key: str, large: LargeFile) -> Elsewhere | None:
        """Read a large file and lay its rows by; None where it has to be read row by row."""


def key_of(claim: Claim, zone: ZoneInfo) -> str:
    """Name a reading by the loaders' version and everything a loader is told about the file."""
    source = claim.declaration
    told = {
        name: getattr(source, name)
        for name, field in vars(Declaration).items()
        if isinstance(field, property)
    }
    about = [loader_version(), claim.path, claim.member, claim.blob, claim.known, claim.span, zone.key, told]
    return hashlib.sha256(json.dumps(about, default=repr, sort_keys=True).encode()).hexdigest()


@cache
def loader_version() -> str:
    """Digest everything that decides how bytes become rows: this package's rooms that read, and Unicode's tables."""
    digest = hashlib.sha256(unicodedata.unidata_version.encode())
    for room in ("sources", "warehouse"):
        for module in sorted(_modules(files(f"perftrack_site.{room}")), key=str):
            digest.update(b"\x00" + module.name.encode() + b"\x00" + module.read_bytes())
    return digest.hexdigest()


def _modules(folder: Traversable) -> Iterator[Traversable]:
    for path in folder.iterdir():
        if path.is_dir():
            yield from _modules(path)
        elif path.name.endswith((".py", ".sql")):
            yield path
