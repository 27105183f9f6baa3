from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from little_tables import simple, window

from perftrack_site.warehouse.warehouse import Warehouse

Open = Callable[..., Warehouse]
ORDERS = simple("orders", "orders", None)
REVENUE = simple("revenue", "orders", "revenue", "is_paid")
CODE = {"tracking": "campaign | kind | value\nspring | promo_code | THANDI10"}


def total(warehouse: Warehouse, metric: str, *windows: object) -> object:
    cells = warehouse.measures(windows or [window()])  # type: ignore[arg-type]
    return sum(cell.numerator or 0 for cell in cells if cell.metric == metric)


def test_a_code_in_any_case_leads_to_its_campaign(warehouse_of: Open) -> None:
    warehouse = warehouse_of([ORDERS, REVENUE], **CODE, orders="""
        order_id | ordered_on | subtotal | promo_codes | known
        #1       | 2026-07-03 | 100.10   | THANDI10    | 2026-08-01
        #2       | 2026-07-03 | 200.20   | thandi10    | 2026-08-01
        #3       | 2026-07-03 | 400.40   |             | 2026-08-01
    """)  # fmt: skip
    assert total(warehouse, "orders") == 2
    assert total(warehouse, "revenue") == Decimal("300.30")


def test_the_last_version_of_an_order_known_at_the_cutoff_counts(warehouse_of: Open) -> None:
    warehouse = warehouse_of([ORDERS, REVENUE], **CODE, orders="""
        order_id | ordered_on | subtotal | promo_codes | status  | known
        #1       | 2026-07-03 | 100      | THANDI10    | pending | 2026-07-05
        #1       | 2026-07-03 | 90       | THANDI10    | paid    | 2026-08-10
        #1       | 2026-07-03 | 90       | THANDI10    | voided  | 2026-08-15
    """)  # fmt: skip
    assert total(warehouse, "revenue", window(known_by="2026-07-09")) == 0
    assert total(warehouse, "revenue", window(known_by="2026-08-14")) == 90
    assert total(warehouse, "orders", window(known_by="2026-08-15")) == 0


def test_no_order_with_the_code_is_zero_once_the_shop_was_read(warehouse_of: Open) -> None:
    orders = (
        "order_id | ordered_on | subtotal | promo_codes | known\n#1 | 2026-07-03 | 1 | OTHER | 2026-08-10"
    )
    warehouse = warehouse_of([ORDERS], **CODE, orders=orders)
    [cell] = warehouse.measures([window()])
    assert (cell.numerator, cell.rows, cell.blocked, str(cell.as_at)) == (0, 0, None, "2026-08-10")
    [early] = warehouse.measures([window(known_by="2026-08-09")])
    assert early.blocked == "no order file was known by 2026-08-09"
    codes = next(check for check in warehouse.checks() if check.key == "codes_of_nobody")
    assert codes.rows == (("OTHER", "in no contract", "1", "2026-07-03", "2026-07-03"),)


def test_money_in_another_currency_waits_for_a_rate_and_counts_do_not(warehouse_of: Open) -> None:
    orders = """
        order_id | ordered_on | subtotal | currency | promo_codes | known
        #1       | 2026-07-08 | 10.50    | USD      | THANDI10    | 2026-08-10
    """
    without = warehouse_of([ORDERS, REVENUE], **CODE, orders=orders)
    blocked = {cell.metric: cell.blocked for cell in without.measures([window()]) if cell.rows}
    assert blocked == {"orders": None, "revenue": "mixed currencies: no FX rate USD to ZAR on 2026-07-08"}
    rates = "day | base | quote | rate | known\n2026-07-01 | USD | ZAR | 18.12345678 | 2026-08-01"
    assert total(warehouse_of([REVENUE], **CODE, orders=orders, fx=rates), "revenue") == Decimal(
        "190.296296190"
    )


def test_a_rate_older_than_seven_days_is_not_used(warehouse_of: Open) -> None:
    orders = """
        order_id | ordered_on | subtotal | currency | promo_codes | known
        #1       | 2026-07-09 | 10.50    | USD      | THANDI10    | 2026-08-10
    """
    rates = "day | base | quote | rate | known\n2026-07-01 | USD | ZAR | 18 | 2026-08-01"
    cells = warehouse_of([REVENUE], **CODE, orders=orders, fx=rates).measures([window()])
    assert [cell.blocked for cell in cells if cell.rows] == [
        "mixed currencies: no FX rate USD to ZAR on 2026-07-09"
    ]


def test_the_utm_rule_with_more_keys_wins(warehouse_of: Open) -> None:
    warehouse = warehouse_of(
        [ORDERS],
        campaigns="campaign\nspring\nautumn",
        tracking="""
            campaign | kind | value | utm_campaign | utm_content
            autumn   | utm  | x     | tea          |
            spring   | utm  | y     | tea          | thandi
        """,
        orders="""
            order_id | ordered_on | utm_campaign | utm_content | known
            #1       | 2026-07-03 | Tea          | thandi      | 2026-08-01
            #2       | 2026-07-03 | tea          | someone     | 2026-08-01
        """,
    )
    assert total(warehouse, "orders", window("spring")) == 1
    assert total(warehouse, "orders", window("autumn")) == 1


def test_a_newer_spend_list_replaces_the_older_one_whole(warehouse_of: Open) -> None:
    spend = simple("spend", "spend", "amount")
    warehouse = warehouse_of([spend], spend="""
        day        | campaign | amount | known
        2026-06-20 | spring   | 100    | 2026-07-01
        2026-07-20 | spring   | 50     | 2026-07-01
        2026-06-20 | spring   | 120    | 2026-08-01
    """)  # fmt: skip
    assert total(warehouse, "spend", window(known_by="2026-07-10")) == 100
    assert total(warehouse, "spend", window(known_by="2026-08-14")) == 120


def test_a_utm_tag_that_leads_nowhere_is_listed(warehouse_of: Open) -> None:
    warehouse = warehouse_of([ORDERS], **CODE, orders="""
        order_id | ordered_on | utm_campaign | promo_codes | known
        #1       | 2026-07-03 | Mystery      |             | 2026-08-01
        #2       | 2026-07-05 | mystery      | THANDI10    | 2026-08-01
    """)  # fmt: skip
    tags = next(check for check in warehouse.checks() if check.key == "utm_tags_of_nobody")
    assert tags.rows == (("mystery", "", "2", "2026-07-03", "2026-07-05"),)


def test_an_order_that_two_sources_tell_alike_is_one_order(warehouse_of: Open) -> None:
    orders = """
        source | shop | order_id | ordered_on | subtotal | promo_codes | known
        api    | api  | #1       | 2026-07-03 | 100      | THANDI10    | 2026-08-10
        csv    | csv  | #1       | 2026-07-03 | 100      | THANDI10    | 2026-08-11
        csv    | csv  | #2       | 2026-07-04 | 50       | THANDI10    | 2026-08-11
        csv    | csv  | #3       | 2026-07-04 | 7        | THANDI10    | 2026-08-11
        api    | api  | #3       | 2026-07-04 | 9        | THANDI10    | 2026-08-10
    """
    warehouse = warehouse_of(
        [REVENUE], **CODE, orders=orders, sources="source | overlap\napi | replaces\ncsv | replaces"
    )
    assert total(warehouse, "revenue") == 100 + 50 + 7 + 9
    told = next(check for check in warehouse.checks() if check.key == "orders_told_twice")
    assert told.rows == (("#1", "api", "csv", "2026-07-03"),)
