from __future__ import annotations

import json
from pathlib import Path

import pytest
from sources_helpers import FILES, INSIGHTS, MEDIA, fault_of, ledger_of, read_one, rows_of

from perftrack_site.sources import json_reader
from perftrack_site.sources.platforms import graph_api

POST = '{"id": "17", "media_type": "IMAGE", "timestamp": "2026-09-02T19:20:02+0000", "like_count": 5}'


def test_a_record_knows_the_lines_it_stands_on(tmp_path: Path) -> None:
    text = (
        '{\n"paging": {"x": ["{", "\\"["]},\n"data": [\n' + POST.replace(", ", ",\n") + "\n,\n" + POST + "]}"
    )
    (reject_one, reject_two) = ledger_of(
        read_one(tmp_path, MEDIA, text.replace('"like_count": 5', '"like_count": -5'))
    ).rejects
    assert (reject_one.first_line, reject_one.last_line) == (4, 7)
    assert (reject_two.first_line, reject_two.last_line) == (9, 9)


@pytest.mark.parametrize(
    "text",
    [
        f'{{"data": [{POST}]}}',
        f'[{{"data": [{POST}]}}]',
        f'{{"17": {POST}}}',
        f'{{"1": {{"data": [{POST}]}}}}',
        POST,
        "\ufeff \n" + POST,
    ],
)
def test_every_envelope_of_the_api_is_opened(tmp_path: Path, text: str) -> None:
    records = read_one(tmp_path, MEDIA, text)
    assert ledger_of(records).counted == 1
    assert rows_of(records, "posts")[0]["post_id"] == "17"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"data": [' + POST, ":1: is not complete JSON"),
        ('{\n"data": [\n' + POST + "\n,]}", ":4: is not complete JSON"),
        ("", ":1: the file is empty"),
        ("day,campaign\n", ":1: is not complete JSON"),
        (f'{{"data": [{POST}]}}\n\n{{}}', ":3: has more text after the JSON value"),
        (POST.replace('"like_count": 5', '"id": "18"'), ":1: the key 'id' stands twice in one object"),
        (POST.replace("5}", "NaN}"), ":1: NaN is not JSON"),
        (POST.replace("5}", "-Infinity}"), ":1: -Infinity is not JSON"),
        (POST.replace("5}", "9" * 5000 + "}"), ":1: holds a number of absurd length"),
        (POST.replace("5}", "[" * 100_000 + "}"), ":1: is nested more than 64 deep"),
        (POST.replace("5}", "[" * 70 + "]" * 70 + "}"), ":1: is nested more than 64 deep"),
        ("[]", ":1: has another shape than expected; expected media"),
        ("{}", ":1: has another shape than expected; expected media"),
        ("3", ":1: has another shape than expected; expected media"),
        ('{"data": {}}', ":1: has another shape than expected; expected media"),
        (f'{{"data": [{POST},\n7]}}', ":2: an entry of the list is not an object"),
        (
            f'{{"data": [{POST}], "more": [{POST}]}}',
            ":1: cannot be accounted for: 2 entries counted, 1 found",
        ),
    ],
)
def test_what_is_not_strict_json_of_the_expected_shape_is_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    assert fault_of(read_one(tmp_path, MEDIA, text)).startswith(f"data/ig/2026-10-01.json{said}")


def test_json_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    content = ('{\n"data": [' + POST + ', "é"]}').encode("cp1252")
    assert ":2: is not UTF-8 text" in fault_of(read_one(tmp_path, MEDIA, content))


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_reader, "MAX_BYTES", 1024**2)
    assert "is larger than 1 MiB" in fault_of(read_one(tmp_path, MEDIA, POST + " " * 1024**2))


def test_ids_keep_every_digit_as_number_and_as_text(tmp_path: Path) -> None:
    records = read_one(tmp_path, MEDIA, POST.replace('"17"', "17900000000000000000001"))
    assert rows_of(records, "posts")[0]["post_id"] == "17900000000000000000001"
    (reject,) = ledger_of(read_one(tmp_path, MEDIA, POST.replace('"17"', "1.79E+17"))).rejects
    assert reject.rule == "id_damaged"


def test_an_error_body_is_refused_and_its_message_is_not_repeated(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, MEDIA, (FILES / "error_token_expired.json").read_bytes()))
    assert "is an error of the API, not data (OAuthException, code 190, subcode 463)" in fault
    assert "Session" not in fault


def test_an_error_among_answers_by_id_is_found(tmp_path: Path) -> None:
    text = f'{{"17": {POST},\n"18": {{"error": {{"message": "token EAAB", "type": "a b", "code": "EAAB"}}}}}}'
    fault = fault_of(read_one(tmp_path, MEDIA, text))
    assert fault.startswith("data/ig/2026-10-01.json:2: is an error of the API, not data (no type or code)")


def test_the_wrong_format_is_named_not_read(tmp_path: Path) -> None:
    insights = (FILES / "media_insights_v22_views.json").read_bytes()
    assert "none of its 9 entries has 'id' and 'media_type'" in fault_of(read_one(tmp_path, MEDIA, insights))
    media = (FILES / "user_media_page1.json").read_bytes()
    assert "none of its 2 entries has 'name' and 'period'" in fault_of(read_one(tmp_path, INSIGHTS, media))


def test_a_missing_next_page_is_told_without_its_token(tmp_path: Path) -> None:
    records = read_one(tmp_path, MEDIA, (FILES / "user_media_page1.json").read_bytes())
    assert ledger_of(records).notices == (graph_api.MORE_PAGES,)
    assert "access_token" not in repr(records)


def test_an_empty_list_is_no_zero(tmp_path: Path) -> None:
    records = read_one(tmp_path, INSIGHTS, (FILES / "insights_empty.json").read_bytes())
    assert ledger_of(records).counted == 0
    assert rows_of(records, "post_counts") == []


def test_a_walk_that_loses_a_record_is_caught_by_the_bracket_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = graph_api._records
    monkeypatch.setattr(graph_api, "_records", lambda pages: whole(pages)[:-1])
    text = json.dumps({"data": [json.loads(POST), json.loads(POST)]})
    assert "cannot be accounted for: 2 entries counted, 1 found" in fault_of(read_one(tmp_path, MEDIA, text))
