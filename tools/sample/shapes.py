"""The shapes platforms give their files: tables, answers of APIs, and numbers that go up and down from day to day."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from sample.plan import LAST_DAY

Row = Sequence[object]
File = tuple[str, str | bytes]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
YESTERDAY = LAST_DAY - timedelta(days=1)  # the newest whole day of the sample
WEEKLY = tuple(LAST_DAY - timedelta(days=back) for back in (14, 7, 0))  # when most scripts run: on Sundays


def days(first: date, last: date) -> Iterator[date]:
    """Give every day from the first to the last."""
    return (first + timedelta(days=at) for at in range((last - first).days + 1))


def days_before(on: date, count: int = 9) -> tuple[date, ...]:
    """Give the days a weekly fetch asks for: some more than a week, because the newest still change."""
    return tuple(days(on - timedelta(days=count), on - timedelta(days=1)))


def daily(name: str, day: date, level: int) -> int:
    """Draw a day's number around a level; on weekends it is a fifth higher."""
    weekend = 120 if day.weekday() >= 5 else 100
    return level * weekend * Random(f"{name} {day}").randint(70, 130) // 10_000


def grown(name: str, total: int, published: date, on: date) -> int:
    """Let a running total grow to `total` within sixty days after publication."""
    age = max(0, min(60, (on - published).days))
    return max(Random(name).randint(0, 3), total * (3600 - (60 - age) ** 2) // 3600)


def table(
    rows: Iterable[Row], *, end: str = "\n", quoted: bool = False, mark: str = ",", closed: bool = True
) -> str:
    """Write rows as CSV. `quoted`: every cell; `closed`: the last line ends too."""
    text = io.StringIO()
    writer = csv.writer(
        text, delimiter=mark, lineterminator=end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    )
    writer.writerows(rows)
    return text.getvalue() if closed else text.getvalue().removesuffix(end)


def answer(body: object) -> str:
    """Write an answer as a person saves it."""
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def compact(body: object) -> str:
    """Write an answer as a script saves it."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n"


def marked(text: str) -> bytes:
    """Encode as UTF-8 with a byte order mark."""
    return b"\xef\xbb\xbf" + text.encode()


def utf16(text: str) -> bytes:
    """Encode as UTF-16LE with a byte order mark."""
    return b"\xff\xfe" + text.encode("utf-16-le")


def us_date(day: date) -> str:
    return f"{day:%m/%d/%Y}"


def long_date(day: date, *, weekday: bool = False) -> str:
    """Write `Sep 8, 2026`, or `Tue, Sep 8, 2026`."""
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    before = f"{names[day.weekday()]}, " if weekday else ""
    return f"{before}{MONTHS[day.month - 1][:3]} {day.day}, {day.year}"


def graph_time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}+0000"
