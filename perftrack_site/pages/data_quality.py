"""The data-quality page: what became of every record of every file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from perftrack_site.evaluation.report import Check, FileShown, RejectShown, Report, SourceShown

from .page import DATA_QUALITY, Page
from .words import BADGES, Badge, count, day, shown_count

BLOB_DIGITS = 10


@dataclass(frozen=True)
class Ledger:
    """Records and what became of them, in words: records = accepted + rejected + duplicates + skipped."""

    records: str
    accepted: str
    rejected: str
    duplicates: str
    skipped: str


@dataclass(frozen=True)
class FileRow:
    path: str
    blob: str
    extracted: str
    ledger: Ledger
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class SourceRow:
    key: str
    format: str
    newest: str
    age: str
    limit: str
    badge: Badge
    ledger: Ledger


@dataclass(frozen=True)
class FileGroup:
    source: str
    summary: str  # 12 files, 340 records
    files: tuple[FileRow, ...]


@dataclass(frozen=True)
class RejectRow:
    place: str
    column: str
    rule: str
    reason: str


def data_quality_page(report: Report) -> Page:
    """Lay open the ledger, the freshness of the sources, the rejects and the checks."""
    quality = report.quality
    values = {
        "as_at": day(report.period.cutoff),
        "sentence": ledger_sentence(quality.files),
        "totals": _ledger(quality.files),
        "sources": tuple(_source(found, quality.files) for found in quality.sources),
        "groups": tuple(
            _group(source, quality.files) for source in sorted({one.source for one in quality.files})
        ),
        "rejects": tuple(_reject(found) for found in quality.rejects),
        "failing": tuple(check for check in quality.checks if check.rows),
        "passing": tuple(check.heading for check in quality.checks if not check.rows),
        "findings": _findings(quality.checks),
        "unclaimed": quality.unclaimed,
    }
    return Page(DATA_QUALITY, "Data quality", "data-quality.md.j2", values)


def ledger_sentence(files: tuple[FileShown, ...]) -> str:
    """Say how many records were read and what became of them."""
    records, accepted = sum(one.records for one in files), sum(one.accepted for one in files)
    rejected = sum(one.rejected for one in files)
    rest = f"{shown_count(rejected)} rejected" if rejected else "none rejected"
    read = f"{count(records, 'record')} in {count(len(files), 'file')}"
    return f"{read}: {shown_count(accepted)} accepted, {rest}."


def _ledger(files: Iterable[FileShown]) -> Ledger:
    """Add up the ledgers of some files."""
    found = tuple(files)
    return Ledger(
        records=shown_count(sum(one.records for one in found)),
        accepted=shown_count(sum(one.accepted for one in found)),
        rejected=shown_count(sum(one.rejected for one in found)),
        duplicates=shown_count(sum(one.duplicates for one in found)),
        skipped=shown_count(sum(part.records for one in found for part in one.skipped)),
    )


def _file(found: FileShown) -> FileRow:
    skips = tuple(f"{count(part.records, 'record')} skipped: {part.reason}" for part in found.skipped)
    return FileRow(
        path=found.path,
        blob=found.blob[:BLOB_DIGITS],
        extracted=day(found.extracted_at.date()),
        ledger=_ledger([found]),
        remarks=(*skips, *found.notices),
    )


def _source(found: SourceShown, files: tuple[FileShown, ...]) -> SourceRow:
    return SourceRow(
        key=found.key,
        format=found.format,
        newest=day(found.newest) if found.newest else "no file yet",
        age="" if found.age_days is None else f"{count(found.age_days, 'day')} old",
        limit=found.limit or "",
        badge=BADGES[found.freshness],
        ledger=_ledger(one for one in files if one.source == found.key),
    )


def _group(source: str, files: tuple[FileShown, ...]) -> FileGroup:
    own = tuple(one for one in files if one.source == source)
    summary = f"{count(len(own), 'file')}, {count(sum(one.records for one in own), 'record')}"
    return FileGroup(source, summary, tuple(_file(one) for one in own))


def _reject(found: RejectShown) -> RejectRow:
    lines = (
        str(found.first_line)
        if found.first_line == found.last_line
        else f"{found.first_line}-{found.last_line}"
    )
    return RejectRow(f"{found.path}:{lines}", found.column, found.rule, found.reason)


def _findings(checks: tuple[Check, ...]) -> str:
    failing = sum(1 for check in checks if check.rows)
    return f"{len(checks) - failing} of {count(len(checks), 'check')} found nothing."
