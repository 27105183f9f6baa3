"""The warehouse: files' records in, tables by SQL models, measures out. The only door to DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from typing import Any, Protocol

import duckdb

from perftrack_site.errors import EnvironmentFault, ModelError
from perftrack_site.sources.reading import Records
from perftrack_site.sources.tables import Cell
from perftrack_site.warehouse import measures, tables
from perftrack_site.warehouse.retold import RETOLD
from perftrack_site.warehouse.rows import Benchmark, CheckRows, Coverage, Measure, Post, Witness
from perftrack_site.warehouse.store import Store

ROOM = files("perftrack_site.warehouse")
COUNTERS = ("views", "reach", "likes", "comments", "shares", "saves")


class Window(Protocol):
    """Events of [from_day, to_day] of a campaign as known at the end of known_by, looked at from moment."""

    @property
    def campaign(self) -> str: ...
    @property
    def moment(self) -> date: ...
    @property
    def from_day(self) -> date: ...
    @property
    def to_day(self) -> date: ...
    @property
    def known_by(self) -> date: ...


class Warehouse:
    """One workspace's facts. Build with `open_warehouse`."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, records: Records, metrics: Sequence[measures.Declared]
    ) -> None:
        self._connection = connection
        self._rejects = [ledger.rejected for ledger in records.ledgers]
        self._look_from(())
        self._plans = measures.plans(connection, metrics)

    def measures(self, windows: Sequence[Window]) -> list[Measure]:
        """Answer every fed metric for every window, in cells of one grain (see `evaluation.measures`).

        Receipts (lines) are filled for the last moment of each campaign only.
        """
        self._look_from(windows)
        return [cell for plan in self._plans for cell in measures.run(self._connection, plan, self._rejects)]

    def posts(self) -> list[Post]:
        """List the posts of each campaign at its last moment, with the counters that are known."""
        rows = self._connection.execute(
            f"""
            select campaign, platform, post_id, influencer, content_type, published_on, caption, permalink,
                   {", ".join(COUNTERS)}
            from campaign_posts where is_last order by campaign, platform, published_on, post_id
            """
        ).fetchall()
        return [_post(row) for row in rows]

    def benchmarks(self, known_by: date) -> list[Benchmark]:
        """List the outside figures that are believed at the end of a day."""
        rows = self._connection.execute(
            """
            select platform, tier, sector, content_type, metric, basis, statistic, value, sample, year,
                   published_by, file,
                   case when first_line = last_line then first_line::varchar
                        else first_line || '-' || last_line end
            from benchmark_figures where known_on <= $day and until_day > $day order by file, first_line
            """,
            {"day": known_by},
        ).fetchall()
        return [Benchmark(*row) for row in rows]

    def coverage(self, known_by: date) -> list[Coverage]:
        """Say of each source which days its facts are of, as known at the end of a day."""
        told = self._connection.execute(RETOLD, {"known_by": known_by}).fetchall()
        retold = {source: (int(again), int(restated)) for source, again, restated in told}
        found = []
        for source, first, last, days, provisional, gaps in self._report("coverage", known_by):
            again, restated = retold.get(source, (0, 0))
            between = tuple((gap["first"], gap["last"]) for gap in gaps)
            found.append(Coverage(source, first, last, days, provisional, between, again, restated))
        return found

    def witnesses(self, known_by: date) -> list[Witness]:
        """Lay side by side what each source tells of the sales of each month, as known at the end of a day."""
        return [Witness(*row) for row in self._report("witnesses", known_by)]

    def checks(self) -> list[CheckRows]:
        """Run every data check; a check is a select that should return no row."""
        return [self._check(name, sql) for name, sql in _sql_files("checks")]

    def texts(self, columns: Sequence[tuple[str, str]]) -> Iterator[tuple[int, str]]:
        """Give every text of some canonical columns, each with its table, beside the index of its file."""
        for table, column in columns:
            rows = self._connection.execute(f"select file, {column} from {table} where {column} is not null")
            while batch := rows.fetchmany(tables.BATCH):
                yield from batch

    def _report(self, name: str, known_by: date) -> list[tuple[Any, ...]]:
        return self._connection.execute(_read(f"reports/{name}.sql"), {"known_by": known_by}).fetchall()

    def _look_from(self, windows: Sequence[Window]) -> None:
        last: dict[str, date] = {}
        for window in windows:
            last[window.campaign] = max(last.get(window.campaign, window.moment), window.moment)
        tables.fill(
            self._connection,
            "windows",
            tables.WINDOWS,
            [
                (w.campaign, w.moment, w.from_day, w.to_day, w.known_by, w.moment == last[w.campaign])
                for w in windows
            ],
        )
        _run_models(self._connection, "models/3_measures")

    def _check(self, name: str, sql: str) -> CheckRows:
        result = self._connection.execute(sql)
        columns = tuple(str(column[0]).replace("_", " ") for column in result.description or ())
        rows = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in result.fetchall())
        return CheckRows(name, _first_comment(sql), columns, rows)


@contextmanager
def open_warehouse(
    records: Records,
    declared: Mapping[str, Sequence[Mapping[str, Cell]]],
    metrics: Sequence[measures.Declared],
    store: Store | None = None,
) -> Iterator[Warehouse]:
    """Load records and contracts, run the models, lock the configuration, and close again.

    `store` is the one that was handed to `read_sources` as its shelf, if one was; it is used up.
    Raises ModelError where a model does not run, ConfigError for a metric whose expression may not.
    """
    store = store or Store(None)
    connection = store.connection
    try:
        connection.execute(_read("macros.sql"))
        tables.create_all(connection, records, declared)
        store.fill()
        store.close_doors()
        _run_models(connection, "models/1_staging")
        _run_models(connection, "models/2_facts")
        connection.execute("set lock_configuration = true")
        yield Warehouse(connection, records, metrics)
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise EnvironmentFault(f"DuckDB ran out of memory or disk: {str(error).splitlines()[0]}") from error
    finally:
        connection.close()


def _run_models(connection: duckdb.DuckDBPyConnection, folder: str) -> None:
    for name, sql in _sql_files(folder):
        try:
            connection.execute(f"create or replace table {name} as\n{sql}").fetchall()
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            raise ModelError(f"{folder}/{name}.sql: {error}") from error


def _sql_files(folder: str) -> list[tuple[str, str]]:
    """List the SQL of a folder in path order; `2_post_claims.sql` makes the table post_claims, after all of `1_`."""
    paths = sorted(
        (path for path in ROOM.joinpath(folder).iterdir() if path.name.endswith(".sql")), key=lambda p: p.name
    )
    return [
        (path.name.removesuffix(".sql").lstrip("0123456789_"), path.read_text(encoding="utf-8"))
        for path in paths
    ]


def _read(name: str) -> str:
    return ROOM.joinpath(name).read_text(encoding="utf-8")


def _first_comment(sql: str) -> str:
    return sql.splitlines()[0].removeprefix("--").strip()


def _post(row: Sequence[object]) -> Post:
    campaign, platform, post_id, influencer, content_type, published_on, caption, permalink, *counts = row
    if not isinstance(published_on, date):
        raise TypeError(f"post {post_id} has no day")
    known = {name: count for name, count in zip(COUNTERS, counts, strict=True) if isinstance(count, int)}
    return Post(
        campaign=str(campaign),
        platform=str(platform),
        post_id=str(post_id),
        influencer=None if influencer is None else str(influencer),
        content_type=str(content_type),
        published_on=published_on,
        caption=str(caption or ""),
        permalink=str(permalink or ""),
        counters=known,
    )
