"""The command line in clumsy hands: wrong days, wrong folders, closed ears; always a sentence and an exit code."""

from __future__ import annotations

import json
import shutil
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from perftrack_site.cli import app, main, run

CONTRACT = "config/campaigns/first-campaign.yml"


def perftrack(*arguments: str | Path) -> int:
    """Run a command in this process, as `main` does."""
    return run(lambda: app(args=[str(argument) for argument in arguments], standalone_mode=False))


@pytest.mark.parametrize(
    "day", ["20261115", "2026-W46-1", "9999-12-31", "0001-01-01", "2026-02-30", "", "\x1b[2J"]
)
def test_a_day_is_written_as_in_the_contracts(
    skeleton: Path, capsys: pytest.CaptureFixture[str], day: str
) -> None:
    assert perftrack("check", "-w", skeleton, "--as-of", day) == 2
    said = capsys.readouterr().err
    assert "is not a day; write it as 2026-11-15, from 1990 to 2199" in said
    assert "\x1b" not in said


def test_an_empty_period_is_none(skeleton: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert perftrack("build", "-w", skeleton, "--period", "") == 2
    assert "'' is not a period" in capsys.readouterr().err


@pytest.mark.parametrize("year", ["1901", "2150"])
def test_an_edition_long_ago_or_far_ahead_is_built(skeleton: Path, year: str) -> None:
    day = f"{max(int(year), 2026)}-12-31"
    assert perftrack("build", "-w", skeleton, "--period", year, "--as-of", day) == 0
    assert (skeleton / f"site/{year}/index.html").is_file()


@pytest.mark.parametrize(
    "folder", ["data/site", "config", "build", "site/other", ".perftrack/x", "site_templates"]
)
def test_the_site_is_not_published_among_the_workspaces_own_files(
    skeleton: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    assert perftrack("build", "-w", skeleton, "--out", skeleton / folder) == 2
    assert "of the workspace; name a folder outside it." in capsys.readouterr().err


@pytest.mark.parametrize("command", [["init"], ["schema", "--out"]])
@pytest.mark.parametrize("below", [".", "deeper"])
def test_a_file_in_the_way_of_a_folder_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], below: str
) -> None:
    (tmp_path / "file").write_text("mine")
    assert perftrack(*command, tmp_path / "file" / below) == 2
    assert "is a file, or below one; name a folder" in capsys.readouterr().err
    assert (tmp_path / "file").read_text() == "mine"


def test_contracts_without_a_day_and_data_of_no_source_date_no_build(
    skeleton: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (skeleton / "config/sources.yml").write_text("sources: []\n")
    contract = skeleton / CONTRACT
    lines = contract.read_text("utf-8").splitlines(keepends=True)
    contract.write_text("".join(line for line in lines if not line.startswith("agreed:")), "utf-8")
    assert perftrack("build", "-w", skeleton) == 2
    assert "No file in data/ belongs to a source" in capsys.readouterr().err


def test_a_command_without_ears_still_answers_with_its_code(
    skeleton: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert perftrack("check", "-w", skeleton) == 0
    assert perftrack("check", "-w", skeleton / "nowhere") == 2


def test_a_terminal_that_knows_only_ascii_loses_letters_and_no_number(
    skeleton: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = skeleton / CONTRACT
    contract.write_text(contract.read_text("utf-8").replace("First campaign", "Frühling 🎉"), "utf-8")
    heard = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(heard, "ascii"))
    assert perftrack("explain", "first campaign", "-w", skeleton) == 0
    assert b"Fr?hling ? (first-campaign): met" in heard.getvalue()
    assert b"4 700; target at least 4 000" in heard.getvalue()


def test_json_says_every_letter_whatever_the_terminal(
    skeleton: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = skeleton / CONTRACT
    contract.write_text(contract.read_text("utf-8").replace("First campaign", "Frühling 🎉"), "utf-8")
    heard = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(heard, "ascii"))
    assert perftrack("explain", "first-campaign", "-w", skeleton, "--json") == 0
    assert json.loads(heard.getvalue())["lines"][0] == "Frühling 🎉 (first-campaign): met"


@pytest.mark.parametrize("asked", ["", "/", "x" * 5000])
def test_explain_says_briefly_that_nothing_was_asked_for(
    skeleton: Path, capsys: pytest.CaptureFixture[str], asked: str
) -> None:
    assert perftrack("explain", asked, "-w", skeleton) == 2
    said = capsys.readouterr().err
    assert "is not known here" in said
    assert len(said) < 200


def test_a_misaligned_row_names_no_column(skeleton: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (skeleton / "data/spend/spend-2026-02-14.csv").write_text(
        "day,campaign,influencer,cost_type,amount,currency,reference\n2026-02-01,first-campaign\n"
    )
    assert perftrack("check", "-w", skeleton) == 1
    assert "spend-2026-02-14.csv:2: 2 cells where the header has 7 (rule columns)" in capsys.readouterr().out


def test_a_folder_that_may_not_be_read_is_named_with_a_way_out(
    skeleton: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied", "data/spend")

    monkeypatch.setattr(Path, "iterdir", refused)
    assert perftrack("check", "-w", skeleton) == 4
    assert capsys.readouterr().err == (
        "data/spend: Permission denied; give this user the right to read and write it.\n"
    )


def test_a_full_disk_is_said_once_and_not_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device", source, None, target)

    monkeypatch.setattr(shutil, "copyfile", full)
    assert perftrack("init", tmp_path / "new") == 4
    [said] = capsys.readouterr().err.splitlines()
    assert said.startswith(str(tmp_path / "new/"))
    assert said.endswith(": the disk is full; free some space and try again.")


@pytest.mark.parametrize(
    ("template", "wrong"),
    [
        (b"\xff", "home.md.j2"),
        (b"{% if %}", "home.md.j2:1"),
        (b"<script>alert(1)</script>", "active content that is not the theme's. Compare the templates"),
        (
            b"<a href='nowhere/'>x</a>",
            "fails its own check; the published one is as it was. Compare the templates",
        ),
    ],
)
def test_a_workspaces_own_template_is_to_blame_for_its_faults(
    skeleton: Path, capsys: pytest.CaptureFixture[str], template: bytes, wrong: str
) -> None:
    own = skeleton / "site_templates/pages/home.md.j2"
    own.parent.mkdir(parents=True)
    own.write_bytes(template)
    assert perftrack("build", "-w", skeleton, "--period", "2026-Q1") == 2
    assert wrong in capsys.readouterr().err


def test_templates_that_are_no_folder_are_not_passed_over(
    skeleton: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (skeleton / "site_templates").write_text("")
    assert perftrack("build", "-w", skeleton, "--period", "2026-Q1") == 2
    assert "site_templates: is not a folder" in capsys.readouterr().err


def test_a_command_without_arguments_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([])
    assert left.value.code == 0
    assert "build" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("audience", "folder"),
    [
        ("influencer:alex", "site"),
        ("influencer:alex", "site/alex"),
        ("internal", "site-audiences/influencer-alex"),
    ],
)
def test_no_audience_is_published_in_the_place_of_another(
    skeleton: Path, capsys: pytest.CaptureFixture[str], audience: str, folder: str
) -> None:
    assert perftrack("build", "-w", skeleton, "--audience", audience, "--out", skeleton / folder) == 2
    assert "of the workspace; name a folder outside it." in capsys.readouterr().err


def test_a_file_in_the_place_of_data_is_no_empty_folder(
    skeleton: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(skeleton / "data")
    (skeleton / "data").write_text("")
    assert perftrack("check", "-w", skeleton, "--as-of", "2026-02-14") == 1
    assert "data: is not a folder; make it the folder" in capsys.readouterr().err


def test_a_source_whose_pattern_fits_no_file_is_noticed(
    skeleton: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = skeleton / "config/sources.yml"
    sources.write_text(sources.read_text("utf-8").replace("spend/spend-", "spent/spend-"), "utf-8")
    assert perftrack("check", "-w", skeleton) == 0
    assert "Notice: spend: no file fits its pattern in config/sources.yml" in capsys.readouterr().out


def test_a_mistyped_year_does_not_publish_hundreds_of_editions(
    skeleton: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contract = skeleton / CONTRACT
    contract.write_text(contract.read_text().replace("start: 2026-01-12", "start: 1990-01-12"))
    assert perftrack("build", "-w", skeleton) == 2
    assert (
        "editions would be published since the first campaign began; is a year mistyped?"
        in capsys.readouterr().err
    )
