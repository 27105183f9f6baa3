"""From pages to Markdown files, laid out by templates; the only module that knows Jinja's environment."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from perftrack_site.errors import ConfigError, Fault

from .page import Page
from .text import text, title


def render(pages: Sequence[Page], templates: Path, out: Path) -> None:
    """Write pages, their downloads and the assets below `out`, a docs folder for MkDocs.

    `templates` holds `pages/`, `parts/` and `assets/`. Everything is laid out before the first file is written.
    ConfigError names a template that does not work.
    """
    environment = make_environment(templates)
    written = {page.path: markdown(environment, page) for page in pages}
    written |= {path: content for page in pages for path, content in page.files.items()}
    for path, content in written.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="\n")
    shutil.copytree(templates / "assets", out / "assets")


def make_environment(templates: Path) -> Environment:
    """Make a Jinja that prints every value through `text()` and stops at a name it does not know.

    Templates lay out and decide nothing, so they get no filter but `length` and no global: none that could
    mark a text as safe, cut an escaped text apart or join it anew.
    """
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        finalize=text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters = {"length": environment.filters["length"]}
    environment.globals = {}
    return environment


def markdown(environment: Environment, page: Page) -> str:
    """Lay out one page: front matter, then blocks of HTML between Markdown headings."""
    try:
        body = environment.get_template(f"pages/{page.template}").render(page.values)
    except (TemplateError, TypeError, UnicodeDecodeError) as error:
        raise ConfigError("A page could not be laid out:", (_fault(page, error),)) from error
    hidden = "navigation" if page.contents else "navigation, toc"  # the tabs above lead everywhere
    tags = f"tags: [{', '.join(title(tag) for tag in page.tags)}]\n" if page.tags else ""
    return f"---\ntitle: {title(page.title)}\nhide: [{hidden}]\n{tags}---\n\n{tidy(body)}"


def _fault(page: Page, error: Exception) -> Fault:
    place = f"site_templates/pages/{page.template}:{getattr(error, 'lineno', 1)}"
    return Fault(place, page.path, str(error), "compare it with the template that came with perftrack")


def tidy(body: str) -> str:
    """Leave blank lines only around Markdown headings: within HTML, a blank line would end the block."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    return "\n".join(f"\n{line}\n" if line.startswith("## ") else line for line in lines) + "\n"
