"""The door of the sources room: what it is told and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from perftrack_site.errors import Fault
from perftrack_site.sources.ledger import FileLedger
from perftrack_site.sources.tables import Cell

Row = tuple[Cell, ...]


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


@dataclass(frozen=True)
class Records:
    """Everything read: rows by canonical table (columns then ORIGIN, in order), and a ledger per file."""

    rows: Mapping[str, Sequence[Row]]
    ledgers: tuple[FileLedger, ...]
    unclaimed: tuple[str, ...] = ()  # files below data/ that no source claims
    faults: tuple[Fault, ...] = field(default=())  # files refused whole; nothing is published
