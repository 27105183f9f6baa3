"""Rules 5, 6 and 10: whose posts and orders these are, and what is listed where nobody can say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from little_tables import simple, window

from perftrack_site.warehouse.warehouse import Warehouse

Open = Callable[..., Warehouse]
POSTS = simple("posts", "posts", "1")
ORDERS = simple("orders", "orders", None)
BOTH = (window("spring"), window("autumn"))
TWO = "campaign\nspring\nautumn"
PAID_POST = """
    post_id | published_on | is_paid_partnership | known
    A       | 2026-07-05   | true                | 2026-07-10
"""


def totals(warehouse: Warehouse, *windows: object) -> dict[tuple[str, str | None], object]:
    cells = warehouse.measures(windows or [window()])  # type: ignore[arg-type]
    return {(cell.campaign, cell.influencer): cell.numerator for cell in cells if cell.rows}


def listed(warehouse: Warehouse, check: str) -> tuple[tuple[str, ...], ...]:
    return next(found.rows for found in warehouse.checks() if found.key == check)


# --- posts ---------------------------------------------------------------------------------------


def test_a_paid_partnership_belongs_to_the_one_campaign_that_its_influencer_runs_that_day(
    warehouse_of: Open,
) -> None:
    warehouse = warehouse_of([POSTS], posts=PAID_POST + "B | 2026-07-05 | false | 2026-07-10")
    assert totals(warehouse) == {("spring", "thandi"): 1}


def test_a_paid_partnership_in_two_running_campaigns_belongs_to_neither_and_is_listed(
    warehouse_of: Open,
) -> None:
    parties = "campaign | influencer\nspring | thandi\nautumn | thandi"
    warehouse = warehouse_of([POSTS], campaigns=TWO, participations=parties, posts=PAID_POST)
    assert totals(warehouse, *BOTH) == {}
    assert listed(warehouse, "posts_claimed_twice") == (
        ("instagram", "A", "paid partnership", "autumn / thandi, spring / thandi"),
    )


@pytest.mark.parametrize(("last_day", "owner"), [("2026-07-04", "spring"), ("2026-07-05", None)])
def test_a_campaign_that_ran_until_the_day_before_claims_no_paid_partnership(
    warehouse_of: Open, last_day: str, owner: str | None
) -> None:
    warehouse = warehouse_of(
        [POSTS],
        campaigns=f"campaign | last_day\nspring | 2026-07-31\nautumn | {last_day}",
        participations="campaign | influencer\nspring | thandi\nautumn | thandi",
        posts=PAID_POST,
    )
    assert [campaign for campaign, _ in totals(warehouse, *BOTH)] == ([owner] if owner else [])


def test_a_hashtag_goes_before_the_mark_of_a_paid_partnership(warehouse_of: Open) -> None:
    posts = PAID_POST.replace("known", "known | hashtags").replace("2026-07-10", "2026-07-10 | leaf")
    warehouse = warehouse_of(
        [POSTS], campaigns=TWO, posts=posts, tracking="campaign | kind | value\nautumn | hashtag | leaf"
    )
    assert totals(warehouse, *BOTH) == {("autumn", "thandi"): 1}


def test_a_hashtag_counts_only_on_posts_of_the_influencer_who_tracks_it(warehouse_of: Open) -> None:
    warehouse = warehouse_of(
        [POSTS],
        tracking="campaign | kind | value\nspring | hashtag | leaf",
        posts="""
            post_id | account | published_on | hashtags | known
            A       | thandi  | 2026-07-05   | leaf     | 2026-07-10
            B       | someone | 2026-07-05   | leaf     | 2026-07-10
        """,
    )
    assert totals(warehouse) == {("spring", "thandi"): 1}
    assert listed(warehouse, "posts_of_nobody") == (("instagram", "someone", "ig", "1"),)


@pytest.mark.parametrize(("first", "last", "posts"), [("05", "05", 1), ("06", "31", 0), ("01", "04", 0)])
def test_a_hashtag_counts_within_its_dates(warehouse_of: Open, first: str, last: str, posts: int) -> None:
    days = f"2026-07-{first} | 2026-07-{last}"
    rule = f"campaign | kind | value | valid_from | valid_to\nspring | hashtag | leaf | {days}"
    post = "post_id | published_on | hashtags | known\nA | 2026-07-05 | leaf | 2026-07-10"
    assert len(totals(warehouse_of([POSTS], tracking=rule, posts=post))) == posts


def test_a_named_post_counts_only_within_the_days_of_its_campaign(warehouse_of: Open) -> None:
    warehouse = warehouse_of(
        [POSTS],
        named_posts="platform | post_id | campaign | influencer\n"
        + "\n".join(f"instagram | {post} | spring | thandi" for post in "ABCD"),
        posts="post_id | published_on | known\n"
        + "\n".join(f"{post} | 2026-{day} | 2026-08-01" for post, day in
                    (("A", "06-30"), ("B", "07-01"), ("C", "07-31"), ("D", "08-01"))),
    )  # fmt: skip
    assert totals(warehouse) == {("spring", "thandi"): 2}


def test_the_account_of_the_source_says_whose_post_it_is_before_the_handle_does(warehouse_of: Open) -> None:
    warehouse = warehouse_of(
        [POSTS],
        influencers="influencer\nthandi\nmaria",
        accounts="influencer | platform | handle\nthandi | instagram | thandi",
        sources="source | account\nig | maria",
        tracking="""
            campaign | influencer | kind    | value
            spring   | thandi     | hashtag | leaf
            spring   | maria      | hashtag | leaf
        """,
        posts="post_id | account | published_on | hashtags | known\nA | thandi | 2026-07-05 | leaf | 2026-07-10",
    )
    assert totals(warehouse) == {("spring", "maria"): 1}


def test_a_handle_is_of_one_platform(warehouse_of: Open) -> None:
    warehouse = warehouse_of(
        [POSTS],
        influencers="influencer\nthandi\nmaria",
        accounts="influencer | platform | handle\nmaria | tiktok | tea.time\nthandi | instagram | tea.time",
        participations="campaign | influencer\nspring | maria\nspring | thandi",
        posts=PAID_POST.replace("known", "known | account").replace("07-10", "07-10 | tea.time"),
    )
    assert totals(warehouse) == {("spring", "thandi"): 1}


SHARED = "influencer | platform | handle\nthandi | instagram | duo\nmaria | instagram | duo"
OF_THE_DUO = "post_id | account | published_on | hashtags | known\nA | duo | 2026-07-05 | leaf | 2026-07-10"


def test_a_post_of_a_shared_account_belongs_to_the_one_whose_campaign_it_fits(warehouse_of: Open) -> None:
    rule = "campaign | influencer | kind | value\nspring | maria | hashtag | leaf"
    warehouse = warehouse_of(
        [POSTS], influencers="influencer\nthandi\nmaria", accounts=SHARED, tracking=rule, posts=OF_THE_DUO
    )
    assert totals(warehouse) == {("spring", "maria"): 1}


def test_a_post_of_an_account_whose_owners_both_track_its_tag_belongs_to_neither(warehouse_of: Open) -> None:
    rules = "campaign | influencer | kind | value\nspring | maria | hashtag | leaf\nspring | thandi | hashtag | leaf"
    warehouse = warehouse_of(
        [POSTS], influencers="influencer\nthandi\nmaria", accounts=SHARED, tracking=rules, posts=OF_THE_DUO
    )
    assert totals(warehouse) == {}
    assert listed(warehouse, "posts_claimed_twice")[0][-1] == "spring / maria, spring / thandi"


def test_posts_of_two_platforms_with_one_id_are_two_posts(warehouse_of: Open) -> None:
    views = simple("views", "posts", "views")
    warehouse = warehouse_of(
        [views],
        accounts="influencer | platform | handle\nthandi | instagram | thandi\nthandi | tiktok | thandi",
        tracking="campaign | kind | value\nspring | hashtag | leaf",
        posts="""
            platform  | post_id | published_on | hashtags | known
            instagram | A       | 2026-07-05   | leaf     | 2026-07-10
            tiktok    | A       | 2026-07-06   | leaf     | 2026-07-10
        """,
        post_counts="""
            platform  | post_id | counter | value | known
            instagram | A       | views   | 10    | 2026-07-10
            tiktok    | A       | views   | 700   | 2026-07-10
        """,
    )
    found = {cell.platform: (cell.numerator, cell.rows) for cell in warehouse.measures([window()])}
    assert found == {"instagram": (10, 1), "tiktok": (700, 1)}


def test_a_post_that_two_sources_list_at_one_moment_is_one_post(warehouse_of: Open) -> None:
    views = simple("views", "posts", "views")
    post = "A | 2026-07-05 | leaf | 2026-07-10"
    warehouse = warehouse_of(
        [views],
        sources="source | account\nig | thandi\nagency |",
        tracking="campaign | kind | value\nspring | hashtag | leaf",
        posts=f"post_id | published_on | hashtags | known | source\n{post} | ig\n{post} | agency",
        post_counts="post_id | counter | value | known | source\n"
        "A | views | 10 | 2026-07-10 | ig\nA | views | 10 | 2026-07-10 | agency",
    )
    [cell] = warehouse.measures([window()])
    assert (cell.numerator, cell.rows) == (10, 1)


# --- orders --------------------------------------------------------------------------------------

TIE = """
    campaign | kind | value | utm_campaign | utm_content | utm_source
    spring   | utm  | a     | tea          | thandi      |
    autumn   | utm  | b     | tea          |             | instagram
"""
TAGGED = "order_id | ordered_on | utm_campaign | utm_content | utm_source | known\n"


def test_two_utm_rules_with_as_many_matching_keys_give_the_order_to_neither(warehouse_of: Open) -> None:
    orders = TAGGED + "#1 | 2026-07-03 | tea | thandi | instagram | 2026-08-01"
    warehouse = warehouse_of([ORDERS], campaigns=TWO, tracking=TIE, orders=orders)
    assert totals(warehouse, *BOTH) == {}
    assert listed(warehouse, "orders_claimed_twice") == (
        ("shop", "#1", "utm", "autumn / thandi, spring / thandi"),
    )


@pytest.mark.parametrize(
    ("tags", "owner"),
    [("tea | thandi | tiktok", "spring"), ("tea | maria | instagram", "autumn"), ("tea | thandi |", "spring"),
     ("tea | | ", None), (" | thandi | instagram", None)],
)  # fmt: skip
def test_every_key_of_a_utm_rule_must_match(warehouse_of: Open, tags: str, owner: str | None) -> None:
    orders = TAGGED + f"#1 | 2026-07-03 | {tags} | 2026-08-01"
    warehouse = warehouse_of([ORDERS], campaigns=TWO, tracking=TIE, orders=orders)
    assert [campaign for campaign, _ in totals(warehouse, *BOTH)] == ([owner] if owner else [])


@pytest.mark.parametrize(("last", "orders"), [("03", 1), ("02", 0)])
def test_a_utm_rule_leads_orders_within_its_dates(warehouse_of: Open, last: str, orders: int) -> None:
    rule = f"campaign | kind | value | utm_campaign | valid_to\nspring | utm | x | tea | 2026-07-{last}"
    order = "order_id | ordered_on | utm_campaign | known\n#1 | 2026-07-03 | tea | 2026-08-01"
    warehouse = warehouse_of([ORDERS], tracking=rule, orders=order)
    assert len(totals(warehouse)) == orders
    assert len(listed(warehouse, "utm_tags_of_nobody")) == 1 - orders


def test_two_codes_of_two_campaigns_on_one_order_give_it_to_neither(warehouse_of: Open) -> None:
    codes = "campaign | kind | value\nspring | promo_code | TEA\nautumn | promo_code | LEAF"
    orders = "order_id | ordered_on | promo_codes | known\n#1 | 2026-07-03 | TEA LEAF | 2026-08-01"
    warehouse = warehouse_of([ORDERS], campaigns=TWO, tracking=codes, orders=orders)
    assert totals(warehouse, *BOTH) == {}
    assert listed(warehouse, "orders_claimed_twice")[0][2] == "promo_code"


@pytest.mark.parametrize(("first", "owner"), [("promo_code", "spring"), ("utm", "autumn")])
def test_the_kind_named_first_in_attribution_decides_and_the_other_claim_is_listed(
    warehouse_of: Open, first: str, owner: str
) -> None:
    second = {"promo_code": "utm", "utm": "promo_code"}[first]
    warehouse = warehouse_of(
        [ORDERS],
        campaigns=TWO,
        attribution=f"kind | rank\n{first} | 1\n{second} | 2",
        tracking="campaign | kind | value | utm_campaign\nspring | promo_code | TEA |\nautumn | utm | x | tea",
        orders="order_id | ordered_on | promo_codes | utm_campaign | known\n#1 | 2026-07-03 | TEA | tea | 2026-08-01",
    )
    assert totals(warehouse, *BOTH) == {(owner, "thandi"): 1}
    assert listed(warehouse, "orders_with_other_claims")[0][2:4] == (first, owner)


def test_a_kind_that_attribution_leaves_out_leads_no_orders(warehouse_of: Open) -> None:
    warehouse = warehouse_of(
        [ORDERS],
        attribution="kind | rank\npromo_code | 1",
        tracking="campaign | kind | value | utm_campaign\nspring | utm | x | tea",
        orders="order_id | ordered_on | utm_campaign | known\n#1 | 2026-07-03 | tea | 2026-08-01",
    )
    assert warehouse.measures([window()]) == []


def test_cancelled_voided_and_test_orders_are_left_out_everywhere(warehouse_of: Open) -> None:
    orders = """
        order_id | ordered_on | promo_codes | status | is_cancelled | is_test | known
        #1       | 2026-07-03 | TEA LEAF    | paid   | true         | false   | 2026-08-01
        #2       | 2026-07-03 | TEA LEAF    | voided | false        | false   | 2026-08-01
        #3       | 2026-07-03 | LOST        | paid   | false        | true    | 2026-08-01
        #4       | 2026-07-03 | TEA         | paid   | false        | false   | 2026-08-01
    """
    codes = "campaign | kind | value\nspring | promo_code | TEA\nautumn | promo_code | LEAF"
    warehouse = warehouse_of([ORDERS], campaigns=TWO, tracking=codes, orders=orders)
    assert totals(warehouse, *BOTH) == {("spring", "thandi"): 1}
    assert listed(warehouse, "orders_claimed_twice") == listed(warehouse, "codes_of_nobody") == ()
