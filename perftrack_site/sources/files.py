"""Which files lie below data/, which source claims each, and when each was known.

A zip is read as a folder of its members: `gsc/export-2026-10-01.zip/Dates.csv`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo

from perftrack_site.errors import EnvironmentFault, Fault, QualityError
from perftrack_site.sources.formats import FORMATS
from perftrack_site.sources.pattern import Known, Pattern, PatternError, Span, compile_pattern, known, span
from perftrack_site.sources.reading import Declaration
from perftrack_site.sources.zips import list_members, read_member

DECLARED_IN = "config/sources.yml"
CLOSED = "closed/"  # data/closed/ holds frozen results, not sources


@dataclass(frozen=True)
class Candidate:
    """Something below data/ that could be data: a file, or a member of a zip. `relative` is its path below data/."""

    relative: str
    location: Path
    member: str | None = None


@dataclass(frozen=True)
class Claim:
    """A file and the one source it belongs to. `path` is relative to the workspace; `blob` is the file's git blob id.

    A member of a zip has the blob id of its zip.
    """

    path: str
    location: Path
    declaration: Declaration
    known: Known
    blob: str
    span: Span | None = None
    member: str | None = None


@dataclass(frozen=True)
class Findings:
    claims: tuple[Claim, ...]  # by path
    unclaimed: tuple[str, ...]
    faults: tuple[Fault, ...]


def find_files(declarations: Sequence[Declaration], data: Path, business_zone: ZoneInfo) -> Findings:
    """Walk data/ in order of names and give each file to the source whose pattern it fits."""
    patterns, faults = _patterns(declarations)
    if data.exists() and not data.is_dir():
        faults.append(Fault(data.name, "", "is not a folder", "make it the folder with the platforms' files"))
    claims: list[Claim] = []
    unclaimed: list[str] = []
    candidates, odd = _candidates(data)
    faults.extend(odd)
    for candidate in candidates:
        path = f"{data.name}/{candidate.relative}"
        claim = _claim(patterns, path, candidate, business_zone)
        if isinstance(claim, Claim):
            claims.append(claim)
        elif isinstance(claim, Fault):
            faults.append(claim)
        else:
            unclaimed.append(path)
    return Findings(tuple(claims), tuple(unclaimed), tuple(faults))


def _candidates(data: Path) -> tuple[list[Candidate], list[Fault]]:
    """List what could be data, zips opened; a zip that must not be opened is a fault."""
    candidates: list[Candidate] = []
    faults: list[Fault] = []
    for location in _walk(data):
        relative = location.relative_to(data).as_posix()
        path = f"{data.name}/{relative}"
        if relative.startswith(CLOSED):
            continue
        if fault := _unusual(path, location):
            faults.append(fault)
        elif location.suffix.lower() == ".zip":
            try:
                members = list_members(path, location)
            except QualityError as error:
                faults.extend(error.faults)
                continue
            candidates += [Candidate(f"{relative}/{member}", location, member) for member in members]
        else:
            candidates.append(Candidate(relative, location))
    return candidates, faults


def _claim(
    patterns: Sequence[tuple[Declaration, Pattern]],
    path: str,
    candidate: Candidate,
    business_zone: ZoneInfo,
) -> Claim | Fault | None:
    """Find the one source of a file; None where no pattern fits."""
    fitting = [
        (declaration, pattern, match)
        for declaration, pattern in patterns
        if (match := pattern.match(candidate.relative))
    ]
    if not fitting:
        return None
    if len(fitting) > 1:
        keys = ", ".join(declaration.key for declaration, _, _ in fitting)
        return Fault(path, "", f"is claimed by several sources ({keys})", "make their patterns differ")
    declaration, pattern, match = fitting[0]
    zone = ZoneInfo(declaration.timezone) if declaration.timezone else business_zone
    try:
        when = known(pattern, match, zone, business_zone)
        days = span(match)
    except (ValueError, OverflowError):
        return Fault(path, "", "a day in its name is not in the calendar", "rename the file")
    blob = _git_blob(read_bytes(path, candidate.location))
    return Claim(path, candidate.location, declaration, when, blob, days, candidate.member)


def read_bytes(path: str, location: Path) -> bytes:
    """Read a file; raises EnvironmentFault when the system does not let us."""
    try:
        return location.read_bytes()
    except OSError as error:
        fault = Fault(path, "", f"cannot be read ({error.strerror})", "check its permissions and the disk")
        raise EnvironmentFault("a data file cannot be read", (fault,)) from error


def _git_blob(content: bytes) -> str:
    """Compute the id git gives these bytes (sha1 is git's choice; nothing is protected by it)."""
    return hashlib.sha1(b"blob %d\x00" % len(content) + content, usedforsecurity=False).hexdigest()


def _walk(folder: Path) -> Iterator[Path]:
    """Yield everything below a folder that could be data, links included and not followed."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name) if folder.is_dir() else ():
        if entry.name.startswith(".") or entry.name == "README.md":
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        else:
            yield entry


def content_of(claim: Claim) -> bytes:
    """Read a claimed file; raises EnvironmentFault or, for a member of a damaged zip, QualityError."""
    if claim.member is None:
        return read_bytes(claim.path, claim.location)
    return read_member(claim.path, claim.location, claim.member)


def _unusual(path: str, location: Path) -> Fault | None:
    if location.is_symlink() or not location.is_file():
        return Fault(ascii(path)[1:-1], "", "is a link or device, not a file", "put the file itself here")
    if not path.isprintable():
        return Fault(ascii(path)[1:-1], "", "has invisible characters in its name", "rename the file")
    return None


def _patterns(declarations: Sequence[Declaration]) -> tuple[list[tuple[Declaration, Pattern]], list[Fault]]:
    """Compile the patterns of all sources; what a source says wrongly of itself becomes a fault."""
    patterns: list[tuple[Declaration, Pattern]] = []
    faults: list[Fault] = []
    for declaration in declarations:
        faults.extend(_declaration_faults(declaration))
        try:
            patterns.append((declaration, compile_pattern(declaration.files)))
        except PatternError as error:
            faults.append(Fault(DECLARED_IN, f"{declaration.key}.files", f"{declaration.files!r} {error}"))
    return patterns, faults


def _declaration_faults(declaration: Declaration) -> Iterator[Fault]:
    form = FORMATS.get(declaration.format)
    if form is None:
        near = get_close_matches(declaration.format, FORMATS, n=1)
        right = f"did you mean {near[0]!r}?" if near else f"choose one of {', '.join(FORMATS)}"
        yield Fault(
            DECLARED_IN, f"{declaration.key}.format", f"{declaration.format!r} is not a format", right
        )
    elif declaration.overlap not in form.overlaps:
        wrong = f"{declaration.overlap!r} does not fit {form.key}"
        yield Fault(
            DECLARED_IN, f"{declaration.key}.overlap", wrong, f"choose one of {', '.join(form.overlaps)}"
        )
