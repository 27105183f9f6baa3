"""The data-quality page: what became of every record of every file."""

from __future__ import annotations

from dataclasses import dataclass

from perftrack_site.evaluation.report import Check, FileShown, RejectShown, Report, SourceShown

from .page import DATA_QUALITY, Page
from .words import BADGES, Badge, count, day, shown_count

BLOB_DIGITS = 10


@dataclass(frozen=True)
class FileRow:
    path: str
    blob: str
    extracted: str
    records: str
    accepted: str
    rejected: str
    duplicates: str
    skipped: str
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class SourceRow:
    key: str
    format: str
    files: str
    records: str
    newest: str
    age: str
    limit: str
    badge: Badge


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
        "as_of": day(report.as_of),
        "sentence": ledger_sentence(quality.files),
        "totals": _totals(quality.files),
        "files": tuple(_file(found) for found in quality.files),
        "sources": tuple(_source(found) for found in quality.sources),
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


def _totals(files: tuple[FileShown, ...]) -> tuple[str, ...]:
    skipped = sum(part.records for one in files for part in one.skipped)
    sums = (
        sum(one.records for one in files),
        sum(one.accepted for one in files),
        sum(one.rejected for one in files),
        sum(one.duplicates for one in files),
        skipped,
    )
    return tuple(shown_count(number) for number in sums)


def _file(found: FileShown) -> FileRow:
    skips = tuple(f"{count(part.records, 'record')} skipped: {part.reason}" for part in found.skipped)
    return FileRow(
        path=found.path,
        blob=found.blob[:BLOB_DIGITS],
        extracted=day(found.extracted_at.date()),
        records=shown_count(found.records),
        accepted=shown_count(found.accepted),
        rejected=shown_count(found.rejected),
        duplicates=shown_count(found.duplicates),
        skipped=shown_count(sum(part.records for part in found.skipped)),
        remarks=(*skips, *found.notices),
    )


def _source(found: SourceShown) -> SourceRow:
    return SourceRow(
        key=found.key,
        format=found.format,
        files=shown_count(found.files),
        records=shown_count(found.records),
        newest=day(found.newest) if found.newest else "no file yet",
        age="" if found.age_days is None else count(found.age_days, "day"),
        limit=found.limit or "",
        badge=BADGES[found.freshness],
    )


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
