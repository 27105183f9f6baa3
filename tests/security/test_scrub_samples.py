"""Of every sample, whatever its format, the reader reads the same after scrubbing; only keys of persons are new."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from leaky import SECRET
from sample_cases import Sample
from sources_helpers import read, rows_of, sample
from test_samples import CASES

from perftrack_site.sources import FORMATS
from perftrack_site.sources.privacy.leaks import findings
from perftrack_site.sources.privacy.scrubbing import scrub
from perftrack_site.sources.reading import Records

KEYS = ("customer_key", "author_key")
LINES = ("first_line", "last_line")  # a note that went over several lines has become one
READ = [case for case in CASES if not case.refused]


def shown(records: Records) -> list[tuple[str, Mapping[str, Any]]]:
    """Every row but its keys and lines, and every refusal."""
    assert not records.faults, [str(fault) for fault in records.faults]
    return [
        (table, {name: value for name, value in row.items() if name not in {*KEYS, *LINES}})
        for table in records.rows
        for row in rows_of(records, table)
    ]


def scrubbed(path: str, form: str) -> bytes:
    done = scrub(sample(path), FORMATS[form], SECRET)
    assert findings(f"data/{path}", done.content, FORMATS[form]) == []
    assert scrub(done.content, FORMATS[form], SECRET).content == done.content
    return done.content


def pages(case: Sample) -> dict[str, str]:
    names = {case.name: case.path}
    return names | {case.name.replace(".", f"_page{at}."): path for at, path in enumerate(case.beside, 2)}


@pytest.mark.parametrize("case", READ, ids=lambda case: f"{case.format}:{case.path}")
def test_a_sample_is_read_the_same_after_scrubbing(tmp_path: Path, case: Sample) -> None:
    before = read(tmp_path / "a", {name: sample(path) for name, path in pages(case).items()}, case.source)
    clean = {name: scrubbed(path, case.format) for name, path in pages(case).items()}
    assert shown(read(tmp_path / "b", {**clean}, case.source)) == shown(before)


def test_some_samples_name_somebody_and_their_rows_get_a_key(tmp_path: Path) -> None:
    with_keys = set()
    for case in READ:
        if FORMATS[case.format].identity:
            clean = {name: scrubbed(path, case.format) for name, path in pages(case).items()}
            records = read(tmp_path / case.path, {**clean}, case.source)
            rows = [row for table in records.rows for row in rows_of(records, table)]
            with_keys |= {case.format for row in rows if any(row.get(key) for key in KEYS)}
    assert with_keys >= {"shopify.orders_csv", "woocommerce.orders"}
