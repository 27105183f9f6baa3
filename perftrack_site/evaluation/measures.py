"""What the evaluation asks the warehouse for, and what it gets: plain values at one grain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, order=True)
class Window:
    """The events of [from_day, to_day] of a campaign, known at the end of `known_by`, seen from `moment`.

    A campaign has one window for its verdict (moment == its evaluation day) and one per point of its chart.
    """

    campaign: str
    moment: date
    from_day: date
    to_day: date
    known_by: date


class Post(Protocol):
    """A post of a campaign, with its last known counters at the verdict's window."""

    @property
    def campaign(self) -> str: ...
    @property
    def platform(self) -> str: ...
    @property
    def post_id(self) -> str: ...
    @property
    def influencer(self) -> str | None: ...
    @property
    def content_type(self) -> str: ...
    @property
    def published_on(self) -> date: ...
    @property
    def caption(self) -> str: ...
    @property
    def permalink(self) -> str: ...
    @property
    def counters(self) -> Mapping[str, int]: ...


class Benchmark(Protocol):
    """An outside figure. `tier`, `sector` and `content_type` are None where it holds for any."""

    @property
    def platform(self) -> str: ...
    @property
    def tier(self) -> str | None: ...
    @property
    def sector(self) -> str | None: ...
    @property
    def content_type(self) -> str | None: ...
    @property
    def metric(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def statistic(self) -> str: ...
    @property
    def value(self) -> Decimal: ...  # in the metric's base unit
    @property
    def sample(self) -> int | None: ...
    @property
    def year(self) -> int: ...
    @property
    def published_by(self) -> str: ...
    @property
    def file(self) -> int: ...
    @property
    def lines(self) -> str: ...


class Lines(Protocol):
    """Lines of one snapshot, as ranges `2-9,14`."""

    @property
    def file(self) -> int: ...  # index of the snapshot in the ledger
    @property
    def lines(self) -> str: ...


class Measure(Protocol):
    """One cell: a metric of one campaign, seen from one moment, split as far as its table goes.

    Grain: campaign, moment, metric, influencer, platform, content_type. Cells add up.
    simple metrics: `numerator` is the total, `denominator` is None.
    ratio metrics whose two parts share a table: both totals over the rows in which both are known.
    Money stands in the campaign's currency. `blocked` is set when rows of the cell cannot be expressed in it
    ("mixed currencies: no FX rate USD to ZAR on 2026-07-03").
    """

    @property
    def campaign(self) -> str: ...
    @property
    def moment(self) -> date: ...
    @property
    def metric(self) -> str: ...
    @property
    def influencer(self) -> str | None: ...
    @property
    def platform(self) -> str | None: ...
    @property
    def content_type(self) -> str | None: ...
    @property
    def numerator(self) -> Decimal | int | None: ...
    @property
    def denominator(self) -> Decimal | int | None: ...
    @property
    def covered(self) -> int: ...  # rows (posts, orders, payments) whose values are known
    @property
    def rows(self) -> int: ...  # rows in the cell
    @property
    def as_at(self) -> date | None: ...  # oldest known day among the values used
    @property
    def rejects(self) -> int: ...  # rejected records in the files used
    @property
    def blocked(self) -> str | None: ...
    @property
    def lines(self) -> Sequence[Lines]: ...  # where the numerator (and denominator) came from
    @property
    def denominator_lines(self) -> Sequence[Lines]: ...
