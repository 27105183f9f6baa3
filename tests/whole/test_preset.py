"""`perftrack init --for campaigns`: a workspace to fill in, which builds before and after its first file."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from support import REPOSITORY

from perftrack_site.build import check, evaluate_workspace
from perftrack_site.config import load_project
from perftrack_site.errors import ConfigError
from perftrack_site.evaluation.report import CampaignResult
from perftrack_site.packaged import presets
from perftrack_site.sources import FORMATS
from perftrack_site.start import write_workspace

FILES = {
    "spend/spend-2027-01-18.csv": (
        "day,campaign,influencer,cost_type,amount,currency,reference\n"
        "2027-01-15,first-campaign,your-influencer,fee,1200.00,EUR,invoice-1\n"
        "2027-01-16,first-campaign,your-influencer,product,50.00,USD,invoice-2\n"
    ),
    "fx/fx-2027-01-18.csv": "day,base,quote,rate\n2027-01-15,USD,EUR,0.9213\n",
}


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    write_workspace(tmp_path / "mine", purpose="campaigns")
    return tmp_path / "mine"


def only_campaign(workspace: Path) -> CampaignResult:
    [campaign] = evaluate_workspace(workspace).campaigns
    return campaign


def test_the_contract_is_visible_before_any_data_exists(mine: Path) -> None:
    report = evaluate_workspace(mine)
    [campaign] = report.campaigns
    assert (report.as_of.isoformat(), campaign.state, campaign.in_edition) == ("2027-01-04", "planned", True)
    assert [(kpi.key, str(kpi.target.value)) for kpi in campaign.kpis] == [
        ("engagement", "7/200"), ("orders", "120"), ("money-spent", "6000"),
    ]  # fmt: skip


def test_the_first_file_dates_the_build_and_fills_its_kpi(mine: Path) -> None:
    for name, content in FILES.items():
        (mine / "data" / name).write_text(content, "utf-8")
    campaign = only_campaign(mine)
    spent = next(kpi for kpi in campaign.kpis if kpi.key == "money-spent")
    assert (campaign.state, spent.actual.value, spent.pace) == (
        "in_flight",
        Fraction("1246.065"),
        "on_track",
    )
    assert {notice.partition(": ")[2] for notice in check(mine).notices} == {
        "no file fits its pattern in config/sources.yml"
    }


def test_each_folder_says_which_export_goes_where_and_how_it_is_named(mine: Path) -> None:
    for source in load_project(mine, FORMATS).sources:
        folder, _, name = source.files.rpartition("/")
        words = (mine / "data" / folder.partition("/")[0] / "README.md").read_text("utf-8")
        assert re.sub(r"\{extracted_at:[^}]*\}", "2027-01-18", name) in words


def test_every_line_shown_in_a_readme_is_one_its_format_reads(mine: Path) -> None:
    for kind in ("spend", "fx"):
        words = (mine / f"data/{kind}/README.md").read_text("utf-8")
        shown = [line.strip() for line in words.splitlines() if line.startswith("    ")]
        (mine / f"data/{kind}/{kind}-2027-01-18.csv").write_text("\n".join(shown) + "\n", "utf-8")
    assert check(mine).totals.accepted == 2


def test_a_purpose_nobody_thought_of_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--for world-peace: there is no such one, only campaigns"):
        write_workspace(tmp_path / "x", purpose="world-peace")
    with pytest.raises(ConfigError, match="--for campaigns: it stands beside --sample"):
        write_workspace(tmp_path / "x", sample=True, purpose="campaigns")
    assert list(tmp_path.iterdir()) == []


def test_the_command_names_every_purpose() -> None:
    words = (REPOSITORY / "perftrack_site/cli.py").read_text("utf-8")
    assert f"Write one to fill in: {', '.join(presets())}." in words
