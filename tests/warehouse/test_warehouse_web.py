from __future__ import annotations

from collections.abc import Callable

from little_tables import simple, window

from perftrack_site.warehouse.warehouse import Warehouse

Open = Callable[..., Warehouse]
SESSIONS = simple("sessions", "web", "sessions")
CLICKS = simple("clicks", "links", "clicks")
LEADS = simple("leads", "leads", None)
UTM = {"tracking": "campaign | kind | utm_campaign | utm_content\nspring | utm | spring | thandi"}


def numbers(warehouse: Warehouse, metric: str, **asked: str) -> list[object]:
    return [
        cell.numerator
        for cell in warehouse.measures([window(**asked)])
        if cell.metric == metric and cell.rows
    ]


def test_visits_with_a_rules_tags_belong_to_its_campaign(warehouse_of: Open) -> None:
    warehouse = warehouse_of([SESSIONS], **UTM, web_days="""
        day        | breakdown                | utm_campaign | utm_content | sessions | known
        2026-07-03 | utm_campaign,utm_content | Spring       | THANDI      | 40       | 2026-08-01
        2026-07-03 | utm_campaign,utm_content | spring       | sipho       | 7        | 2026-08-01
        2026-09-03 | utm_campaign,utm_content | spring       | thandi      | 9        | 2026-09-04
    """)  # fmt: skip
    assert numbers(warehouse, "sessions") == [40]


def test_two_reports_of_the_same_visits_are_never_added(warehouse_of: Open) -> None:
    warehouse = warehouse_of([SESSIONS], **UTM, web_days="""
        day        | breakdown                     | utm_campaign | utm_content | city | sessions | known
        2026-07-03 | utm_campaign,utm_content      | spring       | thandi      |      | 40       | 2026-08-01
        2026-07-03 | city,utm_campaign,utm_content | spring       | thandi      | Lagos | 40      | 2026-08-01
        2026-07-03 | utm_campaign                  | spring       |             |      | 47       | 2026-08-01
        2026-07-03 | city                          |              |             | Lagos | 90      | 2026-08-01
    """)  # fmt: skip
    assert numbers(warehouse, "sessions") == [40]


def test_a_later_export_of_a_day_replaces_the_earlier_one(warehouse_of: Open) -> None:
    warehouse = warehouse_of([SESSIONS], **UTM, web_days="""
        day        | breakdown                | utm_campaign | utm_content | landing_page | sessions | known
        2026-07-03 | utm_campaign,utm_content | spring       | thandi      |              | 40       | 2026-07-05
        2026-07-03 | utm_campaign,utm_content | spring       | thandi      |              | 44       | 2026-07-12
    """)  # fmt: skip
    assert numbers(warehouse, "sessions", known_by="2026-07-11") == [40]
    assert numbers(warehouse, "sessions", known_by="2026-07-12") == [44]


def test_no_visit_is_zero_once_web_analytics_were_read(warehouse_of: Open) -> None:
    warehouse = warehouse_of([SESSIONS], **UTM, web_days="""
        day        | breakdown                | utm_campaign | utm_content | sessions | known
        2026-07-03 | utm_campaign,utm_content | other        |             | 40       | 2026-08-10
    """)  # fmt: skip
    [cell] = warehouse.measures([window()])
    assert (cell.numerator, cell.rows, cell.blocked, str(cell.as_at)) == (0, 0, None, "2026-08-10")
    [early] = warehouse.measures([window(known_by="2026-08-09")])
    assert early.blocked == "no web analytics file was known by 2026-08-09"


def test_clicks_of_a_tracked_link_belong_to_its_influencer(warehouse_of: Open) -> None:
    tracking = "campaign | kind | value\nspring | link | umoja.example/t"
    warehouse = warehouse_of(
        [CLICKS], attribution="kind | rank\nlink | 1", tracking=tracking, link_clicks="""
        link            | day        | clicks | known
        umoja.example/t | 2026-07-03 | 5      | 2026-07-05
        umoja.example/t | 2026-07-03 | 6      | 2026-07-06
        umoja.example/t | 2026-07-04 | 2      | 2026-07-06
        umoja.example/x | 2026-07-04 | 99     | 2026-07-06
    """)  # fmt: skip
    [cell] = [cell for cell in warehouse.measures([window()]) if cell.rows]
    assert (cell.influencer, cell.numerator, cell.rows) == ("thandi", 8, 2)


def test_an_enquiry_is_led_by_its_list_else_by_a_code(warehouse_of: Open) -> None:
    tracking = "campaign | kind | value\nspring | promo_code | THANDI10"
    warehouse = warehouse_of([LEADS], tracking=tracking, enquiries="""
        enquiry_id | day        | campaign | influencer | promo_code | known
        e1         | 2026-07-03 | spring   | thandi     |            | 2026-08-01
        e2         | 2026-07-03 | spring   |            |            | 2026-08-01
        e3         | 2026-07-04 |          |            | thandi10   | 2026-08-01
        e4         | 2026-07-04 | autumn   |            | THANDI10   | 2026-08-01
    """)  # fmt: skip
    assert sorted(map(str, numbers(warehouse, "leads"))) == ["1", "2"]


def test_a_mapped_file_of_one_table_is_no_file_of_another(warehouse_of: Open) -> None:
    tracking = "campaign | kind | utm_campaign\nspring | utm | spring"
    warehouse = warehouse_of(
        [SESSIONS],
        tracking=tracking,
        link_clicks="link | day | clicks | source | known\nqr/x | 2026-07-03 | 5 | any | 2026-08-01",
        sources="source | overlap | mapped_to\nany | replaces | link_clicks",
    )
    [cell] = warehouse.measures([window()])
    assert cell.blocked == "no web analytics file was known by 2026-08-14"
