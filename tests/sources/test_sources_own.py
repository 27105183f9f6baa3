from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from sources_helpers import BENCHMARKS, FX, SPEND, SPEND_HEADER, SPEND_ROW, ledger_of, read_one, rows_of


def test_spend_is_read_as_it_is_kept(tmp_path: Path) -> None:
    text = SPEND_HEADER + SPEND_ROW + "2026-07-31,spring,,ad_spend,-12.5,USD,\n"
    fee, correction = rows_of(read_one(tmp_path, SPEND, text), "spend")
    assert (str(fee["day"]), fee["influencer"], fee["amount"]) == ("2026-07-06", "thandi", Decimal(42000))
    assert (correction["influencer"], correction["amount"], correction["reference"]) == (
        None,
        Decimal("-12.5"),
        None,
    )
    assert (correction["first_line"], correction["source"], str(correction["known_on"])) == (
        3,
        "costs",
        "2026-10-01",
    )


def test_influencer_and_reference_may_be_left_out(tmp_path: Path) -> None:
    text = "day,campaign,cost_type,amount,currency\n2026-07-06,spring,Fee,1,ZAR\n"
    (row,) = rows_of(read_one(tmp_path, SPEND, text), "spend")
    assert (row["cost_type"], row["influencer"], row["reference"]) == ("fee", None, None)


def test_a_payment_listed_twice_counts_once(tmp_path: Path) -> None:
    text = SPEND_HEADER + SPEND_ROW + SPEND_ROW + SPEND_ROW.replace("inv-1", "inv-2")
    ledger = ledger_of(read_one(tmp_path, SPEND, text))
    assert (ledger.accepted, ledger.duplicates) == (2, 1)


@pytest.mark.parametrize(
    ("wrong", "column", "rule"),
    [
        ("2026-07-06", "day", "day"),
        ("spring", "campaign", "missing"),
        ("fee", "cost_type", "choice"),
        ("42000.00", "amount", "money"),
        ("ZAR", "currency", "currency"),
        ("inv-1", "reference", "id_damaged"),
    ],
)
def test_a_payment_with_a_bad_cell_is_rejected_by_name(
    tmp_path: Path, wrong: str, column: str, rule: str
) -> None:
    bad = {"spring": "-", "inv-1": "1.22158E+17"}.get(wrong, "zar 1,5")
    text = SPEND_HEADER + SPEND_ROW.replace(wrong, f'"{bad}"')
    (reject,) = ledger_of(read_one(tmp_path, SPEND, text)).rejects
    assert (reject.path, reject.first_line) == ("data/spend/2026-10-01.csv", 2)
    assert (reject.column, reject.rule, reject.raw) == (column, rule, bad)


def test_rates_are_read_with_eight_decimals(tmp_path: Path) -> None:
    text = "day;base;quote;rate\n2026-07-06;USD;ZAR;18.25143210\n"
    (row,) = rows_of(read_one(tmp_path, FX, text), "fx")
    assert (row["base"], row["quote"], row["rate"]) == ("USD", "ZAR", Decimal("18.2514321"))


def test_two_rates_for_one_day_and_pair_are_both_rejected(tmp_path: Path) -> None:
    rates = ("USD,ZAR,18", "USD,ZAR,19", "EUR,ZAR,20", "EUR,ZAR,20.0")
    text = "day,base,quote,rate\n" + "".join(f"2026-07-06,{rate}\n" for rate in rates)
    ledger = ledger_of(read_one(tmp_path, FX, text))
    assert [(reject.first_line, reject.column, reject.rule) for reject in ledger.rejects] == [
        (2, "day, base, quote", "conflict"),
        (3, "day, base, quote", "conflict"),
    ]
    assert (ledger.accepted, ledger.duplicates) == (1, 1)


FIGURES = "platform,tier,sector,content_type,metric,basis,statistic,value,sample,year,source\n"
FIGURE = "Instagram,micro,,,engagement_rate_by_reach,reach,median,0.031,1200,2026,Teawatch\n"


def test_an_outside_figure_is_read_and_what_is_empty_is_any(tmp_path: Path) -> None:
    text = FIGURES + FIGURE + FIGURE.replace("1200", "").replace("micro", "")
    told, silent = rows_of(read_one(tmp_path, BENCHMARKS, text), "benchmarks")
    assert (told["platform"], told["tier"], told["sector"]) == ("instagram", "micro", None)
    assert (told["value"], told["sample"], told["year"]) == (Decimal("0.031"), 1200, 2026)
    assert (told["published_by"], told["source"]) == ("Teawatch", "outside")
    assert (silent["tier"], silent["sample"]) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "bad", "rule"),
    [
        ("0.031", "3.1%", "rate"),
        ("1200", "1.2k", "count"),
        ("2026", "26", "year"),
        ("Instagram", "", "missing"),
    ],
)
def test_an_outside_figure_with_a_bad_cell_is_rejected(
    tmp_path: Path, wrong: str, bad: str, rule: str
) -> None:
    (reject,) = ledger_of(read_one(tmp_path, BENCHMARKS, FIGURES + FIGURE.replace(wrong, bad))).rejects
    assert (reject.first_line, reject.rule) == (2, rule)


def test_two_values_of_one_outside_figure_are_both_rejected(tmp_path: Path) -> None:
    text = FIGURES + FIGURE + FIGURE.replace("0.031", "0.041")
    assert [one.rule for one in ledger_of(read_one(tmp_path, BENCHMARKS, text)).rejects] == ["conflict"] * 2
