"""The story, read top to bottom: committed files in, verdicts and pages out.

This module and `publishing` know every room; they carry plain values from one to the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from perftrack_site import quality
from perftrack_site.config import load_project
from perftrack_site.config import schemas as config_schemas
from perftrack_site.config.models import Editions, Project
from perftrack_site.config.tables import declared, measured
from perftrack_site.editions.lock import lock
from perftrack_site.errors import ConfigError, QualityError
from perftrack_site.evaluation import report_json
from perftrack_site.evaluation.audience import INTERNAL, narrow, slug
from perftrack_site.evaluation.audience import audiences as audiences_of
from perftrack_site.evaluation.evaluate import evaluate
from perftrack_site.evaluation.periods import Span, edition_period, parse_period, period_of, published_spans
from perftrack_site.evaluation.report import Report
from perftrack_site.evaluation.windows import windows
from perftrack_site.history import Commit, head_commit
from perftrack_site.integration import integration
from perftrack_site.publishing import Step, Tree, publish_tree
from perftrack_site.sources import FORMATS, read_sources
from perftrack_site.sources.platforms.generic_tables import MAPPABLE
from perftrack_site.sources.privacy.leaks import Finding, find_leaks, refuse
from perftrack_site.sources.reading import Records
from perftrack_site.summary import Built, Checked, totals
from perftrack_site.warehouse.store import Store
from perftrack_site.warehouse.warehouse import open_warehouse

ALL = "all"
OWN_FOLDERS = ("config", "data", "site_templates", "build", ".perftrack", "site", "site-audiences")
MOST_EDITIONS = 120  # more are a mistyped year, and hours of work
EVERY_EDITION = Editions(week="all", month="all", quarter="all", year="all")


@dataclass(frozen=True)
class Workspace:
    """A workspace as it was read: its contracts, its records, HEAD's commit, and the last day it knows.

    `store` holds the rows that are not among the records.
    """

    root: Path
    project: Project
    records: Records
    commit: Commit | None
    as_of: date
    store: Store


def build(
    root: Path,
    *,
    out: Path | None = None,
    period_key: str | None = None,
    audience: str = INTERNAL,
    as_of: date | None = None,
    step: Step = lambda _: None,
) -> Built:
    """Build all editions, or that of one period, for one audience or `all`, and publish each tree in one step.

    The internal site goes to `site/`, an influencer's to `site-audiences/influencer-<key>/`; `out` names another
    place for one tree. A failure leaves what is published as it was.
    """
    _refuse_own_folders(root, audience, out)
    with lock(root / ".perftrack" / "lock"):
        step("Reading contracts and records")
        workspace = read_workspace(root, as_of)
        quality.write_rejects(workspace.records, root / "build" / "rejects.csv")
        if refused := _refusal(workspace):
            raise refused
        step("Evaluating")
        current = period_of_edition(workspace, period_key)
        chosen = [current] if period_key else _to_publish(workspace, current)
        reports = _evaluate(workspace, chosen)
        quality.refuse_stale_sources(workspace.project, reports[0])
        audiences = _audiences(workspace.project, audience, out)
        trees = {name: _tree(workspace, name, reports, chosen) for name in audiences}
        pages = [
            publish_tree(tree, root / "build" / slug(name), _place(root, name, out), step)
            for name, tree in trees.items()
        ]
    first = trees[audiences[0]].reports
    return Built(
        report=first[0],
        totals=totals(workspace.records.ledgers),
        editions=len(first),
        pages=sum(pages),
        kept=0,
        out=_place(root, audiences[0], out).resolve(),
        trees=len(trees),
        notices=workspace.store.notices,
    )


def check(root: Path, as_of: date | None = None) -> Checked:
    """Read, account for every record and evaluate; publish nothing."""
    workspace = read_workspace(root, as_of)
    quality.write_rejects(workspace.records, root / "build" / "rejects.csv")
    refused = _refusal(workspace)
    notices = [] if refused else quality.notices(*_evaluate(workspace, [period_of_edition(workspace, None)]))
    ledgers = workspace.records.ledgers
    return Checked(ledgers, totals(ledgers), refused, [*notices, *workspace.store.notices])


def evaluate_workspace(root: Path, *, period_key: str | None = None, as_of: date | None = None) -> Report:
    """Evaluate one period of a workspace, the current one by default."""
    workspace = read_workspace(root, as_of)
    if refused := _refusal(workspace):
        raise refused
    [report] = _evaluate(workspace, [period_of_edition(workspace, period_key)])
    return report


def schemas() -> Mapping[str, Mapping[str, object]]:
    """Give the JSON Schema of each file in config/ and of results.json."""
    return {**config_schemas(), "results": report_json.schema()}


def read_workspace(root: Path, as_of: date | None) -> Workspace:
    """Read contracts, records and history; raises ConfigError with every fault of config/, SecurityError for leaks."""
    project, leaks = contracts(root)
    refuse(leaks)
    store = Store(root / ".perftrack" / "cache")
    records = read_sources(project.sources, root / "data", project.settings.timezone, store)
    commit = None if as_of else head_commit(root, project.settings.timezone)
    return Workspace(root, project, records, commit, as_of or _last_day(project, records, commit), store)


def contracts(root: Path) -> tuple[Project, list[Finding]]:
    """Load the contracts, and look for secrets and personal data in every file.

    Secrets go before the faults of config/: those repeat what stands there.
    """
    try:
        project = load_project(root, FORMATS, MAPPABLE)
    except ConfigError:
        refuse(find_leaks(root))
        raise
    return project, find_leaks(root, project.sources)


def period_of_edition(workspace: Workspace, key: str | None) -> Span:
    """Find the period asked for; by default the one of the first goal's kind that holds the last day known."""
    settings = workspace.project.settings
    kind = settings.goals[0].per if settings.goals else "quarter"
    span = (
        parse_period(key, settings.fiscal_year_starts)
        if key is not None
        else period_of(workspace.as_of, kind, settings.fiscal_year_starts)
    )
    if span.start > workspace.as_of:
        raise ConfigError(f"{span.key} begins on {span.start}, after {workspace.as_of}, the last day known.")
    return span


def _refuse_own_folders(root: Path, audience: str, out: Path | None) -> None:
    """Refuse to publish among the workspace's own files, and where the tree of another audience belongs."""
    if out is None:
        return
    place = out.resolve()
    for name in OWN_FOLDERS:
        folder = (root / name).resolve()
        if folder in place.parents or (place == folder and (name, audience) != ("site", INTERNAL)):
            raise ConfigError(f"--out: {out} lies in {name}/ of the workspace; name a folder outside it.")


def _last_day(project: Project, records: Records, commit: Commit | None) -> date:
    """Decide the last day a build knows; see docs/decisions/0004-as-of.md."""
    if commit and project.settings.as_of == "commit":
        return commit.day
    days = [ledger.snapshot.known_on for ledger in records.ledgers] or _days_without_data(project, commit)
    newest = max(days, default=None)
    if newest is None and not records.faults:
        raise ConfigError(
            "No file in data/ belongs to a source, and so nothing dates this build; "
            "add a file, name it in config/sources.yml, or say --as-of DAY."
        )
    return newest or date.min


def _days_without_data(project: Project, commit: Commit | None) -> list[date]:
    """Date contracts that wait for their first file: by HEAD's commit, else by the newest agreement."""
    if commit:
        return [commit.day]
    return [campaign.agreed.on for campaign in project.campaigns if campaign.agreed]


def _refusal(workspace: Workspace) -> QualityError | None:
    return quality.refusal(workspace.project, workspace.records, workspace.as_of, workspace.commit)


def _audiences(project: Project, asked: str, out: Path | None) -> list[str]:
    if asked != ALL:
        return [asked]
    if out:
        raise ConfigError("--out names the place of one tree; leave it out with --audience all.")
    return [INTERNAL, *audiences_of(project)]


def _tree(workspace: Workspace, audience: str, reports: Sequence[Report], chosen: Sequence[Span]) -> Tree:
    """Take what an audience may see of every Report; only the internal tree names commits and other periods."""
    own = [narrow(report, audience) for report in reports]
    if audience == INTERNAL:
        return Tree(workspace.root, own, _unpublished(workspace, chosen), workspace.commit)
    # The current edition, and those in which they have a campaign: which others there are is others' doing.
    shown = [report for report in own[1:] if any(campaign.in_edition for campaign in report.campaigns)]
    return Tree(workspace.root, [own[0], *shown], (), None)


def _place(root: Path, audience: str, out: Path | None) -> Path:
    return out or (root / "site" if audience == INTERNAL else root / "site-audiences" / slug(audience))


def _to_publish(workspace: Workspace, current: Span) -> list[Span]:
    """List the editions to publish in the order of the version selector, the current one first."""
    newest = _spans(workspace, workspace.project.settings.editions)
    if len(newest) > MOST_EDITIONS:
        raise ConfigError(
            f"{len(newest)} editions would be published since the first campaign began; is a year mistyped? "
            "Else say in config/project.yml how many of each kind: `editions: {quarter: 8, year: 3}`."
        )
    return [current, *(span for span in newest if span.key != current.key)]


def _unpublished(workspace: Workspace, chosen: Sequence[Span]) -> list[Span]:
    keys = {span.key for span in chosen}
    return [span for span in _spans(workspace, EVERY_EDITION) if span.key not in keys]


def _spans(workspace: Workspace, newest: Editions) -> list[Span]:
    """List the newest periods of each kind since the first campaign began."""
    first = min((campaign.start for campaign in workspace.project.campaigns), default=workspace.as_of)
    return published_spans(newest, first, workspace.as_of, workspace.project.settings.fiscal_year_starts)


def _evaluate(workspace: Workspace, spans: Sequence[Span]) -> list[Report]:
    """Evaluate some periods over one warehouse."""
    project, records, as_of = workspace.project, workspace.records, workspace.as_of
    reports = []
    opened = open_warehouse(records, declared(project), measured(project.catalogue), workspace.store)
    with opened as warehouse:
        free_text = warehouse.texts(quality.free_text_columns())
        evidence = quality.evidence(records, warehouse.checks(), free_text)
        for span in spans:
            period = edition_period(span, as_of, project.settings.grace_days)
            measures = warehouse.measures(windows(project, period, as_of))
            benchmarks = warehouse.benchmarks(period.cutoff)
            covered = integration(
                project, warehouse.coverage(period.cutoff), warehouse.witnesses(period.cutoff)
            )
            reports.append(
                evaluate(project, period, as_of, measures, warehouse.posts(), evidence, benchmarks, covered)
            )
    return reports
