"""What the exports of mailing services share: clocks without a zone, and money without a currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from perftrack_site.sources.cast import Cast, Column
from perftrack_site.sources.days import CLOCK_AT_END, local_moment
from perftrack_site.sources.format import SourceFile
from perftrack_site.sources.ledger import Rule
from perftrack_site.sources.tables import Cell

NEVER_SENT = Rule("never_sent", "a mailing that was never sent: it has no date of sending")
NO_CURRENCY = (
    "its revenue is not kept: the file does not say in which currency it is; add `currency` to the source"
)
UNZONED = "The export tells local times without a zone: a source with `timezone` knows the moment, else only the day."


def clocked(file: SourceFile, columns: Sequence[Column], name: str, day_cast: Cast) -> tuple[Column, ...]:
    """Give the column `name` the cast of when a mailing was sent, told by the clock of the account.

    A moment where the source declares its time zone; else only the day is known.
    """
    cast = local_moment(file, day_cast) if file.declaration.timezone else _day_of(day_cast)
    return tuple(replace(column, cast=cast) if column.name == name else column for column in columns)


def _day_of(day_cast: Cast) -> Cast:
    def read(text: str) -> Cell:
        return day_cast(CLOCK_AT_END.sub("", text).strip(" ,T"))

    return read


def sent(file: SourceFile, told: Cell) -> dict[str, Cell]:
    """Make the columns `sent_at` and `sent_on` of what `clocked` read."""
    if isinstance(told, datetime):
        return {"sent_at": told, "sent_on": file.business_day(told)}
    return {"sent_at": None, "sent_on": told}


def money(file: SourceFile, revenue: Cell) -> dict[str, Cell]:
    """Make the columns of what a mailing sold for; an amount without a currency is no amount."""
    currency = file.declaration.currency
    return {"revenue": revenue if currency else None, "currency": currency}


def without_currency(file: SourceFile) -> tuple[str, ...]:
    return () if file.declaration.currency else (NO_CURRENCY,)
