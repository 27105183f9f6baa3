"""Where each value of a JSON text stands, and under which names: found without decoding, so that a text can be cut.

Also of text that is cut off or not quite JSON: whoever looks for secrets does not stop at the first fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from perftrack_site.sources.privacy.encodings import decoded

PIECE = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{},:]|[^\s\[\]{},:"]++', re.DOTALL)
ITEM = "[]"
DEEPEST = 64  # as deep as a path is told


class Place(NamedTuple):
    """A string, number or word and where it stands; `path` ends with its own name, lists are `[]`.

    `holder` is the place of the bracket it stands in: members of one object have the same.
    """

    path: tuple[str, ...]
    start: int
    end: int
    holder: int


def places(text: bytes) -> Iterator[Place]:
    """Walk the values of a text, in its order; names of members are no values."""
    path: list[str] = []
    holders: list[int] = []
    name = ""
    for piece in PIECE.finditer(text):
        mark = text[piece.start() : piece.start() + 1]
        if mark in b"{[":
            path.append(name)
            holders.append(piece.start())
            name = ITEM if mark == b"[" else ""
        elif mark in b"}]":
            if holders:
                path.pop()
                holders.pop()
            name = _name_after(text, holders)
        elif mark == b",":
            name = _name_after(text, holders)
        elif mark != b":":
            if holders and name == "" and text[holders[-1]] == ord("{"):
                name = string(text[piece.start() : piece.end()]) or " "
            else:
                yield Place(
                    (*path[1:DEEPEST], name), piece.start(), piece.end(), holders[-1] if holders else -1
                )


def _name_after(text: bytes, holders: list[int]) -> str:
    return ITEM if holders and text[holders[-1]] == ord("[") else ""


def string(piece: bytes) -> str:
    """Read a JSON string, number or word as text."""
    if piece[:1] != b'"':
        return decoded(piece)
    try:
        return str(json.loads(decoded(piece), strict=False))
    except ValueError:
        return decoded(piece[1:-1])


def is_json(text: bytes) -> bool:
    """Tell JSON from other text by its first letter."""
    return text[:200].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def told(path: tuple[str, ...]) -> str:
    """Write a path as formats do: `orders[].customer.email`."""
    return ".".join(path).replace("." + ITEM, ITEM)


def split(pattern: str) -> tuple[str, ...]:
    """Take apart what `told` writes."""
    return tuple(part for name in pattern.split(".") for part in _with_items(name))


def _with_items(name: str) -> Iterator[str]:
    plain = name.rstrip(ITEM)
    if plain:
        yield plain
    yield from (ITEM for _ in range((len(name) - len(plain)) // 2))


def fits(path: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    """Say whether a value is, or stands within, what a pattern names, in whatever envelope: pages in a list, by id."""
    width = len(pattern)
    return any(path[at : at + width] == pattern for at in range(len(path) - width + 1))
