"""The one way by which text reaches a page.

What a person or a platform wrote (captions, names, handles, reasons) may hold anything. `text()` normalises
it and writes everything but letters, digits, spaces and the marks . , - as a numeric character reference, so
that Markdown, HTML, attributes, front matter and Jinja see nothing but words. Every `{{ value }}` of a
template passes through it; HTML that we made ourselves is `Trusted` and passes as it is.
"""

from __future__ import annotations

import re
import unicodedata

from jinja2 import Undefined
from markupsafe import Markup

# Shown in place of what would be invisible or would turn the line around: controls, bidi overrides, lone
# surrogates.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Joiners shape Persian and Indic words and hold emoji together.
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
UNSAFE = re.compile(r"[^\w .,-]|_")
SPACES = re.compile(r"[\t\n\x0b\x0c\r\x1c-\x1f\x20\x85\u2028\u2029]+")
HTTPS = re.compile(r"https://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#][!-~]*)?")
# The theme takes the title's references apart again and prints the result into <title>, where "</title>"
# would end it.
TITLE_BRACKETS = str.maketrans(
    {
        "<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
        ">": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
    }
)


class Trusted(Markup):
    """HTML made by our own functions; whatever is joined to it goes through `text()`."""

    __slots__ = ()

    @classmethod
    def escape(cls, s: object) -> Trusted:
        """Write `s` the way `text()` does; markupsafe calls this for everything joined to trusted HTML."""
        return text(s)


def normalise(value: str) -> str:
    """Put `value` into composed form on one line, with what is invisible made visible.

    NFC; line breaks, tabs and runs of spaces become one space; other control and format characters, lone
    surrogates and noncharacters become U+FFFD, one for each run. Zero-width joiners stay.
    """
    spaced = SPACES.sub(" ", unicodedata.normalize("NFC", value)).strip(" ")
    if spaced.isprintable():
        return spaced
    shown = "".join(REPLACEMENT if _unshowable(char) else char for char in spaced)
    return re.sub(f"{REPLACEMENT}+", REPLACEMENT, shown)


def _unshowable(char: str) -> bool:
    code = ord(char)
    noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004 (Unicode's own 66)
    return noncharacter or (unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char not in JOINERS)


def text(value: object) -> Trusted:
    """Make `value` (str or int) safe for any place in a page: words stay, all else becomes references.

    Trusted HTML passes unchanged. Anything but str and int is a TypeError: days and numbers are put into
    words in Python, and a forgotten None must not be printed. An undefined name of a template raises when it
    is read here.
    """
    if isinstance(value, Markup):
        return Trusted(value)
    if isinstance(value, bool) or not isinstance(value, int | str | Undefined):
        raise TypeError(f"a page shows words and whole numbers, not {type(value).__name__}: {value!r}")
    return Trusted(UNSAFE.sub(lambda found: f"&#{ord(found[0])};", normalise(str(value))))


def title(value: str) -> str:
    """Write `value` as a YAML string for the front matter's `title`, in quotes.

    Angle brackets become single quotation marks of that shape: the theme undoes references in the page's
    <title>.
    """
    return f'"{text(value.translate(TITLE_BRACKETS))}"'


def permalink(url: str, words: str) -> Trusted:
    """Link to a post's own page where the address is plain https; any other address is shown as text."""
    if HTTPS.fullmatch(url) is None:
        return Trusted("{} ({})").format(words, url) if url else text(words)
    return Trusted('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(url, words)
