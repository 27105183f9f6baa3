"""What a format is, what it is given, and what it answers. A platform's module makes `Format` values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from perftrack_site.errors import Fault, QualityError
from perftrack_site.sources.cast import Column
from perftrack_site.sources.ledger import Reject, Skipped, Snapshot
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.reading import Declaration, Row
from perftrack_site.sources.tables import Cell


@dataclass(frozen=True)
class SourceFile:
    """One file to read: its bytes, and what its source and its name say of it."""

    snapshot: Snapshot
    content: bytes
    zone: ZoneInfo  # of the business calendar
    declaration: Declaration
    platform_zone: ZoneInfo  # in which the file's days and clocks are told
    span: Span | None = None  # the days that the file's name says it covers
    settles_days: int = 0  # how many of the newest days the platform may still change

    @property
    def path(self) -> str:
        return self.snapshot.path

    @property
    def account(self) -> str:
        """Name the account, website or list these numbers are of: the declared one, else the source itself."""
        return self.declaration.account or self.declaration.key

    @property
    def known_day(self) -> date:
        """The day on which the file was extracted, by the platform's clock."""
        return self.snapshot.extracted_at.replace(tzinfo=UTC).astimezone(self.platform_zone).date()

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

    def utc(self, local: datetime) -> datetime:
        """Find the moment, in UTC without a zone, of a clock time told in the platform's zone."""
        return local.replace(tzinfo=self.platform_zone).astimezone(UTC).replace(tzinfo=None)

    def is_provisional(self, day: Cell) -> bool:
        """Say whether the platform may still change its numbers of a day: it was too young at extraction."""
        return isinstance(day, date) and day > self.known_day - timedelta(days=self.settles_days)


@dataclass(frozen=True)
class Page:
    """Where a file stands in a paged answer.

    `total` is the number of records of all pages together, where the platform tells it; `more`: another page
    follows. `needed`: without the other pages the numbers would be wrong, not only fewer posts known.
    """

    total: int | None = None
    more: bool = False
    needed: bool = False


@dataclass(frozen=True)
class Reading:
    """What became of the records of one file. `counted` is the independent count.

    `accepted` is the number of records that gave rows; None where the first table of the format has exactly one
    row for each.
    """

    counted: int
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    rejects: tuple[Reject, ...] = ()
    duplicates: int = 0
    skipped: tuple[Skipped, ...] = ()
    notices: tuple[str, ...] = ()
    accepted: int | None = None
    page: Page | None = None


@dataclass(frozen=True)
class Format:
    """One kind of file.

    `noun` is what one record is called. `personal` are the fields that never pass the reader; `identity` is the
    one of them whose keyed hash `perftrack scrub` writes into the field `identity_key`. `read` raises
    QualityError (`refusal`) for a file that cannot be accounted for.

    `zone` is the platform's own clock, where it has one; a source that declares a timezone is believed first.
    `settles_days` is how many of the newest days the platform may still change. `needs` are the keys of
    config/sources.yml without which its files cannot be read.

    For the documentation and `perftrack add`: the platform, how a person exports the file, what to know of it,
    and the pattern under which its files are best kept.
    """

    key: str
    label: str
    noun: str
    tables: tuple[str, ...]
    overlaps: tuple[str, ...]
    columns: tuple[Column, ...]
    read: Callable[[SourceFile], Reading]
    personal: tuple[str, ...] = ()
    identity: str | None = None
    identity_key: str | None = None
    platform: str = ""
    zone: str | None = None
    settles_days: int = 0
    needs: tuple[str, ...] = ()
    export: str = ""
    notes: tuple[str, ...] = ()
    pattern: str = ""

    @property
    def feeds(self) -> frozenset[str]:
        """Name the canonical columns and counters its files feed, such as `post_counts.views`."""
        return frozenset(name for column in self.columns for name in column.becomes)


def refusal(path: str, line: int, where: str, wrong: str, right: str) -> QualityError:
    """Refuse a file whole: place, fault and way out."""
    return refusals([Fault(f"{path}:{line}", where, wrong, right)])


def refusals(faults: Sequence[Fault]) -> QualityError:
    return QualityError("this file cannot be read", tuple(faults))
