"""Everything perftrack can say no about, and the exit code that goes with it.

    PerftrackError
    ├── QualityError       1   the data is not good enough to publish
    ├── ConfigError        2   a file below config/ or a command-line option is wrong
    ├── SecurityError      3   a secret or personal data would leave the house
    ├── EnvironmentFault   4   disk, permission, memory, a missing tool
    ├── LockedError       75   another build holds the lock
    └── InternalError     70   our bug; the only one that shows a traceback
        ├── ModelError         an SQL model or check does not run
        └── SiteError          the built tree fails its own checks

Missing a target is a result, not an error: such a build ends with 0.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from dataclasses import dataclass

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
IN_THE_WAY = frozenset({errno.EEXIST, errno.ENOTDIR, errno.EISDIR})


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong, with its place and the way out.

    `place` is `file:line:column` or `file:line`, relative to the workspace; `where` names the entry
    (`kpis[0].metric`, `column 'Views'`); `wrong` is a clause; `right` says what would be right.
    """

    place: str
    where: str
    wrong: str
    right: str = ""

    def __str__(self) -> str:
        text = f"{self.place}: {self.where}: {self.wrong}" if self.where else f"{self.place}: {self.wrong}"
        return f"{text}; {self.right}" if self.right else text


class PerftrackError(Exception):
    """Base of everything we say no about; carries every fault found in the run."""

    exit_code = 70

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join([self.message, *(str(fault) for fault in self.faults)])


class QualityError(PerftrackError):
    exit_code = 1


class ConfigError(PerftrackError):
    exit_code = 2


class SecurityError(PerftrackError):
    exit_code = 3


class EnvironmentFault(PerftrackError):  # noqa: N818 EnvironmentError is Python's
    exit_code = 4


class LockedError(PerftrackError):
    exit_code = 75


class InternalError(PerftrackError):
    exit_code = 70


class ModelError(InternalError):
    pass


class SiteError(InternalError):
    pass


def refused_by_system(error: OSError) -> OSError:
    """Give the error of one file with its place: of a copy that failed the copy, of a copied tree the first."""
    if isinstance(error, shutil.Error):
        _, place, said = error.args[0][0]
        number = re.match(r"\[Errno ([0-9]+)\]", str(said))
        code = int(number[1]) if number else errno.EIO
        return OSError(code, os.strerror(code), str(place))
    return OSError(error.errno, error.strerror, error.filename2 or error.filename)
