"""What kind of file this is, found out by reading it with every format there is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from perftrack_site.errors import Fault, QualityError
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.formats import FORMATS
from perftrack_site.sources.grid import read_grid
from perftrack_site.sources.ledger import Snapshot
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.reading import Declaration, FileMapping
from perftrack_site.sources.text import folded

HEADER_WITHIN = 40  # lines; no export we know says more before its header
LOOKED_THROUGH = 1024**2  # bytes of a file in which the names of its fields are sought
TRIED = 5  # formats that read a larger file than that: those with most fields in common
NAME = re.compile(
    r'"name"\s*:\s*"([^"\\]{1,80})"'
)  # answers that name their columns once and give bare values
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
    mapping: FileMapping | None = None


def draft_of(source: Declaration) -> Draft:
    """Take what a declared source says of its files."""
    return Draft(
        source.key, source.format, source.files, source.account, source.timezone, source.currency, source.overlap,
        source.platform, source.dimensions, source.days, source.link, source.headers, source.mapping,
    )  # fmt: skip


@dataclass(frozen=True)
class Unknown:
    """A file and what is known of it."""

    path: str
    content: bytes
    extracted_at: datetime  # UTC
    zone: ZoneInfo
    draft: Draft = Draft()
    span: Span | None = None

    @property
    def is_json(self) -> bool:
        return self.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}


@dataclass(frozen=True)
class Guess:
    """A format tried on a file. `found` of its fields are in the file; `reading` is None where it refuses the file."""

    form: Format
    found: int
    reading: Reading | None
    faults: tuple[Fault, ...] = ()
    lacks: tuple[str, ...] = ()  # what the source must say and nobody has said

    @property
    def accepted(self) -> int:
        """How many records it accepts."""
        return _accepted(self.reading) if self.reading else 0

    @property
    def fit(self) -> tuple[bool, bool, int, float]:
        """Order guesses: those that accept records, those that read the file, then by how much of them is in it."""
        share = self.found / len(self.form.columns)
        return bool(self.accepted), self.reading is not None, self.found, share


def recognise(unknown: Unknown) -> list[Guess]:
    """Try every format on a file; the likeliest first. Those with which it has nothing in common are left out.

    Of a large file only the formats with most fields in common are tried.
    """
    names = names_in(unknown)
    found = {key: _found(form, names) for key, form in FORMATS.items() if _may_be(form, unknown)}
    tried = sorted(found, key=lambda key: (-found[key], key))
    if len(unknown.content) > LOOKED_THROUGH:
        tried = tried[:TRIED]
    guesses = [guess_at(unknown, FORMATS[key], found[key]) for key in tried]
    alike = [guess for guess in guesses if guess.found or guess.reading]
    return sorted(alike, key=lambda guess: (guess.fit, guess.form.key), reverse=True)


def _may_be(form: Format, unknown: Unknown) -> bool:
    return form.key != GENERIC and form.pattern.endswith(".json") == unknown.is_json


def names_in(unknown: Unknown) -> frozenset[str]:
    """List the names a file uses for its fields: the keys of a JSON, the cells of a table's first lines."""
    if unknown.is_json:
        text = unknown.content[:LOOKED_THROUGH].decode("utf-8", "replace")
        return frozenset([*KEY.findall(text), *NAME.findall(text)])
    return frozenset(folded(cell) for line in first_lines(unknown) for cell in line)


def first_lines(unknown: Unknown) -> list[tuple[str, ...]]:
    """Give the cells of the first lines of a table; nothing where it cannot be read as one."""
    content = unknown.content
    if len(content) > LOOKED_THROUGH:
        content = content[:LOOKED_THROUGH].rpartition(b"\n")[0]
    try:
        grid = read_grid(_file(replace(unknown, content=content), unknown.draft))
    except QualityError:
        return []
    return [line.cells for line in grid.lines[:HEADER_WITHIN]]


def _found(form: Format, names: frozenset[str]) -> int:
    """Count the fields of a format that a file names."""
    return sum(any(_last_name(header) in names for header in column.headers) for column in form.columns)


def _last_name(header: str) -> str:
    """Take the member's name off a path such as `statistics.viewCount` or `values[0].value`; else fold a header."""
    if re.fullmatch(r"[\w.\[\]]+", header) and re.search(r"[._\[]|[a-z][A-Z]", header):
        return re.sub(r"\[\d*\]$", "", header).rsplit(".", 1)[-1]
    return header if header.islower() else folded(header)


def guess_at(unknown: Unknown, form: Format, found: int = 0) -> Guess:
    """Read with what was said; where that is not enough, with stand-ins, to learn what must be said."""
    said = replace(unknown.draft, format=form.key)
    first = _read(unknown, form, said, unknown.span)
    if isinstance(first, Reading):
        return Guess(form, found, first)
    best = Guess(form, found, None, first)
    for stand_in, span in _stand_ins(unknown, form, said):
        again = _read(unknown, form, stand_in, span)
        if not isinstance(again, Reading):
            best = best if best.reading else replace(best, faults=again)
        elif best.reading is None or _accepted(again) > best.accepted:
            lacks = _lacks(form, said, needs_span=span is not unknown.span)
            best = Guess(form, found, again, (), lacks)
    return best


def _lacks(form: Format, said: Draft, *, needs_span: bool) -> tuple[str, ...]:
    unsaid = [need for need in form.needs if need not in {"from", "to"} and not getattr(said, need)]
    return (*unsaid, *(("from", "to") if needs_span else ()))


def _stand_ins(unknown: Unknown, form: Format, said: Draft) -> Iterator[tuple[Draft, Span | None]]:
    """Give what somebody might say of a file: the least first."""
    day = unknown.extracted_at.date()
    spans = (
        [unknown.span] if unknown.span else [None, Span(day - timedelta(days=365), day - timedelta(days=1))]
    )
    asked = [("date",), ("query",), ("date", "query"), ("date", "query", "page")]
    is_asked = "dimensions" in form.needs and not said.dimensions
    for span in spans:
        for dimensions in asked if is_asked else [said.dimensions]:
            yield (
                replace(
                    said,
                    platform=said.platform or "instagram",
                    currency=said.currency or "EUR",
                    dimensions=dimensions,
                    days=said.days or 1,
                    link=said.link or "link.example/x",
                ),
                span,
            )


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


def _accepted(reading: Reading) -> int:
    return reading.accepted if reading.accepted is not None else sum(map(len, reading.rows.values()))


def snapshot_of(unknown: Unknown) -> Snapshot:
    """Say of a file what is said of a committed one."""
    blob = hashlib.sha1(unknown.content, usedforsecurity=False).hexdigest()
    return Snapshot(
        index=0,
        source=unknown.draft.key,
        format=unknown.draft.format,
        path=unknown.path,
        blob=blob,
        size=len(unknown.content),
        extracted_at=unknown.extracted_at,
        known_on=unknown.extracted_at.date(),
    )


def _file(unknown: Unknown, draft: Draft) -> SourceFile:
    return SourceFile(snapshot_of(unknown), unknown.content, unknown.zone, draft, unknown.zone)
