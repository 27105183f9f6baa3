"""A contract: dates in order, targets that fit, a rule that can be decided, people who take part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perftrack_site.config.check_catalogue import leaves
from perftrack_site.config.check_targets import check_amount, check_order, check_target
from perftrack_site.config.forms import Quantity, day, quantity
from perftrack_site.config.models import Metric
from perftrack_site.config.names import quoted
from perftrack_site.config.tree import Node
from perftrack_site.config.written import Names, WrittenProject, keys_of
from perftrack_site.errors import Fault


def check(project: WrittenProject) -> Iterator[Fault]:
    """Tell what is wrong with each campaign by itself."""
    for campaign in project.campaigns.values():
        yield from _dates(campaign)
        yield from project.business_names.unknown(campaign.at("supports"))
        yield from _success(campaign)
        for kpi in campaign.at("kpis").items:
            yield from _kpi(kpi, campaign, project)
        for party in campaign.at("influencers").items:
            yield from _party(party, campaign, project)
        kpis = Names("a KPI of this campaign", keys_of(campaign.at("kpis").items))
        for adjustment in campaign.at("adjustments").items:
            yield from kpis.unknown(adjustment.at("kpi"))


def _dates(campaign: Node) -> Iterator[Fault]:
    start, end = day(campaign.at("start").text or ""), day(campaign.at("end").text or "")
    if start and end and end < start:
        yield campaign.at("end").fault(
            f"{end} is before the start, {start}", "a campaign ends on or after its first day"
        )


# --- KPIs ----------------------------------------------------------------------------------------


def _kpi(kpi: Node, campaign: Node, project: WrittenProject) -> Iterator[Fault]:
    yield from project.metric_names.unknown(kpi.at("metric"))
    metric = project.catalogue.get(kpi.at("metric").text or "")
    if metric:
        yield from check_target(kpi.at("target"), metric)
        yield from _schedule(kpi, campaign, metric)
        yield from _split(kpi, leaves(metric, project.catalogue), metric)
    yield from _flags(kpi)
    influencer = kpi.at("scope", "influencer")
    taking_part = frozenset(_texts(campaign, "influencer"))
    yield from Names("an influencer of this campaign", taking_part).unknown(influencer)


def _flags(kpi: Node) -> Iterator[Fault]:
    is_each = kpi.has("each")
    if kpi.at("on_missing").text == "exclude" and not kpi.has("because"):
        yield kpi.at("because").fault(
            "is missing", "say why a KPI without numbers is left out of the verdict"
        )
    if is_each and kpi.at("scope").has("influencer"):
        yield kpi.at("scope", "influencer").fault("stands beside `each: influencer`", "keep one of them")
    if not is_each and kpi.has("counts"):
        yield kpi.at("counts").fault(
            "is for KPIs with `each: influencer`", "take it out: this KPI counts anyway"
        )
    if is_each and kpi.at("primary").text == "true" and kpi.at("counts").text != "true":
        yield kpi.at("primary").fault("is primary but does not count", "add `counts: true`")


def _split(kpi: Node, parts: Sequence[Metric], metric: Metric) -> Iterator[Fault]:
    """Tell a scope that the metric's rows cannot be told apart by."""
    tables = {part.table for part in parts if part.table}
    for dimension in ("platform", "content_type"):
        if kpi.at("scope").has(dimension) and not tables <= {"posts"}:
            wrong = f"{metric.key} cannot be split by {dimension}"
            yield kpi.at("scope", dimension).fault(wrong, "only metrics of posts can: take it out")
    is_split = all(part.per_influencer for part in (metric, *parts))
    for node in (kpi.at("each"), kpi.at("scope", "influencer")):
        if node.text is not None and not is_split:
            yield node.fault(
                f"{metric.key} cannot be split by influencer", "take it out or choose another metric"
            )


def _schedule(kpi: Node, campaign: Node, metric: Metric) -> Iterator[Fault]:
    """Tell checkpoints outside the campaign, out of order, or not on the way to the target."""
    start, end = day(campaign.at("start").text or ""), day(campaign.at("end").text or "")
    checkpoints = kpi.at("schedule").items
    days = [day(point.at("by").text or "") for point in checkpoints]
    for number, (point, by) in enumerate(zip(checkpoints, days, strict=True)):
        yield from check_amount(point.at("value"), metric)
        if by and start and end and not start <= by <= end:
            yield point.at("by").fault(f"{by} is outside the campaign", f"write a day from {start} to {end}")
        before = days[number - 1] if number else None
        if by and before and by <= before:
            yield point.at("by").fault(
                f"{by} is not after the checkpoint before it, {before}", "write them in order"
            )
    yield from _heights(kpi, metric)


def _heights(kpi: Node, metric: Metric) -> Iterator[Fault]:
    """Tell a checkpoint beyond the target, and a total that would have to fall again."""
    target = kpi.at("target")
    ceiling = _amount(target.at({">=": "value", "between": "upper"}.get(target.at("op").text or "", "")))
    before: Quantity | None = None
    for point in kpi.at("schedule").items:
        value = _amount(point.at("value"))
        if value and ceiling and value.value > ceiling.value:
            yield point.at("value").fault(
                f"{point.at('value').text} is beyond the target", "a checkpoint leads up to it"
            )
        if (
            value
            and before
            and metric.additive
            and target.at("op").text == ">="
            and value.value < before.value
        ):
            yield point.at("value").fault(
                f"{point.at('value').text} is less than before", "a total does not fall again"
            )
        before = value


# --- the rule ------------------------------------------------------------------------------------


def _success(campaign: Node) -> Iterator[Fault]:
    kpis = campaign.at("kpis").items
    counting = [kpi for kpi in kpis if not kpi.has("each") or kpi.at("counts").text == "true"]
    if kpis and not counting:
        yield campaign.at("kpis").fault(
            "no KPI counts towards the verdict", "add `counts: true` to one of them"
        )
    if campaign.at("success").has("weighted"):
        for kpi in counting:
            if not kpi.has("weight"):
                yield kpi.at("weight").fault("is missing", "a weighted rule needs the weight of each KPI")


# --- people --------------------------------------------------------------------------------------


def _party(party: Node, campaign: Node, project: WrittenProject) -> Iterator[Fault]:
    yield from project.influencer_names.unknown(party.at("influencer"))
    kpis = {kpi.at("key").text: kpi for kpi in campaign.at("kpis").items}
    each = frozenset(key for key, kpi in kpis.items() if key is not None and kpi.has("each"))
    for key, override in party.at("overrides").entries.items():
        if key in each:
            yield from _override(override, kpis[key], project)
        elif key in kpis:
            yield override.fault(f"{quoted(key)} has one target for all", "add `each: influencer` to the KPI")
        else:
            yield from Names("a KPI with `each: influencer`", each).unknown_key(override, key)
    for tracking in party.at("tracking").items:
        first, last = day(tracking.at("from").text or ""), day(tracking.at("to").text or "")
        if first and last and last < first:
            yield tracking.at("to").fault(
                f"{last} is before {first}", "write the last day on which it is valid"
            )


def _override(override: Node, kpi: Node, project: WrittenProject) -> Iterator[Fault]:
    metric = project.catalogue.get(kpi.at("metric").text or "")
    if metric:
        yield from check_amount(override, metric)
    yield from check_order(kpi.at("target"), override)


def _texts(campaign: Node, key: str) -> Iterator[str]:
    return (text for party in campaign.at("influencers").items if (text := party.at(key).text) is not None)


def _amount(node: Node) -> Quantity | None:
    return quantity(node.text) if node.text is not None else None
