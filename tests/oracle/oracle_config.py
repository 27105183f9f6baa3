"""The oracle's own reading of `config/`: every scalar as text, then as days and Fractions.

Nothing of the product is imported here. The config is known to be valid, so nothing is checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
ATTRIBUTION = ("promo_code", "click_ref", "utm", "link", "hashtag")
UTM_KEYS = ("utm_campaign", "utm_content", "utm_source", "utm_medium")

Plain = Any  # a tree of dicts, lists and text, as YAML gives it when no scalar is typed


@dataclass(frozen=True)
class Source:
    key: str
    format: str
    files: str
    account: str | None
    link: str | None
    zone: str | None
    overlap: str
    error_after: timedelta | None


@dataclass(frozen=True)
class Tracking:
    """A way back to a participation. `keys` are the values an event or post must carry, all of them."""

    kind: str  # one of ATTRIBUTION
    keys: frozenset[tuple[str, str]]
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Participation:
    influencer: str
    tracking: tuple[Tracking, ...]
    posts: frozenset[str]
    overrides: dict[str, Fraction]


@dataclass(frozen=True)
class Target:
    op: str
    value: Fraction
    upper: Fraction | None = None
    stretch: Fraction | None = None


@dataclass(frozen=True)
class Kpi:
    key: str
    metric: str
    halves: tuple[str, str] | None  # of a rate that is the workspace's own metric
    target: Target
    primary: bool
    weight: Fraction
    scope: dict[str, str]
    schedule: tuple[tuple[date, Fraction], ...]
    min_sample: dict[str, int]
    min_coverage: Fraction
    on_missing: str
    each: bool
    counts: bool


@dataclass(frozen=True)
class Campaign:
    key: str
    start: date
    end: date
    decided_on: date
    cancelled_on: date | None
    currency: str
    rule: str
    share: Fraction
    kpis: tuple[Kpi, ...]
    participations: tuple[Participation, ...]

    def participation(self, influencer: str) -> Participation:
        return next(found for found in self.participations if found.influencer == influencer)


@dataclass(frozen=True)
class Goal:
    key: str
    per: str
    denominator: str
    target: Target
    min_campaigns: int


@dataclass(frozen=True)
class Contracts:
    zone: str
    fiscal_month: int
    grace: timedelta
    attribution: tuple[str, ...]
    authority: dict[str, str]
    sources: tuple[Source, ...]
    influencers: dict[str, dict[str, str]]  # key -> platform -> handle, normalised
    campaigns: tuple[Campaign, ...]
    goals: tuple[Goal, ...]


def load(root: Path) -> Contracts:
    """Read a workspace's `config/`."""
    folder = root / "config"
    own_metrics = folder / "metrics.yml"
    return understand(
        _yaml(folder / "project.yml"),
        _yaml(folder / "sources.yml")["sources"],
        _yaml(folder / "influencers.yml")["influencers"],
        {path.stem: _yaml(path) for path in sorted((folder / "campaigns").glob("*.yml"))},
        _yaml(own_metrics)["metrics"] if own_metrics.exists() else [],
    )


def understand(
    project: Plain, sources: Plain, influencers: Plain, campaigns: dict[str, Plain], metrics: Plain
) -> Contracts:
    """Turn untyped trees into contracts; the generator uses it before it has written any contract."""
    rates = {tree["key"]: (tree["numerator"], tree["denominator"]) for tree in metrics}
    return Contracts(
        zone=project["timezone"],
        fiscal_month=MONTHS.index(project.get("fiscal_year_starts", "january")) + 1,
        grace=timedelta(days=int(project.get("grace_days", "3"))),
        attribution=tuple(project.get("attribution", ATTRIBUTION)),
        authority=project.get("authority", {}),
        sources=tuple(_source(tree) for tree in sources),
        influencers={tree["key"]: _handles(tree.get("accounts", {})) for tree in influencers},
        campaigns=tuple(_campaign(key, campaigns[key], project, rates) for key in sorted(campaigns)),
        goals=tuple(_goal(tree) for tree in project.get("goals", ())),
    )


def fold(text: str) -> str:
    """Bring codes, tags and UTM values to one form: NFKC, no case, no '#'."""
    return normalize("NFKC", normalize("NFKC", text).strip().casefold()).lstrip("#")


def _link(text: str) -> str:
    """Bring the address of a link to one form: host and path, no case."""
    return re.sub("^https?://", "", fold(text)).rstrip("/")


def number(text: str) -> Fraction:
    """Read `40000`, `180.00` or `3.5%`."""
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def day(text: str) -> date:
    return date.fromisoformat(text)


def _yaml(path: Path) -> Plain:
    # BaseLoader makes text of every scalar: no 80% lost, no decimal through a float, no `on` that is True.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506


def _handles(accounts: dict[str, str]) -> dict[str, str]:
    return {platform: handle.lower().lstrip("@") for platform, handle in accounts.items()}


def _source(tree: Plain) -> Source:
    limit = tree.get("freshness", {}).get("error_after")
    return Source(
        key=tree["key"],
        format=tree["format"],
        files=tree["files"],
        account=tree.get("account"),
        link=_link(tree["link"]) if "link" in tree else None,
        zone=tree.get("timezone"),
        overlap=tree.get("overlap", "replaces"),
        error_after=timedelta(days=int(limit.rstrip("d"))) if limit else None,
    )


def _campaign(key: str, tree: Plain, project: Plain, rates: dict[str, tuple[str, str]]) -> Campaign:
    start, end = day(tree["start"]), day(tree["end"])
    decided_on = end + timedelta(days=int(tree.get("settle_days", "14")))
    success = tree.get("success", "all_primary")
    rule, share = next(iter(success.items())) if isinstance(success, dict) else (success, "100%")
    return Campaign(
        key=key,
        start=start,
        end=end,
        decided_on=decided_on,
        cancelled_on=day(tree["cancelled"]["on"]) if "cancelled" in tree else None,
        currency=tree.get("budget", {}).get("currency", project["currency"]),
        rule=rule,
        share=number(share),
        kpis=tuple(_kpi(kpi, project, rates.get(kpi["metric"])) for kpi in tree["kpis"]),
        participations=tuple(_participation(part, start, decided_on) for part in tree.get("influencers", ())),
    )


def _kpi(tree: Plain, project: Plain, halves: tuple[str, str] | None) -> Kpi:
    return Kpi(
        key=tree["key"],
        metric=tree["metric"],
        halves=halves,
        target=_target(tree["target"]),
        primary=tree.get("primary") == "true",
        weight=number(tree.get("weight", "0")),
        scope=tree.get("scope", {}),
        schedule=tuple((day(step["by"]), number(step["value"])) for step in tree.get("schedule", ())),
        min_sample={noun: int(least) for noun, least in tree.get("min_sample", {}).items()},
        min_coverage=number(tree.get("min_coverage", project.get("min_coverage", "80%"))),
        on_missing=tree.get("on_missing", "not_evaluable"),
        each="each" in tree,
        counts=tree.get("counts") == "true",
    )


def _target(tree: Plain) -> Target:
    upper, stretch = (number(tree[name]) if name in tree else None for name in ("upper", "stretch"))
    return Target(tree["op"], number(tree["value"]), upper, stretch)


def _participation(tree: Plain, start: date, decided_on: date) -> Participation:
    return Participation(
        influencer=tree["influencer"],
        tracking=tuple(_tracking(rule, start, decided_on) for rule in tree.get("tracking", ())),
        posts=frozenset(tree.get("posts", ())),
        overrides={key: number(value) for key, value in tree.get("overrides", {}).items()},
    )


def _tracking(tree: Plain, start: date, decided_on: date) -> Tracking:
    kind = next((kind for kind in ATTRIBUTION if kind in tree), "utm")
    names = UTM_KEYS if kind == "utm" else (kind,)
    return Tracking(
        kind=kind,
        keys=frozenset(
            (name, (_link if name == "link" else fold)(tree[name])) for name in names if name in tree
        ),
        first_day=day(tree["from"]) if "from" in tree else start,
        last_day=day(tree["to"]) if "to" in tree else decided_on,
    )


def _goal(tree: Plain) -> Goal:
    return Goal(
        key=tree["key"],
        per=tree.get("per", "quarter"),
        denominator=tree.get("denominator", "decided"),
        target=_target(tree["target"]),
        min_campaigns=int(tree.get("min_campaigns", "1")),
    )
