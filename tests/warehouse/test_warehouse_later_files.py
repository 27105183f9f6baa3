"""What a later or a second file does to visits, clicks, enquiries and owners: no number known before is changed."""

from __future__ import annotations

from collections.abc import Callable

from little_tables import STANDING, simple, window

from perftrack_site.warehouse.warehouse import Warehouse

Open = Callable[..., Warehouse]
SESSIONS = simple("sessions", "web", "sessions")
CLICKS = simple("clicks", "links", "clicks")
LEADS = simple("leads", "leads", None)
ORDERS = simple("orders", "orders", None)
POSTS = simple("posts", "posts", None)
UTM = {"tracking": "campaign | kind | utm_campaign | utm_content\nspring | utm | spring | "}
LINK = {
    "tracking": "campaign | kind | value\nspring | link | bit.ly/4tea",
    "attribution": "kind | rank\nlink | 1",
}
CODE = {"tracking": "campaign | kind | value\nspring | promo_code | TEA10"}
SOURCES = STANDING["sources"] + "\nagain | replaces"


def total(warehouse: Warehouse, **asked: str) -> object:
    return sum(cell.numerator or 0 for cell in warehouse.measures([window(**asked)]))


def blocked(warehouse: Warehouse, **asked: str) -> set[str | None]:
    return {cell.blocked for cell in warehouse.measures([window(**asked)]) if cell.rows}


def test_a_better_report_of_a_day_counts_from_the_day_it_is_known(warehouse_of: Open) -> None:
    warehouse = warehouse_of([SESSIONS], **UTM, web_days="""
        day        | breakdown                | utm_campaign | utm_content | sessions | known
        2026-07-03 | utm_campaign             | spring       |             | 40       | 2026-07-05
        2026-07-03 | utm_campaign,utm_content | spring       | thandi      | 39       | 2026-08-20
    """)  # fmt: skip
    assert total(warehouse, known_by="2026-08-14") == 40
    assert total(warehouse, known_by="2026-08-20") == 39


def test_a_report_that_tells_less_changes_nothing_however_late_it_comes(warehouse_of: Open) -> None:
    warehouse = warehouse_of([SESSIONS], **UTM, web_days="""
        day        | breakdown                     | utm_campaign | utm_content | city  | sessions | known
        2026-07-03 | utm_campaign,utm_content      | spring       | thandi      |       | 40       | 2026-07-05
        2026-07-03 | city,utm_campaign,utm_content | spring       | thandi      | Lagos | 41       | 2026-07-09
    """)  # fmt: skip
    assert total(warehouse) == 40


def test_two_sources_of_one_website_are_never_added(warehouse_of: Open) -> None:
    warehouse = warehouse_of([SESSIONS], sources=SOURCES, **UTM, web_days="""
        source | day        | breakdown    | utm_campaign | sessions | known
        web    | 2026-07-03 | utm_campaign | spring       | 40       | 2026-07-05
        again  | 2026-07-03 | utm_campaign | spring       | 41       | 2026-07-09
        web    | 2026-07-04 | utm_campaign | spring       | 5        | 2026-07-05
    """)  # fmt: skip
    assert total(warehouse) == 41 + 5  # of two reports alike that of the first source by key


def test_a_link_that_two_files_of_one_moment_tell_of_is_counted_once(warehouse_of: Open) -> None:
    warehouse = warehouse_of([CLICKS], **LINK, link_clicks="""
        link        | day        | clicks | known      | part
        bit.ly/4Tea | 2026-07-04 | 12     | 2026-07-05 | a
        bit.ly/4Tea | 2026-07-04 | 15     | 2026-07-05 | b
    """)  # fmt: skip
    assert total(warehouse) == 15


def test_a_link_is_the_same_however_its_file_spells_it(warehouse_of: Open) -> None:
    warehouse = warehouse_of([CLICKS], **LINK, link_clicks="""
        link                 | day        | clicks | known
        https://Bit.ly/4Tea/ | 2026-07-04 | 12     | 2026-07-05
        bit.ly/4tea          | 2026-07-04 | 15     | 2026-07-06
        bit.ly/4tea/more     | 2026-07-04 | 99     | 2026-07-06
    """)  # fmt: skip
    assert total(warehouse) == 15


def test_two_sources_of_one_link_are_never_added(warehouse_of: Open) -> None:
    warehouse = warehouse_of([CLICKS], sources=SOURCES, **LINK, link_clicks="""
        source | link        | day        | clicks | known
        links  | bit.ly/4tea | 2026-07-04 | 12     | 2026-07-05
        again  | bit.ly/4tea | 2026-07-04 | 15     | 2026-08-01
    """)  # fmt: skip
    assert total(warehouse, known_by="2026-07-31") == 12
    assert total(warehouse, known_by="2026-08-01") == 15


def test_clicks_of_files_that_add_up_are_added_whenever_they_came(warehouse_of: Open) -> None:
    warehouse = warehouse_of([CLICKS], sources=STANDING["sources"].replace("links | replaces", "links | adds"),
                             **LINK, link_clicks="""
        link        | day        | clicks | known      | part
        bit.ly/4tea | 2026-07-04 | 12     | 2026-07-05 | a
        bit.ly/4tea | 2026-07-04 | 3      | 2026-07-05 | b
        bit.ly/4tea | 2026-07-04 | 1      | 2026-07-06 |
    """)  # fmt: skip
    assert total(warehouse) == 16


def test_an_enquiry_in_two_lists_that_add_up_is_one_enquiry(warehouse_of: Open) -> None:
    warehouse = warehouse_of([LEADS], **CODE, enquiries="""
        enquiry_id | day        | kind  | promo_code | known
        e-1        | 2026-07-05 | quote | TEA10      | 2026-07-06
        e-1        | 2026-07-05 | quote | TEA10      | 2026-07-20
        e-2        | 2026-07-05 | call  | TEA10      | 2026-07-20
    """)  # fmt: skip
    assert total(warehouse) == 2


def test_named_enquiries_need_a_fresh_list_as_others_do(warehouse_of: Open) -> None:
    warehouse = warehouse_of([LEADS], sources="source | overlap | error_after_days\nforms | adds | 7", enquiries="""
        enquiry_id | day        | kind  | campaign | known
        e-1        | 2026-07-05 | quote | spring   | 2026-07-20
    """)  # fmt: skip
    assert blocked(warehouse, known_by="2026-07-27") == {None}
    assert blocked(warehouse, known_by="2026-07-28") == {
        "the newest list of enquiries is of 2026-07-20, more than 7 days before 2026-07-28"
    }


def test_an_order_that_a_second_source_tells_later_counts_once_before_and_after(warehouse_of: Open) -> None:
    warehouse = warehouse_of([ORDERS], sources=SOURCES, **CODE, orders="""
        source | shop  | order_id | ordered_on | subtotal | promo_codes | known
        shop   | shop  | #1       | 2026-07-05 | 20.00    | TEA10       | 2026-08-01
        again  | again | #1       | 2026-07-05 | 20.00    | TEA10       | 2026-08-20
        again  | again | #2       | 2026-07-05 | 20.00    | TEA10       | 2026-08-20
    """)  # fmt: skip
    assert total(warehouse, known_by="2026-08-14") == 1
    assert total(warehouse, known_by="2026-08-20") == 2


def test_a_source_that_tells_no_handle_hides_no_owner(warehouse_of: Open) -> None:
    """A reader writes the source's own account where the file tells none: first thandi's handle, then her key."""
    for account, told in (("", "thandi"), ("thandi", "someone")):
        warehouse = warehouse_of(
            [POSTS],
            sources=f"source | overlap | account\nig | cumulative | {account}\nagency | cumulative | agency-x",
            tracking="campaign | kind | value\nspring | hashtag | umoja",
            posts=f"""
            source | post_id | account  | published_on | hashtags | known
            ig     | 1       | {told}   | 2026-07-05   | umoja    | 2026-07-10
            agency | 1       | agency-x | 2026-07-05   |          | 2026-07-12
            """,
        )
        assert total(warehouse) == 1
