"""What a command says at its end: a few lines for a person, the same as data for a script."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from perftrack_site.errors import Fault, PerftrackError
from perftrack_site.evaluation.audience import INTERNAL
from perftrack_site.evaluation.report import CampaignResult, GoalResult, Report
from perftrack_site.evaluation.shown import shown
from perftrack_site.sources.ledger import FileLedger, Reject

NAMED_AT_MOST = 3  # campaigns named in a line
WIDTH = 11


@dataclass(frozen=True)
class Totals:
    """The ledger of all files together."""

    files: int
    records: int
    accepted: int
    rejected: int
    duplicates: int
    skipped: int

    def sentence(self) -> str:
        return (
            f"{self.records} read from {_files(self.files)}: {self.accepted} accepted, "
            f"{self.rejected} rejected, {self.duplicates} duplicates, {self.skipped} skipped"
        )


@dataclass(frozen=True)
class Built:
    """A finished build."""

    report: Report
    totals: Totals
    editions: int
    pages: int
    kept: int
    out: Path
    trees: int = 1
    notices: Sequence[str] = ()

    def lines(self) -> list[str]:
        """Say it in six lines: goal, outlook, what needs a look, records, pages, what to do next; notices before."""
        return [
            *(_line("Notice", notice) for notice in self.notices),
            _line("Goal", _goal(self.report)),
            _line("Outlook", _outlook(self.report)),
            _line("Attention", _attention(self.report)),
            _line("Records", self.totals.sentence()),
            _line("Pages", self._pages()),
            _line("Next", self._next()),
        ]

    def as_dict(self) -> Mapping[str, object]:
        return {
            "goals": [_goal_as_dict(goal) for goal in self.report.goals],
            "period": self.report.period.key,
            "as_of": self.report.as_of.isoformat(),
            "records": vars(self.totals),
            "editions": self.editions,
            "pages": {"built": self.pages, "kept": self.kept},
            "out": str(self.out),
        }

    def _pages(self) -> str:
        editions = "1 edition" if self.editions == 1 else f"{self.editions} editions"
        where = self._place() if self.trees == 1 else f"{self._place()} and site-audiences ({self.trees - 1})"
        return f"{self.pages} built, {self.kept} kept in {editions}, as at {self.report.as_of}, in {where}"

    def _place(self) -> str:
        here = Path.cwd()
        return str(self.out.relative_to(here)) if self.out.is_relative_to(here) else str(self.out)

    def _next(self) -> str:
        place = shlex.quote(self._place())
        look = f"python3 -m http.server --directory {place} 8000, then open http://localhost:8000"
        return f"{look}; rejected records are in build/rejects.csv" if self.totals.rejected else look


@dataclass(frozen=True)
class Checked:
    """What `check` found: the ledger of every file, what is in the way of publishing, and what deserves a look."""

    ledgers: Sequence[FileLedger]
    totals: Totals
    refused: PerftrackError | None  # why this workspace would not be published
    notices: Sequence[str]

    def lines(self, *, every_file: bool) -> list[str]:
        """Say it: the ledger of each file (or of each source), every reject, every notice, and the sum."""
        columns = ("records", "accepted", "rejected", "duplic.", "skipped")
        header = f"{' '.join(f'{column:>8}' for column in columns)}  {'file' if every_file else 'source'}"
        ledgers = _by_file(self.ledgers) if every_file else _by_source(self.ledgers)
        rejects = [
            f"{reject.path}:{reject.first_line}: {_column(reject)}{reject.reason} (rule {reject.rule})"
            for ledger in self.ledgers
            for reject in ledger.rejects
        ]
        notices = [f"Notice: {notice}" for notice in self.notices]
        return [header, *ledgers, *rejects, *notices, _line("Records", self.totals.sentence())]

    def as_dict(self) -> Mapping[str, object]:
        return {
            "records": vars(self.totals),
            "files": [_ledger_as_dict(ledger) for ledger in self.ledgers],
            "faults": [_fault_as_dict(fault) for fault in (self.refused.faults if self.refused else ())],
            "notices": list(self.notices),
        }

    def raise_for_quality(self) -> None:
        """Raise what stands in the way of publishing, if anything does."""
        if self.refused:
            raise self.refused


def totals(ledgers: Sequence[FileLedger]) -> Totals:
    """Add up the ledgers of all files."""
    return Totals(
        files=len(ledgers),
        records=sum(ledger.counted for ledger in ledgers),
        accepted=sum(ledger.accepted for ledger in ledgers),
        rejected=sum(ledger.rejected for ledger in ledgers),
        duplicates=sum(ledger.duplicates for ledger in ledgers),
        skipped=sum(skip.records for ledger in ledgers for skip in ledger.skipped),
    )


def _column(reject: Reject) -> str:
    return f"column '{reject.column}': " if reject.column else ""  # none where the whole record is misaligned


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"


def _line(label: str, text: str) -> str:
    return f"{label:<{WIDTH}}{text}"


def _goal(report: Report) -> str:
    if report.audience != INTERNAL:
        return f"seen by {report.audience}: their own part of {len(report.campaigns)} campaigns"
    if not report.goals:
        return "none is set; add one to `goals` in config/project.yml"
    goal = report.goals[0]
    now = goal.current
    if now.share is None or now.reached is None:
        return f"{goal.label}: cannot be said yet in {now.label}; {now.why}"
    share = shown(now.share, "share", target=goal.target)
    reached = "reached" if now.reached else "not reached"
    so_far = " so far" if now.pending else ""
    return f"{goal.label}: {reached} in {now.label}{so_far}, {len(now.met)} of {now.denominator} ({share})"


def _outlook(report: Report) -> str:
    if not report.goals:
        return "-"
    goal = report.goals[0]
    now = goal.current
    excluded = f"{len(now.excluded)} excluded"
    if not now.pending or now.best is None or now.worst is None:
        return f"nothing is pending, {excluded}"
    best, worst = (shown(case, "share", target=goal.target) for case in (now.best, now.worst))
    return f"{len(now.pending)} pending, {excluded}; if all pending are met {best}, if none {worst}"


def _attention(report: Report) -> str:
    at_risk = [campaign for campaign in report.campaigns if campaign.pace == "at_risk"]
    missed = [campaign for campaign in _of_current_goal(report) if campaign.verdict == "missed"]
    stale = [source.key for source in report.quality.sources if source.freshness == "stale"]
    found = [
        _named("at risk", [campaign.key for campaign in at_risk]),
        _named("missed", [campaign.key for campaign in missed]),
        _named("stale", stale),
    ]
    return "; ".join(text for text in found if text) or "nothing"


def _of_current_goal(report: Report) -> Sequence[CampaignResult]:
    missed = {key for goal in report.goals[:1] for key in goal.current.missed}
    return [campaign for campaign in report.campaigns if campaign.key in missed]


def _named(what: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    more = " ..." if len(names) > NAMED_AT_MOST else ""
    return f"{len(names)} {what} ({', '.join(names[:NAMED_AT_MOST])}{more})"


def _goal_as_dict(goal: GoalResult) -> Mapping[str, object]:
    now = goal.current
    return {
        "key": goal.key,
        "period": now.period,
        "met": len(now.met),
        "missed": len(now.missed),
        "pending": len(now.pending),
        "excluded": len(now.excluded),
        "share": None if now.share is None else str(now.share),
        "reached": now.reached,
    }


def _by_file(ledgers: Sequence[FileLedger]) -> list[str]:
    return [_ledger_line(totals([ledger]), ledger.snapshot.path) for ledger in ledgers]


def _by_source(ledgers: Sequence[FileLedger]) -> list[str]:
    found: dict[str, list[FileLedger]] = {}
    for ledger in ledgers:
        found.setdefault(ledger.snapshot.source, []).append(ledger)
    sums = {source: totals(own) for source, own in sorted(found.items())}
    return [_ledger_line(total, f"{source} ({_files(total.files)})") for source, total in sums.items()]


def _ledger_line(total: Totals, what: str) -> str:
    cells = (total.records, total.accepted, total.rejected, total.duplicates, total.skipped)
    return f"{' '.join(f'{cell:>8}' for cell in cells)}  {what}"


def _ledger_as_dict(ledger: FileLedger) -> Mapping[str, object]:
    return {
        "path": ledger.snapshot.path,
        "blob": ledger.snapshot.blob,
        "source": ledger.snapshot.source,
        "records": ledger.counted,
        "accepted": ledger.accepted,
        "rejected": [
            {"line": reject.first_line, "column": reject.column, "rule": reject.rule, "reason": reject.reason}
            for reject in ledger.rejects
        ],
        "duplicates": ledger.duplicates,
        "skipped": [vars(skip) for skip in ledger.skipped],
        "notices": list(ledger.notices),
    }


def _fault_as_dict(fault: Fault) -> Mapping[str, str]:
    return {"place": fault.place, "where": fault.where, "wrong": fault.wrong, "right": fault.right}
