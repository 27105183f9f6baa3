"""Where a file that is added goes: the pattern of its source, its name, and the days that stand in the name it had."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from perftrack_site.config.models import Source
from perftrack_site.errors import ConfigError, Fault
from perftrack_site.sources.pattern import (
    END_OF_DAY,
    PLACEHOLDER,
    Pattern,
    PatternError,
    Span,
    compile_pattern,
)

ISO_DAY = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])(?![0-9])")
SPAN = "{from:%Y-%m-%d}_{to:%Y-%m-%d}-"
FOLDERS = 50  # numbered folders tried before we give up


@dataclass(frozen=True)
class When:
    """When a file was extracted: the moment in UTC without a zone, its business day, and how we know."""

    at: datetime
    on: date
    why: str


@dataclass(frozen=True)
class Naming:
    """What can stand in a file's name: when it was extracted, by which clock, the days it covers, whose it is."""

    when: When
    zone: ZoneInfo
    span: Span | None = None
    account: str | None = None
    link: str | None = None


def saved_or_said(file: Path, said: date | None, zone: ZoneInfo) -> When:
    """Find when a file was extracted: as somebody says, as its name says, or when it was saved.

    Two days in a name are those it covers: then it is the day it was saved, but not one before them.
    """
    named = days_in(file.name)
    if said:
        return _end_of(said, zone, "as you say")
    if len(named) not in {0, 2}:
        return _end_of(named[-1], zone, "the day in its name")
    saved = datetime.fromtimestamp(file.stat().st_mtime, UTC) if file.exists() else datetime.now(UTC)
    on = saved.astimezone(zone).date()
    if named and on < named[-1]:
        return _end_of(named[-1], zone, "the last day in its name")
    return When(saved.replace(tzinfo=None, microsecond=0), on, "when it was saved")


def _end_of(day: date, zone: ZoneInfo, why: str) -> When:
    return When(datetime.combine(day, END_OF_DAY, zone).astimezone(UTC).replace(tzinfo=None), day, why)


def days_in(name: str) -> list[date]:
    """List the days in a name that are in the calendar."""
    days = []
    for found in ISO_DAY.findall(name):
        try:
            days.append(date.fromisoformat(found))
        except ValueError:
            continue
    return days


def span_in(name: str) -> Span | None:
    """Find the days a file covers in its name: the first two there."""
    first, last, *_ = (*days_in(name), None, None)
    return Span(first, last) if first and last and first <= last else None


def stem_of(text: str) -> str:
    """Make a name for a key or a file: small letters, digits, dashes."""
    return re.sub(r"[^a-z0-9]+", "-", ISO_DAY.sub("", text).casefold()).strip("-")


# --- patterns ------------------------------------------------------------------------------------


def new_pattern(sources: Sequence[Source], pattern: str, naming: Naming, member: str | None) -> str:
    """Take a format's own pattern, in a folder of its account, such that no declared source claims its files.

    The days a file covers go into its name where it cannot say them itself. `member`: it is a zip that holds this.
    """
    pattern = pattern.replace("<link>", stem_of(naming.link or "link"))
    if naming.span and "{from:" not in pattern:
        pattern = pattern.replace("{extracted_at:", SPAN + "{extracted_at:")
    if not naming.span:
        pattern = pattern.replace(SPAN, "")
    packed, is_packed, below = pattern.partition(".zip/")
    if member is not None:
        pattern = f"{packed.removesuffix('.csv').removesuffix('.json')}.zip/{below or member}"
    elif is_packed:
        pattern = packed + below
    claimed = [compiled for source in sources if (compiled := _compiled(source.files))]
    folder, _, name = pattern.partition("/")
    for number in ("", *(f"-{number}" for number in range(2, FOLDERS))):
        tried = "/".join(filter(None, (folder + number, stem_of(naming.account or ""), name)))
        if not any(each.match(named(tried, naming, "")) for each in claimed):
            return tried
    fault = Fault(
        "config/sources.yml", "", f"its patterns claim every name like {pattern}", "make them narrower"
    )
    raise ConfigError("Nothing was added.", (fault,))


def _compiled(files: str) -> Pattern | None:
    try:
        return compile_pattern(files)
    except PatternError:
        return None


def sketched_pattern(name: str) -> str:
    """Propose a pattern for a file of no format: its own name, with the day of extraction."""
    stem = stem_of(Path(name).stem) or "report"
    return f"{stem}/{stem}-{{extracted_at:%Y-%m-%d}}.csv"


def filled(pattern: str, naming: Naming, data: Path) -> Path:
    """Name a file so that it fits a pattern, and no other file is there; answers its path below data/.

    Where the pattern has a `*`, it is a number where it must be. For the members of a zip it is the zip.
    """
    outer, is_packed, _ = pattern.partition(".zip/")
    outer += ".zip" if is_packed else ""
    tried = (Path(named(outer, naming, number)) for number in _numbers(outer))
    return next((path for path in tried if not (data / path).exists()), Path(named(outer, naming, "")))


def _numbers(pattern: str) -> Iterator[str]:
    """Give what may stand for the `*` of a pattern: nothing or a number, parted from letters and days by a dash."""
    if "*" not in pattern:
        yield ""
        return
    before = pattern.partition("*")[0][-1:]
    yield "1" if before in {"-", "_", "/", ""} else ""
    dash = "" if before in {"-", "_", "/", ""} or before.isalpha() else "-"
    yield from (f"{dash}{number}" for number in count(2))


def named(pattern: str, naming: Naming, number: str) -> str:
    """Fill the placeholders of a pattern: the days covered, the day of extraction, or its moment with the clock."""
    when, span = naming.when, naming.span or Span(naming.when.on, naming.when.on)

    def written(found: re.Match[str]) -> str:
        name, form = found["name"], found["form"]
        if name != "extracted_at":
            return (span.first if name == "from" else span.last).strftime(form)
        if "%H" not in form:
            return when.on.strftime(form)
        return (
            when.at.replace(tzinfo=UTC).astimezone(UTC if form.endswith("Z") else naming.zone).strftime(form)
        )

    return PLACEHOLDER.sub(written, pattern).replace("*", number, 1).replace("*", "")


def twin_below(data: Path, pattern: str, content: bytes) -> Path | None:
    """Find a file with the same bytes in the folder of a pattern."""
    folder = data / PLACEHOLDER.split(pattern)[0].partition(".zip/")[0].rpartition("/")[0]
    if not folder.is_dir():
        return None
    for file in sorted(folder.iterdir()):
        if file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content:
            return file
    return None
