"""Writes tables the way platforms do, so that a test can read them back."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence


def csv_bytes(
    rows: Sequence[Sequence[object]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    line_end: str = "\n",
    quote_all: bool = False,
    before: str = "",
) -> bytes:
    """Write rows as CSV; `before` is put in front of them as it is."""
    text = io.StringIO(newline="")
    csv.writer(
        text,
        delimiter=delimiter,
        lineterminator=line_end,
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
    ).writerows(rows)
    return (before + text.getvalue()).encode(encoding)
