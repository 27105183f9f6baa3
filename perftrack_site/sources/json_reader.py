"""JSON, read strictly and with places: every value knows the lines it stands on.

Python's decoder reads the values; we walk the containers ourselves only as far as the list of records. The
bracket count is made without the decoder: it is the independent count of the ledger.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from perftrack_site.sources.format import SourceFile, refusal
from perftrack_site.sources.json_depth import is_deeper
from perftrack_site.sources.text import line_of

MAX_BYTES = 16 * 1024**2  # decoded, a text of small values takes a hundred times its size
MAX_DEPTH = 64
MAX_CONTAINERS = 400_000  # objects and lists, of which each takes hundreds of bytes of memory
MAX_VALUES = 800_000
TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"([ \t\r\n]*:)?|[\[\]{}]')
BLANK = re.compile(r"[ \t\r\n]*")


class _StrictnessError(ValueError):
    """A thing that JSON allows or a decoder lets pass, and we do not."""


class Inexact(str):
    """A number with a point or an exponent, as it is written: counters and ids are never that."""

    __slots__ = ()


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise _StrictnessError(f"the key {twice[:60]!r} stands twice in one object")
    return members


def _no_constant(name: str) -> object:
    raise _StrictnessError(f"{name} is not JSON")


STRICT = json.JSONDecoder(object_pairs_hook=_members, parse_constant=_no_constant, parse_float=Inexact)

WALKER = json.JSONDecoder(parse_float=Inexact)  # for text that STRICT has taken


@dataclass(frozen=True)
class Document:
    """A whole JSON text: where its lines begin, and how many containers were opened below which others.

    `opened["{[{"]` is the number of objects in arrays in the object at the top; `opened_at["{rows[{"]` of those in
    its member `rows` only.
    """

    path: str
    text: str
    line_starts: tuple[int, ...]
    opened: Counter[str]
    opened_at: Counter[str]

    def line(self, offset: int) -> int:
        return bisect_right(self.line_starts, offset)


@dataclass(frozen=True)
class Node:
    """A value and where it stands in its document."""

    document: Document
    value: object
    start: int
    end: int

    @property
    def first_line(self) -> int:
        return self.document.line(self.start)

    @property
    def last_line(self) -> int:
        return self.document.line(self.end - 1)

    def members(self) -> Iterator[tuple[str, Node]]:
        """Walk the members of an object, in the order of the file."""
        at = self._skip(self.start + 1)
        while self.document.text[at] != "}":
            key, at = WALKER.raw_decode(self.document.text, at)
            node = self._child(self._skip(self._skip(at) + 1))
            yield key, node
            at = self._next(node)

    def elements(self) -> Iterator[Node]:
        """Walk the elements of an array, in the order of the file."""
        at = self._skip(self.start + 1)
        while self.document.text[at] != "]":
            node = self._child(at)
            yield node
            at = self._next(node)

    def _child(self, at: int) -> Node:
        value, end = WALKER.raw_decode(self.document.text, at)
        return Node(self.document, value, at, end)

    def _next(self, node: Node) -> int:
        at = self._skip(node.end)
        return self._skip(at + 1) if self.document.text[at] == "," else at

    def _skip(self, at: int) -> int:
        found = BLANK.match(self.document.text, at)
        return found.end() if found else at


def read_json(file: SourceFile) -> Node:
    """Read a JSON file; raises QualityError for what is not strict JSON, too big or nested too deeply."""
    if len(file.content) > MAX_BYTES:
        raise refusal(
            file.path, 1, "", f"is larger than {MAX_BYTES // 1024**2} MiB", "split it into several files"
        )
    if is_deeper(file.content, MAX_DEPTH):
        raise refusal(file.path, 1, "", f"is nested more than {MAX_DEPTH} deep", "fetch it again")
    if (
        file.content.count(b"{") + file.content.count(b"[") > MAX_CONTAINERS
        or file.content.count(b",") > MAX_VALUES
    ):
        wrong = f"holds more than {MAX_CONTAINERS:,} objects and lists, or {MAX_VALUES:,} values"
        raise refusal(file.path, 1, "", wrong, "split it into several files")
    text = _decode(file)
    start = len(text) - len(text.lstrip(" \t\r\n"))
    try:
        value, end = STRICT.raw_decode(text, start)
    except json.JSONDecodeError as error:
        wrong = f"is not complete JSON ({error.msg} in column {error.colno})"
        raise refusal(file.path, line_of(text, error.pos), "", wrong, "fetch it again") from error
    except _StrictnessError as error:
        raise refusal(file.path, 1, "", str(error), "fetch it again") from error
    except ValueError as error:  # an integer of thousands of digits
        raise refusal(file.path, 1, "", "holds a number of absurd length", "fetch it again") from error
    if rest := text[end:].strip(" \t\r\n"):
        at = line_of(text, text.index(rest[0], end))
        raise refusal(file.path, at, "", "has more text after the JSON value", "keep one response per file")
    starts = (0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", text)))
    return Node(Document(file.path, text, starts, *_count_opened(text)), value, start, end)


def _decode(file: SourceFile) -> str:
    try:
        return file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.content.count(b"\n", 0, error.start) + 1
        raise refusal(
            file.path, line, "", "is not UTF-8 text", "fetch it again and save the bytes as they come"
        ) from error


def _count_opened(text: str) -> tuple[Counter[str], Counter[str]]:
    """Count the containers by the brackets around them, and by these and the names of the members they are in."""
    opened: Counter[str] = Counter()
    opened_at: Counter[str] = Counter()
    stack, named, name = "", [""], ""
    for token in TOKEN.finditer(text):
        mark = token.group()
        if mark in {"{", "["}:
            stack += mark
            named.append(f"{named[-1]}{name}{mark}")
            name = ""
            opened[stack] += 1
            opened_at[named[-1]] += 1
        elif mark in {"}", "]"}:
            stack = stack[:-1]
            named.pop()
            name = ""
        else:
            name = token.group(1) if token.group(2) else ""
    return opened, opened_at


def as_text(value: object) -> str:
    """Write a JSON value as the text a cast reads; None and missing ones are empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if type(value) is int:
        return str(value)
    return json.dumps(value, ensure_ascii=False)
