"""The content security policy of each page: our own files, and of inline scripts the theme's own, by hash.

The theme needs a few inline scripts. Blessing whatever script a page holds would bless one that came in with
data, so the list of those allowed is taken from the page that shows no data at all: 404.html.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from perftrack_site.errors import Fault, SiteError
from perftrack_site.site.html import Tag, tags

_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
)  # data: is for the theme's icons, which its style sheet draws from data URLs
_CHARSET = '<meta charset="utf-8">'
_DEPTH = re.compile(r'new URL\("[^"]*",location\)')  # the one part of a theme script that differs by folder
_SUSPECT = re.compile(r"\b(?:on[a-z]+|style|srcdoc)\s*=", re.IGNORECASE)  # worth a closer look
_ACTIVE_ATTRIBUTE = re.compile(r"on[a-z]+|style|srcdoc")


def secure(tree: Path) -> None:
    """Give each page below `tree` its policy. Raise SiteError where a page holds active content of its own.

    A policy of a `meta` element holds from its place on, so it stands first in the head; only the charset
    stands before it, which browsers look for in the first 1024 bytes.
    """
    allowed = {_constant(tag.body) for tag in _inline_scripts((tree / "404.html").read_text("utf-8"))}
    faults = []
    for path in sorted(tree.rglob("*.html")):
        page = path.read_text("utf-8")
        faults += [
            Fault(f"{path.relative_to(tree).as_posix()}:{page.count(chr(10), 0, tag.start) + 1}", "", wrong)
            for tag in tags(page)
            if (wrong := _wrong(tag, allowed))
        ]
        path.write_text(_with_policy(page), "utf-8", newline="")
    if faults:
        raise SiteError("These pages hold active content that is not the theme's.", tuple(faults))


def policy(page: str) -> str:
    """Write the policy of `page`, with the SHA-256 of each of its inline scripts."""
    hashes = sorted({_hash(tag.body) for tag in _inline_scripts(page)})
    return _POLICY.format(scripts=" ".join(["'self'", *hashes]))


def _with_policy(page: str) -> str:
    before, charset, after = page.partition(_CHARSET)
    if not charset:
        raise SiteError(f"A page of the theme has no {_CHARSET}; keep it in overrides/main.html.")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(page)}">'
    return f"{before}{charset}\n{meta}{after}"


def _inline_scripts(page: str) -> list[Tag]:
    return [tag for tag in tags(page) if tag.name == "script" and _runs(tag)]


def _runs(tag: Tag) -> bool:
    attributes = tag.attributes()
    return "src" not in attributes and attributes.get("type") != "application/json"


def _wrong(tag: Tag, allowed: set[str]) -> str | None:
    if tag.name == "script" and _runs(tag) and _constant(tag.body) not in allowed:
        return "an inline script"
    if tag.name in {"style", "iframe", "object", "embed", "base"}:
        return f"an element <{tag.name}>"
    if not _SUSPECT.search(tag.raw):
        return None
    active = next(filter(_ACTIVE_ATTRIBUTE.fullmatch, tag.attributes()), None)
    return f"an attribute {active} in an element <{tag.name}>" if active else None


def _constant(script: str) -> str:
    return _DEPTH.sub('new URL("",location)', script)


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.replace("\r\n", "\n").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
