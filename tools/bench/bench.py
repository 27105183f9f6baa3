"""Measure reading against its budgets, as ratios within one run: `python3 noxfile.py -s bench`.

The yardstick is DuckDB's own typed `read_csv` of the same file with the same number of threads. `--quick` takes small
files, proves that both ways of reading agree, and judges no time.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
import made_up_spend

from perftrack_site.config.models import Place, Source
from perftrack_site.sources import read_sources
from perftrack_site.sources.contents import LARGE
from perftrack_site.sources.reading import Records
from perftrack_site.sources.tables import ORIGIN, SPEND, TABLES
from perftrack_site.warehouse import tables
from perftrack_site.warehouse.known_files import SETTLED
from perftrack_site.warehouse.store import OPEN, Store

SIZE, QUICK_SIZE = 400_000_000, 20_000_000
ROWS, QUICK_ROWS = 10_000_000, 300_000
TIMES = 5
GIB = 1024**3
COSTS = Source(
    key="costs",
    format="perftrack.spend",
    files="{extracted_at:%Y-%m-%d}.csv",
    place=Place(file="config/sources.yml", line=1, column=1),
)
NAME = "2026-10-01.csv"
TOTAL = "select count(*), sum(amount) from"


@dataclass(frozen=True)
class Line:
    """What was measured, and what it may be: a number of times the yardstick, or GiB."""

    what: str
    measured: str
    ratio: float | None = None
    budget: float | None = None

    @property
    def is_over(self) -> bool:
        return self.ratio is not None and self.budget is not None and self.ratio > self.budget

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        budget = "" if self.budget is None else f"{self.budget:.2f}"
        judged = "" if self.budget is None else "OVER" if self.is_over else "ok"
        return f"{self.what:<58} {self.measured:>10} {ratio:>6} {budget:>6}  {judged}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure reading against its budgets.")
    parser.add_argument("--quick", action="store_true", help="small files, no judgement of time")
    parser.add_argument("--memory-of", type=Path, metavar="DATA", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.memory_of:
        return _print_peak(asked.memory_of)
    with tempfile.TemporaryDirectory(prefix="perftrack-bench-") as folder:
        lines = _measure(Path(folder), quick=asked.quick)
    print(f"{'what':<58} {'measured':>10} {'ratio':>6} {'budget':>6}")
    print("\n".join(map(str, lines)))
    return int(not asked.quick and any(line.is_over for line in lines))


def _measure(folder: Path, *, quick: bool) -> list[Line]:
    data = folder / "data"
    data.mkdir()
    rows = made_up_spend.write_bytes(data / NAME, QUICK_SIZE if quick else SIZE)
    size = f"{(data / NAME).stat().st_size / 1e6:.0f} MB, {rows:,} rows"
    if quick:
        _both_ways(data)
    lines = _speed(data, folder / "cache", size, times=1 if quick else TIMES)
    shutil.rmtree(data)
    data.mkdir()
    rows = made_up_spend.write_rows(data / NAME, QUICK_ROWS if quick else ROWS)
    return [*lines, _memory(data, rows)]


# --- time ----------------------------------------------------------------------------------------


def _speed(data: Path, cache: Path, size: str, *, times: int) -> list[Line]:
    """Measure by turns, so that whatever else the machine does strikes all alike."""
    time.sleep(SETTLED / 1e9)  # a file that is younger might still be changing: its id would not be noted
    yardstick, cold, laying, warm = [], [], [], []
    for _ in range(times):
        yardstick.append(_timed(lambda: _typed_read(data / NAME)))
        cold.append(_timed(lambda: _read(data, None)))
        shutil.rmtree(cache, ignore_errors=True)
        laying.append(_timed(lambda: _read(data, cache)))
        warm.append(_timed(lambda: _read(data, cache)))
    usual = statistics.median(yardstick)
    read, again, next_time = (statistics.median(taken) for taken in (cold, warm, laying))
    return [
        Line(f"DuckDB's own typed read_csv ({size})", _seconds(usual), 1.0),
        Line("read and cast, ledger closed", _seconds(read), read / usual, 2.0),
        Line("unchanged, from the cache", _seconds(again), again / usual, 0.1),
        Line("read and cast, and laid by in the cache", _seconds(next_time), next_time / usual),
    ]


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _seconds(time_taken: float) -> str:
    return f"{time_taken:.3f} s"


def _typed_read(path: Path) -> None:
    columns = ", ".join(f"{column}: '{kind}'" for column, kind in SPEND.columns.items())
    with duckdb.connect(":memory:", config=dict(OPEN)) as connection:
        connection.execute(
            f"create table spend as from read_csv('{path}', header = true, columns = {{{columns}}})"
        ).fetchall()
        connection.execute(f"{TOTAL} spend").fetchall()


def _read(data: Path, cache: Path | None) -> list[tuple[object, ...]]:
    """Read the file to where a query can be asked of its rows, and ask one."""
    store = Store(cache)
    records = read_sources([COSTS], data, "UTC", store)
    _create_tables(store, records)
    total = store.connection.execute(f"{TOTAL} spend").fetchall()
    store.connection.close()
    return total


def _create_tables(store: Store, records: Records) -> None:
    for table in TABLES.values():
        tables.fill(store.connection, table.name, {**table.columns, **ORIGIN}, records.rows[table.name])
    store.fill()


# --- agreement and memory ------------------------------------------------------------------------


def _both_ways(data: Path) -> None:
    """Raise SystemExit unless reading row by row gives the same number of rows and the same sum."""
    rows = read_sources([COSTS], data, "UTC").rows["spend"]
    amounts = [row[list(SPEND.columns).index("amount")] for row in rows]
    expected = [(len(rows), sum(amount for amount in amounts if isinstance(amount, Decimal)))]
    if (data / NAME).stat().st_size < LARGE or _read(data, None) != expected:
        raise SystemExit("The two ways of reading differ.")
    print("Both ways of reading agree.")


def _memory(data: Path, rows: int) -> Line:
    """Run a build's reading, tables and models in a process of its own, and ask what it held at most."""
    child = [sys.executable, __file__, "--memory-of", str(data)]
    told = subprocess.run(child, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 ourselves
    peak = int(told) / GIB
    return Line(f"peak memory, {rows:,} rows to the last model, in GiB", f"{peak:.2f} GiB", peak, 1.5)


def _print_peak(data: Path) -> int:
    import resource  # noqa: PLC0415 only here, and on Unix only

    from perftrack_site.warehouse.warehouse import open_warehouse  # noqa: PLC0415 not part of what is timed

    store = Store(data.parent / "cache-of-memory")
    records = read_sources([COSTS], data, "UTC", store)
    declared: dict[str, list[dict[str, None]]] = {name: [] for name in tables.DECLARED}
    with open_warehouse(records, declared, (), store):
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
    return 0


if __name__ == "__main__":
    sys.exit(main())
