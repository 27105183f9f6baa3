"""Every encoding as bytes in which ASCII is ASCII, and back byte for byte: a file can be cut, and not rewritten."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True)
class Body:
    """A file's bytes with ASCII as ASCII. `encoding` leads back: None where nothing was changed."""

    text: bytes
    encoding: str | None = None
    is_damaged: bool = False

    def written(self, text: bytes) -> bytes:
        """Write changed bytes in the file's own encoding; raises ValueError where there is no way back."""
        if self.is_damaged:
            raise ValueError("neither UTF-8 nor UTF-16")
        return _transcoded(text, "utf-8", self.encoding) if self.encoding else text


def decoded(piece: bytes) -> str:
    """Read bytes as UTF-8, else as Windows-1252."""
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError:
        return piece.decode("cp1252", "replace")


def body_of(content: bytes) -> Body:
    """Bring a file to ASCII's bytes: UTF-16 becomes UTF-8, everything else stays as it is."""
    encoding = MARKS.get(content[:2]) or _unmarked(content)
    if encoding is None:
        return Body(content)
    try:
        text = _transcoded(content, encoding, "utf-8")
        if _transcoded(text, "utf-8", encoding) == content:
            return Body(text, encoding)
    except UnicodeError:
        pass
    return Body(content.replace(b"\0", b""), is_damaged=True)


def _unmarked(content: bytes) -> str | None:
    """Recognise UTF-16 without a byte order mark by its NULs."""
    if b"\0" not in content[:2]:
        return None
    return "utf-16-be" if content[:1] == b"\0" else "utf-16-le"


def _transcoded(content: bytes, old: str, new: str) -> bytes:
    return content.decode(old, "surrogatepass").encode(new, "surrogatepass")
