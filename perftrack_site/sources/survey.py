"""One pass over the bytes of a file: its git blob id, its lines, and whether it is plain enough to be read in bulk.

The lines are counted here, from the bytes, without any parser: where no cell is quoted, a record is a line.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1024**2
HASHED_AT_ONCE = 8 * CHUNK  # the longer a chunk, the seldomer the threads wait for each other
# What Python's `str.strip` cuts off ASCII text, line ends aside.
BLANKS = frozenset((b" ", b"\t", b"\v", b"\f", b"\x1c", b"\x1d", b"\x1e", b"\x1f"))
MARKS = sorted((*BLANKS, b"+"))


@dataclass(frozen=True)
class Survey:
    """What the bytes of a file tell. `lines` counts the last one too where no line end follows it.

    `is_plain`: UTF-8 without quotes and NULs, with one kind of line end (LF or CRLF) throughout. `marks`: which of
    MARKS stand anywhere; `is_ascii`: nothing else than ASCII does.
    """

    size: int
    blob: str
    lines: int
    is_plain: bool
    is_ascii: bool
    marks: frozenset[bytes]


def git_blob(content: bytes) -> str:
    """Compute the id git gives these bytes (sha1 is git's choice; nothing is protected by it)."""
    return hashlib.sha1(b"blob %d\x00" % len(content) + content, usedforsecurity=False).hexdigest()


def survey(location: Path) -> Survey:
    """Survey a file in chunks: hashed in one thread, looked through in another. Raises OSError."""
    with ThreadPoolExecutor(1) as other:
        blob = other.submit(blob_of, location)
        seen = _Seen()
        for chunk in _chunks(location, CHUNK):
            seen.add(chunk)
        return seen.as_survey(blob.result())


def blob_of(location: Path) -> str:
    """Compute the git blob id of a file without holding it. Raises OSError."""
    digest = hashlib.sha1(b"blob %d\x00" % location.stat().st_size, usedforsecurity=False)
    for chunk in _chunks(location, HASHED_AT_ONCE):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(location: Path, size: int) -> Iterator[bytes]:
    with location.open("rb", buffering=0) as file:
        while chunk := file.read(size):
            yield chunk


class _Seen:
    """What was seen of a file so far."""

    def __init__(self) -> None:
        self._size = self._feeds = self._returns = self._pairs = 0
        self._is_text = self._is_ascii = True
        self._marks: set[bytes] = set()
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._last = b""

    def add(self, chunk: bytes) -> None:
        self._size += len(chunk)
        self._feeds += chunk.count(b"\n")
        if b"\r" in chunk or self._last == b"\r":
            self._returns += chunk.count(b"\r")
            self._pairs += chunk.count(b"\r\n") + (self._last == b"\r" and chunk.startswith(b"\n"))
        self._marks.update(mark for mark in MARKS if mark not in self._marks and mark in chunk)
        self._is_text = self._is_text and b'"' not in chunk and b"\x00" not in chunk and self._decodes(chunk)
        self._last = chunk[-1:]

    def _decodes(self, chunk: bytes) -> bool:
        if chunk.isascii() and not self._decoder.getstate()[0]:
            return True
        self._is_ascii = False
        try:
            self._decoder.decode(chunk)
        except UnicodeDecodeError:
            return False
        return True

    def as_survey(self, blob: str) -> Survey:
        unfinished = self._last not in {b"\n", b""}
        one_line_end = self._returns in {0, self._feeds} and self._pairs == self._returns
        whole = not self._decoder.getstate()[0]
        return Survey(
            self._size,
            blob,
            self._feeds + unfinished,
            is_plain=self._is_text and whole and one_line_end,
            is_ascii=self._is_ascii,
            marks=frozenset(self._marks),
        )
