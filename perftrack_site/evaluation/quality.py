"""Data quality as an edition saw it: the files known by its cutoff, and how fresh each source was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from perftrack_site.config.models import Project, Source
from perftrack_site.evaluation.report import Check, FileShown, Quality, RejectShown, SourceShown
from perftrack_site.evaluation.viewpoint import Viewpoint

Freshness = Literal["fresh", "warn", "stale", "none", "no limit"]


@dataclass(frozen=True)
class Evidence:
    """What the reading of the files says: `files` and `known_on` by the index that lines refer to."""

    files: tuple[FileShown, ...]
    known_on: tuple[date, ...]  # the business day each file was extracted on
    rejects: tuple[RejectShown, ...] = ()
    checks: tuple[Check, ...] = ()
    unclaimed: tuple[str, ...] = ()


def quality(view: Viewpoint, evidence: Evidence) -> Quality:
    """Show the files known by the edition's cutoff and their rejects, the sources' freshness, all checks."""
    known = [
        (day, shown)
        for day, shown in zip(evidence.known_on, evidence.files, strict=True)
        if day <= view.period.cutoff
    ]
    paths = {shown.path for _, shown in known}
    return Quality(
        files=tuple(sorted((shown for _, shown in known), key=lambda shown: shown.path)),
        sources=_sources(view.project, known, view.day),
        rejects=tuple(sorted((entry for entry in evidence.rejects if entry.path in paths), key=_place)),
        checks=evidence.checks,
        unclaimed=tuple(sorted(evidence.unclaimed)),
    )


def _sources(project: Project, known: Sequence[tuple[date, FileShown]], day: date) -> tuple[SourceShown, ...]:
    of_source: defaultdict[str, list[tuple[date, FileShown]]] = defaultdict(list)
    for entry in known:
        of_source[entry[1].source].append(entry)
    return tuple(
        _source(source, of_source[source.key], day)
        for source in sorted(project.sources, key=lambda source: source.key)
    )


def _source(source: Source, files: Sequence[tuple[date, FileShown]], day: date) -> SourceShown:
    newest = max((known_on for known_on, _ in files), default=None)
    # A file that came within the days of grace is no older than one of the evaluation day.
    age = None if newest is None else max(0, (day - newest).days)
    return SourceShown(
        key=source.key,
        format=source.format,
        files=len(files),
        records=sum(shown.records for _, shown in files),
        newest=newest,
        age_days=age,
        freshness=freshness(source, age),
        limit=_limit(source),
        account=source.account,
    )


def freshness(source: Source, age_days: int | None) -> Freshness:
    """Judge the age of a source's newest file against its limits."""
    if age_days is None:
        return "none"
    if source.freshness is None:
        return "no limit"
    age = timedelta(days=age_days)
    if age > source.freshness.error_after:
        return "stale"
    return "warn" if age > source.freshness.warn_after else "fresh"


def _limit(source: Source) -> str | None:
    if source.freshness is None:
        return None
    warn, error = (_duration(limit) for limit in (source.freshness.warn_after, source.freshness.error_after))
    return f"a warning after {warn}, stale after {error}"


def _duration(span: timedelta) -> str:
    hours = span // timedelta(hours=1)
    number, noun = (hours // 24, "day") if hours % 24 == 0 else (hours, "hour")
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _place(entry: RejectShown) -> tuple[str, int, int, str]:
    return (entry.path, entry.first_line, entry.last_line, entry.column)
