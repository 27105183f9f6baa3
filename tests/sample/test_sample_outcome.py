"""The sample comes out as planned; neither the plan nor the evaluation knows of the other."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from perftrack_site.build import evaluate_workspace
from perftrack_site.evaluation.report import CampaignResult, GoalCount, Report

ROOT = Path(__file__).resolve().parents[2]
EXPECTED: dict[str, Any] = json.loads((ROOT / "tests/sample/expected.json").read_bytes())


def copy_of_the_sample(tmp: Path) -> Path:
    """Copy config/ and data/ out of the repository, so that no commit's day is looked at."""
    for folder in ("config", "data"):
        shutil.copytree(ROOT / folder, tmp / folder)
    return tmp


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return evaluate_workspace(copy_of_the_sample(tmp_path_factory.mktemp("sample")))


def outcome(campaign: CampaignResult) -> dict[str, object]:
    """Say what became of a campaign, in the words of expected.json."""
    own = {kpi.key: kpi.verdict or kpi.pace for kpi in campaign.kpis}
    each = {
        f"{kpi.key}/{party.influencer}": kpi.verdict or kpi.pace
        for party in campaign.influencers
        for kpi in party.kpis
        if kpi.key not in own
    }
    return {
        "state": campaign.state,
        "verdict": campaign.verdict,
        "pace": campaign.pace,
        "decided_on": str(campaign.decided_on),
        "kpis": {key: word for key, word in (own | each).items() if word},
    }


def counts(goal: GoalCount) -> dict[str, list[str]]:
    return {name: sorted(getattr(goal, name)) for name in ("met", "missed", "pending", "excluded")}


def test_every_campaign_and_kpi_comes_out_as_planned(report: Report) -> None:
    assert str(report.as_of) == EXPECTED["as_of"]
    assert {campaign.key: outcome(campaign) for campaign in report.campaigns} == EXPECTED["campaigns"]


def test_the_goal_counts_the_campaigns_as_planned(report: Report) -> None:
    goal = report.goals[0]
    for count in (*goal.history, goal.current):
        expected = EXPECTED["goals"][count.period]
        assert counts(count) == {name: expected[name] for name in ("met", "missed", "pending", "excluded")}
        met, denominator = map(int, expected["share"].split("/"))
        assert (len(count.met), count.denominator) == (met, denominator)


def test_the_ledger_finds_the_damaged_records_and_repeated_files(report: Report) -> None:
    assert len(report.quality.rejects) == EXPECTED["rejected_records"]
    repeated = [
        file.path for file in report.quality.files if file.records and file.records == file.duplicates
    ]
    assert len(repeated) == EXPECTED["duplicate_files"]


def test_a_late_file_renamed_to_an_earlier_day_would_turn_the_miss(tmp_path: Path) -> None:
    root = copy_of_the_sample(tmp_path)
    for influencer in ("amina", "chidi"):
        late = root / f"data/instagram/{influencer}/insights-2026-05-27.json"
        late.rename(late.with_name("insights-2026-05-24.json"))
    campaigns = {campaign.key: campaign for campaign in evaluate_workspace(root).campaigns}
    assert campaigns["chai-mornings"].verdict == "met"
    assert EXPECTED["campaigns"]["chai-mornings"]["verdict"] == "missed"
