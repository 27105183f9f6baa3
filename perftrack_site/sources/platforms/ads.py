"""What reports of advertising have in common: rows of one day or of a span, ads that share a name."""

from __future__ import annotations

from collections import Counter

from perftrack_site.sources.format import SourceFile
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.records import Made
from perftrack_site.sources.tables import AD_DAYS, AD_SPANS, Cell


class Twins:
    """Tells ads apart that have the same names: the second of a file is called `name #2`.

    Names are all that a reader knows an ad by, and platforms allow several of the same name side by side.
    """

    def __init__(self) -> None:
        self._seen: Counter[tuple[Cell, ...]] = Counter()

    def apart(self, days: tuple[Cell, ...], names: tuple[Cell, Cell, Cell]) -> tuple[Cell, Cell, Cell]:
        """Answer campaign, ad group and ad of a record, the finest that is told marked where it is not the first."""
        key = (*days, *names)
        self._seen[key] += 1
        times = self._seen[key]
        finest = max((at for at, name in enumerate(names) if name is not None), default=None)
        if times == 1 or finest is None:
            return names
        campaign, group, ad = (f"{name} #{times}" if at == finest else name for at, name in enumerate(names))
        return campaign, group, ad


def day_row(file: SourceFile, platform: str, day: Cell, **cells: Cell) -> Made:
    """Make a row of what ads did on one day."""
    return AD_DAYS.row(
        platform=platform,
        account=account_of(file),
        day=day,
        is_provisional=file.is_provisional(day),
        **cells,
    )


def span_row(file: SourceFile, platform: str, first: Cell, last: Cell, **cells: Cell) -> Made:
    """Make a row of what ads did from the first to the last day, provisional if the last day is."""
    return AD_SPANS.row(
        platform=platform,
        account=account_of(file),
        from_day=first,
        to_day=last,
        is_provisional=file.is_provisional(last),
        **cells,
    )
