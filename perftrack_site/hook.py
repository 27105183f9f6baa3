"""Git's pre-commit hook: what is about to be committed passes `perftrack check`, or it is not committed."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from perftrack_site.build import check
from perftrack_site.config.names import harmless
from perftrack_site.errors import ConfigError, EnvironmentFault, QualityError, SecurityError

MARK = "# Written by `perftrack hook install`."
PARTS = ("config", "data")
AGAIN = "Nothing was committed; correct these files and `git add` them again."
SCRIPT = """\
#!/bin/sh
{mark}
perftrack={perftrack}
[ -x "$perftrack" ] || perftrack=perftrack
if ! command -v "$perftrack" > /dev/null; then
    echo "perftrack is not installed here any more: install it, or remove this hook: $0" >&2
    exit 1
fi
exec "$perftrack" hook run --workspace {workspace}
"""


def install(root: Path) -> str:
    """Write the hook of the repository that `root` is in; raise ConfigError where another hook stands."""
    top = Path(_git(root, "rev-parse", "--show-toplevel"))
    workspace = _inside(root, top)
    hook = (top / _git(top, "rev-parse", "--git-path", "hooks") / "pre-commit").resolve()
    script = SCRIPT.format(
        mark=MARK, perftrack=shlex.quote(str(_ourselves())), workspace=shlex.quote(workspace)
    )
    if hook.exists() and MARK not in hook.read_text("utf-8", "replace"):
        line = f"perftrack hook run --workspace {shlex.quote(workspace)} || exit 1"
        raise ConfigError(f"{hook}: another hook stands there already; add this line to it: {line}")
    hook.parent.mkdir(parents=True, exist_ok=True)
    hook.write_text(script, "utf-8")
    hook.chmod(0o755)
    return f"{hook} is written: a commit now passes `perftrack check` first."


def run(root: Path) -> None:
    """Check what is about to be committed; raise what `check` raises."""
    with staged(root) as workspace:
        if workspace is None:
            return
        try:
            check(workspace).raise_for_quality()
        except (ConfigError, QualityError, SecurityError) as no:
            raise type(no)(f"{no.message} {AGAIN}", no.faults) from None


@contextmanager
def staged(root: Path) -> Iterator[Path | None]:
    """Lay out what is about to be committed of a workspace, which need not be what its folder holds.

    None where no workspace is about to be committed.
    """
    # A hook runs at the top of its repository, with words for git in the environment that hold only there.
    top = Path(_git(Path() if "GIT_INDEX_FILE" in os.environ else root, "rev-parse", "--show-toplevel"))
    folder = _inside(root, top)
    with tempfile.TemporaryDirectory(prefix="perftrack-staged-") as place:
        names = _git(top, "ls-files", "-z", "--", *(f"{folder}/{part}" for part in PARTS))
        _git(top, "checkout-index", "-z", "--stdin", f"--prefix={place}/", given=names)
        laid = Path(place, folder)
        _forget_repository(top)
        yield laid if (laid / "config").is_dir() else None


def _inside(root: Path, top: Path) -> str:
    """Name a workspace as it is seen from the top of its repository."""
    return root.resolve().relative_to(top.resolve()).as_posix()


def _forget_repository(top: Path) -> None:
    """Drop what git tells a hook of its repository: the files that are checked lie outside it."""
    for name in _git(top, "rev-parse", "--local-env-vars").split():
        os.environ.pop(name, None)


def _ourselves() -> Path:
    """Find the command of this environment."""
    return Path(sys.executable).with_name("perftrack")


def _git(folder: Path, *arguments: str, given: str | None = None) -> str:
    command = ["git", "--literal-pathspecs", "-C", str(folder), *arguments]
    try:
        # File names are bytes: what is not UTF-8 goes through as it came.
        done = subprocess.run(  # noqa: S603 our own words
            command, input=given, capture_output=True, check=False, encoding="utf-8", errors="surrogateescape"
        )
    except OSError as error:
        raise EnvironmentFault("git is not installed on this machine.") from error
    if done.returncode != 0:
        why = done.stderr.strip().splitlines() or ["it does not say why"]
        raise ConfigError(f"git {arguments[0]} failed: {harmless(why[-1])}")
    return done.stdout.rstrip("\n")
