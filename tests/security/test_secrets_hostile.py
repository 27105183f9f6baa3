"""A file made to keep the search busy keeps it no longer than its size allows."""

from __future__ import annotations

import time

import pytest
from support import REPOSITORY

from perftrack_site.sources.privacy.leaks import find_leaks
from perftrack_site.sources.privacy.secrets import find_secrets

MEGABYTE = 1024**2


@pytest.mark.parametrize(
    "piece",
    [
        "a", "=", "AAAA", "://a:", "token token=", "-----BEGIN PRIVATE KEY-----", "eyJ-", "EAA-", "sk-", "bitly",
        "%41", "\\u0041", "bearer ", "password: ", "?access_token=a", '"token":"', "SG.aaaaaaaaaaaaaaaaaaaa.", "%25",
        "AccountKey=", "sig=&sv=", "\\", '"', "{", "[1,", "1234567890:", "EAAEAAEAA",
    ],
)  # fmt: skip
def test_five_megabytes_of_anything_take_seconds(piece: str) -> None:
    content = (piece * (5 * MEGABYTE // len(piece))).encode()
    begin = time.perf_counter()
    find_secrets(content)
    assert time.perf_counter() - begin < 30


def test_a_clean_workspace_of_three_megabytes_takes_less_than_two_seconds() -> None:
    begin = time.perf_counter()
    find_leaks(REPOSITORY)
    assert time.perf_counter() - begin < 2
