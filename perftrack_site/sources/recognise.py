"""What kind of file this is, found out by reading it with every format there is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from perftrack_site.errors import Fault, QualityError
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.formats import FORMATS
from perftrack_site.sources.grid import read_grid
from perftrack_site.sources.ledger import Snapshot
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.text import folded

HEADER_WITHIN = 40  # lines; no export we know says more before its header
KEY = re.compile(r'"((?:[^"\\]|\\.){1,80})"\s*:')
GENERIC = "generic.csv"


@dataclass(frozen=True)
class Draft:
    """A source that is not declared yet: what a person, or we for the time being, say of a file."""

    key: str = "new"
    format: str = ""
    files: str = ""
    account: str | None = None
    timezone: str | None = None
    currency: str | None = None
    overlap: str = "replaces"
    platform: str | None = None
    dimensions: tuple[str, ...] = ()
    days: int | None = None
    link: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    mapping: None = None


@dataclass(frozen=True)
class Unknown:
    """A file and what is known of it."""

    path: str
    content: bytes
    extracted_at: datetime  # UTC
    zone: ZoneInfo
    draft: Draft = Draft()
    span: Span | None = None


@dataclass(frozen=True)
class Guess:
    """A format tried on a file. `found` of its fields are in the file; `reading` is None where it refuses the file."""

    form: Format
    found: int
    reading: Reading | None
    faults: tuple[Fault, ...]
    lacks: tuple[str, ...] = ()  # what the source must say and nobody has said

    @property
    def fit(self) -> tuple[bool, int, float]:
        """Order guesses: those that read the file first, then by how much of the format is in it."""
        accepted = self.reading.accepted if self.reading and self.reading.accepted is not None else 0
        rows = sum(map(len, self.reading.rows.values())) if self.reading else 0
        return bool(self.reading and (accepted or rows)), self.found, self.found / len(self.form.columns)


def recognise(unknown: Unknown) -> list[Guess]:
    """Try every format on a file; the likeliest first. Those with which it has nothing in common are left out."""
    names = names_in(unknown)
    guesses = [
        _guess(unknown, form, _found(form, names)) for form in FORMATS.values() if form.key != GENERIC
    ]
    alike = [guess for guess in guesses if guess.found or guess.fit[0]]
    return sorted(alike, key=lambda guess: (guess.fit, guess.form.key), reverse=True)


def names_in(unknown: Unknown) -> frozenset[str]:
    """List the names a file uses for its fields: the keys of a JSON, the cells of a table's first lines."""
    head = unknown.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if head in {b"{", b"["}:
        return frozenset(KEY.findall(unknown.content.decode("utf-8", "replace")))
    try:
        lines = read_grid(_file(unknown, unknown.draft)).lines[:HEADER_WITHIN]
    except QualityError:
        return frozenset()
    return frozenset(folded(cell) for line in lines for cell in line.cells)


def _found(form: Format, names: frozenset[str]) -> int:
    """Count the fields of a format that a file names."""
    return sum(any(_last_name(header) in names for header in column.headers) for column in form.columns)


def _last_name(header: str) -> str:
    """Take the member's name off a path such as `statistics.viewCount` or `values[0].value`; else fold a header."""
    if re.fullmatch(r"[\w.\[\]]+", header) and re.search(r"[._\[]|[a-z][A-Z]", header):
        return re.sub(r"\[\d*\]$", "", header).rsplit(".", 1)[-1]
    return header if header.islower() else folded(header)


def _guess(unknown: Unknown, form: Format, found: int) -> Guess:
    """Read with what was said; where that is not enough, with stand-ins, to learn what must be said."""
    said = replace(unknown.draft, format=form.key, overlap=form.overlaps[0])
    first = _read(unknown, form, said, unknown.span)
    if isinstance(first, Reading):
        return Guess(form, found, first, ())
    day = unknown.extracted_at.date()
    for stand_in in _stand_ins(said):
        again = _read(unknown, form, stand_in, unknown.span or _last_year(day))
        if isinstance(again, Reading):
            lacks = tuple(need for need in form.needs if not getattr(said, need, None))
            return Guess(form, found, again, first, lacks or ("from", "to"))
    return Guess(form, found, None, first)


def _last_year(day: date) -> Span:
    return Span(day - timedelta(days=365), day - timedelta(days=1))


def _stand_ins(draft: Draft) -> list[Draft]:
    asked = (
        [draft.dimensions]
        if draft.dimensions
        else [("date",), ("query",), ("date", "query"), ("date", "query", "page")]
    )
    return [
        replace(
            draft,
            platform=draft.platform or "instagram",
            dimensions=dimensions,
            days=draft.days or 1,
            link=draft.link or "link.example/x",
        )
        for dimensions in asked
    ]


def _read(unknown: Unknown, form: Format, draft: Draft, span: Span | None) -> Reading | tuple[Fault, ...]:
    file = replace(
        _file(unknown, draft),
        platform_zone=ZoneInfo(draft.timezone or form.zone or unknown.zone.key),
        span=span,
        settles_days=form.settles_days,
    )
    try:
        return form.read(file)
    except QualityError as error:
        return error.faults


def snapshot_of(unknown: Unknown, draft: Draft) -> Snapshot:
    """Say of a file what is said of a committed one."""
    blob = hashlib.sha1(unknown.content, usedforsecurity=False).hexdigest()
    return Snapshot(
        index=0,
        source=draft.key,
        format=draft.format,
        path=unknown.path,
        blob=blob,
        size=len(unknown.content),
        extracted_at=unknown.extracted_at,
        known_on=unknown.extracted_at.date(),
    )


def _file(unknown: Unknown, draft: Draft) -> SourceFile:
    return SourceFile(snapshot_of(unknown, draft), unknown.content, unknown.zone, draft, unknown.zone)
