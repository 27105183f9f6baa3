"""A small workspace read with a shelf, and the tables that come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sources_helpers import (
    BENCHMARKS,
    FX,
    MEDIA,
    SHOP,
    SPEND,
    SPEND_HEADER,
    SPEND_ROW,
    Declared,
    write,
)

from perftrack_site.sources import read_sources
from perftrack_site.sources.ledger import FileLedger
from perftrack_site.sources.tables import ORIGIN, TABLES
from perftrack_site.warehouse import tables
from perftrack_site.warehouse.store import Store

SOURCES = (SPEND, FX, BENCHMARKS, SHOP, MEDIA)
ZONE = "Africa/Johannesburg"
FX_HEADER = "day,base,quote,rate\n"


@dataclass(frozen=True)
class Read:
    """What came of one run: every table's rows, the ledgers, the rows that were read anew, the store's notices."""

    tables: Mapping[str, list[tuple[object, ...]]]
    ledgers: tuple[FileLedger, ...]
    anew: frozenset[str]
    notices: tuple[str, ...]


def workspace(folder: Path) -> Path:
    """Write a data folder with files of several formats, some of them with duplicates and blank rows."""
    return write(
        folder,
        {
            "spend/2026-09-01.csv": SPEND_HEADER + SPEND_ROW * 2 + ",,,,,,\n",
            "spend/2026-10-01.csv": SPEND_HEADER + SPEND_ROW.replace("42000.00", "41000.50"),
            "fx/2026-10-01.csv": FX_HEADER + "2026-07-06,ZAR,EUR,0.049\n",
            "ig/2026-10-01.json": (
                '{"data": [{"id": "17900000000000001", "timestamp": "2026-07-20T08:00:00+0000",'
                ' "media_type": "IMAGE", "caption": "Rooibos \\u2615 #tea", "like_count": 12}]}'
            ),
        },
    )


def run(data: Path, cache: Path | None, sources: Sequence[Declared] = SOURCES, *, large: int = 2**60) -> Read:
    """Read as a build does, up to the models."""
    store = Store(cache)
    records = read_sources(sources, data, ZONE, store, large=large)
    assert not records.faults, [str(fault) for fault in records.faults]
    for table in TABLES.values():
        tables.fill(store.connection, table.name, {**table.columns, **ORIGIN}, records.rows[table.name])
    store.fill()
    store.close_doors()
    rows = {name: store.connection.execute(f"from {name} order by all").fetchall() for name in TABLES}
    store.connection.close()
    at = list(ORIGIN).index("file") - len(ORIGIN)
    anew = {
        records.ledgers[int(str(row[at]))].snapshot.path for some in records.rows.values() for row in some
    }
    return Read(rows, records.ledgers, frozenset(anew), tuple(store.notices))


def all_files(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file())
