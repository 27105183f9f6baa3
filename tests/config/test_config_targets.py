"""A target fits its metric and can be met; checkpoints lead up to it; overrides obey the same rules."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from config_helpers import PARTY, campaign, first_kpi, load, said

SPRING = "campaigns/spring.yml"
EACH = "key: views\nmetric: views\neach: influencer\ncounts: true\n"


def kpi(metric: str, target: str, more: str = "") -> str:
    """Write a campaign whose one KPI has its target in line 8 and more from line 9."""
    return campaign(kpi=f"key: k\nmetric: {metric}\ntarget: {{{target}}}\n{more}")


def fault(root: Path, text: str) -> str:
    """Give back the one fault of the campaign's file, without the file's name and `kpis[0].`."""
    (only,) = said(root, {SPRING: text})
    return only.removeprefix("config/campaigns/spring.yml:").replace("kpis[0].", "")


@pytest.mark.parametrize(
    ("metric", "target", "wrong"),
    [
        ("ctr", 'op: ">=", value: 3.5', "value: '3.5' has no %, and ctr is a share; write 3.5%"),
        (
            "ctr",
            'op: ">=", value: 0.035',
            "value: '0.035' has no %, and ctr is a share; write 3.5% or 0.035%, whichever is meant",
        ),
        (
            "views",
            'op: ">=", value: 3%',
            "value: '3%' is a percentage, and views is a count; write the number itself, without %",
        ),
        (
            "spend",
            'op: "<=", value: 3%',
            (
                "value: '3%' is a percentage, and spend is an amount of money; "
                "write the number itself, without %"
            ),
        ),
        ("ctr", 'op: ">=", value: 105%', "value: ctr can never be above 100 %; write a value it can reach"),
        (
            "open_rate",
            'op: "<=", value: -1%',
            "value: open_rate can never be below 0; write a value it can reach",
        ),
        (
            "sentiment_score",
            'op: ">=", value: 2',
            "value: sentiment_score can never be above 1; write a value it can reach",
        ),
        ("views", 'op: ">=", value: -5', "value: views can never be below 0; write a value it can reach"),
        (
            "views",
            'op: ">=", value: 5, stretch: 4',
            "stretch: the stretch 4 is easier than the target 5; a stretch lies above its target",
        ),
        (
            "cpc",
            'op: "<=", value: 5, stretch: 6',
            "stretch: the stretch 6 is easier than the target 5; a stretch lies below its target",
        ),
        (
            "views",
            "op: between, value: 5, upper: 3",
            "value: 5 is above the upper end 3; write the lower end here",
        ),
        (
            "views",
            "op: between, value: 5, upper: 9, stretch: 10",
            "stretch: a target between two ends has no stretch; take it out",
        ),
        (
            "views",
            'op: ">=", value: 5, upper: 9',
            "upper: is for targets between two ends; take it out, or write op: between",
        ),
        (
            "views",
            'op: ">=", value: 5, currency: EUR',
            "currency: views is a count, not money; take the currency out",
        ),
        (
            "revenue",
            'op: ">=", value: 5, currency: ZAA',
            "currency: 'ZAA' is not a currency in use (ISO 4217); did you mean 'ZAR'?",
        ),
        (
            "revenue",
            'op: ">=", value: 5, currency: rand',
            "currency: 'rand' is not a currency; write its three capital letters (ISO 4217), such as EUR",
        ),
        ("views", "op: =>, value: 5", "op: '=>' is not a word for this; choose one of <=, >=, between"),
    ],
)
def test_a_target_that_cannot_be_meant_is_refused(
    tmp_path: Path, metric: str, target: str, wrong: str
) -> None:
    assert fault(tmp_path, kpi(metric, target)).split(".", 1)[1] == wrong


def test_between_needs_both_ends(tmp_path: Path) -> None:
    wrong = "8:5: target.upper: is missing; between needs a value (the lower end) and an upper end"
    assert fault(tmp_path, kpi("views", "op: between, value: 5")) == wrong


@pytest.mark.parametrize(
    ("metric", "target", "value"),
    [
        ("roi", 'op: ">=", value: 120%', "1.2"),
        ("roi", 'op: ">=", value: -5%', "-0.05"),
        ("ctr", 'op: ">=", value: 100%', "1"),
        ("ctr", "op: between, value: 0.07%, upper: 0.07%", "0.0007"),
        ("net_revenue", 'op: ">=", value: -100.25', "-100.25"),
        ("cpc", 'op: "<=", value: 2.50, stretch: 2.50', "2.50"),
        ("revenue", 'op: ">=", value: 1000, currency: EUR', "1000"),
    ],
)
def test_a_target_on_its_limit_is_taken_exactly(tmp_path: Path, metric: str, target: str, value: str) -> None:
    project = load(tmp_path, {SPRING: kpi(metric, target)})
    assert first_kpi(project).target.value == Decimal(value)


@pytest.mark.parametrize(
    ("schedule", "wrong"),
    [
        (
            "{by: 2026-09-01, value: 3}",
            "[0].by: 2026-09-01 is outside the campaign; write a day from 2026-07-06 to 2026-08-30",
        ),
        (
            "{by: 2026-07-20, value: 3}, {by: 2026-07-20, value: 4}",
            "[1].by: 2026-07-20 is not after the checkpoint before it, 2026-07-20; write them in order",
        ),
        (
            "{by: 2026-07-20, value: 6}, {by: 2026-07-21, value: 4}",
            "[1].value: 4 is less than before; a total does not fall again",
        ),
        ("{by: 2026-07-20, value: 60}", "[0].value: 60 is beyond the target; a checkpoint leads up to it"),
        (
            "{by: 2026-07-20, value: 6%}",
            "[0].value: '6%' is a percentage, and views is a count; write the number itself, without %",
        ),
    ],
)
def test_a_checkpoint_leads_up_to_the_target(tmp_path: Path, schedule: str, wrong: str) -> None:
    text = kpi("views", 'op: ">=", value: 50', f"schedule: [{schedule}]")
    assert fault(tmp_path, text).split("schedule", 1)[1] == wrong


def test_a_cost_may_begin_above_its_target(tmp_path: Path) -> None:
    text = kpi(
        "cpc", 'op: "<=", value: 2', "schedule: [{by: 2026-07-20, value: 3}, {by: 2026-08-01, value: 2.5}]"
    )
    assert [point.value for point in first_kpi(load(tmp_path, {SPRING: text})).schedule] == [
        3,
        Decimal("2.5"),
    ]


@pytest.mark.parametrize(
    ("override", "wrong"),
    [
        (
            "views: 60%",
            "views: '60%' is a percentage, and views is a count; write the number itself, without %",
        ),
        ("views: 60", "views: the stretch 50 is easier than the target 60; a stretch lies above its target"),
        ("veiws: 45", "veiws: 'veiws' is not a KPI with `each: influencer`; did you mean 'views'?"),
    ],
)
def test_an_override_obeys_the_rules_of_its_target(tmp_path: Path, override: str, wrong: str) -> None:
    party = f"{PARTY}\noverrides: {{{override}}}"
    text = campaign(kpi=EACH + 'target: {op: ">=", value: 40, stretch: 50}', party=party)
    assert fault(tmp_path, text) == f"13:17: influencers[0].overrides.{wrong}"


def test_only_a_kpi_per_influencer_can_be_overridden(tmp_path: Path) -> None:
    wrong = "'views' has one target for all; add `each: influencer` to the KPI"
    text = campaign(party=f"{PARTY}\noverrides: {{views: 3}}")
    assert fault(tmp_path, text) == f"11:17: influencers[0].overrides.views: {wrong}"
