"""Whether data is good enough to publish, and the ledger in the Report's words."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from perftrack_site.config.models import Project
from perftrack_site.errors import Fault, QualityError
from perftrack_site.evaluation.masking import contacts
from perftrack_site.evaluation.quality import Evidence
from perftrack_site.evaluation.report import Check, FileShown, RejectShown, Report, SkippedShown
from perftrack_site.evaluation.shown import exactly, shown
from perftrack_site.history import Commit
from perftrack_site.sources import FORMATS
from perftrack_site.sources.ledger import FileLedger, Reject
from perftrack_site.sources.reading import Records
from perftrack_site.sources.tables import TABLES, TEXT
from perftrack_site.warehouse.rows import CheckRows

REJECT_COLUMNS = ("path", "first_line", "last_line", "column", "rule", "reason", "raw")


def refusal(project: Project, records: Records, as_of: date, commit: Commit | None) -> QualityError | None:
    """Say why a workspace may not be published: refused files, files of later days, too many rejects."""
    faults = [*records.faults, *_from_the_future(records, as_of, commit), *_over_the_gate(project, records)]
    return QualityError("The data is not good enough to publish.", tuple(sorted(faults))) if faults else None


def notices(report: Report) -> list[str]:
    """Say in a line each what deserves a look: files no source claims, checks that found rows, old sources."""
    found = [f"{path} is claimed by no source in config/sources.yml" for path in report.quality.unclaimed]
    found += [
        f"{source.key}: no file fits its pattern in config/sources.yml"
        for source in report.quality.sources
        if source.freshness == "none"
    ]
    found += [f"{file.path}: {notice}" for file in report.quality.files for notice in file.notices]
    found += [f"{check.heading} ({len(check.rows)})" for check in report.quality.checks if check.rows]
    return found + [
        f"{source.key}: the newest file is {source.age_days} days old, its limit is {source.limit}"
        for source in report.quality.sources
        if source.freshness in {"warn", "stale"}
    ]


def refuse_stale_sources(project: Project, report: Report) -> None:
    """Raise QualityError where the gate says `stale: fail` and a source is older than its limit."""
    if project.settings.quality_gate.stale != "fail":
        return
    faults = tuple(
        Fault("config/sources.yml", source.key, f"the newest file is of {source.newest}, {source.age_days} days ago",
              f"commit a newer one; its limit is {source.limit}")
        for source in report.quality.sources
        if source.freshness == "stale"
    )  # fmt: skip
    if faults:
        raise QualityError("A source is stale and the quality gate says `stale: fail`.", faults)


def write_rejects(records: Records, target: Path) -> None:
    """Write every reject with its raw value; the only place where raw values stand."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(REJECT_COLUMNS)
        for ledger in records.ledgers:
            writer.writerows(
                [getattr(reject, column) for column in REJECT_COLUMNS] for reject in ledger.rejects
            )


def evidence(records: Records, checks: Iterable[CheckRows], free_text: Iterable[tuple[int, str]]) -> Evidence:
    """Put the ledger and the checks into the Report's words, files in the order of the snapshots.

    `free_text`: what people wrote, cell by cell, with the index of its file (see `free_text_columns`).
    """
    ledgers, found = records.ledgers, _contacts(free_text)
    return Evidence(
        files=tuple(_file(ledger, found[ledger.snapshot.index]) for ledger in ledgers),
        known_on=tuple(ledger.snapshot.known_on for ledger in ledgers),
        rejects=tuple(_reject(reject) for ledger in ledgers for reject in ledger.rejects),
        checks=tuple(Check(found.key, found.heading, found.columns, found.rows) for found in checks),
        unclaimed=records.unclaimed,
    )


def free_text_columns() -> list[tuple[str, str]]:
    """List the canonical columns that people write freely, with their tables."""
    columns = (column for form in FORMATS.values() for column in form.columns if column.free_text)
    names = {name for column in columns for name in column.becomes}
    return [
        (table.name, column)
        for table in TABLES.values()
        for column, kind in table.columns.items()
        if kind == TEXT and f"{table.name}.{column}" in names
    ]


def _contacts(free_text: Iterable[tuple[int, str]]) -> Counter[int]:
    """Count the addresses and telephone numbers that people wrote into the free text of each file, by its index."""
    found: Counter[int] = Counter()
    for file, text in free_text:
        found[file] += contacts(text)
    return found


def _file(ledger: FileLedger, contacts_found: int) -> FileShown:
    return FileShown(
        path=ledger.snapshot.path,
        blob=ledger.snapshot.blob,
        source=ledger.snapshot.source,
        format=ledger.snapshot.format,
        extracted_at=ledger.snapshot.extracted_at,
        records=ledger.counted,
        accepted=ledger.accepted,
        rejected=ledger.rejected,
        duplicates=ledger.duplicates,
        skipped=tuple(SkippedShown(skip.rule, skip.reason, skip.records) for skip in ledger.skipped),
        notices=(*ledger.notices, *_in_free_text(contacts_found)),
    )


def _in_free_text(contacts_found: int) -> Iterator[str]:
    if contacts_found:
        what = (
            "e-mail address or phone number" if contacts_found == 1 else "e-mail addresses or phone numbers"
        )
        yield f"{contacts_found} {what} in its free text: pages show them masked"


def _reject(reject: Reject) -> RejectShown:
    """Leave out the raw value: it stands in build/rejects.csv only."""
    return RejectShown(
        reject.path, reject.first_line, reject.last_line, reject.column, reject.rule, reject.reason
    )


def _from_the_future(records: Records, as_of: date, commit: Commit | None) -> list[Fault]:
    last = min(as_of, commit.day) if commit else as_of
    known = (
        f"the day of the last commit, {last}"
        if commit and last == commit.day
        else f"{last}, the last day known"
    )
    return [
        Fault(ledger.snapshot.path, "", f"it was extracted on {ledger.snapshot.known_on}, after {known}",
              "correct the date in its name, commit it, or say --as-of DAY")
        for ledger in records.ledgers
        if ledger.snapshot.known_on > last
    ]  # fmt: skip


def _over_the_gate(project: Project, records: Records) -> list[Fault]:
    limit = Fraction(project.settings.quality_gate.rejected_share)
    faults = []
    for source in project.sources:
        ledgers = [ledger for ledger in records.ledgers if ledger.snapshot.source == source.key]
        rejected, counted = (
            sum(ledger.rejected for ledger in ledgers),
            sum(ledger.counted for ledger in ledgers),
        )
        if rejected > limit * counted:
            share = shown(Fraction(rejected, counted), "share", target=limit)
            wrong = (
                f"{rejected} of {counted} records are rejected ({share}), more than {exactly(limit, 'share')}"
            )
            faults.append(
                Fault(_first_place(ledgers), source.key, wrong, "see build/rejects.csv for each of them")
            )
    return faults


def _first_place(ledgers: Sequence[FileLedger]) -> str:
    first = min(reject for ledger in ledgers for reject in ledger.rejects)
    return f"{first.path}:{first.first_line}"
