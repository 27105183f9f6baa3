"""Posts of every campaign, with the counters they end with, and what the accounts post besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sample.captions import caption
from sample.influencers import BY_KEY, INFLUENCERS
from sample.plan import FIRST_DAY, LAST_DAY, Campaign, Part, split

FORMATS = {"r": "reel", "c": "carousel", "i": "image", "s": "story"}
PARTS = ("views", "reach", "likes", "comments", "shares", "saves")
ENGAGEMENT_PARTS = PARTS[2:]


@dataclass(frozen=True)
class Post:
    """A post and its counters as known by the verdict; `campaign` is empty for the influencer's own posts."""

    influencer: str
    campaign: str
    kind: str
    published: datetime
    counters: dict[str, int]
    tags: str = ""
    post_id: str = ""
    caption: str = ""
    shortcode: str = ""
    until: date = LAST_DAY  # the last day on which its insights are fetched

    @property
    def hides_likes(self) -> bool:
        return "likes" not in self.counters and self.kind != "story"


def all_posts(campaigns: tuple[Campaign, ...]) -> tuple[Post, ...]:
    """Make every post, oldest first, numbered in that order."""
    posts = [post for campaign in campaigns for post in posts_of(campaign)]
    posts += [post for person in INFLUENCERS for post in own_posts(person.key)]
    posts += [post_of_two_campaigns(), post_of_a_guest()]
    posts.sort(key=lambda post: (post.published, post.influencer, post.kind))
    return tuple(numbered(at, post) for at, post in enumerate(posts))


def numbered(at: int, post: Post) -> Post:
    digits = 17_900_000_000_000_000 + 7_919 * (at + 1)
    code = f"UMJ{at:04d}{Random(digits).randrange(36**4):07d}"
    return replace(post, post_id=str(digits), shortcode=code, caption=caption(at * 7, post.tags))


def posts_of(campaign: Campaign) -> Iterator[Post]:
    rng = Random(f"posts of {campaign.key}")
    if campaign.state == "planned":
        return
    planned = [(part, letter) for part in campaign.parts for letter in part.formats]
    counters = counters_of(campaign, planned, rng)
    for (part, letter), values in zip(planned, counters, strict=True):
        yield new_post(campaign, part, letter, moment_within(campaign, part, rng), values)
    for part in campaign.parts:
        yield from hidden_posts(campaign, part, rng)
        if part.story:
            yield story(campaign, part)
    if campaign.after_the_end:
        yield post_after_the_end(campaign, rng)


def new_post(campaign: Campaign, part: Part, letter: str, moment: datetime, counters: dict[str, int]) -> Post:
    tags = "#ad" if part.named else f"#{tag_as_written(campaign)} #ad"
    return Post(
        part.influencer, campaign.key, FORMATS[letter], moment, counters, tags, until=last_fetch(campaign)
    )


def tag_as_written(campaign: Campaign) -> str:
    """People write a hashtag in capitals as they like: `#SpringLaunch` is `#springlaunch`."""
    words = campaign.key.split("-")
    return "".join(word.capitalize() for word in words) if len(words[0]) % 2 else campaign.hashtag


def last_fetch(campaign: Campaign) -> date:
    if campaign.cancelled:
        return campaign.cancelled[0] + timedelta(days=10)
    return campaign.known_by


def counters_of(campaign: Campaign, planned: list[tuple[Part, str]], rng: Random) -> list[dict[str, int]]:
    """Share the campaign's totals out over its posts; the sums stay exact, an influencer's views too."""
    views: list[int] = []
    for part in campaign.parts:
        views += split(part.views, [rng.randint(70, 130) for _ in part.formats])
    columns = [views, split(campaign.total_reach, views)]
    columns += [
        split(total, [count * rng.randint(85, 115) for count in views]) for total in campaign.engagement
    ]
    rows = zip(*columns, strict=True)
    return [dict(zip(PARTS, row, strict=True)) for row in rows][: len(planned)]


def moment_within(campaign: Campaign, part: Part, rng: Random) -> datetime:
    """Pick a moment (UTC) between the first day and the last fetch before the verdict."""
    latest = min(campaign.end - timedelta(days=4), last_read(part.influencer, last_fetch(campaign)))
    if campaign.cancelled:
        latest = campaign.start + timedelta(days=2)
    span = max(1, (latest - campaign.start).days)
    chosen = campaign.start + timedelta(days=rng.randrange(span))
    if chosen == campaign.start:  # 00:40 of the first day in Johannesburg is still the day before in UTC
        return datetime.combine(chosen - timedelta(days=1), time(22, 40, rng.randrange(60)), UTC)
    return datetime.combine(chosen, time(rng.choice((5, 6, 10, 16, 17, 18)), rng.randrange(60), 7), UTC)


def last_read(influencer: str, limit: date) -> date:
    """Find the last regular fetch of an account up to `limit`."""
    behind = (limit - LAST_DAY).days + BY_KEY[influencer].phase
    return limit - timedelta(days=behind % 10)


def hidden_posts(campaign: Campaign, part: Part, rng: Random) -> Iterator[Post]:
    for _ in range(part.hidden):
        views = part.views // 12 + rng.randrange(400)
        counters = {"views": views, "reach": views * 7 // 10}
        counters |= {"comments": views // 300, "shares": views // 260, "saves": views // 240}
        yield new_post(campaign, part, "i", moment_within(campaign, part, rng), counters)


def story(campaign: Campaign, part: Part) -> Post:
    """Publish a story on the morning of the last fetch inside the campaign: it lives for a day."""
    read = last_read(part.influencer, min(campaign.end, LAST_DAY))
    moment = datetime.combine(read, time(4, 30, 0), UTC)
    counters = {"views": 3_912, "reach": 3_405, "comments": 41, "shares": 18}
    tags = f"#{campaign.hashtag}"
    return Post(part.influencer, campaign.key, "story", moment, counters, tags, until=read)


def post_after_the_end(campaign: Campaign, rng: Random) -> Post:
    """Publish at 00:15 in Johannesburg, a quarter of an hour too late to count."""
    moment = datetime.combine(campaign.end, time(22, 15, 0), UTC)
    counters = {"views": 60_000 + rng.randrange(900), "reach": 48_000, "likes": 5_100}
    counters |= {"comments": 300, "shares": 400, "saves": 500}
    return new_post(campaign, campaign.parts[0], "r", moment, counters)


def own_posts(influencer: str) -> Iterator[Post]:
    """Everybody posts besides, once in two or three weeks, without a campaign's hashtag."""
    rng = Random(f"own posts of {influencer}")
    day, followers = FIRST_DAY + timedelta(days=rng.randrange(12)), BY_KEY[influencer].followers
    while day < LAST_DAY:
        likes = followers * rng.randint(20, 50) // 1000
        moment = datetime.combine(day, time(rng.randint(4, 19), rng.randrange(60), 41), UTC)
        counters = {"likes": likes, "comments": likes // 14}
        yield Post(influencer, "", FORMATS[rng.choice("rci")], moment, counters)
        day += timedelta(days=rng.randint(14, 24))


def post_of_two_campaigns() -> Post:
    """One post, two campaigns' hashtags: it belongs to neither."""
    counters = {"views": 9_300, "reach": 7_200, "likes": 410, "comments": 22, "shares": 19, "saves": 31}
    moment = datetime(2026, 4, 22, 17, 5, 0, tzinfo=UTC)
    tags = "#autumnrooibos #kettleclub #ad"
    return Post("thandi", "kettle-club", "image", moment, counters, tags, until=date(2026, 6, 14))


def post_of_a_guest() -> Post:
    """Somebody outside the campaign uses its hashtag: it does not count."""
    moment = datetime(2026, 8, 12, 15, 20, 0, tzinfo=UTC)
    return Post("zanele", "", "image", moment, {"likes": 388, "comments": 27}, "#springlaunch love this")
