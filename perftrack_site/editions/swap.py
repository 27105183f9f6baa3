"""A whole tree takes the place of another, so that a kill at any moment leaves the one or the other.

Beside the published tree `<out>` two names are ours, with the number of the process:

- `<out>.perftrack-next-<pid>`: the new tree until it is in place, then the old one until it is removed;
- `<out>.perftrack-old-<pid>`: the old tree, whole, on its way there where the system cannot exchange folders.

These names are the journal: when a later run finds the second, the new tree was complete and on the disk
(`repair`).
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

_RENAME_EXCHANGE = 2  # linux/fs.h
_AT_FDCWD = -100  # fcntl.h
# An exchange that the kernel or the file system does not know, as opposed to one that failed.
_UNKNOWN = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


def staging(out: Path) -> Path:
    """Name the folder in which this process puts the next tree of `out` together."""
    return out.with_name(f"{out.name}.perftrack-next-{os.getpid()}")


def swap(new: Path, out: Path) -> None:
    """Put the complete tree `new` (same file system) in the place of `out`, then remove the old tree.

    Where the system can exchange two folders, a reader sees the old tree or the new one at every moment.
    Where it cannot, a reader finds nothing between two renames, some microseconds; a run killed there is
    repaired by the next. A failure raises OSError and leaves `out` as it was.
    """
    sync(new)
    if not out.exists():
        new.rename(out)
    elif not exchange(new, out):
        _rename_around(new, out)
    # From here on the new tree is in place for every reader: nothing below may report a failure to publish.
    with contextlib.suppress(OSError):
        _sync_one(out.parent)
    shutil.rmtree(new, ignore_errors=True)  # the old tree by now; what stays is removed by the next run


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step (renameat2). False where the system cannot do that."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNKNOWN:
        return False
    raise OSError(code, os.strerror(code), str(other))


def repair(out: Path) -> None:
    """Finish what a killed run began at `out`, and remove what it left. Needs the lock."""
    left = {kind: list(_left(out, kind)) for kind in ("next", "old")}
    if left["old"] and not out.exists():
        (left["next"] or left["old"])[0].rename(out)
    for path in [*_left(out, "next"), *_left(out, "old")]:
        shutil.rmtree(path)


def sync(tree: Path) -> None:
    """Write `tree` to the disk, files first, so that no name is there before what it names."""
    for folder, _, files in os.walk(tree, topdown=False):
        for name in files:
            _sync_one(Path(folder, name))
        _sync_one(Path(folder))


def _rename_around(new: Path, out: Path) -> None:
    old = out.with_name(f"{out.name}.perftrack-old-{os.getpid()}")
    out.rename(old)
    try:
        _sync_one(out.parent)
        new.rename(out)
    except OSError:
        old.rename(out)
        raise
    with contextlib.suppress(OSError):
        old.rename(new)


def _left(out: Path, kind: str) -> Iterator[Path]:
    """Find what earlier processes left beside `out`; names of other folders there do not match."""
    name = re.compile(rf"{re.escape(out.name)}\.perftrack-{kind}-\d+")
    return (path for path in sorted(out.parent.iterdir()) if name.fullmatch(path.name))


def _sync_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
