from __future__ import annotations

from collections.abc import Callable

from little_tables import ratio, simple, window

from perftrack_site.warehouse.warehouse import Warehouse

Open = Callable[..., Warehouse]
VIEWS = simple("views", "posts", "views")
RATE = ratio("engagement_rate_by_reach", "posts", "engagements", "reach")
TAGGED = {"tracking": "campaign | kind | value\nspring | hashtag | umoja"}
POST = "post_id | published_on | hashtags | known\nA | 2026-07-05 | umoja | 2026-07-10"


def answer(warehouse: Warehouse, *windows: object) -> list[tuple[object, ...]]:
    cells = warehouse.measures(windows or [window()])  # type: ignore[arg-type]
    return [(cell.numerator, cell.denominator, cell.covered, cell.rows) for cell in cells]


def test_the_last_value_known_at_the_cutoff_counts(warehouse_of: Open) -> None:
    warehouse = warehouse_of([VIEWS], **TAGGED, posts=POST, post_counts="""
        post_id | counter | value | known
        A       | views   | 100   | 2026-07-10
        A       | views   | 180   | 2026-08-14
        A       | views   | 900   | 2026-08-15
    """)  # fmt: skip
    assert answer(warehouse) == [(180, None, 1, 1)]


def test_a_falling_counter_is_used_as_it_stands_and_listed(warehouse_of: Open) -> None:
    warehouse = warehouse_of([VIEWS], **TAGGED, posts=POST, post_counts="""
        post_id | counter | value | known
        A       | views   | 100   | 2026-07-10
        A       | views   | 90    | 2026-07-20
    """)  # fmt: skip
    assert answer(warehouse) == [(90, None, 1, 1)]
    fell = next(check for check in warehouse.checks() if check.key == "counters_that_fell")
    assert fell.rows == (("instagram", "A", "views", "2026-07-20", "100", "90"),)


def test_two_values_for_one_moment_are_both_left_out_and_both_named(warehouse_of: Open) -> None:
    warehouse = warehouse_of([VIEWS], **TAGGED, posts=POST, post_counts="""
        post_id | counter | value | known
        A       | views   | 80    | 2026-07-10
        A       | views   | 100   | 2026-07-20
        A       | views   | 120   | 2026-07-20
    """)  # fmt: skip
    assert answer(warehouse) == [(None, None, 0, 1)]
    conflict = next(check for check in warehouse.checks() if check.key == "counters_in_conflict")
    assert conflict.rows == (("instagram", "A", "views", "2026-07-20", "100 or 120"),)


def test_insights_are_believed_before_a_newer_list_entry(warehouse_of: Open) -> None:
    likes = simple("likes", "posts", "likes")
    warehouse = warehouse_of([likes], **TAGGED, posts=POST, post_counts="""
        post_id | counter | value | known      | witness
        A       | likes   | 100   | 2026-07-10 | insights
        A       | likes   | 130   | 2026-07-20 | list
    """)  # fmt: skip
    assert answer(warehouse) == [(100, None, 1, 1)]


def test_a_value_older_than_its_source_may_be_is_not_used(warehouse_of: Open) -> None:
    sources = "source | overlap | error_after_days\nig | cumulative | 15"
    tables = {"sources": sources, "posts": POST, **TAGGED}
    counts = "post_id | counter | value | known\nA | views | 100 | 2026-07-10"
    warehouse = warehouse_of([VIEWS], **tables, post_counts=counts)
    assert answer(warehouse, window(known_by="2026-07-25")) == [(100, None, 1, 1)]
    assert answer(warehouse, window(known_by="2026-07-26")) == [(None, None, 0, 1)]


def test_a_post_without_reach_leaves_numerator_and_denominator(warehouse_of: Open) -> None:
    counts = [f"A | {counter} | 10 | 2026-07-10" for counter in ("likes", "comments", "shares", "saves")]
    more = [row.replace("A |", "B |") for row in counts]
    warehouse = warehouse_of(
        [RATE], **TAGGED,
        posts=POST + "\nB | 2026-07-06 | umoja | 2026-07-10",
        post_counts="\n".join(["post_id | counter | value | known", *counts, *more, "A | reach | 800 | 2026-07-10"]),
    )  # fmt: skip
    assert answer(warehouse) == [(40, 800, 1, 2)]


def test_a_named_post_belongs_to_its_contract_before_any_hashtag(warehouse_of: Open) -> None:
    warehouse = warehouse_of(
        [VIEWS],
        campaigns="campaign\nspring\nautumn",
        tracking="campaign | kind | value\nautumn | hashtag | umoja",
        named_posts="platform | post_id | campaign | influencer\ninstagram | A | spring | thandi",
        posts=POST,
        post_counts="post_id | counter | value | known\nA | views | 7 | 2026-07-10",
    )
    assert answer(warehouse, window("spring"), window("autumn")) == [(7, None, 1, 1)]


def test_a_post_that_two_campaigns_tag_belongs_to_neither_and_is_listed(warehouse_of: Open) -> None:
    warehouse = warehouse_of(
        [VIEWS],
        campaigns="campaign\nspring\nautumn",
        tracking="campaign | kind | value\nautumn | hashtag | umoja\nspring | hashtag | umoja",
        posts=POST,
        post_counts="post_id | counter | value | known\nA | views | 7 | 2026-07-10",
    )
    assert answer(warehouse, window("spring"), window("autumn")) == []
    twice = next(check for check in warehouse.checks() if check.key == "posts_claimed_twice")
    assert twice.rows == (("instagram", "A", "hashtag", "autumn / thandi, spring / thandi"),)


def test_no_post_with_the_hashtag_is_zero_where_posts_were_found(warehouse_of: Open) -> None:
    tagged = simple("hashtag_posts", "posts", None, "has_campaign_hashtag")
    named = "platform | post_id | campaign | influencer\ninstagram | A | spring | thandi"
    warehouse = warehouse_of(
        [tagged], named_posts=named, posts=POST, post_counts="post_id | counter | value | known"
    )
    assert answer(warehouse) == [(0, None, 0, 0)]


def test_receipts_name_the_lines_of_every_counter_that_was_added(warehouse_of: Open) -> None:
    lines = "\n".join(
        f"A | {counter} | 1 | 2026-07-10" for counter in ("likes", "reach", "comments", "shares", "saves")
    )
    warehouse = warehouse_of(
        [RATE], **TAGGED, posts=POST, post_counts="post_id | counter | value | known\n" + lines
    )
    [cell] = warehouse.measures([window()])
    assert [found.lines for found in cell.lines] == ["1,3-5"]
    assert [found.lines for found in cell.denominator_lines] == ["2"]
    assert str(cell.as_at) == "2026-07-10"


def test_posts_of_our_influencers_in_no_campaign_are_counted(warehouse_of: Open) -> None:
    posts = POST + "\nB | 2026-07-06 | | 2026-07-10\nC | 2026-07-09 | else | 2026-07-10"
    warehouse = warehouse_of([VIEWS], **TAGGED, posts=posts)
    outside = next(check for check in warehouse.checks() if check.key == "posts_in_no_campaign")
    assert outside.rows == (("thandi", "instagram", "2", "2026-07-06", "2026-07-09"),)


def test_a_contradiction_of_the_insights_is_not_settled_by_the_list(warehouse_of: Open) -> None:
    likes = simple("likes", "posts", "likes")
    warehouse = warehouse_of([likes], **TAGGED, posts=POST, post_counts="""
        post_id | counter | value | known      | witness
        A       | likes   | 100   | 2026-07-20 | insights
        A       | likes   | 120   | 2026-07-20 | insights
        A       | likes   | 100   | 2026-07-20 | list
    """)  # fmt: skip
    assert answer(warehouse) == [(None, None, 0, 1)]


def test_a_later_reading_ends_a_contradiction(warehouse_of: Open) -> None:
    warehouse = warehouse_of([VIEWS], **TAGGED, posts=POST, post_counts="""
        post_id | counter | value | known
        A       | views   | 100   | 2026-07-20
        A       | views   | 120   | 2026-07-20
        A       | views   | 130   | 2026-07-25
    """)  # fmt: skip
    assert answer(warehouse, window(known_by="2026-07-24")) == [(None, None, 0, 1)]
    assert answer(warehouse, window(known_by="2026-07-25")) == [(130, None, 1, 1)]


def test_the_list_is_believed_once_the_insights_are_too_old(warehouse_of: Open) -> None:
    likes = simple("likes", "posts", "likes")
    sources = "source | overlap | error_after_days\nig | cumulative | 15"
    warehouse = warehouse_of([likes], **TAGGED, sources=sources, posts=POST, post_counts="""
        post_id | counter | value | known      | witness
        A       | likes   | 100   | 2026-07-10 | insights
        A       | likes   | 130   | 2026-07-20 | list
    """)  # fmt: skip
    assert answer(warehouse, window(known_by="2026-07-25")) == [(100, None, 1, 1)]
    assert answer(warehouse, window(known_by="2026-07-26")) == [(130, None, 1, 1)]


def test_a_story_has_replies_and_shares_for_engagements(warehouse_of: Open) -> None:
    sums = [simple(name, "posts", name) for name in ("engagements", "weighted_engagements")]
    posts = """
        post_id | published_on | hashtags | content_type | known
        S       | 2026-07-05   | umoja    | story        | 2026-07-10
        R       | 2026-07-05   | umoja    | reel         | 2026-07-10
        H       | 2026-07-05   | umoja    | carousel     | 2026-07-10
    """
    counts = [
        f"{post} | {counter} | {value} | 2026-07-10"
        for post, hidden in (("S", "likes saves"), ("R", ""), ("H", "saves"))
        for counter, value in (("likes", 1000), ("saves", 100), ("comments", 10), ("shares", 1))
        if counter not in hidden
    ]
    warehouse = warehouse_of(
        sums, **TAGGED, posts=posts, post_counts="post_id | counter | value | known\n" + "\n".join(counts)
    )
    found = {(cell.metric, cell.content_type): cell.numerator for cell in warehouse.measures([window()])}
    assert found == {
        ("engagements", "story"): 11,
        ("engagements", "reel"): 1111,
        ("engagements", "carousel"): None,
        ("weighted_engagements", "story"): 33,
        ("weighted_engagements", "reel"): 1233,
        ("weighted_engagements", "carousel"): None,
    }


def test_each_window_of_a_campaign_takes_what_was_known_in_it(warehouse_of: Open) -> None:
    warehouse = warehouse_of([VIEWS], **TAGGED, posts=POST, post_counts="""
        post_id | counter | value | known
        A       | views   | 100   | 2026-07-10
        A       | views   | 180   | 2026-07-20
    """)  # fmt: skip
    days = ("2026-07-09", "2026-07-10", "2026-07-19", "2026-07-20")
    cells = warehouse.measures([window(known_by=day) for day in days])
    assert {str(cell.moment): cell.numerator for cell in cells} == {
        "2026-07-10": 100,
        "2026-07-19": 100,
        "2026-07-20": 180,
    }
    assert [bool(cell.lines) for cell in cells] == [False, False, True]


def test_a_source_that_tells_less_of_a_post_hides_nothing_that_another_told(warehouse_of: Open) -> None:
    warehouse = warehouse_of(
        [VIEWS],
        tracking="campaign | kind | value\nspring | hashtag | umoja",
        posts="""
            source | post_id | published_on | hashtags | caption | known
            ig     | p1      | 2026-07-03   | umoja    | a tea   | 2026-07-05
            sheet  | p1      | 2026-07-03   |          |         | 2026-07-12
        """,
        post_counts="post_id | counter | value | known\np1 | views | 70 | 2026-07-12",
        sources="source | overlap\nig | cumulative\nsheet | replaces",
    )
    assert [cell.numerator for cell in warehouse.measures([window()]) if cell.metric == "views"] == [70]
    assert [post.caption for post in warehouse.posts()] == ["a tea"]


def test_a_total_over_days_that_begin_with_the_post_is_a_running_total_and_others_are_not(
    warehouse_of: Open,
) -> None:
    warehouse = warehouse_of(
        [VIEWS],
        named_posts="platform | post_id | campaign | influencer\n"
        "x | p1 | spring | thandi\nx | p2 | spring | thandi\nx | p3 | spring | thandi",
        posts="""
            platform | post_id | published_on | known
            x        | p1      | 2026-07-03   | 2026-07-20
            x        | p2      | 2026-07-03   | 2026-07-20
            x        | p3      | 2026-07-03   | 2026-07-20
        """,
        post_spans="""
            platform | post_id | from_day   | to_day     | counter | value | known
            x        | p1      | 2026-07-01 | 2026-07-19 | views   | 50    | 2026-07-20
            x        | p2      | 2026-07-08 | 2026-07-19 | views   | 7     | 2026-07-20
            x        | p3      | 2026-07-01 | 2026-07-19 | views   | 9     | 2026-07-20
        """,
        post_counts="platform | post_id | counter | value | witness | known\nx | p3 | views | 8 | list | 2026-07-19",
    )
    cells = warehouse.measures([window()])
    assert sum(cell.numerator or 0 for cell in cells) == 50 + 8
    assert sum(cell.covered for cell in cells) == 2


def test_an_export_beside_the_api_does_not_contradict_it(warehouse_of: Open) -> None:
    warehouse = warehouse_of(
        [VIEWS],
        named_posts="platform | post_id | campaign | influencer\ninstagram | p1 | spring | thandi",
        posts="post_id | published_on | known\np1 | 2026-07-03 | 2026-07-05",
        post_counts="""
            source | post_id | counter | value | witness  | known
            api    | p1      | views   | 1000  | insights | 2026-07-20
            sheet  | p1      | views   | 1003  | export   | 2026-07-20
            ig     | p1      | views   | 990   | list     | 2026-07-20
        """,
        sources="source | overlap\nig | cumulative\napi | cumulative\nsheet | cumulative",
    )
    assert [cell.numerator for cell in warehouse.measures([window()])] == [1000]
