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
from oracle import judge, span_of
from oracle_compare import disagreements
from oracle_config import load
from workspaces import write_workspace

from perftrack_site.build import evaluate_workspace

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


def test_a_single_wrong_figure_is_a_disagreement(tmp_path: Path) -> None:
    """Each judged field of each part, changed by itself, is found."""
    write_workspace(tmp_path, 0)
    report, judgement = evaluate_workspace(tmp_path), judge(tmp_path)
    for part in ("campaigns", "kpis", "goals"):
        first, *others = getattr(judgement, part)
        for field in fields(first):
            changes: dict[str, Any] = {part: (replace(first, **{field.name: "wrong"}), *others)}
            wrong = replace(judgement, **changes)
            judged = field.name not in ("why", "covered")  # coverage is compared as one pair
            assert bool(disagreements(report, wrong)) == judged, f"{part}: {field.name}"
