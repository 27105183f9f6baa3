"""Random workspaces that several modules judge."""

from __future__ import annotations

from pathlib import Path

import pytest
from oracle import Judgement, judge
from workspaces import write_workspace

WORKSPACES = 100


@pytest.fixture(scope="session")
def right(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Judgement]:
    """Judge some random workspaces, with nothing planted."""
    roots = [tmp_path_factory.mktemp("random") for _ in range(WORKSPACES)]
    for seed, root in enumerate(roots):
        write_workspace(root, seed)
    return {root: judge(root) for root in roots}
