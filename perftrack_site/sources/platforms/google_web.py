"""What Google's web reports have in common: whole numbers written as floats, and days that must lie in the past."""

from __future__ import annotations

from datetime import date

from perftrack_site.sources.cast import CellError
from perftrack_site.sources.cast import day as iso_day
from perftrack_site.sources.format import SourceFile
from perftrack_site.sources.json_records import Answer, pick
from perftrack_site.sources.numbers import integral
from perftrack_site.sources.pattern import Span

SPAN_IN_NAME = (
    "write the first and the last day into the name of the file (or of its zip), and {from:%Y-%m-%d}_{to:%Y-%m-%d} "
    "at that place into `files` of the source in config/sources.yml"
)


def whole(text: str) -> int:
    """Read a whole number that may be written with zeros after a point, `150.0`, as JSON of Google is."""
    value = integral(text)
    if value < 0:
        raise CellError("count", "less than zero")
    return value


def past_day(file: SourceFile, day: date) -> date:
    """Take a day that is not after the extraction of its file."""
    if day > file.known_day:
        raise CellError("future_day", "a day after the file was extracted: nobody has counted it yet")
    return day


def requested(answer: Answer, first: str, last: str) -> Span | None:
    """Find the days in the request, where a script keeps it beside the answer: two paths to ISO days.

    Words such as `yesterday` are no days: they depend on when the request was sent.
    """
    days: list[date] = []
    for path in (first, last):
        try:
            days.append(iso_day(str(pick(answer, path))))
        except CellError:
            return None
    return Span(days[0], days[1]) if days[0] <= days[1] else None
