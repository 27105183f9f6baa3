"""Which days a row of Google Analytics is about: a day, an hour, a week or month, some without their year."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from perftrack_site.errors import QualityError
from perftrack_site.sources.cast import Cast, CellError, count
from perftrack_site.sources.days import compact_day
from perftrack_site.sources.format import SourceFile, refusal
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.platforms.google_web import SPAN_IN_NAME, past_day
from perftrack_site.sources.tables import Cell

HOUR = re.compile(r"([0-9]{8})([01][0-9]|2[0-3])")
YEAR_AND_NUMBER = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})")
SATURDAY = 5  # date.weekday(); weeks of Google Analytics begin on Sunday


@dataclass(frozen=True)
class Period:
    """How the first day of a period is read, and which its last day is.

    `counted_from`: the text is a number that means nothing without the days the report covers.
    """

    cast: Cast | None = None
    last: Callable[[date], date] = lambda first: first
    counted_from: Callable[[Span, str], date] | None = None


def _hour(text: str) -> datetime:
    found = HOUR.fullmatch(text)
    if not found:
        raise CellError("hour", "not a day and an hour written as 2026091413")
    day = compact_day(found.group(1))
    return datetime(day.year, day.month, day.day, int(found.group(2)))  # noqa: DTZ001 - the property's clock


def _nth_day(span: Span, text: str) -> date:
    return _later(span.first, count(text))


def _nth_week(span: Span, text: str) -> date:
    return _later(span.first, 7 * count(text))


def _later(first: date, days: int) -> date:
    try:
        return first + timedelta(days=days)
    except OverflowError as error:
        raise CellError("day", "no such day in the calendar") from error


def _first_of_week(year: int, number: int) -> date:
    """Find the first day of a week of a year: 1 January lies in week 1, every Sunday begins the next."""
    new_year = date(year, 1, 1)
    sunday_before = _later(new_year, -((new_year.weekday() + 1) % 7))
    first = max(new_year, _later(sunday_before, 7 * (number - 1)))
    if number < 1 or first.year != year:
        raise CellError("week", "no such week in its year")
    return first


def _end_of_week(first: date) -> date:
    return min(_later(first, (SATURDAY - first.weekday()) % 7), date(first.year, 12, 31))


def _week(span: Span, text: str) -> date:
    """Find the week that a number without a year means: the only one so numbered that meets the span."""
    number, found = count(text), []
    for year in range(span.first.year, span.last.year + 1):
        try:
            first = _first_of_week(year, number)
            if first <= span.last and _end_of_week(first) >= span.first:
                found.append(first)
        except CellError:
            continue
    if len(found) != 1:
        why = "none of the weeks" if not found else "a week of more than one of the years"
        raise CellError("week", f"is {why} that its report covers")
    return found[0]


def _year_and_number(text: str) -> tuple[int, int]:
    found = YEAR_AND_NUMBER.fullmatch(text)
    if not found:
        raise CellError("day", "not a year with its week or month written as 202609")
    return int(found.group(1)), int(found.group(2))


def _year_week(text: str) -> date:
    return _first_of_week(*_year_and_number(text))


def _iso_week(text: str) -> date:
    try:
        return date.fromisocalendar(*_year_and_number(text), 1)
    except ValueError as error:
        raise CellError("week", "no such week in its year") from error


def _month(text: str) -> date:
    year, number = _year_and_number(text)
    return compact_day(f"{year}{number:02}01")


def _end_of_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _six_days_on(first: date) -> date:
    return first + timedelta(days=6)


PERIODS: Mapping[str, Period] = {
    "date": Period(compact_day),
    "dateHour": Period(_hour),
    "nthDay": Period(counted_from=_nth_day),
    "nthWeek": Period(last=_six_days_on, counted_from=_nth_week),
    "week": Period(last=_end_of_week, counted_from=_week),
    "yearWeek": Period(_year_week, _end_of_week),
    "isoYearIsoWeek": Period(_iso_week, _six_days_on),
    "yearMonth": Period(_month, _end_of_month),
}


def no_days(file: SourceFile, line: int) -> QualityError:
    """Refuse a report that says nowhere which days it is about."""
    wrong = "says nowhere which days its numbers are of"
    return refusal(file.path, line, "", wrong, f"ask for the report by date, or {SPAN_IN_NAME}")


def reader(file: SourceFile, line: int, name: str, span: Span | None, date_cast: Cast) -> Cast:
    """Make the cast of a period: it answers the first day, or an hour of it.

    `span` are the days that the report covers, where it says so: a period must meet them. `date_cast` reads whole
    dates. Raises QualityError where the period means nothing without a span.
    """
    period = PERIODS[name]
    cast = date_cast if name == "date" else period.cast
    if period.counted_from and span:
        cast = partial(period.counted_from, span)
    if cast is None:
        raise no_days(file, line)
    return partial(_read, file, period, span, cast)


def _read(file: SourceFile, period: Period, span: Span | None, cast: Cast, text: str) -> Cell:
    value = cast(text)
    first = past_day(file, day_of(value))
    if span and (first > span.last or period.last(first) < span.first):
        raise CellError("outside_span", "not one of the days that its report covers")
    return value


def day_of(value: Cell) -> date:
    """Take the day of a day or an hour."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    raise CellError("day", "not a day")


def days_of(name: str, value: Cell, span: Span | None) -> Span:
    """Find the days of a period from its first: those of its report, where that covers a part of it only."""
    first = day_of(value)
    last = PERIODS[name].last(first)
    return Span(max(first, span.first), min(last, span.last)) if span else Span(first, last)
