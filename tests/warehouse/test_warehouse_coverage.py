from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from perftrack_site.warehouse.rows import Coverage
from perftrack_site.warehouse.warehouse import Warehouse

Open = Callable[..., Warehouse]
VISITS = """
    day        | breakdown | sessions | is_provisional | known
    2026-07-01 |           | 5        | false          | 2026-07-04
    2026-07-03 |           | 5        | true           | 2026-07-04
    2026-07-03 |           | 6        | false          | 2026-07-11
    2026-07-07 |           | 2        | false          | 2026-07-11
    2026-07-10 |           | 2        | true           | 2026-07-11
"""


def covered(warehouse: Warehouse, source: str, known_by: str) -> Coverage:
    return next(found for found in warehouse.coverage(date.fromisoformat(known_by)) if found.source == source)


def test_a_source_that_tells_day_by_day_shows_its_gaps_and_what_may_still_change(warehouse_of: Open) -> None:
    found = covered(warehouse_of([], web_days=VISITS), "web", "2026-07-11")
    assert (found.first_day, found.last_day, found.days, found.provisional_days) == (
        date(2026, 7, 1), date(2026, 7, 10), 4, 1,
    )  # fmt: skip
    assert found.gaps == (
        (date(2026, 7, 2), date(2026, 7, 2)),
        (date(2026, 7, 4), date(2026, 7, 6)),
        (date(2026, 7, 8), date(2026, 7, 9)),
    )


def test_what_was_not_known_yet_covers_nothing(warehouse_of: Open) -> None:
    warehouse = warehouse_of([], web_days=VISITS)
    assert covered(warehouse, "web", "2026-07-05").provisional_days == 1
    assert covered(warehouse, "web", "2026-07-03") == Coverage("web", None, None, 0, 0, ())


def test_a_source_of_events_covers_days_and_has_no_gaps(warehouse_of: Open) -> None:
    orders = """
        order_id | ordered_on | subtotal | known
        #1       | 2026-07-03 | 1        | 2026-08-01
        #2       | 2026-07-20 | 1        | 2026-08-01
    """
    found = covered(warehouse_of([], orders=orders), "shop", "2026-08-01")
    assert (found.first_day, found.last_day, found.days, found.gaps) == (
        date(2026, 7, 3),
        date(2026, 7, 20),
        0,
        (),
    )


def test_witnesses_of_the_same_sales_stand_side_by_side_and_are_not_added(warehouse_of: Open) -> None:
    warehouse = warehouse_of(
        [],
        orders="""
            order_id | ordered_on | subtotal | status  | known
            #1       | 2026-07-03 | 100      | paid    | 2026-08-01
            #2       | 2026-07-04 | 50.50    | voided  | 2026-08-01
            #3       | 2026-07-05 | 20       | pending | 2026-08-01
        """,
        web_days="""
            day        | breakdown         | orders | revenue | currency | known
            2026-07-03 | utm_campaign      | 1      | 90      | ZAR      | 2026-08-01
            2026-07-03 | city,utm_campaign | 1      | 90      | ZAR      | 2026-08-01
        """,
        payments="""
            payment_id | paid_on    | amount | status   | currency | known
            p1         | 2026-07-03 | 100    | paid     | ZAR      | 2026-08-01
            p2         | 2026-07-03 | 70     | failed   | ZAR      | 2026-08-01
            p3         | 2026-07-09 | 30     | refunded | ZAR      | 2026-08-01
        """,
        affiliate_transactions="""
            network | transaction_id | occurred_on | amount | status   | currency | known
            awin    | t1             | 2026-07-03  | 100    | approved | ZAR      | 2026-08-01
            awin    | t1             | 2026-07-03  | 100    | declined | ZAR      | 2026-08-02
        """,
    )
    told = {(found.kind, found.sales, found.amount) for found in warehouse.witnesses(date(2026, 8, 2))}
    assert told == {("shop", 1, Decimal(100)), ("analytics", 1, Decimal(90)), ("payments", 2, Decimal(130))}
    earlier = {found.kind for found in warehouse.witnesses(date(2026, 8, 1))}
    assert earlier == {"shop", "analytics", "payments", "affiliate"}


def test_facts_that_a_later_file_tells_again_or_otherwise_are_counted(warehouse_of: Open) -> None:
    warehouse = warehouse_of([], link_clicks="""
        link | day        | clicks | known
        l/x  | 2026-07-01 | 5      | 2026-07-04
        l/x  | 2026-07-01 | 5      | 2026-07-11
        l/x  | 2026-07-02 | 5      | 2026-07-04
        l/x  | 2026-07-02 | 7      | 2026-07-11
        l/y  | 2026-07-02 | 5      | 2026-07-11
    """)  # fmt: skip
    found = covered(warehouse, "links", "2026-07-11")
    assert (found.told_again, found.restated) == (1, 1)
    assert covered(warehouse, "links", "2026-07-10").restated == 0
