"""Fill the warehouse: canonical tables from the sources, declared tables from the contracts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from perftrack_site.sources.formats import FORMATS
from perftrack_site.sources.ledger import Snapshot
from perftrack_site.sources.reading import Records, Row
from perftrack_site.sources.tables import COUNT, DAY, FLAG, MOMENT, ORIGIN, TABLES, TEXT, Cell

# What the contracts say; `config.tables.declared` writes these rows.
DECLARED: Mapping[str, Mapping[str, str]] = {
    "campaigns": {"campaign": TEXT, "start_day": DAY, "last_day": DAY, "currency": TEXT},
    "participations": {"campaign": TEXT, "influencer": TEXT},
    "influencers": {"influencer": TEXT},
    "accounts": {"influencer": TEXT, "platform": TEXT, "handle": TEXT},
    "named_posts": {"platform": TEXT, "post_id": TEXT, "campaign": TEXT, "influencer": TEXT},
    "tracking": {
        "campaign": TEXT, "influencer": TEXT, "kind": TEXT, "value": TEXT, "valid_from": DAY, "valid_to": DAY,
        "utm_campaign": TEXT, "utm_content": TEXT, "utm_source": TEXT, "utm_medium": TEXT,
    },
    "attribution": {"kind": TEXT, "rank": COUNT},
    "authority": {"metric": TEXT, "source": TEXT},
    "sources": {
        "source": TEXT, "account": TEXT, "overlap": TEXT, "mapped_to": TEXT, "error_after_days": COUNT,
    },
}  # fmt: skip

BATCH = 20_000  # rows handed to DuckDB at a time: it holds each value several times while it reads them

SNAPSHOTS = {"file": COUNT, "source": TEXT, "known_at": MOMENT, "known_on": DAY}

# What can lead events to a campaign, and the canonical table that tells of them.
FEEDS = {"orders": "orders", "web": "web_days", "links": "link_clicks", "leads": "enquiries"}

WINDOWS = {
    "campaign": TEXT, "moment": DAY, "from_day": DAY, "to_day": DAY, "known_by": DAY, "is_last": FLAG,
}  # fmt: skip


def create_all(
    connection: duckdb.DuckDBPyConnection,
    records: Records,
    declared: Mapping[str, Sequence[Mapping[str, Cell]]],
) -> None:
    """Create and fill every table that does not come from a model, windows left empty."""
    for table in TABLES.values():
        fill(connection, table.name, {**table.columns, **ORIGIN}, records.rows.get(table.name, ()))
    for name, columns in DECLARED.items():
        fill(connection, name, columns, [tuple(row[column] for column in columns) for row in declared[name]])
    fill(connection, "snapshots", SNAPSHOTS, _snapshots(records))
    fill(connection, "feeds", {"file": COUNT, "feed": TEXT}, _feeds(records, declared["sources"]))
    fill(connection, "windows", WINDOWS, ())


def fill(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: Sequence[Row]
) -> None:
    """Create or replace a table and fill it column by column, far faster than row by row."""
    described = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    connection.execute(f"create or replace table {name} ({described})").fetchall()
    unnested = ", ".join(f"unnest($c{number}::{kind}[])" for number, kind in enumerate(columns.values()))
    for start in range(0, len(rows), BATCH):
        by_column = zip(*rows[start : start + BATCH], strict=True)
        values = {f"c{number}": list(cells) for number, cells in enumerate(by_column)}
        connection.execute(f"insert into {name} select {unnested}", values).fetchall()


def _snapshots(records: Records) -> list[Row]:
    return [
        (
            ledger.snapshot.index,
            ledger.snapshot.source,
            ledger.snapshot.extracted_at,
            ledger.snapshot.known_on,
        )
        for ledger in records.ledgers
    ]


def _feeds(records: Records, sources: Sequence[Mapping[str, Cell]]) -> list[Row]:
    """Say which files tell of orders, visits, clicks and enquiries; a mapped file tells of its one table only."""
    mapped = {source["source"]: source["mapped_to"] for source in sources}
    return [
        (ledger.snapshot.index, feed)
        for ledger in records.ledgers
        for feed, table in FEEDS.items()
        if table in _told(ledger.snapshot, mapped.get(ledger.snapshot.source))
    ]


def _told(snapshot: Snapshot, mapped_to: Cell) -> Sequence[Cell]:
    return (mapped_to,) if mapped_to else FORMATS[snapshot.format].tables
