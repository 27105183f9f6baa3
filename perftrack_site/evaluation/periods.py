"""Periods of the business calendar: ISO weeks, calendar months, fiscal quarters and fiscal years.

A fiscal year is named by the year it ends in: with `fiscal_year_starts: april`, 2026 is April 2025 to
March 2026, and `2026-Q1` is April to June 2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from perftrack_site.config.models import Editions
from perftrack_site.errors import ConfigError
from perftrack_site.evaluation.report import Period

Kind = Literal["week", "month", "quarter", "year"]

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
YEAR = r"(?P<year>(?:19|20|21)\d\d)"
FORMS: dict[Kind, str] = {
    "week": rf"{YEAR}-W(?P<number>0[1-9]|[1-4]\d|5[0-3])",
    "month": rf"{YEAR}-(?P<number>0[1-9]|1[0-2])",
    "quarter": rf"{YEAR}-Q(?P<number>[1-4])",
    "year": rf"{YEAR}(?P<number>)",
}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A period without a point of view: its key, kind, label, first and last day."""

    key: str
    kind: Kind
    label: str
    start: date
    end: date


def period_of(day: date, kind: Kind, fiscal_year_starts: str = "january") -> Span:
    """Find the period of a kind that holds a day."""
    if kind == "week":
        year, week, _ = day.isocalendar()
        return _week(year, week)
    if kind == "month":
        return _month(day.year, day.month)
    first = MONTHS.index(fiscal_year_starts) + 1
    year = day.year + (first > 1 and day.month >= first)
    return _year(year, first) if kind == "year" else _quarter(year, (day.month - first) % 12 // 3 + 1, first)


def parse_period(text: str, fiscal_year_starts: str = "january") -> Span:
    """Read a period's key: `2026-W46`, `2026-11`, `2026-Q4` or `2026`; anything else raises ConfigError."""
    for kind, form in FORMS.items():
        if found := re.fullmatch(form, text, re.ASCII):
            return _named(kind, int(found["year"]), int(found["number"] or 0), fiscal_year_starts)
    raise ConfigError(
        f"'{text}' is not a period; "
        "write a week (2026-W46), a month (2026-11), a quarter (2026-Q4) or a year (2026)"
    )


def previous(span: Span, fiscal_year_starts: str = "january") -> Span:
    """Find the period of the same kind just before."""
    return period_of(span.start - ONE_DAY, span.kind, fiscal_year_starts)


def spans(first: date, last: date, kind: Kind, fiscal_year_starts: str = "january") -> Iterator[Span]:
    """List the periods from the one that holds `first` to the one that holds `last`, oldest first."""
    day = first
    while day <= last:
        span = period_of(day, kind, fiscal_year_starts)
        yield span
        day = span.end + ONE_DAY


def published_spans(
    newest: Editions, first: date, as_of: date, fiscal_year_starts: str = "january"
) -> list[Span]:
    """List the periods to publish, by kind and newest first: `newest` says how many of each kind.

    None lies wholly before `first`, the day the first campaign began, or after `as_of`.
    """
    numbers: dict[Kind, int | Literal["all"]] = {
        "quarter": newest.quarter,
        "month": newest.month,
        "week": newest.week,
        "year": newest.year,
    }
    chosen = []
    for kind, number in numbers.items():
        found = list(spans(min(first, as_of), as_of, kind, fiscal_year_starts))[::-1]
        chosen += found if number == "all" else found[:number]
    return chosen


def edition_period(span: Span, as_of: date, grace_days: int) -> Period:
    """Look at a period from a day: its cutoff is its end + grace, at most `as_of`."""
    cutoff = min(as_of, span.end + timedelta(days=grace_days))
    return Period(span.key, span.kind, span.label, span.start, span.end, cutoff)


def _named(kind: Kind, year: int, number: int, fiscal_year_starts: str) -> Span:
    first = MONTHS.index(fiscal_year_starts) + 1
    match kind:
        case "week":
            return _week(year, number)
        case "month":
            return _month(year, number)
        case "quarter":
            return _quarter(year, number, first)
        case "year":
            return _year(year, first)


def _week(year: int, week: int) -> Span:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError as error:
        raise ConfigError(f"'{year}-W{week:02d}' is not a period; {year} has 52 weeks") from error
    return Span(f"{year}-W{week:02d}", "week", f"Week {week} of {year}", monday, monday + timedelta(days=6))


def _month(year: int, month: int) -> Span:
    label = f"{MONTHS[month - 1].capitalize()} {year}"
    return Span(f"{year}-{month:02d}", "month", label, date(year, month, 1), _last_day(year, month))


def _quarter(year: int, quarter: int, first: int) -> Span:
    start, end = _months(year, first, 3 * (quarter - 1), 3)
    return Span(f"{year}-Q{quarter}", "quarter", f"Q{quarter} {_year_label(year, first)}", start, end)


def _year(year: int, first: int) -> Span:
    start, end = _months(year, first, 0, 12)
    return Span(f"{year}", "year", _year_label(year, first), start, end)


def _year_label(year: int, first: int) -> str:
    return f"{year}" if first == 1 else f"FY{year}"


def _months(year: int, first: int, skip: int, count: int) -> tuple[date, date]:
    # Months are counted from year 0, so that a fiscal year begun in the calendar year before needs no case.
    opening = 12 * (year - (first > 1)) + first - 1 + skip
    closing = opening + count - 1
    return date(opening // 12, opening % 12 + 1, 1), _last_day(closing // 12, closing % 12 + 1)


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - ONE_DAY
