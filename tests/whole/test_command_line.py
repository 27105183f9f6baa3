"""The command line as a person types it: sentences, exit codes, and a site that stays as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from perftrack_site.editions.digest import tree_digest


def perftrack(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "perftrack_site", *arguments]
    return subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_new_workspace_builds_and_ends_with_six_lines(tmp_path: Path) -> None:
    assert perftrack("init", "mine", cwd=tmp_path).returncode == 0
    built = perftrack("build", cwd=tmp_path / "mine")
    assert (built.returncode, built.stderr) == (0, "")
    labels = [line.split()[0] for line in built.stdout.splitlines()]
    assert labels == ["Goal", "Outlook", "Attention", "Records", "Pages", "Next"]
    assert "reached in Q1 2026, 1 of 1 (100.0" in built.stdout
    assert (tmp_path / "mine/site/2026-Q1/campaigns/first-campaign/index.html").is_file()


def test_init_overwrites_nothing(skeleton: Path) -> None:
    refused = perftrack("init", cwd=skeleton)
    assert refused.returncode == 2
    assert "config: is there already; choose another folder" in refused.stderr


def test_check_closes_the_ledger_of_every_file(skeleton: Path) -> None:
    checked = perftrack("check", "--json", cwd=skeleton)
    found = json.loads(checked.stdout)
    assert checked.returncode == 0
    assert [(file["path"], file["records"], file["accepted"]) for file in found["files"]] == [
        ("data/instagram/insights-2026-02-13.json", 6, 6),
        ("data/instagram/media-2026-02-13.json", 1, 1),
        ("data/spend/spend-2026-02-14.csv", 1, 1),
    ]


def test_explain_leads_from_a_kpi_to_the_lines_of_its_files(skeleton: Path) -> None:
    explained = perftrack("explain", "first-campaign/engagement", cwd=skeleton)
    assert explained.returncode == 0
    assert "Engagement rate by reach in First campaign: met" in explained.stdout
    assert "data/instagram/insights-2026-02-13.json lines 5-8" in explained.stdout
    assert "data/instagram/insights-2026-02-13.json lines 4 " in explained.stdout


def test_explain_says_what_a_metric_is_and_offers_the_nearest_name(skeleton: Path) -> None:
    assert "formula    spend / orders" in perftrack("explain", "cost_per_order", cwd=skeleton).stdout
    unknown = perftrack("explain", "cost_per_ordr", cwd=skeleton)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "did you mean cost_per_order" in unknown.stderr


def test_schema_prints_every_file_of_the_configuration(tmp_path: Path) -> None:
    schemas = json.loads(perftrack("schema", cwd=tmp_path).stdout)
    assert {"project", "sources", "influencers", "campaign", "metrics", "business", "results"} <= set(schemas)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["build", "--as-of", "yesterday"], 2, "--as-of: 'yesterday' is not a day; write it as 2026-11-15"),
        (["build", "--period", "soon"], 2, "'soon' is not a period"),
        (["build", "--period", "2031-Q1"], 2, "2031-Q1 begins on 2031-01-01, after 2026-02-14"),
        (["build", "--fast"], 2, "No such option: --fast"),
        (
            ["build", "--as-of", "2026-02-13"],
            1,
            "spend-2026-02-14.csv: it was extracted on 2026-02-14, after 2026-02-13",
        ),
        (["bild"], 2, "No such command 'bild'"),
    ],
)
def test_usage_is_refused_in_a_sentence(
    skeleton: Path, arguments: list[str], code: int, sentence: str
) -> None:
    refused = perftrack(*arguments, cwd=skeleton)
    assert refused.returncode == code
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_folder_that_is_no_workspace_is_named(tmp_path: Path) -> None:
    refused = perftrack("build", cwd=tmp_path)
    assert refused.returncode == 2
    assert "config: the folder is missing; `perftrack init` makes a workspace" in refused.stderr


def test_a_failed_build_leaves_the_published_site_as_it_was(skeleton: Path) -> None:
    assert perftrack("build", cwd=skeleton).returncode == 0
    before = tree_digest(skeleton / "site")
    (skeleton / "data/spend/spend-2026-02-14.csv").write_bytes(b"")
    refused = perftrack("build", cwd=skeleton)
    assert refused.returncode == 1
    assert "data/spend/spend-2026-02-14.csv:1: the file is empty" in refused.stderr
    assert tree_digest(skeleton / "site") == before


def test_missing_a_target_is_a_result_and_no_error(skeleton: Path) -> None:
    contract = skeleton / "config/campaigns/first-campaign.yml"
    contract.write_text(contract.read_text().replace("value: 4000, stretch: 6000", "value: 4701"))
    built = perftrack("build", cwd=skeleton)
    assert built.returncode == 0
    assert "not reached in Q1 2026, 0 of 1 (0.0" in built.stdout
