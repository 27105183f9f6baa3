"""What Meta's Graph API tells of the company's own account and page, and what people write below its posts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sample.brand import HANDLE, BrandPost, brand_posts
from sample.meta import IG_ACCOUNT, PAGE, PAGE_NAME, facebook_id, facebook_numbers
from sample.shapes import WEEKLY, YESTERDAY, File, answer, daily, days, days_before, graph_time

SOURCES = """\
  # Graph API: Instagram and Facebook of the company itself
  - key: ig-account
    format: instagram_account.insights
    files: instagram-account/insights-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-instagram
    overlap: replaces
    freshness: {warn_after: 8d, error_after: 15d}
  - key: ig-profile
    format: instagram_account.profile
    files: instagram-account/profile-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-instagram
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: ig-comments
    format: graph_comments.instagram
    files: instagram-account/comments-*-{extracted_at:%Y-%m-%d}.json
    account: umoja-instagram
    overlap: replaces
    freshness: {warn_after: 15d, error_after: 30d}
  - key: fb-posts
    format: facebook_graph.posts
    files: facebook/posts-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-facebook
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: fb-post-insights
    format: facebook_graph.post_insights
    files: facebook/post-insights-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-facebook
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: fb-page-insights
    format: facebook_graph.page_insights
    files: facebook/page-insights-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-facebook
    overlap: replaces
    freshness: {warn_after: 8d, error_after: 15d}
  - key: fb-page
    format: facebook_graph.page
    files: facebook/page-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-facebook
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: fb-comments
    format: graph_comments.facebook
    files: facebook/comments-{extracted_at:%Y-%m-%d}.json
    account: umoja-facebook
    overlap: replaces
    freshness: {warn_after: 15d, error_after: 30d}
"""

AT = "T050000Z"
IG_INSIGHTS = {"reach": 3_900, "views": 8_600, "profile_views": 140, "follower_count": 21}
PAGE_INSIGHTS = {
    "page_media_view": 2_600, "page_total_media_view_unique": 1_450, "page_post_engagements": 95,
    "page_daily_follows_unique": 6, "page_daily_unfollows_unique": 2,
}  # fmt: skip
SAID = (
    "Where can I get the honeybush tin in Durban? 😍",
    "Die teepot is pragtig! Kan julle na George stuur?",
    "ngiyathanda 💚",
    "my order took nine days, not happy 😡",
    "Best rooibos I ever had, sorry gran",
    "DM us to get 10k fans now >>> promo",
    "C'est du vrai rooibos ou un mélange ?",
    "the lid is fixed!! thank you thank you",
    "Is it sugar free? Asking for my mom 🙏🏾",
    "meh. cup chipped after a week",
    "👏👏👏",
    "Bitte auch nach Deutschland liefern 🫖",
)


def graph_files() -> Iterator[File]:
    """Give every file as path and content."""
    for on in WEEKLY:
        yield f"instagram-account/insights-{on}{AT}.json", answer(insights(on, IG_ACCOUNT, IG_INSIGHTS))
        yield f"instagram-account/profile-{on}{AT}.json", answer(profile(on))
    for on in WEEKLY[1:]:
        yield f"facebook/posts-{on}{AT}.json", answer(posts(on))
        yield f"facebook/post-insights-{on}{AT}.json", answer(post_insights(on))
        yield f"facebook/page-insights-{on}{AT}.json", answer(insights(on, PAGE, PAGE_INSIGHTS))
        yield f"facebook/page-{on}{AT}.json", answer(page(on))
    newest = brand_posts()[-4:]
    for post in newest[:2]:
        yield f"instagram-account/comments-{post.number}-{YESTERDAY}.json", answer(instagram_comments(post))
    yield f"facebook/comments-{YESTERDAY}.json", answer([facebook_comments(post) for post in newest[1:3]])


# --- the account and the page --------------------------------------------------------------------


def insights(on: date, account: str, levels: dict[str, int]) -> dict[str, object]:
    """Tell each metric by day. A value closes at midnight in California; the weekly ones stand beside."""
    told = [day for day in days_before(on) if day < on - timedelta(days=1)]
    entries = [
        entry(account, name, "day", told, [daily(f"graph {name}", day, level) for day in told])
        for name, level in levels.items()
    ]
    if account == PAGE:
        name, level = "page_total_media_view_unique", levels["page_total_media_view_unique"]
        entries.append(entry(account, name, "week", told[-1:], [level * 5]))
    return {"data": entries}


def entry(
    account: str, name: str, period: str, told: Sequence[date], values: Sequence[int]
) -> dict[str, object]:
    return {
        "name": name,
        "period": period,
        "values": [
            {"value": value, "end_time": graph_time(midnight_in_california(day))}
            for day, value in zip(told, values, strict=True)
        ],
        "title": name.replace("_", " ").capitalize(),
        "id": f"{account}/insights/{name}/{period}",
    }


def midnight_in_california(day: date) -> datetime:
    """Find the end of a day there: 07:00 UTC, and 08:00 once summer time is over (1 November 2026)."""
    summer = day < date(2026, 11, 1)
    return datetime.combine(day + timedelta(days=1), time(7 if summer else 8), UTC)


def profile(on: date) -> dict[str, object]:
    posted = sum(post.day < on for post in brand_posts())
    followers = 38_400 + sum(daily("graph follower_count", day, 21) for day in days(date(2026, 9, 1), on))
    return {"followers_count": followers, "media_count": 1_204 + posted, "username": HANDLE, "id": IG_ACCOUNT}


def page(on: date) -> dict[str, object]:
    gained = sum(daily("graph page_daily_follows_unique", day, 4) for day in days(date(2026, 9, 1), on))
    return {
        "name": PAGE_NAME,
        "username": "UmojaTeaDemo",
        "category": "Tea",
        "followers_count": 12_870 + gained,
        "fan_count": 12_310 + gained,
        "id": PAGE,
    }


def posts(on: date) -> dict[str, object]:
    """List the posts of the last month, newest first; the API leaves `shares` out where there are none."""
    return {"data": [post_entry(post, on) for post in reversed(recent(on))]}


def recent(on: date) -> list[BrandPost]:
    return [post for post in brand_posts() if on - timedelta(days=30) <= post.day < on]


def post_entry(post: BrandPost, on: date) -> dict[str, object]:
    _, _, _, reactions, comments, shares, _ = facebook_numbers(post, on)
    return {
        "id": f"{PAGE}_{facebook_id(post)}",
        "message": post.text,
        "created_time": graph_time(post.moment + timedelta(minutes=30)),
        "permalink_url": f"https://www.facebook.com/UmojaTeaDemo/posts/7000000000{post.number:05d}",
        "status_type": "added_video" if post.kind == "video" else "added_photos",
        "reactions": {"data": [], "summary": {"total_count": reactions}},
        "comments": {"data": [], "summary": {"total_count": comments}},
    } | ({"shares": {"count": shares}} if shares else {})


def post_insights(on: date) -> dict[str, object]:
    found = []
    for post in recent(on):
        views, reach, _, _, _, _, clicks = facebook_numbers(post, on)
        named = {
            "post_media_view": views,
            "post_total_media_view_unique": reach,
            "post_clicks": clicks,
        }
        found += [
            {
                "name": name,
                "period": "lifetime",
                "values": [{"value": value}],
                "id": f"{PAGE}_{facebook_id(post)}/insights/{name}/lifetime",
            }
            for name, value in named.items()
        ]
    return {"data": found}


# --- comments --------------------------------------------------------------------------------------


def author_key(name: str) -> str:
    """Stand for a person as `perftrack scrub` does: what is invented here was never anybody's name."""
    return hashlib.sha256(f"sample author {name}".encode()).hexdigest()[:32]


def said_below(post: BrandPost) -> Iterator[tuple[int, str, datetime]]:
    for at in range(9):
        yield at, SAID[(post.number * 5 + at) % len(SAID)], post.moment + timedelta(hours=at * 3, minutes=11)


def instagram_comments(post: BrandPost) -> dict[str, object]:
    """Tell comments without names; the third has an answer of the company below it."""
    found = []
    for at, text, moment in said_below(post):
        comment: dict[str, object] = {
            "id": f"179{post.number:010d}{at:04d}",
            "media": {"id": f"180{post.number:014d}"},
            "text": text,
            "timestamp": graph_time(moment),
            "like_count": at * 7 % 5,
            "author_key": author_key(f"{post.number} {at % 7}"),
        }
        if at == 2:
            reply = {
                "id": f"179{post.number:010d}9{at:03d}",
                "media": comment["media"],
                "text": "Thank you! 🫖",
                "timestamp": graph_time(moment + timedelta(hours=1)),
            }
            comment["replies"] = {"data": [reply]}
        found.append(comment)
    return {"data": found}


def facebook_comments(post: BrandPost) -> dict[str, object]:
    return {
        "data": [
            {
                "id": f"{facebook_id(post)}_{100 + at}",
                "created_time": graph_time(moment),
                "like_count": at % 3,
                "comment_count": 0,
                "message": text,
                "from": {"author_key": author_key(f"facebook {at % 8}")},
            }
            for at, text, moment in said_below(post)
        ]
    }
