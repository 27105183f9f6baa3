"""How the cells of any tool are read: as its mapping says they are written, and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from perftrack_site.sources.cast import (
    Cast,
    CellError,
    choice,
    currency,
    day,
    identifier,
    moment,
    plain,
    word,
)
from perftrack_site.sources.days import MONTHS
from perftrack_site.sources.format import SourceFile
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.numbers import SUFFIXES, kept
from perftrack_site.sources.platforms import own, own_lists
from perftrack_site.sources.platforms.instagram_graph import hashtags
from perftrack_site.sources.spelling import hashtag, keyed_hash, platform
from perftrack_site.sources.tables import COUNT, DAY, FLAG, MOMENT, MONEY, RATE, Table
from perftrack_site.sources.tags import promo_code, promo_codes

CONTENT_TYPES = ("image", "carousel", "video", "reel", "story", "short", "text", "link", "live")
FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
FREE_TEXT = frozenset({"caption", "text", "answer", "title", "subject", "query"})
MARKS = {
    "": "",
    ",": ",",
    ".": r"\.",
    "'": "['\u2019]",
    "blank": "[ \u00a0\u2009\u202f]",
}  # between thousands
MINUS = "[-\u2212]?"
DIRECTIVE = re.compile(r"%(.)")
DIGITS_OF = {"Y": "{4}", "y": "{2}", "M": "{2}", "S": "{2}"}
YEARS = range(1900, 2200)
PLACES = {MONEY: 4, RATE: 8}
LOST_UNIT = "decimals"  # the rule that a count with decimals breaks

NAMED: dict[str, Cast] = {
    "platform": platform,
    "content_type": choice(*CONTENT_TYPES),
    "witness": choice("insights", "export", "list"),
    "currency": lambda text: currency(text.upper()),
    "settled_currency": lambda text: currency(text.upper()),
    "promo_codes": promo_codes,
    "promo_code": promo_code,
    "hashtags": lambda text: hashtags(text if "#" in text else f"#{' #'.join(re.split('[ ,;]+', text))}"),
    "hashtag": hashtag,
    "customer_key": keyed_hash,
    "author_key": keyed_hash,
    "status": word,
}
OWN = {
    name: column.cast
    for form in (*own.FORMATS, *own_lists.FORMATS)
    for column in form.columns
    for name in column.becomes
}


@dataclass(frozen=True)
class Style:
    """How a tool writes numbers and dates. `dates` None: ISO days, and moments with their offset."""

    dates: str | None = None
    decimal: str = "."
    thousands: str | None = None
    suffixes: bool = False


def cast_of(file: SourceFile, table: Table, column: str, style: Style, unit: Decimal = Decimal(1)) -> Cast:
    """Make the cast of a canonical column. A mapping cannot change what a column is, only how it is written."""
    kind = table.columns[column]
    if kind == DAY:
        return _day(style)
    if kind == MOMENT:
        return _moment(file, style)
    if kind in {COUNT, MONEY, RATE}:
        signed = kind == MONEY or (column == "value" and table.name.endswith(("_days", "_spans")))
        return _number(style, kind, unit, signed=signed)
    if kind == FLAG:
        return _flag
    return _text(file, table, column)


def _text(file: SourceFile, table: Table, column: str) -> Cast:
    if column == "account":
        return lambda text: account_of(file, plain(text))
    if column in NAMED:
        return NAMED[column]
    return OWN.get(f"{table.name}.{column}", identifier if column.endswith("_id") else plain)


def _flag(text: str) -> bool:
    if text.casefold() not in FLAGS:
        raise CellError("flag", "not one of true, false, yes, no, 1, 0")
    return FLAGS[text.casefold()]


# --- numbers -------------------------------------------------------------------------------------


def _number(style: Style, kind: str, unit: Decimal, *, signed: bool) -> Cast:
    """Make a cast of numbers: exact, then cut to the decimals that its column keeps (half up)."""
    form = _form_of_numbers(style, percent=kind == RATE, signed=signed)
    shown = _shown(style)

    def read(text: str) -> int | Decimal:
        found = form.fullmatch(text)
        if not found:
            raise CellError("number", f"not a number such as {shown}")
        value = _value(found) * unit
        return _whole(value) if kind == COUNT else kept(value, PLACES[kind])

    return read


def _form_of_numbers(style: Style, *, percent: bool, signed: bool) -> re.Pattern[str]:
    mark = MARKS[style.thousands or ""]
    grouped = f"[0-9]{{1,3}}(?:{mark}[0-9]{{3}}){{1,4}}|" if mark else ""
    return re.compile(
        f"(?P<sign>{MINUS if signed else ''})"
        f"(?P<whole>{grouped}[0-9]{{1,14}})"
        f"(?:{re.escape(style.decimal)}(?P<part>[0-9]{{1,20}}))?"
        f"(?P<suffix>{'[kmb]?' if style.suffixes else ''})"
        f"(?P<percent>{'(?: ?%)?' if percent else ''})",
        re.IGNORECASE,
    )


def _value(found: re.Match[str]) -> Decimal:
    digits = re.sub("[^0-9]", "", found["whole"])
    value = Decimal(f"{'-' if found['sign'] else ''}{digits}.{found['part'] or 0}")
    value *= SUFFIXES.get(found["suffix"].lower(), 1)
    return value / 100 if found["percent"] else value


def _whole(value: Decimal) -> int:
    if value != value.to_integral_value():
        reason = "a count with decimals: its unit was lost, or it is no count"
        raise CellError(LOST_UNIT, reason)
    return int(kept(value, 0))


def _shown(style: Style) -> str:
    mark = {"blank": " "}.get(style.thousands or "", style.thousands or "")
    return f"1{mark}234{style.decimal}5" + (f" or 1{style.decimal}2k" if style.suffixes else "")


# --- days and moments ----------------------------------------------------------------------------


def has_time(form: str) -> bool:
    return "%H" in form


def _day(style: Style) -> Cast:
    if style.dates is None:
        return day
    read = dated(style.dates)
    return lambda text: read(text).date()


def _moment(file: SourceFile, style: Style) -> Cast:
    if style.dates is None:
        return moment
    read = dated(style.dates)
    return lambda text: file.utc(read(text))


def dated(form: str) -> Callable[[str], datetime]:
    """Make a reader of dates written in one form, such as `%d.%m.%Y %H:%M`; months by name in any known language."""
    parts = DIRECTIVE.split(form)
    literals = [r"\s+".join(map(re.escape, re.split(r"\s+", text))) for text in parts[::2]]
    touching = "" in literals[1:-1]  # without a mark between them, `1112026` would be two days
    groups = [_group(letter, "{2}" if touching else "{1,2}") for letter in parts[1::2]]
    expression = re.compile(
        "".join(text + group for text, group in zip(literals, [*groups, ""], strict=True))
    )

    def read(text: str) -> datetime:
        found = expression.fullmatch(text)
        if not found:
            raise CellError("day", f"not written as {form}")
        return _clock(found.groupdict())

    return read


def _group(letter: str, width: str) -> str:
    if letter in "bB":
        return rf"(?P<{letter}>[^\W\d_]+)\.?"
    parts = "(?:[.,][0-9]{1,9})?" if letter == "S" else ""  # parts of a second are dropped
    return f"(?P<{letter}>[0-9]{DIGITS_OF.get(letter, width)}){parts}"


def _clock(found: dict[str, str]) -> datetime:
    named = found.get("b") or found.get("B")
    month = MONTHS.get(named.casefold(), 0) if named else int(found["m"])
    year = int(found["Y"]) if "Y" in found else 2000 + int(found["y"])
    hour, minute, second = (int(found.get(letter, 0)) for letter in "HMS")
    if year not in YEARS:
        raise CellError("day", f"not a day of the years {YEARS[0]} to {YEARS[-1]}")
    try:
        return datetime(year, month, int(found["d"]), hour, minute, second)  # noqa: DTZ001 - told in the file's zone
    except ValueError as error:
        raise CellError("day", "no such day or time in the calendar") from error
