"""Proof that every link of a built tree leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from perftrack_site.errors import Fault
from perftrack_site.site.html import Tag, tags
from perftrack_site.site.names import folded

_LINKING = ("href", "src", "data-chart", "data-plotly")
_SCHEMES = {"https", "http", "mailto", "data"}
_REFRESH = re.compile(r"\d+\s*;\s*url=(.+)", re.IGNORECASE)


@dataclass(frozen=True)
class _Link:
    attribute: str
    target: str
    line: int


@dataclass(frozen=True)
class _Page:
    links: tuple[_Link, ...]
    anchors: frozenset[str]


@dataclass(frozen=True)
class _Tree:
    site_url: str
    files: frozenset[str]
    pages: dict[str, _Page]


def check_links(tree: Path, site_url: str) -> tuple[Fault, ...]:
    """Check every link of the pages below `tree`, which will be served at `site_url`.

    Relative links must lead to a file, fragments to an element. Links to our own pages are relative, so that
    a tree can be moved; only `rel=canonical` and the engine's 404 pages, which answer at any depth, are
    absolute. File names must differ by more than case, or a copy on another computer would lose some.
    """
    files = frozenset(path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file())
    pages = {
        name: _read((tree / name).read_text("utf-8")) for name in sorted(files) if name.endswith(".html")
    }
    site = _Tree(site_url, files, pages)
    faults = [
        Fault(f"{name}:{link.line}", f'{link.attribute}="{link.target}"', wrong)
        for name, page in pages.items()
        for link in page.links
        if (wrong := _wrong(name, link.target, site))
    ]
    return (*faults, *_twins(files))


def _read(page: str) -> _Page:
    links: list[_Link] = []
    anchors: set[str] = set()
    for tag in tags(page):
        attributes = tag.attributes() if tag.raw else {}
        if "id" in attributes:
            anchors.add(attributes["id"])
        links += [
            _Link(attribute, target, page.count("\n", 0, tag.start) + 1)
            for attribute, target in _targets(tag, attributes)
        ]
    return _Page(tuple(links), frozenset(anchors))


def _targets(tag: Tag, attributes: dict[str, str]) -> list[tuple[str, str]]:
    if tag.name == "link" and attributes.get("rel") == "canonical":
        return []
    if tag.name == "meta" and (refresh := _REFRESH.fullmatch(attributes.get("content", ""))):
        return [("content", refresh[1])]
    return [(key, attributes[key]) for key in _LINKING if key in attributes]


def _wrong(page: str, target: str, site: _Tree) -> str | None:
    """Say what is wrong with a link to `target` on `page`; None where it leads somewhere."""
    try:
        url = urlsplit(target)
    except ValueError:
        return "is no address"
    if url.scheme or url.netloc:
        return _wrong_address(target, url.scheme, site.site_url)
    path = _resolved(page, unquote(url.path), urlsplit(site.site_url).path)
    if path is None:
        return "is an absolute path; a relative one belongs there"
    return _wrong_path(path, url.path, unquote(url.fragment), site)


def _wrong_address(target: str, scheme: str, site_url: str) -> str | None:
    if target.startswith(site_url):
        return "is an address of this very site; a relative path belongs there"
    return None if scheme in _SCHEMES else "is no address a page may link to"


def _wrong_path(path: str, written: str, fragment: str, site: _Tree) -> str | None:
    index = f"{path}/index.html".lstrip("/")
    folder = not written or written.endswith(("/", ".", ".."))
    found = path if path in site.files and not written.endswith("/") else index
    if found not in site.files:
        return "leads to no file"
    if found == index and not folder:
        return "leads to a folder and lacks the slash at its end"
    if fragment and found in site.pages and fragment not in site.pages[found].anchors:
        return "leads to no element of that name"
    return None


def _resolved(page: str, path: str, root: str) -> str | None:
    """Resolve `path` as seen from `page` to a name in the tree (empty: its root); None if it is absolute."""
    if not path:
        return page
    if not path.startswith("/"):
        return normpath(f"/{page.rpartition('/')[0]}/{path}").strip("/")
    if page.endswith("404.html") and path.startswith(root):
        return normpath("/" + path.removeprefix(root)).strip("/")
    return None


def _twins(files: frozenset[str]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for name in sorted(files):
        other = first.setdefault(folded(name), name)
        if other != name:
            yield Fault(name, "", f"differs from {other} by case alone", "rename one of them")
