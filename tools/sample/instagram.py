"""The files that the Instagram Graph API gives: media lists and insights, per account and fetch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from sample.influencers import BY_KEY, INFLUENCERS
from sample.plan import FIRST_DAY, LAST_DAY, Campaign
from sample.posts import ENGAGEMENT_PARTS, Post, last_read

READ_AT = time(5, 0)  # UTC; every fetch runs in the morning
EVERY = 10  # days between two fetches of an account
LATE = 3  # days after the verdict on which a late fetch runs
# What a late fetch adds, in per cent: enough to turn a narrow miss into a hit, if it were believed.
LATE_GROWTH = {"views": 2, "reach": 2, "likes": 9, "comments": 12, "shares": 12, "saves": 12}
TITLES = {
    "views": "Views",
    "plays": "Plays",
    "reach": "Reach",
    "likes": "Likes",
    "comments": "Comments",
    "replies": "Replies",
    "saved": "Saved",
    "shares": "Shares",
    "total_interactions": "Interactions",
    "ig_reels_avg_watch_time": "Average Watch Time",
    "ig_reels_video_view_total_time": "Total View Time",
    "ig_reels_aggregated_all_plays_count": "All plays",
    "clips_replays_count": "Replays",
}
MEDIA = {
    "reel": ("VIDEO", "REELS", "reel"),
    "carousel": ("CAROUSEL_ALBUM", "FEED", "p"),
    "image": ("IMAGE", "FEED", "p"),
    "story": ("IMAGE", "STORY", "stories"),
}


@dataclass(frozen=True)
class Fetch:
    """One look at an account. `tracked` posts get insights, all stand in the list."""

    influencer: str
    on: date
    tracked: tuple[Post, ...]
    listed: tuple[Post, ...]
    late: bool = False


def instagram_files(posts: tuple[Post, ...], campaigns: tuple[Campaign, ...]) -> Iterator[tuple[str, str]]:
    """Give every file below `data/` as path and text."""
    flaws = Flaws(posts)
    for fetch in fetches(posts, campaigns):
        folder = f"instagram/{fetch.influencer}"
        yield f"{folder}/media-{fetch.on}.json", media_list(fetch, flaws)
        yield f"{folder}/insights-{fetch.on}.json", media_insights(fetch, flaws)


# --- when --------------------------------------------------------------------------------------


def fetches(posts: tuple[Post, ...], campaigns: tuple[Campaign, ...]) -> Iterator[Fetch]:
    for person in INFLUENCERS:
        own = [post for post in posts if post.influencer == person.key]
        for on in regular_days(person.phase):
            tracked = tuple(post for post in own if post.campaign and is_read(post, on))
            if tracked:
                yield Fetch(person.key, on, tracked, newest_first(tracked, own, on))
        yield from late_fetches(person.key, own, campaigns)


def regular_days(phase: int) -> Iterator[date]:
    on = LAST_DAY - timedelta(days=phase)
    while on > FIRST_DAY:
        yield on
        on -= timedelta(days=EVERY)


def is_read(post: Post, on: date) -> bool:
    return post.published < read_at(post, on) and on <= post.until


def read_at(post: Post, on: date) -> datetime:
    return datetime.combine(on, READ_AT, post.published.tzinfo)


def newest_first(tracked: tuple[Post, ...], own: list[Post], on: date) -> tuple[Post, ...]:
    """List what an account's media list shows: the tracked posts and the last month's others."""
    recent = [
        post
        for post in own
        if not post.campaign and read_at(post, on - timedelta(days=30)) < post.published < read_at(post, on)
    ]
    return tuple(sorted((*tracked, *recent), key=lambda post: post.published, reverse=True))


def late_fetches(influencer: str, own: list[Post], campaigns: tuple[Campaign, ...]) -> Iterator[Fetch]:
    """Look once more at a decided campaign: the numbers have grown, the verdict must not."""
    for campaign in campaigns:
        posts = tuple(post for post in own if post.campaign == campaign.key)
        if campaign.late_files and posts:
            on = campaign.decided_on + timedelta(days=LATE)
            yield Fetch(influencer, on, posts, newest_first(posts, own, on), late=True)


# --- how much ----------------------------------------------------------------------------------


def counters_at(post: Post, fetch: Fetch, flaws: Flaws) -> dict[str, int]:
    """Let the counters grow fast at first, reach the plan at the last fetch that counts, then grow on."""
    if fetch.late and post in fetch.tracked:
        return {name: value + value * LATE_GROWTH[name] // 100 for name, value in post.counters.items()}
    last = last_read(post.influencer, post.until)
    if not post.campaign or fetch.on >= last:
        return dict(post.counters)
    age, whole = (fetch.on - post.published.date()).days, (last - post.published.date()).days
    permille = 1000 - 620 * (whole - age) ** 2 // max(1, whole**2)
    grown = {name: value * permille // 1000 for name, value in post.counters.items()}
    if flaws.loses_likes(post) and last - fetch.on == timedelta(days=EVERY):
        grown["likes"] = post.counters["likes"] + 43  # a purge of spam accounts takes them away again
    return grown


# --- the files ---------------------------------------------------------------------------------


def media_list(fetch: Fetch, flaws: Flaws) -> str:
    cursor = Random(f"{fetch.influencer} {fetch.on}").randrange(16**12)
    body = {
        "data": [list_entry(post, counters_at(post, fetch, flaws)) for post in fetch.listed],
        "paging": {"cursors": {"before": f"QVFI{cursor:012x}", "after": f"QVFJ{cursor:012x}"}},
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def list_entry(post: Post, counters: dict[str, int]) -> dict[str, object]:
    kind, product, path = MEDIA[post.kind]
    entry: dict[str, object] = {
        "id": post.post_id,
        "caption": post.caption,
        "media_type": kind,
        "media_product_type": product,
        "permalink": f"https://www.instagram.com/{path}/{post.shortcode}/",
        "shortcode": post.shortcode,
        "timestamp": post.published.strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "username": BY_KEY[post.influencer].handle,
    }
    if post.kind != "story":
        entry["comments_count"] = counters["comments"]
        if not post.hides_likes:
            entry["like_count"] = counters["likes"]
    return entry


def media_insights(fetch: Fetch, flaws: Flaws) -> str:
    """Write one metric a line, so that a receipt's line is one number."""
    blocks = []
    for post in fetch.tracked:
        metrics = insight_metrics(post, counters_at(post, fetch, flaws), legacy=flaws.is_legacy(fetch))
        lines = [element(post.post_id, name, value) for name, value in metrics.items()]
        if flaws.is_damaged(post, fetch):
            lines[0] = lines[0].replace(f'"value": {metrics["views"]}', '"value": "12.4K"')
        blocks.append(f' "{post.post_id}": {{\n  "data": [\n' + ",\n".join(lines) + "\n  ]\n }")
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def element(post_id: str, name: str, value: int) -> str:
    body = {
        "name": name,
        "period": "lifetime",
        "values": [{"value": value}],
        "title": TITLES[name],
        "id": f"{post_id}/insights/{name}/lifetime",
    }
    return "   " + json.dumps(body)


def insight_metrics(post: Post, counters: dict[str, int], *, legacy: bool) -> dict[str, int]:
    metrics = {"views": counters["views"], "reach": counters["reach"]}
    if post.kind == "story":
        return metrics | {"replies": counters["comments"], "shares": counters["shares"]}
    if legacy and post.kind == "reel":
        replays = counters["views"] // 9
        metrics = {"plays": counters["views"] - replays, "reach": counters["reach"]}
        metrics |= {"ig_reels_aggregated_all_plays_count": counters["views"], "clips_replays_count": replays}
    if not post.hides_likes:
        metrics["likes"] = counters["likes"]
    metrics |= {"comments": counters["comments"], "saved": counters["saves"], "shares": counters["shares"]}
    if not post.hides_likes:
        metrics["total_interactions"] = sum(counters[name] for name in ENGAGEMENT_PARTS)
    if post.kind == "reel":
        average = 4_000 + int(post.post_id) % 9_000  # milliseconds
        metrics["ig_reels_avg_watch_time"] = average
        metrics["ig_reels_video_view_total_time"] = average * counters["views"]
    return metrics


class Flaws:
    """The things that go wrong in life, each on one chosen post or file."""

    def __init__(self, posts: tuple[Post, ...]) -> None:
        def first(campaign: str, influencer: str, kind: str) -> str:
            return next(
                post.post_id
                for post in posts
                if (post.campaign, post.influencer, post.kind) == (campaign, influencer, kind)
            )

        self._falling = first("mandela-month-cups", "mpho", "carousel")
        self._damaged = first("matcha-mondays", "sarah-t", "carousel")

    def loses_likes(self, post: Post) -> bool:
        return post.post_id == self._falling

    def is_damaged(self, post: Post, fetch: Fetch) -> bool:
        """Spoil one value of one file in the middle of a campaign."""
        return post.post_id == self._damaged and fetch.on == last_read("sarah-t", date(2026, 8, 10))

    def is_legacy(self, fetch: Fetch) -> bool:
        """Read the first month of one account with an old version of the API: plays instead of views."""
        return fetch.influencer == "thandi" and fetch.on < date(2026, 4, 20)
