"""Answers of APIs: the list in them, pages of it, and errors that came with status 200."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sources_helpers import Declared, fault_of, ledger_of, read_one

VIDEOS = Declared("tt", "tiktok_display.video_list", "tt/{extracted_at:%Y-%m-%d}.json", account="ines")
VIDEO = {"id": "7300000000000000001", "create_time": 1790000000, "title": "tea", "view_count": 12}
FINE = {"code": "ok", "message": "", "log_id": "x"}


def answer(**parts: object) -> str:
    return json.dumps({"data": {"videos": [VIDEO], "cursor": 0, "has_more": False}, "error": FINE} | parts)


def test_a_list_is_found_in_its_answer_and_in_a_list_of_answers(tmp_path: Path) -> None:
    assert ledger_of(read_one(tmp_path / "one", VIDEOS, answer())).accepted == 1
    other = answer(data={"videos": [VIDEO | {"id": "2"}], "cursor": 0, "has_more": False})
    assert ledger_of(read_one(tmp_path / "two", VIDEOS, f"[{answer()},{other}]")).accepted == 2


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"code": "access_token_invalid", "message": "The token of @ines is invalid"}},
        {"error": {"message": "expired", "type": "OAuthException", "code": 190}},
        {"code": 40001, "message": "no permission", "data": {}},
        {"code": "woocommerce_rest_cannot_view", "message": "Sorry", "data": {"status": 401}},
        {"title": "Too Many Requests", "status": 429, "detail": "Too Many Requests", "type": "about:blank"},
        {"message": "Not enough permissions", "serviceErrorCode": 100, "status": 403},
    ],
)
def test_an_error_body_is_refused_and_its_words_are_not_repeated(
    tmp_path: Path, body: dict[str, object]
) -> None:
    said = fault_of(read_one(tmp_path, VIDEOS, json.dumps(body)))
    assert "is an error of the API, not data" in said
    assert "ines" not in said


def test_an_error_beside_data_is_an_error(tmp_path: Path) -> None:
    said = fault_of(
        read_one(tmp_path, VIDEOS, answer(error={"code": "rate_limit_exceeded", "message": "later"}))
    )
    assert "is an error of the API, not data" in said


def test_an_element_that_is_no_object_refuses_the_file(tmp_path: Path) -> None:
    said = fault_of(read_one(tmp_path, VIDEOS, answer(data={"videos": [VIDEO, 7], "has_more": False})))
    assert "1 entries counted, 2 found" in said
