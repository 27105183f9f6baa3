"""From a folder of Markdown to the HTML tree of one edition."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from perftrack_site.errors import SiteError
from perftrack_site.site import mkdocs
from perftrack_site.site.csp import secure
from perftrack_site.site.names import refuse_collisions

LATEST_EPOCH = 2**32 - 1  # the sitemap is written with gzip, which knows no day before 1970 or after 2106


@dataclass(frozen=True)
class SiteSettings:
    """What one edition's site is told besides its pages."""

    workspace: Path  # holds mkdocs.yml
    theme: Path  # what goes before the theme's own templates
    name: str  # of the project, as configured; untrusted text
    edition: str  # its folder below the root of the site: 2026-Q4
    label: str  # Q4 2026
    as_at: str  # a day in words: what was known by then is shown
    epoch: int  # seconds since 1970, for the dates of the sitemap (SOURCE_DATE_EPOCH)
    nav: tuple[tuple[str, str], ...]  # title and page, the same on every page


def build_site(docs: Path, out: Path, settings: SiteSettings) -> None:
    """Build the Markdown below `docs` into the folder `out`, which is made anew.

    `<out>.mkdocs` beside it holds what the engine was told, to look at when a page looks wrong. The same
    pages and settings give the same bytes. Links are proven later, in the whole published tree
    (`links.check_links`). Raises ConfigError for a faulty `mkdocs.yml`; SiteError for pages that collide,
    that the engine refuses or that hold active content.
    """
    refuse_collisions(docs)
    told = out.with_name(f"{out.name}.mkdocs")
    for folder in (told, out):
        shutil.rmtree(folder, ignore_errors=True)
    told.mkdir(parents=True)
    config_file = told / "mkdocs.yml"
    config_file.write_text(_config(docs, out, settings), "utf-8")
    mkdocs.run(config_file, min(max(settings.epoch, 0), LATEST_EPOCH))
    _drop_noise(out)
    secure(out)


def site_url(workspace: Path) -> str:
    """Give the address of the whole site: `site_url` of the workspace's `mkdocs.yml`, or a stand-in."""
    return mkdocs.root_url(mkdocs.read_base(workspace / "mkdocs.yml"))


def _config(docs: Path, out: Path, settings: SiteSettings) -> str:
    base_file = settings.workspace / "mkdocs.yml"
    base = mkdocs.read_base(base_file)
    edition = {"label": settings.label, "as_at": settings.as_at, "public": bool(base.get("site_url"))}
    return mkdocs.config(
        base_file,
        base,
        custom_dir=str(settings.theme.resolve()),
        docs_dir=str(docs.resolve()),
        site_dir=str(out.resolve()),
        site_url=f"{mkdocs.root_url(base)}{settings.edition}/",
        site_name=mkdocs.escaped(settings.name),
        nav=[{title: _page(docs, stem)} for title, stem in settings.nav],
        extra={"version": {"provider": "mike", "default": "latest"}, "edition": edition},
    )


def _page(docs: Path, stem: str) -> str:
    """Find the page of a navigation entry: `campaigns.md` or `campaigns/index.md`."""
    for name in (f"{stem}.md", f"{stem}/index.md"):
        if (docs / name).is_file():
            return name
    raise SiteError(f"The navigation names the page {stem}, and there is no {stem}.md.")


def _drop_noise(out: Path) -> None:
    """Remove the theme's source maps: 1 MB an edition, for its developers."""
    for path in out.glob("assets/**/*.map"):
        path.unlink()
