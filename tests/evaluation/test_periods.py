"""Periods of the business calendar, with ISO weeks and fiscal years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftrack_site.errors import ConfigError
from perftrack_site.evaluation.periods import (
    MONTHS,
    Kind,
    Span,
    edition_period,
    parse_period,
    period_of,
    previous,
    spans,
)

KINDS: tuple[Kind, ...] = ("week", "month", "quarter", "year")


def days(span: Span) -> tuple[str, str]:
    return span.start.isoformat(), span.end.isoformat()


@pytest.mark.parametrize(
    ("key", "first", "last", "label"),
    [
        ("2026-W46", "2026-11-09", "2026-11-15", "Week 46 of 2026"),
        ("2026-W53", "2026-12-28", "2027-01-03", "Week 53 of 2026"),
        ("2026-02", "2026-02-01", "2026-02-28", "February 2026"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "Q4 2026"),
        ("2026", "2026-01-01", "2026-12-31", "2026"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(key: str, first: str, last: str, label: str) -> None:
    assert (days(parse_period(key)), parse_period(key).label) == ((first, last), label)


@pytest.mark.parametrize(
    ("key", "first", "last", "label"),
    [
        ("2026", "2025-04-01", "2026-03-31", "FY2026"),
        ("2026-Q1", "2025-04-01", "2025-06-30", "Q1 FY2026"),
        ("2026-Q4", "2026-01-01", "2026-03-31", "Q4 FY2026"),
        ("2026-03", "2026-03-01", "2026-03-31", "March 2026"),
    ],
)
def test_a_fiscal_year_is_named_by_the_year_it_ends_in(key: str, first: str, last: str, label: str) -> None:
    found = parse_period(key, "april")
    assert (days(found), found.label) == ((first, last), label)


def test_the_first_days_of_a_year_may_lie_in_the_last_week_of_the_year_before() -> None:
    assert period_of(date(2027, 1, 3), "week").key == "2026-W53"
    assert period_of(date(2024, 12, 30), "week").key == "2025-W01"


@pytest.mark.parametrize(
    "text",
    ["2026-W54", "2026-W00", "2026-13", "2026-Q5", "26", "2026-1", "", "\uff12\uff10\uff12\uff16", "2026-q4"],
)
def test_what_is_no_period_is_refused_with_the_way_out(text: str) -> None:
    with pytest.raises(ConfigError, match="is not a period; write a week"):
        parse_period(text)


def test_a_week_53_of_a_year_that_has_none_is_refused() -> None:
    with pytest.raises(ConfigError, match="'2025-W53' is not a period; 2025 has 52 weeks"):
        parse_period("2025-W53")


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.sampled_from(KINDS), st.sampled_from(MONTHS))
def test_periods_follow_each_other_without_gap_or_overlap(day: date, kind: Kind, starts: str) -> None:
    span = period_of(day, kind, starts)
    assert span.start <= day <= span.end
    assert previous(span, starts).end == span.start - timedelta(days=1)
    assert parse_period(span.key, starts) == span


def test_the_periods_between_two_days_come_oldest_first() -> None:
    found = spans(date(2026, 5, 20), date(2026, 11, 1), "quarter")
    assert [span.key for span in found] == ["2026-Q2", "2026-Q3", "2026-Q4"]
    assert list(spans(date(2026, 5, 20), date(2026, 5, 19), "quarter")) == []


def test_an_edition_sees_what_was_known_by_its_end_and_the_days_of_grace() -> None:
    span = parse_period("2026-Q2")
    assert edition_period(span, date(2026, 12, 1), 3).cutoff == date(2026, 7, 3)
    assert edition_period(span, date(2026, 6, 9), 3).cutoff == date(2026, 6, 9)
