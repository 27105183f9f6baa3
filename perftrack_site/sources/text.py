"""From bytes to text, the same on every machine: byte order mark, then strict UTF-8, then Windows-1252."""

from __future__ import annotations

import codecs
import unicodedata

from perftrack_site.sources.format import SourceFile, refusal

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"))  # soft hyphen, zero-width blank, byte order mark


def decode(file: SourceFile) -> tuple[str, tuple[str, ...]]:
    """Decode a text file; answers the text and a notice where the encoding had to be guessed."""
    content = file.content
    if b"\x00" in content[:2]:
        raise refusal(
            file.path, 1, "", "looks like UTF-16 without a byte order mark", "save it again as CSV UTF-8"
        )
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16"), ()
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return _decode_windows(file)


def _decode_windows(file: SourceFile) -> tuple[str, tuple[str, ...]]:
    try:
        text = file.content.decode("cp1252")
    except UnicodeDecodeError as error:
        line = file.content.count(b"\n", 0, error.start) + 1
        raise refusal(
            file.path, line, "", "is neither UTF-8 nor Windows-1252 text", "save it again as CSV UTF-8"
        ) from error
    return text, ("read as Windows-1252, because it is not UTF-8: check the letters with accents",)


def line_of(text: str, offset: int) -> int:
    """Find the physical line (from 1) of an offset of `text`; a line ends with LF, CRLF or CR."""
    before = text[:offset]
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1


def folded(header: str) -> str:
    """Normalise a header for comparison: NFKC, no invisible characters, single blanks, no case."""
    return " ".join(unicodedata.normalize("NFKC", header).translate(INVISIBLE).split()).casefold()
