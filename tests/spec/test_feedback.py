"""What an influencer is told: praise where they met what was agreed, and what would help where they did not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from spec_tables import (
    DECIDED,
    IN_FLIGHT,
    at_least,
    at_most,
    campaign,
    kpi,
    party,
    post,
    project,
    report_of,
)

from perftrack_site.config.models import Kpi
from perftrack_site.evaluation.audience import narrow
from perftrack_site.evaluation.report import Feedback
from perftrack_site.warehouse.rows import Post

REACHED = {"reach": 1000, "comments": 0, "shares": 0, "saves": 0}


def told(
    agreed: Kpi, views: str = "", day: date = DECIDED, posts: Sequence[Post] = (), **deliverables: int
) -> dict[str, Feedback]:
    """Judge what Ana reached and give what she is told, by rule."""
    plan = campaign(agreed, influencers=(party("ana", deliverables=deliverables), party("ben")))
    table = f"metric | influencer | numerator\n{agreed.metric} | ana | {views}"
    report = narrow(report_of(project(plan), table, day, posts=posts), "influencer:ana")
    return {found.rule: found for found in report.campaigns[0].influencers[0].feedback}


def each(**said: object) -> Kpi:
    return kpi("views", each="influencer", **{"target": at_least("1000", "1500"), **said})  # type: ignore[arg-type]


def rated(number: str, likes: int, kind: str = "reel") -> Post:
    return post(number, content_type=kind, counters={**REACHED, "likes": likes})


@pytest.mark.parametrize(
    ("views", "rule", "sentence"),
    [
        (
            "1500",
            "target_exceeded",
            (
                "Views: 1\u202f500, agreed was at least 1\u202f000. "
                "You went beyond that: the stretch of 1\u202f500 is reached."
            ),
        ),
        ("1000", "target_met", "Views: 1\u202f000, agreed was at least 1\u202f000. You met it."),
        (
            "950",
            "target_missed",
            "Views: 950, agreed was at least 1\u202f000. You missed it by 50. That was close.",
        ),
        ("899", "target_missed", "Views: 899, agreed was at least 1\u202f000. You missed it by 101."),
    ],
)
def test_a_decided_kpi_is_praised_or_its_gap_is_named(views: str, rule: str, sentence: str) -> None:
    found = told(each(), views)[rule]
    assert found.sentence == sentence
    assert found.kind == ("would_help" if rule == "target_missed" else "worked")


def test_a_near_miss_downwards_is_close_too() -> None:
    most = each(target=at_most("1000"))
    assert told(most, "1111")["target_missed"].sentence.endswith("That was close.")
    assert told(most, "1112")["target_missed"].sentence.endswith("You missed it by 112.")


def test_what_cannot_be_judged_says_why() -> None:
    assert told(each(target=at_least("1000")))["target_unsaid"].sentence == (
        "Views could not be judged: none of 1 post shows views."
    )


def test_in_flight_what_is_needed_by_now_and_per_day_is_said() -> None:
    behind = told(each(), "400", IN_FLIGHT)["behind_pace"]
    assert behind.sentence == (
        "Views: 400 so far, 500 needed by now. 40 a day until the end would reach 1\u202f000."
    )
    assert behind.kind == "would_help"
    on_track = told(each(), "500", IN_FLIGHT)["on_track"]
    assert on_track.sentence == (
        "Views: 500 so far, 500 needed by now. You are on track. "
        "34 a day until the end would reach 1\u202f000."
    )


def test_before_it_begins_there_is_nothing_to_say() -> None:
    assert told(each(), "0", date(2026, 5, 1)) == {}


def test_all_that_was_agreed_is_thanked_for_and_what_is_missing_is_asked_for() -> None:
    posts = [post("1"), post("2"), post("3", content_type="story"), post("4", "ben")]
    assert told(each(), "1000", posts=posts, reel=2, story=1)["all_delivered"].sentence == (
        "Everything that was agreed is there: 2 reels and 1 story."
    )
    asked = told(each(), "1000", posts=posts, reel=3, story=1)["not_all_delivered"]
    assert asked.sentence.startswith("We found 2 of 3 reels. A post is found by the campaign's hashtag")
    assert "not_all_delivered" not in told(each(), "400", IN_FLIGHT, posts, reel=3)


def test_a_late_first_post_is_named_where_a_kpi_was_missed() -> None:
    late = [post("1", published_on=date(2026, 6, 9))]  # 8 of 30 days had gone
    found = told(each(), "999", posts=late)["late_start"]
    assert found.sentence.startswith("Your first post came 8 days into a campaign of 30 days.")
    assert len(found.posts) == 1
    assert "late_start" not in told(each(), "1000", posts=late)
    assert "late_start" not in told(each(), "999", posts=[post("1", published_on=date(2026, 6, 8))])


def test_a_post_that_stood_out_is_named() -> None:
    # 60 + 20 + 40 of 3000 are 4 %; 60 of 1000 are 6 %
    posts = [rated("1", 60), rated("2", 20), rated("3", 40)]
    found = told(each(), "1000", posts=posts)["post_stood_out"]
    assert found.sentence == (
        "One reel stood out: 6.0\xa0% of those it reached engaged with it, 4.0\xa0% over your 3 posts. "
        "More of its kind is worth a try."
    )
    assert len(found.posts) == 1


def test_one_of_two_posts_or_a_little_better_one_does_not_stand_out() -> None:
    assert "post_stood_out" not in told(each(), "1000", posts=[rated("1", 60), rated("2", 20)])
    nearly = [rated("1", 49), rated("2", 31), rated("3", 40)]
    assert "post_stood_out" not in told(each(), "1000", posts=nearly)


def test_formats_are_compared_from_two_posts_each_on() -> None:
    posts = [rated("1", 50), rated("2", 50), rated("3", 30, "image"), rated("4", 50, "image")]
    found = told(each(), "1000", posts=posts)["formats_compared"]
    assert found.sentence == (
        "Your reels engaged 5.0\xa0% of those they reached (2 posts), your images 4.0\xa0% (2). "
        "Where the choice is yours, reels serve you better."
    )
    assert "formats_compared" not in told(each(), "1000", posts=posts[:3])


def test_posts_with_hidden_counters_or_hardly_any_reach_are_not_rated() -> None:
    seen_by_few = post("4", counters={**REACHED, "reach": 99, "likes": 99})
    hidden = post("5", counters={"likes": 900})
    posts = [rated("1", 40), rated("2", 40), rated("3", 40), seen_by_few, hidden]
    assert "post_stood_out" not in told(each(), "1000", posts=posts)
