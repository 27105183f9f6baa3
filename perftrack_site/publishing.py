"""From Reports to a published tree: pages laid out, editions built side by side, swapped in whole."""

from __future__ import annotations

import calendar
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from perftrack_site.editions.publish import Edition, publish
from perftrack_site.errors import ConfigError, SiteError
from perftrack_site.evaluation.periods import Span
from perftrack_site.evaluation.report import Report
from perftrack_site.history import Commit
from perftrack_site.packaged import merge_templates, own_templates
from perftrack_site.pages import make_pages, navigation, render, write_archive, write_shared
from perftrack_site.site.build import SiteSettings, build_site, site_url
from perftrack_site.site.links import check_links

SHOWN_WEEKS = 4  # in the version selector; older ones are in the archive
Step = Callable[[str], object]


@dataclass(frozen=True)
class Tree:
    """What one tree is published from: the Reports of its editions, in the order of the version selector."""

    root: Path  # the workspace
    reports: Sequence[Report]  # `latest` and the root lead to the first
    unpublished: Sequence[Span]  # periods the archive names without publishing them
    commit: Commit | None


def publish_tree(tree: Tree, work: Path, out: Path, step: Step) -> int:
    """Build every edition below `work`, publish all of them to `out` in one step, and count the pages."""
    if work.exists():
        shutil.rmtree(work)
    work.mkdir(parents=True)
    templates = merge_templates(tree.root, work / "templates")
    write_archive(tree.reports, tree.unpublished, templates, work / "common")
    write_shared(work / "common")
    step("Laying out pages")
    pages = [_lay_out(report, templates, work / report.period.key / "docs") for report in tree.reports]
    step(f"Building {sum(pages)} pages of {len(tree.reports)} editions")
    # The engine is a process of its own: as many run side by side as there are cores.
    with _blaming_own_templates(tree.root), ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(partial(_build_one, tree.root, work, templates / "overrides"), tree.reports))
    step("Publishing")
    editions = [_edition(tree, report, work / report.period.key / "html") for report in tree.reports]
    check = partial(check_links, site_url=site_url(tree.root))
    with _blaming_own_templates(tree.root):
        publish(editions, editions[0].key, out, check, work / "common")
    return sum(pages)


@contextmanager
def _blaming_own_templates(workspace: Path) -> Iterator[None]:
    """Take a faulty tree for our bug only where the templates are ours."""
    try:
        yield
    except SiteError as error:
        if not own_templates(workspace):
            raise
        way_out = "Compare the templates in site_templates/ with those that came with perftrack."
        raise ConfigError(f"{error.message} {way_out}", error.faults) from error


def _lay_out(report: Report, templates: Path, docs: Path) -> int:
    pages = make_pages(report)
    render(pages, templates, docs)
    return len(pages)


def _build_one(root: Path, work: Path, theme: Path, report: Report) -> None:
    cutoff = report.period.cutoff
    settings = SiteSettings(
        workspace=root,
        theme=theme,
        name=report.project,
        edition=report.period.key,
        label=report.period.label,
        as_at=f"{cutoff.day} {calendar.month_name[cutoff.month]} {cutoff.year}",
        epoch=calendar.timegm(cutoff.timetuple()),
        nav=navigation(report),
    )
    build_site(work / report.period.key / "docs", work / report.period.key / "html", settings)


def _edition(tree: Tree, report: Report, html: Path) -> Edition:
    period = report.period
    weeks = [one.period.key for one in tree.reports if one.period.kind == "week"]
    return Edition(
        key=period.key,
        title=period.label,
        kind=period.kind,
        status="closed" if report.as_of > period.end else "open",
        start=period.start,
        end=period.end,
        html=html,
        data_commit=tree.commit.id if tree.commit else None,
        hidden=period.key in weeks[SHOWN_WEEKS:],
    )
