"""A campaign's contract by itself: dates, KPIs, the rule, the people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from config_helpers import INFLUENCERS, KPI, PARTY, Files, campaign, first_kpi, load, said, spring

SPRING = "campaigns/spring.yml"
EACH = f"{KPI}\neach: influencer"
OTHER = '\n- key: other\nmetric: orders\ntarget: {op: ">=", value: 3}'


def faults(root: Path, text: str) -> list[str]:
    return [fault.removeprefix("config/campaigns/spring.yml:") for fault in said(root, {SPRING: text})]


def metric(name: str, more: str) -> str:
    value = "5%" if name.endswith("_rate") else "5"
    return campaign(kpi=f'key: k\nmetric: {name}\ntarget: {{op: ">=", value: {value}}}\n{more}')


# --- the whole contract --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ("kpi: x", "5:1: kpi: is not a key here; did you mean 'kpis'?"),
        ("key: spring", "5:1: key: a campaign's key is the name of its file; take it out"),
        ("place: here", "5:1: place: is not a key here; take it out"),
        ("supports: revenue", "5:1: supports: 'revenue' is not a KPI of the business; none is declared yet"),
        ("settle_days: 400", "5:1: settle_days: '400' is out of bounds; it may not be above 365"),
        (
            "budget: {amount: -1, currency: ZAR}",
            "5:10: budget.amount: '-1' is out of bounds; it may not be below 0",
        ),
        ("budget: {amount: 1}", "5:1: budget.currency: is missing; write `currency:` and its value"),
        ("agreed: {on: 2026-07-01, be: me}", "5:26: agreed.be: is not a key here; choose one of by, on, ref"),
    ],
)
def test_an_entry_that_does_not_belong_is_refused(tmp_path: Path, head: str, fault: str) -> None:
    assert faults(tmp_path, campaign(head=head)) == [fault]


def test_every_missing_entry_is_named(tmp_path: Path) -> None:
    assert faults(tmp_path, "name: ''\nobjective: lunch\n") == [
        "1:1: end: is missing; write `end:` and its value",
        "1:1: kpis: is missing; write `kpis:` and its value",
        "1:1: name: is empty; write a text",
        "1:1: start: is missing; write `start:` and its value",
        "2:1: objective: 'lunch' is not a word for this; did you mean 'launch'?",
    ]


def test_a_campaign_needs_a_kpi(tmp_path: Path) -> None:
    text = campaign().split("kpis:")[0] + "kpis: []\n"
    assert faults(tmp_path, text) == ["5:1: kpis: is empty; write at least one entry"]


def test_a_campaign_ends_after_it_starts(tmp_path: Path) -> None:
    wrong = "2026-07-01 is before the start, 2026-07-06; a campaign ends on or after its first day"
    assert faults(tmp_path, campaign().replace("2026-08-30", "2026-07-01")) == [f"4:1: end: {wrong}"]


def test_an_agreement_after_the_start_is_shown_and_not_refused(tmp_path: Path) -> None:
    agreed = spring(load(tmp_path, {SPRING: campaign(head="agreed: {on: 2026-07-20}")})).agreed
    assert agreed is not None
    assert agreed.on == date(2026, 7, 20)


def test_an_adjustment_names_a_kpi_of_the_campaign(tmp_path: Path) -> None:
    text = campaign(tail="adjustments:\n  - {on: 2026-07-20, what: a, why: b, kpi: veiws}")
    wrong = "'veiws' is not a KPI of this campaign; did you mean 'views'?"
    assert faults(tmp_path, text) == [f"12:39: adjustments[0].kpi: {wrong}"]


# --- the rule ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "rule", "share"),
    [
        ("all", "all", None),
        ("any", "any", None),
        ("all_primary", "all_primary", None),
        ("{share_met: 80%}", "share_met", Decimal("0.8")),
        ("{weighted: 66.7%}", "weighted", Decimal("0.667")),
    ],
)
def test_the_forms_of_a_rule(tmp_path: Path, written: str, rule: str, share: Decimal | None) -> None:
    text = campaign(kpi=f"{KPI}\nweight: 2", tail=f"success: {written}")
    found = spring(load(tmp_path, {SPRING: text})).success
    assert (found.rule, found.share) == (rule, share)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (
            "most",
            "11:1: success: 'most' is not a rule; choose one of all, all_primary, any, share_met, weighted",
        ),
        ("share_met", "11:1: success: 'share_met' needs its share; write {share_met: 80%}"),
        ("{share_met: 80}", "11:11: success.share_met: '80' is not a percentage; write 80%"),
        ("{share_met: 0%}", "11:11: success.share_met: '0%' is out of bounds; it may not be at or below 0 %"),
        ("{share_met: 101%}", "11:11: success.share_met: '101%' is out of bounds; it may not be above 100 %"),
        (
            "{all: true}",
            "11:1: success: is not a rule; write all, any, all_primary, {share_met: 80%} or {weighted: 80%}",
        ),
        ("{weighted: 80%}", "6:5: kpis[0].weight: is missing; a weighted rule needs the weight of each KPI"),
    ],
)
def test_a_rule_that_cannot_be_decided_is_refused(tmp_path: Path, written: str, fault: str) -> None:
    assert faults(tmp_path, campaign(tail=f"success: {written}")) == [fault]


def test_a_kpi_that_does_not_count_needs_no_weight(tmp_path: Path) -> None:
    text = campaign(kpi=f"{EACH}{OTHER}\nweight: 1", tail="success: {weighted: 80%}")
    assert spring(load(tmp_path, {SPRING: text})).success.rule == "weighted"


def test_some_kpi_counts_towards_the_verdict(tmp_path: Path) -> None:
    wrong = "5:1: kpis: no KPI counts towards the verdict; add `counts: true` to one of them"
    assert faults(tmp_path, campaign(kpi=EACH)) == [wrong]


# --- KPIs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (
            "counts: true",
            "9:5: kpis[0].counts: is for KPIs with `each: influencer`; take it out: this KPI counts anyway",
        ),
        (
            "on_missing: ignore",
            (
                "9:5: kpis[0].on_missing: 'ignore' is not a word for this; "
                "choose one of exclude, missed, not_evaluable"
            ),
        ),
        (
            "on_missing: exclude",
            "6:5: kpis[0].because: is missing; say why a KPI without numbers is left out of the verdict",
        ),
        (
            "min_sample: {posts: 0}",
            "9:18: kpis[0].min_sample.posts: '0' is out of bounds; it may not be below 1",
        ),
        (
            "min_sample: {post: 1}",
            "9:18: kpis[0].min_sample.post: 'post' is not a word for this; did you mean 'posts'?",
        ),
        (
            "min_coverage: 0.9",
            "9:5: kpis[0].min_coverage: '0.9' is not a percentage; write 90% or 0.9%, whichever is meant",
        ),
        ("weight: 0", "9:5: kpis[0].weight: '0' is out of bounds; it may not be at or below 0"),
        (
            "scope: {platform: instgram}",
            "9:13: kpis[0].scope.platform: 'instgram' is not a word for this; did you mean 'instagram'?",
        ),
        (
            "scope: {content_type: reels}",
            "9:13: kpis[0].scope.content_type: 'reels' is not a word for this; did you mean 'reel'?",
        ),
        (
            "scope: {influencer: sipho}",
            (
                "9:13: kpis[0].scope.influencer: 'sipho' is not an influencer of this campaign; "
                "choose one of thandi"
            ),
        ),
        (
            "each: post\ncounts: true",
            "9:5: kpis[0].each: 'post' is not a word for this; choose one of influencer",
        ),
        (
            "each: influencer\ncounts: true\nscope: {influencer: thandi}",
            "11:13: kpis[0].scope.influencer: stands beside `each: influencer`; keep one of them",
        ),
    ],
)
def test_a_kpi_that_contradicts_itself_is_refused(tmp_path: Path, more: str, fault: str) -> None:
    assert faults(tmp_path, campaign(kpi=f"{KPI}\n{more}")) == [fault]


def test_a_primary_kpi_counts(tmp_path: Path) -> None:
    text = campaign(kpi=f"{EACH}\nprimary: true{OTHER}")
    assert faults(tmp_path, text) == [
        "10:5: kpis[0].primary: is primary but does not count; add `counts: true`"
    ]


def test_a_reason_makes_exclude_possible(tmp_path: Path) -> None:
    text = campaign(kpi=f"{KPI}\non_missing: exclude\nbecause: the shop closed for a week")
    assert first_kpi(load(tmp_path, {SPRING: text})).because == "the shop closed for a week"


def test_an_unknown_metric_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    text = campaign(kpi=KPI.replace("metric: views", "metric: vibes"))
    assert faults(tmp_path, text) == ["7:5: kpis[0].metric: 'vibes' is not a metric; did you mean 'views'?"]


def test_the_key_of_a_kpi_stands_once(tmp_path: Path) -> None:
    wrong = "'views' is taken already at config/campaigns/spring.yml:6:5; choose another"
    assert faults(tmp_path, campaign(kpi=f"{KPI}\n- {KPI}")) == [f"9:5: kpis[1].key: {wrong}"]


@pytest.mark.parametrize(
    ("name", "more", "fault"),
    [
        (
            "orders",
            "scope: {platform: instagram}",
            (
                "9:13: kpis[0].scope.platform: orders cannot be split by platform; "
                "only metrics of posts can: take it out"
            ),
        ),
        (
            "cpm",
            "scope: {content_type: reel}",
            (
                "9:13: kpis[0].scope.content_type: cpm cannot be split by content_type; "
                "only metrics of posts can: take it out"
            ),
        ),
        (
            "open_rate",
            "scope: {influencer: thandi}",
            (
                "9:13: kpis[0].scope.influencer: open_rate cannot be split by influencer; "
                "take it out or choose another metric"
            ),
        ),
        (
            "subscribers",
            "each: influencer\ncounts: true",
            (
                "9:5: kpis[0].each: subscribers cannot be split by influencer; "
                "take it out or choose another metric"
            ),
        ),
    ],
)
def test_a_scope_needs_a_metric_that_can_be_split(tmp_path: Path, name: str, more: str, fault: str) -> None:
    assert faults(tmp_path, metric(name, more)) == [fault]


def test_rates_of_posts_can_be_split(tmp_path: Path) -> None:
    text = campaign(
        kpi='key: k\nmetric: engagement_rate_by_views\ntarget: {op: ">=", value: 5%}\n'
        "scope: {platform: instagram, content_type: reel, influencer: thandi}"
    )
    assert first_kpi(load(tmp_path, {SPRING: text})).scope.content_type == "reel"


# --- people --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("party", "fault"),
    [
        (
            "influencer: thandy",
            "10:5: influencers[0].influencer: 'thandy' is not an influencer; did you mean 'thandi'?",
        ),
        (
            f"{PARTY}\n- {PARTY}",
            (
                "11:5: influencers[1].influencer: 'thandi' is taken already at "
                "config/campaigns/spring.yml:10:5; choose another"
            ),
        ),
        (
            f"{PARTY}\ndeliverables: {{reels: 3}}",
            "11:20: influencers[0].deliverables.reels: 'reels' is not a word for this; did you mean 'reel'?",
        ),
        (
            f"{PARTY}\nposts: [insta:17]",
            (
                "11:13: influencers[0].posts[0]: 'insta:17' is not the name of a post; "
                "write platform and id, such as instagram:17900000000000001"
            ),
        ),
        (
            f"{PARTY}\nfee: {{amount: 5, currency: ZA}}",
            (
                "11:22: influencers[0].fee.currency: 'ZA' is not a currency; "
                "write its three capital letters (ISO 4217), such as EUR"
            ),
        ),
    ],
)
def test_a_participation_that_leads_nowhere_is_refused(tmp_path: Path, party: str, fault: str) -> None:
    assert faults(tmp_path, campaign(party=party)) == [fault]


def test_an_influencer_is_named_by_the_key_of_today(tmp_path: Path) -> None:
    files: Files = {
        "influencers.yml": "influencers:\n  - {key: thandi, name: Thandi M., was: [thembi, tm]}\n",
        SPRING: campaign(party="influencer: thembi"),
    }
    wrong = "'thembi' has another key now; write thandi"
    assert said(tmp_path, files) == [f"config/campaigns/spring.yml:10:5: influencers[0].influencer: {wrong}"]


def test_a_file_that_cannot_be_read_makes_no_name_unknown(tmp_path: Path) -> None:
    assert said(
        tmp_path,
        {
            "influencers.yml": INFLUENCERS.replace("key: sipho", "kye: sipho"),
            SPRING: campaign(party="influencer: sipho"),
        },
    ) == [
        "config/influencers.yml:3:5: influencers[1].key: is missing; write `key:` and its value",
        "config/influencers.yml:3:6: influencers[1].kye: is not a key here; did you mean 'key'?",
    ]


def test_the_name_of_a_campaigns_file_is_no_longer_than_a_key(tmp_path: Path) -> None:
    long = f"campaigns/{'k' * 81}.yml"
    (fault,) = said(tmp_path, {long: campaign()})
    assert fault.startswith(
        f"config/campaigns/{'k' * 57}...: a campaign's key has at most 80 characters, not 81"
    )
