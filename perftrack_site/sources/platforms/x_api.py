"""X API v2: posts with the counters that everybody sees and those that only their owner sees; totals of users."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from perftrack_site.sources.accounts import namer
from perftrack_site.sources.cast import Column, choice, count, digits, plain
from perftrack_site.sources.days import utc_moment
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.json_records import Answer, Listed, list_at, pick, record_of, refuse_strangers
from perftrack_site.sources.ledger import Rule
from perftrack_site.sources.measures import Measure, measured, values
from perftrack_site.sources.platforms.instagram_graph import hashtags
from perftrack_site.sources.platforms.paged_lists import found_in
from perftrack_site.sources.records import Cells, Made, counts, transcribe
from perftrack_site.sources.tables import ACCOUNT_TOTALS, POST_COUNTS, POSTS, Cell

PLATFORM = "x"
NAME = "X"
REPOST = Rule("repost", "a repost shows the counters of the post it repeats, which is another's")
QUOTED = re.compile(r'"([^"\\]+)"')
POSTS_LOOK_LIKE = "posts of the X API v2: a list `data` with id, text and created_at"
USERS_LOOK_LIKE = "users of the X API v2: a list `data` with id and username"


def media_keys(text: str) -> tuple[str, ...]:
    """Read the list of a post's media."""
    return tuple(QUOTED.findall(text))


SEEN_BY_ALL = (
    Measure(("public_metrics.impression_count",), count, "views", "impressions"),
    Measure(("public_metrics.like_count",), count, "likes", "likes"),
    Measure(("public_metrics.reply_count",), count, "comments", "replies"),
    Measure(("public_metrics.bookmark_count",), count, "saves", "bookmarks"),
)
SEEN_BY_OWNER = (
    Measure(
        ("non_public_metrics.url_link_clicks", "organic_metrics.url_link_clicks"),
        count,
        "clicks",
        "url_link_clicks",
    ),
    Measure(
        ("non_public_metrics.user_profile_clicks", "organic_metrics.user_profile_clicks"),
        count,
        "profile_visits",
        "user_profile_clicks",
    ),
    Measure(("non_public_metrics.engagements",), count, "interactions", "engagements"),
)
RETWEETS = Column(
    ("public_metrics.retweet_count", "public_metrics.repost_count"),
    count,
    ("post_counts.shares",),
    nullable=True,
)
QUOTES = Column(("public_metrics.quote_count",), count, ("post_counts.shares",), nullable=True)
POST_COLUMNS = (
    Column(("author_id",), digits, ("posts.account",), nullable=True),
    Column(("id",), digits, ("posts.post_id", "post_counts.post_id")),
    Column(("created_at",), utc_moment, ("posts.published_at", "posts.published_on")),
    Column(("note_tweet.text", "text"), plain, ("posts.caption", "posts.hashtags"), free_text=True),
    Column(("attachments.media_keys",), media_keys, ("posts.content_type",), nullable=True),
    Column(("referenced_tweets[0].type",), plain, (), nullable=True),
    Column(("paid_partnership",), choice("true", "false"), ("posts.is_paid_partnership",), nullable=True),
    *measured("post_counts", (*SEEN_BY_ALL, *SEEN_BY_OWNER)),
    RETWEETS,
    QUOTES,
)
OF_USERS = (
    Measure(("public_metrics.followers_count",), count, "followers", "followers_count"),
    Measure(("public_metrics.tweet_count",), count, "posts", "tweet_count"),
)
USER_COLUMNS = (
    Column(("id",), digits, ()),
    Column(("username",), plain, ("account_totals.account",)),
    *measured("account_totals", OF_USERS),
)


def _listed(file: SourceFile, columns: Sequence[Column], looks_like: str) -> Listed:
    """Find the records of an answer; an empty one has no list, only a `meta` that says 0."""
    listed = list_at(
        file, "data", looks_like=looks_like, is_empty=lambda answer: pick(answer, "meta.result_count") == 0
    )
    refuse_strangers(file, listed.nodes, columns, looks_like)
    return listed


def _goes_on(answer: Answer) -> object:
    return pick(answer, "meta.next_token")


# --- posts ---------------------------------------------------------------------------------------


def read_tweets(file: SourceFile) -> Reading:
    """Read posts: one record is one post, and its counters as of the call. Raises QualityError."""
    listed = _listed(file, POST_COLUMNS, POSTS_LOOK_LIKE)
    records = [record_of(node, POST_COLUMNS) for node in listed.nodes]
    account = namer(file, records, 0)
    users = dict(_included(listed, "users", "id", "username"))
    media = dict(_included(listed, "media", "media_key", "type"))

    def make(cells: Cells) -> list[Made]:
        who = account(users.get(str(cells["author_id"])), cells["author_id"])
        return [
            _post(file, cells, who, _content_type(cells["attachments.media_keys"], media)),
            *_counts(cells),
        ]

    return transcribe(
        file,
        found_in(listed, records, _goes_on),
        POST_COLUMNS,
        make,
        unique=("id",),
        skip=lambda cells: REPOST if cells["referenced_tweets[0].type"] == "retweeted" else None,
    )


def _included(listed: Listed, kind: str, key: str, field: str) -> Iterator[tuple[str, str]]:
    """Walk what the answers tell beside their list: the users and media that posts name by key."""
    for answer in listed.answers:
        included = pick(answer, f"includes.{kind}")
        for each in included if isinstance(included, list) else ():
            named, told = pick(each, key), pick(each, field)
            if isinstance(named, str) and isinstance(told, str):
                yield named, told


def _content_type(keys: Cell, media: Mapping[str, str]) -> str | None:
    """Say what a post is by its media; unknown where the answer does not tell all of them."""
    kinds = [media.get(key) for key in keys] if isinstance(keys, tuple) else []
    if not kinds or None in kinds:
        return None
    if "photo" not in kinds:
        return "video"
    return "image" if len(kinds) == 1 else "carousel"


def _post(file: SourceFile, cells: Cells, account: str, content_type: str | None) -> Made:
    paid, text = cells["paid_partnership"], cells["note_tweet.text"]
    return POSTS.row(
        platform=PLATFORM,
        post_id=cells["id"],
        account=account,
        published_at=cells["created_at"],
        published_on=file.business_day(cells["created_at"]),
        content_type=content_type,
        caption=text,
        hashtags=hashtags(str(text)),
        permalink=f"https://x.com/i/status/{cells['id']}",
        is_paid_partnership=None if paid is None else paid == "true",
    )


def _counts(cells: Cells) -> list[Made]:
    """Make the counters; shares are reposts and, where they are told, quotes."""
    names = {"platform": PLATFORM, "post_id": cells["id"]}
    reposts, quotes = cells[RETWEETS.name], cells[QUOTES.name]
    shares = ("shares", "reposts", reposts)
    if isinstance(reposts, int) and isinstance(quotes, int):
        shares = ("shares", "reposts_and_quotes", reposts + quotes)
    public = [*values(SEEN_BY_ALL, cells), shares]
    return [
        *counts(POST_COUNTS, names | {"witness": "list"}, public),
        *counts(POST_COUNTS, names | {"witness": "insights"}, values(SEEN_BY_OWNER, cells)),
    ]


# --- users ---------------------------------------------------------------------------------------


def read_users(file: SourceFile) -> Reading:
    """Read users: one record is one account, and its running totals. Raises QualityError."""
    listed = _listed(file, USER_COLUMNS, USERS_LOOK_LIKE)
    records = [record_of(node, USER_COLUMNS) for node in listed.nodes]

    def make(cells: Cells) -> list[Made]:
        names = {"platform": PLATFORM, "account": account_of(file, cells["username"])}
        return counts(ACCOUNT_TOTALS, names, values(OF_USERS, cells))

    return transcribe(file, found_in(listed, records, _goes_on), USER_COLUMNS, make, unique=("id",))


TWEETS = Format(
    "x_api.tweets",
    label="X API v2, posts",
    noun="post",
    tables=("posts", "post_counts"),
    overlaps=("cumulative", "replaces"),
    columns=POST_COLUMNS,
    read=read_tweets,
    platform=NAME,
    zone="UTC",
    export="Call /2/users/{id}/tweets, or /2/tweets with ids, with tweet.fields=created_at,author_id,public_metrics,"
    "non_public_metrics,attachments,referenced_tweets,note_tweet and expansions=author_id,attachments.media_keys. "
    "Keep every page as it comes.",
    notes=(
        "Views are X's impressions. Shares are reposts and quotes together.",
        "Clicks, profile visits and engagements are told to the owner only, for posts of the last 30 days.",
        "Reposts are skipped: their counters are those of the original.",
        "Without the media in the answer's `includes`, or without any, what kind of post it is stays unknown.",
    ),
    pattern="x/tweets-*-{extracted_at:%Y-%m-%d}.json",
)
USERS = Format(
    "x_api.users",
    label="X API v2, users",
    noun="account",
    tables=("account_totals",),
    overlaps=("cumulative", "replaces"),
    columns=USER_COLUMNS,
    read=read_users,
    platform=NAME,
    zone="UTC",
    export="Call /2/users/by with usernames and user.fields=public_metrics, and keep the answer as it comes.",
    notes=("Names, descriptions and pictures are never read.",),
    pattern="x/users-{extracted_at:%Y-%m-%d}.json",
)

FORMATS = (TWEETS, USERS)
