"""The product and the oracle give the same answer on random workspaces.

`nox -s oracle` compares them on 300 (PERFTRACK_ORACLE_WORKSPACES); 25 are the default.
"""

from __future__ import annotations

import os
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from oracle import GoalJudgement, Judgement, judge, span_of
from oracle_compare import disagreements
from oracle_config import load
from workspaces import write_workspace

from perftrack_site.build import evaluate_workspace
from perftrack_site.evaluation.report import Report

SAMPLE = Path(__file__).parents[2]  # the repository is the sample workspace
SEEDS = range(int(os.environ.get("PERFTRACK_ORACLE_WORKSPACES", "25")))


@pytest.mark.parametrize("seed", SEEDS)
def test_report_and_oracle_agree(tmp_path: Path, seed: int) -> None:
    write_workspace(tmp_path, seed)
    found = disagreements(evaluate_workspace(tmp_path), judge(tmp_path))
    assert not found, f"seed {seed}:\n" + "\n".join(found)


@pytest.mark.parametrize("seed", SEEDS[::5])
def test_they_agree_on_the_quarter_before_too(tmp_path: Path, seed: int) -> None:
    write_workspace(tmp_path, seed)
    contracts = load(tmp_path)
    this = span_of("quarter", judge(tmp_path).as_of, contracts)
    before = span_of("quarter", this.start - timedelta(days=1), contracts).key
    found = disagreements(evaluate_workspace(tmp_path, period_key=before), judge(tmp_path, before))
    assert not found, f"seed {seed}, {before}:\n" + "\n".join(found)


JUDGED = {
    "campaigns": ("key", "state", "verdict", "pace"),
    "kpis": ("campaign", "kpi", "influencer", "value", "covered", "rows", "verdict", "pace"),
    "goals": tuple(field.name for field in fields(GoalJudgement)),
}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Judgement]:
    """A report and a judgement that agree, with something to say of every kind."""
    root = tmp_path_factory.mktemp("both")
    write_workspace(root, 17)
    report, judgement = evaluate_workspace(root), judge(root)
    assert not disagreements(report, judgement)
    return report, judgement


@pytest.mark.parametrize(("part", "field"), [(part, field) for part in JUDGED for field in JUDGED[part]])
def test_a_single_wrong_figure_is_a_disagreement(
    both: tuple[Report, Judgement], part: str, field: str
) -> None:
    report, right = both
    wrong = list(getattr(right, part))
    at = next(at for at, each in enumerate(wrong) if getattr(each, "rows", 0) is not None)
    wrong[at] = replace(wrong[at], **{field: "wrong"})
    changes: dict[str, Any] = {part: tuple(wrong)}
    assert disagreements(report, replace(right, **changes))


def test_a_total_on_a_receipt_is_compared_too(both: tuple[Report, Judgement]) -> None:
    report, right = both
    more = [tuple(replace(had, total=had.total + 1) for had in kpi.totals) for kpi in right.kpis]
    kpis = tuple(replace(kpi, totals=totals) for kpi, totals in zip(right.kpis, more, strict=True))
    found = disagreements(report, replace(right, kpis=kpis))
    assert len(found) == sum(map(bool, more)) > 0


def test_they_agree_on_the_sample_workspace() -> None:
    assert not disagreements(evaluate_workspace(SAMPLE), judge(SAMPLE))
