"""The README's tour, walked as it is written: each block of commands says what the block below it promises."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import REPOSITORY, copy_workspace

BLOCK = re.compile(r"```sh\n(.*?)```(?:\s*```text\n(.*?)```)?", re.DOTALL)


@dataclass(frozen=True)
class Step:
    commands: str
    promised: tuple[str, ...]


def steps(readme: str) -> tuple[Step, ...]:
    """Take the blocks of commands out of the tour, each with the lines promised below it."""
    tour = readme.partition("\n## A tour\n")[2].partition("\n## ")[0]
    return tuple(Step(commands, tuple(plain(text))) for commands, text in BLOCK.findall(tour))


def plain(text: str) -> Iterator[str]:
    """List the lines of a text with one blank wherever there are blanks of any kind."""
    return (" ".join(line.split()) for line in text.splitlines() if line.strip())


def walk(step: Step, workspace: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["/bin/bash", "-euo", "pipefail", "-c", step.commands],
        cwd=workspace, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


@pytest.fixture(scope="module")
def readme() -> str:
    return (REPOSITORY / "README.md").read_text("utf-8")


def test_the_tour_is_true_from_its_first_to_its_last_line(readme: str, tmp_path: Path) -> None:
    workspace = copy_workspace(REPOSITORY, tmp_path / "clone")
    walked = steps(readme)
    for step in walked:
        done = walk(step, workspace)
        assert (done.returncode, done.stderr) == (0, ""), step.commands
        missing = set(step.promised) - set(plain(done.stdout))
        assert missing == set(), done.stdout
    assert len(walked) == len([step for step in walked if step.promised]) == 5


def test_a_promise_that_is_not_kept_would_be_seen(tmp_path: Path) -> None:
    [step] = steps(
        "\n## A tour\n```sh\necho missed\n```\n\n```text\nmet\n```\n\n## Next\n```sh\nfalse\n```\n"
    )
    assert set(step.promised) - set(plain(walk(step, tmp_path).stdout)) == {"met"}
