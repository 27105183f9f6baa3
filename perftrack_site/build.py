"""The story, read top to bottom: committed files in, verdicts and pages out.

This is the only module that knows every room; it carries plain values from one to the next.
"""

from __future__ import annotations

import calendar
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from perftrack_site import quality
from perftrack_site.config import load_project
from perftrack_site.config import schemas as config_schemas
from perftrack_site.config.models import Project
from perftrack_site.config.tables import declared, measured
from perftrack_site.editions.lock import lock
from perftrack_site.editions.publish import Edition, publish
from perftrack_site.errors import ConfigError, QualityError
from perftrack_site.evaluation import report_json
from perftrack_site.evaluation.evaluate import evaluate
from perftrack_site.evaluation.periods import edition_period, parse_period, period_of
from perftrack_site.evaluation.report import Period, Report
from perftrack_site.evaluation.windows import windows
from perftrack_site.history import Commit, head_commit
from perftrack_site.packaged import merge_templates
from perftrack_site.pages import make_pages, render
from perftrack_site.site.build import SiteSettings, build_site, site_url
from perftrack_site.site.links import check_links
from perftrack_site.sources import FORMATS, read_sources
from perftrack_site.sources.reading import Records
from perftrack_site.summary import Built, Checked, totals
from perftrack_site.warehouse.warehouse import open_warehouse

Step = Callable[[str], object]


@dataclass(frozen=True)
class Workspace:
    """A workspace as it was read: its contracts, its records, HEAD's commit, and the last day it knows."""

    root: Path
    project: Project
    records: Records
    commit: Commit | None
    as_of: date


def build(
    root: Path,
    *,
    out: Path | None = None,
    period_key: str | None = None,
    as_of: date | None = None,
    step: Step = lambda _: None,
) -> Built:
    """Build one period's edition and publish it in one step; whatever goes wrong leaves `out` as it was."""
    with lock(root / ".perftrack" / "lock"):
        step("Reading contracts and records")
        workspace = read_workspace(root, as_of)
        quality.write_rejects(workspace.records, root / "build" / "rejects.csv")
        if refused := _refusal(workspace):
            raise refused
        step("Evaluating")
        report = _evaluate(workspace, _period(workspace, period_key))
        quality.refuse_stale_sources(workspace.project, report)
        step("Laying out pages")
        work = root / "build" / report.period.key
        shutil.rmtree(work, ignore_errors=True)
        pages = make_pages(report)
        templates = merge_templates(root, work / "templates")
        render(pages, templates, work / "docs")
        step(f"Building {len(pages)} pages")
        build_site(work / "docs", work / "html", _site_settings(workspace, report, templates / "overrides"))
        step("Publishing")
        edition = _edition(workspace, report, work / "html")
        check_tree = partial(check_links, site_url=site_url(root))
        published = publish([edition], edition.key, out or root / "site", check_tree)
    return Built(report, totals(workspace.records.ledgers), pages=len(pages), kept=0, out=published.out)


def check(root: Path, as_of: date | None = None) -> Checked:
    """Read, account for every record and evaluate; publish nothing."""
    workspace = read_workspace(root, as_of)
    quality.write_rejects(workspace.records, root / "build" / "rejects.csv")
    refused = _refusal(workspace)
    notices = [] if refused else quality.notices(_evaluate(workspace, _period(workspace, None)))
    ledgers = workspace.records.ledgers
    return Checked(ledgers, totals(ledgers), refused, notices)


def evaluate_workspace(root: Path, *, period_key: str | None = None, as_of: date | None = None) -> Report:
    """Evaluate one period of a workspace, the current quarter by default."""
    workspace = read_workspace(root, as_of)
    if refused := _refusal(workspace):
        raise refused
    return _evaluate(workspace, _period(workspace, period_key))


def schemas() -> Mapping[str, Mapping[str, object]]:
    """Give the JSON Schema of each file in config/ and of results.json."""
    return {**config_schemas(), "results": report_json.schema()}


def read_workspace(root: Path, as_of: date | None) -> Workspace:
    """Read contracts, records and history; raises ConfigError with every fault of config/."""
    project = load_project(root, FORMATS)
    records = read_sources(project.sources, root / "data", project.settings.timezone)
    commit = None if as_of else head_commit(root, project.settings.timezone)
    return Workspace(root, project, records, commit, as_of or _last_day(project, records, commit))


def _last_day(project: Project, records: Records, commit: Commit | None) -> date:
    """Decide the last day a build knows; see docs/decisions/0004-as-of.md."""
    if commit and project.settings.as_of == "commit":
        return commit.day
    newest = max((ledger.snapshot.known_on for ledger in records.ledgers), default=None)
    if newest is None and not records.faults:
        raise ConfigError("There is no file in data/ to date this build by; add one, or say --as-of DAY.")
    return newest or date.min


def _refusal(workspace: Workspace) -> QualityError | None:
    return quality.refusal(workspace.project, workspace.records, workspace.as_of, workspace.commit)


def _period(workspace: Workspace, key: str | None) -> Period:
    settings = workspace.project.settings
    span = (
        parse_period(key, settings.fiscal_year_starts)
        if key
        else period_of(workspace.as_of, "quarter", settings.fiscal_year_starts)
    )
    if span.start > workspace.as_of:
        raise ConfigError(f"{span.key} begins on {span.start}, after {workspace.as_of}, the last day known.")
    return edition_period(span, workspace.as_of, settings.grace_days)


def _evaluate(workspace: Workspace, period: Period) -> Report:
    project, records = workspace.project, workspace.records
    with open_warehouse(records, declared(project), measured(project.catalogue)) as warehouse:
        measures = warehouse.measures(windows(project, period, workspace.as_of))
        evidence = quality.evidence(records, warehouse.checks())
        return evaluate(project, period, workspace.as_of, measures, warehouse.posts(), evidence)


def _site_settings(workspace: Workspace, report: Report, theme: Path) -> SiteSettings:
    cutoff = report.period.cutoff
    return SiteSettings(
        workspace=workspace.root,
        theme=theme,
        name=report.project,
        edition=report.period.key,
        label=report.period.label,
        as_at=f"{cutoff.day} {calendar.month_name[cutoff.month]} {cutoff.year}",
        epoch=calendar.timegm(cutoff.timetuple()),
    )


def _edition(workspace: Workspace, report: Report, html: Path) -> Edition:
    period = report.period
    return Edition(
        key=period.key,
        title=period.label,
        kind=period.kind,
        status="closed" if workspace.as_of > period.end else "open",
        start=period.start,
        end=period.end,
        html=html,
        data_commit=workspace.commit.id if workspace.commit else None,
    )
