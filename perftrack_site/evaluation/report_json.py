"""The Report as JSON and back, exactly: `parse(dump(report)) == report`.

The dataclasses of `report.py` are the only description: keys stand in the order of their fields, a Fraction
is `"7/2"` or `"12"`, a day `"2026-07-06"`, a moment `"2026-07-06T21:59:59"` (UTC). See docs/results.md.
"""

from __future__ import annotations

import dataclasses
import json
import re
import types
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from perftrack_site.errors import ConfigError, Fault
from perftrack_site.evaluation.report import SCHEMA, Report

Json = Any  # what the json module reads and writes

SURROGATE = re.compile("[\ud800-\udfff]")
FRACTION = re.compile(r"-?\d{1,1000}(/[1-9]\d{0,999})?", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MOMENT = re.compile(rf"{DAY.pattern}T\d\d:\d\d:\d\d(\.\d{{6}})?", re.ASCII)


def dump(value: object) -> str:
    """Write a Report, or any part of it, as JSON: the same value gives the same text."""
    text = json.dumps(_plain(value), ensure_ascii=False, indent=1, allow_nan=False)
    # Half a surrogate pair, as a broken caption may hold, cannot be encoded: it is written as an escape.
    return SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text) + "\n"


def parse(text: str, name: str = "results.json") -> Report:
    """Read a Report that `dump` wrote; raise ConfigError with every fault where the text is another thing."""
    document = _document(text, name)
    faults: list[Fault] = []
    report = _Reader(name, faults).read(document, Report, "")
    if faults:
        raise ConfigError(f"{name} cannot be read as a report.", tuple(faults))
    return cast("Report", report)


def schema() -> Mapping[str, Json]:
    """Describe a Report as JSON Schema (2020-12), made from the dataclasses."""
    definitions = {cls.__name__: _object_schema(cls) for cls in documented_classes()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{SCHEMA}: results.json",
        "$ref": "#/$defs/Report",
        "$defs": dict(sorted(definitions.items())),
    }


def documented_classes() -> list[type]:
    """List the dataclasses a Report is made of, the Report first, then in the order in which they are met."""
    found: dict[type, None] = {}
    waiting: list[type] = [Report]
    while waiting:
        cls = waiting.pop(0)
        if cls not in found:
            found[cls] = None
            waiting.extend(part for hint in fields_of(cls).values() for part in _dataclasses_in(hint))
    return list(found)


@cache
def fields_of(cls: type) -> Mapping[str, Any]:
    """List the fields of a dataclass with their types, in order."""
    hints = get_type_hints(cls)
    return {entry.name: hints[entry.name] for entry in dataclasses.fields(cls)}


# --- writing -------------------------------------------------------------------------------------


def _plain(value: object) -> Json:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in fields_of(type(value))}
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(value[key]) for key in sorted(value)}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if value is None or isinstance(value, (str, int)):
        return value
    raise TypeError(f"a report holds no {type(value).__name__}")


# --- reading -------------------------------------------------------------------------------------


OPTIONAL = {Union, types.UnionType}


class _NotThatError(ValueError):
    """What would be right instead."""


def _document(text: str, name: str) -> Json:
    try:
        document = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        place = f"{name}:{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else name
        raise ConfigError(f"{place}: this is no JSON: {error}") from error
    found = document.get("schema") if isinstance(document, dict) else None
    if found != SCHEMA:
        raise ConfigError(
            f"{name}: schema is {json.dumps(found)}; this version of perftrack reads '{SCHEMA}'"
        )
    return document


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("an object names a key twice")
    return found


def _no_constant(name: str) -> Json:
    raise ValueError(f"{name} is not a number")


@dataclasses.dataclass(frozen=True)
class _Reader:
    """Reads JSON as values of given types, and notes every fault with its path."""

    name: str
    faults: list[Fault]

    def read(self, value: Json, hint: Any, path: str) -> Any:  # noqa: ANN401 - types are met at run time
        """Read a value as a type; note a fault and answer None where it is no such value."""
        try:
            return self._read(value, hint, path)
        except _NotThatError as right:
            self._note(path, f"must be {right}")

    def _read(self, value: Json, hint: Any, path: str) -> Any:  # noqa: ANN401
        origin, args = get_origin(hint), get_args(hint)
        if dataclasses.is_dataclass(hint):
            return self._read_object(_checked(isinstance(value, dict), value, "an object"), hint, path)
        if origin in OPTIONAL:
            kind = next(arg for arg in args if arg is not type(None))
            return None if value is None else self._read(value, kind, path)
        if origin is tuple:
            entries = enumerate(_checked(isinstance(value, list), value, "a list"))
            return tuple(self.read(entry, args[0], f"{path}[{index}]") for index, entry in entries)
        if origin is dict:
            pairs = _checked(isinstance(value, dict), value, "an object").items()
            return {key: self.read(entry, args[1], _joined(path, key)) for key, entry in pairs}
        return _literal(value, args) if origin is Literal else ATOMS[hint](value)

    def _read_object(self, value: Mapping[str, Json], cls: Any, path: str) -> object:  # noqa: ANN401
        hints = fields_of(cls)
        for key in sorted(set(value) - set(hints)):
            self._note(_joined(path, key), "is not known")
        for key in sorted(set(hints) - set(value)):
            self._note(_joined(path, key), "is missing")
        known = {key: self.read(value[key], hints[key], _joined(path, key)) for key in hints if key in value}
        # Where something is missing or wrong, None stands in; nobody sees it, the faults are raised.
        return cls(**{**dict.fromkeys(hints), **known})

    def _note(self, path: str, wrong: str) -> None:
        self.faults.append(Fault(self.name, path or "the document", wrong))


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _literal(value: Json, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise _NotThatError(f"one of {', '.join(choices)}")
    return str(value)


def _text(value: Json) -> str:
    return str(_checked(isinstance(value, str), value, "text"))


def _whole(value: Json) -> int:
    return int(_checked(isinstance(value, int) and not isinstance(value, bool), value, "a whole number"))


def _flag(value: Json) -> bool:
    return bool(_checked(isinstance(value, bool), value, "true or false"))


def _fraction(value: Json) -> Fraction:
    right = 'an exact number in quotes: "12" or "7/2"'
    return Fraction(_checked(isinstance(value, str) and bool(FRACTION.fullmatch(value)), value, right))


def _day(value: Json) -> date:
    right = 'a day: "2026-07-06"'
    try:
        return date.fromisoformat(
            _checked(isinstance(value, str) and bool(DAY.fullmatch(value)), value, right)
        )
    except ValueError as error:
        raise _NotThatError(right) from error


def _moment(value: Json) -> datetime:
    right = 'a moment: "2026-07-06T21:59:59"'
    try:
        found = _checked(isinstance(value, str) and bool(MOMENT.fullmatch(value)), value, right)
        return datetime.fromisoformat(found)
    except ValueError as error:
        raise _NotThatError(right) from error


def _checked(ok: bool, value: Json, right: str) -> Json:  # noqa: FBT001 - a condition and its message
    if not ok:
        raise _NotThatError(right)
    return value


ATOMS: Mapping[Any, Callable[[Json], object]] = {
    str: _text,
    int: _whole,
    bool: _flag,
    Fraction: _fraction,
    date: _day,
    datetime: _moment,
}


# --- describing ----------------------------------------------------------------------------------

ATOM_SCHEMAS: Mapping[Any, Mapping[str, Json]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Fraction: {"type": "string", "pattern": r"^-?\d+(/[1-9]\d*)?$"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def _object_schema(cls: type) -> Mapping[str, Json]:
    hints = fields_of(cls)
    return {
        "type": "object",
        "description": (cls.__doc__ or "").split("\n\n")[0],
        "properties": {name: _schema(hint) for name, hint in hints.items()},
        "required": list(hints),
        "additionalProperties": False,
    }


def _schema(hint: Any) -> Mapping[str, Json]:  # noqa: ANN401
    origin, args = get_origin(hint), get_args(hint)
    if dataclasses.is_dataclass(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}  # type: ignore[union-attr]
    if origin in OPTIONAL:
        return {"anyOf": [{"type": "null"} if arg is type(None) else _schema(arg) for arg in args]}
    if origin is tuple:
        return {"type": "array", "items": _schema(args[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(args[1])}
    return {"enum": list(args)} if origin is Literal else ATOM_SCHEMAS[hint]


def _dataclasses_in(hint: Any) -> Iterator[type]:  # noqa: ANN401
    if dataclasses.is_dataclass(hint):
        yield hint  # type: ignore[misc]
    for arg in get_args(hint):
        yield from _dataclasses_in(arg)
