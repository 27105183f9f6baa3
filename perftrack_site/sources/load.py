"""The story of this room: find the files, read each by its format, close its ledger, gather the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from perftrack_site.errors import Fault, QualityError
from perftrack_site.sources.contents import LARGE
from perftrack_site.sources.files import Claim, content_of, find_files
from perftrack_site.sources.flat import FlatFormat
from perftrack_site.sources.format import Format, Page, Reading, SourceFile, refusal
from perftrack_site.sources.formats import FORMATS
from perftrack_site.sources.large import describe
from perftrack_site.sources.ledger import FileLedger, Snapshot
from perftrack_site.sources.pages import missing_pages
from perftrack_site.sources.reading import Declaration, Records, Row
from perftrack_site.sources.shelf import Elsewhere, Shelf, key_of
from perftrack_site.sources.survey import survey
from perftrack_site.sources.tables import TABLES

LFS_POINTER = b"version https://git-lfs.github.com/spec/"


@dataclass
class _Gathered:
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    ledgers: list[FileLedger] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    pages: list[Page | None] = field(default_factory=list)  # beside the ledgers


def read_sources(
    declarations: Sequence[Declaration],
    data: Path,
    timezone: str,
    shelf: Shelf | None = None,
    *,
    large: int = LARGE,
) -> Records:
    """Read every file below `data` that a source claims.

    With a `shelf`, files that have not changed come from there, and plain tables of `large` bytes or more are read
    there; their rows are not among those of the answer.

    `timezone` is the business calendar's. Files that must be refused whole are `faults` of the answer and
    give no rows; all files are read, so that all faults come in one run. Raises EnvironmentFault where the
    disk says no.
    """
    zone = ZoneInfo(timezone)
    known_blob = shelf.known_blob if shelf else lambda _: None
    found = find_files(declarations, data, zone, large=large, known_blob=known_blob)
    gathered = _Gathered(faults=list(found.faults))
    repeats = _repeats(found.claims)
    reader = _Reader(zone, shelf, large)
    for claim in found.claims:
        if claim.declaration.format in FORMATS:
            _read_claim(gathered, claim, reader, repeats.get(claim.path))
    gathered.faults.extend(missing_pages(gathered.ledgers, gathered.pages))
    return Records(gathered.rows, tuple(gathered.ledgers), found.unclaimed, tuple(gathered.faults))


def _read_claim(gathered: _Gathered, claim: Claim, reader: _Reader, repeats: str | None) -> None:
    """Read one file; its index is that of its ledger, refused files take none."""
    snapshot = _snapshot(claim, index=len(gathered.ledgers))
    try:
        reading = reader.repeated(claim, snapshot, repeats) if repeats else reader.read(claim, snapshot)
    except QualityError as error:
        gathered.faults.extend(error.faults)
        return
    gathered.ledgers.append(close_ledger(FORMATS[claim.declaration.format], snapshot, reading))
    gathered.pages.append(reading.page)
    for table, rows in reading.rows.items():
        gathered.rows[table].extend(rows)


@dataclass(frozen=True)
class _Reader:
    """Reads files of one workspace, each by its format, or takes them from the shelf."""

    zone: ZoneInfo
    shelf: Shelf | None
    large: int

    def read(self, claim: Claim, snapshot: Snapshot) -> Reading:
        """Read a file that nobody has read yet; raises QualityError for one to be refused."""
        if not self.shelf:
            return self._read_rows(claim, snapshot)
        key = key_of(claim, self.zone)
        self.shelf.note_blob(claim.location, claim.blob)
        if kept := self.shelf.take(key, snapshot):
            return kept
        if read := self._read_large(claim, snapshot, key, self.shelf):
            return read
        reading = self._read_rows(claim, snapshot)
        form = FORMATS[claim.declaration.format]
        self.shelf.lay(key, snapshot, replace(reading, accepted=_accepted(form, reading)))
        return reading

    def repeated(self, claim: Claim, snapshot: Snapshot, earlier: str) -> Reading:
        """Count the records of a file that repeats another."""
        counted = self._read_rows(claim, snapshot).counted
        return Reading(counted, duplicates=counted, notices=(f"has the same bytes as {earlier}",))

    def _read_rows(self, claim: Claim, snapshot: Snapshot) -> Reading:
        file = _source_file(claim, snapshot, content_of(claim), self.zone)
        _refuse_non_data(file)
        return FORMATS[claim.declaration.format].read(file)

    def _read_large(self, claim: Claim, snapshot: Snapshot, key: str, shelf: Shelf) -> Elsewhere | None:
        """Have a plain table read in bulk; None where it is none, or small."""
        form = FORMATS[claim.declaration.format]
        if not isinstance(form, FlatFormat) or claim.member or snapshot.size < self.large:
            return None
        described = describe(
            _source_file(claim, snapshot, b"", self.zone),
            claim.location,
            claim.survey or survey(claim.location),
            form,
        )
        return shelf.read_large(key, described) if described else None


def close_ledger(form: Format, snapshot: Snapshot, reading: Reading) -> FileLedger:
    """Account for every record of a file; raises InternalError when one is missing.

    Accepted records are counted from the rows themselves where the first table of a format has one row for each;
    elsewhere a record made several rows or one, never none.
    """
    return FileLedger(
        snapshot,
        counted=reading.counted,
        accepted=_accepted(form, reading),
        rejects=tuple(sorted(reading.rejects)),
        duplicates=reading.duplicates,
        skipped=reading.skipped,
        notices=reading.notices,
    )


def _accepted(form: Format, reading: Reading) -> int:
    rows = sum(map(len, reading.rows.values()))
    if reading.accepted is None:
        return len(reading.rows.get(form.tables[0], ()))
    return reading.accepted if isinstance(reading, Elsewhere) else min(reading.accepted, rows)


def _snapshot(claim: Claim, *, index: int) -> Snapshot:
    return Snapshot(
        index=index,
        source=claim.declaration.key,
        format=claim.declaration.format,
        path=claim.path,
        blob=claim.blob,
        size=claim.size,
        extracted_at=claim.known.at,
        known_on=claim.known.on,
    )


def _source_file(claim: Claim, snapshot: Snapshot, content: bytes, zone: ZoneInfo) -> SourceFile:
    form, declaration = FORMATS[claim.declaration.format], claim.declaration
    clock = declaration.timezone or form.zone
    return SourceFile(
        snapshot,
        content,
        zone,
        declaration,
        platform_zone=ZoneInfo(clock) if clock else zone,
        span=claim.span,
        settles_days=form.settles_days,
    )


def _refuse_non_data(file: SourceFile) -> None:
    if not file.content:
        raise refusal(file.path, 1, "", "the file is empty", "export it again, or delete it")
    if file.content.startswith(LFS_POINTER):
        raise refusal(file.path, 1, "", "is a pointer of Git LFS, not the data", "run `git lfs pull`")


def _repeats(claims: Sequence[Claim]) -> dict[str, str]:
    """Find files that repeat an earlier one of their source byte by byte; later path -> earlier path.

    Where the files of a source add up, every repeat is one; else only a repeat known at the same moment: a
    later one is a newer reading that says the same.
    """
    first: dict[object, str] = {}
    repeats: dict[str, str] = {}
    for claim in sorted(claims, key=lambda claim: (claim.known.at, claim.path)):
        source = claim.declaration
        key = (source.key, claim.blob, claim.member, None if source.overlap == "adds" else claim.known.at)
        earlier = first.setdefault(key, claim.path)
        if earlier != claim.path:
            repeats[claim.path] = earlier
    return repeats
