"""From the text of a cell to a value, by our own rules: nothing is guessed or rounded, null is not zero.

Every cast takes text without surrounding blanks and answers a value or raises `CellError`. JSON values come
the same way: `json_reader.as_text` writes them as they stand in the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from perftrack_site.sources.ledger import Reject
from perftrack_site.sources.tables import Cell

Cast = Callable[[str], Cell]

# What platforms write where they have no number (compared without regard to case).
NULL_TOKENS = frozenset({"", "-", "--", "n/a", "undefined", "nan", "(not set)"})

COUNT = re.compile(r"[0-9]{1,15}")
MONEY = re.compile(r"[0-9]{1,14}(?:\.[0-9]{1,4})?")
RATE = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,8})?")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[ T](?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2}) ?"
    r"(?P<offset>Z|UTC|[+-][0-9]{2}:?[0-9]{2})"
)
CURRENCY = re.compile(r"[A-Z]{3}")
DIGITS = re.compile(r"[0-9]{1,30}")
A_DAY = timedelta(days=1)
NAMES_A_PERSON = (
    "keyed_hash"  # the rule of cells that may hold a name: what they hold is not kept even as a reject
)
# How a spreadsheet writes a long id; its last digits are lost for good.
SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{1,3}", re.IGNORECASE)


class CellError(ValueError):
    """A cell that cannot be taken. The reason never repeats the cell: reasons are printed, raw is not."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(reason)
        self.rule = rule
        self.reason = reason


def count(text: str) -> int:
    """Read a whole number of 1 to 15 digits."""
    if not COUNT.fullmatch(text):
        raise CellError("count", "not a whole number of 1 to 15 digits without sign, point or separator")
    return int(text)


def money(text: str) -> Decimal:
    """Read an amount: up to 14 digits, a point, up to 4 decimals; no sign, no separator, no currency sign."""
    if not MONEY.fullmatch(text):
        raise CellError("money", "not an amount such as 1234.50 (point, at most 4 decimals, no separators)")
    return Decimal(text)


def signed_money(text: str) -> Decimal:
    """Read an amount that may be negative, such as a correction."""
    return -money(text[1:]) if text.startswith("-") else money(text)


def rate(text: str) -> Decimal:
    """Read a rate above zero with at most 8 decimals."""
    if not RATE.fullmatch(text) or not (value := Decimal(text)):
        raise CellError("rate", "not a rate above 0 such as 18.2514 (point, at most 8 decimals)")
    return value


def day(text: str) -> date:
    """Read an ISO day, 2026-07-31."""
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError as error:
        raise CellError("day", "no such day in the calendar") from error
    raise CellError("day", "not a day written as 2026-07-31")


def year(text: str) -> int:
    """Read a year, 2026."""
    if not YEAR.fullmatch(text):
        raise CellError("year", "not a year written as 2026")
    return int(text)


def moment(text: str) -> datetime:
    """Read a moment with its offset, `2026-01-24 17:34:28 +0500`; the answer is UTC without a zone."""
    found = MOMENT.fullmatch(text)
    if not found:
        raise CellError("moment", "not a moment with its offset such as 2026-01-24 17:34:28 +0500")
    offset = "+00:00" if found["offset"] in {"Z", "UTC"} else found["offset"]
    try:
        told = datetime.fromisoformat(f"{found['day']}T{found['time']}{offset}")
    except ValueError as error:
        raise CellError("moment", "no such moment in the calendar") from error
    return with_days(told)


def with_days(told: datetime) -> datetime:
    """Give a moment as UTC without a zone; raises CellError for one that has no day in some time zone."""
    try:
        utc = told.astimezone(UTC).replace(tzinfo=None)
        _ = (utc - A_DAY, utc + A_DAY)
    except OverflowError as error:
        raise CellError("moment", "no such moment in the calendar") from error
    return utc


def currency(text: str) -> str:
    """Read an ISO currency code, three capitals."""
    if not CURRENCY.fullmatch(text):
        raise CellError("currency", "not a currency code of three capitals such as ZAR")
    return text


def plain(text: str) -> str:
    """Take text as it is; NUL and halves of surrogate pairs are no text."""
    if "\x00" in text or not (text.isascii() or all(unicodedata.category(char) != "Cs" for char in text)):
        raise CellError("text", "holds a character that is not text (NUL or half a surrogate pair)")
    return text


def word(text: str) -> str:
    """Take a word of the trade, such as a platform or a metric, whatever its case."""
    return plain(text).casefold()


def identifier(text: str) -> str:
    """Take an id as text; one that a spreadsheet has turned into a number is lost."""
    if SCIENTIFIC.fullmatch(text):
        raise CellError(
            "id_damaged", "an id written as a rounded number: its last digits were lost in a spreadsheet"
        )
    return plain(text)


def digits(text: str) -> str:
    """Take an id made of digits only, as text."""
    if not DIGITS.fullmatch(identifier(text)):
        raise CellError("id", "not an id made of digits")
    return text


def choice(*allowed: str) -> Cast:
    """Make a cast that takes one of `allowed`, in any case; the answer is spelt as in `allowed`."""
    by_folded = {word.casefold(): word for word in allowed}

    def choose(text: str) -> str:
        try:
            return by_folded[text.casefold()]
        except KeyError:
            raise CellError("choice", f"not one of {', '.join(allowed)}") from None

    return choose


@dataclass(frozen=True)
class Column:
    """A field of a format: how files spell it, how it is read, and what it becomes.

    `headers` are its names by format generation, the current one first. `becomes` names the canonical columns
    it feeds (`orders.ordered_at`), for the documentation and receipts. `required`: the header must be there;
    `nullable`: a cell may be empty. `free_text` is taken as it is: only an empty cell is null. `nth`: which of
    several columns with the same header is meant.
    """

    headers: tuple[str, ...]
    cast: Cast
    becomes: tuple[str, ...]
    required: bool = True
    nullable: bool = False
    free_text: bool = False
    nth: int = 1

    @property
    def name(self) -> str:
        return self.headers[0]

    def read(self, text: str) -> Cell:
        """Cast one cell; null tokens are None where the column allows it."""
        stripped = text.strip()
        if not stripped or (not self.free_text and stripped.casefold() in NULL_TOKENS):
            if self.nullable:
                return None
            raise CellError("missing", "empty, but needed")
        return self.cast(text if self.free_text else stripped)


class Caster(dict[str, Cell]):
    """A column's cast that remembers each spelling: most cells of a file repeat."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column

    def __missing__(self, text: str) -> Cell:
        value = self[text] = self.column.read(text)
        return value


class Record(NamedTuple):
    """One record of a file: its lines and the text of the fields we use, in the order of the columns."""

    first_line: int
    last_line: int
    cells: tuple[str, ...]


def cast_record(casters: Sequence[Caster], record: Record, path: str) -> tuple[Cell, ...] | Reject:
    """Cast all cells of a record, or answer one reject that names every bad cell."""
    try:
        return tuple([caster[cell] for caster, cell in zip(casters, record.cells, strict=True)])
    except CellError:
        return _reject(casters, record, path)


def _reject(casters: Sequence[Caster], record: Record, path: str) -> Reject:
    bad: list[tuple[str, CellError, str]] = []
    for caster, cell in zip(casters, record.cells, strict=True):
        try:
            caster[cell]
        except CellError as fault:
            bad.append((caster.column.name, fault, cell))
    column, first, raw = bad[0]
    if first.rule == NAMES_A_PERSON:
        raw = ""
    reason = first.reason if len(bad) == 1 else "; ".join(f"{name}: {other.reason}" for name, other, _ in bad)
    return Reject(path, record.first_line, record.last_line, column, first.rule, reason, raw)
