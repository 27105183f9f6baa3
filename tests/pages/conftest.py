"""The sample report's pages, rendered once."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_reader import laid_out
from page_samples import sample as sample_report


@pytest.fixture(scope="session")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The docs folder of the sample report; read it, don't change it."""
    folder = tmp_path_factory.mktemp("docs")
    laid_out(sample_report(), folder)
    return folder
