"""Unchanged files come from the shelf, changed and damaged ones are read again; what comes out is always the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from shelf_helpers import SOURCES, ZONE, all_files, run, workspace
from sources_helpers import SPEND, SPEND_HEADER, SPEND_ROW

from perftrack_site.sources import read_sources
from perftrack_site.sources.files import Claim
from perftrack_site.sources.format import Page, Reading
from perftrack_site.sources.ledger import Skipped
from perftrack_site.sources.pattern import Known, Span
from perftrack_site.sources.reading import Declaration
from perftrack_site.sources.shelf import key_of
from perftrack_site.sources.tables import Cell
from perftrack_site.warehouse import packs, store
from perftrack_site.warehouse.known_files import INDEX, KnownFiles
from perftrack_site.warehouse.tables import DECLARED
from perftrack_site.warehouse.warehouse import open_warehouse

UTC = ZoneInfo("UTC")
KNOWN = Known(datetime(2026, 10, 1), date(2026, 10, 1))  # noqa: DTZ001 moments are UTC without a zone
CLAIM = Claim("data/a.csv", Path("data/a.csv"), SPEND, KNOWN, "0" * 40)


def test_unchanged_files_are_not_read_again(tmp_path: Path) -> None:
    data, cache = workspace(tmp_path), tmp_path / "cache"
    plain, cold, warm = run(data, None), run(data, cache), run(data, cache)
    assert cold.anew == plain.anew != frozenset()
    assert warm.anew == frozenset()
    assert (plain.tables, plain.ledgers) == (cold.tables, cold.ledgers) == (warm.tables, warm.ledgers)


def test_only_the_file_that_changed_is_read_again(tmp_path: Path) -> None:
    data, cache = workspace(tmp_path), tmp_path / "cache"
    run(data, cache)
    (data / "spend/2026-10-01.csv").write_text(SPEND_HEADER + SPEND_ROW.replace("inv-1", "inv-2"))
    warm = run(data, cache)
    assert warm.anew == {"data/spend/2026-10-01.csv"}
    assert warm.tables == run(data, None).tables
    assert run(data, cache).anew == frozenset()


def test_a_new_file_before_the_others_moves_their_numbers_and_nothing_else(tmp_path: Path) -> None:
    data, cache = workspace(tmp_path), tmp_path / "cache"
    run(data, cache)
    (data / "fx/2026-09-01.csv").write_text("day,base,quote,rate\n2026-07-05,ZAR,EUR,0.05\n")
    warm, plain = run(data, cache), run(data, None)
    assert warm.anew == {"data/fx/2026-09-01.csv"}
    assert (warm.tables, warm.ledgers) == (plain.tables, plain.ledgers)


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "remove"])
def test_whatever_is_damaged_is_read_again(tmp_path: Path, damage: str) -> None:
    data, cache = workspace(tmp_path), tmp_path / "cache"
    sound = run(data, cache)
    kept = [path.relative_to(cache) for path in all_files(cache)]
    assert len(kept) > 4
    for name in kept:
        broken = tmp_path / "broken"
        shutil.copytree(cache, broken)
        _damage(broken / name, damage)
        again = run(data, broken)
        assert (again.tables, again.ledgers, again.notices) == (sound.tables, sound.ledgers, ())
        assert run(data, broken).anew == frozenset()
        shutil.rmtree(broken)


def _damage(path: Path, damage: str) -> None:
    content = path.read_bytes()
    middle = len(content) // 2
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes(
            {
                "flip": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
                "cut": content[:middle],
                "empty": b"",
            }[damage]
        )


def test_the_shelf_may_be_deleted(tmp_path: Path) -> None:
    data, cache = workspace(tmp_path), tmp_path / "cache"
    sound = run(data, cache)
    shutil.rmtree(cache)
    assert run(data, cache) == sound


def test_a_file_with_rejects_is_read_every_time_and_no_raw_value_is_laid_by(tmp_path: Path) -> None:
    data, cache = workspace(tmp_path), tmp_path / "cache"
    bad = SPEND_HEADER + SPEND_ROW + SPEND_ROW.replace("42000.00", "zanele@example.com")
    (data / "spend/2026-10-01.csv").write_text(bad)
    run(data, cache)
    warm = run(data, cache, large=1)
    assert warm.ledgers == run(data, None).ledgers
    assert [reject.raw for ledger in warm.ledgers for reject in ledger.rejects] == ["zanele@example.com"]
    assert not any(b"zanele" in path.read_bytes() for path in all_files(cache))


@pytest.mark.parametrize("large", [1, 2**60])
def test_where_nothing_can_be_written_the_build_goes_on_and_says_so(tmp_path: Path, large: int) -> None:
    data, cache = workspace(tmp_path), tmp_path / "cache"
    cache.write_text("in the way")
    read = run(data, cache, large=large)
    assert read.tables == run(data, None).tables
    assert len(read.notices) == 1
    assert read.notices[0].startswith(".perftrack/cache cannot be written (")
    assert read.notices[0].endswith("): the next build reads every file again")


def test_two_builds_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    data, cache = workspace(tmp_path), tmp_path / "cache"
    script = (
        "import sys; from pathlib import Path; from shelf_helpers import run; run(*map(Path, sys.argv[1:]))"
    )
    paths = os.pathsep.join(str(Path(__file__).parent.parent / folder) for folder in ("speed", "sources"))
    children = [
        subprocess.Popen([sys.executable, "-c", script, data, cache], env={**os.environ, "PYTHONPATH": paths})
        for _ in range(4)
    ]
    assert [child.wait() for child in children] == [0, 0, 0, 0]
    warm = run(data, cache)
    assert warm.anew == frozenset()
    assert warm.tables == run(data, None).tables


def test_many_packs_become_one(tmp_path: Path) -> None:
    data, cache = workspace(tmp_path), tmp_path / "cache"
    for number in range(store.MOST_SMALL_PACKS + 3):
        (data / f"spend/2026-11-{number + 1:02d}.csv").write_text(
            SPEND_HEADER + SPEND_ROW.replace("inv-1", str(number))
        )
        run(data, cache)
    assert len(packs.list_packs(cache)) <= store.MOST_SMALL_PACKS
    warm = run(data, cache)
    assert (warm.anew, warm.tables) == (frozenset(), run(data, None).tables)


def test_what_a_killed_build_left_is_cleared_away_after_a_day(tmp_path: Path) -> None:
    for name, age in (("beside-old", 90_000), ("beside-new", 80_000), ("files.json", 0)):
        path = tmp_path / name
        path.write_text("")
        os.utime(path, (10**9 - age, 10**9 - age))
    packs.prune(tmp_path, most_bytes=1, most_packs=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["beside-new", "files.json"]


def test_packs_without_use_are_thrown_away_oldest_first(tmp_path: Path) -> None:
    folders = [tmp_path / "00" / name for name in ("old", "older", "new")]
    for age, folder in zip((2, 3, 1), folders, strict=True):
        folder.mkdir(parents=True)
        (folder / "rows").write_bytes(bytes(100))
        os.utime(folder, (10 - age, 10 - age))
    packs.prune(tmp_path, most_bytes=250, most_packs=9)
    assert {folder.name for folder in (tmp_path / "00").iterdir()} == {"old", "new"}
    packs.prune(tmp_path, most_bytes=250, most_packs=1)
    assert {folder.name for folder in (tmp_path / "00").iterdir()} == {"new"}


@pytest.mark.parametrize(
    "field", [name for name, field in vars(Declaration).items() if isinstance(field, property)]
)
def test_whatever_a_source_says_of_its_files_is_part_of_the_key(field: str) -> None:
    other = replace(SPEND, **{field: "other"})  # type: ignore[arg-type]  # any other value does
    assert key_of(replace(CLAIM, declaration=other), UTC) != key_of(CLAIM, UTC)


def test_what_is_known_of_a_file_is_part_of_the_key() -> None:
    claims = [
        CLAIM,
        replace(CLAIM, path="data/b.csv"),
        replace(CLAIM, blob="1" * 40),
        replace(CLAIM, member="b.csv"),
        replace(CLAIM, known=Known(KNOWN.at, date(2026, 10, 2))),
        replace(CLAIM, span=Span(date(2026, 9, 1), date(2026, 9, 30))),
    ]
    keys = {key_of(claim, UTC) for claim in claims} | {key_of(CLAIM, ZoneInfo("Asia/Tokyo"))}
    assert len(keys) == len(claims) + 1
    assert key_of(CLAIM, UTC) == key_of(replace(CLAIM, location=Path("/elsewhere/a.csv")), UTC)


def test_every_field_of_a_reading_comes_back(tmp_path: Path) -> None:
    reading = Reading(
        counted=9,
        duplicates=2,
        skipped=(Skipped("total", "a total", 3),),
        notices=("a notice",),
        accepted=4,
        page=Page(total=9, more=True, needed=True),
    )
    packs.write_pack(tmp_path, {"key": (7, reading)}, [], lambda *_: None)
    [pack] = packs.list_packs(tmp_path)
    number, back = pack.readings["key"]
    same = [field.name for field in fields(Reading) if field.name not in {"rows", "rejects"}]
    assert number == 7
    assert [getattr(back, name) for name in same] == [getattr(reading, name) for name in same]
    assert all(
        getattr(reading, name) != field.default
        for name in same
        for field in fields(Reading)
        if field.name == name
    )


def test_the_id_of_a_file_that_changed_just_now_is_not_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("it could change again within a tick of the clock")
    known = KnownFiles(tmp_path)
    known.blob(path)
    known.note(path, "blob")
    known.save()
    assert json.loads((tmp_path / INDEX).read_text()) == {}
    assert KnownFiles(tmp_path).blob(path) is None


def test_the_id_of_a_settled_file_is_noted(tmp_path: Path) -> None:
    settled = Path(__file__)  # nobody writes it while it runs
    known = KnownFiles(tmp_path)
    assert known.blob(settled) is None
    known.note(settled, "blob")
    known.save()
    assert KnownFiles(tmp_path).blob(settled) == "blob"


def test_a_changed_file_of_the_same_size_and_time_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("one")
    told = path.stat()
    signature = [told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino]
    (tmp_path / INDEX).write_text(json.dumps({str(path): [signature, "blob"]}))
    assert KnownFiles(tmp_path).blob(path) == "blob"
    path.write_text("two")
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert KnownFiles(tmp_path).blob(path) is None


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": [[1], "b"]}', "null"])
def test_a_damaged_list_of_known_files_knows_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / INDEX).write_text(text)
    assert KnownFiles(tmp_path).blob(tmp_path / INDEX) is None


def test_a_large_file_is_laid_by_and_comes_back(tmp_path: Path) -> None:
    data, cache = workspace(tmp_path), tmp_path / "cache"
    plain, cold, warm = run(data, None), run(data, cache, large=1), run(data, cache, large=1)
    assert "data/spend/2026-10-01.csv" not in cold.anew
    assert (cold.tables, cold.ledgers) == (plain.tables, plain.ledgers)
    assert (warm.tables, warm.ledgers, warm.anew) == (plain.tables, plain.ledgers, frozenset())


def test_a_large_file_that_repeats_another_counts_once(tmp_path: Path) -> None:
    data = workspace(tmp_path)
    shutil.copy(data / "spend/2026-10-01.csv", data / "spend/2026-11-01.csv")
    adds = (replace(SPEND, overlap="adds"), *SOURCES[1:])
    in_bulk, plain = run(data, None, adds, large=1), run(data, None, adds)
    assert (in_bulk.tables, in_bulk.ledgers) == (plain.tables, plain.ledgers)
    assert [ledger.duplicates for ledger in in_bulk.ledgers][-2:] == [0, 1]


def test_with_large_files_sql_reaches_these_and_no_other(tmp_path: Path) -> None:
    data, cache = workspace(tmp_path), tmp_path / "cache"
    run(data, cache, large=1)
    opened = store.Store(cache)
    records = read_sources(SOURCES, data, ZONE, opened, large=1)
    declared: dict[str, list[dict[str, Cell]]] = {name: [] for name in DECLARED}
    with open_warehouse(records, declared, (), opened):
        assert opened.connection.execute("select count(*) from spend").fetchall() == [(2,)]
        for sql in (
            f"from read_text('{data}/fx/2026-10-01.csv')",
            f"copy (select 1) to '{tmp_path}/leak.csv'",
        ):
            with pytest.raises(duckdb.PermissionException):
                opened.connection.execute(sql)
