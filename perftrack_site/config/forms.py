"""What a written scalar may look like, field by field: numbers, shares, days, durations, flags.

A reader answers None for anything else. The annotated types at the end put the same readers into the models;
values that are no `Written` (made in Python) pass them untouched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from perftrack_site.config.currencies import ACTIVE
from perftrack_site.config.names import did_you_mean, quoted
from perftrack_site.config.tree import Written

WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
NUMBER = re.compile(r"(?!-0(?:\.0*)?$)-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,8})?")
DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
DAYS = re.compile(r"([1-9][0-9]{0,3})d")
DIRECTIVE = re.compile(r"%(.?)")
DATE_PARTS = (
    "d",
    "mbB",
    "Yy",
    "H",
    "M",
    "S",
)  # of a date's form: one letter of each, the time left out or not
YEARS = range(1990, 2200)  # far enough for any contract, near enough for settling days to be added
SETTLING = range(366)  # days

PERCENT_PATTERN = r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,8})?%$"
KEY_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
KEY_LENGTH = 80  # characters; a key becomes the name of a folder
CURRENCY_PATTERN = r"^[A-Z]{3}$"
METRIC_PATTERN = r"^[a-z][a-z0-9_]*$"
DECIMAL_PATTERN = r"^[.,]$"
THOUSANDS_PATTERN = r"^([.,']|blank)$"
POST_PATTERN = r"^(instagram|facebook|tiktok|youtube|linkedin|x):[A-Za-z0-9_.:-]{1,100}$"

Platform = Literal["instagram", "facebook", "tiktok", "youtube", "linkedin", "x"]
ContentType = Literal["image", "carousel", "video", "reel", "story", "short", "text", "link", "live"]


@dataclass(frozen=True)
class Quantity:
    """A number as written: `3.5%` is 0.035 with `percent` set."""

    value: Decimal
    percent: bool


def whole(written: str) -> int | None:
    return int(written) if _bare(written) and WHOLE.fullmatch(written) else None


def number(written: str) -> Decimal | None:
    return Decimal(written) if _bare(written) and NUMBER.fullmatch(written) else None


def share(written: str) -> Decimal | None:
    """Read `3.5%` as exactly 0.035."""
    digits = written.removesuffix("%")
    if digits == written or not NUMBER.fullmatch(digits):
        return None
    return Decimal(digits).scaleb(-2)


def quantity(written: str) -> Quantity | None:
    """Read a number or a percentage; which of them fits is up to the metric."""
    value = share(written)
    if value is not None:
        return Quantity(value, percent=True)
    value = number(written)
    return None if value is None else Quantity(value, percent=False)


def day(written: str) -> date | None:
    match = DAY.fullmatch(written)
    if not match or int(match[1]) not in YEARS:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def days(written: str) -> timedelta | None:
    """Read a duration in days, such as `8d`."""
    match = DAYS.fullmatch(written)
    return timedelta(days=int(match[1])) if match else None


def days_to_settle(written: str) -> int | None:
    """Read the days a campaign's numbers need to settle, 0 to 365."""
    found = whole(written)
    return found if found is not None and found in SETTLING else None


def flag(written: str) -> bool | None:
    return {"true": True, "false": False}.get(str(written)) if _bare(written) else None


@cache
def time_zones() -> frozenset[str]:
    """List the names of the IANA database that comes with us, not the machine's."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def _bare(written: str) -> bool:
    """Say whether a scalar stands without quotes: in quotes, YAML means a text."""
    return not getattr(written, "quoted", False)


def percent_way_out(digits: str) -> str:
    """Say how a number without its % is written: below one it may be meant as a fraction."""
    if not NUMBER.fullmatch(digits):
        return "write it such as 3.5%"
    value = Decimal(digits)
    if value and abs(value) <= 1:
        return f"write {(value * 100).normalize():f}% or {digits}%, whichever is meant"
    return f"write {digits}%"


def _number_way_out(written: str) -> str:
    if not _bare(written) and NUMBER.fullmatch(written):
        return f"take the quotes away: {written}"
    plain = re.sub(r"[_, ]", "", written)
    stripped = re.sub(r"^0+(?=[0-9])", "", plain)
    if NUMBER.fullmatch(stripped) and not re.search(r"[0-9],[0-9]{1,2}$", written):
        return f"write {stripped}"
    return "write digits only, with a point for decimals, such as 40000 or 180.50"


def _whole_way_out(written: str) -> str:
    if "." in written:
        return "write digits only, without a decimal point, such as 40000"
    return _number_way_out(written)


def _share_way_out(written: str) -> str:
    return percent_way_out(re.sub(r"\s+", "", written).replace(",", ".").removesuffix("%"))


def _day_way_out(written: str) -> str:
    match = re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", written)
    if match and day(padded := f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}"):
        return f"write {padded}"
    return f"write year-month-day of a day there is, {YEARS[0]} to {YEARS[-1]}, such as 2026-07-06"


def _quantity_way_out(written: str) -> str:
    return _share_way_out(written) if "%" in written else _number_way_out(written)


def _form(read: Callable[[str], object], noun: str, way_out: Callable[[str], str]) -> BeforeValidator:
    def take(value: object) -> object:
        if not isinstance(value, Written):
            return value
        found = read(value)
        if found is None:
            raise wrong_form(f"{quoted(value)} is not {noun}", way_out(value))
        return found

    return BeforeValidator(take)


def wrong_form(wrong: str, right: str, at: str | None = None) -> PydanticCustomError:
    """Make the error of a value that cannot be read; `at` names the entry within it that is to blame."""
    return PydanticCustomError("form", "{wrong}; {right}", {"wrong": wrong, "right": right, "at": at})


def _quantity_value(written: str) -> Decimal | None:
    found = quantity(written)
    return found.value if found else None


def _edition_count(value: object) -> object:
    if isinstance(value, Written) and value == "all":
        return "all"
    if isinstance(value, Written) and (found := whole(value)) is not None and found >= 0:
        return found
    if isinstance(value, (Written, list, dict)):
        shown = quoted(value) if isinstance(value, Written) else "this"
        raise wrong_form(f"{shown} is not a number of editions", "write a whole number or all")
    return value


def _active_currency(code: str) -> str:
    if code not in ACTIVE:
        raise wrong_form(f"{quoted(code)} is not a currency in use (ISO 4217)", did_you_mean(code, ACTIVE))
    return code


def _known_zone(name: str) -> str:
    if name not in time_zones():
        raise wrong_form(f"{quoted(name)} is not a time zone", did_you_mean(name, time_zones()))
    return name


def _date_form(form: str) -> str:
    """Take a form that reads a day in one way only: day, month and year once each, perhaps a time."""
    found = DIRECTIVE.findall(form)
    times = [sum(letter in tuple(part) for letter in found) for part in DATE_PARTS]
    if sum(times) != len(found) or max(times) > 1 or times[:3] != [1, 1, 1]:
        right = "use %d, one of %m %b %B and one of %Y %y, each once, and %H %M %S for a time"
        raise wrong_form(f"{quoted(form)} does not read a date", right)
    return form


def _one_or_several(value: object) -> object:
    return [value] if isinstance(value, Written) else value


_PERCENT = {"type": "string", "pattern": PERCENT_PATTERN}

Whole = Annotated[int, _form(whole, "a whole number", _whole_way_out)]
Number = Annotated[Decimal, _form(number, "a number", _number_way_out), WithJsonSchema({"type": "number"})]
Share = Annotated[Decimal, _form(share, "a percentage", _share_way_out), WithJsonSchema(_PERCENT)]
Amount = Annotated[
    Decimal,
    _form(_quantity_value, "a number or a percentage", _quantity_way_out),
    WithJsonSchema({"anyOf": [{"type": "number"}, _PERCENT]}),
]
Day = Annotated[date, _form(day, "a day", _day_way_out)]
Days = Annotated[
    timedelta,
    _form(days, "a number of days", lambda _: "write it such as 8d"),
    WithJsonSchema({"type": "string", "pattern": f"^{DAYS.pattern}$"}),
]
Flag = Annotated[bool, _form(flag, "true or false", lambda _: "write true or false, without quotes")]
Editioned = Annotated[int | Literal["all"], BeforeValidator(_edition_count)]

Key = Annotated[str, Field(pattern=KEY_PATTERN, max_length=KEY_LENGTH)]
Keys = Annotated[
    tuple[Key, ...],
    BeforeValidator(_one_or_several),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": KEY_PATTERN},
                {"type": "array", "items": {"type": "string", "pattern": KEY_PATTERN}},
            ]
        }
    ),
]
Texts = Annotated[
    tuple[str, ...],
    BeforeValidator(_one_or_several),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
DateForm = Annotated[str, AfterValidator(_date_form)]
DecimalMark = Annotated[str, Field(pattern=DECIMAL_PATTERN)]
ThousandsMark = Annotated[str, Field(pattern=THOUSANDS_PATTERN)]
Currency = Annotated[str, Field(pattern=CURRENCY_PATTERN), AfterValidator(_active_currency)]
TimeZone = Annotated[str, AfterValidator(_known_zone)]
PostName = Annotated[str, Field(pattern=POST_PATTERN)]
