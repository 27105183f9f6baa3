"""A page before it is written: a value that a test can look at without a folder."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .text import Trusted, text

OURS = re.compile(r"[A-Za-z0-9._/#-]+")  # what keys and file names are made of; needs no references
HOME = "index.md"
CAMPAIGNS = "campaigns.md"
INFLUENCERS = "influencers.md"
DATA_QUALITY = "data-quality.md"
INTEGRATION = "integration.md"
HOW_WE_MEASURE = "how-we-measure.md"


@dataclass(frozen=True)
class Page:
    """A page of the site: `template` (below `pages/`) laid out with `values`.

    `path` is its Markdown file in the docs folder; `files` are downloads beside it: path in the docs folder
    -> content.
    """

    path: str
    title: str
    template: str
    values: Mapping[str, object]
    files: Mapping[str, str] = field(default_factory=dict)
    contents: bool = True  # whether a table of contents helps; else the page takes its room
    tags: tuple[str, ...] = ()  # words the search finds this page by before all others


def campaign_path(key: str) -> str:
    """Name the page of a campaign."""
    return f"campaigns/{key}.md"


def influencer_path(key: str) -> str:
    """Name the page of an influencer."""
    return f"influencers/{key}.md"


def beside(page: str, name: str) -> str:
    """Name a file served in the folder of `page`: `campaigns/spring.md` has `campaigns/spring/<name>`."""
    return posixpath.join(_folder(page), name)


def link(from_page: str, to: str, fragment: str = "") -> Trusted:
    """Give the final relative address from a page to another page (`*.md`) or to a file."""
    target = f"{_folder(to)}/" if to.endswith(".md") else to
    relative = posixpath.relpath(target.strip("/") or ".", _folder(from_page) or ".")
    address = f"{relative}{'/' if to.endswith('.md') else ''}{'#' if fragment else ''}{fragment}"
    return Trusted(address) if OURS.fullmatch(address) else text(address)


def shared(from_page: str, name: str) -> Trusted:
    """Give the address of a file that all editions share: `shared/` lies beside the editions' folders."""
    folder = _folder(from_page)
    depth = folder.count("/") + 1 if folder else 0
    return Trusted(f"{'../' * (depth + 1)}shared/{name}")


def _folder(page: str) -> str:
    return "" if page == HOME else page.removesuffix(".md")
