"""Casts of the dates that platforms write in their own ways; none of them guesses day or month.

Like those of `cast`, each takes text without surrounding blanks and answers a value or raises CellError. Moments
come back in UTC without a zone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from perftrack_site.sources.cast import Cast, CellError, with_days
from perftrack_site.sources.cast import day as iso_day
from perftrack_site.sources.format import SourceFile
from perftrack_site.sources.tables import Cell

COMPACT = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])")
SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
CLOCK_12 = re.compile(r"(0?[1-9]|1[0-2]):([0-9]{2})(?::([0-9]{2}))? ?([ap])\.?m\.?", re.IGNORECASE)
CLOCK_24 = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
CLOCK_AT_END = re.compile(r"(?<=[ T,])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\.?)?$", re.IGNORECASE)
EPOCH = re.compile(r"[0-9]{9,10}")
EPOCH_MILLISECONDS = re.compile(r"[0-9]{12,13}")
WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +", re.IGNORECASE)
DAY_AND_YEAR = re.compile(r"([0-9]{1,2}) (?:([0-9]{4})|([0-9]{2}))")
WORDS = re.compile(r"[^\W\d_]+|[0-9]+")
EPOCH_START = datetime(1970, 1, 1)  # noqa: DTZ001 - moments are UTC without a zone

# The words for the months in exports' languages, cut to what tells them apart; no word means two months.
MONTHS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "jan january januar enero janvier janeiro gennaio januari stycznia января ocak",
            "feb february februar febrero février fevereiro febbraio februari lutego февраля şubat",
            "mar march märz marzo mars março maart marca марта mart",
            "apr april abril avril aprile kwietnia апреля nisan",
            "may mai mayo maio maggio mei maja мая may\u0131s",
            "jun june juni junio juin junho giugno czerwca июня haziran",
            "jul july juli julio juillet julho luglio lipca июля temmuz",
            "aug august agosto août augustus sierpnia августа ağustos",
            "sep sept september septiembre septembre setembro settembre września сентября eylül",
            "oct october oktober octubre octobre outubro ottobre października октября ekim",
            "nov november noviembre novembre novembro listopada ноября kas\u0131m",
            "dec december dezember diciembre décembre dezembro dicembre grudnia декабря aral\u0131k",
        ),
        1,
    )
    for word in words.split()
}


def _date(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError as error:
        raise CellError("day", "no such day in the calendar") from error


def compact_day(text: str) -> date:
    """Read `20230708`."""
    found = COMPACT.fullmatch(text)
    if not found:
        raise CellError("day", "not a day written as 20230708")
    year, month, number = map(int, found.groups())
    return _date(year, month, number)


def us_day(text: str) -> date:
    """Read `03/18/2025`: month, day, year."""
    found = SLASHED.fullmatch(text)
    if not found:
        raise CellError("day", "not a day written as 03/18/2025 (month, day, year)")
    month, number, year = map(int, found.groups())
    return _date(year, month, number)


def named_day(text: str) -> date:
    """Read a day whose month is a word: `May 8, 2020`, `8-May-20`, `Sat, Feb 14, 2026`, `Mon Feb 17 2025`."""
    words = WORDS.findall(WEEKDAY.sub("", text))
    months = [MONTHS[word.casefold()] for word in words if word.casefold() in MONTHS]
    found = DAY_AND_YEAR.fullmatch(" ".join(word for word in words if word.isdecimal()))
    if len(months) != 1 or not found:
        raise CellError("day", "not a day such as May 8, 2020")
    number, year, short_year = found.groups()
    return _date(int(year or f"20{short_year}"), months[0], int(number))


def yearless(text: str) -> tuple[int, int]:
    """Read `February 28`, `8 de marzo` or `28 апреля` as month and day; which year it was, its file must say."""
    words = [word.casefold() for word in WORDS.findall(text)]
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = [int(word) for word in words if word.isdecimal()]
    if len(months) != 1 or len(numbers) != 1:
        raise CellError("day", "not a day and a month such as February 28 in a language we know")
    return months[0], numbers[0]


def last_before(newest: date) -> Cast:
    """Make a cast of year-less days: each is the last of its kind that is not after `newest`."""

    def resolve(text: str) -> date:
        month, number = yearless(text)
        for year in range(newest.year, newest.year - 5, -1):  # 29 February needs a leap year
            try:
                found = date(year, month, number)
            except ValueError:
                continue
            if found <= newest:
                return found
        raise CellError("day", "no such day in the calendar")

    return resolve


def any_of(*casts: Cast, wanted: str) -> Cast:
    """Make a cast that takes what the first of several casts takes."""

    def read(text: str) -> Cell:
        for each in casts:
            try:
                return each(text)
            except CellError:
                continue
        raise CellError("day", f"not {wanted}")

    return read


def epoch_seconds(text: str) -> datetime:
    """Read seconds since 1970."""
    if not EPOCH.fullmatch(text):
        raise CellError("moment", "not a number of seconds since 1970")
    return EPOCH_START + timedelta(seconds=int(text))


def epoch_milliseconds(text: str) -> datetime:
    """Read milliseconds since 1970; parts of a second are dropped."""
    if not EPOCH_MILLISECONDS.fullmatch(text):
        raise CellError("moment", "not a number of milliseconds since 1970")
    return EPOCH_START + timedelta(seconds=int(text) // 1000)


def local_moment(file: SourceFile, day_cast: Cast) -> Cast:
    """Make a cast of clock times without a zone, `03/18/2025 09:48`: they are told in the source's zone.

    A day without a time is its midnight.
    """

    def read(text: str) -> datetime:
        found = CLOCK_AT_END.search(text)
        written = day_cast(text[: found.start()].strip(" ,T") if found else text)
        if not isinstance(written, date):
            raise CellError("moment", "not a day and a time")
        clock = _time(found.group()) if found else time()
        return with_days(datetime.combine(written, clock, file.platform_zone))

    return read


def _time(text: str) -> time:
    noon = CLOCK_12.fullmatch(text)
    found = noon or CLOCK_24.fullmatch(text)
    if not found:
        raise CellError("moment", "not a time such as 09:48")
    hour, minute, second = int(found.group(1)), int(found.group(2)), int(found.group(3) or 0)
    if noon:
        hour = hour % 12 + (12 if noon.group(4).lower() == "p" else 0)
    try:
        return time(hour, minute, second)
    except ValueError as error:
        raise CellError("moment", "no such time of day") from error


def utc_moment(text: str) -> datetime:
    """Read a moment that is UTC where it does not say its offset: `2026-07-31T10:45:19`, `2026-07-31 10:45`."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise CellError("moment", "not a moment such as 2026-07-31T10:45:19") from error
    return with_days(read if read.tzinfo else read.replace(tzinfo=UTC))


def day_of_moment(text: str) -> date:
    """Read the day of `2025-01-01T01:00:00` and drop the time: it is an artefact of the exporter."""
    return iso_day(text[:10])
