"""Packs: readings laid by on disk, many small files or one large one together.

A pack is a folder: `ledger.json`, which says what became of each file's records, and the rows of each table as Parquet.
It is written beside and moved into place whole. Everything in it has a checksum; what is damaged is as if it were not
there. Nothing here is ever needed: the folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from perftrack_site.sources.format import Page, Reading
from perftrack_site.sources.ledger import Skipped
from perftrack_site.sources.shelf import Elsewhere

LEDGER = "ledger.json"
BESIDE = "beside-"
A_DAY = 86_400 * 10**9  # nanoseconds
CHUNK = 8 * 1024**2


@dataclass(frozen=True)
class Pack:
    """Readings by their key, each with its number in the pack; `tables` are the checksums of the Parquet files.

    `is_large`: it holds the rows of one large file, lines instead of numbers.
    """

    folder: Path
    is_large: bool
    readings: Mapping[str, tuple[int, Elsewhere]]
    tables: Mapping[str, str]

    def rows(self, table: str) -> Path:
        """Name the file with the rows of a table."""
        return self.folder / f"{table}.parquet"

    def is_whole(self) -> bool:
        """Whether every row is as it was written."""
        try:
            return all(_checksum(self.rows(table)) == expected for table, expected in self.tables.items())
        except OSError:
            return False


def list_packs(shelf: Path) -> list[Pack]:
    """Read the ledgers of all packs, in the order of their names; damaged ones are thrown away."""
    packs = []
    for folder in sorted(shelf.glob("[0-9a-f][0-9a-f]/*")):
        pack = _read(folder)
        if pack:
            packs.append(pack)
        else:
            throw_away(folder)
    return packs


def _read(folder: Path) -> Pack | None:
    try:
        checksum, _, body = (folder / LEDGER).read_text(encoding="utf-8").partition("\n")
        if checksum != hashlib.sha256(body.encode()).hexdigest():
            return None
        told = json.loads(body)
        readings = {key: (number, _reading(reading)) for key, (number, reading) in told["readings"].items()}
        return Pack(folder, told["is_large"], readings, told["tables"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _reading(told: dict[str, Any]) -> Elsewhere:
    page = told.pop("page")
    return Elsewhere(
        skipped=tuple(Skipped(**each) for each in told.pop("skipped")),
        notices=tuple(told.pop("notices")),
        page=None if page is None else Page(**page),
        **told,
    )


def _told(reading: Reading) -> dict[str, object]:
    """Write a reading without rows; one with rejects is never laid by, for what they hold may be personal."""
    return {
        "counted": reading.counted,
        "accepted": reading.accepted,
        "duplicates": reading.duplicates,
        "skipped": [asdict(skip) for skip in reading.skipped],
        "notices": list(reading.notices),
        "page": None if reading.page is None else asdict(reading.page),
    }


def write_pack(
    shelf: Path,
    readings: Mapping[str, tuple[int, Reading]],
    tables: Sequence[str],
    write_rows: Callable[[str, Path], None],
    *,
    is_large: bool = False,
) -> Pack | None:
    """Write a pack and move it into place; `write_rows` writes the Parquet file of a table. Raises OSError."""
    shelf.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=BESIDE, dir=shelf, ignore_cleanup_errors=True) as beside:
        folder = Path(beside) / "pack"
        folder.mkdir(mode=0o700)
        for table in tables:
            write_rows(table, folder / f"{table}.parquet")
        told = {
            "is_large": is_large,
            "readings": {key: (number, _told(reading)) for key, (number, reading) in readings.items()},
            "tables": {table: _checksum(folder / f"{table}.parquet") for table in tables},
        }
        body = json.dumps(told)
        name = hashlib.sha256(body.encode()).hexdigest()
        (folder / LEDGER).write_text(f"{name}\n{body}", encoding="utf-8")
        target = shelf / name[:2] / name
        target.parent.mkdir(exist_ok=True)
        try:
            folder.rename(target)
        except OSError:
            if not target.is_dir():  # else another build has just written the same
                raise
    return _read(target)


def used(pack: Pack) -> None:
    """Note that a pack was of use: those that have not been for longest are thrown away first."""
    with suppress(OSError):
        os.utime(pack.folder)


def prune(shelf: Path, most_bytes: int, most_packs: int) -> None:
    """Throw away the packs that have not been of use for longest, until the others keep to both bounds.

    So is what a killed build left beside them a day ago. Another build may be at the same.
    """
    folders = sorted(shelf.glob("[0-9a-f][0-9a-f]/*"), key=_moment, reverse=True)
    total = 0
    for rank, folder in enumerate(folders):
        total += sum(_size(path) for path in folder.glob("*"))
        if rank >= most_packs or (rank and total > most_bytes):
            throw_away(folder)
    newest = max(map(_moment, shelf.iterdir()), default=0)
    for left in shelf.glob(f"{BESIDE}*"):
        if _moment(left) + A_DAY < newest:
            throw_away(left)


def _moment(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def throw_away(path: Path) -> None:
    """Remove a folder or file, as far as the system lets us."""
    shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):
        path.unlink()


def _checksum(path: Path) -> str:
    """Digest a file against damage (nothing is protected by it; sha1 is the fastest at hand)."""
    digest = hashlib.sha1(usedforsecurity=False)
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
