"""What is asked of a file before anything reads it: whether it can be read at all, and the id of its bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from perftrack_site.errors import EnvironmentFault, Fault
from perftrack_site.sources.flat import FlatFormat
from perftrack_site.sources.format import Format
from perftrack_site.sources.json_reader import MAX_BYTES as MAX_JSON
from perftrack_site.sources.survey import Survey, git_blob, survey

LARGE = 8 * 1024**2  # below this Python reads a file before anything cleverer has started
MAX_TEXT = 256 * 1024**2  # what is not a plain table is held in memory, several times over
GZIP = b"\x1f\x8b"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
HEAD = 4096

# Answers the git blob id of a file that has not changed since it was computed, else None.
KnownBlob = Callable[[Path], str | None]


@dataclass(frozen=True)
class Content:
    """The size and git blob id of a file, and its survey where it is large and had to be looked through."""

    size: int
    blob: str
    survey: Survey | None = None


def identify(
    path: str, location: Path, form: Format | None, known_blob: KnownBlob, large: int
) -> Content | Fault:
    """Identify the bytes of a file, or say why they must not be read; zips are looked at where they are opened.

    Raises EnvironmentFault when the system does not let us.
    """
    try:
        if blob := known_blob(location):
            return Content(location.stat().st_size, blob)
        if location.suffix.lower() != ".zip" and (fault := obstacle(path, location, form)):
            return fault
        if location.stat().st_size >= large:
            seen = survey(location)
            return Content(seen.size, seen.blob, seen)
        content = location.read_bytes()
        return Content(len(content), git_blob(content))
    except OSError as error:
        raise unreadable(path, error) from error


def read_bytes(path: str, location: Path) -> bytes:
    """Read a file; raises EnvironmentFault when the system does not let us."""
    try:
        return location.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: str, error: OSError) -> EnvironmentFault:
    fault = Fault(path, "", f"cannot be read ({error.strerror})", "check its permissions and the disk")
    return EnvironmentFault("a data file cannot be read", (fault,))


def obstacle(path: str, location: Path, form: Format | None) -> Fault | None:
    """Say why a file must not even be read: packed, or larger than memory should hold.

    Reads its first bytes only. Raises EnvironmentFault when the system does not let us.
    """
    try:
        size = location.stat().st_size
        with location.open("rb", buffering=0) as file:
            head = file.read(HEAD)
    except OSError as error:
        raise unreadable(path, error) from error
    if head.startswith(GZIP):
        return Fault(path, "", "is packed with gzip", "unpack it first, and commit the file that was in it")
    if size > MAX_JSON and head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return _too_large(path, MAX_JSON)
    if size > MAX_JSON and b"\x00" in head and not head.startswith(UTF_16):
        return Fault(path, "", "is not text", "export it again")
    return _too_large(path, MAX_TEXT) if size > MAX_TEXT and not isinstance(form, FlatFormat) else None


def _too_large(path: str, limit: int) -> Fault:
    return Fault(path, "", f"is larger than {limit // 1024**2} MiB", "split it into several files")
