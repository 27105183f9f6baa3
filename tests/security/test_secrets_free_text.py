"""Addresses and telephone numbers in captions are people's own words: counted and masked, never refused."""

from __future__ import annotations

import json
import time
from pathlib import Path

from leaky import media_of, perftrack

from perftrack_site.evaluation.masking import contacts, masked


def test_contacts_in_a_caption_are_one_notice_and_no_refusal(skeleton: Path) -> None:
    media = media_of(skeleton)
    page = json.loads(media.read_text("utf-8"))
    page["data"][0]["caption"] = "Write to ines@example.org or ada@mail.example, or call +351 912 345 678"
    media.write_text(json.dumps(page), "utf-8")
    checked = perftrack("check", cwd=skeleton)
    assert (checked.returncode, "ines@" in checked.stdout) == (0, False)
    said = (
        "media-2026-02-13.json: 3 e-mail addresses or phone numbers in its free text: pages show them masked"
    )
    assert said in checked.stdout


def test_a_caption_of_one_endless_word_is_masked_in_time() -> None:
    begin = time.perf_counter()
    for text in ("a" * 200_000, "a" * 200_000 + "@", "a@" * 100_000, "+1" * 100_000):
        masked(text)
    assert contacts("a" * 100_000 + "@mail.example") == 1
    assert time.perf_counter() - begin < 10
