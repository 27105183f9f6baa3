"""Files made to eat time or memory, or to lead elsewhere: the real command refuses them at once."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MIB = 1024**2
MEDIA = "data/instagram/media-2026-02-13.json"
MAX_CPU_SECONDS, MAX_MEMORY = 2, 300 * MIB
# The command in a process of its own, whose only child it is: so the measured time and memory are its own.
MEASURED = """
import json, resource, subprocess, sys
ran = subprocess.run([sys.executable, "-m", "perftrack_site", "check"], capture_output=True, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
seconds, peak = used.ru_utime + used.ru_stime, used.ru_maxrss * 1024
print(json.dumps({"code": ran.returncode, "said": ran.stderr, "seconds": seconds, "peak": peak}))
"""

Spoil = Callable[[Path], object]


def text(content: str) -> Spoil:
    return lambda workspace: (workspace / MEDIA).write_text(content)


def sparse(path: str, begin: bytes) -> Spoil:
    """A file of 5 GiB that takes no place on the disk."""

    def spoil(workspace: Path) -> None:
        with (workspace / path).open("wb") as file:
            file.write(begin)
            file.truncate(5 * 1024**3)

    return spoil


def zipped(*members: tuple[str, bytes]) -> Spoil:
    def spoil(workspace: Path) -> None:
        with zipfile.ZipFile(workspace / "data/export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members:
                archive.writestr(name, content)

    return spoil


def link(path: str, target: str) -> Spoil:
    def spoil(workspace: Path) -> None:
        (workspace / path).unlink(missing_ok=True)
        (workspace / path).symlink_to(target)

    return spoil


def pattern(old: str, new: str) -> Spoil:
    def spoil(workspace: Path) -> None:
        sources = workspace / "config/sources.yml"
        sources.write_text(sources.read_text("utf-8").replace(old, new), "utf-8")

    return spoil


HOSTILE: dict[str, tuple[Spoil, int, str]] = {
    "JSON of 100,000 brackets": (text("[" * 100_000), 1, f"{MEDIA}:1: is nested more than 64 deep"),
    "100,000 brackets in the list": (
        text('{"data": ' + "[" * 100_000 + "]" * 100_000 + "}"), 1, f"{MEDIA}:1: is nested more than 64 deep",
    ),
    "five million empty objects": (
        text('{"data": [' + ",".join(["{}"] * 5_000_000) + "]}"), 1, f"{MEDIA}:1: holds more than 400,000 objects",
    ),
    "JSON of 5 GiB": (sparse(MEDIA, b'{"data": ['), 1, f"{MEDIA}: is larger than 16 MiB; split it"),
    "5 GiB of nothing": (sparse(MEDIA, b""), 1, f"{MEDIA}: is not text"),
    "5 GiB that no source claims": (sparse("data/more.json", b"{"), 3, "data/more.json: a file too large"),
    "a gzip bomb": (
        lambda workspace: (workspace / MEDIA).write_bytes(gzip.compress(bytes(240 * MIB))),
        1, f"{MEDIA}: is packed with gzip; unpack it first",
    ),
    "a zip bomb": (
        zipped(*((f"{number}.csv", bytes(256 * MIB)) for number in range(4))),
        1, "data/export.zip: would unpack to more than 256 MiB",
    ),
    "a zip in a zip": (zipped(("more.zip", b"PK")), 1, "data/export.zip: its member 'more.zip' is a zip in a zip"),
    "a zip that leads out": (
        zipped(("../escape.csv", b"a,b\n")), 1, "data/export.zip: its member '../escape.csv' leads out of the zip",
    ),
    "a link in a file's place": (link(MEDIA, "/etc/hostname"), 1, f"{MEDIA}: is a link or device, not a file"),
    "a link to a folder": (link("data/more", "/etc"), 1, "data/more: is a link or device, not a file"),
    "a pattern that leads out": (
        pattern("spend/spend-", "../config/spend-"), 2, "leads out of data/; write a path below data/",
    ),
}  # fmt: skip


def checked(workspace: Path) -> dict[str, Any]:
    """Run `perftrack check` and measure it."""
    command = [sys.executable, "-c", MEASURED]
    ran = subprocess.run(command, cwd=workspace, capture_output=True, text=True, check=True, timeout=120)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize(("spoil", "code", "sentence"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_file_is_refused_before_it_can_do_harm(
    skeleton: Path, spoil: Spoil, code: int, sentence: str
) -> None:
    spoil(skeleton)
    found = checked(skeleton)
    assert (found["code"], sentence in found["said"]) == (code, True), found["said"]
    assert "Traceback" not in found["said"]
    assert found["seconds"] < MAX_CPU_SECONDS
    assert found["peak"] < MAX_MEMORY
    assert not (skeleton.parent / "escape.csv").exists()
