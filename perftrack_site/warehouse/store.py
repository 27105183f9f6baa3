"""The store: DuckDB, opened before the files are read, and the shelf on disk where their rows lie between builds.

Without a folder it still reads what is large; nothing outlives it then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from perftrack_site.sources.format import Reading
from perftrack_site.sources.large import LargeFile
from perftrack_site.sources.ledger import Snapshot
from perftrack_site.sources.shelf import Elsewhere
from perftrack_site.sources.tables import COUNT, DAY, MOMENT, TABLES, TEXT
from perftrack_site.warehouse import packs
from perftrack_site.warehouse.casts import literal
from perftrack_site.warehouse.known_files import KnownFiles
from perftrack_site.warehouse.large import FIRST, place, read_large
from perftrack_site.warehouse.packs import Pack
from perftrack_site.warehouse.tables import fill

MOST_BYTES = 4 * 1024**3
MOST_PACKS = 64
PARQUET = "format parquet, compression zstd, parquet_version v2"
NUMBERED = {"in_pack": COUNT, "source": TEXT, "file": COUNT, "known_at": MOMENT, "known_on": DAY}
MOST_SMALL_PACKS = 8  # a build that took from more writes them anew as one

# Only this room's own SQL runs before the doors are closed (`close_doors`): then nothing outside the process is read or
# written, and no workspace SQL can change that (field notes: F30).
OPEN = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "2"}
MEMORY = "1GB"  # beyond it DuckDB uses the disk


@dataclass(frozen=True)
class Part:
    """Rows of one large file: a query for them without their origin, but for the line."""

    table: str
    snapshot: Snapshot
    query: str


@dataclass(frozen=True)
class _Taken:
    """A reading that came from a pack of small files."""

    key: str
    pack: Pack
    number: int
    reading: Elsewhere
    snapshot: Snapshot


class Store:
    """Satisfies `sources.shelf.Shelf`. One store serves one build."""

    def __init__(self, folder: Path | None) -> None:
        self._shelf = folder
        spill = folder.parent / "spill" if folder else None
        limits = {"memory_limit": MEMORY, "temp_directory": str(spill)} if spill else {"temp_directory": ""}
        self.connection = duckdb.connect(":memory:", config={**OPEN, **limits})
        self.notices: list[str] = []
        self._packs = packs.list_packs(folder) if folder else []
        self._by_key = {key: pack for pack in self._packs for key in pack.readings}
        self._whole: dict[Path, bool] = {}
        self._files = KnownFiles(folder)
        self._taken: list[_Taken] = []
        self._laid: dict[str, tuple[Snapshot, Reading]] = {}
        self._parts: list[Part] = []
        self._reached: list[Path] = []

    def known_blob(self, location: Path) -> str | None:
        return self._files.blob(location)

    def note_blob(self, location: Path, blob: str) -> None:
        self._files.note(location, blob)

    def take(self, key: str, snapshot: Snapshot) -> Elsewhere | None:
        pack = self._by_key.get(key)
        if pack is None or not self._is_whole(pack):
            return None
        number, reading = pack.readings[key]
        if pack.is_large:
            self._open(pack, snapshot)
        else:
            self._taken.append(_Taken(key, pack, number, reading, snapshot))
        return reading

    def lay(self, key: str, snapshot: Snapshot, reading: Reading) -> None:
        if not reading.rejects:
            self._laid[key] = (snapshot, reading)

    def read_large(self, key: str, large: LargeFile) -> Elsewhere | None:
        name = f"large_{len(self._parts)}"
        reading = read_large(self.connection, large, name)
        if reading is None:
            return None
        table, snapshot = large.format.table, large.file.snapshot
        query = f"select {', '.join(table.columns)}, rowid + {FIRST} as line from {name}"
        laid = (
            None if reading.rejects else self._write({key: (0, reading)}, {table.name: query}, is_large=True)
        )
        if laid:  # from now on its rows come from there, and not from memory
            self.connection.execute(f"drop table {name}").fetchall()
            self._open(laid, snapshot)
        else:
            self._parts.append(Part(table.name, snapshot, query))
        return reading

    def fill(self) -> None:
        """Complete the canonical tables, which hold the rows that were read in this run, and lay those by."""
        by_pack: dict[Path, list[_Taken]] = {}
        for taken in self._taken:
            by_pack.setdefault(taken.pack.folder, []).append(taken)
        for all_taken in by_pack.values():
            self._fill_from(all_taken)
        self._lay_all(by_pack)
        for table in sorted({part.table for part in self._parts}):
            self._widen(table)
        self._save()

    def close_doors(self) -> None:
        """Let DuckDB reach no file any more but the large ones it reads from (field notes: F30)."""
        paths = ", ".join(literal(str(path)) for path in self._reached)
        self.connection.execute(f"set allowed_paths = [{paths}]").fetchall()
        self.connection.execute("set enable_external_access = false").fetchall()

    def _is_whole(self, pack: Pack) -> bool:
        """Check the rows of a pack once; a damaged pack is thrown away, and its files are read again."""
        if pack.folder not in self._whole:
            self._whole[pack.folder] = pack.is_whole()
            if self._whole[pack.folder]:
                packs.used(pack)
            else:
                packs.throw_away(pack.folder)
        return self._whole[pack.folder]

    def _open(self, pack: Pack, snapshot: Snapshot) -> None:
        for table in pack.tables:
            path = pack.rows(table).absolute()
            columns = ", ".join(TABLES[table].columns)
            self._reached.append(path)
            self._parts.append(
                Part(table, snapshot, f"select {columns}, line from read_parquet({place(path)})")
            )

    def _fill_from(self, all_taken: Sequence[_Taken]) -> None:
        """Insert the rows of one pack, under the numbers that their files have in this run."""
        pack = all_taken[0].pack
        self._number([(taken.number, taken.snapshot) for taken in all_taken])
        for table in pack.tables:
            columns = ", ".join(f"laid.{column}" for column in TABLES[table].columns)
            self.connection.execute(
                f"""
                insert into {table}
                select {columns}, source, file, first_line, last_line, known_at, known_on
                from read_parquet({place(pack.rows(table).absolute())}, file_row_number = true) as laid
                join numbered using (in_pack) order by file, file_row_number
                """
            ).fetchall()

    def _number(self, numbers: Sequence[tuple[int, Snapshot]]) -> None:
        """Say which snapshot of this run has which number in a pack."""
        rows = [(number, one.source, one.index, one.extracted_at, one.known_on) for number, one in numbers]
        fill(self.connection, "numbered", NUMBERED, rows)

    def _lay_all(self, by_pack: Mapping[Path, Sequence[_Taken]]) -> None:
        """Write what was read in this run as a pack; with too many packs, what was taken goes in too."""
        readings = dict(self._laid)
        if not readings:
            return
        old = by_pack if len(by_pack) >= MOST_SMALL_PACKS else {}
        readings |= {taken.key: (taken.snapshot, taken.reading) for each in old.values() for taken in each}
        self._number([(snapshot.index, snapshot) for snapshot, _ in readings.values()])
        queries = {
            name: f"""
                select in_pack, {", ".join(table.columns)}, first_line, last_line
                from {name} join numbered using (file) order by file, {name}.rowid
                """
            for name, table in TABLES.items()
            if self._has_rows(name)
        }
        if self._write({key: (one.index, reading) for key, (one, reading) in readings.items()}, queries):
            for folder in old:
                packs.throw_away(folder)

    def _has_rows(self, table: str) -> bool:
        query = f"select 1 from {table} join numbered using (file) limit 1"
        return bool(self.connection.execute(query).fetchall())

    def _write(
        self,
        readings: Mapping[str, tuple[int, Reading]],
        queries: Mapping[str, str],
        *,
        is_large: bool = False,
    ) -> Pack | None:
        """Write a pack; None where the disk does not let us: a build needs none."""
        if not self._shelf:
            return None

        def write_rows(table: str, path: Path) -> None:
            copy = f"copy ({queries[table]}) to {literal(str(path))} ({PARQUET})"
            self.connection.execute(copy).fetchall()

        try:
            return packs.write_pack(self._shelf, readings, list(queries), write_rows, is_large=is_large)
        except (OSError, duckdb.IOException) as error:
            self._give_up(error)
            return None

    def _give_up(self, error: Exception) -> None:
        reason = error.strerror if isinstance(error, OSError) else str(error).splitlines()[0]
        self._shelf = None
        self.notices.append(
            f".perftrack/cache cannot be written ({reason}): the next build reads every file again"
        )

    def _widen(self, table: str) -> None:
        """Put the rows of large files beside those of the table."""
        queries = [
            f"""
            select {", ".join(TABLES[table].columns)}, {literal(part.snapshot.source)}, {part.snapshot.index},
                   line, line, timestamp '{part.snapshot.extracted_at}', date '{part.snapshot.known_on}'
            from ({part.query})
            """
            for part in self._parts
            if part.table == table
        ]
        self.connection.execute(f"alter table {table} rename to {table}_small").fetchall()
        together = " union all ".join([f"select * from {table}_small", *queries])
        self.connection.execute(f"create view {table} as {together}").fetchall()

    def _save(self) -> None:
        """Note the ids of files, and keep the shelf within bounds."""
        if not self._shelf:
            return
        try:
            self._files.save()
            packs.prune(self._shelf, MOST_BYTES, MOST_PACKS)
        except OSError as error:
            self._give_up(error)
