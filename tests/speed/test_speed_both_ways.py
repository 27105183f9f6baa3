"""Whatever a plain table holds, reading it in bulk gives the rows, rejects, lines and counts that row by row gives."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from both_ways import FIELDS, form_of, large_way, small_way
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

GOOD = {
    "day": "2026-07-06",
    "views": "1200",
    "change": "-12",
    "amount": "-42000.50",
    "price": "12.5",
    "rate": "18.2514",
    "made_in": "2026",
    "currency": "ZAR",
    "sent_at": "2026-01-24 17:34:28 +0500",
    "title": "Rooibos",
    "reference": "inv-1",
    "number": "17900000000000001",
    "metric": "views",
    "kind": "fee",
    "caption": " as it is ",
}
HOSTILE = [
    "", " ", "-", "--", "N/A", "NaN", "(not set)", "(Not Set)", "(not \u017fet)", "unde\ufb01ned", "0",
    "00", "-0", "-0.00", "007", "+5", "1_000", "0x10", "1e3", "1E+17", "1.5E+3x", "1,5", ".5", "5.",
    "1.23456", "1.123456789", "0.00000000", "99999999999999", "999999999999999", "9999999999999999",
    "123456789012345.12", "-5", "--5", "2026-02-30", "2026-2-3", "10000-01-01", "0001-01-01",
    "0001-01-01 (BC)", "0000-01-01", "2026-07-06 ", "2026/07/06", "infinity", "epoch",
    "2026-01-24T17:34:28Z", "2026-01-24 17:34:28UTC", "2026-01-24 24:00:00Z", "2026-01-24 17:34:60Z",
    "2026-01-24 17:34:28 +05:30", "2026-01-24 17:34:28 -1500", "2026-01-24 17:34:28-0030",
    "2026-01-24 17:34:28", "zar", "ZARR", "Fee", "FEE", "Product", "product", "\u017fee", "VIEWS", "\u212a",
    "\u0130stanbul", "stra\u00dfe", "\u00a0x", "x\u3000", "\u2003", "\x1cx", "x\t", "\x0b", "\u00e9",
    "\u65e5\u672c", "\U0001f389", "it's", "{", "{x}", "a|b", "$1", "%s", "\x85", "x\x85", "1899", "2100", "1" * 31,
    "\ufeffx", "\\N", "NULL", "null", "true", "#", "'", "\x01\x02", "\x7f",
]  # fmt: skip
NAMES = st.lists(st.sampled_from(sorted(FIELDS)), min_size=2, max_size=6, unique=True)
PATIENCE = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Case:
    names: tuple[str, ...]
    unique: tuple[str, ...]
    content: bytes


@st.composite
def cases(draw: st.DrawFn) -> Case:
    names = draw(NAMES)
    unique = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    delimiter = draw(st.sampled_from(",;\t"))
    line_end = draw(st.sampled_from(["\n", "\r\n"]))
    cells = [_cells(name).map(lambda cell: _harmless(cell, ",;\t")) for name in names]
    good = st.tuples(*cells).map(delimiter.join)
    odd = st.sampled_from(
        ["", "  ", delimiter * (len(names) - 1), "x", delimiter * len(names), " " + delimiter * 9]
    )
    rows = draw(st.lists(st.one_of(good, good, good, odd), max_size=12))
    rows += draw(st.lists(st.sampled_from(rows), max_size=4)) if rows else []
    header = delimiter.join(FIELDS[name][1].headers[-1] for name in names)
    text = line_end.join([header, *rows]) + draw(st.sampled_from([line_end, ""]))
    mark = draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    return Case(tuple(names), tuple(unique), mark + text.encode())


def _cells(name: str) -> st.SearchStrategy[str]:
    text = st.text(st.characters(exclude_characters='\r\n"\x00', exclude_categories=["Cs"]), max_size=6)
    return st.one_of(st.just(GOOD[name]), st.just(GOOD[name]), st.sampled_from(HOSTILE), text)


def _harmless(cell: str, delimiters: str) -> str:
    return "".join(char for char in cell if char not in delimiters)


@PATIENCE
@given(cases())
def test_both_ways_give_the_same_of_any_plain_table(case: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(case.content)
        form = form_of(*case.names, unique=case.unique)
        in_bulk = large_way(form, path)
        if in_bulk is not None:
            assert in_bulk == small_way(form, path)


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_each_hostile_cell_is_read_or_rejected_alike(tmp_path: Path, name: str) -> None:
    other = "amount" if name != "amount" else "change"
    rows = [f"{GOOD[other]};{cell}" for cell in (GOOD[name], *HOSTILE)]
    header = f"{FIELDS[other][1].name};{FIELDS[name][1].name}"
    path = tmp_path / "table.csv"
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    in_bulk = large_way(form_of(other, name), path)
    assert in_bulk is not None
    assert in_bulk == small_way(form_of(other, name), path)
    assert in_bulk.accepted > 0
