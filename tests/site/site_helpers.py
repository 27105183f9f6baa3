"""A workspace and a folder of pages, small enough to read."""

from __future__ import annotations

import shutil
from pathlib import Path

from perftrack_site.site.build import SiteSettings

REPOSITORY = Path(__file__).parents[2]

NAV = (
    ("Overview", "index"),
    ("Campaigns", "campaigns"),
    ("Influencers", "influencers"),
    ("Data quality", "data-quality"),
    ("How we measure", "how-we-measure"),
)
PAGES = {
    "index.md": '# Overview\n\n<p>6 of 9 met their KPIs. <a href="campaigns/spring/">Spring</a></p>\n',
    "campaigns.md": '# Campaigns\n\n<ul><li><a href="spring/">Spring launch</a></li></ul>\n',
    "campaigns/spring.md": "# Spring launch\n\n## KPIs {#kpis}\n\nReach of rooibos drinkers.\n\n"
    '<p><a href="../../how-we-measure/#reach">reach</a></p>\n',
    "influencers.md": "# Influencers\n\nNobody yet.\n",
    "data-quality.md": "# Data quality\n\nEvery record is accounted for.\n",
    "how-we-measure.md": "# How we measure\n\n## Reach {#reach}\n\nPeople.\n",
    "results.json": "{}\n",
}


def write_docs(folder: Path, more: dict[str, str] | None = None) -> Path:
    for name, text in {**PAGES, **(more or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    shutil.copytree(REPOSITORY / "site_templates/assets", folder / "assets", dirs_exist_ok=True)
    return folder


def settings(workspace: Path, name: str = "Acme performance") -> SiteSettings:
    """Settings of a new workspace in `workspace`, with the mkdocs.yml every workspace begins with."""
    workspace.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(REPOSITORY / "mkdocs.yml", workspace / "mkdocs.yml")
    theme = REPOSITORY / "site_templates/overrides"
    return SiteSettings(workspace, theme, name, "2026-Q4", "Q4 2026", "21 November 2026", 1_795_000_000, NAV)


def with_archive(tree: Path) -> Path:
    """Put beside the editions of a tree the archive that every page leads to."""
    (tree / "archive").mkdir()
    (tree / "archive/index.html").write_text("<h1>All editions</h1>", "utf-8")
    return tree
