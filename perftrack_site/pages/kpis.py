"""A KPI as a row of a table, with the receipt its number opens to. Campaign and influencer pages share it."""

from __future__ import annotations

from dataclasses import dataclass

from perftrack_site.evaluation.facts import FACTS
from perftrack_site.evaluation.report import (
    BenchmarkShown,
    CampaignResult,
    FileLines,
    Input,
    KpiResult,
    Number,
    Report,
)
from perftrack_site.evaluation.shown import exactly, shown

from .figures import bullet
from .page import HOW_WE_MEASURE, link
from .text import Trusted
from .words import (
    Badge,
    count,
    coverage_words,
    day,
    full_target_words,
    gap_words,
    kpi_badge,
    needed_words,
    number_words,
    shown_count,
    value_words,
)

BLOB_DIGITS = 10  # enough for `git show` in any repository of files


@dataclass(frozen=True)
class FileRow:
    path: str
    lines: str
    blob: str


@dataclass(frozen=True)
class InputRow:
    label: str
    added_up: str
    total: str
    coverage: str
    files: tuple[FileRow, ...]


@dataclass(frozen=True)
class ReceiptShown:
    """Where a number comes from, in words; `anchor` is its place, `number` is empty if it cannot be said."""

    anchor: str
    number: str
    formula: str
    as_at: str
    rejects: str
    inputs: tuple[InputRow, ...]
    benchmark: FileRow | None


@dataclass(frozen=True)
class KpiRow:
    anchor: str
    label: str
    scope: str
    role: str
    measured: Trusted  # address of the metric's definition
    basis: str
    target: str
    actual: str
    remarks: tuple[str, ...]  # coverage, notes, why there is no number
    bullet: Trusted | None
    gap: str
    in_period: str
    pace: str  # what is needed now and per day
    badge: Badge | None
    reason: str
    receipt: ReceiptShown | None


@dataclass(frozen=True)
class KpiTable:
    """KPIs under a caption; `period` heads the column of what fell within it, if any KPI says so."""

    caption: str
    begun: bool
    period: str
    columns: int
    rows: tuple[KpiRow, ...]


def kpi_table(
    report: Report, page: str, campaign: CampaignResult, kpis: dict[str, KpiResult], whose: str
) -> KpiTable:
    """Set KPIs, given by their anchors, into a table seen from `page`."""
    rows = tuple(kpi_row(page, campaign, kpi, anchor) for anchor, kpi in kpis.items())
    period = report.period.label if any(row.in_period for row in rows) else ""
    begun = campaign.state != "planned"
    caption = f"{whose}, {'against what was agreed' if begun else 'as agreed'}"
    return KpiTable(caption, begun, period, 2 + 3 * begun + bool(period), rows)


def kpi_row(page: str, campaign: CampaignResult, kpi: KpiResult, anchor: str) -> KpiRow:
    """Put a KPI into words; of a campaign that has not begun only what was agreed."""
    begun = campaign.state != "planned"
    actual = value_words(kpi.actual.value, kpi.target)
    return KpiRow(
        anchor=anchor,
        label=kpi.label,
        scope=kpi.scope,
        role=_role(kpi),
        measured=link(page, HOW_WE_MEASURE, kpi.metric),
        basis=f"basis: {kpi.actual.basis}" if kpi.actual.basis else "",
        target=full_target_words(kpi.target),
        actual=actual if begun else "",
        remarks=_remarks(kpi) if begun else (),
        bullet=bullet(kpi) if begun and kpi.actual.value is not None else None,
        gap=gap_words(kpi.gap, kpi.target) if begun else "",
        in_period=number_words(kpi.in_period) if begun and kpi.in_period else "",
        pace=_pace(kpi),
        badge=kpi_badge(kpi) if begun else None,
        reason=_reason(kpi) if begun else "",
        receipt=receipt(kpi.actual, actual, anchor, kpi.benchmark) if begun else None,
    )


def _role(kpi: KpiResult) -> str:
    if not kpi.counts:
        return "does not count towards the campaign"
    weight = "" if kpi.weight is None else f", weight {kpi.weight}"
    return f"primary{weight}" if kpi.primary else f"counts{weight}"


def _remarks(kpi: KpiResult) -> tuple[str, ...]:
    number = kpi.actual
    marked = "" if number.origin == "measured" else number.origin.replace("_", "-")
    said = (coverage_words(number), number.note or "", marked, number.why or "", _benchmark(kpi))
    return tuple(remark for remark in said if remark)


def _benchmark(kpi: KpiResult) -> str:
    """Say what others reach: Benchmark 3.1 % (median on Instagram, sample of 1 200, 2026, Teawatch): above it."""
    found, actual = kpi.benchmark, kpi.actual.value
    if found is None:
        return ""
    sample = "" if found.sample is None else f"sample of {shown_count(found.sample)}, "
    said = f"{found.statistic} {found.scope}, {sample}{found.year}, {found.source}"
    value = exactly(found.value, found.unit)
    if found.standing is None or actual is None:
        return f"Benchmark {value} ({said}){f': {found.note}' if found.note else ''}"
    # With as many digits as it takes to see on which side it is.
    own = shown(actual, found.unit, target=found.value)
    where = "level with it" if found.standing == "level" else f"{found.standing} it"
    return f"Benchmark {value} ({said}): {own} is {where}"


def _pace(kpi: KpiResult) -> str:
    if kpi.per_day is None or kpi.per_day <= 0:
        return needed_words(kpi)
    a_day = f"{shown(kpi.per_day, kpi.target.unit, kpi.target.currency)} a day still needed"
    return "; ".join(part for part in (needed_words(kpi), a_day) if part)


def _reason(kpi: KpiResult) -> str:
    treated = "" if kpi.treated_as is None else f"treated as: {kpi.treated_as}"
    reason = kpi.reason if kpi.reason != kpi.actual.why else ""
    return "; ".join(part for part in (reason, treated) if part)


def receipt(
    number: Number, words: str, anchor: str, benchmark: BenchmarkShown | None = None
) -> ReceiptShown | None:
    """Put a receipt into words; None where nothing was looked at."""
    found = number.receipt
    if found is None or not any(part.files for part in found.inputs):
        return None
    rejects = f"{count(found.rejects, 'record')} of these files could not be read" if found.rejects else ""
    return ReceiptShown(
        anchor=f"{anchor}-receipt",
        number=words if number.value is not None else "",
        formula=found.formula,
        as_at=day(found.as_at) if found.as_at else "",
        rejects=rejects,
        inputs=tuple(_input(part, number) for part in found.inputs),
        benchmark=_file(benchmark.file) if benchmark else None,
    )


def _input(part: Input, number: Number) -> InputRow:
    shape = Number(
        metric=part.metric,
        value=part.total,
        unit=part.unit,
        currency=part.currency,
        basis=None,
        why=None,
        covered=part.covered,
        rows=part.rows,
        row_noun=FACTS[part.table].rows if part.table in FACTS else number.row_noun,
        note=None,
        origin=number.origin,
        receipt=None,
    )
    files = tuple(_file(found) for found in part.files)
    return InputRow(part.label, part.expr, number_words(shape), coverage_words(shape), files)


def _file(found: FileLines) -> FileRow:
    return FileRow(found.path, found.lines.replace(",", ", "), found.blob[:BLOB_DIGITS])
