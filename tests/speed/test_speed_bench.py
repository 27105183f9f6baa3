"""The benchmark runs, and reading in bulk agrees with reading row by row; times are for a quiet machine to judge."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "tools" / "bench" / "bench.py"


def test_the_quick_benchmark_runs_and_both_ways_agree() -> None:
    done = subprocess.run([sys.executable, BENCH, "--quick"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    agreed, header, *lines = done.stdout.splitlines()
    assert agreed == "Both ways of reading agree."
    assert header.split() == ["what", "measured", "ratio", "budget"]
    assert [line.split("  ")[0] for line in lines] == [
        "DuckDB's own typed read_csv (21 MB, 300,000 rows)",
        "read and cast, ledger closed",
        "unchanged, from the cache",
        "read and cast, and laid by in the cache",
        "peak memory, 300,000 rows to the last model, in GiB",
    ]
