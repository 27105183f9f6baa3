"""Settings, sources and business KPIs: names resolve, limits are in order, files stay below data/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from perftrack_site.config.catalogue import built_in_catalogue, metric_faults
from perftrack_site.config.check_keys import once
from perftrack_site.config.check_targets import check_target
from perftrack_site.config.forms import days, whole
from perftrack_site.config.models import Metric, MetricType
from perftrack_site.config.names import quoted
from perftrack_site.config.tree import Node
from perftrack_site.config.written import WrittenProject
from perftrack_site.errors import Fault

DATED = re.compile(r"\{extracted_at:([^{}]*)\}")
COVERED = re.compile(r"\{(?:from|to):%Y[^{}]*\}")  # what it covers; the sources room reads its form
DAY_PARTS = ("%Y", "%m", "%d")
DIRECTIVE = re.compile(r"%(.)")
DIRECTIVES = "YmdHMS"

# What a goal's target is measured in: a share of campaigns.
SHARE_OF_CAMPAIGNS = Metric(
    key="share_of_campaigns",
    label="Share of campaigns",
    definition="Campaigns that met their KPIs over the campaigns counted.",
    type=MetricType.SIMPLE,
    unit="share",
    direction="higher",
    at_most=Decimal(1),
    effective_from=date(2026, 1, 1),
)


def check(project: WrittenProject) -> Iterator[Fault]:
    """Tell what is wrong in every file but the campaigns, beyond the form of its entries."""
    yield from _settings(project)
    for source in project.sources.at("sources").items:
        yield from _source(source, project)
    yield from metric_faults(
        project.additions.at("metrics").items, built_in_catalogue(), complete=project.metric_names.complete
    )
    for kpi in project.business.at("kpis").items:
        metric = kpi.at("metric")
        yield from project.metric_names.unknown(metric)
        known = project.catalogue.get(metric.text or "")
        if known:
            yield from check_target(kpi.at("target"), known)


def _settings(project: WrittenProject) -> Iterator[Fault]:
    for goal in project.settings.at("goals").items:
        yield from check_target(goal.at("target"), SHARE_OF_CAMPAIGNS)
    for metric, source in project.settings.at("authority").entries.items():
        yield from project.metric_names.unknown_key(source, metric)
        yield from project.source_names.unknown(source)
    yield from once(project.settings.at("attribution").items)
    yield from _tiers(project.settings.at("tiers"))


def _tiers(tiers: Node) -> Iterator[Fault]:
    """Tell a tier that does not begin above the one before it."""
    before: int | None = None
    for tier in tiers.entries.values():
        begins = whole(tier.text) if tier.text is not None else None
        if begins is None:
            continue
        if before is not None and begins <= before:
            yield tier.fault(
                f"{begins} is not above the tier before ({before})", "write the tiers from small to large"
            )
        before = begins


def _source(source: Node, project: WrittenProject) -> Iterator[Fault]:
    yield from project.format_names.unknown(source.at("format"))
    if source.at("files").text is not None:
        yield from _files(source.at("files"))
    warn, error = (
        days(limit.text or "") for limit in map(source.at("freshness").at, ("warn_after", "error_after"))
    )
    if warn and error and warn > error:
        wrong = f"warns after {warn.days} days, but {error.days} days is an error already"
        yield source.at("freshness", "warn_after").fault(wrong, "let the warning come first")


def _files(files: Node) -> Iterator[Fault]:
    pattern = COVERED.sub("x", files.text or "")
    undated = DATED.sub("", pattern)
    if (
        "\\" in undated
        or re.match(r"/|[A-Za-z]:", undated)
        or {"..", ".", ""} & set(DATED.sub("x", pattern).split("/"))
    ):
        yield files.fault(
            f"{quoted(pattern)} leads out of data/", "write a path below data/ with forward slashes"
        )
    dated = DATED.findall(pattern)
    if len(dated) != 1 or re.search(r"[{}]", undated):
        yield files.fault(
            f"{quoted(pattern)} does not say when a file was extracted",
            "write {extracted_at:%Y-%m-%d} once where the date stands in the file's name",
        )
    elif not all(dated[0].count(part) == 1 for part in DAY_PARTS) or set(DIRECTIVE.findall(dated[0])) - set(
        DIRECTIVES
    ):
        yield files.fault(
            f"{quoted(dated[0])} does not read a date", "use %Y %m %d once each, and %H %M %S for a time"
        )
