"""Little tables in, measures out: the real DuckDB, the real models, no files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from perftrack_site.sources.ledger import FileLedger, Snapshot
from perftrack_site.sources.reading import Records, Row
from perftrack_site.sources.tables import ORIGIN, TABLES, Cell
from perftrack_site.warehouse.tables import DECLARED
from perftrack_site.warehouse.warehouse import Warehouse, open_warehouse

METRICS: dict[str, Mapping[str, object]] = {}

DEFAULTS = {
    "posts": {"platform": "instagram", "content_type": "image", "account": "thandi", "hashtags": ""},
    "post_counts": {"platform": "instagram", "witness": "insights"},
    "orders": {"shop": "shop", "status": "paid", "currency": "ZAR", "is_cancelled": "false", "is_test": "false",
               "refunded": "0", "promo_codes": ""},
    "spend": {"currency": "ZAR", "cost_type": "fee"},
    "web_days": {"site": "shop.example"},
    "tracking": {"influencer": "thandi", "valid_from": "2026-07-01", "valid_to": "2026-08-31"},
    "sources": {"overlap": "cumulative", "error_after_days": "100000"},
    "campaigns": {"currency": "ZAR", "start_day": "2026-07-01", "last_day": "2026-07-31"},
}  # fmt: skip

STANDING = {
    "campaigns": "campaign\nspring",
    "participations": "campaign | influencer\nspring | thandi",
    "influencers": "influencer\nthandi",
    "accounts": "influencer | platform | handle\nthandi | instagram | thandi",
    "sources": "source | overlap\nig | cumulative\n"
    "shop | replaces\nspend | replaces\nfx | replaces\noutside | replaces\n"
    "web | replaces\nlinks | replaces\nforms | adds\npaid | replaces\nnetwork | replaces",
    "attribution": "kind | rank\npromo_code | 1\nutm | 2",
}

SOURCE_OF = {"posts": "ig", "post_counts": "ig", "post_spans": "ig", "orders": "shop", "spend": "spend", "fx": "fx",
             "benchmarks": "outside", "web_days": "web", "link_clicks": "links", "enquiries": "forms",
             "payments": "paid", "affiliate_transactions": "network"}  # fmt: skip
FORMAT_OF = {"ig": "instagram_graph.media_list", "shop": "shopify.orders_csv", "spend": "perftrack.spend",
             "fx": "perftrack.fx", "outside": "perftrack.benchmarks",
             "web": "ga4_api.report", "links": "bitly.clicks", "forms": "perftrack.enquiries",
             "paid": "stripe.charges", "network": "awin.transactions", "any": "generic.csv"}  # fmt: skip


@dataclass(frozen=True)
class Window:
    campaign: str
    moment: date
    from_day: date
    to_day: date
    known_by: date


def window(
    campaign: str = "spring",
    *,
    start: str = "2026-07-01",
    end: str = "2026-07-31",
    known_by: str = "2026-08-14",
) -> Window:
    known = date.fromisoformat(known_by)
    return Window(campaign, known, date.fromisoformat(start), date.fromisoformat(end), known)


def simple(metric: str, table: str, expr: str | None, condition: str | None = None) -> dict[str, object]:
    agg = "count" if expr is None else "sum"
    return {"metric": metric, "table": table, "agg": agg, "expr": expr, "filter": condition,
            "under_agg": None, "under_expr": None, "under_filter": None}  # fmt: skip


def ratio(metric: str, table: str, over: str, under: str) -> dict[str, object]:
    return simple(metric, table, over) | {"under_agg": "sum", "under_expr": under}


@pytest.fixture
def warehouse_of() -> Iterator[Callable[..., Warehouse]]:
    """Open a warehouse over little tables: `warehouse_of([metric, ...], posts="...", orders="...")`."""
    opened = []

    def open_one(metrics: list[dict[str, object]], **texts: str) -> Warehouse:
        tables = {name: _table(name, text) for name, text in (STANDING | texts).items()}
        records = _records({name: rows for name, rows in tables.items() if name in TABLES})
        declared = {
            name: [
                {column: _typed(row.get(column), kind) for column, kind in columns.items()}
                for row in tables.get(name, [])
            ]
            for name, columns in DECLARED.items()
        }
        manager = open_warehouse(records, declared, metrics)
        opened.append(manager)
        return manager.__enter__()

    yield open_one
    for manager in opened:
        manager.__exit__(None, None, None)


def _table(name: str, text: str) -> list[dict[str, str]]:
    head, *lines = [
        line for line in text.strip().splitlines() if line.strip() and not set(line) <= set("-+ ")
    ]
    names = [cell.strip() for cell in head.split("|")]
    cells = ([cell.strip() for cell in line.split("|")] for line in lines)
    return [DEFAULTS.get(name, {}) | dict(zip(names, row, strict=True)) for row in cells]


def _records(tables: Mapping[str, list[dict[str, str]]]) -> Records:
    """Every (source, known day, part) is a snapshot; a row's line is its number in its little table."""
    named = {_file(name, row) for name, rows in tables.items() for row in rows}
    files = sorted(named, key=lambda file: (file[1], file[0], file[2]))
    index = {file: number for number, file in enumerate(files)}
    ledgers = [
        FileLedger(_snapshot(number, source, known), 0, 0) for (source, known, _), number in index.items()
    ]
    rows = {
        name: [_row(name, line, row, index) for line, row in enumerate(rows, start=1)]
        for name, rows in tables.items()
    }
    return Records(rows, tuple(ledgers))


def _snapshot(number: int, source: str, known: str) -> Snapshot:
    day = date.fromisoformat(known)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).replace(tzinfo=None)
    return Snapshot(
        number,
        source,
        FORMAT_OF.get(source, "instagram_graph.media_list"),
        f"data/{source}-{known}",
        "0" * 40,
        0,
        noon,
        day,
    )


def _file(name: str, row: Mapping[str, str]) -> tuple[str, str, str]:
    return row.get("source", SOURCE_OF[name]), row["known"], row.get("part", "")


def _row(name: str, line: int, row: Mapping[str, str], index: Mapping[tuple[str, str, str], int]) -> Row:
    source, known, _ = found = _file(name, row)
    file = index[found]
    snapshot = _snapshot(file, source, known)
    cells = [_typed(row.get(column), kind) for column, kind in TABLES[name].columns.items()]
    origin: list[Cell] = [source, file, line, line, snapshot.extracted_at, snapshot.known_on]
    assert len(origin) == len(ORIGIN)
    return (*cells, *origin)


def _typed(text: str | None, kind: str) -> Cell:
    if kind == "VARCHAR[]":
        return tuple(text.split()) if text else ()
    if not text:
        return None
    if kind == "BIGINT":
        return int(text)
    if kind == "DATE":
        return date.fromisoformat(text)
    if kind == "BOOLEAN":
        return text == "true"
    return Decimal(text) if kind.startswith("DECIMAL") else text
