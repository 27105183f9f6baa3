"""Every sample is recognised for what it is, told nothing but its bytes and name."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from every_format import WRITTEN, example_of
from sample_cases import Sample
from sources_helpers import ZONE, sample
from test_samples import CASES

from perftrack_site.sources.recognise import TRIED, Draft, Guess, Unknown, recognise
from perftrack_site.sources.sketch import sketch

KNOWN = datetime.fromisoformat("2026-11-20T21:59:59")
NOT_RECOGNISED = {  # and why not
    "generic.csv": "no format at all: its source says how it is read",
    "an answer without a record": "it does not tell what it is",
    "gsc/performance_export/Filters.csv": "its lines are words, none of them is kept",
    "instagram_graph/recorded_medias__insights_new.json": "none of its insights is kept",
    "youtube_data_api/recorded_channels__info.json": "a channel without its numbers",
    "instagram_graph/recorded_stories__stories_fields_p1.json": "stories without their type give no post",
}


def guesses(name: str, content: bytes, draft: Draft | None = None) -> list[Guess]:
    return recognise(Unknown(name, content, KNOWN, ZoneInfo(ZONE), draft or Draft()))


def is_told(case: Sample) -> bool:
    return not (
        case.refused
        or case.path.endswith(".zip")
        or "_empty" in case.path
        or case.path in NOT_RECOGNISED
        or case.format in NOT_RECOGNISED
    )


@pytest.mark.parametrize("case", [case for case in CASES if is_told(case)], ids=lambda case: case.path)
def test_the_best_guess_is_the_format_of_a_sample(case: Sample) -> None:
    best, *others = guesses(Path(case.path).name, sample(case.path))
    assert best.form.key == case.format
    assert best.accepted
    assert [other.form.key for other in others if other.accepted] == []


@pytest.mark.parametrize("key", WRITTEN)
def test_our_own_lists_and_documented_answers_are_recognised(key: str) -> None:
    example = example_of(key)
    assert guesses(example.name, example.content)[0].form.key == key


@pytest.mark.parametrize(
    ("path", "lacks"),
    [
        ("bitly/bitlink_clicks.json", ("link",)),
        ("clarity/project_live_insights.json", ("days",)),
        ("meta_business_suite/Views.csv", ("platform",)),
        ("gsc/searchanalytics_by_date_incomplete.json", ("dimensions",)),
        ("gsc/searchanalytics_by_query_page1.json", ("dimensions", "from", "to")),
        ("youtube_studio/Table data.csv", ("from", "to")),
        ("affiliate_awin/transactions.csv", ("currency",)),
        ("tiktok_studio/Overview_365d.csv", ()),
    ],
)
def test_what_a_file_cannot_say_itself_is_named(path: str, lacks: tuple[str, ...]) -> None:
    assert guesses(Path(path).name, sample(path))[0].lacks == lacks


def test_what_is_said_is_not_asked_again() -> None:
    said = Draft(link="umoja.example/t")
    assert guesses("clicks.json", sample("bitly/bitlink_clicks.json"), said)[0].lacks == ()


def test_a_large_file_is_tried_by_the_formats_that_share_most_with_it() -> None:
    example = example_of("perftrack.spend")
    header, row, *_ = example.content.splitlines(keepends=True)
    rows = (row.replace(b"inv-1", b"inv-%d" % number) for number in range(25_000))
    best, *_ = found = guesses("costs.csv", header + b"".join(rows))
    assert (best.form.key, best.accepted) == ("perftrack.spend", 25_000)
    assert len(found) == TRIED


def test_whatever_the_bytes_there_is_an_answer() -> None:
    for content in (b"", b"\x00\x01", b"{", b"[[[[", b'"', b"\xff\xfea", b"a;b\n1", b"\n\n"):
        assert not [guess for guess in guesses("odd", content) if guess.accepted]


# --- a mapping for a table of no format ----------------------------------------------------------


def test_headers_find_their_place_by_what_any_format_calls_them() -> None:
    found = sketch(["Date", "Impressions", "Likes", "Mood"])
    assert found
    assert (found.table, found.columns, found.missing, found.left) == (
        "account_days",
        {"day": "Date"},
        (),
        ("Mood",),
    )
    assert found.counters == {"impressions": "Impressions", "likes": "Likes"}


def test_what_a_table_needs_and_no_header_gives_is_named() -> None:
    found = sketch(["Promo", "rate", "base", "quote"])
    assert found
    assert (found.table, found.missing) == ("fx", ("day",))


def test_headers_that_look_like_nothing_place_nothing() -> None:
    assert sketch(["Wetter", "Laune"]) is None
    assert sketch([]) is None
