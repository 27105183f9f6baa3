"""HTML folders become the published tree.

- `<out>/2026-Q4/...` is an edition,
- `<out>/versions.json` lists all editions, in mike's format, which the theme's version selector reads,
- `<out>/latest/` redirects to the current edition, as does `<out>/index.html`,
- what belongs to all editions (the archive, files they share) lies beside them.
"""

from __future__ import annotations

import html
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from perftrack_site.editions.swap import repair, staging, swap
from perftrack_site.errors import (
    IN_THE_WAY,
    NO_RIGHT,
    NO_SPACE,
    ConfigError,
    EnvironmentFault,
    Fault,
    SiteError,
    refused_by_system,
)

VERSIONS = "versions.json"
LATEST = "latest"

_REDIRECT = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
<link rel="canonical" href="{to}">
<meta http-equiv="refresh" content="0; url={to}">
</head>
<body>
<p>The current edition is <a href="{to}">{title}</a>.</p>
</body>
</html>
"""


@dataclass(frozen=True)
class Edition:
    """The site of one period, built and ready to be published."""

    key: str  # 2026-Q4; its folder
    title: str  # Q4 2026
    kind: Literal["week", "month", "quarter", "year"]
    status: Literal["open", "closed"]
    start: date
    end: date
    html: Path
    data_commit: str | None = None
    hidden: bool = False  # left out of the version selector, still there


@dataclass(frozen=True)
class Published:
    """What lies in `out` now."""

    out: Path
    editions: tuple[str, ...]
    current: str
    files: int


def publish(
    editions: Sequence[Edition],
    current: str,
    out: Path,
    check: Callable[[Path], Sequence[Fault]],
    common: Path | None = None,
) -> Published:
    """Make `out` hold exactly `editions`, listed in their order, with redirects to `current`.

    `common` is a folder with what belongs to all of them; its contents go to the root of the tree.
    The tree is put together beside `out`, proven with `check`, written to the disk and swapped in whole (see
    `swap`); whatever goes wrong before that leaves `out` as it was. The caller holds the lock.
    Raises SiteError with the faults of `check`, ConfigError where `out` holds something else,
    EnvironmentFault for the disk.
    """
    _refuse_names(editions, current)
    out = out.resolve()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        repair(out)
        _refuse_foreign(out)
        new = staging(out)
        try:
            _assemble(editions, current, new, common)
            if faults := tuple(check(new)):
                raise SiteError("The new site fails its own check; the published one is as it was.", faults)
            files = sum(path.is_file() for path in new.rglob("*"))
            swap(new, out)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise EnvironmentFault(_sentence(refused_by_system(error), out)) from error
    return Published(out, tuple(edition.key for edition in editions), current, files)


def _assemble(editions: Sequence[Edition], current: str, into: Path, common: Path | None) -> None:
    into.mkdir()
    if common:
        shutil.copytree(common, into, dirs_exist_ok=True, copy_function=shutil.copyfile)
    for edition in editions:
        shutil.copytree(edition.html, into / edition.key, copy_function=shutil.copyfile)
    versions = [_version(edition, current) for edition in editions]
    (into / VERSIONS).write_text(json.dumps(versions, indent=2, ensure_ascii=False) + "\n", "utf-8")
    title = next(edition.title for edition in editions if edition.key == current)
    (into / LATEST).mkdir()
    _redirect(into / "index.html", f"{current}/", title)
    _redirect(into / LATEST / "index.html", f"../{current}/", title)


def _version(edition: Edition, current: str) -> dict[str, object]:
    return {
        "version": edition.key,
        "title": edition.title,
        "aliases": [LATEST] if edition.key == current else [],
        "properties": {
            "hidden": edition.hidden,
            "kind": edition.kind,
            "status": edition.status,
            "start": edition.start.isoformat(),
            "end": edition.end.isoformat(),
            "data_commit": edition.data_commit,
        },
    }


def _redirect(page: Path, to: str, title: str) -> None:
    page.write_text(_REDIRECT.format(to=html.escape(to), title=html.escape(title)), "utf-8")


def _refuse_names(editions: Sequence[Edition], current: str) -> None:
    keys = [edition.key for edition in editions]
    taken = [LATEST, "index.html", VERSIONS, *keys]
    if len({key.casefold() for key in taken}) < len(taken) or current not in keys:
        raise SiteError(f"The editions {', '.join(keys)} with {current} as the current one make no tree.")


def _refuse_foreign(out: Path) -> None:
    """Refuse to replace a folder that no publishing of ours has made: everything in it would be lost."""
    if not out.exists() or (out / VERSIONS).is_file():
        return
    if not out.is_dir() or any(out.iterdir()):
        fault = Fault(str(out), "", "it holds files perftrack did not publish", "name another folder")
        raise ConfigError("The site cannot be published there; it would replace the whole folder.", (fault,))


def _sentence(error: OSError, out: Path) -> str:
    if error.errno in NO_SPACE:
        why = f"the disk that holds {out.parent} is full; free some space and build again"
    elif error.errno in NO_RIGHT:
        why = f"{error.filename or out.parent} may not be written; give the right to, or name another folder"
    elif error.errno in IN_THE_WAY:
        why = f"{error.filename or out.parent} is a file, not a folder; name another folder"
    else:
        why = f"{error.strerror or error} ({error.filename or out})"
    return f"The site could not be published: {why}. The published site is as it was."
