"""Just enough HTML reading to find tags, inline scripts and links in pages the engine wrote.

Not a browser: a page that fools this reader gains nothing, as a script it does not see gets no hash and the
browser's content security policy stops it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Possessive (*+, ++), so that a tag left open costs one scan and not an explosion.
_ATTRIBUTES = r"""((?:[^>"']++|"[^"]*+"|'[^']*+')*+)"""
_TOKEN = re.compile(
    rf"<!--.*?-->|<(script|style)\b{_ATTRIBUTES}>(.*?)</\1\s*>|<([a-z][^\s/>]*+){_ATTRIBUTES}>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


@dataclass(frozen=True)
class Tag:
    """An opening tag: name in lower case, attributes as text, what a script or style holds, its place."""

    name: str
    raw: str
    body: str
    start: int

    def attributes(self) -> dict[str, str]:
        """Read the attributes, character references resolved; the first of two with one name counts."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.raw):
            value = next((text for text in match.groups()[1:] if text is not None), "")
            found.setdefault(match[1].lower(), html.unescape(value))
        return found


def tags(page: str) -> Iterator[Tag]:
    """Find every opening tag of `page` in order; comments and what scripts hold are no tags."""
    for match in _TOKEN.finditer(page):
        if name := match[1] or match[4]:
            yield Tag(name.lower(), match[2] or match[5] or "", match[3] or "", match.start())
