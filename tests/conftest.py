"""What several rooms' tests share: the sample workspace, copied and built once, and the browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import REQUIRED
from playwright.sync_api import Browser, sync_playwright
from support import REPOSITORY, copy_workspace

from perftrack_site.build import build
from perftrack_site.start import write_workspace
from perftrack_site.summary import Built


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, outside git; read it, don't change it."""
    return copy_workspace(REPOSITORY, tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def built_sample(sample: Path) -> Built:
    """The sample's current quarter, built into `site/` of its copy."""
    return build(sample, period_key="2026-Q4")


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """What `perftrack init` writes, ready to be spoilt."""
    folder = tmp_path / "workspace"
    write_workspace(folder, sample=False)
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; without it browser tests skip, and fail where it is required (CI)."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and REQUIRED:
        pytest.fail("Chromium is required here and missing; on Debian: apt-get install chromium")
    if found is None:
        pytest.skip("Chromium is not installed; on Debian: apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium, started once for all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
