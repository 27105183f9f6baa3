"""A code, tag, link or post leads to one campaign and influencer on any day."""

from __future__ import annotations

from pathlib import Path

import pytest
from config_helpers import PARTY, campaign, load, said

from perftrack_site.config import check_claims
from perftrack_site.sources.platforms.instagram_graph import hashtags


def tracked(*entries: str, influencer: str = "thandi") -> str:
    return "\n".join([f"influencer: {influencer}", "tracking:", *(f"  - {entry}" for entry in entries)])


def two(first: str, second: str) -> dict[str, str]:
    """Write two campaigns that run on the same days."""
    return {"campaigns/autumn.yml": campaign(party=first), "campaigns/spring.yml": campaign(party=second)}


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ("{promo_code: thandi10}", "{promo_code: ' THANDI10 '}", "the promo code 'THANDI10'"),
        ("{promo_code: THANDI\uff11\uff10}", "{promo_code: THANDI10}", "the promo code 'THANDI10'"),
        ("{click_ref: T-1}", "{click_ref: t-1}", "the click reference 't-1'"),
        ("{link: https://umoja.example/t/}", "{link: Umoja.example/t}", "the link 'umoja.example/t'"),
        ("{hashtag: '#UmojaSpring'}", "{hashtag: umojaspring}", "the hashtag 'umojaspring'"),
        (
            "{utm_content: t, utm_campaign: s}",
            "{utm_campaign: S, utm_content: T}",
            "the UTM tags 'campaign=s&content=t'",
        ),
    ],
)
def test_two_campaigns_cannot_claim_the_same(tmp_path: Path, first: str, second: str, what: str) -> None:
    (fault,) = said(tmp_path, two(tracked(first), tracked(second)))
    assert fault == (
        "config/campaigns/spring.yml:12:9: influencers[0].tracking[0]: "
        f"config/campaigns/autumn.yml:12:9 claims {what} too, from 2026-07-06 to 2026-09-13; "
        "give it to one of them, or part their dates"
    )


def test_a_code_may_move_on_when_its_dates_part(tmp_path: Path) -> None:
    files = two(tracked("{promo_code: A, to: 2026-07-31}"), tracked("{promo_code: A, from: 2026-08-01}"))
    assert len(load(tmp_path, files).campaigns) == 2


def test_one_shared_day_is_enough_for_a_fault(tmp_path: Path) -> None:
    files = two(tracked("{promo_code: A, to: 2026-08-01}"), tracked("{promo_code: A, from: 2026-08-01}"))
    assert "too, from 2026-08-01 to 2026-08-01;" in said(tmp_path, files)[0]


def test_a_campaign_gives_a_code_to_one_influencer(tmp_path: Path) -> None:
    party = f"{tracked('{promo_code: A}')}\n- {tracked('{promo_code: a}', influencer='sipho')}"
    (fault,) = said(tmp_path, {"campaigns/spring.yml": campaign(party=party)})
    assert fault == (
        "config/campaigns/spring.yml:15:9: influencers[1].tracking[0]: "
        "config/campaigns/spring.yml:12:9 claims the promo code 'A' too, from 2026-07-06 to 2026-09-13; "
        "give it to one of them, or part their dates"
    )


@pytest.mark.parametrize(
    "tag", ["#\u0939\u093f\u0928\u094d\u0926\u0940", "#Stra\u00dfe", "#\u0e44\u0e17\u0e22\u0e31", "#\uab70a"]
)
def test_a_hashtag_of_any_script_is_spelled_as_captions_spell_it(tmp_path: Path, tag: str) -> None:
    files = {"campaigns/spring.yml": campaign(party=tracked(f"{{hashtag: '{tag}'}}"))}
    (rule,) = load(tmp_path, files).campaigns[0].influencers[0].tracking
    assert hashtags(f"new {tag}!") == (rule.value,)


def test_a_hashtag_is_for_all_who_track_it(tmp_path: Path) -> None:
    party = f"{tracked('{hashtag: a}')}\n- {tracked('{hashtag: a}', influencer='sipho')}"
    assert len(load(tmp_path, {"campaigns/spring.yml": campaign(party=party)}).campaigns) == 1


def test_tags_that_differ_in_one_key_are_different_tags(tmp_path: Path) -> None:
    files = two(tracked("{utm_campaign: s}"), tracked("{utm_campaign: s, utm_content: t}"))
    assert len(load(tmp_path, files).campaigns) == 2


def test_a_post_is_named_once(tmp_path: Path) -> None:
    named = f"{PARTY}\nposts: [instagram:1]"
    assert said(tmp_path, two(named, named)) == [
        (
            "config/campaigns/spring.yml:11:13: influencers[0].posts[0]: "
            "'instagram:1' is named at config/campaigns/autumn.yml:11:13 too; leave it in one of them"
        )
    ]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (
            "{from: 2026-07-06}",
            (
                "9: influencers[0].tracking[0]: says nothing to recognise; "
                "write one of promo_code, click_ref, link, hashtag or utm_... keys in each entry"
            ),
        ),
        (
            "{promo_code: A, hashtag: b}",
            (
                "9: influencers[0].tracking[0]: several kinds of tracking stand in one entry; "
                "write one of promo_code, click_ref, link, hashtag or utm_... keys in each entry"
            ),
        ),
        (
            "{promocode: A}",
            "10: influencers[0].tracking[0].promocode: is not a key here; did you mean 'promo_code'?",
        ),
        (
            "{promo_code: 'A, B'}",
            (
                "10: influencers[0].tracking[0].promo_code: 'A, B' cannot be recognised in data; "
                "write one code without spaces or commas"
            ),
        ),
        (
            "{hashtag: '#a b'}",
            (
                "10: influencers[0].tracking[0].hashtag: '#a b' cannot be recognised in data; "
                'write one tag in quotes, such as "#umojaspring"'
            ),
        ),
        (
            "hashtag: #umojaspring",
            (
                "9: influencers[0].tracking[0].hashtag: has no value; "
                "write a value or take the line out; a text that begins with # needs quotes"
            ),
        ),
        (
            "{utm_campaign: a&b}",
            (
                "10: influencers[0].tracking[0].utm_campaign: 'a&b' cannot be recognised in data; "
                "write the text without & and ="
            ),
        ),
        (
            "{promo_code: [A]}",
            "10: influencers[0].tracking[0].promo_code: is not a text; write it as one text",
        ),
        ("THANDI10", "9: influencers[0].tracking[0]: 'THANDI10' stands here; write a mapping (key: value)"),
        (
            "{promo_code: A, from: 2026-08-01, to: 2026-07-01}",
            (
                "43: influencers[0].tracking[0].to: 2026-07-01 is before 2026-08-01; "
                "write the last day on which it is valid"
            ),
        ),
        (
            "{promo_code: A, to: 2026-7-1}",
            "25: influencers[0].tracking[0].to: '2026-7-1' is not a day; write 2026-07-01",
        ),
    ],
)
def test_tracking_that_recognises_nothing_is_refused(tmp_path: Path, entry: str, fault: str) -> None:
    text = campaign(party=tracked(entry))
    assert said(tmp_path, {"campaigns/spring.yml": text}) == [f"config/campaigns/spring.yml:12:{fault}"]


def test_without_the_check_of_claims_nothing_else_would_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = two(tracked("{promo_code: A}"), tracked("{promo_code: A}"))
    assert len(said(tmp_path, files)) == 1
    monkeypatch.setattr(check_claims, "check", lambda _: ())
    assert len(load(tmp_path, files).campaigns) == 2
