"""Casts of names that are written in many ways and mean one thing: hashtags, platforms, persons."""

from __future__ import annotations

import re
import unicodedata

from perftrack_site.sources.cast import NAMES_A_PERSON, CellError, plain, word

PLATFORM_NAMES = {
    "twitter": "x",
    "x (twitter)": "x",
    "twitter/x": "x",
    "insta": "instagram",
    "ig": "instagram",
}
KEYED_HASH = re.compile(r"[0-9a-f]{32,64}")


def hashtag(text: str) -> str:
    """Read one hashtag: NFKC, case-folded, without the '#' before it."""
    return unicodedata.normalize("NFKC", plain(text)).strip().removeprefix("#").casefold()


def platform(text: str) -> str:
    """Read the name of a platform, such as `Instagram`; Twitter is x."""
    name = word(text)
    return PLATFORM_NAMES.get(name, name)


def keyed_hash(text: str) -> str:
    """Take the keyed hash that stands for a person; a name or an address never passes."""
    if not KEYED_HASH.fullmatch(text):
        raise CellError(NAMES_A_PERSON, "not a keyed hash: `perftrack scrub` writes one in place of a person")
    return text
