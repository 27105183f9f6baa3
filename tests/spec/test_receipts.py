"""Receipts: every number leads to its formula, its totals, and the lines of the files it comes from."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spec_tables import at_least, judge_kpi, kpi

from perftrack_site.evaluation import receipts
from perftrack_site.evaluation.receipts import merged
from perftrack_site.evaluation.report import FileLines, FileShown, Receipt


def file(path: str, rejected: int = 0) -> FileShown:
    moment = datetime(2026, 6, 20, 21, 59, 59)  # noqa: DTZ001 - moments are UTC without a zone
    return FileShown(path, f"blob-of-{path}", "ig", "instagram", moment, 9, 9 - rejected, rejected, 0, (), ())


FILES = (file("data/b.json", rejected=2), file("data/a.json", rejected=1), file("data/spend.csv", rejected=4))


def receipt(metric: str, table: str) -> Receipt:
    found = judge_kpi(kpi(metric, at_least("1")), table, files=FILES).actual.receipt
    assert found is not None
    return found


def test_a_total_names_its_files_and_the_lines_of_all_its_cells() -> None:
    found = receipt("views", """
        metric | influencer | numerator | rows | lines
        views  | ana        | 100       | 3    | 0:2-9
        views  | ben        | 50        | 2    | 0:4-12,14 1:3
    """)  # fmt: skip
    assert found.formula == "sum of views"
    assert found.inputs[0].total == 150
    assert found.inputs[0].files == (
        FileLines("data/a.json", "blob-of-data/a.json", "3"),
        FileLines("data/b.json", "blob-of-data/b.json", "2-12,14"),
    )


def test_a_rate_shows_both_totals_each_with_its_own_lines() -> None:
    found = receipt("engagement_rate_by_reach", """
        metric                   | numerator | denominator | covered | rows | lines | denominator_lines
        engagement_rate_by_reach | 30        | 1000        | 4       | 5    | 0:2   | 1:7
    """)  # fmt: skip
    assert found.formula == "engagements / reach"
    assert [(entry.metric, entry.total, entry.covered, entry.rows) for entry in found.inputs] == [
        ("engagements", Fraction(30), 4, 5),
        ("reach", Fraction(1000), 4, 5),
    ]
    assert [entry.files[0].lines for entry in found.inputs] == ["2", "7"]


def test_a_derived_number_shows_each_input_once() -> None:
    found = receipt("roi", "metric | numerator\n net_revenue | 130.5\n spend | 100")
    assert found.formula == "(net revenue - spend) / spend"
    assert [(entry.metric, entry.expr, entry.currency) for entry in found.inputs] == [
        ("net_revenue", "sum of net revenue where is paid", "ZAR"),
        ("spend", "sum of amount", "ZAR"),
    ]


def test_a_count_says_what_was_counted() -> None:
    found = receipt("paid_orders", "metric | numerator\n paid_orders | 3")
    assert found.inputs[0].expr == "number of orders where is paid"


def test_it_is_as_old_as_the_oldest_value_used() -> None:
    found = receipt("views", "metric | numerator | as_at\n views | 1 | 2026-07-10\n views | 2 | 2026-07-08")
    assert found.as_at == date(2026, 7, 8)


def test_rejects_of_a_file_used_twice_are_counted_once() -> None:
    found = receipt("cpe", """
        metric      | influencer | numerator | lines
        engagements | ana        | 10        | 0:2 1:2
        engagements | ben        | 10        | 0:7
        spend       |            | 10        | 2:2
    """)  # fmt: skip
    assert found.rejects == 2 + 1 + 4


def test_a_number_that_cannot_be_said_still_shows_what_was_found() -> None:
    found = receipt("views", "metric | numerator | covered | rows | lines\n views | 5 | 1 | 9 | 0:2")
    assert (found.inputs[0].total, found.inputs[0].covered, found.inputs[0].rows) == (Fraction(5), 1, 9)


def test_planted_fault_a_receipt_that_drops_lines_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "merged", lambda ranges: ranges[0])
    with pytest.raises(AssertionError):
        test_a_total_names_its_files_and_the_lines_of_all_its_cells()


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        (["2-9", "4-12"], "2-12"),
        (["2-9,14", "10"], "2-10,14"),
        (["7", "7"], "7"),
        (["9", "2-3", "4-5"], "2-5,9"),
        (["2-20", "5-6"], "2-20"),
        ([], ""),
    ],
)
def test_ranges_of_lines_are_merged(ranges: list[str], expected: str) -> None:
    assert merged(ranges) == expected


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 9)), max_size=8))
def test_merging_neither_loses_nor_adds_a_line(spans: list[tuple[int, int]]) -> None:
    def lines(text: str) -> set[int]:
        bounds = [part.split("-") for part in text.split(",") if part]
        return {line for pair in bounds for line in range(int(pair[0]), int(pair[-1]) + 1)}

    texts = [f"{first}-{first + more}" if more else f"{first}" for first, more in spans]
    assert lines(merged(texts)) == {line for text in texts for line in lines(text)}
