"""YouTube Data API: what videos and channels show to everybody, and the comments below videos."""

from __future__ import annotations

from collections.abc import Sequence

from perftrack_site.sources.accounts import Namer, namer
from perftrack_site.sources.cast import Column, choice, count, identifier, plain
from perftrack_site.sources.days import utc_moment
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.json_reader import Node
from perftrack_site.sources.json_records import Answer, Listed, list_at, record_of, refuse_strangers
from perftrack_site.sources.measures import Measure, measured, values
from perftrack_site.sources.platforms.instagram_graph import hashtags
from perftrack_site.sources.platforms.paged_lists import found_in
from perftrack_site.sources.platforms.youtube import NAME, PLATFORM, video_id, video_page
from perftrack_site.sources.records import Cells, Made, counts, transcribe
from perftrack_site.sources.spelling import keyed_hash
from perftrack_site.sources.tables import ACCOUNT_TOTALS, COMMENTS, POST_COUNTS, POSTS

OF_VIDEOS = (
    Measure(("statistics.viewCount",), count, "views", "viewCount"),
    Measure(("statistics.likeCount",), count, "likes", "likeCount"),
    Measure(("statistics.commentCount",), count, "comments", "commentCount"),
)
OF_CHANNELS = (
    Measure(("statistics.subscriberCount",), count, "followers", "subscriberCount"),
    Measure(("statistics.viewCount",), count, "views", "viewCount"),
    Measure(("statistics.videoCount",), count, "posts", "videoCount"),
)
VIDEOS_LOOK_LIKE = "videos.list with part=snippet,statistics: a list `items` of videos"
CHANNELS_LOOK_LIKE = "channels.list with part=snippet,statistics: a list `items` of channels"
COMMENTS_LOOK_LIKE = "commentThreads.list or comments.list with part=snippet: a list `items` of comments"
COMMENT_KINDS = ["youtube#commentThreadListResponse", "youtube#commentListResponse"]
PAID = Column(
    ("paidProductPlacementDetails.hasPaidProductPlacement",),
    choice("true", "false"),
    ("posts.is_paid_partnership",),
    nullable=True,
)
VIDEO_COLUMNS = (
    Column(("snippet.channelId",), identifier, ("posts.account",)),
    Column(("id",), video_id, ("posts.post_id", "post_counts.post_id")),
    Column(("snippet.publishedAt",), utc_moment, ("posts.published_at", "posts.published_on")),
    Column(("snippet.title",), plain, ("posts.caption", "posts.hashtags"), nullable=True, free_text=True),
    Column(("snippet.description",), plain, ("posts.hashtags",), nullable=True, free_text=True),
    Column(("liveStreamingDetails.actualStartTime",), plain, ("posts.content_type",), nullable=True),
    PAID,
    *measured("post_counts", OF_VIDEOS),
)
CHANNEL_COLUMNS = (
    Column(("id",), identifier, ("account_totals.account",)),
    Column(("snippet.customUrl",), plain, ("account_totals.account",), nullable=True),
    Column(("statistics.hiddenSubscriberCount",), choice("true", "false"), (), nullable=True),
    *measured("account_totals", OF_CHANNELS),
)


def _items(file: SourceFile, kinds: Sequence[str], looks_like: str, columns: Sequence[Column]) -> Listed:
    """Find the items of an answer; raises QualityError for the answer of another call."""
    listed = list_at(file, "items", looks_like=looks_like)
    for answer in listed.answers:
        if answer.get("kind") not in [*kinds, None]:
            wrong = f"is the answer of another call: its kind is not {' or '.join(kinds)}"
            raise refusal(
                file.path, 1, "kind", wrong, f"expected {looks_like}; check the format of its source"
            )
    refuse_strangers(file, listed.nodes, columns, looks_like)
    return listed


def _goes_on(answer: Answer) -> object:
    return answer.get("nextPageToken")


# --- videos --------------------------------------------------------------------------------------


def read_videos(file: SourceFile) -> Reading:
    """Read videos.list: one item is one video, and what everybody sees of its counters.

    The declared account is that of all videos, unless they are of several channels: then each channel's id is.
    """
    listed = _items(file, ["youtube#videoListResponse"], VIDEOS_LOOK_LIKE, VIDEO_COLUMNS)
    records = [record_of(node, VIDEO_COLUMNS) for node in listed.nodes]
    account = namer(file, records, 0)
    return transcribe(
        file,
        found_in(listed, records, _goes_on),
        VIDEO_COLUMNS,
        lambda cells: _video(file, cells, account),
        unique=("id",),
    )


def _video(file: SourceFile, cells: Cells, account: Namer) -> list[Made]:
    video, paid = cells["id"], cells[PAID.name]
    words = [str(cells[name]) for name in ("snippet.title", "snippet.description") if cells[name]]
    post = POSTS.row(
        platform=PLATFORM,
        post_id=video,
        account=account(None, cells["snippet.channelId"]),
        published_at=cells["snippet.publishedAt"],
        published_on=file.business_day(cells["snippet.publishedAt"]),
        content_type="live" if cells["liveStreamingDetails.actualStartTime"] else "video",
        caption=cells["snippet.title"],
        hashtags=hashtags("\n".join(words)),
        permalink=video_page(video),
        is_paid_partnership=None if paid is None else paid == "true",
    )
    names = {"platform": PLATFORM, "post_id": video, "witness": "list"}
    return [post, *counts(POST_COUNTS, names, values(OF_VIDEOS, cells))]


# --- channels ------------------------------------------------------------------------------------


def read_channels(file: SourceFile) -> Reading:
    """Read channels.list: one item is one channel, and its running totals."""
    listed = _items(file, ["youtube#channelListResponse"], CHANNELS_LOOK_LIKE, CHANNEL_COLUMNS)
    records = [record_of(node, CHANNEL_COLUMNS) for node in listed.nodes]
    account = namer(file, records, 0)
    return transcribe(
        file,
        found_in(listed, records, _goes_on),
        CHANNEL_COLUMNS,
        lambda cells: _channel(cells, account),
        unique=("id",),
    )


def _channel(cells: Cells, account: Namer) -> list[Made]:
    """Make the totals of a channel; a hidden number of subscribers stays unknown."""
    told = cells["snippet.customUrl"] or cells["id"]
    names = {"platform": PLATFORM, "account": account(None, told)}
    hidden = cells["statistics.hiddenSubscriberCount"] == "true"
    seen = [each for each in OF_CHANNELS if not (hidden and each.counter == "followers")]
    return counts(ACCOUNT_TOTALS, names, values(seen, cells))


# --- comments ------------------------------------------------------------------------------------

TOP = "snippet.topLevelComment."  # where a thread holds its first comment
COMMENT_COLUMNS = (
    Column(("id",), identifier, ("comments.comment_id",)),
    Column(("snippet.videoId",), video_id, ("comments.post_id",), nullable=True),
    Column(("snippet.parentId",), identifier, ("comments.parent_id",), nullable=True),
    Column(
        (f"{TOP}snippet.publishedAt", "snippet.publishedAt"),
        utc_moment,
        ("comments.posted_at", "comments.posted_on"),
    ),
    Column(
        tuple(f"{top}snippet.{name}" for name in ("textOriginal", "textDisplay") for top in (TOP, "")),
        plain,
        ("comments.text",),
        free_text=True,
    ),
    Column((f"{TOP}snippet.likeCount", "snippet.likeCount"), count, ("comments.like_count",), nullable=True),
    Column(
        tuple(f"{top}snippet.authorChannelId.author_key" for top in (TOP, "")),
        keyed_hash,
        ("comments.author_key",),
        nullable=True,
    ),
)
# The brackets around the replies that threads bring along: in one answer, in a list of answers.
REPLIES = ("{items[{replies{comments[", "[{items[{replies{comments[")
PERSONAL = ("snippet.authorDisplayName", "snippet.authorProfileImageUrl", "snippet.authorChannelUrl")
AUTHOR = "snippet.authorChannelId.value"


def read_comments(file: SourceFile) -> Reading:
    """Read commentThreads.list or comments.list: one comment, or one reply in a thread, is one record.

    A thread brings at most five of its replies; comments.list has them all.
    """
    listed = _items(file, COMMENT_KINDS, COMMENTS_LOOK_LIKE, COMMENT_COLUMNS)
    nodes = [each for node in listed.nodes for each in (node, *_replies(node))]
    opened = _opened(file, listed, found=len(nodes) - len(listed.nodes))
    records = [record_of(node, COMMENT_COLUMNS) for node in nodes]
    found = found_in(listed, records, _goes_on, more_records=opened)
    return transcribe(file, found, COMMENT_COLUMNS, lambda cells: [_comment(file, cells)], unique=("id",))


def _opened(file: SourceFile, listed: Listed, *, found: int) -> int:
    """Count the replies by their brackets; refuse the file where others were found."""
    opened = sum(
        node.document.opened_at[f"{chain}{bracket}"]
        for node in listed.nodes[:1]
        for chain in REPLIES
        for bracket in "{["
    )
    if opened != found:
        wrong = f"cannot be accounted for: {opened} replies counted, {found} found"
        raise refusal(
            file.path, listed.nodes[0].first_line, "replies", wrong, f"expected {COMMENTS_LOOK_LIKE}"
        )
    return opened


def _replies(thread: Node) -> list[Node]:
    members = dict(thread.members()) if isinstance(thread.value, dict) else {}
    replies = members.get("replies")
    inner = dict(replies.members()) if replies and isinstance(replies.value, dict) else {}
    comments = inner.get("comments")
    return list(comments.elements()) if comments and isinstance(comments.value, list) else []


def _comment(file: SourceFile, cells: Cells) -> Made:
    posted, text = (cells[COMMENT_COLUMNS[at].name] for at in (3, 4))
    likes, author = (cells[COMMENT_COLUMNS[at].name] for at in (5, 6))
    return COMMENTS.row(
        platform=PLATFORM,
        comment_id=cells["id"],
        post_id=cells["snippet.videoId"],
        parent_id=cells["snippet.parentId"],
        posted_at=posted,
        posted_on=file.business_day(posted),
        author_key=author,
        text=text,
        like_count=likes,
    )


# --- formats -------------------------------------------------------------------------------------

NOT_ZERO = "A counter that its owner hides is absent in the answer and stays unknown, it is never 0."

VIDEOS = Format(
    "youtube_data.videos",
    label="YouTube Data API, videos",
    noun="video",
    tables=("posts", "post_counts"),
    overlaps=("cumulative", "replaces"),
    columns=VIDEO_COLUMNS,
    read=read_videos,
    platform=NAME,
    export="Call videos.list with part=snippet,statistics,paidProductPlacementDetails,liveStreamingDetails and the ids "
    "of the videos, and keep the answer as it comes. An API key is enough; keep the key out of the file.",
    notes=(
        NOT_ZERO,
        "The declared account is that of every video; in a file of several channels each goes by its channel's id.",
        "The API does not tell shorts from other videos. Dislikes are not kept.",
    ),
    pattern="youtube/videos-{extracted_at:%Y-%m-%d}.json",
)
CHANNELS = Format(
    "youtube_data.channels",
    label="YouTube Data API, channels",
    noun="channel",
    tables=("account_totals",),
    overlaps=("cumulative", "replaces"),
    columns=CHANNEL_COLUMNS,
    read=read_channels,
    platform=NAME,
    export="Call channels.list with part=snippet,statistics and the ids or handles of channels, and keep the answer.",
    notes=(
        "YouTube rounds the number of subscribers down to three digits. " + NOT_ZERO,
        "The declared account is that of the channel. Where the file holds several, each goes by its handle.",
    ),
    pattern="youtube/channels-{extracted_at:%Y-%m-%d}.json",
)
VIDEO_COMMENTS = Format(
    "youtube_data.comments",
    label="YouTube Data API, comments",
    noun="comment",
    tables=("comments",),
    overlaps=("replaces", "adds"),
    columns=COMMENT_COLUMNS,
    read=read_comments,
    personal=PERSONAL,
    identity=AUTHOR,
    identity_key="author_key",
    platform=NAME,
    export="Call commentThreads.list with part=snippet,replies, textFormat=plainText and the video's id, page by page, "
    "and comments.list with the id of a thread for all its replies. Keep every page, then run `perftrack scrub`.",
    notes=(
        "Names, pictures and addresses of authors are never read.",
        "A thread brings at most five of its replies.",
        "A reply in comments.list does not say to which video it belongs.",
    ),
    pattern="youtube/comments-*-{extracted_at:%Y-%m-%d}.json",
)

FORMATS = (VIDEOS, CHANNELS, VIDEO_COMMENTS)
