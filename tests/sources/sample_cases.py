"""How a sample file is read in a test, and where its expected sums stand in the samples' INDEX.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from sources_helpers import SAMPLES, Declared

KNOWN = "2026-11-20"
NUMBER = r"(-?[0-9]+(?:\.[0-9]+)?)"


@dataclass(frozen=True)
class Sample:
    """One sample file read by one format.

    `sums`: the words before a number in INDEX.md -> where that number is found again: `post_counts.views` is the sum of
    the counter `views`, `web_days.sessions` the sum of a column, each with an optional divisor: `post_spans.x / 1000`.
    `records`: the words after the number of records in INDEX.md, such as `rows` (None: INDEX.md tells none).
    `left`: how many of these records are not accepted (rejected, duplicate or skipped), said by hand.
    `refused`: words of the refusal, for files that must not be read. `span`: the days in the file's name. `beside`: the
    other pages of the same answer, without which a page is not taken; the sums are those of the page itself.
    `controls`: lines that INDEX.md does not count as rows, and that are skipped: a Total row, a footer.
    """

    path: str
    format: str
    sums: Mapping[str, str] = field(default_factory=dict)
    records: str | None = "rows"
    left: int = 0
    refused: str | None = None
    known: str = KNOWN
    span: tuple[str, str] | None = None
    declared: Mapping[str, Any] = field(default_factory=dict)
    beside: tuple[str, ...] = ()
    controls: int = 0

    @property
    def source(self) -> Declared:
        days = "{from:%Y-%m-%d}_{to:%Y-%m-%d}-" if self.span else ""
        suffix = self.path.rsplit(".", 1)[-1]
        return Declared(
            "sample", self.format, f"s/{days}{{extracted_at:%Y-%m-%d}}*.{suffix}", **self.declared
        )

    @property
    def name(self) -> str:
        days = f"{self.span[0]}_{self.span[1]}-" if self.span else ""
        return f"s/{days}{self.known}.{self.path.rsplit('.', 1)[-1]}"


@cache
def index() -> Mapping[str, str]:
    """The control sums of every sample by its path, as INDEX.md tells them."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        for line in (SAMPLES / "INDEX.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| file |")
    ]
    return {row[0]: row[-1] for row in rows}


def expected(path: str, words: str) -> Decimal:
    """The number after some words in the control sums of a file: `Views`, `rowCount`, `sale_amount` (the first)."""
    found = re.search(rf"(?:^|[;:,\[/] ?|\s){re.escape(words)} {NUMBER}", index()[path])
    assert found, f"INDEX.md tells no {words!r} of {path}: {index()[path]}"
    return Decimal(found.group(1))


def expected_records(path: str, words: str) -> int:
    """The number before some words: `36 rows`."""
    found = re.search(rf"([0-9]+) {re.escape(words)}", index()[path])
    assert found, f"INDEX.md tells no number of {words!r} of {path}: {index()[path]}"
    return int(found.group(1))
