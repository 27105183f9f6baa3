"""The value of a metric in a slice, or the reason why it cannot be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from perftrack_site.config.models import Metric, MetricType, TrackingKind
from perftrack_site.evaluation.cells import Cells, Slice, Total, add_up
from perftrack_site.evaluation.exact import Answer, calculate, divide, in_words
from perftrack_site.evaluation.facts import FACTS
from perftrack_site.evaluation.shown import exactly, shown, side

Catalogue = Mapping[str, Metric]


@dataclass(frozen=True)
class Demands:
    """What a number must stand on to be said.

    `channels` are the kinds of tracking that lead to the slice.
    """

    min_coverage: Fraction
    min_sample: Mapping[str, int]
    channels: frozenset[TrackingKind]


@dataclass(frozen=True)
class Leaf:
    """A total that entered a value: of one metric, or of two over the same rows."""

    metric: Metric
    table: str
    total: Total


@dataclass(frozen=True)
class Value:
    """An exact value with the totals it was made from; None where it cannot be said, and why."""

    value: Fraction | None
    why: str | None
    leaves: tuple[Leaf, ...]

    @property
    def weakest(self) -> Leaf | None:
        """The total with the lowest coverage, which limits what the value can say; the first of equals."""
        return min(self.leaves, key=lambda leaf: _coverage(leaf.total), default=None)


def value_of(key: str, catalogue: Catalogue, cells: Cells, part: Slice, demands: Demands) -> Value:
    """Work out a metric from its cells: totals first, one division last."""
    metric = catalogue[key]
    if not has_source(metric, catalogue):
        return Value(None, f"no source for {key} yet", ())
    if table := own_table(metric, catalogue):
        return _from_cells(metric, table, cells, part, demands)
    return _composed(metric, catalogue, cells, part, demands)


def has_source(metric: Metric, catalogue: Catalogue) -> bool:
    """Say whether everything that a metric is made of is fed by a table."""
    if metric.type is MetricType.SIMPLE:
        return metric.table is not None
    return all(has_source(catalogue[key], catalogue) for key in parts_of(metric))


def own_table(metric: Metric, catalogue: Catalogue) -> str | None:
    """Name the one table whose rows a metric is added up from; None where it is composed of others."""
    if metric.type is not MetricType.RATIO:
        return metric.table
    tables = {catalogue[key].table for key in parts_of(metric)}
    return tables.pop() if len(tables) == 1 else None


def parts_of(metric: Metric) -> tuple[str, ...]:
    """List the metrics that a ratio or derived metric is made of."""
    if metric.type is MetricType.DERIVED:
        return metric.input_metrics
    return tuple(key for key in (metric.numerator, metric.denominator) if key is not None)


def _from_cells(metric: Metric, table: str, cells: Cells, part: Slice, demands: Demands) -> Value:
    leaf = Leaf(metric, table, add_up(cells, metric.key, part))
    why = _objection(leaf, demands)
    answer = Answer(None, why) if why else _divided(leaf)
    return Value(answer.value, answer.why, (leaf,))


def _divided(leaf: Leaf) -> Answer:
    total = leaf.total
    if total.numerator is None or leaf.metric.denominator is None:
        return Answer(total.numerator)
    return divide(total.numerator, total.denominator or Fraction(0), leaf.metric.denominator)


def _composed(metric: Metric, catalogue: Catalogue, cells: Cells, part: Slice, demands: Demands) -> Value:
    inputs = {key: value_of(key, catalogue, cells, part, demands) for key in parts_of(metric)}
    leaves = tuple({leaf.metric.key: leaf for found in inputs.values() for leaf in found.leaves}.values())
    why = next((found.why for found in inputs.values() if found.why), None)
    known = {key: found.value for key, found in inputs.items() if found.value is not None}
    answer = Answer(None, why) if why else calculate(expression(metric), known)
    return Value(answer.value, answer.why, leaves)


def expression(metric: Metric) -> str:
    """Write a ratio or derived metric as an expression of its parts."""
    return (
        metric.expr or ""
        if metric.type is MetricType.DERIVED
        else f"{metric.numerator} / {metric.denominator}"
    )


def _objection(leaf: Leaf, demands: Demands) -> str | None:
    """Say why a total cannot be used: blocked, nothing measured, too small a sample, too little coverage."""
    total, fact = leaf.total, FACTS[leaf.table]
    noun = fact.rows
    if total.blocked:
        return "; ".join(total.blocked)
    if total.numerator is None and total.rows == 0:
        return fact.no_channel if fact.channels and not fact.channels & demands.channels else fact.nothing
    least = max(demands.min_sample.get("rows", 0), demands.min_sample.get(leaf.table, 0))
    if total.rows < least:
        return f"{_count(total.rows, noun)}, at least {least} {'was' if least == 1 else 'were'} agreed"
    if total.numerator is None:
        return f"none of {_count(total.rows, noun)} shows {_what(leaf.metric)}"
    return _too_little_coverage(leaf, demands.min_coverage)


def _too_little_coverage(leaf: Leaf, agreed: Fraction) -> str | None:
    share = _coverage(leaf.total)
    if side(share, agreed) >= 0:
        return None
    rows = _count(leaf.total.rows, FACTS[leaf.table].rows)
    percent = shown(share, "share", digits=0, target=agreed)
    return (
        f"only {leaf.total.covered} of {rows} show {_what(leaf.metric)} ({percent}), "
        f"{exactly(agreed, 'share')} agreed"
    )


def _coverage(total: Total) -> Fraction:
    return Fraction(total.covered, total.rows) if total.rows else Fraction(1)


def _what(metric: Metric) -> str:
    keys: Sequence[str] = parts_of(metric) or (metric.key,)
    return " and ".join(in_words(key) for key in keys)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun.removesuffix('s') if number == 1 else noun}"
