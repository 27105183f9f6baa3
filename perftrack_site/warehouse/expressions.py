"""Read the SQL expressions of the catalogue before any of them runs.

An expression may name columns of its table, add, subtract, multiply, compare and choose; it may not aggregate,
divide (that is what ratio metrics are for: a division in SQL ends in a float), call anything else, or hold a query.
The parse tree is DuckDB's own, from `json_serialize_sql`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

ALLOWED_FUNCTIONS = {
    "+",
    "-",
    "*",
    "coalesce",
    "greatest",
    "least",
    "abs",
    "lower",
    "upper",
    "~~",
    "list_contains",
}
ALLOWED_CLASSES = {
    "COLUMN_REF",
    "CONSTANT",
    "FUNCTION",
    "COMPARISON",
    "CONJUNCTION",
    "OPERATOR",
    "CASE",
    "BETWEEN",
}
EXACT = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "DECIMAL",
)

QUERY_CLAUSES = ("where_clause", "group_expressions", "having", "qualify", "modifiers", "sample")

Node = Mapping[str, object]


class ExpressionFault(ValueError):  # noqa: N818 a fault in the contracts, as in errors.Fault
    """An expression that may not run, with the reason as a clause."""


def columns_of(
    connection: duckdb.DuckDBPyConnection,
    expression: str,
    table: str,
    columns: Mapping[str, str],
    *,
    condition: bool,
) -> tuple[str, ...]:
    """Check an expression over a table and list the columns it uses, in order of their names.

    `condition` asks for a boolean (a filter), else an exact number is asked for. Raises ExpressionFault.
    """
    tree = _tree(connection, expression)
    used = sorted({name for node in _nodes(tree) for name in _check(node, columns)})
    kind = _type(connection, expression, table)
    if condition and kind != "BOOLEAN":
        raise ExpressionFault(f"is {kind}, not true or false")
    if not condition and not kind.startswith(EXACT):
        raise ExpressionFault(f"is {kind}, not an exact number")
    return tuple(used)


def _tree(connection: duckdb.DuckDBPyConnection, expression: str) -> Node:
    row = connection.execute("select json_serialize_sql('select (' || $1 || ')')", [expression]).fetchone()
    parsed: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
    if parsed["error"]:
        raise ExpressionFault(f"is not SQL: {parsed.get('error_message', 'it cannot be read')}")
    selected = parsed["statements"][0]["node"]
    if len(parsed["statements"]) != 1 or len(selected.get("select_list", ())) != 1:
        raise ExpressionFault("holds more than one expression")
    if selected["from_table"]["type"] != "EMPTY" or any(selected.get(clause) for clause in QUERY_CLAUSES):
        raise ExpressionFault("holds a query; a metric's expression only names columns of its table")
    tree: Node = selected["select_list"][0]
    return tree


def _nodes(tree: object) -> Iterator[Node]:
    if isinstance(tree, list):
        for item in tree:
            yield from _nodes(item)
    elif isinstance(tree, dict):
        if "class" in tree:
            yield tree
        for value in tree.values():
            yield from _nodes(value)


def _check(node: Node, columns: Mapping[str, str]) -> tuple[str, ...]:
    kind = str(node["class"])
    if kind == "SUBQUERY":
        raise ExpressionFault("holds a query; a metric's expression only names columns of its table")
    if kind not in ALLOWED_CLASSES:
        raise ExpressionFault(f"uses {kind.lower().replace('_', ' ')}, which a metric's expression may not")
    if kind == "FUNCTION" and node["function_name"] in ("/", "//"):
        raise ExpressionFault("divides; write a ratio metric with a numerator and a denominator")
    if kind == "FUNCTION" and node["function_name"] not in ALLOWED_FUNCTIONS:
        raise ExpressionFault(f"calls {node['function_name']}, which a metric's expression may not")
    if kind != "COLUMN_REF":
        return ()
    names = node["column_names"]
    name = ".".join(names) if isinstance(names, list) else str(names)
    if name not in columns:
        raise ExpressionFault(
            f"names the column '{name}', which the table does not have: it has {', '.join(columns)}"
        )
    return (name,)


def _type(connection: duckdb.DuckDBPyConnection, expression: str, table: str) -> str:
    try:
        described = connection.execute(f"describe select ({expression}) as value from {table}").fetchall()
    except duckdb.Error as error:
        raise ExpressionFault(f"does not run: {str(error).splitlines()[0]}") from None
    return str(described[0][1])
