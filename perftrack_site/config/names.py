"""Names and texts in messages: quoted safely, with the nearest known name beside a wrong one."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

SHOWN = 60  # characters of a written text that a message repeats
LISTED = 12  # names a message lists in full


def quoted(text: str) -> str:
    """Put a written text in quotes."""
    return f"'{printable(text)}'"


def printable(text: str) -> str:
    """Shorten a text and write its unprintable characters as escapes."""
    return harmless(text if len(text) <= SHOWN else text[: SHOWN - 3] + "...")


def harmless(text: str) -> str:
    """Write the unprintable characters of a text as escapes: a message never steers a terminal."""
    return "".join(mark if mark.isprintable() else ascii(mark)[1:-1] for mark in text)


def did_you_mean(name: str, known: Collection[str]) -> str:
    """Point to the known name that is nearest to a wrong one, else to those there are."""
    names = sorted(map(printable, known))
    if not names:
        return "none is declared yet"
    by_folded = {known_name.casefold(): known_name for known_name in names}
    nearest = get_close_matches(name.casefold(), sorted(by_folded), n=3, cutoff=0.6)
    if nearest:
        return f"did you mean '{by_folded[nearest[0]]}'?"
    if len(names) <= LISTED:
        return f"choose one of {', '.join(names)}"
    close = get_close_matches(name.casefold(), sorted(by_folded), n=3, cutoff=0.0)
    return f"the nearest are {', '.join(by_folded[match] for match in close)}"
