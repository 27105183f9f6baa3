"""Rules for every format there is: what is cut off, of another kind, in another language, an error, or empty."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from every_format import A_SPAN, Example, cuts, example_of, examples, is_told, main_examples, read_as
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_cases import Sample, index
from sources_helpers import SAMPLES, Declared, read, sample
from test_samples import CASES

from perftrack_site.sources import FORMATS

EVERY = sorted(FORMATS)
OF_JSON = [key for key in EVERY if FORMATS[key].pattern.endswith(".json")]
OF_TABLES = [key for key in EVERY if key not in OF_JSON]
INDEX = index() if SAMPLES.exists() else {}
ERROR_BODIES = sorted(path for path in INDEX if "error" in Path(path).name)
EMPTY = sorted(path for path in INDEX if "_empty" in path)

UNKNOWN = "Überschrift"
LONG_IDS = ("9007199254740993", "1234567890123456789")  # 2^53 + 1, which a double cannot hold, and 19 digits


def test_a_file_of_every_format_is_at_hand() -> None:
    assert sorted(set(EVERY) - set(main_examples())) == [] or not SAMPLES.exists()


# --- cut off -------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", EVERY)
def test_a_file_that_is_cut_off_is_refused_or_accounted_for(key: str) -> None:
    example = example_of(key)
    for cut in cuts(example.content):
        result = read_as(key, example, example.content[:cut])
        assert is_told(result), (cut, result)
        if example.is_json and example.content[cut:].strip():
            assert result.ledger is None, f"cut off after {cut} bytes, it is still taken for whole"


@pytest.mark.parametrize("key", OF_TABLES)
def test_a_line_that_is_cut_off_after_its_second_cell_is_never_accepted(key: str) -> None:
    example = example_of(key)
    whole = example.content.rstrip(b"\r\n\x00")
    start = max(whole.rfind(b"\n"), whole.rfind(b"\r")) + 1
    first = re.search(rb'^(?:"[^"]*"|[^",;\t]*)[,;\t]\x00?"?[^",;\t]', whole[start:])
    if key in WITH_SHORT_ROWS or first is None or not re.search(rb"[,;\t]", whole[start + first.end() :]):
        pytest.skip("a row without its last cells is what this platform writes, or its lines have two cells")
    without, cut = (read_as(key, example, whole[:end]) for end in (start, start + first.end()))
    if without.ledger and cut.ledger:
        assert cut.ledger.accepted <= without.ledger.accepted


WITH_SHORT_ROWS = {
    "meta_business_suite.instagram_content": "Meta leaves empty cells at the end of a row out",
    "meta_business_suite.facebook_content": "Meta leaves empty cells at the end of a row out",
}


# --- of another kind -----------------------------------------------------------------------------

READ_AS_ANOTHER: dict[
    tuple[str, str], str
] = {}  # (the file's own format, the other one) -> why that is right


@pytest.mark.parametrize("key", [key for key in EVERY if key != "generic.csv"])
def test_a_file_of_another_format_gives_no_record(key: str) -> None:
    taken = set()
    own = {example.name for example in examples() if example.format == key}
    for example in examples():
        if example.name in own or not example.content:
            continue
        result = read_as(key, example)
        assert is_told(result), (example.name, result)
        if result.ledger and result.ledger.accepted:
            taken.add((example.format, key))
    assert sorted(taken - READ_AS_ANOTHER.keys()) == []


# --- in another language -------------------------------------------------------------------------


def needed_header(example: Example) -> str | None:
    """The first needed header that stands in a file, as it is spelt there."""
    text = example.content.decode(encoding_of(example.content))
    for column in FORMATS[example.format].columns:
        for header in column.headers if column.required else ():
            found = re.search(rf'(?:^|[,;\t"\r\n])({re.escape(header)})(?=[,;\t"\r\n])', text, re.IGNORECASE)
            if found:
                return found.group(1)
    return None


def encoding_of(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8"


def translated(example: Example, header: str) -> bytes:
    """The same file with one header in a language that nobody knows."""
    encoding = encoding_of(example.content)
    text = example.content.decode(encoding)
    pattern = rf'(?:(?<=[,;\t"\r\n])|^){re.escape(header)}(?=[,;\t"\r\n])'
    return re.sub(pattern, UNKNOWN, text, count=1).encode(encoding)


WITHOUT_HEADER = {
    "generic.csv": "its mapping names the headers",
    "mailchimp.campaign_report": "a name and a value a line, in English only",
    "meta_charts.audience": "tables under titles: see test_meta_charts.py",
    "ga4_csv.export": "any dimension may stand first: see test_ga4_csv.py",
}


@pytest.mark.parametrize("key", [key for key in OF_TABLES if key not in WITHOUT_HEADER])
def test_an_unknown_header_is_named_with_the_way_to_add_it(key: str) -> None:
    example = example_of(key)
    header = needed_header(example)
    assert header, "no needed header of it stands in its file"
    content = translated(example, header)
    refused = read_as(key, example, content)
    assert any(
        UNKNOWN in str(fault) and "headers" in str(fault) and "config/sources.yml" in str(fault)
        for fault in refused.faults
    ), refused
    before, after = read_as(key, example), read_as(key, example, content, headers={UNKNOWN: header})
    assert after.ledger, after.faults
    assert before.ledger
    assert before.reading
    assert after.reading
    assert after.ledger.accepted == before.ledger.accepted
    assert after.reading.rows == before.reading.rows


# --- an error, or nothing ------------------------------------------------------------------------


@pytest.mark.parametrize("key", OF_JSON)
def test_an_error_body_of_any_api_is_refused_as_one(key: str) -> None:
    example = example_of(key)
    taken = []
    for path in ERROR_BODIES:
        result = read_as(key, example, sample(path))
        if not any("is an error of the API" in fault.wrong for fault in result.faults):
            taken.append((path, [str(fault) for fault in result.faults]))
    assert taken == []


@pytest.mark.parametrize("path", EMPTY)
def test_an_empty_result_is_no_fault_and_no_record(path: str) -> None:
    """Of all formats at least the one it belongs to reads it: nothing counted, and a notice."""
    example = Example("", path, sample(path))
    read_by = {key: result for key in OF_JSON if (result := read_as(key, example)).ledger}
    assert read_by
    for key, result in read_by.items():
        assert result.ledger
        assert (result.ledger.counted, bool(result.ledger.notices)) == (0, True), key


@pytest.mark.parametrize("key", OF_TABLES)
def test_a_header_without_a_line_is_no_fault_and_no_record(key: str) -> None:
    example = example_of(key)
    result = read_as(key, example, header_alone(example))
    assert is_told(result)
    if result.ledger:
        assert result.ledger.accepted == 0
        assert result.ledger.notices or result.ledger.counted


def header_alone(example: Example) -> bytes:
    """What stands above the first line that the format accepts."""
    result = read_as(example.format, example)
    assert result.reading
    encoding = encoding_of(example.content)
    first = min(int(str(row[-4])) for rows in result.reading.rows.values() for row in rows)
    lines = example.content.decode(encoding).splitlines(keepends=True)
    return "".join(lines[: first - 1]).encode(encoding)


# --- long ids ------------------------------------------------------------------------------------

NOT_OF_DIGITS = {
    "campaign_sheets.posts": "a post goes by its link",
    "linkedin.share_statistics_days": "its sample tells of the page, not of posts",
    "stripe.payments_csv": "a payment without an id goes by its moment and amount",
    "youtube_analytics.report": "ids of YouTube are eleven letters, digits and signs",
    "youtube_data.comments": "ids of YouTube's comments are letters and digits, and so are its videos'",
    "youtube_data.videos": "ids of YouTube are eleven letters, digits and signs",
    "youtube_studio.chart": "ids of YouTube are eleven letters, digits and signs",
    "youtube_studio.content": "ids of YouTube are eleven letters, digits and signs",
}


def has_ids(key: str) -> bool:
    return key not in NOT_OF_DIGITS and any(name.endswith("_id") for name in FORMATS[key].feeds)


@pytest.mark.parametrize("key", [key for key in EVERY if has_ids(key)])
@pytest.mark.parametrize("long", LONG_IDS)
def test_an_id_beyond_what_a_double_holds_stays_as_it_is(key: str, long: str) -> None:
    example, pattern = example_with_id(key)
    result = read_as(key, example, re.sub(pattern, long.encode(), example.content))
    assert result.ledger, result.faults
    assert [identity for identity in result.ids() if long in identity], sorted(result.ids())[:5]


def example_with_id(key: str) -> tuple[Example, bytes]:
    """A file of the format, and a pattern for one of its ids: its digits, or the whole of it where it has letters."""
    for example in (one for one in examples() if one.format == key):
        ids = sorted(
            (result.ids() if (result := read_as(key, example)).ledger else set()), key=len, reverse=True
        )
        for identity in ids:
            digits = re.fullmatch(r"(?:.*[:_/#])?([0-9]+)", identity)
            sought = re.escape((digits[1] if digits else identity).encode())
            pattern = rb"(?<![0-9A-Za-z])" + sought + rb"(?![0-9A-Za-z])"
            if re.search(pattern, example.content):
                return example, pattern
    example_of(key)
    raise AssertionError("no id of its rows stands in its files")


# --- anything ------------------------------------------------------------------------------------

HOSTILE = [
    "", "-1", "1e400", "1E+16", "NaN", "null", "9" * 400, "2026-13-45", "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-23:59", "=1+1", "\x00", "\ud83c", '"', "\\ud83c", "[" * 70, "{}", ",,,,", "\n\n", "٣٤", "½",
    "1_000", "0x10", "Infinity", "- 5", "true",
]  # fmt: skip


@pytest.mark.parametrize("key", EVERY)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(where=st.floats(0, 1), width=st.integers(0, 30), put=st.sampled_from(HOSTILE))
def test_whatever_stands_in_a_file_it_is_refused_or_accounted_for(
    key: str, where: float, width: int, put: str
) -> None:
    example = example_of(key)
    at = int(len(example.content) * where)
    content = example.content[:at] + put.encode("utf-8", "surrogatepass") + example.content[at + width :]
    assert is_told(read_as(key, example, content))


@pytest.mark.parametrize("key", OF_TABLES)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(line=st.integers(0, 50), cell=st.integers(0, 80), put=st.sampled_from(HOSTILE))
def test_whatever_stands_in_a_cell_its_line_is_accepted_or_rejected(
    key: str, line: int, cell: int, put: str
) -> None:
    example = example_of(key)
    if example.content.startswith((b"\xff\xfe", b"\xfe\xff")) or '"' in put or "\n" in put or "\x00" in put:
        return
    lines = example.content.split(b"\n")
    cells = lines[line % len(lines)].split(b",")
    cells[cell % len(cells)] = put.encode("utf-8", "surrogatepass")
    lines[line % len(lines)] = b",".join(cells)
    assert is_told(read_as(key, example, b"\n".join(lines)))


# --- side by side --------------------------------------------------------------------------------

GENERATIONS: dict[str, list[str]] = {  # exports of one report, whose headers have changed
    "x_csv.content": [
        "x_twitter/account_analytics_content_2024-12-20_2025-02-19.csv",
        "x_twitter/account_analytics_content_2026-07-20_2026-08-16.csv",
    ],
    "youtube_studio.content": [
        "youtube_studio/Table data.csv",
        "youtube_studio/table_data_2025_engaged_views.csv",
        "youtube_studio/table_data_2026_thumbnail.csv",
    ],
    "meta_business_suite.facebook_content": [
        "meta_business_suite/Dec-01-2023_Feb-28-2024_1000000000000004.csv",  # Impressions
        "meta_business_suite/Jul-03-2026_Sep-30-2026_1000000000000002.csv",  # Views
    ],
    "stripe.payments_csv": ["stripe/payments_semicolon.csv", "stripe/unified_payments.csv"],
    "youtube_data.videos": [
        "youtube_data_api/recorded_videos__videos_info_multi.json",
        "youtube_data_api/videos_list_2026.json",
    ],
    "ga4_csv.export": ["ga4/data-export_users_by_city.csv", "ga4/traffic_acquisition_weekly.csv"],
    "search_console.export": ["gsc/old_export_Search_Queries.csv", "gsc/performance_export/Queries.csv"],
    "tiktok_studio.overview": ["tiktok_studio/Overview_es_7d.csv", "tiktok_studio/Overview_365d.csv"],
    "bitly.clicks": ["bitly/v3_link_clicks.json", "bitly/bitlink_clicks.json"],
    "instagram_graph.media_insights": [
        "instagram_graph/media_insights_legacy_plays.json",
        "instagram_graph/media_insights_v22_views.json",
    ],
}


@pytest.mark.parametrize("key", GENERATIONS)
def test_old_and_new_exports_lie_in_one_folder(tmp_path: Path, key: str) -> None:
    files: dict[str, str | bytes] = {}
    suffix = Path(GENERATIONS[key][0]).suffix
    span = f"{A_SPAN[0]}_{A_SPAN[1]}-" if "{from:" in FORMATS[key].pattern else ""
    pattern = "s/{from:%Y-%m-%d}_{to:%Y-%m-%d}-" if span else "s/"
    for day, path in enumerate(GENERATIONS[key], 18):
        files[f"s/{span}2026-11-{day}{suffix}"] = sample(path)
    said: dict[str, Any] = {"link": "umoja.example/t", "overlap": FORMATS[key].overlaps[0]}
    records = read(tmp_path, files, Declared("s", key, pattern + "{extracted_at:%Y-%m-%d}" + suffix, **said))
    assert not records.faults
    assert [ledger.accepted > 0 for ledger in records.ledgers] == [True] * len(files)


@pytest.mark.parametrize("case", [case for case in CASES if case.beside], ids=lambda case: case.path)
def test_a_page_that_is_missing_is_told(tmp_path: Path, case: Sample) -> None:
    records = read(tmp_path, {case.name: sample(case.path)}, case.source)
    (fault,) = records.faults
    assert "its files hold" in fault.wrong or "a page is missing" in fault.wrong
    assert "fetch the other pages" in fault.right


@pytest.mark.parametrize("key", EVERY)
def test_a_file_that_is_there_twice_counts_once(tmp_path: Path, key: str) -> None:
    example = example_of(key)
    path = example.path()
    copy = path.replace(example.day, f"{example.day}_copy")
    source = example.source
    files: dict[str, str | bytes] = dict.fromkeys((path, copy), example.content)
    records = read(tmp_path, files, source)
    if records.faults:
        assert all("page" in str(fault) for fault in records.faults), records.faults
        return
    once, twice = records.ledgers
    assert once.accepted
    assert (twice.accepted, twice.duplicates) == (0, twice.counted)
    assert f"has the same bytes as data/{path}" in twice.notices
