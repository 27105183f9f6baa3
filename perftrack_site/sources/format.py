"""What a format is, what it is given, and what it answers. A platform's module makes `Format` values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from perftrack_site.errors import Fault, QualityError
from perftrack_site.sources.cast import Column
from perftrack_site.sources.ledger import Reject, Skipped, Snapshot
from perftrack_site.sources.reading import Declaration, Row
from perftrack_site.sources.tables import Cell


@dataclass(frozen=True)
class SourceFile:
    """One file to read: its bytes, and what its source says of it."""

    snapshot: Snapshot
    content: bytes
    zone: ZoneInfo  # of the business calendar
    declaration: Declaration

    @property
    def path(self) -> str:
        return self.snapshot.path

    def origin(self, first_line: int, last_line: int) -> Row:
        """Give the last columns of every row, in the order of `tables.ORIGIN`."""
        snapshot = self.snapshot
        return (
            snapshot.source, snapshot.index, first_line, last_line, snapshot.extracted_at, snapshot.known_on,
        )  # fmt: skip

    def business_day(self, moment: Cell) -> date | None:
        """Find the business day of a moment in UTC."""
        if not isinstance(moment, datetime):
            return None
        return moment.replace(tzinfo=UTC).astimezone(self.zone).date()


@dataclass(frozen=True)
class Reading:
    """What became of the records of one file. `counted` is the independent count."""

    counted: int
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    rejects: tuple[Reject, ...] = ()
    duplicates: int = 0
    skipped: tuple[Skipped, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Format:
    """One kind of file.

    `noun` is what one record is called. The first of `tables` gets exactly one row per accepted record; the
    ledger counts those. `personal` are the fields that never pass the reader. `read` raises QualityError
    (`refusal`) for a file that cannot be accounted for.
    """

    key: str
    label: str
    noun: str
    tables: tuple[str, ...]
    overlaps: tuple[str, ...]
    columns: tuple[Column, ...]
    read: Callable[[SourceFile], Reading]
    personal: tuple[str, ...] = ()


def refusal(path: str, line: int, where: str, wrong: str, right: str) -> QualityError:
    """Refuse a file whole: place, fault and way out."""
    return refusals([Fault(f"{path}:{line}", where, wrong, right)])


def refusals(faults: Sequence[Fault]) -> QualityError:
    return QualityError("this file cannot be read", tuple(faults))
