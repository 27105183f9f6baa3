from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from perftrack_site.editions.lock import lock
from perftrack_site.errors import EnvironmentFault, LockedError

HOLD = """
import sys; from pathlib import Path
from perftrack_site.editions.lock import lock
with lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_elsewhere(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Hold the lock in another process."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process


def test_a_second_build_is_told_which_process_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / ".perftrack/lock"
    with held_elsewhere(path) as process:
        with (
            pytest.raises(LockedError, match=f"Process {process.pid} is building this workspace"),
            lock(path),
        ):
            pytest.fail("two processes hold one lock")
        process.communicate()
    with lock(path):
        pass


def test_a_killed_build_holds_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held_elsewhere(path) as process:
        process.kill()
        process.wait()
        with lock(path):
            pass


def test_the_lock_is_let_go_after_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with pytest.raises(ZeroDivisionError), lock(path):
        raise ZeroDivisionError
    with lock(path):
        pass
    assert path.read_text() == ""


def test_a_lock_that_cannot_be_opened_is_a_fault_of_the_environment(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault, match="cannot be opened"), lock(tmp_path / "file/lock"):
        pytest.fail("a lock below a file")
