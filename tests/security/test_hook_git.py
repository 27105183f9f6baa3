"""`perftrack hook install` with the real git: a commit with a secret in it is not made."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from leaky import TOKEN, add_token, media_of, perftrack


@pytest.fixture(autouse=True)
def _a_git_of_our_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No configuration of this machine, and an author."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Ada")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ada@mail.example")


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def commit(folder: Path) -> subprocess.CompletedProcess[str]:
    git(folder, "add", "--all")
    return git(folder, "commit", "-m", "Data of the week")


@pytest.fixture
def repository(skeleton: Path) -> Path:
    """A new workspace in git, committed, with the hook."""
    git(skeleton, "init", "--initial-branch=main")
    assert commit(skeleton).returncode == 0
    installed = perftrack("hook", "install", cwd=skeleton)
    assert (installed.returncode, "pre-commit is written" in installed.stdout) == (0, True)
    return skeleton


def test_a_commit_with_a_token_is_stopped_and_says_why(repository: Path) -> None:
    add_token(repository)
    stopped = commit(repository)
    assert stopped.returncode == 1
    assert "data/instagram/media-2026-02-13.json:" in stopped.stderr
    assert "Nothing was committed; correct these files and `git add` them again." in stopped.stderr
    assert TOKEN not in stopped.stdout + stopped.stderr
    assert git(repository, "rev-list", "--count", "HEAD").stdout.strip() == "1"


def test_what_is_staged_counts_and_not_what_lies_in_the_folder(repository: Path) -> None:
    add_token(repository)
    git(repository, "add", "--all")
    assert perftrack("scrub", cwd=repository).returncode == 0
    assert git(repository, "commit", "-m", "scrubbed, but not added").returncode == 1
    assert commit(repository).returncode == 0
    assert TOKEN not in git(repository, "show", "HEAD:data/instagram/media-2026-02-13.json").stdout


def test_a_clean_commit_is_made_even_of_a_file_that_is_newer_than_the_last_commit(repository: Path) -> None:
    media = media_of(repository)
    media.rename(media.with_name("media-2199-02-13.json"))
    (repository / "notes.txt").write_text("clean", "utf-8")
    made = commit(repository)
    assert (made.returncode, made.stderr) == (0, "")


def test_a_broken_contract_is_stopped_too(repository: Path) -> None:
    (repository / "config/project.yml").write_text("name: 7\n", "utf-8")
    stopped = commit(repository)
    assert (stopped.returncode, "config/project.yml" in stopped.stderr) == (1, True)


def test_the_hook_of_somebody_else_stays_and_is_told_how_to_call_ours(repository: Path) -> None:
    hook = repository / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    refused = perftrack("hook", "install", cwd=repository)
    assert refused.returncode == 2
    assert (
        "another hook stands there already; add this line to it: perftrack hook run --workspace . || exit 1"
        in refused.stderr
    )
    assert hook.read_text("utf-8") == "#!/bin/sh\nexit 0\n"


def test_installing_again_writes_our_own_hook_anew(repository: Path) -> None:
    hook = repository / ".git/hooks/pre-commit"
    was = hook.read_text("utf-8")
    hook.write_text(was.replace("exec", "true ||"), "utf-8")
    assert perftrack("hook", "install", cwd=repository).returncode == 0
    assert hook.read_text("utf-8") == was


@pytest.mark.parametrize("place", ["hooks of ours", "/absolute"])
def test_hooks_are_kept_where_git_looks_for_them(skeleton: Path, tmp_path: Path, place: str) -> None:
    folder = tmp_path / "shared" if place.startswith("/") else skeleton / place
    git(skeleton, "init", "--initial-branch=main")
    git(skeleton, "config", "core.hooksPath", str(folder) if place.startswith("/") else place)
    assert perftrack("hook", "install", cwd=skeleton).returncode == 0
    assert (folder / "pre-commit").is_file()
    add_token(skeleton)
    assert commit(skeleton).returncode == 1


def test_a_workspace_within_a_repository_and_a_second_worktree_are_guarded(
    skeleton: Path, tmp_path: Path
) -> None:
    top = tmp_path / "big repository"
    top.mkdir()
    skeleton.rename(top / "our numbers")
    git(top, "init", "--initial-branch=main")
    assert commit(top).returncode == 0
    assert perftrack("hook", "install", cwd=top / "our numbers").returncode == 0
    second = tmp_path / "second"
    git(top, "worktree", "add", str(second))
    for folder in (top, second):
        add_token(folder / "our numbers")
        stopped = commit(folder)
        assert (stopped.returncode, "paging.next" in stopped.stderr) == (1, True)


def test_a_commit_in_which_there_is_no_workspace_passes(repository: Path) -> None:
    git(repository, "rm", "-r", "--cached", "config", "data")
    assert git(repository, "commit", "-m", "moved away").returncode == 0


def test_outside_a_repository_it_is_said_in_a_sentence(skeleton: Path) -> None:
    refused = perftrack("hook", "install", cwd=skeleton)
    assert (refused.returncode, "not a git repository" in refused.stderr) == (2, True)
