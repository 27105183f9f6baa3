"""Zips as the platforms deliver them: members listed and read within bounds, nothing written to disk."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from perftrack_site.errors import EnvironmentFault, Fault, QualityError
from perftrack_site.sources.format import refusal

MAX_MEMBERS = 1_000
MAX_BYTES = 64 * 1024**2  # of one member, unpacked
MAX_TOTAL = 256 * 1024**2
MAX_RATIO = 200  # unpacked over packed; text packs ten to twenty times smaller
SMALL = 1024**2  # below this no ratio is suspicious
ENCRYPTED = 0x1
UNPACK = "unpack it and commit the files"


def list_members(path: str, location: Path) -> list[str]:
    """List the members of a zip that could be data, by name.

    Raises QualityError for a zip that is damaged, encrypted or nested, whose members would be too big or too many,
    or have names that lead elsewhere. EnvironmentFault where the system does not let us.
    """
    try:
        with zipfile.ZipFile(location) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise refusal(path, 1, "", "is a damaged zip", "download it again") from error
    except OSError as error:
        fault = Fault(path, "", f"cannot be read ({error.strerror})", "check its permissions and the disk")
        raise EnvironmentFault("a data file cannot be read", (fault,)) from error
    faults = [Fault(path, "", wrong, UNPACK) for wrong in _suspicions(entries)]
    if faults:
        raise QualityError("this zip is not opened", tuple(faults))
    names = [entry.filename for entry in entries if not entry.is_dir()]
    return sorted(name for name in names if not _is_clutter(name))


def _is_clutter(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(".")


def _suspicions(entries: list[zipfile.ZipInfo]) -> list[str]:
    """Say why a zip must not be opened."""
    found = []
    if len(entries) > MAX_MEMBERS:
        found.append(f"holds {len(entries)} files, more than {MAX_MEMBERS}")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        found.append(f"would unpack to more than {MAX_TOTAL // 1024**2} MiB")
    if len({entry.filename for entry in entries}) < len(entries):
        found.append("holds two files of the same name")
    for entry in entries[:MAX_MEMBERS]:
        found += [f"its member {ascii(entry.filename)[:80]} {wrong}" for wrong in _wrongs(entry)]
    return found


def _wrongs(entry: zipfile.ZipInfo) -> list[str]:
    parts = PurePosixPath(entry.filename).parts
    wrongs = {
        "leads out of the zip": entry.filename.startswith("/") or ".." in parts or "\\" in entry.filename,
        "has invisible characters in its name": not entry.filename.isprintable(),
        "is encrypted": bool(entry.flag_bits & ENCRYPTED),
        "is a zip in a zip": entry.filename.lower().endswith(".zip"),
        f"would unpack to more than {MAX_BYTES // 1024**2} MiB": entry.file_size > MAX_BYTES,
        "would unpack to something suspiciously large": entry.file_size > SMALL
        and entry.file_size > MAX_RATIO * max(entry.compress_size, 1),
    }
    return [wrong for wrong, is_so in wrongs.items() if is_so]


def read_member(path: str, location: Path, member: str) -> bytes:
    """Unpack one member, whatever size its zip claims for it; raises QualityError where it is damaged."""
    try:
        with zipfile.ZipFile(location) as archive, archive.open(member) as stream:
            content = stream.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError) as error:
        raise refusal(path, 1, "", "its zip is damaged", "download it again") from error
    if len(content) > MAX_BYTES:
        raise refusal(path, 1, "", f"unpacks to more than {MAX_BYTES // 1024**2} MiB", UNPACK)
    return content
