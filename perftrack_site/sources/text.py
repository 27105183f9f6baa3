"""From bytes to text, the same on every machine: byte order mark, then strict UTF-8, then Windows-1252."""

from __future__ import annotations

import codecs
import unicodedata

from perftrack_site.sources.format import SourceFile, refusal

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"))  # soft hyphen, zero-width blank, byte order mark
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SAVE_AGAIN = "save it again as CSV UTF-8"


def decode(file: SourceFile) -> tuple[str, tuple[str, ...]]:
    """Decode a text file; answers the text and a notice where the encoding had to be guessed."""
    content = file.content
    if content.startswith(UTF_16):
        return _decode_utf_16(file), ()
    if b"\x00" in content[:2]:
        raise refusal(file.path, 1, "", "looks like UTF-16 without a byte order mark", SAVE_AGAIN)
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return _decode_windows(file)


def _decode_utf_16(file: SourceFile) -> str:
    """Decode what its mark says is UTF-16; UTF-32 begins with the same bytes and shows by its NULs."""
    try:
        text = file.content.decode("utf-16")
    except UnicodeDecodeError as error:
        wrong = "is marked as UTF-16 and is damaged or cut off"
        raise refusal(file.path, 1, "", wrong, SAVE_AGAIN) from error
    if text.startswith("\x00"):
        raise refusal(file.path, 1, "", "is UTF-32 text", SAVE_AGAIN)
    return text


def _decode_windows(file: SourceFile) -> tuple[str, tuple[str, ...]]:
    try:
        text = file.content.decode("cp1252")
    except UnicodeDecodeError as error:
        line = file.content.count(b"\n", 0, error.start) + 1
        raise refusal(file.path, line, "", "is neither UTF-8 nor Windows-1252 text", SAVE_AGAIN) from error
    return text, ("read as Windows-1252, because it is not UTF-8: check the letters with accents",)


def line_of(text: str, offset: int) -> int:
    """Find the physical line (from 1) of an offset of `text`; a line ends with LF, CRLF or CR."""
    before = text[:offset]
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1


def folded(header: str) -> str:
    """Normalise a header for comparison: NFKC, no invisible characters, single blanks, no case."""
    return " ".join(unicodedata.normalize("NFKC", header).translate(INVISIBLE).split()).casefold()
