"""Scrubbing cuts out what must go and leaves every other byte where it is."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leaky import ORDERS, SECRET, TOKEN
from secret_examples import ANNOUNCED, PEM, TOKENS
from sources_helpers import SHOP, read_one, rows_of, sample

from perftrack_site.sources import FORMATS
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.privacy.leaks import findings
from perftrack_site.sources.privacy.scrubbing import Scrubbed, key_of, scrub

SHOPIFY = FORMATS["shopify.orders_csv"]
# HMAC-SHA256 of "ada@mail.example" with the secret of these tests, computed with `openssl dgst -sha256 -hmac`.
ADA = "ad9d953e8145f20327b3b8cbb47f4c48"


def unread(_: SourceFile) -> Reading:
    raise NotImplementedError


def json_format(*personal: str, identity: str | None = None, key: str | None = None) -> Format:
    return Format(
        "x.json",
        "x",
        "x",
        ("comments",),
        ("replaces",),
        (),
        unread,
        personal=personal,
        identity=identity,
        identity_key=key,
    )


def scrubbed(text: str, form: Format | None = None) -> str:
    done = scrub(text.encode(), form, SECRET)
    assert scrub(done.content, form, SECRET) == Scrubbed(done.content)
    assert findings("data/x", done.content, form) == []
    return done.content.decode()


def test_cells_are_blanked_and_a_key_is_added_and_nothing_else_moves() -> None:
    assert scrubbed(ORDERS, SHOPIFY) == (
        ORDERS.replace("Cancelled at\r\n", "Cancelled at,customer_key\r\n")
        .replace("Ada@Mail.example ", "")
        .replace('"ada@mail.example"', '""')
        .replace("6.00,,\r\n", f"6.00,,,{ADA}\r\n")
        .replace("30.00,,\r\n", "30.00,,,\r\n")
        .replace('"ring\r\ntwice",\r\n', f'"",,{ADA}\r\n')
    )  # fmt: skip


def test_the_key_is_the_keyed_hash_of_the_address_in_small_letters() -> None:
    assert key_of(" Ada@Mail.Example", SECRET) == ADA
    assert key_of("ada@mail.example", SECRET + b"!") != ADA


@pytest.mark.parametrize(
    ("encoding", "delimiter", "end"),
    [("utf-8-sig", ",", "\n"), ("utf-16", "\t", "\r\n"), ("cp1252", ";", "\r"), ("utf-8", "|", "\n")],
)
def test_encoding_mark_delimiter_and_line_ends_stay(encoding: str, delimiter: str, end: str) -> None:
    def table(email: str, *key: str) -> bytes:
        header = ["Name", "Email", "Größe", *(["customer_key"] if key else [])]
        lines = [header, ["#1", email, "groß", *key]]
        return end.join(delimiter.join(line) for line in lines).encode(encoding)

    done = scrub(table("ada@mail.example"), SHOPIFY, SECRET)
    assert done.content == table("", ADA)
    assert (done.removed, done.keys) == ({"personal data": 1}, 1)


def test_a_key_that_is_there_stays_and_one_of_a_new_address_is_written() -> None:
    text = "Name,customer_key,Email\n#1,old,\n#2,,ada@mail.example\n"
    assert scrubbed(text, SHOPIFY) == f"Name,customer_key,Email\n#1,old,\n#2,{ADA},\n"


def test_a_line_too_short_or_too_long_stays_so() -> None:
    text = "Name,Email,Total\n#1,ada@mail.example,1\n#2,ada@mail.example\n#3,x,y,ada@mail.example\n\n"
    assert scrubbed(text, SHOPIFY) == (
        f"Name,Email,Total,customer_key\n#1,,1,{ADA}\n#2,,{ADA}\n#3,,y,,{key_of('x', SECRET)}\n\n"
    )


def test_without_an_identity_to_read_no_column_is_added() -> None:
    text = "Name,Email,Notes\n#1,,ring twice\n"
    assert scrubbed(text, SHOPIFY) == "Name,Email,Notes\n#1,,\n"


def test_json_values_are_blanked_in_place_in_whatever_envelope() -> None:
    form = json_format("orders[].customer", "orders[].email", identity="orders[].email", key="customer_key")
    text = (
        '[ {"orders": [\n {"id":1.50, "email" : "ada@mail.example",\n'
        '  "customer": {"id": 7, "tags": ["a\\u00e9", ""], "x": null}}]} ]'
    )
    assert scrubbed(text, form) == (
        f'[ {{"orders": [\n {{"id":1.50, "email" : "", "customer_key": "{ADA}",\n'
        '  "customer": {"id": null, "tags": ["", ""], "x": null}}]} ]'
    )


def test_a_key_beside_an_identity_in_json_is_replaced_not_doubled() -> None:
    form = json_format("data[].username", identity="data[].username", key="author_key")
    text = '{"data": [{"author_key": "old", "username": "ada@mail.example"}, {"author_key": "kept", "username": ""}]}'
    assert scrubbed(text, form) == (
        f'{{"data": [{{"author_key": "{ADA}", "username": ""}}, {{"author_key": "kept", "username": ""}}]}}'
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://g.example/m?access_token={}&limit=2", "https://g.example/m?limit=2"),
        ("https://g.example/m?limit=2&access_token={}&after=x", "https://g.example/m?limit=2&after=x"),
        ("https://g.example/m?limit=2\\u0026access_token={}", "https://g.example/m?limit=2"),
        ("https:\\/\\/g.example\\/m?access_token={}", "https:\\/\\/g.example\\/m"),
        (
            "https://l.example/?next=g%3Faccess_token%3D{}%26limit%3D2",
            "https://l.example/?next=g%3Flimit%3D2",
        ),
        ("our token {} is gone", "our token  is gone"),
        ("{}", ""),
    ],
)
def test_a_token_goes_with_its_parameter_and_the_address_stays(before: str, after: str) -> None:
    page = '{{ "paging" : {{"next":"{}" , "limit": 1e3}}}}\r\n'
    assert scrubbed(page.format(before.format(TOKEN))) == page.format(after)


def test_a_private_key_goes_from_its_first_line_to_its_last() -> None:
    assert scrubbed(f"before\n{PEM}\nafter\n") == "before\n\nafter\n"
    assert json.loads(scrubbed(json.dumps({"private_key": PEM, "x": 1}))) == {"private_key": "", "x": 1}


@pytest.mark.parametrize("kind", [*TOKENS, *ANNOUNCED])
def test_every_kind_can_be_cut_out(kind: str) -> None:
    text = TOKENS[kind][0] if kind in TOKENS else ANNOUNCED[kind][0]
    once = scrubbed(json.dumps({"a": text, "b": 1}))
    assert json.loads(once)["b"] == 1
    assert scrubbed(f"a,b\n{text.replace(chr(10), ' ')},1\n").endswith(",1\n")


@pytest.mark.parametrize("name", ["orders_export_small", "orders_export_refunds", "orders_export_cod_bdt"])
def test_the_reader_reads_the_same_orders_before_and_after(tmp_path: Path, name: str) -> None:
    raw = sample(f"shopify/{name}.csv")
    clean = scrub(raw, SHOPIFY, SECRET).content
    before, after = (read_one(tmp_path / str(at), SHOP, content) for at, content in enumerate((raw, clean)))
    places = ("first_line", "last_line")  # a note over several lines has become one
    keys = []
    for table in ("orders", "order_lines"):
        was, now = (
            [{**row, **dict.fromkeys(places)} for row in rows_of(each, table)] for each in (before, after)
        )
        keys += [row.pop("customer_key", None) for row in was + now]
        assert was == now
        assert was
    assert any(keys) == (b"@mail.example" in raw)


CELLS = st.text(st.sampled_from('ab,;"\n @.é😀0='), max_size=8)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8)


@settings(max_examples=200, deadline=None)
@given(ROWS, st.sampled_from([",", ";"]), st.sampled_from(["\n", "\r\n"]))
def test_any_table_keeps_every_cell_that_is_not_personal(
    rows: list[tuple[str, str, str]], delimiter: str, end: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows([("Name", "Email", "Total"), *rows])
    done = scrub(text.getvalue().encode(), SHOPIFY, SECRET).content.decode()
    table = list(csv.reader(io.StringIO(done, newline=""), delimiter=delimiter))
    assert [(row[0], row[1].strip(' "\t'), row[2]) for row in table[1:]] == [
        (name, "", total) for name, _, total in rows
    ]


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "email", "b c", ""]), inner, max_size=3)
    ),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(JSONS, st.sampled_from([{}, {"indent": 1}, {"ensure_ascii": False}]))
def test_any_json_keeps_every_value_that_is_not_personal(value: object, style: dict[str, Any]) -> None:
    text = json.dumps({"data": value}, **style)
    done = scrub(text.encode("utf-8", "surrogatepass"), json_format("email"), None)
    assert json.loads(done.content.decode("utf-8", "surrogatepass")) == {"data": without_email(value)}


def without_email(value: object, *, gone: bool = False) -> object:
    if isinstance(value, dict):
        return {key: without_email(inner, gone=gone or key == "email") for key, inner in value.items()}
    if isinstance(value, list):
        return [without_email(inner, gone=gone) for inner in value]
    return ("" if isinstance(value, str) else None) if gone else value
