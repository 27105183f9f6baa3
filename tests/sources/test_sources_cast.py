from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from perftrack_site.sources import cast
from perftrack_site.sources.cast import CellError, Column

WRONG_COUNTS = [
    "1,234", "1 234", "1_000", "1.9", "1e3", "0x10", "+5", "-5", "12 ", "1234567890123456", "\u0661",
    "5%",
    "true",
]  # fmt: skip
WRONG_MONEY = [
    "12,50",
    "1,234.00",
    "R 12",
    "$5",
    "1e3",
    ".5",
    "5.",
    "1.23456",
    "+1",
    "--1",
    "123456789012345",
    "\uff11",
]


@pytest.mark.parametrize("text", WRONG_COUNTS)
def test_a_count_is_digits_and_nothing_else(text: str) -> None:
    with pytest.raises(CellError) as error:
        cast.count(text)
    assert error.value.rule == "count"


@pytest.mark.parametrize("text", WRONG_MONEY)
def test_an_amount_in_another_spelling_is_not_guessed(text: str) -> None:
    with pytest.raises(CellError) as error:
        cast.signed_money(text)
    assert error.value.rule == "money"


def test_amounts_keep_every_decimal() -> None:
    assert cast.money("12345678901234.5678") == Decimal("12345678901234.5678")
    assert cast.signed_money("-0.10") == Decimal("-0.1")


def test_only_a_column_that_allows_corrections_takes_a_sign() -> None:
    with pytest.raises(CellError):
        cast.money("-5.00")


def test_a_rate_has_up_to_eight_decimals_and_is_above_zero() -> None:
    assert cast.rate("18.25143210") == Decimal("18.2514321")
    for text in ("0", "0.000000001", "-1", "1e2"):
        with pytest.raises(CellError):
            cast.rate(text)


@pytest.mark.parametrize(
    "text", ["2027-02-29", "2026-13-01", "06/07/2026", "2026-7-6", "20260706", "2026-07-06 10:00"]
)
def test_a_day_that_is_not_an_iso_day_of_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(CellError) as error:
        cast.day(text)
    assert error.value.rule == "day"


def test_leap_days_and_far_years_are_days() -> None:
    assert cast.day("2028-02-29") == date(2028, 2, 29)
    assert cast.day("9999-12-31") == date(9999, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-24 17:34:28 +0500",
        "2026-01-24T12:34:28Z",
        "2026-01-24T12:34:28+00:00",
        "2026-01-24 12:34:28 UTC",
    ],
)
def test_a_moment_is_turned_into_utc(text: str) -> None:
    assert cast.moment(text) == datetime(2026, 1, 24, 12, 34, 28)  # noqa: DTZ001 - UTC without a zone


@pytest.mark.parametrize(
    "text", ["2026-01-24 17:34:28", "2027-02-29T10:00:00Z", "9999-12-31T23:59:59Z", "24.1.2026"]
)
def test_a_moment_needs_its_offset_and_a_place_in_the_calendar(text: str) -> None:
    with pytest.raises(CellError) as error:
        cast.moment(text)
    assert error.value.rule == "moment"


@pytest.mark.parametrize("text", ["1.22158E+17", "1,22158E+17", "1e+17"])
def test_an_id_that_a_spreadsheet_rounded_is_damaged(text: str) -> None:
    with pytest.raises(CellError) as error:
        cast.identifier(text)
    assert error.value.rule == "id_damaged"


def test_an_id_that_only_looks_scientific_is_kept() -> None:
    assert cast.identifier("1E5") == "1E5"


@pytest.mark.parametrize("token", ["", " ", "-", "--", "N/A", "n/a", "undefined", "nan", "NaN", "(not set)"])
def test_null_tokens_are_none_and_never_zero(token: str) -> None:
    assert Column(("views",), cast.count, (), nullable=True).read(token) is None


def test_a_null_where_a_value_is_needed_is_named() -> None:
    with pytest.raises(CellError) as error:
        Column(("views",), cast.count, ()).read("N/A")
    assert error.value.rule == "missing"


def test_free_text_is_kept_as_it_is() -> None:
    assert Column(("caption",), cast.plain, (), free_text=True).read(" -\x07\n") == " -\x07\n"


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83e"])
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        cast.plain(text)
