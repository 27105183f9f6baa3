"""The wheel works outside the repository: install it, write the demo, build it; override one template."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import REPOSITORY


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def perftrack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command as the wheel installs it, in an environment of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = (sys.executable, "-m", "uv", "--quiet")
    run(*uv, "build", "--wheel", "--out-dir", folder, cwd=REPOSITORY)
    run(*uv, "venv", "--python", sys.executable, folder / "venv", cwd=folder)
    [wheel] = folder.glob("*.whl")
    run(*uv, "pip", "install", "--python", folder / "venv", wheel, cwd=folder)
    return folder / "venv/bin/perftrack"


def test_the_demo_of_an_installed_wheel_builds(perftrack: Path, tmp_path: Path) -> None:
    run(perftrack, "init", "--sample", "demo", cwd=tmp_path)
    told = run(perftrack, "build", cwd=tmp_path / "demo")
    assert told.splitlines()[0].startswith("Goal")
    assert (tmp_path / "demo/site/latest/index.html").is_file()


def test_one_file_of_the_workspace_overrides_one_of_the_wheel(perftrack: Path, tmp_path: Path) -> None:
    run(perftrack, "init", "mine", cwd=tmp_path)
    own = tmp_path / "mine/site_templates/assets/perftrack.css"
    own.parent.mkdir(parents=True)
    own.write_text("/* ours */", encoding="utf-8")
    run(perftrack, "build", cwd=tmp_path / "mine")
    assets = tmp_path / "mine/site/2026-Q1/assets"
    assert (assets / "perftrack.css").read_text("utf-8") == "/* ours */"
    assert (assets / "theme.css").is_file()
