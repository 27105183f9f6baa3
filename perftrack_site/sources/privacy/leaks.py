"""The gate: what must not be committed or published, in every file below config/ and data/, with place and way out."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from perftrack_site.errors import Fault, QualityError, SecurityError
from perftrack_site.sources.contents import read_bytes
from perftrack_site.sources.format import Format
from perftrack_site.sources.formats import FORMATS
from perftrack_site.sources.pattern import Pattern, PatternError, compile_pattern
from perftrack_site.sources.privacy import csv_places, json_places
from perftrack_site.sources.privacy.encodings import Body, body_of, decoded
from perftrack_site.sources.privacy.personal import PERSONAL_DATA, Spot, find_personal
from perftrack_site.sources.privacy.secret_kinds import ANNOUNCED, TOKENS
from perftrack_site.sources.privacy.secrets import find_secrets
from perftrack_site.sources.reading import Declaration
from perftrack_site.sources.zips import list_members, read_member

TOLD = 100  # places of one file that are told one by one
LARGEST = 1024**3
LARGEST_JSON = 64 * 1024**2  # a larger one that a source claims is refused by its reader, unread
PACKED = b"PK\x03\x04"
CONFIG, DATA = "config", "data"
TOO_LARGE = "file too large to be looked through"
LITERAL_FOLDER = re.compile(r"(?:[^/*{]+/)+")
REVOKE = {kind.name: kind.revoke for kind in (*TOKENS, *ANNOUNCED)}
E_MAIL = re.compile(r"[^\s@]+@[^\s@]+")
SHOWN = 80
LONG, SHORT = 20, 8  # characters of a value from which four and two, or two, or one of them are shown


@dataclass(frozen=True, order=True)
class Finding:
    """Something that must not leave the house. `masked` tells it from others; the value itself is kept nowhere."""

    path: str
    line: int
    where: str
    kind: str
    masked: str
    revoke: str = ""
    times: int = 1

    @property
    def fault(self) -> Fault:
        """Say it with its place and the way out."""
        more = f", and {self.times - 1} more of this kind here" if self.times > 1 else ""
        what = self.kind if self.kind == PERSONAL_DATA else f"{_article(self.kind)} {self.kind}"
        if self.kind == TOO_LARGE:
            return Fault(self.path, "", f"a {self.kind}, {self.masked}", "split it")
        right = (
            f"run `perftrack scrub {self.path}`"
            if self.path.startswith(f"{DATA}/")
            else "take it out of the file"
        )
        revoke = f", and make it worthless: {self.revoke}" if self.revoke else ""
        return Fault(f"{self.path}:{self.line}", self.where, f"{what}, {self.masked}{more}", right + revoke)


def refuse(findings: Sequence[Finding]) -> None:
    """Raise SecurityError that names every finding, if there is one."""
    if findings:
        faults = tuple(finding.fault for finding in sorted(findings))
        raise SecurityError("Secrets or personal data stand in files that are committed and read.", faults)


def find_leaks(root: Path, declarations: Sequence[Declaration] = ()) -> list[Finding]:
    """Look through every file below config/ and data/ for secrets, and for personal data where a source claims it.

    Files of all encodings and the members of zips are looked at, hidden files too; links are not followed.
    """
    claims = Claims(declarations)
    found: list[Finding] = []
    for folder in (CONFIG, DATA):
        for location in files_below(root / folder):
            relative = location.relative_to(root / folder).as_posix()
            found += _in_file(f"{folder}/{relative}", location, claims)
    return found


def files_below(folder: Path) -> Iterator[Path]:
    """Walk a folder in order of names, links and git's own folders left out."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".git")
        for name in sorted(names):
            location = Path(parent, name)
            if location.is_file() and not location.is_symlink():
                yield location


class Claims:
    """Which format reads which file, by the patterns of the sources; a wrong pattern is the reader's to name."""

    def __init__(self, declarations: Sequence[Declaration]) -> None:
        self._by_folder: dict[str, list[tuple[Pattern, Format]]] = {}
        for declaration in declarations:
            form = FORMATS.get(declaration.format)
            if form:
                try:
                    pattern = compile_pattern(declaration.files)
                except PatternError:
                    continue
                folder = LITERAL_FOLDER.match(declaration.files)
                self._by_folder.setdefault(folder[0] if folder else "", []).append((pattern, form))

    def format_of(self, path: str) -> Format | None:
        """Find the format of a file, or of a member of a zip, below data/."""
        folder, _, relative = path.partition("/")
        if folder != DATA:
            return None
        parts = relative.split("/")
        folders = ("".join(f"{part}/" for part in parts[:depth]) for depth in range(len(parts)))
        candidates = (each for name in folders for each in self._by_folder.get(name, ()))
        return next((form for pattern, form in candidates if pattern.match(relative)), None)


def _in_file(path: str, location: Path, claims: Claims) -> Iterator[Finding]:
    size = location.stat().st_size
    if size > LARGEST_JSON and location.suffix.lower() == ".json" and claims.format_of(path):
        return
    if size > LARGEST:
        yield Finding(path, 1, "", TOO_LARGE, f"{size // 1024**2} MiB")
        return
    content = read_bytes(path, location)
    yield from findings(path, content, claims.format_of(path))
    if content.startswith(PACKED):
        yield from _in_zip(path, location, claims)


def _in_zip(path: str, location: Path, claims: Claims) -> Iterator[Finding]:
    try:
        for name in list_members(path, location):
            member = f"{path}/{name}"
            yield from findings(member, read_member(path, location, name), claims.format_of(member))
    except QualityError:  # its reader refuses it and says why
        return


def findings(path: str, content: bytes, form: Format | None) -> list[Finding]:
    """Find the secrets in the bytes of a file, and the personal data that its format declares."""
    body = body_of(content)
    spots = [*_secrets(body.text), *find_personal(body.text, form)]
    told: dict[tuple[str, str], Finding] = {}
    for spot in sorted(spots, key=lambda spot: (spot.start, spot.kind)):
        first = told.get((spot.where, spot.kind))
        finding = _finding(path, body, spot) if first is None else replace(first, times=first.times + 1)
        told[spot.where, spot.kind] = finding
    return list(told.values())


def _secrets(text: bytes) -> Iterator[Spot]:
    """Name the column or path of each secret; of very many in one file, of the first ones."""
    hits = find_secrets(text)
    names = wheres(text, [hit.start for hit in hits[:TOLD]])
    for at, hit in enumerate(hits):
        yield Spot(names[at] if at < TOLD else "", hit.start, hit.end, hit.kind.name)


def _finding(path: str, body: Body, spot: Spot) -> Finding:
    piece = body.text[spot.start : spot.end]
    value = json_places.string(piece) if piece[:1] == b'"' else decoded(piece)
    return Finding(
        path=path,
        line=_line(body.text, spot.start),
        where=_harmless(spot.where),
        kind=spot.kind,
        masked=masked(value),
        revoke=REVOKE.get(spot.kind, ""),
    )


def wheres(text: bytes, offsets: Sequence[int]) -> list[str]:
    """Name what stands at each of some ascending offsets: a path of JSON, a column of CSV, or nothing."""
    if not offsets:
        return []
    if json_places.is_json(text):
        return _paths(text, offsets)
    return _columns(text, offsets)


def _paths(text: bytes, offsets: Sequence[int]) -> list[str]:
    places = list(json_places.places(text))
    ends = [place.end for place in places]
    found = []
    for offset in offsets:
        at = bisect_right(ends, offset)
        inside = at < len(places) and places[at].start <= offset
        found.append(json_places.told(places[at].path) if inside else "")
    return found


def _columns(text: bytes, offsets: Sequence[int]) -> list[str]:
    """Take the name from the first line with as many cells, where that is not the line itself."""
    head = csv_places.find_head(text, lambda name: bool(name.strip()))
    if head is None or len(head.cells) == 1:
        return [""] * len(offsets)
    names = []
    records = csv_places.records(text)
    start, end = next(records, (0, 0))
    for offset in offsets:
        while end <= offset:
            start, end = next(records, (start, len(text) + 1))
        cells = csv_places.cells(text, start, end, head.delimiter)
        at = next((at for at, cell in enumerate(cells) if offset < cell.end), -1)
        is_below = start >= head.end and len(cells) == len(head.cells)
        names.append(head.wanted.get(at, "") if is_below else "")
    return names


def masked(value: str) -> str:
    """Show so much of a value that its owner knows it again, and nobody else gains anything."""
    if E_MAIL.fullmatch(value.strip()):
        return f"{_harmless(value.strip()[:1])}…@…"
    first, last = (4, 2) if len(value) >= LONG else (2, 0) if len(value) >= SHORT else (1, 0)
    shown = f"{value[:first]}…{value[-last:] if last else ''}"
    return f"{_printable(shown)} ({len(value)} characters)"


def _harmless(name: str) -> str:
    """Shorten a name of the file's own, and hide it where it is itself a secret."""
    return "…" if find_secrets(name.encode()) else _printable(name[:SHOWN])


def _printable(text: str) -> str:
    return "".join(mark if mark.isprintable() else "?" for mark in text)


def _line(text: bytes, offset: int) -> int:
    before = text[:offset]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1


def _article(word: str) -> str:
    return "an" if word[:1] in "AEIOaeio" and not word.startswith("one") else "a"
