"""The door of the sources room: what it is told and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from perftrack_site.errors import Fault
from perftrack_site.sources.ledger import FileLedger
from perftrack_site.sources.tables import Cell

Row = tuple[Cell, ...]


class FileMapping(Protocol):
    """Which header of a tool's CSV is which column of ours (satisfied by `config.models.FileMapping`)."""

    @property
    def table(self) -> str: ...
    @property
    def columns(self) -> Mapping[str, str]: ...
    @property
    def constants(self) -> Mapping[str, str]: ...
    @property
    def counters(self) -> Mapping[str, str]: ...
    @property
    def skip(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def dates(self) -> str | None: ...
    @property
    def decimal(self) -> str: ...
    @property
    def thousands(self) -> str | None: ...
    @property
    def suffixes(self) -> bool: ...
    @property
    def units(self) -> Mapping[str, Decimal]: ...


class Declaration(Protocol):
    """What config/sources.yml says of a source (satisfied by `config.models.Source`)."""

    @property
    def key(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def files(self) -> str: ...
    @property
    def account(self) -> str | None: ...
    @property
    def timezone(self) -> str | None: ...
    @property
    def currency(self) -> str | None: ...
    @property
    def overlap(self) -> str: ...
    @property
    def platform(self) -> str | None: ...
    @property
    def dimensions(self) -> tuple[str, ...]: ...
    @property
    def days(self) -> int | None: ...
    @property
    def link(self) -> str | None: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def mapping(self) -> FileMapping | None: ...


@dataclass(frozen=True)
class Records:
    """Everything read: rows by canonical table (columns then ORIGIN, in order), and a ledger per file."""

    rows: Mapping[str, Sequence[Row]]
    ledgers: tuple[FileLedger, ...]
    unclaimed: tuple[str, ...] = ()  # files below data/ that no source claims
    faults: tuple[Fault, ...] = field(default=())  # files refused whole; nothing is published
