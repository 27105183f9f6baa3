"""YAML as it is written: traps closed, nothing copied, nothing guessed, every fault with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from config_helpers import KPI, PARTY, Files, campaign, load, said, spring

from perftrack_site.config.tree import MAX_BYTES

SPRING = "campaigns/spring.yml"


def faults(root: Path, text: str | bytes) -> list[str]:
    """Spoil the campaign's file; leave out its name, which every message begins with."""
    return [fault.removeprefix("config/campaigns/spring.yml:") for fault in said(root, {SPRING: text})]


def test_words_that_yaml_takes_for_booleans_stay_words(tmp_path: Path) -> None:
    files: Files = {"influencers.yml": "influencers:\n  - {key: thandi, name: Off, country: NO, niche: on}\n"}
    thandi = load(tmp_path, files).influencer("thandi")
    assert (thandi.name, thandi.country, thandi.niche) == ("Off", "NO", "on")


def test_a_text_stays_as_it_is_written_whatever_it_looks_like(tmp_path: Path) -> None:
    text = campaign(head="agreed: {on: 2026-07-01, by: [2026-07-01, 1:30, 1e3], ref: 0142}")
    agreed = spring(load(tmp_path, {SPRING: text})).agreed
    assert agreed is not None
    assert (agreed.by, agreed.ref) == (("2026-07-01", "1:30", "1e3"), "0142")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert spring(load(tmp_path, {SPRING: b"\xef\xbb\xbf" + campaign().encode()})).name == "Spring launch"


def test_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    text = campaign(head="brand: a\nbrand: b").replace("\n", "\r\n")
    assert faults(tmp_path, text) == ["6:1: brand: stands twice, first in line 5; keep one of them"]


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ("brand: a\nbrand: b", "6:1: brand: stands twice, first in line 5; keep one of them"),
        ("brand: &x a", "5:8: brand: '&x' marks a value for repetition; take the mark out"),
        ("brand: !!str a", "5:8: brand: the tag '!!str' is not used here; take the tag out"),
        (
            "brand: !!python/object/apply:os.system ls",
            "5:8: brand: the tag '!!python/object/apply:os.system' is not used here; take the tag out",
        ),
        (
            "agreed:\n  on: 2026-07-01\n  <<: {ref: a}",
            "7:3: agreed: '<<' would merge another mapping in; write the entries out",
        ),
        ("? [a, b]\n: c", "5:3: a key has to be a word of its own; write `key: value`"),
        ("'': c", "5:1: an entry has no key; write `key: value`"),
        (
            "brand:",
            (
                "5:1: brand: has no value; "
                "write a value or take the line out; a text that begins with # needs quotes"
            ),
        ),
        (
            "brand: ~",
            (
                "5:1: brand: '~' is no value; "
                "write a value or take the line out; a text that begins with # needs quotes"
            ),
        ),
        (
            "brand: Umoja: tea",
            (
                "5:13: this line cannot be read as YAML; "
                "a text that holds ': ' needs quotes, and a nested mapping begins on a new line"
            ),
        ),
        (
            "brand: @umoja",
            "5:8: this line cannot be read as YAML; a text that begins with @ ` % or a tab needs quotes",
        ),
        (
            "budget: {amount: 1, currency: ZAR",
            "6:5: this line cannot be read as YAML; close the brace { or put a comma between its entries",
        ),
        ("brand: 'Umoja", "17:1: this line cannot be read as YAML; close the quote that is open"),
        ("budget:\n\tamount: 1", "6:1: a tab stands in the indentation; indent with spaces"),
        ("brand: a\x07", "5:9: holds the control character U+0007; take it out"),
        ("brand: a\x00", "5:9: holds the control character U+0000; take it out"),
        (f"brand: {'[' * 60}{']' * 60}", "5:57: is nested more than 50 levels deep; make it flatter"),
    ],
)
def test_what_is_refused(tmp_path: Path, head: str, fault: str) -> None:
    assert faults(tmp_path, campaign(head=head, tail="\n".join(["# end"] * 5))) == [fault]


def test_an_alias_is_refused_with_its_anchor(tmp_path: Path) -> None:
    assert faults(tmp_path, campaign(head="brand: &x tea\nsupports: *x")) == [
        "5:8: brand: '&x' marks a value for repetition; take the mark out",
        "6:11: supports: '*x' repeats another value; write the value out",
    ]


def test_a_second_document_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path, campaign() + "---\nname: again\n") == [
        "11:1: a second document begins here; keep one document in a file, without '---'"
    ]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "~\n"])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text) == ["1:1: the file is empty; write its entries or remove the file"]


@pytest.mark.parametrize("text", ["- name\n", "name\n", "'3'\n"])
def test_a_file_holds_a_mapping(tmp_path: Path, text: str) -> None:
    wrong = "the file does not hold a mapping; begin it with a line such as `name: ...`"
    assert faults(tmp_path, text) == [f"1:1: {wrong}"]


def test_text_in_another_encoding_is_refused_where_it_begins(tmp_path: Path) -> None:
    latin = campaign(head="brand: Café").encode("latin-1")
    assert faults(tmp_path, latin) == ["5:11: is not UTF-8 text; save the file as UTF-8"]
    utf_16 = campaign().encode("utf-16")
    assert faults(tmp_path, utf_16) == ["1:1: is not UTF-8 text; save the file as UTF-8"]


def test_a_file_larger_than_a_contract_can_be_is_not_read(tmp_path: Path) -> None:
    assert faults(tmp_path, b"#" * (MAX_BYTES + 1)) == [
        " is larger than 1024 KiB; contracts are small: split it"
    ]


def test_a_hundred_thousand_open_brackets_are_no_traceback(tmp_path: Path) -> None:
    assert faults(tmp_path, "[" * 100_000) == ["1:51: is nested more than 50 levels deep; make it flatter"]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("010", "write 10"),
        ("1_000", "write 1000"),
        ("'40,000'", "write 40000"),
        ("'40000'", "take the quotes away: 40000"),
        ("1e3", "write digits only, with a point for decimals, such as 40000 or 180.50"),
        ("1:30", "write digits only, with a point for decimals, such as 40000 or 180.50"),
        ("0x10", "write digits only, with a point for decimals, such as 40000 or 180.50"),
        ("'3,5'", "write digits only, with a point for decimals, such as 40000 or 180.50"),
        (".inf", "write digits only, with a point for decimals, such as 40000 or 180.50"),
        ("-0", "write digits only, with a point for decimals, such as 40000 or 180.50"),
        ("yes", "write digits only, with a point for decimals, such as 40000 or 180.50"),
        ("12345678901234567890", "write digits only, with a point for decimals, such as 40000 or 180.50"),
    ],
)
def test_a_number_in_another_spelling_is_refused(tmp_path: Path, written: str, right: str) -> None:
    text = campaign(kpi=KPI.replace("40000", written))
    shown = written.strip("'")
    wrong = f"'{shown}' is not a number or a percentage"
    assert faults(tmp_path, text) == [f"8:24: kpis[0].target.value: {wrong}; {right}"]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("2026-7-6", "write 2026-07-06"),
        ("2026/07/06", "write 2026-07-06"),
        ("06/07/2026", "write year-month-day of a day there is, 1990 to 2199, such as 2026-07-06"),
        ("2026-02-29", "write year-month-day of a day there is, 1990 to 2199, such as 2026-07-06"),
        ("9999-12-31", "write year-month-day of a day there is, 1990 to 2199, such as 2026-07-06"),
        ("2026-07-06T10:00", "write year-month-day of a day there is, 1990 to 2199, such as 2026-07-06"),
    ],
)
def test_a_day_in_another_spelling_is_refused(tmp_path: Path, written: str, right: str) -> None:
    text = campaign(head=f"agreed: {{on: {written}}}")
    assert faults(tmp_path, text) == [f"5:10: agreed.on: '{written}' is not a day; {right}"]


@pytest.mark.parametrize("written", ["yes", "no", "on", "True", "1", "'true'"])
def test_only_true_and_false_are_true_and_false(tmp_path: Path, written: str) -> None:
    wrong = "'{}' is not true or false; write true or false, without quotes".format(written.strip("'"))
    assert faults(tmp_path, campaign(kpi=f"{KPI}\nprimary: {written}")) == [f"9:5: kpis[0].primary: {wrong}"]


def test_a_list_or_mapping_in_the_wrong_place_is_refused(tmp_path: Path) -> None:
    text = campaign(head="brand: [a]\nbudget: 5\nwas: {a: b}", party=f"{PARTY}\nposts: instagram:1")
    assert faults(tmp_path, text) == [
        "5:1: brand: a list stands here; write a text",
        "6:1: budget: '5' stands here; write a mapping (key: value)",
        "7:1: was: a mapping stands here; write a list (- item)",
        "14:5: influencers[0].posts: 'instagram:1' stands here; write a list (- item)",
    ]


def test_a_message_never_steers_the_terminal(tmp_path: Path) -> None:
    text = campaign(head='"\u200bred": 1\nsupports: "\u200b2J"')
    assert faults(tmp_path, text) == [
        "5:1: \\u200bred: is not a key here; did you mean 'agreed'?",
        "6:1: supports: '\\u200b2J' is not a KPI of the business; none is declared yet",
        (
            "6:1: supports: '\\u200b2J' is not a key; "
            "use lower-case letters, digits and single hyphens, such as summer-sale"
        ),
    ]


@pytest.mark.parametrize(
    ("escape", "code"), [("\\e[2J", "001B"), ("\\0", "0000"), ("\\u202E", "202E"), ("\\r", "000D")]
)
def test_a_control_character_is_refused_behind_a_backslash_too(
    tmp_path: Path, escape: str, code: str
) -> None:
    text = campaign(head=f'brand: "Tea{escape}"\n"{escape}": 1')
    wrong = f"holds the control character U+{code}; take it out"
    assert faults(tmp_path, text) == [f"5:1: brand: {wrong}", f"6:1: {wrong}"]


def test_blanks_in_quotes_are_no_text(tmp_path: Path) -> None:
    text = campaign(head='brand: " "\nsupports: ""')
    assert faults(tmp_path, text) == [
        "5:1: brand: is empty; write a text",
        "6:1: supports: is empty; write a text",
    ]
