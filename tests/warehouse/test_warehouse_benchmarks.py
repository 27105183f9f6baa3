"""Rule 27: the list of outside figures that is believed on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from little_tables import simple

from perftrack_site.warehouse.warehouse import Warehouse

VIEWS = simple("views", "posts", "views")
FIGURES = """
    platform  | metric | basis | statistic | value | year | published_by | known
    instagram | views  | posts | median    | 100   | 2025 | Teawatch     | 2026-04-01
    instagram | views  | posts | mean      | 200   | 2025 | Teawatch     | 2026-04-01
    instagram | views  | posts | median    | 120   | 2026 | Teawatch     | 2026-07-01
"""


def believed(warehouse: Warehouse, day: date) -> list[tuple[Decimal, str]]:
    return [(one.value, one.lines) for one in warehouse.benchmarks(day)]


def test_the_newest_list_known_by_a_day_replaces_the_one_before_whole(
    warehouse_of: Callable[..., Warehouse],
) -> None:
    warehouse = warehouse_of([VIEWS], benchmarks=FIGURES)
    assert believed(warehouse, date(2026, 3, 31)) == []
    assert believed(warehouse, date(2026, 6, 30)) == [(Decimal(100), "1"), (Decimal(200), "2")]
    assert believed(warehouse, date(2026, 7, 1)) == [(Decimal(120), "3")]
