"""The file pattern of a source, `shop/orders-{extracted_at:%Y-%m-%d}.csv`, and the dates it finds in a name.

`{from:%Y-%m-%d}` and `{to:%Y-%m-%d}` name the first and last day that a file covers, where it cannot say so itself.
We match names ourselves: a glob would read `[` in a name as a pattern and open its neighbour.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

PLACEHOLDER = re.compile(r"\{(?P<name>extracted_at|from|to):(?P<form>[^{}]*)\}")
DIRECTIVE = re.compile(r"%(.)")
PARTS = {"Y": "year", "m": "month", "d": "day", "H": "hour", "M": "minute", "S": "second"}
DATE_PARTS = frozenset({"year", "month", "day"})
EXAMPLE = "such as {extracted_at:%Y-%m-%d} or {extracted_at:%Y-%m-%dT%H%M%SZ}"
END_OF_DAY = time(23, 59, 59)


class PatternError(ValueError):
    """A pattern that cannot date its files; says what would be right."""


@dataclass(frozen=True)
class Pattern:
    """A source's pattern as a regular expression, and the text that every name it fits begins with.

    `utc`: the time in the name ends in Z.
    """

    prefix: str
    expression: re.Pattern[str]
    with_time: bool
    utc: bool

    def match(self, path: str) -> re.Match[str] | None:
        """Match a path below data/, with forward slashes."""
        return self.expression.fullmatch(path)


@dataclass(frozen=True)
class Span:
    """Days that a file covers, both ends in it."""

    first: date
    last: date


@dataclass(frozen=True)
class Known:
    """When a snapshot was known: the moment in UTC without a zone, and its business day."""

    at: datetime
    on: date


def compile_pattern(files: str) -> Pattern:
    """Make a Pattern of what config/sources.yml says; `*` matches within one part of the path."""
    found = {placeholder["name"]: placeholder["form"] for placeholder in PLACEHOLDER.finditer(files)}
    literals = PLACEHOLDER.split(files)[::3]
    if (
        "extracted_at" not in found
        or len(literals) != len(found) + 1
        or re.search(r"[{}]", "".join(literals))
    ):
        raise PatternError(f"needs the moment of extraction exactly once, {EXAMPLE}")
    if ("from" in found) != ("to" in found):
        raise PatternError("names one end of a span: write both {from:%Y-%m-%d} and {to:%Y-%m-%d}")
    for name, form in found.items():
        _check_form(name, form)
    groups = [_dated(name, form) for name, form in found.items()] + [""]
    expression = re.compile(
        "".join(_literal(text) + group for text, group in zip(literals, groups, strict=True))
    )
    form = found["extracted_at"]
    return Pattern(literals[0].split("*")[0], expression, with_time="%H" in form, utc=form.endswith("Z"))


def _check_form(name: str, form: str) -> None:
    names = [PARTS.get(letter, letter) for letter in DIRECTIVE.findall(form)]
    allowed = set(PARTS.values()) if name == "extracted_at" else DATE_PARTS
    if not set(names) >= DATE_PARTS or set(names) - allowed or max(Counter(names).values()) > 1:
        times = ", may have %H, %M and %S" if name == "extracted_at" else ""
        raise PatternError(f"{form!r} needs %Y, %m and %d{times}, each once, {EXAMPLE}")


def _literal(text: str) -> str:
    return "[^/]*".join(re.escape(part) for part in text.split("*"))


def _dated(name: str, form: str) -> str:
    parts = DIRECTIVE.split(form)
    groups = [f"(?P<{name}_{PARTS[part]}>[0-9]{{{4 if part == 'Y' else 2}}})" for part in parts[1::2]]
    literals = [re.escape(part) for part in parts[::2]]
    return "".join(literal + group for literal, group in zip(literals, [*groups, ""], strict=True))


def span(match: re.Match[str]) -> Span | None:
    """Give the days that a file's name says it covers, if it does.

    Raises ValueError where there is no such day or the last lies before the first.
    """
    if "from_year" not in match.re.groupindex:
        return None
    days = Span(_day(match, "from"), _day(match, "to"))
    if days.last < days.first:
        raise ValueError("the span ends before it begins")
    return days


def _day(match: re.Match[str], name: str) -> date:
    return date(int(match[f"{name}_year"]), int(match[f"{name}_month"]), int(match[f"{name}_day"]))


def known(pattern: Pattern, match: re.Match[str], source_zone: ZoneInfo, business_zone: ZoneInfo) -> Known:
    """Say when a file was known.

    A name with a day only: known on that business day, until its end. A name with a time: a moment in the
    source's zone (in UTC with a Z). Raises ValueError or OverflowError where there is no such day or time.
    """
    day = _day(match, "extracted_at")
    if not pattern.with_time:
        end = datetime.combine(day, END_OF_DAY, business_zone)
        return Known(end.astimezone(UTC).replace(tzinfo=None), day)
    numbers = {name: int(text) for name, text in match.groupdict().items()}
    clock = time(
        numbers["extracted_at_hour"],
        numbers.get("extracted_at_minute", 0),
        numbers.get("extracted_at_second", 0),
    )
    moment = datetime.combine(day, clock, UTC if pattern.utc else source_zone)
    return Known(moment.astimezone(UTC).replace(tzinfo=None), moment.astimezone(business_zone).date())
