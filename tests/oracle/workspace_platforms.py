"""Files of a random workspace from TikTok, YouTube and X: some tell less of a post than others, some of few days."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from pathlib import Path

from workspace_files import Visit, as_csv, as_json, draw_texts, draw_visits, new_source, write_file
from workspace_plan import Plan, Tree
from workspace_posts import Post, accounts_of

TIKTOK = {"views": "view_count", "likes": "like_count", "comments": "comment_count", "shares": "share_count"}
YOUTUBE = {"views": "viewCount", "likes": "likeCount", "comments": "commentCount"}
STUDIO = {"views": "Views", "likes": "Likes", "comments": "Comments added", "shares": "Shares"}
STUDIO_HEADER = ("Content", "Video title", "Video publish time", "Duration", *STUDIO.values())
X = {
    "views": "Impressions",
    "likes": "Likes",
    "comments": "Replies",
    "shares": "Reposts",
    "saved": "Bookmarks",
}
X_HEADER = (
    "Post id", "Date", "Post text", "Post Link", "Impressions", "Likes", "Engagements", "Bookmarks", "Shares",
    "New follows", "Replies", "Reposts", "Profile visits", "Detail Expands", "URL Clicks",
)  # fmt: skip


def write_platforms(plan: Plan, data: Path, posts: list[Post]) -> None:
    """Write the files of each influencer's other platforms."""
    for influencer in plan.influencers:
        who = influencer["key"]
        own = [post for post in posts if post.influencer == who]
        for platform, write in (("tiktok", _write_tiktok), ("youtube", _write_youtube), ("x", _write_x)):
            if shown := [post for post in own if post.platform == platform]:
                write(plan, data, who, shown)


def _keys(plan: Plan, who: str) -> list[str]:
    return [key for key, part in plan.parts() if part["influencer"] == who]


def _declared(plan: Plan, source: Tree, who: str, chance: float = 0.5) -> Tree:
    """Declare whose account a source is of; elsewhere its files must tell."""
    if plan.chance(chance):
        source["account"] = who
    return source


def _published(posts: list[Post], visit: Visit) -> list[Post]:
    return [post for post in posts if post.at <= visit.at]


# --- TikTok --------------------------------------------------------------------------------------


def _write_tiktok(plan: Plan, data: Path, who: str, posts: list[Post]) -> None:
    """Write lists of videos; now and then an agency's too, which asks for fewer fields."""
    handle = accounts_of(plan, who)["tiktok"]
    form = "tiktok_display.video_list"
    source = new_source(plan, f"tok-{who}", form, f"tiktok/{who}/videos-{{}}.json", "cumulative")
    _declared(plan, source, who, 0.3)

    def text(visit: Visit) -> str:
        videos = [_video(plan, post, handle, visit) for post in _published(posts, visit)]
        return as_json(plan, {"data": {"videos": videos, "has_more": False}, "error": {"code": "ok"}})

    visits = draw_visits(plan, source, _keys(plan, who), 4)
    for visit, page in draw_texts(plan, visits, text):
        write_file(data, source, visit, page)
    if plan.chance(0.5):
        _write_agency(plan, data, source, visits, posts)


def _write_agency(plan: Plan, data: Path, source: Tree, visits: list[Visit], posts: list[Post]) -> None:
    """Let an agency show the same videos, at the same moments or at its own."""
    who = posts[0].influencer
    key, files = f"agency-{who}", f"agency/{who}-{{}}.json"
    if plan.chance(0.5):
        less = new_source(plan, key, source["format"], files, "cumulative")
        visits = draw_visits(plan, less, _keys(plan, who), 4)
    else:
        less = source | {"key": key, "files": source["files"].replace("tiktok/", "agency/")}
        less.pop("account", None)
        plan.sources.append(less)
    for visit in visits[-2:]:
        if videos := [_video(plan, post, "", visit) for post in _published(posts, visit)]:
            write_file(data, less, visit, as_json(plan, {"data": {"videos": videos}}))


def _video(plan: Plan, post: Post, handle: str, visit: Visit) -> Tree:
    """Show a video; without a handle, as somebody shows it who asked for its numbers only."""
    told: Tree = {"id": post.id, "create_time": int(post.at.timestamp())} | post.shown(TIKTOK, visit.at)
    if not handle:
        return told | {"view_count": post.counter("views", visit.at) + plan.chance(0.1)}
    kind = {"video": "video", "image": "photo"}[post.kind]
    link = f"https://www.tiktok.com/@{handle}/{kind}/{post.id}"
    return told | {"video_description": post.text(visit.at), "share_url": link}


# --- YouTube -------------------------------------------------------------------------------------


def _write_youtube(plan: Plan, data: Path, who: str, posts: list[Post]) -> None:
    """Write what everybody sees; mostly also Studio's totals over some days, which alone tell of shares."""
    channel = accounts_of(plan, who)["youtube"]
    if plan.chance(0.85):
        form = "youtube_data.videos"
        source = _declared(
            plan, new_source(plan, f"yt-{who}", form, f"youtube/{who}-{{}}.json", "cumulative"), who
        )

        def text(visit: Visit) -> str:
            items = [_item(plan, post, channel, visit) for post in _published(posts, visit)]
            return as_json(plan, {"kind": "youtube#videoListResponse", "items": items})

        for visit, page in draw_texts(plan, draw_visits(plan, source, _keys(plan, who), 4), text):
            write_file(data, source, visit, page)
    if plan.chance(0.7):
        files = f"studio/{who}-{{from:%Y-%m-%d}}_{{to:%Y-%m-%d}}-{{}}.csv"
        source = _declared(
            plan, new_source(plan, f"studio-{who}", "youtube_studio.content", files, "replaces"), who
        )
        _write_spans(plan, data, source, who, posts)


def _item(plan: Plan, post: Post, channel: str, visit: Visit) -> Tree:
    title, description = plan.rng.choice((("Slow tea", post.text(visit.at)), (post.text(visit.at), "")))
    item: Tree = {
        "id": post.id,
        "snippet": {
            "publishedAt": f"{post.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "channelId": channel,
            "title": title,
            "description": description,
        },
        "statistics": {name: str(count) for name, count in post.shown(YOUTUBE, visit.at).items()},
    }
    if post.kind == "live":
        item["liveStreamingDetails"] = {"actualStartTime": item["snippet"]["publishedAt"]}
    if post.is_paid is not None:
        item["paidProductPlacementDetails"] = {"hasPaidProductPlacement": post.is_paid}
    return item


# --- totals over days ----------------------------------------------------------------------------


def _write_x(plan: Plan, data: Path, who: str, posts: list[Post]) -> None:
    files = f"x/{who}-{{from:%Y-%m-%d}}_{{to:%Y-%m-%d}}-{{}}.csv"
    source = _declared(plan, new_source(plan, f"x-{who}", "x_csv.content", files, "replaces"), who, 0.3)
    _write_spans(plan, data, source, who, posts)


def _write_spans(plan: Plan, data: Path, source: Tree, who: str, posts: list[Post]) -> None:
    """Write totals over days that begin before all posts, on the day of one, or after some."""
    starts = [post.at.astimezone(plan.zone).date() for post in posts]
    for visit in draw_visits(plan, source, _keys(plan, who), 4):
        last = visit.at.date() - timedelta(days=1)
        first = plan.rng.choice((min(starts) - timedelta(days=30), min(starts), *starts)) + timedelta(
            days=plan.rng.choice((0, 0, 1))
        )
        if first <= last:
            text = _totals(plan, source, posts, visit, last)
            write_file(data, source, visit, text, days=(first, last))


def _totals(plan: Plan, source: Tree, posts: list[Post], visit: Visit, last: date) -> str:
    shown = [post for post in _published(posts, visit) if post.at.astimezone(plan.zone).date() <= last]
    if source["format"] == "x_csv.content":
        handle = accounts_of(plan, posts[0].influencer)["x"]
        return as_csv(X_HEADER, [_tweet(plan, post, handle, visit) for post in shown])
    total: Tree = {"Content": "Total", "Views": str(sum(post.counter("views", visit.at) for post in shown))}
    return as_csv(STUDIO_HEADER, [total, *(_studio(plan, post, visit) for post in shown)])


def _studio(plan: Plan, post: Post, visit: Visit) -> Tree:
    return {
        "Content": post.id,
        "Video title": plan.rng.choice(("Slow tea", post.text(visit.at))),
        "Video publish time": str(post.at.astimezone(plan.zone).date()),
        **post.shown(STUDIO, visit.at - timedelta(days=1)),
    }


def _tweet(plan: Plan, post: Post, handle: str, visit: Visit) -> Tree:
    link = f"https://x.com/{handle}/status/{post.id}" if plan.chance(0.8) else ""
    return {
        "Post id": post.id,
        "Date": str(post.at.astimezone(plan.zone).date()),
        "Post text": post.text(visit.at),
        "Post Link": link,
        **post.shown(X, visit.at),
    }
