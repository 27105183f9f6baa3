from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read_one, rows_of
from written import csv_bytes

from perftrack_site.sources.platforms.own_lists import FORMATS

LISTS = {form.key.partition(".")[2]: form for form in FORMATS}
ENQUIRIES = "enquiry_id,day,kind,channel,campaign,influencer,promo_code,utm_campaign\n"
ENQUIRY = "e-1041,2026-07-08,Quote,E-Mail,spring,thandi,thandi10,\n"
SURVEYS = "survey,answer_id,day,respondent,question,score,scale_top,answer\n"
MENTIONS = "mention_id,platform,day,hashtag,text,reach,sentiment,author\n"


def kept(name: str) -> Declared:
    return Declared("list", f"perftrack.{name}", f"lists/{name}-{{extracted_at:%Y-%m-%d}}.csv")


@pytest.mark.parametrize("name", LISTS)
def test_the_documented_header_and_line_are_read_as_they_stand(tmp_path: Path, name: str) -> None:
    header, line = (re.findall(r"`([^`]+)`", note)[0] for note in LISTS[name].notes[:2])
    ledger = ledger_of(read_one(tmp_path, kept(name), f"{header}\n{line}\n"))
    assert (ledger.counted, ledger.accepted) == (1, 1)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_needs_the_columns_that_its_page_names_and_no_others(tmp_path: Path, name: str) -> None:
    notes = LISTS[name].notes
    header, line = (re.findall(r"`([^`]+)`", note)[0].split(",") for note in notes[:2])
    needed = re.findall(r"`([^`]+)`", notes[2])
    cells = [cell for column, cell in zip(header, line, strict=True) if column in needed]
    ledger = ledger_of(read_one(tmp_path, kept(name), csv_bytes([needed, cells])))
    assert ledger.accepted == (1 if name != "surveys" else 0)  # neither a score nor an answer


def test_an_enquiry_is_read_and_its_words_are_normalised(tmp_path: Path) -> None:
    (row,) = rows_of(read_one(tmp_path, kept("enquiries"), ENQUIRIES + ENQUIRY), "enquiries")
    assert (row["enquiry_id"], str(row["day"]), row["kind"]) == ("e-1041", "2026-07-08", "quote")
    assert (row["channel"], row["promo_code"]) == ("e-mail", "THANDI10")
    assert (row["utm_campaign"], row["utm_source"]) == (None, None)


def test_two_lines_of_one_enquiry_that_differ_are_both_rejected(tmp_path: Path) -> None:
    text = ENQUIRIES + ENQUIRY + ENQUIRY + ENQUIRY.replace("Quote", "call")
    ledger = ledger_of(read_one(tmp_path, kept("enquiries"), text))
    assert [reject.first_line for reject in ledger.rejects] == [2, 4]
    assert (ledger.accepted, ledger.duplicates) == (0, 1)


def test_names_and_addresses_in_a_list_never_pass_the_reader(tmp_path: Path) -> None:
    text = "email," + ENQUIRIES + "ann@a.example," + ENQUIRY + "ann@a.example,more," + ENQUIRY
    records = read_one(tmp_path, kept("enquiries"), text)
    assert (ledger_of(records).accepted, ledger_of(records).rejected) == (1, 1)
    assert "ann@" not in repr(records)
    assert "email" in LISTS["enquiries"].personal


def test_a_mention_without_a_judgement_has_none(tmp_path: Path) -> None:
    text = (
        MENTIONS
        + 'm1,Twitter,2026-07-09,#UmojaSpring," Best, ""tea"" ",,,@bo\nm2,x,2026-07-09,,,5200,Mixed,\n'
    )
    silent, told = rows_of(read_one(tmp_path, kept("mentions"), text), "mentions")
    assert (silent["platform"], silent["hashtag"], silent["text"]) == ("x", "umojaspring", ' Best, "tea" ')
    assert (silent["reach"], silent["sentiment"]) == (None, None)
    assert (told["text"], told["reach"], told["sentiment"]) == (None, 5200, "mixed")


def test_a_score_is_kept_beside_the_top_of_its_scale_and_zero_is_a_score(tmp_path: Path) -> None:
    text = (
        SURVEYS + "nps,r1,2026-09-02,customer,Recommend?,0,10,\nnps,r1,2026-09-02,customer,Why?,,,Too dear\n"
    )
    scored, said = rows_of(read_one(tmp_path, kept("surveys"), text), "survey_answers")
    assert (scored["score"], scored["scale_top"]) == (Decimal(0), Decimal(10))
    assert (said["score"], said["answer"]) == (None, "Too dear")


@pytest.mark.parametrize(
    ("cells", "rule"),
    [("11,10,", "off_scale"), ("9,,", "off_scale"), (",10,", "no_answer"), ("-1,10,", "score")],
)
def test_an_answer_that_cannot_be_true_is_rejected_with_its_line(
    tmp_path: Path, cells: str, rule: str
) -> None:
    text = SURVEYS + f"nps,r1,2026-09-02,customer,Recommend?,{cells}\n"
    (reject,) = ledger_of(read_one(tmp_path, kept("surveys"), text)).rejects
    assert (reject.first_line, reject.column, reject.rule) == (2, "score", rule)


def test_feedback_has_one_of_the_topics_we_know(tmp_path: Path) -> None:
    text = "day,told_by,topic,text\n2026-08-14,Influencer,Challenge,late brief\n2026-08-14,team,mood,good\n"
    records = read_one(tmp_path, kept("feedback"), text)
    (row,) = rows_of(records, "feedback")
    assert (row["told_by"], row["topic"], row["text"]) == ("influencer", "challenge", "late brief")
    (reject,) = ledger_of(records).rejects
    assert (reject.column, reject.rule) == ("topic", "choice")


def test_the_value_of_an_experiment_needs_its_currency(tmp_path: Path) -> None:
    header = "experiment,variant,day,exposures,conversions,value,currency\n"
    text = header + "mail,a,2026-07-08,5000,212,1840.50,\nmail,b,2026-07-08,5000,199,,\n"
    records = read_one(tmp_path, kept("experiments"), text)
    (row,) = rows_of(records, "experiment_days")
    assert (row["variant"], row["conversions"], row["value"]) == ("b", 199, None)
    assert [(each.column, each.rule) for each in ledger_of(records).rejects] == [("currency", "missing")]


def test_a_header_in_another_language_is_named_with_what_to_write(tmp_path: Path) -> None:
    text = ENQUIRIES.replace("enquiry_id", "Anfrage") + ENQUIRY
    assert "add `its name: enquiry_id` to the headers" in fault_of(
        read_one(tmp_path, kept("enquiries"), text)
    )


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**15 - 1), st.integers(0, 10**15 - 1), st.sampled_from(["a", "b, c", 'd"e'])
        ),
        unique_by=lambda row: row[2],
    )
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, days: list[tuple[int, int, str]]
) -> None:
    header = ["experiment", "variant", "day", "exposures", "conversions"]
    content = csv_bytes([header, *(["mail", name, "2026-07-08", seen, done] for seen, done, name in days)])
    rows = rows_of(read_one(tmp_path_factory.mktemp("w"), kept("experiments"), content), "experiment_days")
    assert [(row["exposures"], row["conversions"], row["variant"]) for row in rows] == days
