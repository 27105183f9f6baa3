"""What leads an order or payment to a campaign: promo codes and UTM tags, spelt one way whoever wrote them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from perftrack_site.sources.cast import NULL_TOKENS, CellError, plain

UTM_KEYS = ("campaign", "content", "source", "medium")
UTM_LINE = re.compile(
    r"^[ \t]*utm_(campaign|content|source|medium)[ \t]*:([^\r\n\x00]*)", re.MULTILINE | re.IGNORECASE
)


def promo_code(text: str) -> str:
    """Take one code: NFKC and capitals."""
    return unicodedata.normalize("NFKC", plain(text)).upper().strip()


def promo_codes(text: str) -> tuple[str, ...]:
    """Split the codes of a cell at commas; NFKC and capitals, each once."""
    codes = (promo_code(code) for code in plain(text).split(","))
    return tuple(dict.fromkeys(filter(None, codes)))


def utm_values(found: Mapping[str, str]) -> tuple[str, ...]:
    """Put the values of `utm_campaign` and so on in the order of UTM_KEYS: NFKC, empty text for what is not there.

    Anybody can write anything behind a link: a tag that is no text is none, and costs nobody an order.
    """
    named = {name.casefold(): value for name, value in found.items()}
    return tuple(_tag(named.get(f"utm_{key}", "")) for key in UTM_KEYS)


def _tag(text: str) -> str:
    value = unicodedata.normalize("NFKC", text).strip()
    try:
        return "" if value.casefold() in NULL_TOKENS else plain(value)
    except CellError:
        return ""


def utm_tags(text: str) -> tuple[str, ...]:
    """Find `utm_campaign: x` lines in the notes of an order, in the order of UTM_KEYS; nothing else is kept."""
    return utm_values({f"utm_{key}": value for key, value in UTM_LINE.findall(text)})


def utm_of_url(text: str) -> tuple[str, ...]:
    """Find the UTM tags in the query of an address, in the order of UTM_KEYS; nothing else is kept.

    What is no address has none.
    """
    try:
        query = urlsplit(text).query
    except ValueError:
        query = ""
    return utm_values(dict(parse_qsl(query)))


def utm_columns(values: object) -> dict[str, str | None]:
    """Name the values for the columns `utm_campaign` and so on of a row; what is not there is null."""
    told = values if isinstance(values, tuple) else ("",) * len(UTM_KEYS)
    return {f"utm_{key}": value or None for key, value in zip(UTM_KEYS, told, strict=True)}
