"""Whole dates in files that went through a spreadsheet: `16-08-2026` is read only where day and month prove apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from perftrack_site.sources.cast import Cast, CellError
from perftrack_site.sources.cast import day as iso_day
from perftrack_site.sources.days import any_of, compact_day

TYPED_DAY = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
LAST_MONTH = 12
WANTED = "a day such as 20260731"


def day_cast(texts: Sequence[str]) -> tuple[Cast, list[str]]:
    """Make the cast of a column of dates, `20260816` or `2026-08-16`, from all its texts.

    Where some are written `16-08-2026`, one with a part above 12 proves the order for all. Without such a proof they
    are no days. The notices say what was found.
    """
    typed = [tuple(map(int, found.groups())) for text in texts if (found := TYPED_DAY.fullmatch(text))]
    if not typed:
        return any_of(compact_day, iso_day, wanted=WANTED), []
    day_first = any(first > LAST_MONTH for first, _, _ in typed)
    month_first = any(second > LAST_MONTH for _, second, _ in typed)
    if day_first == month_first:
        return _undecided, ["its dates were written anew by a spreadsheet: export it again"]
    order = "day, month, year" if day_first else "month, day, year"
    notice = f"its dates were written anew by a spreadsheet: they are read as {order}, check them"
    return any_of(compact_day, iso_day, _typed(day_first=day_first), wanted=WANTED), [notice]


def _undecided(text: str) -> date:
    if TYPED_DAY.fullmatch(text):
        raise CellError("day", "day and month cannot be told apart")
    return compact_day(text)


def _typed(*, day_first: bool) -> Cast:
    def read(text: str) -> date:
        found = TYPED_DAY.fullmatch(text)
        if not found:
            raise CellError("day", f"not {WANTED}")
        first, second, year = map(int, found.groups())
        day, month = (first, second) if day_first else (second, first)
        return compact_day(f"{year}{month:02}{day:02}")

    return read
