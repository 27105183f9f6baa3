"""Add up cells: what was measured of a campaign, seen from one moment, in the slice a KPI looks at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from perftrack_site.evaluation.measures import Measure

Cells = Mapping[tuple[str, date, str], Sequence[Measure]]  # by campaign, moment and metric


@dataclass(frozen=True)
class Slice:
    """Which cells are looked at; None takes all."""

    campaign: str
    moment: date
    influencer: str | None = None
    platform: str | None = None
    content_type: str | None = None

    def holds(self, cell: Measure) -> bool:
        """Say whether a cell of the campaign and moment is in the slice."""
        asked = (self.influencer, self.platform, self.content_type)
        found = (cell.influencer, cell.platform, cell.content_type)
        return all(want is None or want == have for want, have in zip(asked, found, strict=True))


@dataclass(frozen=True)
class Total:
    """A metric added up over a slice; `numerator` is None where no row's value is known."""

    numerator: Fraction | None
    denominator: Fraction | None
    covered: int
    rows: int
    blocked: tuple[str, ...]
    cells: tuple[Measure, ...]


def by_metric(measures: Iterable[Measure]) -> Cells:
    """Lay out cells by campaign, moment and metric."""
    found: defaultdict[tuple[str, date, str], list[Measure]] = defaultdict(list)
    for cell in measures:
        found[cell.campaign, cell.moment, cell.metric].append(cell)
    return found


def add_up(cells: Cells, metric: str, part: Slice) -> Total:
    """Add up a metric's cells in a slice: first add, then (elsewhere, last) divide."""
    chosen = tuple(cell for cell in cells.get((part.campaign, part.moment, metric), ()) if part.holds(cell))
    return Total(
        numerator=_sum(cell.numerator for cell in chosen),
        denominator=_sum(cell.denominator for cell in chosen),
        covered=sum(cell.covered for cell in chosen),
        rows=sum(cell.rows for cell in chosen),
        blocked=tuple(sorted({cell.blocked for cell in chosen if cell.blocked})),
        cells=chosen,
    )


def _sum(values: Iterable[Decimal | int | None]) -> Fraction | None:
    known = [Fraction(value) for value in values if value is not None]
    return sum(known, Fraction(0)) if known else None
