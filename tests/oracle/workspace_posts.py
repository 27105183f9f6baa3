"""The posts of a random workspace, and Instagram's files of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workspace_files import Visit, as_json, draw_texts, draw_visits, event, new_source, write_file
from workspace_plan import Plan, Tree

COUNTERS = ("views", "reach", "likes", "comments", "shares", "saved")
KINDS = {
    "image": ("IMAGE", "FEED"),
    "carousel": ("CAROUSEL_ALBUM", "FEED"),
    "reel": ("VIDEO", "REELS"),
    "story": ("IMAGE", "STORY"),
}
KINDS_ON = {"tiktok": ("video", "video", "image"), "youtube": ("video", "video", "live"), "x": ("text",)}


@dataclass
class Post:
    id: str
    platform: str
    influencer: str
    at: datetime
    kind: str
    caption: str
    final: dict[str, int]
    hidden: set[str]
    tagged_later: bool  # the caption is edited: its tags come with the second version
    is_paid: bool | None  # None: the platform says nothing of it

    def counter(self, name: str, at: datetime) -> int:
        """Say what a counter shows at a moment: it grows for three weeks."""
        age = min(max((at - self.at).days + 1, 1), 21)
        return self.final[name] * age // 21

    def text(self, at: datetime) -> str:
        """Say what the caption is at a moment."""
        return "Slow tea" if self.tagged_later and (at - self.at).days < 10 else self.caption

    def shown(self, names: Mapping[str, str], at: datetime) -> dict[str, int]:
        """Say what a platform shows of the counters at a moment; `names` says what it calls them."""
        return {told: self.counter(name, at) for name, told in names.items() if name not in self.hidden}


def draw_posts(plan: Plan, campaign: str, part: Tree) -> list[Post]:
    posts = [_draw_post(plan, campaign, part) for _ in range(plan.rng.choice((1, 2, 3, 3, 4)))]
    part["posts"] += [f"{post.platform}:{post.id}" for post in posts if plan.chance(0.25)]
    return posts


def _draw_post(plan: Plan, campaign: str, part: Tree) -> Post:
    rng = plan.rng
    others = [rule["hashtag"] for _, other in plan.parts() for rule in other["tracking"] if "hashtag" in rule]
    own = [rule["hashtag"] for rule in part["tracking"] if "hashtag" in rule]
    tags = own if plan.chance(0.92) else []
    tags = [*tags, rng.choice(others)] if others and plan.chance(0.12) else tags
    platform = rng.choice(("instagram", "instagram", *accounts_of(plan, part["influencer"])))
    return Post(
        id=_id(plan, platform),
        platform=platform,
        influencer=part["influencer"],
        at=event(plan, campaign).replace(microsecond=0),
        kind=rng.choice(KINDS_ON.get(platform, tuple(KINDS))),
        caption=" ".join(['Slow tea | "first" flush', *(rng.choice((tag, tag.upper())) for tag in tags)]),
        final=_final(plan),
        hidden={name for name in COUNTERS if plan.chance(0.03)} | _hidden_together(plan),
        tagged_later=plan.chance(0.08),
        is_paid=rng.choice((None, True, True, False)),
    )  # fmt: skip


def accounts_of(plan: Plan, who: str) -> dict[str, str]:
    """Give an influencer's handles by platform, as files tell them."""
    accounts = next(tree["accounts"] for tree in plan.influencers if tree["key"] == who)
    return {platform: handle.lstrip("@") for platform, handle in accounts.items()}


def _id(plan: Plan, platform: str) -> str:
    digits = f"{plan.rng.randrange(10**14):014}"
    return {"instagram": f"179{digits}", "youtube": f"-{digits[:8]}_Z"}.get(platform, f"75100{digits}")


def _hidden_together(plan: Plan) -> set[str]:
    return set(plan.rng.choice((*[()] * 12, COUNTERS, ("likes", "like_count"))))


def _final(plan: Plan) -> dict[str, int]:
    rng = plan.rng
    reach = rng.choice((0, 500, 1000, 2000, 2000, 4000, rng.randint(21, 4000)))
    return {
        "reach": reach,
        "views": reach * rng.choice((1, 1, 2)),
        "likes": rng.randint(0, reach // 10),
        "comments": rng.randint(0, reach // 50),
        "shares": rng.randint(0, reach // 50),
        "saved": rng.randint(0, reach // 50),
    }


def write_instagram(plan: Plan, data: Path, who: str, posts: list[Post]) -> None:
    own = [post for post in posts if post.influencer == who and post.platform == "instagram"]
    keys = [key for key, part in plan.parts() if part["influencer"] == who]
    if not keys:
        return
    _write_lists(plan, data, who, keys, own)
    visits = _write_insights(plan, data, who, keys, own)
    if plan.chance(0.25):
        _write_second_opinion(plan, data, who, visits, own)


def _write_lists(plan: Plan, data: Path, who: str, keys: list[str], posts: list[Post]) -> None:
    files = f"instagram/{who}/media-{{}}.json"
    source = new_source(plan, f"list-{who}", "instagram_graph.media_list", files, "cumulative")
    if plan.chance(0.5):
        source["account"] = who
    handle = accounts_of(plan, who)["instagram"]

    def text(visit: Visit) -> str:
        shown = [_media(plan, post, handle, visit) for post in posts if post.at <= visit.at]
        return as_json(plan, {"data": shown, "paging": {}})

    for visit, page in draw_texts(plan, draw_visits(plan, source, keys, 4), text):
        write_file(data, source, visit, page)


def _media(plan: Plan, post: Post, handle: str, visit: Visit) -> Tree:
    media_type, product = KINDS[post.kind]
    media = {
        "id": post.id,
        "caption": post.text(visit.at),
        "media_type": media_type,
        "media_product_type": product,
        "permalink": f"https://www.instagram.com/p/{post.id}/",
        "timestamp": f"{post.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S+0000}",
        "username": handle,
        "comments_count": post.counter("comments", visit.at) + plan.rng.randrange(2),
    }
    if "like_count" not in post.hidden:
        media["like_count"] = post.counter("likes", visit.at) + plan.rng.randrange(2)
    return media


def _write_insights(plan: Plan, data: Path, who: str, keys: list[str], posts: list[Post]) -> list[Visit]:
    """Write insights in one file for all posts, or in one file for each post."""
    apart = plan.chance(0.3)
    files = f"instagram/{who}/post-*-{{}}.json" if apart else f"instagram/{who}/insights-{{}}.json"
    source = new_source(plan, f"insights-{who}", "instagram_graph.media_insights", files, "cumulative")
    visits = draw_visits(plan, source, keys, 4)
    if apart:
        for visit in visits:
            for post in _to_read(posts, visit):
                write_file(data, source, visit, as_json(plan, _insights(plan, post, visit)), star=post.id)
        return visits

    def text(visit: Visit) -> str:
        return as_json(plan, {post.id: _insights(plan, post, visit) for post in _to_read(posts, visit)})

    for visit, page in draw_texts(plan, [visit for visit in visits if _to_read(posts, visit)], text):
        write_file(data, source, visit, page)
    return visits


def _to_read(posts: list[Post], visit: Visit) -> list[Post]:
    return [post for post in posts if post.at <= visit.at and not post.hidden.issuperset(COUNTERS)]


def _insights(plan: Plan, post: Post, visit: Visit, off_by: float = 0) -> Tree:
    shown = [name for name in COUNTERS if name not in post.hidden]
    if post.kind == "story":
        shown = [name for name in shown if name not in ("likes", "saved")]
    elements = []
    for name in shown:
        falls = 1 if plan.chance(0.05) else 0
        value = max(post.counter(name, visit.at) - falls, 0) + plan.chance(off_by)
        value = plan.spoilt(value, plan.rng.choice((-1, "1.2k", 0.5)))
        legacy = name == "views" and plan.chance(0.25)
        called = "plays" if legacy else "replies" if (post.kind, name) == ("story", "comments") else name
        held = {"total_value": {"value": value}} if plan.chance(0.2) else {"values": [{"value": value}]}
        element = {"name": called, "period": "lifetime", **held, "title": called.title()}
        elements.append(element | {"id": f"{post.id}/insights/{called}/lifetime"})
    return {"data": elements}


def _write_second_opinion(plan: Plan, data: Path, who: str, visits: list[Visit], posts: list[Post]) -> None:
    """Let a second source speak of the same posts at the same moments, sometimes with other values."""
    first = plan.sources[-1]
    again = first | {"key": f"again-{who}", "files": first["files"].replace("instagram/", "agency/")}
    again["files"] = again["files"].replace("-*-", "-all-")
    plan.sources.append(again)
    for visit in visits[-2:]:
        if shown := {post.id: _insights(plan, post, visit, 0.1) for post in _to_read(posts, visit)}:
            write_file(data, again, visit, as_json(plan, shown))
