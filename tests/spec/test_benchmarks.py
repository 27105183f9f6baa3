"""Rule 27: what others reach stands beside a KPI where metric and basis are the same, the nearest figure first."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from spec_tables import at_least, campaign, kpi, project, report_of, rows_of

from perftrack_site.config.models import Kpi, Scope
from perftrack_site.evaluation.audience import narrow
from perftrack_site.evaluation.report import BenchmarkShown, FileShown, KpiResult, Report
from perftrack_site.warehouse.rows import Benchmark

RATE = "engagement_rate_by_reach"
APRIL = datetime(2026, 4, 1)  # noqa: DTZ001 (a moment in UTC, as in every ledger)
LIST = FileShown("data/benchmarks.csv", "a1b2", "outside", "perftrack.benchmarks", APRIL, 9, 9, 0, 0, (), ())
FIGURES = """
    tier  | content_type | value | year | sample
          |              | 0.010 | 2026 |
          | reel         | 0.015 | 2026 |
    micro |              | 0.020 | 2026 |
    micro | reel         | 0.030 | 2026 |
"""
MEASURED = """
    metric                   | influencer | platform  | content_type | numerator | denominator
    engagement_rate_by_reach | ana        | instagram | reel         | 30        | 1000
"""


def agreed(metric: str = RATE, **said: object) -> Kpi:
    return kpi(metric, target=at_least("0.03"), scope=Scope(platform="instagram", **said))  # type: ignore[arg-type]


def figures(text: str) -> list[Benchmark]:
    return [
        Benchmark(
            platform="instagram",
            tier=row.get("tier"),
            sector=row.get("sector"),
            content_type=row.get("content_type"),
            metric=row.get("metric", RATE),
            basis=row.get("basis", "reach"),
            statistic="median",
            value=Decimal(row["value"]),
            sample=int(row["sample"]) if "sample" in row else None,
            year=int(row.get("year", 2026)),
            published_by="Teawatch",
            file=0,
            lines=str(line),
        )
        for line, row in enumerate(rows_of(text), start=2)
    ]


def report(one: Kpi, table: str) -> Report:
    plan = project(campaign(one), tiers={"nano": 0, "micro": 10_000})
    return report_of(plan, MEASURED, files=[LIST], benchmarks=figures(table))


def beside(one: Kpi, table: str = FIGURES) -> BenchmarkShown | None:
    return report(one, table).campaigns[0].kpis[0].benchmark


def said(one: Kpi, table: str = FIGURES) -> tuple[float, str]:
    found = beside(one, table)
    assert found is not None
    return float(found.value), found.scope


def test_of_one_influencer_the_nearest_figure_is_taken_then_broader_ones() -> None:
    of_ana = agreed(influencer="ana", content_type="reel")
    assert said(of_ana) == (0.03, "among micro influencers in reels on Instagram")
    without_reels = FIGURES[: FIGURES.index("    micro | reel")]
    assert said(of_ana, without_reels) == (0.02, "among micro influencers on Instagram")
    assert said(of_ana, FIGURES[: FIGURES.index("    micro")]) == (0.01, "on Instagram")


def test_a_campaign_has_no_tier() -> None:
    assert said(agreed(content_type="reel")) == (0.015, "in reels on Instagram")
    assert said(agreed()) == (0.01, "on Instagram")


def test_where_the_platform_cannot_be_told_there_is_nothing_to_compare() -> None:
    assert beside(kpi(RATE, target=at_least("0.03"))) is None
    assert beside(agreed(), "tier | value\nmacro | 0.02") is None


def test_the_newest_figure_counts_and_of_those_the_largest_sample() -> None:
    table = "value | year | sample\n0.05 | 2025 | 900\n0.02 | 2026 | 90\n0.03 | 2026 | 500\n0.04 | 2026 |"
    assert said(agreed(), table) == (0.03, "on Instagram")


def test_a_figure_of_one_sector_is_left_out() -> None:
    assert beside(agreed(), "sector | value\nbeauty | 0.02") is None


@pytest.mark.parametrize(
    ("value", "standing"), [("0.02999999", "above"), ("0.03", "level"), ("0.03000001", "below")]
)
def test_above_and_below_are_exact(value: str, standing: str) -> None:
    found = beside(agreed(), f"value\n{value}")
    assert found is not None
    assert (found.standing, found.note) == (standing, None)


def test_another_basis_is_not_comparable_and_says_so() -> None:
    found = beside(agreed(), "basis | value\nfollowers | 0.02")
    assert found is not None
    assert found.standing is None
    assert found.note == "not comparable: source uses followers, this KPI uses reach"


def test_the_same_basis_farther_off_goes_before_another_basis_near_by() -> None:
    table = "tier | basis | value\nmicro | followers | 0.02\n | reach | 0.01"
    assert said(agreed(influencer="ana"), table) == (0.01, "on Instagram")


@pytest.mark.parametrize(
    ("metric", "basis", "note"),
    [
        ("views", "posts", "not comparable: source uses posts, this KPI is a total"),
        ("cpe", "engagements", "not comparable: the source names no currency"),
    ],
)
def test_totals_and_money_are_not_comparable(metric: str, basis: str, note: str) -> None:
    found = beside(agreed(metric), f"metric | basis | value\n{metric} | {basis} | 5")
    assert found is not None
    assert (found.standing, found.note) == (None, note)


def test_it_names_its_file_and_line_and_an_influencer_sees_it_too() -> None:
    of_ana = agreed(influencer="ana")
    inside = report(of_ana, FIGURES)
    own: KpiResult = narrow(inside, "influencer:ana").campaigns[0].influencers[0].kpis[0]
    assert own.benchmark == inside.campaigns[0].kpis[0].benchmark
    assert own.benchmark is not None
    assert (own.benchmark.file.path, own.benchmark.file.lines) == ("data/benchmarks.csv", "4")


def test_it_changes_no_verdict() -> None:
    plain, beaten = (report(agreed(), table).campaigns[0] for table in ("value", "value\n0.9"))
    assert beaten.kpis[0].benchmark is not None
    assert (
        (plain.verdict, plain.kpis[0].verdict) == (beaten.verdict, beaten.kpis[0].verdict) == ("met", "met")
    )
