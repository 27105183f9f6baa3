"""Every kind of secret is found wherever it can stand, and never shown."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from secret_examples import ANNOUNCED, TOKENS, hexadecimal

from perftrack_site.sources.privacy import secret_kinds
from perftrack_site.sources.privacy.leaks import findings, masked

EACH = [pytest.param(kind, token, id=token[:8]) for kind, tokens in TOKENS.items() for token in tokens]
TEXTS = [pytest.param(kind, *text, id=kind) for kind, text in ANNOUNCED.items()]


def kinds_in(content: str | bytes, path: str = "data/x.txt") -> list[str]:
    found = findings(path, content.encode() if isinstance(content, str) else content, None)
    return [finding.kind for finding in found]


def test_there_are_examples_of_all_kinds_and_more_than_thirty() -> None:
    assert {kind.name for kind in secret_kinds.TOKENS} == set(TOKENS)
    assert {kind.name for kind in secret_kinds.ANNOUNCED} == set(ANNOUNCED)
    assert len(TOKENS) + len(ANNOUNCED) > 30


@pytest.mark.parametrize(("kind", "token"), EACH)
def test_a_token_is_found_in_plain_text(kind: str, token: str) -> None:
    assert kinds_in(f"a note: {token}\n") == [kind]


@pytest.mark.parametrize(("kind", "token"), EACH)
def test_a_token_is_found_in_a_json_string_and_its_path_is_told(kind: str, token: str) -> None:
    text = json.dumps({"data": [{"id": "1"}], "paging": {"next": f"\n{token}"}}).replace("/", "\\/")
    (found,) = findings("data/x.json", text.encode(), None)
    assert (found.kind, found.where) == (kind, "paging.next")


@pytest.mark.parametrize(("kind", "token"), EACH)
def test_a_token_is_found_in_a_web_address_in_a_cell_and_its_column_is_told(kind: str, token: str) -> None:
    address = f"https://umoja.example/t?utm_source=x&next={quote(token, safe='')}&limit=2"
    (found,) = findings("data/x.csv", f'Day,Link\n2026-07-01,"{address}, and more"\n'.encode(), None)
    assert (found.kind, found.line, found.where) == (kind, 2, "Link")


@pytest.mark.parametrize(("kind", "text", "secret"), TEXTS)
def test_what_is_announced_is_found_in_text_and_in_json(kind: str, text: str, secret: str) -> None:
    assert secret in text
    assert kinds_in(f"a note: {text}\n") == [kind]
    assert kinds_in(json.dumps({"note": [text]})) == [kind]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_secrets_are_found_in_every_encoding(encoding: str) -> None:
    (found,) = findings("data/x.csv", f"Day,Wört\nx,{TOKENS['GitHub token'][0]}\n".encode(encoding), None)
    assert (found.kind, found.line) == ("GitHub token", 2)


@pytest.mark.parametrize(
    "address",
    [
        "https://graph.example/v22.0/1/media?access_token={}&limit=2&after=QVFT",
        "https://graph.example/v22.0/1/media?limit=2\\u0026access_token={}",
        "https:\\/\\/graph.example\\/v22.0\\/1\\/media?limit=2&access_token={}",
        "https://login.example/?next=https%3A%2F%2Fgraph.example%2Fme%3Faccess_token%3D{}%26limit%3D2",
        "https://login.example/?a=x%2526access_token%253D{}",
        "https://app.example/#access_token={}",
        "https://app.example/?a=1&amp;access_token={}",
    ],
)
def test_the_parameter_of_a_paging_address_is_found_however_short_and_however_written(address: str) -> None:
    assert kinds_in(f'{{"paging": {{"next": "{address.format("k7")}"}}}}') == [
        "access token in a web address"
    ]


@pytest.mark.parametrize(
    "value", ["REDACTED", "***", "xxxx", "<token>", "{token}", "[FILTERED]", "your-token-here", ""]
)
def test_a_secret_that_was_written_over_is_none(value: str) -> None:
    assert kinds_in(f"https://graph.example/me?access_token={value}\napi_key={value}\n") == []


def test_a_column_that_names_a_secret_is_looked_at() -> None:
    text = f"Day;API key\n2026-07-01;{hexadecimal(32)}\n2026-07-02;none\n"
    (found,) = findings("data/x.csv", text.encode(), None)
    assert (found.where, found.line, found.times) == ("API key", 2, 1)


def test_a_value_is_masked_so_that_its_owner_knows_it_and_nobody_else_gains() -> None:
    token = "EAAB" + "k" * 176 + "9x"
    assert masked(token) == "EAAB…9x (182 characters)"
    assert masked("hunter22") == "hu… (8 characters)"
    assert masked("Ada") == "A… (3 characters)"
    assert masked(" ada@mail.example ") == "a…@…"


@pytest.mark.parametrize(("kind", "token"), EACH)
def test_a_finding_never_holds_the_value(kind: str, token: str) -> None:
    content = json.dumps({token: [token], "x": f"?access_token={token}"}).encode()
    found = findings("data/x.json", content, None)
    assert kind in {finding.kind for finding in found}
    said = "".join(f"{finding!r} {finding.fault}" for finding in found)
    assert token not in said
    assert token[6:-4] not in said


def test_each_kind_says_how_to_make_it_worthless() -> None:
    for kind in (*secret_kinds.TOKENS, *secret_kinds.ANNOUNCED):
        assert len(kind.revoke) > 10
