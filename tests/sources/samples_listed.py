"""Which samples are read, which are refused, which are no export of ours: running this module prints it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent


def lines() -> Iterator[str]:
    """A line for each sample, then the sums."""
    groups = [importlib.import_module(path.stem) for path in sorted(HERE.glob("samples_of_*.py"))]
    cases = [case for group in groups for case in group.CASES]
    not_ours = {path: why for group in groups for path, why in getattr(group, "NOT_OURS", {}).items()}
    for case in sorted(cases, key=lambda case: (case.path, case.format)):
        fate = f"refused: {case.refused}" if case.refused else f"read, {len(case.sums)} sums"
        yield f"{case.path}  {case.format}  {fate}"
    for path, why in sorted(not_ours.items()):
        yield f"{path}  not read: {why}"
    yield summary()


def summary() -> str:
    """Say how many samples are read, refused as they must be, and left out."""
    groups = [importlib.import_module(path.stem) for path in sorted(HERE.glob("samples_of_*.py"))]
    cases = [case for group in groups for case in group.CASES]
    read = {case.path for case in cases if not case.refused}
    refused = {case.path for case in cases if case.refused} - read
    left = {path for group in groups for path in getattr(group, "NOT_OURS", {})}
    fates = f"{len(read)} read to their control sums, {len(refused)} refused as they must be, {len(left)} not ours"
    return f"Samples: {fates}."


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    sys.stdout.write("\n".join(lines()) + "\n")
