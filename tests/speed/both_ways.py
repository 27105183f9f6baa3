"""One plain table, read the way of small files and the way of large ones; what comes out must be the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
from sources_helpers import SPEND

from perftrack_site.errors import QualityError
from perftrack_site.sources import cast, numbers
from perftrack_site.sources.cast import Column
from perftrack_site.sources.flat import FlatFormat, flat_csv
from perftrack_site.sources.format import Reading, SourceFile
from perftrack_site.sources.large import describe
from perftrack_site.sources.ledger import Reject, Snapshot
from perftrack_site.sources.reading import Row
from perftrack_site.sources.survey import git_blob, survey
from perftrack_site.sources.tables import COUNT, DAY, MOMENT, MONEY, ORIGIN, RATE, TEXT, Table
from perftrack_site.warehouse.large import FIRST, read_large

UTC = ZoneInfo("UTC")

# Every cast that has a twin in SQL, and what a column may be besides: nullable, absent, free text, a choice.
FIELDS: dict[str, tuple[str, Column]] = {
    "day": (DAY, Column(("day", "date"), cast.day, ())),
    "views": (COUNT, Column(("views",), cast.count, (), nullable=True)),
    "change": (COUNT, Column(("change",), numbers.signed_count, ())),
    "amount": (MONEY, Column(("amount",), cast.signed_money, ())),
    "price": (MONEY, Column(("price",), cast.money, (), nullable=True)),
    "rate": (RATE, Column(("rate",), cast.rate, ())),
    "made_in": (COUNT, Column(("year",), cast.year, ())),
    "currency": (TEXT, Column(("currency",), cast.currency, ())),
    "sent_at": (MOMENT, Column(("moment",), cast.moment, (), nullable=True)),
    "title": (TEXT, Column(("title",), cast.plain, (), nullable=True)),
    "reference": (TEXT, Column(("reference",), cast.identifier, ())),
    "number": (TEXT, Column(("number",), cast.digits, (), nullable=True)),
    "metric": (TEXT, Column(("metric",), cast.word, ())),
    "kind": (TEXT, Column(("kind",), cast.choice("fee", "Product"), ())),
    "caption": (TEXT, Column(("caption",), cast.plain, (), required=False, nullable=True, free_text=True)),
}


def form_of(*names: str, unique: tuple[str, ...] = ()) -> FlatFormat:
    """Make a format of some of the fields."""
    table = Table("everything", "one row per record", {name: FIELDS[name][0] for name in names}, ())
    columns = [FIELDS[name][1] for name in names]
    return flat_csv("test.everything", label="", noun="record", table=table, columns=columns, unique=unique)


@dataclass(frozen=True)
class Outcome:
    """All that is known of a file after it was read; or why it was refused."""

    rows: tuple[tuple[object, ...], ...] = ()
    counted: int = 0
    accepted: int = 0
    duplicates: int = 0
    rejects: tuple[Reject, ...] = ()
    skipped: frozenset[tuple[str, str, int]] = frozenset()
    notices: tuple[str, ...] = ()
    refused: str = ""


def small_way(form: FlatFormat, path: Path) -> Outcome:
    """Read a file with Python, row by row."""
    try:
        reading = form.read(_file(path, path.read_bytes()))
    except QualityError as error:
        return Outcome(refused=str(error))
    rows = sorted(reading.rows.get("everything", ()), key=_line)
    return _outcome(reading, [(*row[: -len(ORIGIN)], _line(row)) for row in rows], accepted=len(rows))


def _line(row: Row) -> int:
    line = row[list(ORIGIN).index("first_line") - len(ORIGIN)]
    assert isinstance(line, int)
    return line


def large_way(form: FlatFormat, path: Path) -> Outcome | None:
    """Read a file with DuckDB; None where it is left to Python."""
    try:
        described = describe(_file(path, b""), path, survey(path), form)
    except QualityError as error:
        return Outcome(refused=str(error))
    if described is None:
        return None
    connection = duckdb.connect(":memory:")
    try:
        reading = read_large(connection, described, "part")
        if reading is None:
            return None
        columns = ", ".join(form.table.columns)
        rows = connection.execute(f"select {columns}, rowid + {FIRST} from part order by rowid").fetchall()
        return _outcome(reading, rows, accepted=reading.accepted or 0)
    finally:
        connection.close()


def _outcome(reading: Reading, rows: list[tuple[object, ...]], *, accepted: int) -> Outcome:
    return Outcome(
        rows=tuple(rows),
        counted=reading.counted,
        accepted=accepted,
        duplicates=reading.duplicates,
        rejects=tuple(sorted(reading.rejects)),
        skipped=frozenset((skip.rule, skip.reason, skip.records) for skip in reading.skipped),
        notices=reading.notices,
    )


def _file(path: Path, content: bytes) -> SourceFile:
    snapshot = Snapshot(
        index=0,
        source="costs",
        format="test.everything",
        path=path.name,
        blob=git_blob(content),
        size=len(content),
        extracted_at=datetime(2026, 10, 1),  # noqa: DTZ001 moments are UTC without a zone
        known_on=date(2026, 10, 1),
    )
    return SourceFile(snapshot, content, UTC, SPEND, platform_zone=UTC)
