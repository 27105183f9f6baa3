"""Rules 23 and 24: a campaign's verdict by its success rule. The full table is docs/truth-table.md."""

from __future__ import annotations

from decimal import Decimal

import pytest
from spec_tables import Rule, at_least, campaign, judge, kpi

from perftrack_site.config.models import Kpi

RESULTS = {"missed": "90", "met": "100", "exceeded": "200"}


def four(
    *results: str, primary: str = "", weights: str = "1 1 1 1", **said: str
) -> tuple[tuple[Kpi, ...], str]:
    """Agree on four KPIs and write the cells that give each the wanted result ('?' gives no cell)."""
    metrics = ("views", "engagements", "orders", "hashtag_posts")
    kpis = tuple(
        kpi(metric, at_least("100", "150"), primary=metric in primary, weight=Decimal(weight), **said)
        for metric, weight in zip(metrics, weights.split(), strict=True)
    )
    known = [(metric, result) for metric, result in zip(metrics, results, strict=True) if result != "?"]
    rows = "\n".join(f"{metric} | {RESULTS[result]}" for metric, result in known)
    return kpis, f"metric | numerator\n{rows}"


@pytest.mark.parametrize(
    ("rule", "share", "results", "expected"),
    [
        ("all", None, "met met met exceeded", "met"),
        ("all", None, "met met met missed", "missed"),
        ("all", None, "exceeded exceeded exceeded exceeded", "exceeded"),
        ("any", None, "missed missed missed met", "met"),
        ("any", None, "missed missed missed missed", "missed"),
        ("any", None, "missed met missed exceeded", "exceeded"),
        ("share_met", "0.75", "met met exceeded missed", "met"),
        ("share_met", "0.75", "met met missed missed", "missed"),
        ("share_met", "0.75", "exceeded exceeded exceeded missed", "exceeded"),
        ("share_met", "0.76", "met met met missed", "missed"),
    ],
)
def test_the_rule_decides(rule: Rule, share: str | None, results: str, expected: str) -> None:
    kpis, table = four(*results.split())
    assert judge(campaign(*kpis, success=rule, share=share), table).verdict == expected


def test_only_primary_kpis_decide_where_some_are_marked() -> None:
    kpis, table = four("met", "missed", "missed", "exceeded", primary="views hashtag_posts")
    assert judge(campaign(*kpis), table).verdict == "met"


def test_all_kpis_are_primary_where_none_is_marked() -> None:
    kpis, table = four("met", "met", "missed", "met")
    found = judge(campaign(*kpis), table)
    assert (found.verdict, [entry.primary for entry in found.kpis]) == ("missed", [True] * 4)


def test_weights_count_instead_of_heads() -> None:
    kpis, table = four("met", "missed", "missed", "missed", weights="60 20 10 10")
    verdicts = {
        share: judge(campaign(*kpis, success="weighted", share=share), table).verdict
        for share in ("0.6", "0.61")
    }
    assert verdicts == {"0.6": "met", "0.61": "missed"}


def test_the_share_is_compared_exactly() -> None:
    # Three tenths and a third of it: 0.1 + 0.2 is above 0.3 in doubles.
    kpis, table = four("met", "met", "missed", "missed", weights="0.1 0.2 0.3 0.4")
    assert judge(campaign(*kpis, success="weighted", share="0.3"), table).verdict == "met"
    assert (
        judge(campaign(*kpis, success="weighted", share="0.300000000000000000001"), table).verdict == "missed"
    )


def test_a_missing_kpi_that_could_change_the_verdict_makes_it_not_evaluable() -> None:
    kpis, table = four("met", "met", "met", "?")
    found = judge(campaign(*kpis), table)
    assert (found.verdict, found.reason) == ("not_evaluable", "Hashtag posts: no posts found")


def test_a_missing_kpi_changes_nothing_where_another_was_missed_anyway() -> None:
    kpis, table = four("met", "missed", "met", "?")
    assert judge(campaign(*kpis), table).verdict == "missed"


def test_a_missing_kpi_counts_as_missed_where_that_was_agreed() -> None:
    kpis, table = four("met", "met", "met", "?", on_missing="missed")
    found = judge(campaign(*kpis), table)
    assert (found.verdict, found.kpis[3].verdict, found.kpis[3].treated_as) == (
        "missed",
        "not_evaluable",
        "missed",
    )


def test_a_missing_kpi_is_left_out_where_that_was_agreed() -> None:
    kpis, table = four("met", "met", "met", "?", on_missing="exclude", because="tags are new")
    found = judge(campaign(*kpis), table)
    assert (found.verdict, found.kpis[3].treated_as) == ("met", "left out: tags are new")


def test_where_every_kpi_is_left_out_nothing_can_be_said() -> None:
    kpis, table = four("?", "?", "?", "?", on_missing="exclude", because="tags are new")
    found = judge(campaign(*kpis, success="any"), table)
    assert found.verdict == "not_evaluable"
    assert str(found.reason).startswith("Views: no posts found; Engagements: no posts found")


def test_the_share_of_kpis_met_within_the_campaign_stands_beside_the_verdict() -> None:
    kpis, table = four("met", "missed", "exceeded", "?", primary="views")
    found = judge(campaign(*kpis), table)
    assert (found.verdict, found.kpis_met, found.kpis_decided) == ("met", 2, 3)


@pytest.mark.parametrize(
    ("rule", "share", "words"),
    [
        ("all", None, "all KPIs must be met"),
        ("any", None, "at least one KPI must be met"),
        ("all_primary", None, "all primary KPIs must be met"),
        ("share_met", "0.8", "at least 80\N{NBSP}% of the KPIs must be met"),
        ("weighted", "0.755", "KPIs with at least 75.5\N{NBSP}% of the weight must be met"),
    ],
)
def test_the_rule_is_said_in_words(rule: Rule, share: str | None, words: str) -> None:
    assert judge(campaign(success=rule, share=share)).success == words
