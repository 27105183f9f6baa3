"""Say in words what a metric, a KPI or a campaign's number is, and where it comes from."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perftrack_site.config.names import printable
from perftrack_site.errors import ConfigError
from perftrack_site.evaluation.report import CampaignResult, Input, KpiResult, MetricShown, Number, Report
from perftrack_site.evaluation.shown import shown, shown_target

NAMED_AT_MOST = 8


@dataclass(frozen=True)
class Explained:
    """An explanation: what it is about, and its lines."""

    subject: str
    lines: tuple[str, ...]

    def as_dict(self) -> Mapping[str, object]:
        return {"subject": self.subject, "lines": list(self.lines)}


def explain(report: Report, asked: str) -> Explained:
    """Explain a metric (`orders`), a campaign (`<key>`), a KPI (`<key>/<kpi>`), or what words of it lead to.

    Raises ConfigError with the nearest names where nothing fits.
    """
    subjects = _subjects(report)
    wanted = " ".join(asked.casefold().replace("/", " ").split())
    exact = [name for name in subjects if wanted in {name.replace("/", " "), _spoken(name)}]
    found = exact or [name for name in subjects if wanted and set(wanted.split()) <= set(_words(name))]
    if len(found) != 1:
        raise ConfigError(_not_found(asked, found, list(subjects)))
    return Explained(found[0], tuple(subjects[found[0]]))


def _subjects(report: Report) -> Mapping[str, Sequence[str]]:
    subjects: dict[str, Sequence[str]] = {metric.key: list(_metric(metric)) for metric in report.metrics}
    for campaign in report.campaigns:
        subjects[campaign.key] = list(_campaign(campaign))
        for kpi in campaign.kpis:
            subjects[f"{campaign.key}/{kpi.key}"] = list(_kpi(campaign, kpi))
        for party in campaign.influencers:
            for kpi in party.kpis:
                subjects.setdefault(f"{campaign.key}/{kpi.key}/{party.influencer}", list(_kpi(campaign, kpi)))
    return subjects


def _words(name: str) -> list[str]:
    return _spoken(name).split() + name.split("/")


def _spoken(name: str) -> str:
    return name.replace("/", " ").replace("-", " ").replace("_", " ")


def _not_found(asked: str, found: Sequence[str], names: Sequence[str]) -> str:
    asked = printable(asked)
    if found:
        more = " ..." if len(found) > NAMED_AT_MOST else ""
        return f"'{asked}' could be {', '.join(found[:NAMED_AT_MOST])}{more}; say which one."
    near = difflib.get_close_matches(asked.casefold(), names, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "ask for a metric, a campaign or campaign/kpi."
    return f"'{asked}' is not known here; {hint}"


def _metric(metric: MetricShown) -> Iterator[str]:
    yield f"{metric.label} ({metric.key})"
    yield f"  {metric.definition}"
    yield f"  formula    {metric.formula}"
    per = f", per {metric.basis}" if metric.basis else ""
    yield f"  unit       {metric.unit}{per}; {metric.direction.replace('_', ' ')} is better"
    if metric.note:
        yield f"  note       {metric.note}"
    yield f"  definition version {metric.definition_version}, in force since {metric.effective_from}"
    if not metric.has_source:
        yield "  No source feeds it yet: KPIs on it are not evaluable."


def _campaign(campaign: CampaignResult) -> Iterator[str]:
    standing = campaign.verdict or campaign.pace or campaign.state
    yield f"{campaign.name} ({campaign.key}): {standing.replace('_', ' ')}"
    yield f"  {campaign.start} to {campaign.end}, decided on {campaign.decided_on}; success: {campaign.success}"
    if campaign.reason:
        yield f"  {campaign.reason}"
    for kpi in campaign.kpis:
        against = f"{_value(kpi.actual, kpi)}; target {shown_target(kpi.target)}"
        yield f"  {campaign.key}/{kpi.key}: {against}; {_standing(kpi)}"


def _kpi(campaign: CampaignResult, kpi: KpiResult) -> Iterator[str]:
    yield f"{kpi.label}{f' {kpi.scope}' if kpi.scope else ''} in {campaign.name}: {_standing(kpi)}"
    yield f"  actual     {_value(kpi.actual, kpi)}"
    yield f"  target     {shown_target(kpi.target)}"
    if kpi.actual.rows:
        yield f"  coverage   {kpi.actual.covered} of {kpi.actual.rows} {kpi.actual.row_noun}"
    if kpi.actual.note:
        yield f"  note       {kpi.actual.note}"
    if kpi.actual.receipt is None:
        return
    receipt = kpi.actual.receipt
    yield f"  formula    {receipt.formula}"
    if receipt.as_at:
        yield f"  as at      {receipt.as_at}"
    for entry in receipt.inputs:
        yield from _input(entry)


def _input(entry: Input) -> Iterator[str]:
    total = "unknown" if entry.total is None else shown(entry.total, entry.unit, entry.currency)
    yield f"  {entry.label}: {total} ({entry.expr}; {entry.covered} of {entry.rows} rows)"
    for place in entry.files:
        yield f"    {place.path} lines {place.lines} (blob {place.blob[:12]})"


def _value(number: Number, kpi: KpiResult) -> str:
    if number.value is None:
        return number.why or "nothing measured"
    basis = f" of {number.basis}" if number.basis else ""
    return shown(number.value, number.unit, number.currency, target=kpi.target) + basis


def _standing(kpi: KpiResult) -> str:
    standing = (kpi.verdict or kpi.pace or "no verdict yet").replace("_", " ")
    return f"{standing} ({kpi.reason})" if kpi.reason else standing
