"""What the oracle finds in `data/`: observations, each with the moment at which it was known, nothing decided yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from oracle_config import Source

T = TypeVar("T")
Row = TypeVar("Row")


@dataclass(frozen=True)
class Known:
    """When something became known: the moment, and its business day."""

    at: datetime
    on: date


@dataclass(frozen=True)
class File:
    """A file as text. `repeats`: it holds nothing but duplicates of an earlier one (rule 15)."""

    source: Source
    known: Known
    text: str
    zone: ZoneInfo
    span: tuple[date, date] | None
    repeats: bool


@dataclass(frozen=True)
class PostVersion:
    """What one source says of a post; None is what it does not tell."""

    post: str  # platform:id
    source: Source
    known: Known
    day: date
    tags: frozenset[str]
    handle: str | None = None
    kind: str | None = None
    is_paid: bool | None = None


@dataclass(frozen=True)
class Count:
    """A counter of a post. `begins`: the first of the days it was counted over, None where it runs from the start."""

    post: str
    counter: str
    value: int
    witness: str  # insights, list or span
    source: Source
    known: Known
    begins: date | None = None


@dataclass(frozen=True)
class OrderVersion:
    source: Source
    number: str
    day: date
    status: str
    cancelled: bool
    currency: str
    subtotal: Fraction
    refunded: Fraction
    carried: frozenset[tuple[str, str]]  # (promo_code, X), (utm_campaign, x) ...
    known: Known


@dataclass(frozen=True)
class WebLine:
    """A line of a report of visits; `dimensions` are those of the report."""

    source: Source
    known: Known
    site: str
    day: date
    dimensions: frozenset[str]
    carried: frozenset[tuple[str, str]]
    sessions: int | None
    engaged_sessions: int | None
    conversions: int | None


@dataclass(frozen=True)
class Clicks:
    source: Source
    known: Known
    link: str
    day: date
    clicks: int


@dataclass(frozen=True)
class EnquiryLine:
    source: Source
    known: Known
    number: str
    day: date
    campaign: str | None
    influencer: str | None
    carried: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Payment:
    day: date
    campaign: str
    influencer: str | None
    amount: Fraction
    currency: str


@dataclass(frozen=True)
class Rate:
    day: date
    base: str
    quote: str
    rate: Fraction


@dataclass(frozen=True)
class HandList:
    """One file of a list kept by hand."""

    source: Source
    known: Known
    rows: tuple[Any, ...]


@dataclass
class Facts:
    """Everything in `data/`, nothing decided yet. `read` names the files of each table, whatever they hold."""

    as_of: date = date.min
    posts: list[PostVersion] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    orders: list[OrderVersion] = field(default_factory=list)
    visits: list[WebLine] = field(default_factory=list)
    clicks: list[Clicks] = field(default_factory=list)
    enquiries: list[HandList] = field(default_factory=list)
    spend: list[HandList] = field(default_factory=list)
    fx: list[HandList] = field(default_factory=list)
    read: dict[str, list[tuple[Source, Known]]] = field(default_factory=dict)


Reader = Callable[[File, Facts], None]


def readable(rows: Iterable[Row], read: Callable[[Row], T]) -> list[T]:
    """Read the rows that can be read; one with a damaged number is no row."""
    found = []
    for row in rows:
        with suppress(ValueError):
            found.append(read(row))
    return found
