"""Days without a year, as TikTok Studio writes them: `November 20`, `20 November`, `4 de enero`.

The year comes from the days in the file's name, or from the order of the rows: the newest day is the last of its kind
up to the extraction, and the others go back from there. The extraction alone is not enough: one export ends on its day,
the next on the day before, and both may begin on the same day a year ago.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from perftrack_site.sources.cast import Cast, CellError
from perftrack_site.sources.days import last_before
from perftrack_site.sources.format import SourceFile, refusal
from perftrack_site.sources.pattern import Span

LONG = 31  # days


@dataclass(frozen=True)
class Calendar:
    """How the days of one file are read; `newest` is the last of them."""

    cast: Cast
    newest: date
    notices: tuple[str, ...] = ()

    def day(self, text: str) -> date | None:
        return next(iter(_days(self.cast, [text])), None)


def calendar_of(file: SourceFile, texts: Sequence[str]) -> Calendar:
    """Find the years of a file's days, told in the order of the file, the newest last or first.

    What is no day is left to the cast. Raises QualityError where nothing tells the years.
    """
    if file.span:
        return Calendar(_within(file.span), file.span.last)
    for in_order in (texts, texts[::-1]):
        newest = _newest(file, in_order)
        if _follow_each_other(_days(last_before(newest), in_order)):
            return Calendar(last_before(newest), newest, _notices(file, newest))
    wrong = "its days have no year and stand in no order: their years cannot be told"
    right = (
        "export it again, or put its first and last day into its name and write "
        "{from:%Y-%m-%d} and {to:%Y-%m-%d} into the pattern of its source"
    )
    raise refusal(file.path, 1, "", wrong, right)


def _newest(file: SourceFile, texts: Sequence[str]) -> date:
    """Take the last day for the newest."""
    return next(iter(_days(last_before(file.known_day), texts)[::-1]), file.known_day)


def _follow_each_other(days: Sequence[date]) -> bool:
    """Whether no day goes back or leaps: TikTok lists every day, so that a leap is a wrong year."""
    return all(0 <= (later - day).days <= LONG for day, later in pairwise(days))


def _days(cast: Cast, texts: Sequence[str]) -> list[date]:
    days = []
    for text in texts:
        with suppress(CellError):
            if isinstance(day := cast(text), date):
                days.append(day)
    return days


def _within(span: Span) -> Cast:
    up_to_the_last = last_before(span.last)

    def read(text: str) -> date:
        day = up_to_the_last(text)
        if not isinstance(day, date) or day < span.first:
            raise CellError("day", "not one of the days that the file's name says it covers")
        return day

    return read


def _notices(file: SourceFile, newest: date) -> tuple[str, ...]:
    age = (file.known_day - newest).days
    if age <= LONG:
        return ()
    return (f"its days have no year: the newest was taken for {newest}, {age} days before its extraction",)
