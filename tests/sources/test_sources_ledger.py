from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import FX, INSIGHTS, MEDIA, SHOP, SPEND, SPEND_HEADER, SPEND_ROW, Declared, read_one

from perftrack_site.errors import InternalError
from perftrack_site.sources import FORMATS
from perftrack_site.sources.format import Reading, SourceFile

TEXT = SPEND_HEADER + SPEND_ROW + "tomorrow" + SPEND_ROW[10:]


def planted(monkeypatch: pytest.MonkeyPatch, **fault: object) -> None:
    """Put a reader in place that forgets a part of what it read."""
    form = FORMATS["perftrack.spend"]

    def forgetful(file: SourceFile) -> Reading:
        return replace(form.read(file), **fault)  # type: ignore[arg-type]

    monkeypatch.setitem(FORMATS, form.key, replace(form, read=forgetful))


def test_a_dropped_reject_leaves_the_ledger_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted(monkeypatch, rejects=())
    with pytest.raises(InternalError, match="does not close: 2 records counted, 1 accounted for"):
        read_one(tmp_path, SPEND, TEXT)


def test_a_dropped_row_leaves_the_ledger_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted(monkeypatch, rows={"spend": []})
    with pytest.raises(InternalError, match="does not close: 2 records counted, 1 accounted for"):
        read_one(tmp_path, SPEND, TEXT)


HEADERS = {
    SPEND: SPEND_HEADER,
    FX: "day,base,quote,rate\n",
    SHOP: "Name,Created at,Financial Status,Currency,Subtotal,Discount Amount,Shipping,Taxes,Total,"
    "Refunded Amount,Discount Code,Cancelled at,Lineitem name,Lineitem quantity,Lineitem price\n",
}
PIECES = st.sampled_from(
    [
        '"',
        '""',
        ",",
        ";",
        "\n",
        "\r",
        "\r\n",
        " ",
        "\t",
        "\x00",
        "\u2028",
        "\x1c",
        "2026-07-06",
        "1",
        "-1",
        "ZAR",
        "é",
    ]
)


@pytest.mark.parametrize("source", HEADERS, ids=lambda source: source.key)
@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(PIECES, max_size=60))
def test_any_csv_ends_in_a_closed_ledger_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, source: Declared, pieces: list[str]
) -> None:
    records = read_one(tmp_path_factory.mktemp("any"), source, HEADERS[source] + "".join(pieces))
    assert bool(records.ledgers) != bool(records.faults)


@pytest.mark.parametrize("source", [SPEND, SHOP, MEDIA, INSIGHTS], ids=lambda source: source.key)
@settings(max_examples=40, deadline=None)
@given(content=st.binary(max_size=80))
def test_any_bytes_end_in_a_closed_ledger_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, source: Declared, content: bytes
) -> None:
    records = read_one(tmp_path_factory.mktemp("any"), source, content)
    assert bool(records.ledgers) != bool(records.faults)


NAMES = [
    "data", "id", "17", "name", "period", "values", "value", "media_type", "timestamp", "caption", "insights",
    "paging", "error",
]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=25,
)


@pytest.mark.parametrize("source", [MEDIA, INSIGHTS], ids=lambda source: source.key)
@settings(max_examples=80, deadline=None)
@given(value=JSON)
def test_any_json_ends_in_a_closed_ledger_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, source: Declared, value: object
) -> None:
    records = read_one(tmp_path_factory.mktemp("any"), source, json.dumps({"data": [value, value]}))
    assert bool(records.ledgers) != bool(records.faults)
