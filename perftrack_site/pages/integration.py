"""The integration page: the days each source covers, what feeds which metric, who else tells of the same sales."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from perftrack_site.evaluation.report import (
    FileShown,
    Gap,
    MetricShown,
    PlatformFeeds,
    Report,
    SourceCover,
    SourceShown,
    WitnessShown,
)
from perftrack_site.evaluation.shown import shown

from .page import INTEGRATION, Page
from .words import BADGES, MONTHS, Badge, count, day, short_day, shown_count, span

GAPS_NAMED = 3
WELL = ("fresh", "no limit")
ORDER = ("shop", "payments", "analytics", "affiliate", "tracking sheet")


@dataclass(frozen=True)
class CoverRow:
    source: str
    what: str
    badge: Badge
    newest: str
    covers: str
    gaps: str
    provisional: str
    records: str
    rejected: str


@dataclass(frozen=True)
class CleanedRow:
    source: str
    duplicates: str
    told_again: str
    restated: str
    skipped: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """A cell of the matrix: whether a platform feeds a metric, in a sign and in words."""

    sign: str
    word: str


@dataclass(frozen=True)
class MetricRow:
    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class WitnessColumn:
    source: str
    kind: str


@dataclass(frozen=True)
class MonthRow:
    month: str
    cells: tuple[str, ...]


FEEDS, WAITS, NONE = Mark("\u25cf", "feeds"), Mark("\u25cb", "is read and kept"), Mark("", "does not tell")


def integration_page(report: Report) -> Page:
    """Lay out what comes in from where: sources, the matrix of platforms and metrics, witnesses of the same sales."""
    found = report.integration
    own, others = _platforms(report)
    values = {
        "as_at": day(report.period.cutoff),
        "sentence": _sentence(found.sources),
        "covers": _covers(report),
        "cleaned": _cleaned(report),
        "own": own,
        "own_rows": _matrix(own, report.metrics),
        "others": others,
        "other_rows": _matrix(others, report.metrics),
        "columns": _columns(found.witnesses),
        "months": _months(found.witnesses),
    }
    return Page(INTEGRATION, "Integration", "integration.md.j2", values)


def _sentence(covers: tuple[SourceCover, ...]) -> str:
    missing = [days for cover in covers if (days := _days_missing(cover.gaps))]
    gaps = (
        f"{count(sum(missing), 'day')} missing in {count(len(missing), 'source')} of those that tell day by day."
        if missing
        else "No day is missing in the sources that tell day by day."
    )
    platforms = len({cover.platform for cover in covers})
    return f"{count(len(covers), 'source')} of {count(platforms, 'platform')}. {gaps}"


# --- sources -------------------------------------------------------------------------------------


def _covers(report: Report) -> tuple[CoverRow, ...]:
    """List the sources, first those that want a look: not fresh, with gaps, or with rejects."""
    sources = {source.key: source for source in report.quality.sources}
    rejected = {file.source for file in report.quality.files if file.rejected}
    in_order = sorted(
        report.integration.sources,
        key=lambda found: (
            sources[found.key].freshness in WELL and not found.gaps and found.key not in rejected,
            found.key,
        ),
    )
    return tuple(_cover(found, sources[found.key], report.quality.files) for found in in_order)


def _cover(found: SourceCover, source: SourceShown, files: tuple[FileShown, ...]) -> CoverRow:
    own = [file for file in files if file.source == found.key]
    return CoverRow(
        source=found.key,
        what=found.label
        if _first_word(found.label) == _first_word(found.platform)
        else f"{found.platform}: {found.label}",
        badge=BADGES[source.freshness],
        newest=f"{day(source.newest)}, {count(source.age_days or 0, 'day')} old"
        if source.newest
        else "no file yet",
        covers=_covered(found, own),
        gaps=_gaps(found),
        provisional=_provisional(found),
        records=shown_count(sum(file.records for file in own)),
        rejected=shown_count(sum(file.rejected for file in own)),
    )


def _first_word(text: str) -> str:
    return text.split(" ", 1)[0].strip(",:")


def _covered(found: SourceCover, files: list[FileShown]) -> str:
    """Say which days the facts are of; of running totals, since when they are read."""
    if found.first_day and found.last_day:
        return span(found.first_day, found.last_day)
    if not files:
        return ""
    return f"totals, read {count(len(files), 'time')} since {day(min(file.extracted_at for file in files).date())}"


def _gaps(found: SourceCover) -> str:
    if not found.days:
        return ""
    if not found.gaps:
        return "none"
    named = [
        short_day(gap.from_day) if gap.from_day == gap.to_day else span(gap.from_day, gap.to_day)
        for gap in found.gaps[:GAPS_NAMED]
    ]
    more = len(found.gaps) - GAPS_NAMED
    rest = f" and {more} more gaps" if more > 0 else ""
    return f"{count(_days_missing(found.gaps), 'day')}: {', '.join(named)}{rest}"


def _days_missing(gaps: tuple[Gap, ...]) -> int:
    return sum((gap.to_day - gap.from_day).days + 1 for gap in gaps)


def _provisional(found: SourceCover) -> str:
    if not found.days:
        return ""
    share = shown(Fraction(found.provisional_days, found.days), "share", digits=0)
    return (
        f"{found.provisional_days} of {count(found.days, 'day')} ({share})"
        if found.provisional_days
        else "none"
    )


# --- cleaning ------------------------------------------------------------------------------------


def _cleaned(report: Report) -> tuple[CleanedRow, ...]:
    """List the sources of which something was taken once only, believed anew or left out by a rule."""
    rows = [_cleaning(found, report.quality.files) for found in report.integration.sources]
    return tuple(row for row in rows if row)


def _cleaning(found: SourceCover, files: tuple[FileShown, ...]) -> CleanedRow | None:
    own = [file for file in files if file.source == found.key]
    duplicates = sum(file.duplicates for file in own)
    skipped = Counter[str]()
    for skip in (skip for file in own for skip in file.skipped):
        skipped[skip.reason] += skip.records
    if not (duplicates or found.told_again or found.restated or skipped):
        return None
    return CleanedRow(
        source=found.key,
        duplicates=shown_count(duplicates),
        told_again=shown_count(found.told_again),
        restated=shown_count(found.restated),
        skipped=tuple(f"{shown_count(records)}: {reason}" for reason, records in sorted(skipped.items())),
    )


# --- platforms and metrics -------------------------------------------------------------------------


def _platforms(report: Report) -> tuple[tuple[PlatformFeeds, ...], tuple[PlatformFeeds, ...]]:
    """Part the platforms that feed anything into those that are declared here and the others."""
    useful = [found for found in report.integration.platforms if found.metrics or found.waiting]
    own = tuple(found for found in useful if found.sources)
    return own, tuple(found for found in useful if not found.sources)


def _matrix(platforms: tuple[PlatformFeeds, ...], metrics: tuple[MetricShown, ...]) -> tuple[MetricRow, ...]:
    rows = [
        MetricRow(metric.label, tuple(_mark(metric.key, platform) for platform in platforms))
        for metric in sorted(metrics, key=lambda metric: metric.label)
    ]
    return tuple(row for row in rows if any(mark is not NONE for mark in row.marks))


def _mark(metric: str, platform: PlatformFeeds) -> Mark:
    if metric in platform.metrics:
        return FEEDS
    return WAITS if metric in platform.waiting else NONE


# --- witnesses -------------------------------------------------------------------------------------


def _columns(witnesses: tuple[WitnessShown, ...]) -> tuple[WitnessColumn, ...]:
    found = {(ORDER.index(one.kind), one.source, one.kind) for one in witnesses}
    return tuple(WitnessColumn(source, kind) for _, source, kind in sorted(found))


def _months(witnesses: tuple[WitnessShown, ...]) -> tuple[MonthRow, ...]:
    columns = _columns(witnesses)
    return tuple(
        MonthRow(
            f"{MONTHS[int(month[5:]) - 1]} {month[:4]}",
            tuple(
                _told([one for one in witnesses if (one.month, one.source) == (month, column.source)])
                for column in columns
            ),
        )
        for month in sorted({one.month for one in witnesses}, reverse=True)
    )


def _told(told: list[WitnessShown]) -> str:
    """Say what one source tells of a month, currency by currency."""
    return "; ".join(
        count(one.sales, "sale")
        + (
            ""
            if one.amount is None
            else f", {shown(one.amount, 'money', one.currency) if one.currency else one.amount}"
        )
        for one in told
    )
