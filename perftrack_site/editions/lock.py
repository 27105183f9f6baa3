"""One build of a workspace at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from perftrack_site.errors import EnvironmentFault, LockedError


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold the lock file `path` while the block runs. Raise LockedError where another process holds it.

    The system lets go of the lock when its process ends, however it ends: a file left behind locks nobody
    out. The file stays, as removing it could take it from under somebody who waits.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="ascii")
    except OSError as error:
        raise EnvironmentFault(f"The lock {path} cannot be opened: {error.strerror}.") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(_held(path)) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _held(path: Path) -> str:
    pid = path.read_text("ascii")
    holder = f"Process {pid}" if pid else "Another process"
    return f"{holder} is building this workspace (it holds {path}); wait until it ends, or end it."
