"""The oracle's own way through `data/`: which file is of which source, and when it was known.

Nothing of the product is imported here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from oracle_config import Contracts, Source
from oracle_events import LED, LISTS
from oracle_facts import Facts, File, Known
from oracle_posts import READERS

SET_BESIDE = ("perftrack.benchmarks",)  # beside numbers, never into a judgement


def read_facts(root: Path, contracts: Contracts) -> Facts:
    """Read every file of the formats we know. `as_of` is the newest extraction's business day.

    Files of other formats are left alone: no contract asks for what they tell, and none is younger than all of these.
    """
    facts = Facts()
    paths = {path.relative_to(root / "data").as_posix(): path for path in (root / "data").rglob("*")}
    for source in contracts.sources:
        if source.format not in (*LED, *LISTS, *READERS, *SET_BESIDE):
            continue
        for file in _files(paths, source, ZoneInfo(contracts.zone)):
            facts.as_of = max(facts.as_of, file.known.on)
            _read(file, facts)
    return facts


def _read(file: File, facts: Facts) -> None:
    """Read one file. One that repeats another was read all the same, and holds nothing new."""
    form = file.source.format
    table, reader = LED.get(form, ("", READERS.get(form)))
    if table:
        facts.read.setdefault(table, []).append((file.source, file.known))
    if form in LISTS:
        LISTS[form](file, facts)
    elif reader and not file.repeats:
        reader(file, facts)


def _files(paths: Mapping[str, Path], source: Source, zone: ZoneInfo) -> Iterator[File]:
    """Yield the files of a source, oldest first."""
    pattern, forms = _pattern(source)
    fitting = [(found, path) for name, path in paths.items() if (found := pattern.fullmatch(name))]
    named = [(_named(found, forms, source, zone), path) for found, path in fitting]
    seen: set[tuple[bytes, datetime | None]] = set()
    for (known, span), path in sorted(named, key=lambda pair: (pair[0][0].at, pair[1])):
        raw = path.read_bytes()
        same = (raw, None if source.overlap == "adds" else known.at)
        yield File(source, known, raw.decode("utf-8"), zone, span, same in seen)
        seen.add(same)


def _pattern(source: Source) -> tuple[re.Pattern[str], dict[str, str]]:
    """Take a source's pattern apart: what its files' names are like, and how days are written in them."""
    forms = dict(re.findall(r"\{(\w+):([^}]*)\}", source.files))
    parts = re.split(r"\{(\w+):[^}]*\}", source.files)
    for at, part in enumerate(parts):
        is_field = at % 2
        parts[at] = (
            f"(?P<{part}>{_digits(forms[part])})" if is_field else re.escape(part).replace(r"\*", "[^/]*")
        )
    return re.compile("".join(parts)), forms


def _named(
    found: re.Match[str], forms: Mapping[str, str], source: Source, zone: ZoneInfo
) -> tuple[Known, tuple[date, date] | None]:
    """Take from a file's name when it was known, and the days it is about where the name tells them."""
    told = {name: datetime.strptime(found[name], form) for name, form in forms.items()}  # noqa: DTZ007 no zone in it
    span = (told["from"].date(), told["to"].date()) if "from" in told else None
    return _known(told["extracted_at"], "%H" in forms["extracted_at"], source, zone), span


def _digits(form: str) -> str:
    return re.sub("%[mdHMS]", r"\\d{2}", form.replace("%Y", r"\d{4}"))


def _known(named: datetime, has_time: bool, source: Source, zone: ZoneInfo) -> Known:  # noqa: FBT001 plain in one place
    """Rule 2."""
    if has_time:
        at = named.replace(tzinfo=ZoneInfo(source.zone or zone.key))
        return Known(at.astimezone(UTC), at.astimezone(zone).date())
    at = datetime.combine(named.date(), time(23, 59, 59), tzinfo=zone)
    return Known(at.astimezone(UTC), named.date())
