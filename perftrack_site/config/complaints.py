"""What pydantic found wrong, as faults with a place, in our own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from perftrack_site.config.forms import (
    CURRENCY_PATTERN,
    DECIMAL_PATTERN,
    KEY_PATTERN,
    METRIC_PATTERN,
    POST_PATTERN,
    THOUSANDS_PATTERN,
)
from perftrack_site.config.names import did_you_mean, quoted
from perftrack_site.config.tree import Node
from perftrack_site.errors import Fault

Error = Mapping[str, Any]

# Models may call a thing otherwise than it is written: the first of these that stands there is meant.
WRITTEN_AS = {"valid_from": ("from",), "valid_to": ("to",), "share": ("share_met", "weighted")}
NEVER_WRITTEN = {"place"}

PATTERNS = {
    KEY_PATTERN: ("a key", "use lower-case letters, digits and single hyphens, such as summer-sale"),
    METRIC_PATTERN: ("a metric's key", "use lower-case letters, digits and underscores, such as link_clicks"),
    CURRENCY_PATTERN: ("a currency", "write its three capital letters (ISO 4217), such as EUR"),
    DECIMAL_PATTERN: ("a mark before decimals", "write '.' or ',' in quotes"),
    THOUSANDS_PATTERN: ("a mark between thousands", "write ',' '.' or \"'\" in quotes, or the word blank"),
    POST_PATTERN: ("the name of a post", "write platform and id, such as instagram:17900000000000001"),
}

BELONGS_HERE = {
    "bool": "true or false",
    "date": "a day",
    "decimal": "a number",
    "dict": "a mapping (key: value)",
    "int": "a whole number",
    "mapping": "a mapping (key: value)",
    "model": "a mapping (key: value)",
    "string": "a text",
    "time_delta": "a number of days, such as 8d",
    "tuple": "a list (- item)",
}

BOUNDS = {
    "greater_than_equal": ("ge", "below"),
    "less_than_equal": ("le", "above"),
    "greater_than": ("gt", "at or below"),
}


def complaints(error: ValidationError, root: Node, model: type[BaseModel]) -> Iterator[Fault]:
    """Tell each error of a model read from `root`; what the tree has told already is left out."""
    for found in error.errors(include_url=False):
        node = _node(root, found)
        if not _is_told(found, node):
            yield node.fault(*_words(found, node, model))


def _is_told(found: Error, node: Node) -> bool:
    """Say whether the fault is one of the tree, or follows from those of a list's own items."""
    if found["type"] == "too_short":
        return bool(node.items)
    return node.value is None and found["type"] != "missing"


def _node(root: Node, found: Error) -> Node:
    blamed = found.get("ctx", {}).get("at")
    steps = [step for step in found["loc"] if step != "[key]"]
    node = root
    for step in [*steps, *([blamed] if blamed else [])]:
        stands = next((name for name in WRITTEN_AS.get(step, ()) if node.has(name)), step)
        node = node.at(stands)
    return node


def _words(found: Error, node: Node, model: type[BaseModel]) -> tuple[str, str]:
    """Say what is wrong and what would be right."""
    kind, context = found["type"], found.get("ctx", {})
    if kind == "form":
        return context["wrong"], context["right"]
    name = str(found["loc"][-1])
    if kind == "extra_forbidden":
        return "is not a key here", did_you_mean(name, _keys(model, found["loc"][:-1]))
    if kind in ("literal_error", "enum"):
        allowed = re.findall(r"'([^']*)'", context["expected"])
        return f"{quoted(_text(found, node))} is not a word for this", did_you_mean(
            _text(found, node), allowed
        )
    if kind == "string_pattern_mismatch":
        noun, right = PATTERNS[context["pattern"]]
        return f"{quoted(_text(found, node))} is not {noun}", right
    if kind in BOUNDS:
        limit, direction = BOUNDS[kind]
        bound = _bound(context[limit], _text(found, node))
        return f"{quoted(_text(found, node))} is out of bounds", f"it may not be {direction} {bound}"
    return _plain_words(kind, context, name, node)


def _plain_words(kind: str, context: Error, name: str, node: Node) -> tuple[str, str]:
    plain = {
        "missing": ("is missing", f"write `{name}:` and its value"),
        "string_too_short": ("is empty", "write a text"),
        "string_too_long": ("is too long", f"keep it within {context.get('max_length')} characters"),
        "too_short": ("is empty", "write at least one entry"),
    }
    belongs = BELONGS_HERE.get(kind.removesuffix("_type"), "a value of another kind")
    return plain.get(kind, (f"{_what(node)} stands here", f"write {belongs}"))


def _text(found: Error, node: Node) -> str:
    """Take the written text: of the key itself where the key, not its value, is to blame."""
    return str(found["input"]) if found["loc"][-1] == "[key]" else node.text or "this"


def _bound(limit: object, written: str) -> str:
    """Say a bound the way the value is written: 1 is 100 % for a percentage."""
    return f"{int(str(limit)) * 100} %" if written.endswith("%") else str(limit)


def _what(node: Node) -> str:
    if node.text is not None:
        return quoted(node.text)
    return "a list" if isinstance(node.value, tuple) else "a mapping"


def _keys(model: type[BaseModel], steps: Sequence[object]) -> set[str]:
    """List the keys that the model at the end of a path knows."""
    for step in steps:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    return set(model.model_fields) - NEVER_WRITTEN


def _model_in(annotation: object) -> type[BaseModel] | None:
    """Find the model within an annotation such as `tuple[Kpi, ...]` or `Freshness | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)
