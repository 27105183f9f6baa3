"""Whatever bytes, tables or JSON values come under the name of these formats: a closed ledger or a refusal."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, read

from perftrack_site.sources import FORMATS
from perftrack_site.sources.reading import Records

KEYS = [key for key in FORMATS if key.partition(".")[0].split("_")[0] in {"youtube", "linkedin", "x"}]
OF_JSON = [key for key in KEYS if "studio" not in key and "csv" not in key]
OF_TABLES = [key for key in KEYS if key not in OF_JSON]
NAMES = sorted(
    {
        name
        for key in OF_JSON
        for column in FORMATS[key].columns
        for path in column.headers
        for name in path.split(".")
    }
    | {
        "items",
        "rows",
        "elements",
        "data",
        "columnHeaders",
        "kind",
        "name",
        "columnType",
        "replies",
        "comments",
    }
    | {"paging", "links", "includes", "users", "media", "media_key", "meta", "next_token", "error"}
)
TEXTS = [
    "17",
    "-1",
    "2026-09-01T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "DIMENSION",
    "day",
    "TWINvid0001",
    "urn:li:share:7",
]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=6)
    | st.sampled_from(TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=30,
)


def read_any(factory: pytest.TempPathFactory, key: str, content: bytes) -> Records:
    files = "f/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.x"
    source = Declared("any", key, files, overlap=FORMATS[key].overlaps[0], currency="ZAR")
    return read(factory.mktemp("any"), {"f/2026-08-01_2026-08-31-2026-10-01.x": content}, source)


def complete(key: str) -> dict[str, object]:
    """A record with every field of a format, so that a generated value is not all there is."""
    record: dict[str, object] = {}
    for column in FORMATS[key].columns:
        *path, last = column.headers[0].split(".")
        place: dict[str, object] = record
        for name in path:
            inner = place.setdefault(name, {})
            place = inner if isinstance(inner, dict) else {}
        place[last] = "7"
    return record


@pytest.mark.parametrize("key", OF_JSON)
@settings(max_examples=25, deadline=None)
@given(
    answer=VALUES,
    records=st.lists(VALUES, max_size=3),
    beside=st.dictionaries(st.sampled_from(NAMES), VALUES),
)
def test_any_json_ends_in_a_closed_ledger_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory,
    key: str,
    answer: object,
    records: list[object],
    beside: dict[str, object],
) -> None:
    lists = {name: [complete(key), *records] for name in ("items", "rows", "elements", "data")}
    for value in (answer, lists | beside, [lists, lists | beside]):
        found = read_any(tmp_path_factory, key, json.dumps(value).encode())
        assert bool(found.ledgers) != bool(found.faults)


@pytest.mark.parametrize("key", OF_TABLES)
@settings(max_examples=25, deadline=None)
@given(
    cells=st.lists(
        st.sampled_from(["7", "-1", "Total", "", "Sep 1, 2026", "09/01/2026", '"', "\n", ",", "é"]),
        max_size=40,
    )
)
def test_any_table_ends_in_a_closed_ledger_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, key: str, cells: list[str]
) -> None:
    header = ",".join(column.name for column in FORMATS[key].columns)
    for content in (f"{header}\n" + ",".join(cells), "".join(cells)):
        found = read_any(tmp_path_factory, key, content.encode())
        assert bool(found.ledgers) != bool(found.faults)
