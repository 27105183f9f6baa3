"""Text that is written twice over: JSON escapes and percent signs undone, with the way back to the bytes of the file.

The next page of a paged answer is a web address in a JSON string: `&` may stand as an escape, `=` as %3D.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property

JSON_ESCAPE = re.compile(rb"\\(?:u[0-9A-Fa-f]{4}|[\\\"/bfnrt])")
PERCENT = re.compile(rb"%[0-9A-Fa-f]{2}")
LETTERS = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t"}
MOST_LAYERS = 3  # an address in an address in a JSON string


class View:
    """Bytes with one layer undone, and where each stands in the bytes below."""

    def __init__(
        self, text: bytes, below: View | None = None, escape: re.Pattern[bytes] | None = None
    ) -> None:
        self.text = text
        self._below = below
        self._escape = escape

    @cached_property
    def _steps(self) -> tuple[list[int], list[int]]:
        """Give the places of this view after which the distance to the view below grows, and that distance."""
        places, distances = [0], [0]
        if self._below and self._escape:
            for found in self._escape.finditer(self._below.text):
                places.append(found.start() - distances[-1] + 1)
                distances.append(found.end() - places[-1])
        return places, distances

    def origin(self, place: int) -> int:
        """Find where a place of this view stands in the bytes of the file."""
        if self._below is None:
            return place
        places, distances = self._steps
        return self._below.origin(place + distances[bisect_right(places, place) - 1])


def views(text: bytes) -> Iterator[View]:
    """Yield the text as it is meant: with JSON's escapes undone, then with each layer of percent signs undone."""
    view = _undone(View(text), JSON_ESCAPE, b"\\", _json_letter)
    yield view
    for _ in range(MOST_LAYERS):
        under = view
        view = _undone(under, PERCENT, b"%", _percent_letter)
        if view is under:
            return
        yield view


def _undone(
    view: View, escape: re.Pattern[bytes], mark: bytes, letter: Callable[[re.Match[bytes]], bytes]
) -> View:
    if mark not in view.text:
        return view
    text, times = escape.subn(letter, view.text)
    return View(text, view, escape) if times else view


def _json_letter(found: re.Match[bytes]) -> bytes:
    """Give one byte for an escape; letters beyond ASCII are in no secret, any byte will do."""
    escaped = found[0][1:]
    if len(escaped) == 1:
        return LETTERS.get(escaped, escaped)
    code = int(escaped[1:], 16)
    return bytes([code]) if code < 0x80 else b"\xff"  # noqa: PLR2004 ASCII ends there


def _percent_letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[0][1:], 16)])
