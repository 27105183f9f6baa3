"""A made-up list of payments of any length, the same on every machine: no two rows are equal, no cell is odd."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

HEADER = "day,campaign,influencer,cost_type,amount,currency,reference\n"
DAYS = [(date(2026, 1, 1) + timedelta(days=day)).isoformat() for day in range(300)]
COST_TYPES = ("fee", "product", "ad_spend", "production", "commission")
CURRENCIES = ("ZAR", "EUR", "USD")
BLOCK = 20_000  # rows


def write_bytes(path: Path, size: int) -> int:
    """Write a file of about `size` bytes; answers the number of its rows."""
    return _write(path, rows=None, size=size)


def write_rows(path: Path, rows: int) -> int:
    """Write a file of so many rows."""
    return _write(path, rows=rows, size=None)


def _write(path: Path, *, rows: int | None, size: int | None) -> int:
    written = 0
    with path.open("w", encoding="ascii", newline="") as file:
        file.write(HEADER)
        while (rows is None or written < rows) and (size is None or file.tell() < size):
            block = BLOCK if rows is None else min(BLOCK, rows - written)
            file.write("".join(map(_row, range(written, written + block))))
            written += block
    return written


def _row(number: int) -> str:
    """Spread the values over their ranges by multiplying with primes."""
    scattered = number * 7_919
    influencer = f"creator-{scattered % 151:03d}" if scattered % 151 else ""
    return (
        f"{DAYS[scattered % 300]},campaign-{scattered % 211:03d},{influencer},{COST_TYPES[scattered % 5]},"
        f"{scattered % 9_999_991 / 100:.2f},{CURRENCIES[scattered % 3]},inv-{number:08d}\n"
    )
