"""The oracle's own reading of posts: Instagram Graph API, TikTok Display API, YouTube's Data API and Studio, X.

Written from the formats alone with `csv` and `json`; nothing of the product is imported here.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from oracle_config import fold
from oracle_facts import Count, Facts, File, PostVersion, Reader

# What Instagram calls a counter, and what we call it. A story's replies are its comments.
INSIGHTS = {
    "views": "views", "plays": "views", "reach": "reach", "likes": "likes", "comments": "comments",
    "replies": "comments", "shares": "shares", "saved": "saves",
}  # fmt: skip
LISTED = {"like_count": "likes", "comments_count": "comments"}
KINDS = {"IMAGE": "image", "CAROUSEL_ALBUM": "carousel", "VIDEO": "video"}
TIKTOK = {"view_count": "views", "like_count": "likes", "comment_count": "comments", "share_count": "shares"}
TIKTOK_LINK = re.compile(r"https://www\.tiktok\.com/@([^/]+)/(video|photo)/\d+")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YOUTUBE = {"viewCount": "views", "likeCount": "likes", "commentCount": "comments"}
STUDIO = {"Views": "views", "Likes": "likes", "Comments added": "comments", "Shares": "shares"}
X_CONTENT = {
    "Impressions": "views", "Likes": "likes", "Replies": "comments", "Reposts": "shares", "Bookmarks": "saves",
}  # fmt: skip


def _listed(file: File, name: str) -> list[dict[str, Any]]:
    """Take the list of that name out of an answer, or out of a list of answers."""
    tree = json.loads(file.text)
    answers = tree if isinstance(tree, list) else [tree]
    return [each for answer in answers for each in answer.get("data", answer)[name]]


def _tags(text: str) -> frozenset[str]:
    return frozenset(fold(tag) for tag in re.findall(r"#\w+", text))


def _day(text: str) -> date:
    """Read `2026-09-30`, `Sep 30, 2026` or `Wed Sep 30 2026`."""
    words = re.search(r"([A-Z][a-z]{2}) (\d+),? (\d{4})$", text)
    return (
        date(int(words[3]), MONTHS.index(words[1]) + 1, int(words[2])) if words else date.fromisoformat(text)
    )


def _moment(file: File, moment: datetime) -> date:
    """Find the business day of a moment (rule 1)."""
    return moment.astimezone(file.zone).date()


def _counted(file: File, post: str, told: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Count]:
    """Yield what a row tells of a post's counters; those of a file over some days are totals over these days."""
    witness, begins = ("span", file.span[0]) if file.span else ("list", None)
    for name, counter in names.items():
        if told.get(name) not in (None, ""):
            yield Count(post, counter, int(told[name]), witness, file.source, file.known, begins)


# --- Instagram -----------------------------------------------------------------------------------


def _media_list(file: File, facts: Facts) -> None:
    for media in json.loads(file.text)["data"]:
        post = f"instagram:{media['id']}"
        product = media["media_product_type"]
        facts.posts.append(
            PostVersion(
                post,
                file.source,
                file.known,
                day=_moment(file, datetime.strptime(media["timestamp"], "%Y-%m-%dT%H:%M:%S%z")),
                tags=_tags(media.get("caption", "")),
                handle=media["username"].lower(),
                kind={"REELS": "reel", "STORY": "story"}.get(product) or KINDS[media["media_type"]],
            )
        )
        facts.counts += _counted(file, post, media, LISTED)


def _media_insights(file: File, facts: Facts) -> None:
    tree = json.loads(file.text)
    answers = [tree] if isinstance(tree.get("data"), list) else tree.values()
    for element in (element for answer in answers for element in answer["data"]):
        if counter := INSIGHTS.get(element["name"]):
            post = "instagram:" + element["id"].split("/")[0]
            held = element["total_value"] if "total_value" in element else element["values"][0]
            if re.fullmatch(r"\d{1,15}", str(value := held["value"])):
                facts.counts.append(Count(post, counter, int(value), "insights", file.source, file.known))


# --- TikTok, YouTube, X --------------------------------------------------------------------------


def _video_list(file: File, facts: Facts) -> None:
    for video in _listed(file, "videos"):
        post = f"tiktok:{video['id']}"
        link = TIKTOK_LINK.match(video.get("share_url", ""))
        facts.posts.append(
            PostVersion(
                post,
                file.source,
                file.known,
                day=_moment(file, datetime.fromtimestamp(video["create_time"], UTC)),
                tags=_tags(video.get("video_description", "")),
                handle=link[1].lower() if link else None,
                kind={"video": "video", "photo": "image"}[link[2]] if link else None,
            )
        )
        facts.counts += _counted(file, post, video, TIKTOK)


def _videos(file: File, facts: Facts) -> None:
    for video in _listed(file, "items"):
        post, snippet = f"youtube:{video['id']}", video["snippet"]
        facts.posts.append(
            PostVersion(
                post,
                file.source,
                file.known,
                day=_moment(file, datetime.strptime(snippet["publishedAt"], "%Y-%m-%dT%H:%M:%S%z")),
                tags=_tags(f"{snippet['title']}\n{snippet['description']}"),
                handle=None if file.source.account else snippet["channelId"].lower(),
                kind="live" if "liveStreamingDetails" in video else "video",
                is_paid=video.get("paidProductPlacementDetails", {}).get("hasPaidProductPlacement"),
            )
        )
        facts.counts += _counted(file, post, video["statistics"], YOUTUBE)


def _studio_content(file: File, facts: Facts) -> None:
    for row in csv.DictReader(io.StringIO(file.text)):
        if row["Content"] != "Total":
            post = f"youtube:{row['Content']}"
            facts.posts.append(
                PostVersion(
                    post,
                    file.source,
                    file.known,
                    day=_day(row["Video publish time"]),
                    tags=_tags(row["Video title"]),
                    kind="short" if row.get("Shown in feed") else "video",
                )
            )
            facts.counts += _counted(file, post, row, STUDIO)


def _x_content(file: File, facts: Facts) -> None:
    for row in csv.DictReader(io.StringIO(file.text)):
        post, link = f"x:{row['Post id']}", re.match(r"https://x\.com/(\w+)/", row.get("Post Link", ""))
        facts.posts.append(
            PostVersion(
                post,
                file.source,
                file.known,
                day=_day(row["Date"]),
                tags=_tags(row["Post text"]),
                handle=link[1].lower() if link else None,
            )
        )
        facts.counts += _counted(file, post, row, X_CONTENT)


READERS: dict[str, Reader] = {
    "instagram_graph.media_list": _media_list,
    "instagram_graph.media_insights": _media_insights,
    "tiktok_display.video_list": _video_list,
    "youtube_data.videos": _videos,
    "youtube_studio.content": _studio_content,
    "x_csv.content": _x_content,
}
