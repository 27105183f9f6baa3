"""Editions of a few files, and a process that dies at a chosen moment."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from perftrack_site.editions import swap
from perftrack_site.editions.publish import Edition, publish

MOMENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.copyfile", "shutil.rmtree"}


def edition(folder: Path, words: str, key: str = "2026-Q4", title: str = "Q4 2026") -> Edition:
    """An edition of two pages that hold `words`."""
    html = folder / f"{key}-{words}"
    for page in ("index.html", "campaigns/index.html"):
        (html / page).parent.mkdir(parents=True, exist_ok=True)
        (html / page).write_text(f"<p>{words}</p>", "utf-8")
    return Edition(key, title, "quarter", "open", date(2026, 10, 1), date(2026, 12, 31), html)


def publish_one(one: Edition, out: Path) -> None:
    publish([one], one.key, out, lambda _: ())


def killed_at(moment: int, act: Callable[[], None]) -> bool:
    """Run `act` in a process of its own that kills itself at its n-th touch of the disk.

    True if it was killed; False if it ended before that many.
    """
    child = os.fork()
    if child == 0:
        _die_at(moment)
        act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def _die_at(moment: int) -> None:
    left = moment

    def step() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def stepping(function: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*arguments: Any) -> Any:  # noqa: ANN401 - whatever the function takes
            step()
            done = function(*arguments)
            step()
            return done

        return stepped

    # The interpreter tells of every file opened, renamed and removed; these two it does not tell of.
    patch = pytest.MonkeyPatch()
    patch.setattr(os, "fsync", stepping(os.fsync))
    patch.setattr(swap, "exchange", stepping(swap.exchange))
    sys.addaudithook(lambda event, _: step() if event in MOMENTS else None)
