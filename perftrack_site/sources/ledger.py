"""The ledger: what became of every record of every file.

records = accepted + rejected + duplicates + skipped, for each file, asserted when the ledger is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from perftrack_site.errors import InternalError


@dataclass(frozen=True, order=True)
class Reject:
    """A record that could not be taken: where it stands and which rule it broke.

    `raw` never reaches a page or a log, only `build/rejects.csv`.
    """

    path: str
    first_line: int
    last_line: int
    column: str
    rule: str
    reason: str
    raw: str


class Rule(NamedTuple):
    """Why records are left out on purpose: the rule's name, and the reason in words."""

    rule: str
    reason: str


@dataclass(frozen=True)
class Skipped:
    """Records left out on purpose, by a rule the format declares."""

    rule: str
    reason: str
    records: int


@dataclass(frozen=True)
class Snapshot:
    """One committed file of a source, with the moment it was extracted (UTC, no zone).

    `path` is relative to the workspace with forward slashes; `blob` is its git blob id.
    """

    index: int
    source: str
    format: str
    path: str
    blob: str
    size: int
    extracted_at: datetime
    known_on: date  # the same as a day of the business calendar


@dataclass(frozen=True)
class FileLedger:
    """The account of one file. `counted` is an independent count of its records, made without the parser."""

    snapshot: Snapshot
    counted: int
    accepted: int
    rejects: tuple[Reject, ...] = ()
    duplicates: int = 0
    skipped: tuple[Skipped, ...] = ()
    notices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.counted != self.accounted:
            raise InternalError(
                f"{self.snapshot.path}: the ledger does not close: {self.counted} records counted, "
                f"{self.accounted} accounted for"
            )

    @property
    def accounted(self) -> int:
        return self.accepted + self.rejected + self.duplicates + sum(skip.records for skip in self.skipped)

    @property
    def rejected(self) -> int:
        return len(self.rejects)
