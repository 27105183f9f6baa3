"""Exact arithmetic of the catalogue's `derived` expressions: + - * / over Fractions, nothing else."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from perftrack_site.errors import ConfigError

OPERATORS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}


@dataclass(frozen=True)
class Answer:
    """A value, or None and the reason in words."""

    value: Fraction | None
    why: str | None = None


def calculate(expr: str, values: Mapping[str, Fraction]) -> Answer:
    """Work out `expr` over named values, e.g. `(net_revenue - spend) / spend`.

    A division by zero has no value: the reason names the divisor. Anything but names of `values`, integers,
    parentheses and + - * / raises ConfigError.
    """
    try:
        tree = ast.parse(expr, mode="eval")
        return Answer(_value(tree.body, values))
    except _ZeroDivisorError as zero:
        return Answer(None, f"{zero} is 0, nothing to divide by")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _not_arithmetic(expr) from error


def divide(numerator: Fraction, denominator: Fraction, name: str) -> Answer:
    """Divide, or say that the denominator called `name` is 0."""
    if denominator == 0:
        return Answer(None, f"{in_words(name)} is 0, nothing to divide by")
    return Answer(numerator / denominator)


def in_words(key: str) -> str:
    """Write a metric's key, or an expression of keys, as words: `net_revenue` is `net revenue`."""
    return key.replace("_", " ")


class _ZeroDivisorError(Exception):
    """The divisor, in words."""


def _value(node: ast.expr, values: Mapping[str, Fraction]) -> Fraction:
    match node:
        case ast.Name(id=name) if name in values:
            return values[name]
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return Fraction(number)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, values)
        case ast.BinOp(op=ast.Div(), left=left, right=right):
            return _quotient(_value(left, values), _value(right, values), right)
        case ast.BinOp(op=op, left=left, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_value(left, values), _value(right, values))
    raise ValueError(ast.unparse(node))


def _quotient(left: Fraction, right: Fraction, divisor: ast.expr) -> Fraction:
    if right == 0:
        raise _ZeroDivisorError(in_words(ast.unparse(divisor)))
    return left / right


def _not_arithmetic(expr: str) -> ConfigError:
    return ConfigError(
        f"'{expr}' cannot be worked out; "
        "write it with + - * /, integers, parentheses and the names in input_metrics"
    )
