"""What git knows of the workspace; a workspace without git is fine."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Commit:
    """HEAD: its id, and the business day on which it was committed."""

    id: str
    day: date


def head_commit(workspace: Path, timezone: str) -> Commit | None:
    """Look up HEAD of the repository that tracks this workspace's config; None where there is none."""
    tracked = _git(workspace, "ls-files", "--error-unmatch", "config/project.yml")
    told = _git(workspace, "log", "-1", "--format=%H %cI") if tracked is not None else None
    if not told:
        return None
    commit_id, moment = told.split()
    return Commit(commit_id, datetime.fromisoformat(moment).astimezone(ZoneInfo(timezone)).date())


def _git(workspace: Path, *arguments: str) -> str | None:
    try:
        command = ["git", "-C", str(workspace), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 our own words
    except OSError:  # no git on this machine
        return None
    return done.stdout.strip() if done.returncode == 0 else None
