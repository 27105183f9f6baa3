"""Rules 11, 13, 14 and 15: amounts, rates, and lists that follow each other."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from little_tables import ratio, simple, window

from perftrack_site.errors import ConfigError
from perftrack_site.warehouse import tables
from perftrack_site.warehouse.warehouse import Warehouse

Open = Callable[..., Warehouse]
ORDERS = simple("orders", "orders", None)
REVENUE = simple("revenue", "orders", "revenue", "is_paid")
NET = simple("net_revenue", "orders", "net_revenue", "is_paid")
SPEND = simple("spend", "spend", "amount")
CODE = {"tracking": "campaign | kind | value\nspring | promo_code | TEA"}
IN_DOLLARS = "day | campaign | amount | currency | known\n2026-07-10 | spring | 100 | USD | 2026-08-01"
RATE = "day | base | quote | rate | known"


def total(warehouse: Warehouse, *windows: object) -> Decimal | int | None:
    cells = warehouse.measures(windows or [window()])  # type: ignore[arg-type]
    known = [cell.numerator for cell in cells if cell.numerator is not None]
    return sum(known) if known else None


# --- orders --------------------------------------------------------------------------------------


def test_refunds_above_the_subtotal_make_net_revenue_negative(warehouse_of: Open) -> None:
    orders = """
        order_id | ordered_on | subtotal | refunded | status   | promo_codes | known
        #1       | 2026-07-03 | 100.00   | 112.50   | refunded | TEA         | 2026-08-01
    """
    assert total(warehouse_of([NET], **CODE, orders=orders)) == Decimal("-12.50")


@pytest.mark.parametrize(
    ("status", "revenue"),
    [("paid", 10), ("partially_paid", 10), ("refunded", 10), ("partially_refunded", 10), ("pending", 0),
     ("authorized", 0), ("expired", 0)],
)  # fmt: skip
def test_every_order_counts_and_only_paid_ones_bring_revenue(
    warehouse_of: Open, status: str, revenue: int
) -> None:
    orders = f"""
        order_id | ordered_on | subtotal | status   | promo_codes | known
        #1       | 2026-07-03 | 10       | {status} | TEA         | 2026-08-01
    """
    assert total(warehouse_of([ORDERS], **CODE, orders=orders)) == 1
    assert total(warehouse_of([REVENUE], **CODE, orders=orders)) == revenue


@pytest.mark.parametrize(
    ("day", "orders"), [("2026-06-30", 0), ("2026-07-01", 1), ("2026-07-31", 1), ("2026-08-01", 0)]
)
def test_an_order_falls_in_the_window_by_its_day(warehouse_of: Open, day: str, orders: int) -> None:
    rules = (
        "campaign | kind | value | valid_from | valid_to\nspring | promo_code | TEA | 2026-01-01 | 2026-12-31"
    )
    order = f"order_id | ordered_on | promo_codes | known\n#1 | {day} | TEA | 2026-08-10"
    assert total(warehouse_of([ORDERS], tracking=rules, orders=order)) == orders


def test_an_order_that_two_adding_files_hold_is_one_order_as_it_stood_last(warehouse_of: Open) -> None:
    warehouse = warehouse_of([REVENUE], **CODE, sources="source | overlap\nshop | adds", orders="""
        order_id | ordered_on | subtotal | promo_codes | known
        #1       | 2026-07-03 | 10       | TEA         | 2026-07-05
        #1       | 2026-07-03 | 9        | TEA         | 2026-07-12
        #2       | 2026-07-09 | 5        | TEA         | 2026-07-12
    """)  # fmt: skip
    assert total(warehouse) == 14


TWO_SHOPS = """
    order_id | ordered_on | subtotal | promo_codes | known      | source | shop
    #1       | 2026-07-03 | 10       | TEA         | 2026-08-10 | shop   | shop
    #1       | 2026-07-03 | 10       | TEA         | 2026-08-12 | desk   | desk
    #2       | 2026-07-04 | 20       | TEA         | 2026-08-12 | desk   | desk
    #3       | 2026-06-30 | 20       | TEA         | 2026-08-12 | desk   | desk
"""
SHOPS = {"sources": "source | overlap\nshop | replaces\ndesk | replaces", "orders": TWO_SHOPS, **CODE}


def test_without_a_witness_orders_of_all_shops_count_those_told_alike_once(warehouse_of: Open) -> None:
    assert total(warehouse_of([ORDERS], **SHOPS)) == 2


def test_only_the_witness_counts_and_the_other_stands_beside_it(warehouse_of: Open) -> None:
    warehouse = warehouse_of([ORDERS], **SHOPS, authority="metric | source\norders | shop")
    [cell] = [cell for cell in warehouse.measures([window()]) if cell.rows]
    assert (cell.numerator, str(cell.as_at)) == (1, "2026-08-10")
    beside = next(check for check in warehouse.checks() if check.key == "orders_by_witness")
    assert beside.columns[-2:] == ("orders of the witness", "orders of the other")
    assert beside.rows == (("2026-06", "shop", "desk", "0", "1"), ("2026-07", "shop", "desk", "1", "2"))


def test_two_shops_that_agree_are_not_listed(warehouse_of: Open) -> None:
    same = "\n".join(TWO_SHOPS.strip().splitlines()[:3])
    warehouse = warehouse_of([ORDERS], **SHOPS | {"orders": same}, authority="metric | source\norders | shop")
    assert next(check.rows for check in warehouse.checks() if check.key == "orders_by_witness") == ()


@pytest.mark.parametrize(
    ("known_by", "blocked"),
    [
        ("2026-07-18", None),
        ("2026-07-19", "the newest order file is of 2026-07-10, more than 8 days before 2026-07-19"),
    ],
)
def test_an_order_file_is_fresh_to_its_last_day(
    warehouse_of: Open, known_by: str, blocked: str | None
) -> None:
    warehouse = warehouse_of(
        [ORDERS], **CODE, sources="source | overlap | error_after_days\nshop | replaces | 8",
        orders="order_id | ordered_on | promo_codes | known\n#1 | 2026-07-03 | OTHER | 2026-07-10",
    )  # fmt: skip
    [cell] = warehouse.measures([window(known_by=known_by)])
    assert cell.blocked == blocked


@pytest.mark.parametrize(("start", "is_blocked"), [("2026-07-10", False), ("2026-07-11", True)])
def test_an_order_file_from_before_the_first_day_says_nothing(
    warehouse_of: Open, start: str, *, is_blocked: bool
) -> None:
    orders = "order_id | ordered_on | promo_codes | known\n#1 | 2026-07-03 | OTHER | 2026-07-10"
    [cell] = warehouse_of([ORDERS], **CODE, orders=orders).measures([window(start=start)])
    assert (cell.blocked is not None) == is_blocked


# --- spend ---------------------------------------------------------------------------------------


def test_spend_counts_whatever_its_day_up_to_the_moment(warehouse_of: Open) -> None:
    warehouse = warehouse_of([SPEND], spend="""
        day        | campaign | amount | known
        2026-01-02 | spring   | 1      | 2026-07-01
        2026-08-14 | spring   | 10     | 2026-07-01
        2026-08-15 | spring   | 100    | 2026-07-01
        2026-07-15 | spring   | -0.5   | 2026-07-01
    """)  # fmt: skip
    assert total(warehouse, window(known_by="2026-08-14")) == Decimal("10.5")


def test_spend_of_an_influencer_outside_the_campaign_counts_for_the_campaign_and_is_listed(
    warehouse_of: Open,
) -> None:
    warehouse = warehouse_of([SPEND], spend="""
        day        | campaign | influencer | amount | known
        2026-07-02 | spring   | thandi     | 1      | 2026-07-10
        2026-07-02 | spring   | stranger   | 10     | 2026-07-10
        2026-07-02 | nowhere  | thandi     | 100    | 2026-07-10
    """)  # fmt: skip
    assert total(warehouse) == 11
    check = next(check for check in warehouse.checks() if check.key == "spend_of_nobody")
    assert [row[:2] for row in check.rows] == [("nowhere", "thandi"), ("spring", "stranger")]


def test_files_of_a_source_that_adds_all_count(warehouse_of: Open) -> None:
    files = """
        day        | campaign | amount | known
        2026-07-01 | spring   | 7      | 2026-07-02
        2026-07-08 | spring   | 5      | 2026-07-09
    """
    adding = "source | overlap\nspend | adds"
    assert total(warehouse_of([SPEND], sources=adding, spend=files)) == 12
    assert total(warehouse_of([SPEND], spend=files)) == 5


def test_each_source_replaces_its_own_list_only(warehouse_of: Open) -> None:
    warehouse = warehouse_of(
        [SPEND],
        sources="source | overlap\nfees | replaces\nads | replaces",
        spend="""
            day        | campaign | amount | known      | source
            2026-07-01 | spring   | 7      | 2026-07-02 | fees
            2026-07-01 | spring   | 50     | 2026-07-05 | ads
            2026-07-01 | spring   | 8      | 2026-07-09 | fees
        """,
    )
    assert total(warehouse, window(known_by="2026-07-08")) == 57
    assert total(warehouse, window(known_by="2026-07-09")) == 58


def test_files_of_one_moment_replace_an_older_list_together(warehouse_of: Open) -> None:
    warehouse = warehouse_of([SPEND], spend="""
        day        | campaign | amount | known      | part
        2026-07-01 | spring   | 1      | 2026-07-02 |
        2026-07-01 | spring   | 20     | 2026-07-09 | fees
        2026-07-01 | spring   | 300    | 2026-07-09 | samples
    """)  # fmt: skip
    assert total(warehouse) == 320


@pytest.mark.parametrize("batch", [1, 2, 3, 4])
def test_no_row_is_lost_between_two_batches(
    warehouse_of: Open, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(tables, "BATCH", batch)
    rows = "\n".join(f"2026-07-01 | spring | {amount} | 2026-07-02" for amount in (1, 20, 300))
    assert total(warehouse_of([SPEND], spend=f"day | campaign | amount | known\n{rows}")) == 321


# --- rates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "worth"), [("2026-07-10", 1800), ("2026-07-03", 1800), ("2026-07-02", None), ("2026-07-11", None)]
)
def test_a_rate_holds_for_its_day_and_the_seven_after(
    warehouse_of: Open, day: str, worth: int | None
) -> None:
    warehouse = warehouse_of([SPEND], spend=IN_DOLLARS, fx=f"{RATE}\n{day} | USD | ZAR | 18 | 2026-08-01")
    assert total(warehouse) == worth


def test_the_newest_rate_wins_whichever_source_it_is_from(warehouse_of: Open) -> None:
    warehouse = warehouse_of(
        [SPEND],
        sources="source | overlap\nspend | replaces\nbank | replaces\necb | adds",
        spend=IN_DOLLARS,
        fx=f"""{RATE} | source
            2026-07-08 | USD | ZAR | 18 | 2026-08-03 | bank
            2026-07-09 | USD | ZAR | 17 | 2026-08-02 | ecb
        """,
    )
    assert total(warehouse) == 1700


def test_of_two_rates_for_one_day_the_one_read_last_is_used(warehouse_of: Open) -> None:
    warehouse = warehouse_of(
        [SPEND],
        sources="source | overlap\nspend | replaces\nbank | replaces\necb | adds",
        spend=IN_DOLLARS,
        fx=f"""{RATE} | source
            2026-07-09 | USD | ZAR | 18 | 2026-08-03 | bank
            2026-07-09 | USD | ZAR | 17 | 2026-08-02 | ecb
        """,
    )
    assert total(warehouse) == 1800
    assert total(warehouse, window(known_by="2026-08-02")) == 1700


def test_a_rate_is_never_turned_round(warehouse_of: Open) -> None:
    fx = f"{RATE}\n2026-07-10 | ZAR | USD | 0.05 | 2026-08-01"
    assert total(warehouse_of([SPEND], spend=IN_DOLLARS, fx=fx)) is None


# --- size ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("amount", ["1000000", "25000000.50", "99999999999999.9999"])
def test_amounts_keep_every_digit_however_large(warehouse_of: Open, amount: str) -> None:
    spend = f"day | campaign | amount | known\n2026-07-10 | spring | {amount} | 2026-08-01"
    assert total(warehouse_of([SPEND], spend=spend)) == Decimal(amount)
    fx = f"{RATE}\n2026-07-10 | USD | ZAR | 18.12345678 | 2026-08-01"
    in_dollars = IN_DOLLARS.replace("100", amount)
    assert total(warehouse_of([SPEND], spend=in_dollars, fx=fx)) == Decimal(amount) * Decimal("18.12345678")


def test_an_expression_that_outgrows_exact_numbers_is_refused_by_name(warehouse_of: Open) -> None:
    orders = "order_id | ordered_on | subtotal | promo_codes | known\n#1 | 2026-07-03 | 90000000 | TEA | 2026-08-01"
    warehouse = warehouse_of([simple("square", "orders", "revenue * revenue")], **CODE, orders=orders)
    with pytest.raises(ConfigError, match="square: its expression makes a number with more digits"):
        warehouse.measures([window()])


# --- filters -------------------------------------------------------------------------------------

MIXED = """
    order_id | ordered_on | subtotal | status  | promo_codes | known
    #1       | 2026-07-03 | 30       | paid    | TEA         | 2026-08-01
    #2       | 2026-07-03 | 20       | pending | TEA         | 2026-08-01
    #3       | 2026-07-03 | 10       | paid    | TEA         | 2026-08-01
"""


def cell_of(warehouse: Warehouse) -> tuple[object, ...]:
    [cell] = [cell for cell in warehouse.measures([window()]) if cell.rows]
    return (cell.numerator, cell.denominator, cell.covered, cell.rows)


def test_a_count_takes_the_rows_that_pass_its_filter(warehouse_of: Open) -> None:
    paid = simple("paid_orders", "orders", None, "is_paid")
    assert cell_of(warehouse_of([paid], **CODE, orders=MIXED)) == (2, None, 2, 2)


def test_each_half_of_a_rate_takes_the_rows_that_pass_its_own_filter(warehouse_of: Open) -> None:
    share = simple("paid_share", "orders", None, "is_paid") | {"under_agg": "count"}
    assert cell_of(warehouse_of([share], **CODE, orders=MIXED)) == (2, 3, 3, 3)
    value = ratio("paid_value", "orders", "revenue", "1") | {"filter": "is_paid", "under_filter": "is_paid"}
    assert cell_of(warehouse_of([value], **CODE, orders=MIXED)) == (40, 2, 2, 2)


def test_a_half_that_no_row_passes_is_zero(warehouse_of: Open) -> None:
    none = simple("dear", "orders", None, "revenue > 99") | {"under_agg": "count"}
    assert cell_of(warehouse_of([none], **CODE, orders=MIXED)) == (0, 3, 3, 3)


def test_a_receipt_names_for_each_half_the_rows_it_took(warehouse_of: Open) -> None:
    share = simple("paid_share", "orders", None, "is_paid") | {"under_agg": "count"}
    [cell] = [cell for cell in warehouse_of([share], **CODE, orders=MIXED).measures([window()]) if cell.rows]
    assert [found.lines for found in (*cell.lines, *cell.denominator_lines)] == ["1,3", "1-3"]


def test_a_currency_without_a_rate_blocks_only_money_that_is_added_up(warehouse_of: Open) -> None:
    orders = MIXED.replace("known", "known | currency").replace("2026-08-01", "2026-08-01 | ZAR")
    pending_in_dollars = orders.replace("#2       | 2026-07-03 | 20       | pending | TEA         | 2026-08-01 | ZAR",
                                        "#2 | 2026-07-03 | 20 | pending | TEA | 2026-08-01 | USD")  # fmt: skip
    per_order = ratio("revenue_per_order", "orders", "revenue", "1") | {"filter": "is_paid"}
    warehouse = warehouse_of([per_order], **CODE, orders=pending_in_dollars)
    assert cell_of(warehouse) == (40, 3, 3, 3)
    assert {cell.blocked for cell in warehouse.measures([window()])} == {None}
