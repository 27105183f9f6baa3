"""The story of this room: find the files, read each by its format, close its ledger, gather the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from perftrack_site.errors import Fault, QualityError
from perftrack_site.sources.files import Claim, content_of, find_files
from perftrack_site.sources.format import Format, Page, Reading, SourceFile, refusal
from perftrack_site.sources.formats import FORMATS
from perftrack_site.sources.ledger import FileLedger, Snapshot
from perftrack_site.sources.pages import missing_pages
from perftrack_site.sources.reading import Declaration, Records, Row
from perftrack_site.sources.tables import TABLES

LFS_POINTER = b"version https://git-lfs.github.com/spec/"


@dataclass
class _Gathered:
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    ledgers: list[FileLedger] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    pages: list[Page | None] = field(default_factory=list)  # beside the ledgers


def read_sources(declarations: Sequence[Declaration], data: Path, timezone: str) -> Records:
    """Read every file below `data` that a source claims.

    `timezone` is the business calendar's. Files that must be refused whole are `faults` of the answer and
    give no rows; all files are read, so that all faults come in one run. Raises EnvironmentFault where the
    disk says no.
    """
    zone = ZoneInfo(timezone)
    found = find_files(declarations, data, zone)
    gathered = _Gathered(faults=list(found.faults))
    repeats = _repeats(found.claims)
    for claim in found.claims:
        if claim.declaration.format in FORMATS:
            _read_claim(gathered, claim, zone, repeats.get(claim.path))
    gathered.faults.extend(missing_pages(gathered.ledgers, gathered.pages))
    return Records(gathered.rows, tuple(gathered.ledgers), found.unclaimed, tuple(gathered.faults))


def _read_claim(gathered: _Gathered, claim: Claim, zone: ZoneInfo, repeats: str | None) -> None:
    """Read one file; its index is that of its ledger, refused files take none."""
    form = FORMATS[claim.declaration.format]
    try:
        file = _source_file(claim, index=len(gathered.ledgers), zone=zone)
        _refuse_non_data(file)
        reading = form.read(file)
    except QualityError as error:
        gathered.faults.extend(error.faults)
        return
    if repeats:
        reading = Reading(
            reading.counted, duplicates=reading.counted, notices=(f"has the same bytes as {repeats}",)
        )
    gathered.ledgers.append(close_ledger(form, file.snapshot, reading))
    gathered.pages.append(reading.page)
    for table, rows in reading.rows.items():
        gathered.rows[table].extend(rows)


def close_ledger(form: Format, snapshot: Snapshot, reading: Reading) -> FileLedger:
    """Account for every record of a file; raises InternalError when one is missing.

    Accepted records are counted from the rows themselves where the first table of a format has one row for each;
    elsewhere a record made several rows or one, never none.
    """
    rows = sum(map(len, reading.rows.values()))
    accepted = (
        len(reading.rows.get(form.tables[0], ())) if reading.accepted is None else min(reading.accepted, rows)
    )
    return FileLedger(
        snapshot,
        counted=reading.counted,
        accepted=accepted,
        rejects=tuple(sorted(reading.rejects)),
        duplicates=reading.duplicates,
        skipped=reading.skipped,
        notices=reading.notices,
    )


def _source_file(claim: Claim, *, index: int, zone: ZoneInfo) -> SourceFile:
    form, declaration = FORMATS[claim.declaration.format], claim.declaration
    content = content_of(claim)
    clock = declaration.timezone or form.zone
    snapshot = Snapshot(
        index=index,
        source=claim.declaration.key,
        format=claim.declaration.format,
        path=claim.path,
        blob=claim.blob,
        size=len(content),
        extracted_at=claim.known.at,
        known_on=claim.known.on,
    )
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
        key = (source.key, claim.blob, None if source.overlap == "adds" else claim.known.at)
        earlier = first.setdefault(key, claim.path)
        if earlier != claim.path:
            repeats[claim.path] = earlier
    return repeats
