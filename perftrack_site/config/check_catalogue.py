"""The catalogue of metrics holds together: parts exist, and expressions are plain arithmetic."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from perftrack_site.config.models import Metric, MetricType
from perftrack_site.config.names import quoted
from perftrack_site.config.tree import Node
from perftrack_site.config.written import Names
from perftrack_site.errors import Fault

MAX_EXPRESSION = 200  # characters
TOKENS = re.compile(r"(?:[a-z_][a-z0-9_]*|[0-9]+(?![a-z0-9_])|[-+*/() ])+")  # keeps Python's own warnings out
ARITHMETIC = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub, ast.Load)

NEEDS: Mapping[str, tuple[str, ...]] = {
    "simple": (),
    "ratio": ("numerator", "denominator"),
    "derived": ("expr", "input_metrics"),
}
TAKES: Mapping[str, tuple[str, ...]] = {
    "simple": ("table", "agg", "expr", "filter"),
    "ratio": ("numerator", "denominator"),
    "derived": ("expr", "input_metrics"),
}
DEFINING = ("table", "agg", "expr", "filter", "numerator", "denominator", "input_metrics")


def check_metric(entry: Node, names: Names, types: Mapping[str, str]) -> Iterator[Fault]:
    """Tell what is wrong with one written metric; `types` says the type of every metric there is."""
    kind = entry.at("type").text
    if kind is not None and kind in TAKES:
        yield from _keys(entry, kind)
    for part in (entry.at("numerator"), entry.at("denominator"), *entry.at("input_metrics").items):
        yield from _part(part, names, types)
    if kind == "derived" and entry.at("expr").text is not None:
        yield from _expression(entry.at("expr"), [str(part.text) for part in entry.at("input_metrics").items])
    if entry.at("additive").text == "false" and not entry.has("not_additive_note"):
        yield entry.at("not_additive_note").fault("is missing", "say what the sum of its parts is instead")


def leaves(metric: Metric, catalogue: Mapping[str, Metric]) -> Sequence[Metric]:
    """List the simple metrics that a metric is made of."""
    if metric.type is MetricType.SIMPLE:
        return [metric]
    parts = (metric.numerator or "", metric.denominator or "", *metric.input_metrics)
    return [catalogue[part] for part in parts if part in catalogue]


def _keys(entry: Node, kind: str) -> Iterator[Fault]:
    for key in NEEDS[kind]:
        if not entry.has(key):
            yield entry.at(key).fault("is missing", f"a {kind} metric needs {' and '.join(NEEDS[kind])}")
    for key in DEFINING:
        if entry.has(key) and key not in TAKES[kind]:
            yield entry.at(key).fault(
                f"has no place in a {kind} metric", f"it takes {', '.join(TAKES[kind])}"
            )
    if kind == "simple":
        yield from _simple(entry)


def _simple(entry: Node) -> Iterator[Fault]:
    if entry.has("table") and entry.at("agg").text != "count" and not entry.has("expr"):
        yield entry.at("expr").fault("is missing", "say what of the table is added up, or write agg: count")
    for key in ("expr", "filter"):
        if entry.has(key) and not entry.has("table"):
            yield entry.at(key).fault("belongs to a table", "write table: posts, orders or spend")


def _part(part: Node, names: Names, types: Mapping[str, str]) -> Iterator[Fault]:
    """Tell a part that is not simple: totals are added up first, and nothing goes round in circles."""
    yield from names.unknown(part)
    kind = types.get(part.text or "", "simple")
    if kind != "simple":
        yield part.fault(f"{quoted(str(part.text))} is a {kind} metric", "build on simple metrics only")


def _expression(node: Node, inputs: Sequence[str]) -> Iterator[Fault]:
    way_out = "use + - * /, whole numbers, parentheses and the names in input_metrics"
    tree = _parse(str(node.text))
    if tree is None or not all(_is_arithmetic(part) for part in ast.walk(tree)):
        yield node.fault(f"{quoted(str(node.text))} is not plain arithmetic", way_out)
        return
    used = {part.id for part in ast.walk(tree) if isinstance(part, ast.Name)}
    for name in sorted(used - set(inputs)):
        yield node.fault(f"{quoted(name)} is not among its input_metrics", "add it there")
    for name in sorted(set(inputs) - used):
        yield node.fault(f"does not use {quoted(name)}, one of its input_metrics", "take it out there")


def _parse(text: str) -> ast.Expression | None:
    if len(text) > MAX_EXPRESSION or not TOKENS.fullmatch(text):
        return None
    try:
        return ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _is_arithmetic(part: ast.AST) -> bool:
    if isinstance(part, ast.Constant):
        return type(part.value) is int
    return isinstance(part, (*ARITHMETIC, ast.Name))
