"""The file pattern of a source, `shop/orders-{extracted_at:%Y-%m-%d}.csv`, and the moment it finds in a name.

We match names ourselves: a glob would read `[` in a name as a pattern and open its neighbour.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

PLACEHOLDER = re.compile(r"\{extracted_at:(?P<form>[^{}]*)\}")
DIRECTIVE = re.compile(r"%(.)")
PARTS = {"Y": "year", "m": "month", "d": "day", "H": "hour", "M": "minute", "S": "second"}
DATE_PARTS = frozenset({"year", "month", "day"})
EXAMPLE = "such as {extracted_at:%Y-%m-%d} or {extracted_at:%Y-%m-%dT%H%M%SZ}"
END_OF_DAY = time(23, 59, 59)


class PatternError(ValueError):
    """A pattern that cannot date its files; says what would be right."""


@dataclass(frozen=True)
class Pattern:
    """A source's pattern as a regular expression. `utc`: the time in the name ends in Z."""

    expression: re.Pattern[str]
    with_time: bool
    utc: bool

    def match(self, path: str) -> re.Match[str] | None:
        """Match a path below data/, with forward slashes."""
        return self.expression.fullmatch(path)


@dataclass(frozen=True)
class Known:
    """When a snapshot was known: the moment in UTC without a zone, and its business day."""

    at: datetime
    on: date


def compile_pattern(files: str) -> Pattern:
    """Make a Pattern of what config/sources.yml says; `*` matches within one part of the path."""
    placeholders = list(PLACEHOLDER.finditer(files))
    if len(placeholders) != 1 or re.search(r"[{}]", PLACEHOLDER.sub("", files)):
        raise PatternError(f"needs the moment of extraction exactly once, {EXAMPLE}")
    found = placeholders[0]
    form = found["form"]
    before, after = files[: found.start()], files[found.end() :]
    names = [PARTS.get(letter, letter) for letter in DIRECTIVE.findall(form)]
    if not set(names) >= DATE_PARTS or set(names) - set(PARTS.values()) or max(Counter(names).values()) > 1:
        raise PatternError(f"{form!r} needs %Y, %m and %d, may have %H, %M and %S, each once, {EXAMPLE}")
    expression = re.compile(_literal(before) + _dated(form) + _literal(after))
    return Pattern(expression, with_time="hour" in names, utc=form.endswith("Z"))


def _literal(text: str) -> str:
    return "[^/]*".join(re.escape(part) for part in text.split("*"))


def _dated(form: str) -> str:
    parts = DIRECTIVE.split(form)
    groups = [f"(?P<{PARTS[part]}>[0-9]{{{4 if part == 'Y' else 2}}})" for part in parts[1::2]]
    literals = [re.escape(part) for part in parts[::2]]
    return "".join(literal + group for literal, group in zip(literals, [*groups, ""], strict=True))


def known(pattern: Pattern, match: re.Match[str], source_zone: ZoneInfo, business_zone: ZoneInfo) -> Known:
    """Say when a file was known.

    A name with a day only: known on that business day, until its end. A name with a time: a moment in the
    source's zone (in UTC with a Z). Raises ValueError or OverflowError where there is no such day or time.
    """
    numbers = {name: int(text) for name, text in match.groupdict().items()}
    day = date(numbers["year"], numbers["month"], numbers["day"])
    if not pattern.with_time:
        end = datetime.combine(day, END_OF_DAY, business_zone)
        return Known(end.astimezone(UTC).replace(tzinfo=None), day)
    clock = time(numbers["hour"], numbers.get("minute", 0), numbers.get("second", 0))
    moment = datetime.combine(day, clock, UTC if pattern.utc else source_zone)
    return Known(moment.astimezone(UTC).replace(tzinfo=None), moment.astimezone(business_zone).date())
