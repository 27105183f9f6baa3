"""Which files lie below data/, which source claims each, and when each was known.

A zip is read as a folder of its members: `gsc/export-2026-10-01.zip/Dates.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo

from perftrack_site.errors import Fault, QualityError
from perftrack_site.sources.contents import LARGE, KnownBlob, identify, read_bytes
from perftrack_site.sources.formats import FORMATS
from perftrack_site.sources.pattern import Known, Pattern, PatternError, Span, compile_pattern, known, span
from perftrack_site.sources.reading import Declaration
from perftrack_site.sources.survey import Survey
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

    A member of a zip has the blob id and size of its zip. `survey` is there for large files only that had
    to be looked through.
    """

    path: str
    location: Path
    declaration: Declaration
    known: Known
    blob: str
    span: Span | None = None
    member: str | None = None
    size: int = 0
    survey: Survey | None = None


@dataclass(frozen=True)
class Findings:
    claims: tuple[Claim, ...]  # by path
    unclaimed: tuple[str, ...]
    faults: tuple[Fault, ...]


def find_files(
    declarations: Sequence[Declaration],
    data: Path,
    business_zone: ZoneInfo,
    *,
    large: int = LARGE,
    known_blob: KnownBlob = lambda _: None,
) -> Findings:
    """Walk data/ in order of names and give each file to the source whose pattern it fits.

    Files of `large` bytes or more are surveyed, unless `known_blob` knows them.
    """
    patterns, faults = _patterns(declarations)
    by_prefix = _ByPrefix(patterns)
    if data.exists() and not data.is_dir():
        faults.append(Fault(data.name, "", "is not a folder", "make it the folder with the platforms' files"))
    claims: list[Claim] = []
    unclaimed: list[str] = []
    candidates, odd = _candidates(data)
    faults.extend(odd)
    for candidate in candidates:
        path = f"{data.name}/{candidate.relative}"
        claim = _claim(by_prefix, path, candidate, business_zone)
        found = _identified(claim, known_blob, large) if isinstance(claim, Claim) else claim
        if isinstance(found, Claim):
            claims.append(found)
        elif isinstance(found, Fault):
            faults.append(found)
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


class _ByPrefix:
    """Patterns by the text they begin with: thousands of files need not be held against thousands of patterns."""

    def __init__(self, patterns: Sequence[tuple[Declaration, Pattern]]) -> None:
        self._patterns: dict[str, list[tuple[Declaration, Pattern]]] = {}
        for declaration, pattern in patterns:
            self._patterns.setdefault(pattern.prefix, []).append((declaration, pattern))
        self._lengths = sorted({len(prefix) for prefix in self._patterns})

    def fitting(self, relative: str) -> list[tuple[Declaration, Pattern, re.Match[str]]]:
        """List what fits a path below data/."""
        return [
            (declaration, pattern, match)
            for length in self._lengths
            if length <= len(relative)
            for declaration, pattern in self._patterns.get(relative[:length], ())
            if (match := pattern.match(relative))
        ]


def _claim(
    patterns: _ByPrefix,
    path: str,
    candidate: Candidate,
    business_zone: ZoneInfo,
) -> Claim | Fault | None:
    """Find the one source of a file; None where no pattern fits."""
    fitting = patterns.fitting(candidate.relative)
    if not fitting:
        return None
    if len(fitting) > 1:
        keys = ", ".join(sorted(declaration.key for declaration, _, _ in fitting))
        return Fault(path, "", f"is claimed by several sources ({keys})", "make their patterns differ")
    declaration, pattern, match = fitting[0]
    zone = ZoneInfo(declaration.timezone) if declaration.timezone else business_zone
    try:
        when = known(pattern, match, zone, business_zone)
        days = span(match)
    except (ValueError, OverflowError):
        return Fault(path, "", "a day in its name is not in the calendar", "rename the file")
    return Claim(path, candidate.location, declaration, when, "", days, candidate.member)


def _identified(claim: Claim, known_blob: KnownBlob, large: int) -> Claim | Fault:
    """Find the id of a file's bytes, or why they must not be read."""
    form = FORMATS.get(claim.declaration.format)
    content = identify(claim.path, claim.location, form, known_blob, large)
    if isinstance(content, Fault):
        return content
    return replace(claim, blob=content.blob, size=content.size, survey=content.survey)


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
