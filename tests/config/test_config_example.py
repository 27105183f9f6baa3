"""The files as the documentation shows them, read word for word."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from config_helpers import EXAMPLE, FORMATS
from pydantic import ValidationError

from perftrack_site.config.loading import load_project
from perftrack_site.config.models import Campaign, Project, Source


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(EXAMPLE, FORMATS)


@pytest.fixture
def spring(project: Project) -> Campaign:
    return project.campaign("spring-launch")


def test_a_share_is_an_exact_fraction_of_one(spring: Campaign) -> None:
    target = spring.kpis[0].target
    assert (target.op, target.value, target.stretch) == (">=", Decimal("0.035"), Decimal("0.045"))
    assert isinstance(target.value, Decimal)


def test_money_and_counts_are_exact_too(spring: Campaign) -> None:
    assert [kpi.target.value for kpi in spring.kpis[1:]] == [Decimal("180.00"), Decimal(40000)]
    assert spring.budget is not None
    assert (spring.budget.amount, spring.currency) == (Decimal(180000), "ZAR")


def test_a_key_called_on_stays_a_word(spring: Campaign) -> None:
    assert spring.agreed is not None
    assert (spring.agreed.on, spring.agreed.by) == (date(2026, 6, 29), ("marketing lead",))
    assert spring.adjustments[0].on == date(2026, 7, 28)


def test_a_rule_may_be_one_word(spring: Campaign) -> None:
    assert (spring.success.rule, spring.success.share) == ("all_primary", None)


def test_tracking_is_kept_in_the_spelling_in_which_it_is_compared(spring: Campaign) -> None:
    assert [(mark.kind, mark.value) for mark in spring.influencers[0].tracking] == [
        ("promo_code", "THANDI10"),
        ("utm", "campaign=spring&content=thandi"),
        ("link", "umoja.example/t"),
        ("hashtag", "umojaspring"),
    ]


def test_tracking_without_dates_is_valid_until_the_numbers_have_settled(spring: Campaign) -> None:
    code, utm = spring.influencers[0].tracking[:2]
    assert (code.valid_from, code.valid_to) == (date(2026, 7, 6), date(2026, 9, 30))
    assert (utm.valid_from, utm.valid_to) == (date(2026, 7, 6), date(2026, 9, 13))


def test_overrides_and_deliverables_are_numbers_by_key(spring: Campaign) -> None:
    thandi = spring.influencers[0]
    assert thandi.overrides == {"creator-views": Decimal(60000)}
    assert thandi.deliverables == {"reel": 3, "story": 6}
    assert thandi.posts == ("instagram:17900000000000001",)


def test_a_source_says_what_its_files_cannot_say(project: Project) -> None:
    insights = project.sources[0]
    assert insights.freshness is not None
    assert insights.freshness.warn_after == timedelta(days=8)
    assert [source.overlap for source in project.sources] == ["cumulative", "replaces", "replaces"]


def test_settings_left_out_have_their_defaults(project: Project) -> None:
    settings = project.settings
    assert (settings.min_coverage, settings.as_of) == (Decimal("0.8"), "commit")
    assert (settings.editions.week, settings.editions.year) == (8, "all")
    assert settings.quality_gate.rejected_share == Decimal("0.02")
    assert settings.goals[0].target.value == Decimal("0.80")


def test_a_workspace_adds_metrics_to_the_built_in_ones(project: Project) -> None:
    assert project.catalogue["cost_per_reply"].input_metrics == ("spend", "story_replies")
    assert "engagement_rate_by_reach" in project.catalogue


def test_every_entry_knows_its_place(spring: Campaign, project: Project) -> None:
    assert str(spring.kpis[1].place) == "config/campaigns/spring-launch.yml:20:5"
    assert str(spring.influencers[0].tracking[0].place) == "config/campaigns/spring-launch.yml:35:9"
    assert str(project.sources[1].place) == "config/sources.yml:9:5"


def test_what_was_loaded_cannot_be_changed(project: Project) -> None:
    source: Source = project.sources[0]
    with pytest.raises(ValidationError, match="frozen"):
        source.key = "other"
