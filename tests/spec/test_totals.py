"""Rules 16 and 19: add up first, divide last; what cannot be added says so."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from spec_tables import at_least, campaign, judge_kpi, kpi, party, tracking

from perftrack_site.config.models import Scope, TrackingKind


def test_cells_of_a_campaign_add_up() -> None:
    found = judge_kpi(kpi("views"), """
        metric | influencer | content_type | numerator | rows
        views  | ana        | reel         | 1200      | 3
        views  | ana        | story        | 300       | 2
        views  | ben        | reel         | 500       | 1
    """)  # fmt: skip
    assert (found.actual.value, found.actual.rows) == (Fraction(2000), 6)


def test_a_rate_is_the_sum_of_numerators_over_the_sum_of_denominators() -> None:
    # The mean of the two rates would be (2 % + 0.44 %) / 2.
    found = judge_kpi(kpi("engagement_rate_by_reach", at_least("0.03")), """
        metric                   | influencer | numerator | denominator
        engagement_rate_by_reach | ana        | 20        | 1000
        engagement_rate_by_reach | ben        | 40        | 9000
    """)  # fmt: skip
    assert found.actual.value == Fraction(60, 10000)


def test_a_rate_over_two_tables_divides_the_totals_of_both() -> None:
    found = judge_kpi(kpi("cost_per_order", at_least("1")), """
        metric | influencer | numerator | rows
        spend  | ana        | 100.50    | 2
        spend  |            | 99.50     | 1
        orders | ana        | 3         | 3
    """)  # fmt: skip
    assert found.actual.value == Fraction(200, 3)


def test_a_derived_metric_works_out_its_expression_exactly() -> None:
    found = judge_kpi(kpi("roi", at_least("0.1")), """
        metric      | influencer | numerator
        net_revenue | ana        | 130.10
        spend       |            | 100.00
    """)  # fmt: skip
    assert found.actual.value == Fraction(301, 1000)


def test_a_scope_takes_only_its_own_cells() -> None:
    table = """
        metric | influencer | platform  | content_type | numerator
        views  | ana        | instagram | reel         | 1
        views  | ana        | instagram | story        | 10
        views  | ben        | instagram | reel         | 100
        views  | ana        | tiktok    | video        | 1000
    """
    scopes = {
        "on TikTok": Scope(platform="tiktok"),
        "in stories": Scope(content_type="story"),
        "by Ben": Scope(influencer="ben"),
        "in reels on Instagram": Scope(platform="instagram", content_type="reel"),
    }
    found = {words: judge_kpi(kpi(scope=scope), table) for words, scope in scopes.items()}
    assert [entry.actual.value for entry in found.values()] == [1000, 10, 100, 101]
    assert [entry.scope for entry in found.values()] == list(scopes)


def test_reach_adds_up_reach_of_posts_and_says_that_it_is_an_upper_bound() -> None:
    found = judge_kpi(kpi("reach"), "metric | numerator\n reach | 900\n reach | 800")
    assert (found.actual.value, found.actual.note) == (Fraction(1700), "sum of post reaches, an upper bound")


def test_every_rate_names_its_basis() -> None:
    table = "metric | numerator | denominator\n engagement_rate_by_reach | 1 | 2"
    assert judge_kpi(kpi("engagement_rate_by_reach"), table).actual.basis == "reach"


@given(st.lists(st.decimals("-99999999.9999", "99999999.9999", places=4), min_size=1, max_size=30))
def test_money_adds_up_to_the_last_digit_in_any_order(amounts: list[object]) -> None:
    def total(parts: list[object]) -> Fraction | None:
        rows = "\n".join(f"spend | {amount:f}" for amount in parts)
        return judge_kpi(kpi("spend"), f"metric | numerator\n{rows}").actual.value

    assert total(amounts) == total(amounts[::-1]) == sum(Fraction(str(amount)) for amount in amounts)


def test_orders_of_an_influencer_are_counted_for_the_campaign_too() -> None:
    agreed = campaign(influencers=(party("ana", tracking(TrackingKind.UTM, "campaign=spring")),))
    assert agreed.influencers[0].tracking[0].kind is TrackingKind.UTM
    assert judge_kpi(kpi("orders"), "metric | influencer | numerator\n orders | ana | 4").actual.value == 4
