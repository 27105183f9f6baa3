"""Rule 8 and the posts of a campaign: what is known of each, and what the platform hides."""

from __future__ import annotations

from datetime import date

from spec_tables import campaign, judge, party, post


def test_posts_stand_in_the_order_of_their_days_whatever_order_they_come_in() -> None:
    early, late = post("2", published_on=date(2026, 6, 2)), post("1", published_on=date(2026, 6, 9))
    assert judge(campaign(), posts=(late, early)).posts == judge(campaign(), posts=(early, late)).posts
    assert [shown.post_id for shown in judge(campaign(), posts=(late, early)).posts] == ["2", "1"]


def test_engagements_are_likes_comments_shares_and_saves() -> None:
    assert judge(campaign(), posts=(post("1"),)).posts[0].engagements == 5 + 3 + 2 + 1


def test_one_unknown_part_makes_the_sum_unknown_and_is_named() -> None:
    shown = judge(campaign(), posts=(post("1", counters={"comments": 3, "shares": 2, "saves": 1}),)).posts[0]
    assert (shown.engagements, shown.hidden) == (None, ("views", "reach", "likes"))


def test_a_story_has_replies_and_shares_only() -> None:
    counters = {"views": 90, "reach": 70, "comments": 3, "shares": 2}
    shown = judge(campaign(), posts=(post("1", content_type="story", counters=counters),)).posts[0]
    assert (shown.engagements, shown.hidden) == (5, ())


def test_what_an_influencer_delivered_is_counted_by_content_type() -> None:
    agreed = campaign(influencers=(party("ana", deliverables={"reel": 3, "story": 2}), party("ben")))
    posts = (post("1"), post("2"), post("3", content_type="story"), post("4", "ben"), post("5", None))
    found = judge(agreed, posts=posts).influencers
    assert [who.delivered for who in found] == [{"reel": 2, "story": 1}, {"reel": 1}]
    assert found[0].deliverables == {"reel": 3, "story": 2}


def test_the_page_of_a_post_has_a_name_that_tells_nothing_and_never_changes() -> None:
    shown = judge(campaign(), posts=(post("17900000000000001"),)).posts[0]
    assert shown.page_id == "0e4ce4d0a6ff"
