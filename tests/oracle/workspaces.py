"""Random small workspaces in the real formats, with targets aimed at the very edge of what was reached.

`write_workspace(folder, seed)` draws the plan, writes the data, works out with the oracle's own arithmetic
what each KPI really reached, and only then the contracts: many targets are met exactly or missed by a unit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from oracle import state_of
from oracle_config import Campaign, Kpi, number, understand
from oracle_counting import ADDITIVE, value
from oracle_files import read_facts
from oracle_window import Seen, look
from workspace_data import write_data
from workspace_plan import Plan, Tree, draw_plan

COUNTS = ("views", "reach", "likes", "comments", "shares", "saves", "engagements", "weighted_engagements")
# Metrics of the workspace's own.
SAVE_RATE: Tree = {
    "key": "save_rate", "label": "Save rate", "definition": "Saves per account reached.", "type": "ratio",
    "numerator": "saves", "denominator": "reach", "unit": "share", "basis": "reach", "direction": "higher",
    "effective_from": "2026-01-01",
}  # fmt: skip
# Its halves stand in the same rows and have different filters.
PAID_SHARE: Tree = {
    "key": "paid_share", "label": "Paid share", "definition": "Paid orders among all.", "type": "ratio",
    "numerator": "paid_orders", "denominator": "orders", "unit": "share", "basis": "orders", "direction": "higher",
    "effective_from": "2026-01-01",
}  # fmt: skip
OWN_METRICS = [SAVE_RATE, PAID_SHARE]
POST_RATES = ("engagement_rate_by_reach", "engagement_rate_by_views", "save_rate")
OF_POSTS = (*COUNTS, *POST_RATES, "hashtag_posts")
SALES = ("orders", "revenue", "net_revenue", "average_order_value", "paid_share")
COSTS = (
    "spend",
    "cost_per_order",
    "cost_per_lead",
    "cost_per_conversion",
    "cpc",
    "roas",
    "roi",
    "cpm",
    "cpe",
)
COMERS = ("sessions", "engaged_sessions", "conversions", "conversion_rate", "clicks", "leads")
WATCHED = ("clicks", "leads", "sessions", "conversions", "shares", "engagements", "reach")
WATCHING: Tree = {
    "each": "influencer",
    "counts": "false",
    "min_coverage": "50%",
    "target": {"op": ">=", "value": "1"},
}
METRICS = (*COUNTS * 2, "reach", "reach", "hashtag_posts", *POST_RATES * 3, *SALES * 2, *COSTS, *COMERS * 3)
# The smallest step in which a target of each unit is written.
CENT, MILLIONTH = Fraction(1, 100), Fraction(1, 10**6)
STEPS = {"count": Fraction(1), "money": CENT, "score": CENT, "share": MILLIONTH}
UNITS = (
    dict.fromkeys((*COUNTS, "hashtag_posts", "orders", *COMERS), "count")
    | dict.fromkeys(("revenue", "net_revenue", "average_order_value", "spend"), "money")
    | dict.fromkeys((name for name in COSTS if name.startswith("c")), "money")
    | dict.fromkeys((*POST_RATES, "paid_share", "conversion_rate", "roi", "open_rate"), "share")
    | {"roas": "score"}
)


def write_workspace(folder: Path, seed: int) -> None:
    """Write a whole workspace (config/ and data/) into `folder`; the same seed gives the same bytes."""
    plan = draw_plan(Random(seed))  # noqa: S311 a seeded draw is the point
    write_data(plan, folder / "data")
    for tree in plan.campaigns.values():
        _draw_contract(plan, tree)
    _aim(plan, folder)
    _write_config(plan, folder / "config")


# --- contracts -----------------------------------------------------------------------------------


def _draw_contract(plan: Plan, tree: Tree) -> None:
    """Draw KPIs and the success rule; targets come later."""
    rng = plan.rng
    rule = rng.choice(("all", "any", "all_primary", "all_primary", "share_met", "weighted", "weighted"))
    share = rng.choice(("50%", "60%", "66.6%", "75%"))
    tree["success"] = {rule: share} if rule in ("share_met", "weighted") else rule
    most = rng.choice((3, 4, 6) if "weighted" in tree["success"] else (1, 2, 3, 4, 5, 7))
    tree["kpis"] = [_kpi(plan, tree, index) for index in range(most)]
    # KPIs of influencers that count for nothing turn no verdict: there can be many.
    watched = rng.sample(WATCHED, 4)
    tree["kpis"] += [WATCHING | {"key": metric.replace("_", "-"), "metric": metric} for metric in watched]
    for part in tree["influencers"]:
        if not part["posts"]:
            del part["posts"]


def _kpi(plan: Plan, tree: Tree, index: int) -> Tree:
    rng = plan.rng
    metric = "open_rate" if plan.chance(0.03) else rng.choice(METRICS)
    kpi: Tree = {"key": f"k{index}", "metric": metric, "target": {"op": ">=", "value": "1"}}
    people = [part["influencer"] for part in tree["influencers"]]
    # The first KPI is always the campaign's own, so that there is one for the rule to look at.
    if index and metric != "open_rate" and plan.chance(0.4):
        kpi["each"] = "influencer"
        kpi["counts"] = rng.choice(("true", "false", "false"))
    elif scope := _scope(plan, metric, people):
        kpi["scope"] = scope
    if plan.chance(0.4) and kpi.get("counts") != "false":
        kpi["primary"] = "true"
    if "weighted" in tree["success"]:
        kpi["weight"] = rng.choice(("1", "2", "5"))
    return kpi | _missing(plan) | _least(plan, metric)


def _scope(plan: Plan, metric: str, people: list[str]) -> Tree:
    if plan.chance(0.1) and metric != "open_rate":
        return {"influencer": plan.rng.choice(people)}
    if metric in OF_POSTS and plan.chance(0.15):
        scopes = (
            {"platform": "instagram"},
            {"platform": "tiktok"},
            {"content_type": "reel"},
            {"content_type": "video"},
        )
        return dict(plan.rng.choice(scopes))
    return {}


def _missing(plan: Plan) -> Tree:
    on_missing = plan.rng.choice(("not_evaluable", "not_evaluable", "missed", "exclude", "exclude"))
    because = {"because": "agreed with the brand"} if on_missing == "exclude" else {}
    return {"on_missing": on_missing} | because


def _least(plan: Plan, metric: str) -> Tree:
    """Draw what a KPI asks of its rows."""
    least: Tree = {}
    if plan.chance(0.3):
        least["min_coverage"] = plan.rng.choice(("25%", "50%", "60%", "75%", "90%"))
    noun = {"orders": "orders", "cost_per_order": "orders"}.get(
        metric, "rows" if metric in COMERS else "posts"
    )
    if metric in (*OF_POSTS, *COMERS, "cpe", "orders", "cost_per_order") and plan.chance(0.25):
        least["min_sample"] = {noun: str(plan.rng.randint(1, 4))}
    return least


# --- targets -------------------------------------------------------------------------------------


def _aim(plan: Plan, folder: Path) -> None:
    """Set every target from what was really reached."""
    contracts = understand(plan.project, plan.sources, plan.influencers, plan.campaigns, OWN_METRICS)
    facts = read_facts(folder, contracts)
    for campaign in contracts.campaigns:
        seen = look(campaign, contracts, facts, min(campaign.decided_on, facts.as_of), facts.as_of)
        for kpi, tree in zip(campaign.kpis, plan.campaigns[campaign.key]["kpis"], strict=True):
            tree["target"] = _target(plan, kpi, _goalpost(plan, kpi, seen, facts.as_of))
            if kpi.each or plan.chance(0.5):
                _refine(plan, kpi, tree, seen)


def _goalpost(plan: Plan, kpi: Kpi, seen: Seen, today: date) -> Fraction:
    """Say where the value stands, or where the target would have to be for today's pace to be at an edge."""
    who = plan.rng.choice(seen.campaign.participations).influencer if kpi.each else None
    actual = value(seen, kpi, who).value
    if actual is None or actual <= 0:
        return plan.rng.choice((1000, 50, 3)) * STEPS[UNITS[kpi.metric]]
    if state_of(seen.campaign, today) == "in_flight":
        actual /= plan.rng.choice((Fraction(1), Fraction(9, 10), Fraction(8, 10)))
        if kpi.metric in ADDITIVE and kpi.metric != "spend":
            start, end = seen.campaign.start, seen.campaign.end
            actual *= Fraction((end - start).days + 1, (today - start).days + 1)
    return min(actual, Fraction(9, 10)) if kpi.metric in (*POST_RATES, "conversion_rate") else actual


def _target(plan: Plan, kpi: Kpi, goalpost: Fraction) -> Tree:
    unit = UNITS[kpi.metric]
    edge = _edge(plan, goalpost, STEPS[unit])
    far = edge + STEPS[unit] * plan.rng.choice((1, 1 + edge // STEPS[unit] // 5))
    lower = (
        kpi.metric == "spend" or (kpi.metric in COSTS and UNITS[kpi.metric] == "money") or plan.chance(0.1)
    )
    if plan.chance(0.12):
        near = max(edge - STEPS[unit] * plan.rng.randint(1, 9), STEPS[unit])
        ends = plan.rng.choice(((near, edge), (edge, far)))
        return {"op": "between", "value": written(ends[0], unit), "upper": written(ends[1], unit)}
    if plan.chance(0.5):
        return {"op": "<=" if lower else ">=", "value": written(edge, unit)}
    # With a stretch there are two edges; the goalpost stands at the one or the other.
    if lower:
        return {"op": "<=", "value": written(far, unit), "stretch": written(edge, unit)}
    less = max(edge * 4 // 5 // STEPS[unit] * STEPS[unit], STEPS[unit])
    pair = (less, edge) if less < edge and plan.chance(0.5) else (edge, far)
    return {"op": ">=", "value": written(pair[0], unit), "stretch": written(pair[1], unit)}


def _edge(plan: Plan, goalpost: Fraction, step: Fraction) -> Fraction:
    """Place a target on the value, one step beside it, or well away from it."""
    if plan.chance(0.2):
        goalpost *= plan.rng.choice((Fraction(1, 2), Fraction(3, 2)))
    steps = goalpost // step + plan.rng.choice((-1, 0, 0, 0, 1))
    return max(steps, 1) * step


def _refine(plan: Plan, kpi: Kpi, tree: Tree, seen: Seen) -> None:
    """Add checkpoints on the way, or targets of single influencers."""
    if tree["target"]["op"] != ">=":
        return
    if not kpi.each:
        tree["schedule"] = list(_checkpoints(plan, kpi, tree["target"]["value"], seen.campaign))
    elif "stretch" not in tree["target"] and UNITS[kpi.metric] in ("count", "money"):
        for part in plan.campaigns[seen.campaign.key]["influencers"]:
            own = value(seen, kpi, part["influencer"]).value
            if own and plan.chance(0.6):
                edge = _edge(plan, own, STEPS[UNITS[kpi.metric]])
                part.setdefault("overrides", {})[kpi.key] = written(edge, UNITS[kpi.metric])


def _checkpoints(plan: Plan, kpi: Kpi, target: str, campaign: Campaign) -> Iterator[Tree]:
    """Yield checkpoints that climb to the target."""
    unit, days = UNITS[kpi.metric], (campaign.end - campaign.start).days
    for part in sorted(plan.rng.sample((3, 5, 8), plan.rng.randint(1, 2))):
        asked = number(target) * part // 10 // STEPS[unit] * STEPS[unit]
        if asked > 0 and days >= 6:
            by = campaign.start + timedelta(days=days * part // 10)
            yield {"by": str(by), "value": written(asked, unit)}


def written(amount: Fraction, unit: str) -> str:
    """Write an amount as a config file says it: `120`, `19.95`, `3.5000%`."""
    if unit == "count":
        return str(int(amount))
    scale, digits = (10**6, 4) if unit == "share" else (100, 2)
    whole, rest = divmod(int(amount * scale), 10**digits)
    return f"{whole}.{rest:0{digits}}" + ("%" if unit == "share" else "")


# --- YAML ----------------------------------------------------------------------------------------


def _write_config(plan: Plan, folder: Path) -> None:
    (folder / "campaigns").mkdir(parents=True)
    documents = {"project": plan.project, "sources": {"sources": plan.sources}}
    documents["metrics"] = {"metrics": OWN_METRICS}
    documents["influencers"] = {"influencers": plan.influencers}
    documents |= {f"campaigns/{key}": tree for key, tree in plan.campaigns.items()}
    for name, tree in documents.items():
        lines = [f"{key}: {flow(part)}\n" for key, part in tree.items() if part != []]
        (folder / f"{name}.yml").write_text("".join(lines), encoding="utf-8")


def flow(tree: Any) -> str:  # noqa: ANN401 a tree of dicts, lists and text
    """Write a tree in YAML's flow style; text is quoted wherever it could be taken for something else."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {flow(part)}" for key, part in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(flow(part) for part in tree) + "]"
    return tree if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.%-]*", tree) else json.dumps(tree)
