"""Which files have not changed since their git blob id was computed: known, as git knows it, by size, times, inode."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from perftrack_site.warehouse.packs import BESIDE

INDEX = "files.json"
# A file changed twice within a tick of the file system's clock shows only once; the coarsest clocks tick every 2 s.
SETTLED = 2_000_000_000  # nanoseconds

Signature = tuple[int, int, int, int]


class KnownFiles:
    """The ids of files by their place; empty where nothing is known or can be."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._known = _load(folder / INDEX) if folder else {}
        self._seen: dict[str, Signature] = {}
        self._noted: dict[str, tuple[Signature, str]] = {}

    def blob(self, location: Path) -> str | None:
        """Answer the id of a file that is as it was. Raises OSError."""
        place = str(location.absolute())
        self._seen[place] = _signature(location.stat())
        signature, blob = self._known.get(place, (None, None))
        return blob if signature == self._seen[place] else None

    def note(self, location: Path, blob: str) -> None:
        """Note the id of a file that was asked for before it was read."""
        place = str(location.absolute())
        if place in self._seen:
            self._noted[place] = (self._seen[place], blob)

    def save(self) -> None:
        """Write what was noted in this run, but for files that changed just now. Raises OSError."""
        if self._folder is None or self._noted == self._known:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=BESIDE, dir=self._folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            now = os.fstat(handle).st_mtime_ns  # by the file system's own clock
            settled = {
                place: (signature, blob)
                for place, (signature, blob) in self._noted.items()
                if max(signature[1:3]) + SETTLED < now
            }
            json.dump(settled, file)
        Path(beside).replace(self._folder / INDEX)


def _signature(told: os.stat_result) -> Signature:
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino


def _load(path: Path) -> dict[str, tuple[Signature, str]]:
    try:
        told = json.loads(path.read_bytes())
        return {place: (_numbers(signature), str(blob)) for place, (signature, blob) in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _numbers(told: Sequence[int]) -> Signature:
    size, changed, moved, inode = told
    return size, changed, moved, inode
