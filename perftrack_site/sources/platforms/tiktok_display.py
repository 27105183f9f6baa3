"""TikTok Display API: the list of an account's public videos with their running totals, and the account's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from perftrack_site.sources.cast import Column, count, digits, plain
from perftrack_site.sources.days import epoch_seconds
from perftrack_site.sources.format import Format, Page, Reading, SourceFile
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.json_reader import read_json
from perftrack_site.sources.json_records import (
    Answer,
    other_shape,
    pick,
    record_of,
    records_at,
    refuse_error_body,
)
from perftrack_site.sources.platforms.instagram_graph import hashtags
from perftrack_site.sources.platforms.tiktok_links import PLATFORM, link_in
from perftrack_site.sources.records import Cells, Found, Made, counts, transcribe
from perftrack_site.sources.tables import ACCOUNT_TOTALS, POST_COUNTS, POSTS, Cell

MORE_PAGES = "more pages exist: the last page of this list is not in this file"
VIDEO_COLUMNS = (
    Column(("id",), digits, ("posts.post_id", "post_counts.post_id")),
    Column(("create_time",), epoch_seconds, ("posts.published_at", "posts.published_on")),
    Column(
        ("video_description", "title"),
        plain,
        ("posts.caption", "posts.hashtags"),
        required=False,
        nullable=True,
        free_text=True,
    ),
    Column(
        ("share_url",),
        plain,
        ("posts.permalink", "posts.account", "posts.content_type"),
        required=False,
        nullable=True,
    ),
    Column(("view_count",), count, ("post_counts.views",), required=False, nullable=True),
    Column(("like_count",), count, ("post_counts.likes",), required=False, nullable=True),
    Column(("comment_count",), count, ("post_counts.comments",), required=False, nullable=True),
    Column(("share_count",), count, ("post_counts.shares",), required=False, nullable=True),
)
POST_COUNTERS = {
    "view_count": "views",
    "like_count": "likes",
    "comment_count": "comments",
    "share_count": "shares",
}
USER_COLUMNS = (
    Column(("username",), plain, ("account_totals.account",), required=False, nullable=True),
    Column(("follower_count",), count, ("account_totals.followers",), required=False, nullable=True),
    Column(("likes_count",), count, ("account_totals.likes",), required=False, nullable=True),
    Column(("video_count",), count, ("account_totals.posts",), required=False, nullable=True),
)
ACCOUNT_COUNTERS = {"follower_count": "followers", "likes_count": "likes", "video_count": "posts"}


def _totals(columns: Mapping[str, str], cells: Cells) -> list[tuple[str, str, Cell]]:
    return [(counter, field, cells[field]) for field, counter in columns.items()]


def read_videos(file: SourceFile) -> Reading:
    """Read a page of `video/list` or `video/query`: one video is one record, its post and its running totals."""
    found = records_at(
        file, "data.videos", VIDEO_COLUMNS, looks_like="videos: a list `data.videos`", page=_page
    )
    if found.page and found.page.more:
        found = replace(found, notices=(*found.notices, MORE_PAGES))
    return transcribe(file, found, VIDEO_COLUMNS, partial(_video, file), unique=("id",))


def _page(answer: Answer) -> Page:
    return Page(more=pick(answer, "data.has_more") is True)


def _video(file: SourceFile, cells: Cells) -> list[Made]:
    told = cells["share_url"]
    link = link_in(str(told))
    caption, published_at = cells["video_description"], cells["create_time"]
    post = POSTS.row(
        platform=PLATFORM,
        post_id=cells["id"],
        account=account_of(file, link.handle if link else None),
        published_at=published_at,
        published_on=file.business_day(published_at),
        content_type=link.content_type if link else None,
        caption=caption,
        hashtags=hashtags(str(caption or "")),
        permalink=link.permalink if link else told,
    )
    names: dict[str, Cell] = {"platform": PLATFORM, "post_id": cells["id"], "witness": "list"}
    return [post, *counts(POST_COUNTS, names, _totals(POST_COUNTERS, cells))]


def read_user(file: SourceFile) -> Reading:
    """Read `user/info`: the account is the one record, its running totals are the rows."""
    node = read_json(file)
    refuse_error_body(file, node)
    for name in ("data", "user"):
        found = dict(node.members()).get(name) if isinstance(node.value, dict) else None
        if found is None or not isinstance(found.value, dict):
            raise other_shape(file, node, "an account: an object `data.user` with its counts")
        node = found
    one = Found(node.document.opened_at["{data{user{"], [record_of(node, USER_COLUMNS)])
    return transcribe(file, one, USER_COLUMNS, partial(_account, file))


def _account(file: SourceFile, cells: Cells) -> list[Made]:
    names: dict[str, Cell] = {"platform": PLATFORM, "account": account_of(file, cells["username"])}
    return counts(ACCOUNT_TOTALS, names, _totals(ACCOUNT_COUNTERS, cells))


VIDEO_LIST = Format(
    "tiktok_display.video_list",
    label="TikTok Display API, videos",
    noun="video",
    tables=("posts", "post_counts"),
    overlaps=("cumulative", "replaces"),
    columns=VIDEO_COLUMNS,
    read=read_videos,
    platform="TikTok",
    export="Call POST /v2/video/list/ (or /v2/video/query/ for some videos) with the fields id, create_time, title, "
    "video_description, share_url, view_count, like_count, comment_count and share_count. "
    "Keep each page of the answer as one file.",
    notes=(
        "Only public videos are listed, with running totals: the API tells no daily numbers, no reach and no saves.",
        "A list that goes on after the last page is named in a notice.",
    ),
    pattern="tiktok/videos-*-{extracted_at:%Y-%m-%dT%H%M%SZ}.json",
)
USER_INFO = Format(
    "tiktok_display.user_info",
    label="TikTok Display API, account",
    noun="account",
    tables=("account_totals",),
    overlaps=("cumulative", "replaces"),
    columns=USER_COLUMNS,
    read=read_user,
    platform="TikTok",
    export="Call GET /v2/user/info/ with the fields username, follower_count, likes_count and video_count, "
    "and keep the answer as one file.",
    notes=("Without the field username the account is the one that the source declares.",),
    pattern="tiktok/user-{extracted_at:%Y-%m-%dT%H%M%SZ}.json",
)

FORMATS = (VIDEO_LIST, USER_INFO)
