"""Pages as a reader gets them: rendered, made HTML the way the site's engine does, and read back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import markdown  # type: ignore[import-untyped]

from perftrack_site import packaged
from perftrack_site.evaluation.report import Report
from perftrack_site.pages import make_pages, render

EXTENSIONS = ["toc", "tables", "fenced_code", "admonition", "attr_list", "md_in_html"]
VOID = {"br", "hr", "img", "input", "link", "meta"}


@dataclass
class Reader(HTMLParser):
    """Reads HTML into its text, its skeleton (tags with attribute names) and its attributes."""

    text: list[str] = field(default_factory=list)
    skeleton: list[tuple[str, ...]] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    nested_wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skeleton.append((tag, *(name for name, _ in attrs)))
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.nested_wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.skeleton.append(("comment", data))

    def values(self, tag: str, name: str) -> list[str]:
        return [value for its_tag, its_name, value in self.attributes if (its_tag, its_name) == (tag, name)]

    @property
    def words(self) -> str:
        return re.sub(r"[ \n]+", " ", "".join(self.text))


def laid_out(report: Report, docs: Path, workspace: Path | None = None) -> dict[str, str]:
    """Render every page of a report, with a workspace's templates over ours; its Markdown by path."""
    own = packaged.merge_templates(workspace, docs.with_name("templates")) if workspace else None
    render(make_pages(report), own or packaged.templates(), docs)
    return {path.relative_to(docs).as_posix(): path.read_text("utf-8") for path in sorted(docs.rglob("*.md"))}


def read(page: str) -> Reader:
    """Turn a page's Markdown into HTML and read it."""
    body = page.split("---\n", 2)[2]
    reader = Reader()
    reader.feed(markdown.markdown(body, extensions=EXTENSIONS))
    reader.close()
    return reader
