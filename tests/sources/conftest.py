"""Prints at the end of a run what became of the shared samples."""

from __future__ import annotations

import pytest
from samples_listed import summary
from sources_helpers import SAMPLES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    where = (
        ""
        if SAMPLES.exists()
        else f" They are not here ({SAMPLES}): their tests were skipped; set PERFTRACK_SAMPLES."
    )
    terminalreporter.write_line(f"{summary()}{where} `python tests/sources/samples_listed.py` lists them.")
