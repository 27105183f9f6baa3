"""What the warehouse answers: plain rows (they satisfy the protocols of `evaluation.measures`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, order=True)
class Lines:
    file: int
    lines: str


@dataclass(frozen=True)
class Measure:
    """One cell of a measure; see `evaluation.measures.Measure` for what each field means."""

    campaign: str
    moment: date
    metric: str
    influencer: str | None
    platform: str | None
    content_type: str | None
    numerator: Decimal | int | None
    denominator: Decimal | int | None
    covered: int
    rows: int
    as_at: date | None
    rejects: int
    blocked: str | None
    lines: tuple[Lines, ...]
    denominator_lines: tuple[Lines, ...]


@dataclass(frozen=True)
class Post:
    """A post attributed to a campaign, with its last known counters at the window's known_by."""

    campaign: str
    platform: str
    post_id: str
    influencer: str | None
    content_type: str
    published_on: date
    caption: str
    permalink: str
    counters: dict[str, int]


@dataclass(frozen=True)
class Benchmark:
    """An outside figure; see `evaluation.measures.Benchmark`."""

    platform: str
    tier: str | None
    sector: str | None
    content_type: str | None
    metric: str
    basis: str
    statistic: str
    value: Decimal
    sample: int | None
    year: int
    published_by: str
    file: int
    lines: str


@dataclass(frozen=True)
class Coverage:
    """The days a source's facts are of, and how often its files tell the same.

    `days` are told one by one; 0: the source does not tell day by day. `gaps` are the days between the first and the
    last that nothing tells of, both ends in it. `told_again` facts are told by a later file as they were,
    `restated` ones otherwise.
    """

    source: str
    first_day: date | None
    last_day: date | None
    days: int
    provisional_days: int
    gaps: tuple[tuple[date, date], ...]
    told_again: int = 0
    restated: int = 0


@dataclass(frozen=True)
class Witness:
    """What one source tells of the sales of a month, in its own currency."""

    month: str  # 2026-11
    kind: str  # shop payments analytics affiliate or tracking sheet
    source: str
    currency: str | None
    sales: int
    amount: Decimal | None


@dataclass(frozen=True)
class CheckRows:
    """A check's heading (its first comment line) and the rows it returned."""

    key: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
