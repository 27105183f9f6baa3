from __future__ import annotations

from collections.abc import Callable

import pytest
from little_tables import simple

from perftrack_site.errors import ConfigError
from perftrack_site.warehouse.warehouse import Warehouse

Open = Callable[..., Warehouse]

REFUSED = {
    "sum(views)": "calls sum, which a metric's expression may not",
    "views / reach": "divides; write a ratio metric with a numerator and a denominator",
    "(select 1)": "holds a query",
    "1) from (select 1": "holds a query",
    "1) limit (1": "holds a query",
    "1), (2": "holds more than one expression",
    "views::double": "uses cast",
    "count(*) over ()": "uses window",
    "read_text('/etc/passwd')": "calls read_text",
    "vibes": "names the column 'vibes', which the table does not have: it has platform, ",
    "is_last": "names the column 'is_last'",
    "caption": "is VARCHAR, not an exact number",
    "views * 1e0": "is DOUBLE, not an exact number",
    "views +": "is not SQL",
    "views -- ": "is not SQL",
}


@pytest.mark.parametrize(("expression", "why"), REFUSED.items())
def test_an_expression_only_adds_multiplies_and_chooses_columns(
    warehouse_of: Open, expression: str, why: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        warehouse_of([simple("odd", "posts", expression)])
    assert f"config/metrics.yml: metrics.odd: its expression {why}" in str(refused.value)


def test_every_faulty_expression_is_named_in_one_run(warehouse_of: Open) -> None:
    with pytest.raises(ConfigError) as refused:
        warehouse_of([simple("one", "posts", "sum(likes)"), simple("two", "spend", "amount", "amount + 1")])
    assert [fault.where for fault in refused.value.faults] == ["metrics.one", "metrics.two"]
    assert "is DECIMAL" in refused.value.faults[1].wrong


@pytest.mark.parametrize(
    "expression", ["likes + 2 * saves", "case when views > 100 then views end", "abs(likes)"]
)
def test_ordinary_arithmetic_passes(warehouse_of: Open, expression: str) -> None:
    assert warehouse_of([simple("fine", "posts", expression, "content_type = 'reel' and views is not null")])


@pytest.mark.parametrize("sql", ["select * from read_text('/etc/hostname')", "copy (select 1) to '/tmp/leak.csv'",
                                 "set enable_external_access = true", "install excel"])  # fmt: skip
def test_no_sql_reaches_a_file_or_the_network(warehouse_of: Open, sql: str) -> None:
    warehouse = warehouse_of([])
    with pytest.raises(Exception, match=r"(?i)disabled|locked|permission|configuration"):
        warehouse._connection.execute(sql).fetchall()
