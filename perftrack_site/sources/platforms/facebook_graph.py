"""Facebook Graph API: the posts of a page, insights of posts and of the page, and the page itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

from perftrack_site.sources.cast import CellError, Column, count, digits, moment, plain, word
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.ledger import Rule
from perftrack_site.sources.platforms.graph_api import Foreign, read_records
from perftrack_site.sources.platforms.graph_insights import (
    CALIFORNIA,
    Kept,
    account_becomes,
    account_row,
    insight_columns,
    read_values,
    refuse_undated,
)
from perftrack_site.sources.platforms.instagram_graph import hashtags
from perftrack_site.sources.records import Cells, Made, counts, transcribe
from perftrack_site.sources.tables import ACCOUNT_TOTALS, POST_COUNTS, POSTS, Cell

PLATFORM = "facebook"
SITE = "https://www.facebook.com"
POST_ID = re.compile(r"(?:[0-9]{1,30}_)?([0-9]{1,30})")

# The names of each counter, the best first: Meta renamed impressions to media views in 2025.
PAGE_COUNTERS: Mapping[str, tuple[str, ...]] = {
    "views": ("page_media_view", "page_impressions"),
    "reach": ("page_total_media_view_unique", "page_impressions_unique"),
    "likes": ("page_actions_post_reactions_total",),
    "interactions": ("page_post_engagements",),
    "clicks": ("page_consumptions",),
    "profile_visits": ("page_views_total",),
    "watch_milliseconds": ("page_video_view_time",),
    "followers": ("page_follows", "page_fans"),
    "followers_gained": (
        "page_daily_follows",
        "page_daily_follows_unique",
        "page_fan_adds",
        "page_fan_adds_unique",
    ),
    "followers_lost": ("page_daily_unfollows_unique", "page_fan_removes", "page_fan_removes_unique"),
}
POST_COUNTERS: Mapping[str, tuple[str, ...]] = {
    "views": ("post_media_view", "post_impressions"),
    "reach": ("post_total_media_view_unique", "post_impressions_unique"),
    "likes": ("post_reactions_by_type_total",),
    "clicks": ("post_clicks",),
    "watch_milliseconds": ("post_video_view_time",),
    "avg_watch_milliseconds": ("post_video_avg_time_watched",),
}
OF_PAGE = Kept(PAGE_COUNTERS, is_ours=lambda name, _: name.startswith("page_"))
OF_POST = Kept(POST_COUNTERS, is_ours=lambda name, _: name.startswith("post_"))
LIFETIME = "lifetime"
NOT_LIFETIME = Rule("period_not_used", "the number of a post is not of its whole life")

CONTENT_TYPES: Mapping[str, str] = {
    "photo": "image", "album": "carousel", "video": "video", "link": "link", "live_video": "live",
    "added_photos": "image", "added_video": "video", "shared_story": "link", "mobile_status_update": "text",
}  # fmt: skip
VIDEO_LINKS = {"/reel/": "reel", "/videos/": "video"}
# What comments have and posts have not: both have an id, a time and a message.
COMMENTS = Foreign(
    frozenset({"like_count", "comment_count", "parent", "can_remove", "user_likes"}), "a comment"
)
AN_ACCOUNT = Foreign(frozenset({"media_count", "follows_count"}), "an account of Instagram")


def post_id(text: str) -> str:
    """Read the id of a post, with or without the id of its page before it; the page's is dropped."""
    found = POST_ID.fullmatch(text)
    if not found:
        raise CellError("id", "not an id such as 61550000000001_900000000000001")
    return found.group(1)


def link(text: str) -> str:
    """Read a link; the API tells those of videos without the site."""
    return f"{SITE}{plain(text)}" if text.startswith("/") else plain(text)


# --- posts ---------------------------------------------------------------------------------------

POST_COLUMNS = (
    Column(("id",), post_id, ("posts.post_id", "post_counts.post_id")),
    Column(("created_time",), moment, ("posts.published_at", "posts.published_on")),
    Column(
        ("message", "description"),
        plain,
        ("posts.caption", "posts.hashtags"),
        required=False,
        nullable=True,
        free_text=True,
    ),
    Column(("permalink_url",), link, ("posts.permalink",), required=False, nullable=True),
    Column(
        ("attachments.data[0].media_type", "status_type"),
        word,
        ("posts.content_type",),
        required=False,
        nullable=True,
    ),
    Column(("reactions.summary.total_count",), count, ("post_counts.likes",), required=False, nullable=True),
    Column(
        ("comments.summary.total_count",), count, ("post_counts.comments",), required=False, nullable=True
    ),
    Column(("shares.count",), count, ("post_counts.shares",), required=False, nullable=True),
)
COUNTED_IN_POSTS = (
    ("likes", "reactions", "reactions.summary.total_count"),
    ("comments", "comments", "comments.summary.total_count"),
    ("shares", "shares", "shares.count"),
)


def read_posts(file: SourceFile) -> Reading:
    """Read the posts or videos of a page: one is one record, one post, and up to three counters of its own."""
    looks_like = "posts of a page: a list `data` with `id` and `created_time`"
    found = read_records(file, POST_COLUMNS, looks_like=looks_like, foreign=COMMENTS)

    def make(cells: Cells) -> list[Made]:
        names: dict[str, Cell] = {"platform": PLATFORM, "post_id": cells["id"], "witness": "list"}
        counted = ((counter, definition, cells[path]) for counter, definition, path in COUNTED_IN_POSTS)
        return [_post(file, cells), *counts(POST_COUNTS, names, counted)]

    return transcribe(file, found, POST_COLUMNS, make, unique=("id",))


def _post(file: SourceFile, cells: Cells) -> Made:
    caption, permalink = cells["message"], str(cells["permalink_url"] or "")
    by_link = next((kind for part, kind in VIDEO_LINKS.items() if part in permalink), None)
    return POSTS.row(
        platform=PLATFORM,
        post_id=cells["id"],
        account=account_of(file),
        published_at=cells["created_time"],
        published_on=file.business_day(cells["created_time"]),
        content_type=by_link or CONTENT_TYPES.get(str(cells["attachments.data[0].media_type"])),
        caption=caption,
        hashtags=hashtags(str(caption or "")),
        permalink=permalink or None,
    )


# --- insights ------------------------------------------------------------------------------------

PAGE_INSIGHT_COLUMNS = insight_columns(
    of=(),
    becomes=account_becomes(PAGE_COUNTERS),
    named=("account_days.definition", "account_spans.definition"),
    days=("account_days.day", "account_spans.from_day", "account_spans.to_day"),
)
POST_INSIGHT_COLUMNS = insight_columns(
    of=("post_counts.post_id",),
    becomes=tuple(f"post_counts.{counter}" for counter in POST_COUNTERS),
    named=("post_counts.definition",),
    days=(),
)
VALUE = PAGE_INSIGHT_COLUMNS[3].name


def read_page_insights(file: SourceFile) -> Reading:
    """Read insights of a page: one number of one day or span is one record. A name comes with several periods."""
    found = read_values(file, OF_PAGE)
    refuse_undated(file, found)

    def make(cells: Cells) -> list[Made]:
        name = str(cells["name"])
        return account_row(file, PLATFORM, cells, OF_PAGE.counter(name), name)

    return transcribe(file, found, PAGE_INSIGHT_COLUMNS, make, unique=("name", "period", "values[].end_time"))


def read_post_insights(file: SourceFile) -> Reading:
    """Read insights of posts: one number of a post's whole life is one record."""

    def make(cells: Cells) -> list[Made]:
        name = str(cells["name"])
        names: dict[str, Cell] = {
            "platform": PLATFORM, "post_id": post_id(str(cells["id"])), "witness": "insights",
        }  # fmt: skip
        return counts(POST_COUNTS, names, [(OF_POST.counter(name), name, cells[VALUE])])

    return transcribe(
        file,
        read_values(file, OF_POST),
        POST_INSIGHT_COLUMNS,
        make,
        unique=("id", "name"),
        skip=lambda cells: None if cells["period"] == LIFETIME else NOT_LIFETIME,
    )


# --- the page ------------------------------------------------------------------------------------

PAGE_COLUMNS = (
    Column(("id",), digits, ()),
    Column(("username",), plain, ("account_totals.account",), required=False, nullable=True),
    Column(("followers_count",), count, ("account_totals.followers",), required=False, nullable=True),
    Column(("fan_count",), count, ("account_totals.followers",), required=False, nullable=True),
)
TELLS_FOLLOWERS = (Column(("followers_count", "fan_count"), count, ()),)


def read_page(file: SourceFile) -> Reading:
    """Read pages as they are on a day: one page is one record. Without followers its fans stand in."""
    looks_like = "a page: an object with `id` and `followers_count` or `fan_count`"
    read_records(file, TELLS_FOLLOWERS, looks_like=looks_like, foreign=AN_ACCOUNT)
    found = read_records(file, PAGE_COLUMNS, looks_like=looks_like, foreign=AN_ACCOUNT)

    def make(cells: Cells) -> list[Made]:
        names = {"platform": PLATFORM, "account": account_of(file, cells["username"])}
        name = "fan_count" if cells["followers_count"] is None else "followers_count"
        return counts(ACCOUNT_TOTALS, names, [("followers", name, cells[name])])

    return transcribe(file, found, PAGE_COLUMNS, make, unique=("id",))


AS_IT_COMES = (
    "Keep the answer as it comes, and clean it with `perftrack scrub`: its paging links carry your token."
)
PAGE_POSTS = Format(
    "facebook_graph.posts",
    label="Facebook Graph API, posts of a page",
    noun="post",
    tables=("posts", "post_counts"),
    overlaps=("cumulative", "replaces"),
    columns=POST_COLUMNS,
    read=read_posts,
    personal=("from.name", "reactions.data[].name"),
    platform="Facebook",
    export=(
        "Call `GET /{page id}/feed` (or `/videos`) with the fields `message,created_time,permalink_url,status_type,"
        "shares,reactions.summary(true).limit(0),comments.summary(true).limit(0)`, page by page. "
        + AS_IT_COMES
    ),
    notes=(
        "Reactions of every kind are likes. The API leaves `shares` out where there are none: they stay unknown.",
        "The id of the page before the id of a post is dropped, so that exports of Meta Business Suite meet it.",
        "A video has another id than the post that shows it: fetch posts or videos, not both.",
    ),
    pattern="facebook/posts-{extracted_at:%Y-%m-%d}.json",
)
POST_INSIGHTS = Format(
    "facebook_graph.post_insights",
    label="Facebook Graph API, insights of posts",
    noun="number",
    tables=("post_counts",),
    overlaps=("cumulative", "replaces"),
    columns=POST_INSIGHT_COLUMNS,
    read=read_post_insights,
    platform="Facebook",
    export=(
        "Call `GET /{post id}/insights?metric=post_media_view,post_total_media_view_unique,post_clicks,"
        "post_reactions_by_type_total`, or `GET /insights?ids=...` for many posts at once. " + AS_IT_COMES
    ),
    notes=("Only numbers of a post's whole life are kept.", "Meta answers an empty list instead of 0."),
    pattern="facebook/post-insights-{extracted_at:%Y-%m-%d}.json",
)
PAGE_INSIGHTS = Format(
    "facebook_graph.page_insights",
    label="Facebook Graph API, insights of a page",
    noun="number",
    tables=("account_days", "account_spans"),
    overlaps=("replaces",),
    columns=PAGE_INSIGHT_COLUMNS,
    read=read_page_insights,
    platform="Facebook",
    zone=CALIFORNIA,
    settles_days=2,
    export=(
        "Call `GET /{page id}/insights` with `metric=page_media_view,page_total_media_view_unique,page_follows,"
        "page_views_total`, `period=day`, `since` and `until`. " + AS_IT_COMES
    ),
    notes=(
        "A day ends at midnight in California: the `end_time` of a value closes the day before it.",
        "One name may come for a day, a week and 28 days: a week is a span of its own and is never added to days.",
        "Meta answers an empty list instead of 0. The newest two days are provisional.",
    ),
    pattern="facebook/page-insights-{extracted_at:%Y-%m-%d}.json",
)
PAGE = Format(
    "facebook_graph.page",
    label="Facebook Graph API, page",
    noun="page",
    tables=("account_totals",),
    overlaps=("cumulative", "replaces"),
    columns=PAGE_COLUMNS,
    read=read_page,
    platform="Facebook",
    export="Call `GET /{page id}?fields=username,followers_count,fan_count` and keep the answer as it comes.",
    notes=(
        "It tells the followers as they are on the day of the call: give that day in the file's name.",
        "Where the followers are not told, the fans of the page stand in, marked by their definition.",
    ),
    pattern="facebook/page-{extracted_at:%Y-%m-%d}.json",
)

FORMATS: tuple[Format, ...] = (PAGE_POSTS, POST_INSIGHTS, PAGE_INSIGHTS, PAGE)
