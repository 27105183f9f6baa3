"""What the tests of the sources room share: a workspace in a folder, read by the real reader."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perftrack_site.sources import read_sources
from perftrack_site.sources.ledger import FileLedger
from perftrack_site.sources.reading import FileMapping, Records
from perftrack_site.sources.tables import ORIGIN, TABLES

ZONE = "Africa/Johannesburg"
FILES = Path(__file__).parent / "files"
SAMPLES = Path(os.environ.get("PERFTRACK_SAMPLES", Path(__file__).parents[3] / "shared/samples"))
SPEND_HEADER = "day,campaign,influencer,cost_type,amount,currency,reference\n"
SPEND_ROW = "2026-07-06,spring,thandi,fee,42000.00,ZAR,inv-1\n"


@dataclass(frozen=True)
class Declared:
    """A source as config/sources.yml would declare it."""

    key: str
    format: str
    files: str
    account: str | None = None
    timezone: str | None = None
    currency: str | None = None
    overlap: str = "replaces"
    platform: str | None = None
    dimensions: tuple[str, ...] = ()
    days: int | None = None
    link: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    mapping: FileMapping | None = field(default=None, hash=False)


SPEND = Declared("costs", "perftrack.spend", "spend/{extracted_at:%Y-%m-%d}.csv")
FX = Declared("rates", "perftrack.fx", "fx/{extracted_at:%Y-%m-%d}.csv")
BENCHMARKS = Declared("outside", "perftrack.benchmarks", "benchmarks/{extracted_at:%Y-%m-%d}.csv")
SHOP = Declared("shop", "shopify.orders_csv", "shop/{extracted_at:%Y-%m-%d}.csv")
MEDIA = Declared("ig", "instagram_graph.media_list", "ig/{extracted_at:%Y-%m-%d}.json", account="@Thandi.M")
INSIGHTS = Declared("ig-n", "instagram_graph.media_insights", "ign/{extracted_at:%Y-%m-%d}.json")


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files below data/ and answer data/."""
    data = folder / "data"
    for name, content in files.items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return data


def read(folder: Path, files: dict[str, str | bytes], *sources: Declared) -> Records:
    return read_sources(sources, write(folder, files), ZONE)


def read_one(folder: Path, source: Declared, content: str | bytes) -> Records:
    """Read one file of one source, known on 1 October 2026."""
    name = re.sub(r"\{.*\}", "2026-10-01", source.files)
    return read(folder, {name: content}, source)


def ledger_of(records: Records) -> FileLedger:
    assert not records.faults, [str(fault) for fault in records.faults]
    return records.ledgers[0]


def fault_of(records: Records) -> str:
    """The one refusal of a run that gave no row and no ledger."""
    assert not records.ledgers
    assert not any(records.rows.values())
    (fault,) = records.faults
    return str(fault)


def rows_of(records: Records, table: str) -> list[dict[str, Any]]:
    """The rows of a table as dicts, so that a test names the columns it looks at."""
    names = [*TABLES[table].columns, *ORIGIN]
    return [dict(zip(names, row, strict=True)) for row in records.rows[table]]


def sample(name: str) -> bytes:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"the shared samples are not here: {path}; set PERFTRACK_SAMPLES")
    return path.read_bytes()


def control_sums(name: str) -> dict[str, Decimal]:
    """What INDEX.md says of a sample: `Subtotal 1214.24` and `24 orders` alike as name -> number."""
    lines = sample("INDEX.md").decode().splitlines()
    last = next(line for line in lines if line.startswith(f"| {name} |")).split("|")[-2]
    sums: dict[str, Decimal] = {}
    for part in re.split(r"[;,] ", last):
        if found := re.match(r"\s*(-?[0-9.]+) ([a-z]+)", part) or re.match(
            r"\s*(.+?) (-?[0-9.]+)(?: |$)", part
        ):
            first, second = found.groups()
            label, number = (second, first) if re.fullmatch(r"-?[0-9.]+", first) else (first, second)
            sums[label.strip()] = Decimal(number)
    return sums
