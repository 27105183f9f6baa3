"""A target fits its metric, and can be met."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perftrack_site.config.forms import percent_way_out, quantity
from perftrack_site.config.models import Metric
from perftrack_site.config.names import quoted
from perftrack_site.config.tree import Node
from perftrack_site.errors import Fault

NEVER_NEGATIVE = ("count", "seconds", "days")
NOUNS = {
    "count": "a count",
    "money": "an amount of money",
    "share": "a share",
    "score": "a score",
    "seconds": "a number of seconds",
    "days": "a number of days",
}


def check_target(target: Node, metric: Metric) -> Iterator[Fault]:
    """Tell what is wrong with a written target of a metric."""
    for name in ("value", "upper", "stretch"):
        yield from check_amount(target.at(name), metric)
    yield from _shape(target)
    yield from check_order(target, target.at("value"))
    if target.has("currency") and metric.unit != "money":
        wrong = f"{metric.key} is {NOUNS[metric.unit]}, not money"
        yield target.at("currency").fault(wrong, "take the currency out")


def check_amount(node: Node, metric: Metric) -> Iterator[Fault]:
    """Tell an amount in the wrong unit, or beyond what the metric can reach."""
    written = quantity(node.text) if node.text is not None else None
    if node.text is None or written is None:
        return
    if metric.unit == "share" and not written.percent:
        yield node.fault(
            f"{quoted(node.text)} has no %, and {metric.key} is a share", percent_way_out(node.text)
        )
    elif metric.unit != "share" and written.percent:
        wrong = f"{quoted(node.text)} is a percentage, and {metric.key} is {NOUNS[metric.unit]}"
        yield node.fault(wrong, "write the number itself, without %")
    elif metric.at_most is not None and written.value > metric.at_most:
        limit = f"{metric.at_most * 100} %" if metric.unit == "share" else metric.at_most
        yield node.fault(f"{metric.key} can never be above {limit}", "write a value it can reach")
    elif written.value < 0 and (metric.unit in NEVER_NEGATIVE or _is_part_of_its_basis(metric)):
        yield node.fault(f"{metric.key} can never be below 0", "write a value it can reach")


def _is_part_of_its_basis(metric: Metric) -> bool:
    return metric.unit == "share" and metric.at_most is not None


def check_order(target: Node, value: Node) -> Iterator[Fault]:
    """Tell a stretch or upper end on the wrong side of `value`: the target's own, or an override."""
    op, stretch, upper = target.at("op").text, target.at("stretch"), target.at("upper")
    if op == "between" and _beyond(value, upper):
        yield value.fault(f"{value.text} is above the upper end {upper.text}", "write the lower end here")
    if op == ">=" and _beyond(value, stretch):
        yield _blame(target, value, stretch).fault(
            f"the stretch {stretch.text} is easier than the target {value.text}",
            "a stretch lies above its target",
        )
    if op == "<=" and _beyond(stretch, value):
        yield _blame(target, value, stretch).fault(
            f"the stretch {stretch.text} is easier than the target {value.text}",
            "a stretch lies below its target",
        )


def _blame(target: Node, value: Node, stretch: Node) -> Node:
    """Point to the stretch of the target itself, but to an override that overtakes it."""
    return stretch if value == target.at("value") else value


def _shape(target: Node) -> Iterator[Fault]:
    is_between = target.at("op").text == "between"
    if is_between and not target.has("upper"):
        yield target.at("upper").fault("is missing", "between needs a value (the lower end) and an upper end")
    if is_between and target.has("stretch"):
        yield target.at("stretch").fault("a target between two ends has no stretch", "take it out")
    if not is_between and target.has("upper"):
        yield target.at("upper").fault("is for targets between two ends", "take it out, or write op: between")


def _beyond(first: Node, second: Node) -> bool:
    left, right = _amount(first), _amount(second)
    return left is not None and right is not None and left > right


def _amount(node: Node) -> Decimal | None:
    written = quantity(node.text) if node.text is not None else None
    return written.value if written else None
