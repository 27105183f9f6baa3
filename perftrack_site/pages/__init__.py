"""From the Report to Markdown, SVG and downloads: pages are values first, files last."""

from __future__ import annotations

from .archive import write_archive
from .layout import render
from .make import make_pages, navigation
from .page import Page
from .plotly import write_shared

__all__ = ["Page", "make_pages", "navigation", "render", "write_archive", "write_shared"]
