"""The outside figures: as invented as their publishers."""

from __future__ import annotations

from collections.abc import Iterator

FIGURES = """\
platform,tier,sector,content_type,metric,basis,statistic,value,sample,year,source
instagram,,,,engagement_rate_by_reach,reach,median,0.041,1200,2026,Kettle & Leaf Index (invented)
instagram,,,carousel,engagement_rate_by_reach,reach,median,0.052,310,2026,Kettle & Leaf Index (invented)
instagram,micro,,,engagement_rate_by_reach,reach,median,0.047,540,2026,Kettle & Leaf Index (invented)
instagram,,beverages,,engagement_rate_by_reach,reach,median,0.038,150,2026,Kettle & Leaf Index (invented)
"""


def benchmark_files() -> Iterator[tuple[str, str]]:
    """Give the one list, kept before the first campaign."""
    yield "benchmarks/benchmarks-2026-04-01.csv", FIGURES
