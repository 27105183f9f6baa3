"""Reports as one site of the real engine, each in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from support import REPOSITORY

from perftrack_site import packaged
from perftrack_site.evaluation.report import Report
from perftrack_site.pages import make_pages, navigation, render
from perftrack_site.site.build import SiteSettings, build_site


def build_reports(reports: Mapping[str, Report], folder: Path, name: str = "Acme performance") -> None:
    """Build `folder/html` with the pages of each report below the folder of its key, in one run of the engine."""
    docs = folder / "docs"
    for key, report in reports.items():
        render(make_pages(report), packaged.templates(), docs / key)
    first, report = next(iter(reports.items()))
    shutil.copytree(docs / first, docs, dirs_exist_ok=True)
    theme, nav = packaged.templates() / "overrides", navigation(report)
    settings = SiteSettings(REPOSITORY, theme, name, "2031-Q4", "Q4 2031", "today", epoch=0, nav=nav)
    build_site(docs, folder / "html", settings)
