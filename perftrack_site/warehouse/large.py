"""Large plain tables, read by DuckDB: every cell as text, cast by our own rules, nothing sniffed, nothing dropped.

A row with a cell that is not certain keeps its text and is judged by the sources room. What does not add up is
answered with None, and the file is read row by row.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from perftrack_site.sources.grid import Line
from perftrack_site.sources.large import NO_RECORDS, Judged, LargeFile, conflicts, judge, straighten
from perftrack_site.sources.ledger import Reject, Rule, Skipped
from perftrack_site.sources.shelf import Elsewhere
from perftrack_site.sources.tables import Cell
from perftrack_site.warehouse.casts import doubts, literal, needs_cell, value

BATCH = 50_000
RAW = "raw_line"  # the column that holds the text of rows that are not certain
FIRST_ROWS = 10_000
FIRST = 2  # the line of the first record, whose rowid is 0


@dataclass(frozen=True)
class _Plan:
    """The SQL of one file: an expression per column of the table, and the doubts about them.

    `doubts` ask the table (columns by their names), `cell_doubts` the cells too, and so only while the file is read.
    """

    values: tuple[str, ...]
    doubts: tuple[str, ...]
    cell_doubts: tuple[str, ...]


def read_large(connection: duckdb.DuckDBPyConnection, large: LargeFile, name: str) -> Elsewhere | None:
    """Read a file into the table `name`: its columns, and `rowid` as the line's number less two.

    Answers its ledger without rows, or None where it must be read row by row (then there is no table).
    """
    plan = _plan(large)
    if plan is None:
        return None
    crooked = _load(connection, large, plan, name)
    reading = None if crooked is None else _account(connection, large, name, crooked)
    if reading is None:
        connection.execute(f"drop table if exists {name}")
    return reading


def _plan(large: LargeFile) -> _Plan | None:
    values: list[str] = []
    about_values: list[str] = []
    about_cells: list[str] = []
    for place, (column, name) in enumerate(zip(large.columns, large.format.table.columns, strict=True)):
        at = large.header.positions[place]
        sample = [record.cells[place] for record in large.sample.records]
        read = "null" if at is None else value(column, f"c{at}", sample)
        if read is None:
            return None
        values.append(read)
        if at is not None:
            asked = about_cells if needs_cell(column) else about_values
            asked += doubts(column, name, f"c{at}", large.survey)
    return _Plan(tuple(values), tuple(about_values), tuple(about_cells))


def _load(
    connection: duckdb.DuckDBPyConnection, large: LargeFile, plan: _Plan, name: str
) -> dict[int, Line] | None:
    """Fill the table; answers the lines that stood in the way by number, None where it cannot be filled.

    First in the hope that every row is certain, which is quicker; else again, keeping the text of those that are not.
    """
    if large.is_tidy and _fill(connection, large, plan, name, large.location, keep=False):
        asked = (*plan.doubts, f"{RAW} is not null")
        if not any(_scalar(connection, f"select count(*) from {name} where {each}") for each in asked):
            return {}
    if _fill(connection, large, plan, name, large.location, keep=True):
        return {}
    with tempfile.TemporaryDirectory(prefix="perftrack-") as folder:
        copy = Path(folder) / "straight.csv"
        crooked = straighten(large, copy)
        if _fill(connection, large, plan, name, copy, keep=True):
            return {line.first: line for line in crooked}
    return None


def _fill(
    connection: duckdb.DuckDBPyConnection,
    large: LargeFile,
    plan: _Plan,
    name: str,
    location: Path,
    *,
    keep: bool,
) -> bool:
    """Say whether the table holds a row for each line below the header.

    `keep`: the text of rows that are not certain, in its last column; else only a mark on those of which the table
    itself does not tell.
    """
    kinds = large.format.table.columns.items()
    typed = ", ".join(
        f"({read})::{kind} as {column}" for read, (column, kind) in zip(plan.values, kinds, strict=True)
    )
    cells = ", ".join(f"c{at}" for at in range(large.header.width))
    doubts, text = plan.cell_doubts or ("false",), "''"
    if keep:
        doubts, text = (*plan.doubts, *doubts), f"concat_ws({literal(large.delimiter)}, {cells})"
    sql = f"""
        create or replace table {name} as
        select {", ".join(large.format.table.columns)}, case when {" or ".join(doubts)} then {text} end as {RAW}
        from (select {cells}, {typed} from {_read_csv(large, location)})
        """
    try:
        connection.execute(sql).fetchall()
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        return False
    return _scalar(connection, f"select count(*) from {name}") == large.survey.lines - 1


def _read_csv(large: LargeFile, location: Path) -> str:
    """Write the call that reads a file as text with nothing left to guess (field notes F8 to F14)."""
    columns = ", ".join(f"c{at}: 'VARCHAR'" for at in range(large.header.width))
    options = {
        "columns": f"{{{columns}}}",
        "auto_detect": "false",
        "header": "false",
        "skip": "1",
        "delim": literal(large.delimiter),
        "quote": "''",
        "escape": "''",
        "comment": "''",
        "nullstr": literal('"'),  # stands in no plain file; an empty cell stays empty text
        "strict_mode": "true",
        "compression": "'none'",
        "hive_partitioning": "false",
    }
    return f"read_csv({place(location)}, {', '.join(f'{key} = {value}' for key, value in options.items())})"


def place(location: Path) -> str:
    """Write a path so that its own characters are no pattern: it would open its neighbour."""
    path = str(location.absolute())
    return literal("".join(f"[{char}]" if char in "[*?" else char for char in path))


def _account(
    connection: duckdb.DuckDBPyConnection, large: LargeFile, name: str, crooked: dict[int, Line]
) -> Elsewhere | None:
    """Judge the rows that are not certain, settle twins, and close the account."""
    rejects: list[Reject] = []
    skipped: Counter[Rule] = Counter()
    for lines in _uncertain(connection, large, name, crooked):
        judged = judge(large, lines)
        _put_in(connection, large, name, judged)
        rejects += judged.rejects
        for skip in judged.skipped:
            skipped[Rule(skip.rule, skip.reason)] += skip.records
    connection.execute(f"delete from {name} where {RAW} is not null").fetchall()
    connection.execute(f"alter table {name} drop column {RAW}").fetchall()
    duplicates, contradictions = _settle(connection, large, name)
    rejects += contradictions
    counted = large.survey.lines - 1 - sum(_is_empty(line) for line in crooked.values())
    accepted = _scalar(connection, f"select count(*) from {name}")
    if counted != accepted + len(rejects) + duplicates + skipped.total():
        return None
    return Elsewhere(
        counted,
        rejects=tuple(rejects),
        duplicates=duplicates,
        skipped=tuple(Skipped(*why, records) for why, records in sorted(skipped.items())),
        notices=large.notices if counted else (*large.notices, NO_RECORDS),
        accepted=accepted,
    )


def _is_empty(line: Line) -> bool:
    return len(line.cells) == 1 and not line.cells[0].strip(" ")


def _uncertain(
    connection: duckdb.DuckDBPyConnection, large: LargeFile, name: str, crooked: dict[int, Line]
) -> Iterator[list[Line]]:
    """Yield the lines to be judged in batches, in order; empty ones are no records."""
    last = -1
    while rows := connection.execute(
        f"""
        select rowid, {RAW} from {name}
        where {RAW} is not null and rowid > $last order by rowid limit {BATCH}
        """,
        {"last": last},
    ).fetchall():
        last = rows[-1][0]
        lines = [_line(row + FIRST, text, large.delimiter, crooked) for row, text in rows]
        yield [line for line in lines if not _is_empty(line)]


def _line(number: int, text: str, delimiter: str, crooked: dict[int, Line]) -> Line:
    return crooked.get(number) or Line(number, number, tuple(text.split(delimiter)))


def _put_in(connection: duckdb.DuckDBPyConnection, large: LargeFile, name: str, judged: Judged) -> None:
    """Write the rows that were taken after all in their places."""
    if not judged.taken:
        return
    columns = large.format.table.columns
    by_column = zip(*(cells for _, cells in judged.taken), strict=True)
    values: dict[str, list[Cell]] = {f"v{at}": list(cells) for at, cells in enumerate(by_column)}
    values["row"] = [line - FIRST for line, _ in judged.taken]
    unnested = ", ".join(
        f"unnest($v{at}::{kind}[]) as {column}" for at, (column, kind) in enumerate(columns.items())
    )
    written = ", ".join(f"{column} = taken.{column}" for column in columns)
    connection.execute(
        f"""
        update {name} set {written}, {RAW} = null
        from (select unnest($row::bigint[]) as row, {unnested}) as taken where {name}.rowid = taken.row
        """,
        values,
    ).fetchall()


def _settle(
    connection: duckdb.DuckDBPyConnection, large: LargeFile, name: str
) -> tuple[int, tuple[Reject, ...]]:
    """Keep the first of equal rows; of rows with one key that differ keep none (see `sources.settle`).

    Answers the number of duplicates, and the contradictions.
    """
    columns = list(large.format.table.columns)
    unique = large.format.unique
    key = [column for column, field in zip(columns, large.columns, strict=True) if field.name in unique]
    key = key or columns
    if not _may_have_twins(connection, name, key):
        return 0, ()
    _find_twins(connection, name, columns, ", ".join(key))
    at_odds = connection.execute(
        f"""
        select first + {FIRST}, row + {FIRST} from twins
        where first in (select first from twins where not is_equal) and (row = first or not is_equal)
        order by first, row
        """
    ).fetchall()
    duplicates = _scalar(connection, "select count(*) from twins where is_equal and row <> first")
    connection.execute(
        f"""
        delete from {name} where rowid in (
            select row from twins where row <> first or first in (select first from twins where not is_equal)
        )
        """
    ).fetchall()
    connection.execute("drop table twins").fetchall()
    return duplicates, conflicts(large, at_odds)


def _find_twins(connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], key: str) -> None:
    """List the rows that share their key with others: each with the first of its group, and whether they are equal."""
    equal = " and ".join(f"one.{column} is not distinct from other.{column}" for column in columns)
    connection.execute(
        f"""
        create or replace temp table twins as
        with shared as (select hash({key}) as h from {name} group by h having count(*) > 1),
        suspects as (select rowid as row, {key} from {name} where hash({key}) in (from shared)),
        grouped as (
            select row, min(row) over (partition by {key}) as first, count(*) over (partition by {key}) as members
            from suspects
        )
        select row, first, {equal} as is_equal
        from grouped join {name} as one on one.rowid = first join {name} as other on other.rowid = row
        where members > 1
        """
    ).fetchall()


def _may_have_twins(connection: duckdb.DuckDBPyConnection, name: str, key: Sequence[str]) -> bool:
    """Say whether two rows may share their key, by hashes: of one column where its first values are all different.

    Rows that share a key share each of its columns.
    """
    counts = ", ".join(f"count(distinct {column})" for column in key)
    [(rows, *various)] = connection.execute(
        f"select count(*), {counts} from {name} where rowid < {FIRST_ROWS}"
    ).fetchall()
    if rows in various and not _repeats(connection, name, key[various.index(rows)]):
        return False
    return _repeats(connection, name, ", ".join(key))


def _repeats(connection: duckdb.DuckDBPyConnection, name: str, hashed: str) -> bool:
    """Say whether a hash comes twice; sorting is faster here than grouping."""
    hashes = f"select hash({hashed}) as h from {name}"
    side_by_side = f"select h, lag(h) over (order by h) as before from ({hashes})"
    return bool(_scalar(connection, f"select count(*) from ({side_by_side}) where h = before"))


def _scalar(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    [[value]] = connection.execute(sql).fetchall()
    if not isinstance(value, int):
        raise TypeError(f"not a number: {value!r}")
    return value
