"""Every sample of a named format is read, and its sums are those of INDEX.md."""

from __future__ import annotations

import importlib
from decimal import Decimal
from pathlib import Path

import pytest
from sample_cases import Sample, expected, expected_records, index
from sources_helpers import SAMPLES, fault_of, ledger_of, read, rows_of, sample

from perftrack_site.sources import FORMATS
from perftrack_site.sources.reading import Records
from perftrack_site.sources.tables import TABLES

GROUPS = sorted(path.stem for path in Path(__file__).parent.glob("samples_of_*.py"))
CASES: list[Sample] = [case for group in GROUPS for case in importlib.import_module(group).CASES]
NOT_OURS: dict[str, str] = {
    path: why
    for group in GROUPS
    for path, why in getattr(importlib.import_module(group), "NOT_OURS", {}).items()
}

WITHOUT_SAMPLE: dict[str, str] = {
    form: why
    for group in GROUPS
    for form, why in getattr(importlib.import_module(group), "WITHOUT_SAMPLE", {}).items()
}


def read_case(folder: Path, case: Sample) -> Records:
    files: dict[str, str | bytes] = {case.name: sample(case.path)}
    for number, path in enumerate(case.beside, 2):
        files[case.name.replace(".", f"_page{number}.")] = sample(path)
    return read(folder, files, case.source)


def found_sum(records: Records, where: str) -> Decimal:
    """Add up a counter of a long table, or a column of a wide one."""
    place, _, divisor = where.partition(" / ")
    table, _, name = place.partition(".")
    rows = [row for row in rows_of(records, table) if row["file"] == 0]
    if "counter" in TABLES[table].columns:
        values = [row["value"] for row in rows if row["counter"] == name]
    elif "measure" in TABLES[table].columns:
        values = [row["value"] for row in rows if row["measure"] == name]
    else:
        values = [row[name] for row in rows if row[name] is not None]
    return Decimal(sum(values)) / Decimal(divisor or 1)


@pytest.mark.parametrize(
    "case", [case for case in CASES if not case.refused], ids=lambda case: f"{case.format}:{case.path}"
)
def test_a_sample_is_read_to_its_control_sums(tmp_path: Path, case: Sample) -> None:
    records = read_case(tmp_path, case)
    ledger = ledger_of(records)
    if case.records is not None:
        assert ledger.counted == expected_records(case.path, case.records) + case.controls
        assert ledger.accepted == ledger.counted - case.controls - case.left, (
            ledger.rejects[:3],
            ledger.skipped,
        )
    for words, where in case.sums.items():
        assert found_sum(records, where) == expected(case.path, words), words


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.refused], ids=lambda case: f"{case.format}:{case.path}"
)
def test_a_sample_that_must_be_refused_says_why(tmp_path: Path, case: Sample) -> None:
    assert case.refused
    assert case.refused in fault_of(read_case(tmp_path, case))


@pytest.mark.skipif(
    not SAMPLES.exists(), reason=f"the shared samples are not here: {SAMPLES}; set PERFTRACK_SAMPLES"
)
def test_no_sample_is_forgotten() -> None:
    tested = {case.path for case in CASES}
    assert not tested & NOT_OURS.keys()
    assert sorted(index().keys() - tested - NOT_OURS.keys()) == []


def test_every_format_of_a_platform_reads_a_sample() -> None:
    without = FORMATS.keys() - {case.format for case in CASES} - WITHOUT_SAMPLE.keys()
    assert all(key.startswith(("perftrack.", "campaign_sheets.")) for key in without), without
