"""Casts of the numbers that platforms write in their own ways: separators, signs, percents, suffixes, clock times.

Like those of `cast`, each takes text without surrounding blanks and answers an exact value or raises CellError.
"""

from __future__ import annotations

import re
from decimal import Decimal

from perftrack_site.sources.cast import Cast, CellError, count

SIGNED = re.compile(r"-?[0-9]{1,15}")
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,4}")
WHOLE_WITH_POINT = re.compile(r"(-?[0-9]{1,15})\.0{1,6}")
DECIMAL = re.compile(r"-?[0-9]{1,14}(?:\.[0-9]{1,20})?")
PERCENT = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,10})?) ?%?")
SUFFIXED = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?)([kmb])", re.IGNORECASE)
CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-5]?[0-9]):([0-5][0-9])")
SUFFIXES = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
HOUR = 3_600_000  # milliseconds
DIGITS_KEPT = 18


def signed_count(text: str) -> int:
    """Read a whole number that may be negative, such as a difference or a correction."""
    if not SIGNED.fullmatch(text):
        raise CellError("count", "not a whole number of 1 to 15 digits, with or without a minus")
    return int(text)


def grouped_count(text: str) -> int:
    """Read a whole number with or without commas between its thousands: `1,750`."""
    return int(text.replace(",", "")) if GROUPED.fullmatch(text) else count(text)


def integral(text: str) -> int:
    """Read a whole number that may be written with zeros after a point: `12.0`, as numbers of JSON are."""
    found = WHOLE_WITH_POINT.fullmatch(text)
    return signed_count(found.group(1) if found else text)


def decimal(text: str) -> Decimal:
    """Read a number with a point and any number of decimals, exactly as it is written."""
    if not DECIMAL.fullmatch(text):
        raise CellError("number", "not a number such as 12.5 (a point, no separators)")
    return Decimal(text)


def rounded(places: int) -> Cast:
    """Make a cast that cuts a float's noise: more decimals than `places` are rounded half up."""
    return lambda text: kept(decimal(text), places)


def kept(value: Decimal, places: int) -> Decimal:
    """Cut a value to the decimals of its column, rounded half up; raises CellError where it is too long for it.

    An amount or a rate holds 18 digits, its decimals among them.
    """
    if abs(value) >= Decimal(1).scaleb(DIGITS_KEPT - places):
        raise CellError("number", f"more than {DIGITS_KEPT - places} digits before the point")
    return value.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")


def whole_amount(text: str) -> int:
    """Read a whole number for a column of amounts, which hold four decimals beside it."""
    return int(kept(Decimal(count(text)), 4))


def percent(text: str) -> Decimal:
    """Read `61.97%`, or `61.97` in a column of percents, as the fraction 0.6197 (at most 8 decimals kept)."""
    found = PERCENT.fullmatch(text)
    if not found:
        raise CellError("percent", "not a percentage such as 61.97%")
    return (Decimal(found.group(1)) / 100).quantize(Decimal("1e-8"), rounding="ROUND_HALF_UP")


def fraction(text: str) -> Decimal:
    """Read a share written as a fraction of one, such as 0.59 (at most 8 decimals kept)."""
    value = decimal(text)
    if not 0 <= value <= 1:
        raise CellError("share", "not a share between 0 and 1")
    return value.quantize(Decimal("1e-8"), rounding="ROUND_HALF_UP")


def suffixed(text: str) -> int:
    """Read a number that may end in k, m or b: `475.8m`, `3.3k`."""
    found = SUFFIXED.fullmatch(text)
    if not found:
        return grouped_count(text)
    value = Decimal(found.group(1)) * SUFFIXES[found.group(2).lower()]
    if value != value.to_integral_value():
        raise CellError("count", "has more decimals than its suffix allows")
    return int(value)


def hours(text: str) -> int:
    """Read hours with decimals as whole milliseconds."""
    return _milliseconds(decimal(text) * HOUR)


def seconds(text: str) -> int:
    """Read seconds, with decimals or not, as whole milliseconds."""
    return _milliseconds(decimal(text) * 1000)


def _milliseconds(value: Decimal) -> int:
    return signed_count(str(value.quantize(Decimal(1), rounding="ROUND_HALF_UP")))


def clock(text: str) -> int:
    """Read a duration written `1:02:03` or `2:03` as milliseconds."""
    found = CLOCK.fullmatch(text)
    if not found:
        raise CellError("duration", "not a duration such as 0:03:25")
    hour, minute, second = (int(part or 0) for part in found.groups())
    return ((hour * 60 + minute) * 60 + second) * 1000
