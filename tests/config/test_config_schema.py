"""Editors that know the schemas accept what the loader accepts, and mark what it refuses."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest
import yaml
from config_helpers import EXAMPLE, KPI, campaign
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from perftrack_site.config.schema import schemas


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do (the core schema of YAML 1.2): dates are texts, `on` is a word."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012 - PyYAML's own attribute


EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?[0-9]+$"), list("-0123456789"))
EditorLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?[0-9]+\.[0-9]+$"), list("-0123456789")
)


def problems(kind: str, text: str) -> list[str]:
    validator = Draft202012Validator(schemas()[kind])
    document = yaml.load(text, Loader=EditorLoader)  # noqa: S506 - a SafeLoader
    return sorted(error.json_path for error in validator.iter_errors(document))


@pytest.mark.parametrize("kind", ["project", "sources", "influencers", "campaign", "metrics", "business"])
def test_every_schema_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(schemas()[kind])


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("project", "project.yml"),
        ("sources", "sources.yml"),
        ("influencers", "influencers.yml"),
        ("campaign", "campaigns/spring-launch.yml"),
        ("metrics", "metrics.yml"),
        ("business", "business.yml"),
    ],
)
def test_the_documented_files_are_valid(kind: str, name: str) -> None:
    assert problems(kind, (EXAMPLE / "config" / name).read_text(encoding="utf-8")) == []


def test_the_built_in_catalogue_is_valid() -> None:
    assert (
        problems("metrics", files("perftrack_site.config").joinpath("metrics.yml").read_text("utf-8")) == []
    )


@pytest.mark.parametrize("rule", ["any", "{share_met: 80%}", "{weighted: 66.5%}"])
def test_every_form_of_a_rule_is_valid(rule: str) -> None:
    assert problems("campaign", campaign(tail=f"success: {rule}")) == []


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ("head: {}", "$"),
        ("success: most", "$.success"),
        ("success: {share_met: 80}", "$.success"),
        ("settle_days: 400", "$.settle_days"),
        ("budget: {amount: 1, currency: rand}", "$.budget.currency"),
        ("key: spring", "$"),
        ("was: Spring", "$.was"),
    ],
)
def test_what_the_loader_refuses_is_marked(more: str, place: str) -> None:
    assert problems("campaign", campaign(head=more)) == [place]


@pytest.mark.parametrize(
    ("kpi", "place"),
    [
        (KPI.replace("40000", "40k"), "$.kpis[0].target.value"),
        (f"{KPI}\nplace: here", "$.kpis[0]"),
        (f"{KPI}\nprimary: yes", "$.kpis[0].primary"),
        (f"{KPI}\nmin_sample: {{posts: 0}}", "$.kpis[0].min_sample.posts"),
    ],
)
def test_a_wrong_kpi_is_marked(kpi: str, place: str) -> None:
    assert problems("campaign", campaign(kpi=kpi)) == [place]


def test_tracking_holds_one_kind() -> None:
    right, wrong = "{utm_source: a, from: 2026-07-06}", "{promo_code: A, hashtag: b}"
    party = f"influencer: thandi\ntracking:\n  - {wrong}\n  - {right}"
    assert problems("campaign", campaign(party=party)) == ["$.influencers[0].tracking[0]"]
