"""What others reach, in one line below a KPI's number."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from page_samples import kpi, rate, sample, target

from perftrack_site.evaluation.report import BenchmarkShown, FileLines, KpiResult
from perftrack_site.pages.kpis import KpiRow, kpi_row

BENCHMARK = BenchmarkShown(
    value=Fraction(31, 1000),
    unit="share",
    statistic="median",
    sample=1200,
    year=2031,
    source="Teawatch",
    scope="on Instagram",
    standing="above",
    note=None,
    file=FileLines("data/benchmarks.csv", "b" * 40, "7"),
)
SAID = "Benchmark 3.1\N{NO-BREAK SPACE}% (median on Instagram, sample of 1\N{NARROW NO-BREAK SPACE}200, 2031, Teawatch)"


def row(found: KpiResult) -> KpiRow:
    campaign = next(one for one in sample().campaigns if one.state == "decided")
    return kpi_row("index.md", campaign, found, "here")


def shown(engagements: int, **said: object) -> KpiRow:
    benchmark = replace(BENCHMARK, **said)  # type: ignore[arg-type]
    return row(kpi("rate", "Rate", rate(engagements, 100_000), target(">=", "0.02"), benchmark=benchmark))


@pytest.mark.parametrize(
    ("engagements", "standing", "said"),
    [
        (4000, "above", "4.0\N{NO-BREAK SPACE}% is above it"),
        (3102, "above", "3.102\N{NO-BREAK SPACE}% is above it"),
        (3100, "level", "3.1\N{NO-BREAK SPACE}% is level with it"),
        (3099, "below", "3.099\N{NO-BREAK SPACE}% is below it"),
    ],
)
def test_the_digits_never_say_something_else_than_the_words(
    engagements: int, standing: str, said: str
) -> None:
    assert shown(engagements, standing=standing).remarks[-1] == f"{SAID}: {said}"


def test_what_does_not_compare_says_why() -> None:
    note = "not comparable: source uses followers, this KPI uses reach"
    assert shown(4000, standing=None, note=note).remarks[-1] == f"{SAID}: {note}"


def test_the_receipt_names_the_line_and_without_a_benchmark_there_is_none() -> None:
    receipt = shown(4000).receipt
    assert receipt is not None
    assert receipt.benchmark is not None
    assert (receipt.benchmark.path, receipt.benchmark.lines) == ("data/benchmarks.csv", "7")
    plain = row(kpi("rate", "Rate", rate(4000, 100_000), target(">=", "0.02")))
    assert plain.receipt is not None
    assert plain.receipt.benchmark is None
    assert not any("Benchmark" in remark for remark in plain.remarks)
