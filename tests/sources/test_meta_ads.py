from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read_one, rows_of, sample
from written import csv_bytes

ADS = Declared("meta", "meta_ads.ads_export", "meta/{extracted_at:%Y-%m-%d}.csv", account="@Leaf")
EXPORT = "meta_ads/ads_manager_export.csv"
HEADER = (
    "Reporting starts", "Reporting ends", "Campaign name", "Ad set name", "Ad name", "Amount spent (USD)",
    "Impressions", "Reach",
)  # fmt: skip


def ad(
    starts: str = "2026-07-01", ends: str = "2026-07-31", *, name: str = "Pot", spent: object = "10.50"
) -> tuple[object, ...]:
    return (starts, ends, "Spring", "Cape", name, spent, 100, 80)


def export(*rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> bytes:
    return csv_bytes([header, *rows])


def test_a_whole_period_is_one_row_for_each_ad(tmp_path: Path) -> None:
    rows = rows_of(read_one(tmp_path, ADS, sample(EXPORT)), "ad_spans")
    first = rows[0]
    assert (str(first["from_day"]), str(first["to_day"])) == ("2026-02-05", "2026-09-05")
    assert (first["platform"], first["account"], first["currency"]) == ("meta", "leaf", "USD")
    assert (first["ad_campaign"], first["ad_group"], first["ad"]) == (
        "Leaf26 | Sales", "Set 0 SE 25-44", 'Story, "Leaf" 0',
    )  # fmt: skip
    assert (first["spend"], first["impressions"], first["reach"], first["conversions"]) == (
        Decimal("547.94"), 38810, 20909, 11,
    )  # fmt: skip


def test_an_ad_without_a_purchase_has_no_conversions_not_zero(tmp_path: Path) -> None:
    conversions = [row["conversions"] for row in rows_of(read_one(tmp_path, ADS, sample(EXPORT)), "ad_spans")]
    assert (conversions.count(None), conversions.count(0)) == (24, 0)


def test_of_the_results_only_purchases_are_conversions(tmp_path: Path) -> None:
    header = (*HEADER, "Results", "Result indicator")
    rows = [
        (*ad(name="a"), 11, "actions:offsite_conversion.fb_pixel_purchase"),
        (*ad(name="b"), 747, "actions:post_engagement"),
        (*ad(name="c"), 1604, "reach"),
        (*ad(name="d"), "", ""),
    ]
    read = rows_of(read_one(tmp_path, ADS, export(*rows, header=header)), "ad_spans")
    assert [row["conversions"] for row in read] == [11, None, None, None]


def test_a_breakdown_by_day_gives_days_in_either_layout(tmp_path: Path) -> None:
    by_dates = export(ad("2026-07-01", "2026-07-01"), ad("2026-07-02", "2026-07-02"))
    by_column = export(("2026-07-01", *ad()), ("2026-07-02", *ad()), header=("Day", *HEADER))
    for content in (by_dates, by_column):
        records = read_one(tmp_path, ADS, content)
        assert [str(row["day"]) for row in rows_of(records, "ad_days")] == ["2026-07-01", "2026-07-02"]
        assert rows_of(records, "ad_spans") == []


def test_ads_with_the_same_names_keep_apart(tmp_path: Path) -> None:
    rows = rows_of(read_one(tmp_path, ADS, sample(EXPORT)), "ad_spans")
    names = [(row["ad_campaign"], row["ad_group"], row["ad"]) for row in rows]
    assert len(set(names)) == 34
    assert ("Mint spritz", "Set 5 SE 25-44", "Reel | Lumi | Pot 5 #2") in names


def test_two_ads_with_equal_names_and_numbers_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    rows = [(*ad(), "120210000000000001"), (*ad(), "120210000000000002"), (*ad(), "120210000000000002")]
    records = read_one(tmp_path, ADS, export(*rows, header=(*HEADER, "Ad ID")))
    assert [row["ad"] for row in rows_of(records, "ad_spans")] == ["Pot", "Pot #2"]
    assert ledger_of(records).duplicates == 1


def test_a_line_that_is_there_twice_counts_once(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, ADS, export(ad(), ad())))
    assert (ledger.accepted, ledger.duplicates) == (1, 1)


@pytest.mark.parametrize(("total", "is_named"), [("20.80", False), ("21.30", True), ("20.00", True)])
def test_the_summary_is_left_out_and_compared(tmp_path: Path, total: str, is_named: bool) -> None:  # noqa: FBT001
    summary = ("2026-07-01", "2026-07-31", "", "", "", total, 200, 150)
    records = read_one(tmp_path, ADS, export(summary, ad(name="a"), ad(name="b")))
    ledger = ledger_of(records)
    assert [(skip.rule, skip.records) for skip in ledger.skipped] == [("summary_row", 1)]
    said = f"the summary says {total} USD were spent, the ads in this file sum up to 21.00 USD"
    assert ledger.notices == ((said,) if is_named else ())


def test_the_currency_of_the_header_is_believed_before_the_declared_one(tmp_path: Path) -> None:
    declared = Declared(**{**vars(ADS), "currency": "ZAR"})
    (row,) = rows_of(read_one(tmp_path, declared, export(ad())), "ad_spans")
    assert row["currency"] == "USD"


def test_a_header_without_a_currency_takes_the_declared_one_or_is_refused(tmp_path: Path) -> None:
    content = export(ad(), header=tuple(name.removesuffix(" (USD)") for name in HEADER))
    declared = Declared(**{**vars(ADS), "currency": "ZAR"})
    assert rows_of(read_one(tmp_path, declared, content), "ad_spans")[0]["currency"] == "ZAR"
    fault = fault_of(read_one(tmp_path, ADS, content))
    assert "meta/2026-10-01.csv:1: header: does not say in which currency its amounts are" in fault
    assert "`currency: USD`, at the source 'meta' in config/sources.yml" in fault


def test_a_header_in_another_language_is_named_with_the_line_to_add(tmp_path: Path) -> None:
    german = tuple("Ausgegebener Betrag (EUR)" if "spent" in name else name for name in HEADER)
    fault = fault_of(read_one(tmp_path, ADS, export(ad(), header=german)))
    assert "the column 'Amount spent' is missing" in fault
    assert "'Ausgegebener Betrag (EUR)'" in fault
    told = Declared(**{**vars(ADS), "headers": {"Ausgegebener Betrag (EUR)": "Amount spent"}})
    (row,) = rows_of(read_one(tmp_path, told, export(ad(), header=german)), "ad_spans")
    assert (row["spend"], row["currency"]) == (Decimal("10.50"), "EUR")


def test_campaigns_alone_are_enough_and_nobody_at_all_is_refused(tmp_path: Path) -> None:
    dates = ("2026-07-01", "2026-07-31")
    header = ("Reporting starts", "Reporting ends", "Campaign name", "Amount spent (USD)", "Impressions")
    (row,) = rows_of(read_one(tmp_path, ADS, export((*dates, "Spring", 1, 2), header=header)), "ad_spans")
    assert (row["ad_campaign"], row["ad_group"], row["ad"], row["reach"]) == ("Spring", None, None, None)
    nobody = tuple(name for name in header if name != "Campaign name")
    fault = fault_of(read_one(tmp_path, ADS, export((*dates, 1, 2), header=nobody)))
    assert "names no campaign, ad set or ad" in fault


def test_a_period_is_provisional_while_its_last_day_is(tmp_path: Path) -> None:
    content = export(ad(ends="2026-09-29", name="a"), ad(ends="2026-09-30", name="b"))
    rows = rows_of(read_one(tmp_path, ADS, content), "ad_spans")
    assert [row["is_provisional"] for row in rows] == [False, True]


@pytest.mark.parametrize("spent", ["", "-", "1,135.32", "12.12345", "-3"])
def test_an_amount_that_is_none_is_rejected(tmp_path: Path, spent: str) -> None:
    (reject,) = ledger_of(read_one(tmp_path, ADS, export(ad(spent=spent)))).rejects
    assert (reject.first_line, reject.column) == (2, "Amount spent")


def test_an_export_that_breaks_off_in_a_cell_is_refused(tmp_path: Path) -> None:
    content = sample(EXPORT)
    assert "a quote that is never closed" in fault_of(
        read_one(tmp_path, ADS, content[: content.index(b'Leaf""') + 3])
    )


def test_an_export_of_nothing_is_no_error(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, ADS, export()))
    assert (ledger.counted, ledger.notices) == (0, ("no records below the header",))


name = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=12
).filter(
    lambda text: any(char.isalnum() for char in text) and text.casefold() not in {"n/a", "undefined", "nan"}
)


@settings(max_examples=30, derandomize=True, deadline=None)
@given(
    ads=st.dictionaries(
        name.map(str.strip),
        st.tuples(st.decimals(0, 10**9, places=2), st.integers(0, 10**12), st.integers(0, 10**12)),
        max_size=8,
    ),
    delimiter=st.sampled_from(",;\t"),
)
def test_any_export_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, ads: dict[str, tuple[Decimal, int, int]], delimiter: str
) -> None:
    rows = [("2026-07-01", "2026-07-31", "Spring", "Cape", each, *numbers) for each, numbers in ads.items()]
    content = csv_bytes([HEADER, *rows], delimiter=delimiter, line_end="\r\n")
    records = read_one(tmp_path_factory.mktemp("meta"), ADS, content)
    ledger_of(records)
    read = rows_of(records, "ad_spans")
    assert ads == {row["ad"]: (row["spend"], row["impressions"], row["reach"]) for row in read}
