"""Files that would eat time or memory are refused before they can: under two seconds and 300 MB."""

from __future__ import annotations

import gzip
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from big_files import MIB, refused
from hypothesis import given
from hypothesis import strategies as st
from sources_helpers import MEDIA, SPEND, Declared, read, write

from perftrack_site.sources import read_sources
from perftrack_site.sources.files import find_files
from perftrack_site.sources.json_depth import PIECE, is_deeper

JSON, CSV = "ig/2026-10-01.json", "spend/2026-10-01.csv"
DEEP = "[" * 66 + "]" * 66
SHALLOW = '{"a": "[[[", "b": ' + "[" * 20 + "]" * 20 + "}"


def a_file(folder: Path, name: str, content: bytes = b"", *, size: int = 0) -> Path:
    """Write a file of a data folder; beyond its content it is a hole on the disk."""
    data = write(folder, {name: content})
    if size:
        with (data / name).open("r+b") as file:
            file.truncate(size)
    return data


@pytest.mark.parametrize(
    ("name", "content", "size", "fault"),
    [
        (JSON, b'{"data": [', 5 * 1024**3, f"data/{JSON}: is larger than 16 MiB; split it into several files"),
        (JSON, b"", 5 * 1024**3, f"data/{JSON}: is not text; export it again"),
        (CSV, b"", 5 * 1024**3, f"data/{CSV}: is not text; export it again"),
        (JSON, gzip.compress(bytes(100 * MIB)), 0,
         f"data/{JSON}: is packed with gzip; unpack it first, and commit the file that was in it"),
    ],
)  # fmt: skip
def test_what_is_too_large_or_packed_is_not_read(
    tmp_path: Path, name: str, content: bytes, size: int, fault: str
) -> None:
    found = refused(a_file(tmp_path, name, content, size=size))
    assert found.fault == fault
    assert found.seconds < 2
    assert found.peak < 300 * MIB


@pytest.mark.parametrize(
    "text", [f"[{DEEP}]", "[" * 15_000_000, f"[{', '.join([SHALLOW] * 200_000)}, {DEEP}]"]
)
def test_what_is_nested_too_deeply_is_not_decoded(tmp_path: Path, text: str) -> None:
    found = refused(a_file(tmp_path, JSON, text.encode()))
    assert found.fault == f"data/{JSON}:1: is nested more than 64 deep; fetch it again"
    assert found.seconds < 2
    assert found.peak < 300 * MIB


@given(st.recursive(st.text(max_size=3), lambda inner: st.lists(inner, max_size=3), max_leaves=20))
def test_the_depth_is_that_of_the_brackets_outside_strings(value: object) -> None:
    import json  # noqa: PLC0415

    text = json.dumps([value, '\\"[{', "\\"]).encode()
    assert not is_deeper(text, _depth([value]))
    assert is_deeper(text, _depth([value]) - 1)


def _depth(value: object) -> int:
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


@pytest.mark.parametrize("offset", range(-6, 7))
def test_no_string_is_cut_where_pieces_meet(offset: int) -> None:
    text = b'["' + b"a" * (PIECE + offset) + rb'\\\"[[[\\", [[1]]]'
    assert is_deeper(text, 2)
    assert not is_deeper(text, 3)


def test_links_are_not_followed_and_patterns_do_not_lead_out(tmp_path: Path) -> None:
    (tmp_path / "outside.csv").write_text("day\n", encoding="utf-8")
    data = write(tmp_path, {"spend/README.md": ""})
    (data / CSV).symlink_to(tmp_path / "outside.csv")
    up = Declared("up", "perftrack.spend", "../{extracted_at:%Y-%m-%d}.csv")
    (tmp_path / "2026-10-01.csv").write_text("day\n", encoding="utf-8")
    records = read_sources([SPEND, up], data, "UTC")
    assert [str(fault) for fault in records.faults] == [
        f"data/{CSV}: is a link or device, not a file; put the file itself here"
    ]
    assert not records.ledgers


def test_thousands_of_files_find_their_source_among_thousands(tmp_path: Path) -> None:
    sources = [
        Declared(f"s{at}", "perftrack.spend", f"p{at}-{{extracted_at:%Y-%m-%d}}.csv") for at in range(2_000)
    ]
    data = write(tmp_path, {f"p{at}-2026-10-0{day}.csv": "" for at in range(2_000) for day in (1, 2)})
    start = time.perf_counter()
    claims = find_files(sources, data, ZoneInfo("UTC")).claims
    assert time.perf_counter() - start < 2  # each file held against each source takes minutes
    assert len(claims) == 4_000
    assert all(claim.path.startswith(f"data/p{claim.declaration.key[1:]}-") for claim in claims)


def test_a_pattern_that_begins_with_a_star_meets_one_that_does_not(tmp_path: Path) -> None:
    star = Declared("star", "perftrack.spend", "*/{extracted_at:%Y-%m-%d}.csv")
    records = read(tmp_path, {CSV: "day\n", "x/2026-10-01.csv": "day\n"}, SPEND, star, MEDIA)
    assert f"data/{CSV}: is claimed by several sources (costs, star); make their patterns differ" in [
        str(fault) for fault in records.faults
    ]
