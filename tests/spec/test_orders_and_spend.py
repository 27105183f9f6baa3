"""Rules 12 to 14: when there are no orders, no spend, or no common currency."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from spec_tables import DECIDED, at_least, at_most, campaign, judge, judge_kpi, kpi, party, tracking

from perftrack_site.config.models import Money, Scope, TrackingKind


def test_a_shop_that_was_read_and_has_no_order_counts_zero() -> None:
    found = judge_kpi(kpi("orders"), "metric | influencer | numerator | rows\n orders | ana | 0 | 0")
    assert (found.actual.value, found.verdict) == (Fraction(0), "missed")


def test_orders_without_a_code_or_tag_are_not_evaluable() -> None:
    hashtag_only = party("ana", tracking(TrackingKind.HASHTAG, "spring"))
    found = judge(campaign(kpi("orders"), influencers=(hashtag_only,)))
    assert found.kpis[0].reason == "no code or UTM tag leads orders here"


def test_orders_are_not_evaluable_where_no_kind_of_their_tracking_is_in_attribution() -> None:
    tagged = campaign(kpi("orders"), influencers=(party("ana", tracking(TrackingKind.UTM, "campaign=tea")),))
    reasons = {
        kinds: judge(tagged, attribution=kinds).kpis[0].reason for kinds in (("utm",), ("promo_code",))
    }
    assert reasons == {
        ("utm",): "the shop was not read",
        ("promo_code",): "no code or UTM tag leads orders here",
    }


def test_orders_of_an_influencer_without_a_code_are_not_evaluable() -> None:
    found = judge_kpi(kpi("orders", scope=Scope(influencer="ben")))
    assert found.reason == "no code or UTM tag leads orders here"


def test_a_shop_that_was_not_read_in_time_blocks_the_orders() -> None:
    why = "the newest order file is of 2026-05-30, before the campaign began"
    found = judge_kpi(kpi("orders"), f"""
        metric | influencer | numerator | rows | blocked
        orders | ana        | 0         | 0    | {why}
    """)  # fmt: skip
    assert (found.verdict, found.reason) == ("not_evaluable", why)


def test_no_spend_recorded_is_not_free() -> None:
    assert judge_kpi(kpi("spend", at_most("500"))).reason == "no spend recorded"


def test_a_fee_in_the_contract_is_a_promise_not_spend() -> None:
    paid = party("ana", fee=Money(amount=Decimal(4200), currency="ZAR"))
    found = judge(campaign(kpi("spend", at_most("500")), influencers=(paid,)))
    assert found.kpis[0].actual.value is None
    assert found.influencers[0].fee == 4200


def test_money_that_cannot_be_converted_makes_the_number_not_evaluable() -> None:
    why = "mixed currencies: no FX rate USD to ZAR on 2026-07-03"
    found = judge_kpi(kpi("spend", at_most("500")), f"""
        metric | influencer | numerator | blocked
        spend  | ana        | 100.00    |
        spend  | ben        |           | {why}
    """)  # fmt: skip
    assert (found.verdict, found.reason) == ("not_evaluable", why)


def test_money_stands_in_the_currency_of_the_campaign() -> None:
    in_euro = campaign(kpi("spend"), budget=Money(amount=Decimal(900), currency="EUR"))
    found = judge(in_euro, "metric | numerator\n spend | 120.00")
    assert (found.currency, found.kpis[0].actual.currency, found.kpis[0].target.currency) == ("EUR",) * 3


def test_a_target_in_another_currency_than_the_campaign_cannot_be_compared() -> None:
    found = judge_kpi(
        kpi("spend", at_least("100", currency="USD")), "metric | numerator\n spend | 120.00", DECIDED
    )
    assert (found.verdict, found.gap) == ("not_evaluable", None)
    assert found.reason == "mixed currencies: the target is in USD, the numbers in ZAR"
