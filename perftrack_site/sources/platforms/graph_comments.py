"""Meta's Graph API, comments on Instagram and Facebook posts. Replies inside a comment are comments too.

Who wrote a comment never passes; a keyed hash of it does, where `perftrack scrub` has written one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from perftrack_site.sources.cast import CellError, Column, Record, count, digits, moment, plain
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.json_reader import Node
from perftrack_site.sources.json_records import pick, record_of, refuse_strangers
from perftrack_site.sources.platforms.graph_api import Entries, Foreign, read_entries, refuse_foreign
from perftrack_site.sources.records import Cells, Found, Made, transcribe
from perftrack_site.sources.spelling import keyed_hash
from perftrack_site.sources.tables import COMMENTS, Cell

COMMENT_ID = re.compile(r"(?:([0-9]{1,30})_)?([0-9]{1,30})")
POST_IN_LINK = re.compile(r"/(?:posts|videos|reel)/([0-9]{1,30})/?\?")
COMMENT_IN_LINK = re.compile(r"[?&](?:reply_)?comment_id=([0-9]{1,30})")
ASKED_OF = re.compile(r"/(?:[0-9]+_)?([0-9]+)/comments(?:\?|$)")
# What posts have and comments have not: both have an id, a time and a message.
POSTS = Foreign(
    frozenset(
        {"updated_time", "status_type", "full_picture", "shares", "media_type", "caption", "description"}
    ),
    "a post",
)
POST_UNKNOWN = "the post of {} comments is not told: fetch them by post ids, or with the field `media{{id}}`"


@dataclass(frozen=True)
class _Platform:
    """How one platform lays out its comments: the member that holds replies, and the columns."""

    name: str
    replies: str
    moment: str
    text: str
    columns: tuple[Column, ...]
    looks_like: str


def comment_id(text: str) -> str:
    """Read the id of a comment on Facebook, `<post>_<comment>`; a link to the comment tells it too."""
    if COMMENT_ID.fullmatch(text):
        return text
    post, comments = POST_IN_LINK.search(text), COMMENT_IN_LINK.findall(text)
    if not post or not comments:
        raise CellError("id", "not an id such as 900000000000001_1, nor a link to a comment")
    return f"{post.group(1)}_{comments[-1]}"


# Two fields of a record do not stand in the comment itself: the post of the page it is on, and what it answers.
PAGE_POST = Column(("post of the page",), plain, ("comments.post_id",), required=False, nullable=True)
ANSWERED = Column(("parent.id", "parent_id"), plain, ("comments.parent_id",), required=False, nullable=True)
AUTHOR = Column(
    ("author_key", "from.author_key"), keyed_hash, ("comments.author_key",), required=False, nullable=True
)
LIKES = Column(("like_count",), count, ("comments.like_count",), required=False, nullable=True)
MOMENTS = ("comments.posted_at", "comments.posted_on")

INSTAGRAM_COLUMNS = (
    Column(("id",), digits, ("comments.comment_id",)),
    Column(("media.id",), digits, ("comments.post_id",), required=False, nullable=True),
    PAGE_POST,
    ANSWERED,
    Column(("timestamp",), moment, MOMENTS),
    Column(("text",), plain, ("comments.text",), free_text=True, nullable=True),
    LIKES,
    AUTHOR,
)
FACEBOOK_COLUMNS = (
    Column(("id", "permalink_url"), comment_id, ("comments.comment_id", "comments.post_id")),
    PAGE_POST,
    replace(ANSWERED, cast=comment_id),
    Column(("created_time",), moment, MOMENTS),
    Column(("message",), plain, ("comments.text",), free_text=True, nullable=True),
    LIKES,
    AUTHOR,
)
INSTAGRAM = _Platform(
    "instagram",
    "replies",
    "timestamp",
    "text",
    INSTAGRAM_COLUMNS,
    "comments of Instagram: a list `data` with `id`, `timestamp` and `text`",
)
FACEBOOK = _Platform(
    "facebook",
    "comments",
    "created_time",
    "message",
    FACEBOOK_COLUMNS,
    "comments of Facebook: a list `data` with `id`, `created_time`, `message`",
)


def read_instagram(file: SourceFile) -> Reading:
    """Read comments on posts of Instagram: one comment or reply is one record."""
    return _read(file, INSTAGRAM)


def read_facebook(file: SourceFile) -> Reading:
    """Read comments on posts of Facebook: one comment or reply is one record."""
    return _read(file, FACEBOOK)


def _read(file: SourceFile, platform: _Platform) -> Reading:
    found = _find(file, platform)

    def make(cells: Cells) -> list[Made]:
        return [
            COMMENTS.row(
                platform=platform.name,
                comment_id=cells["id"],
                post_id=_post_of(cells),
                parent_id=cells[ANSWERED.name],
                posted_at=cells[platform.moment],
                posted_on=file.business_day(cells[platform.moment]),
                author_key=cells[AUTHOR.name],
                text=cells[platform.text],
                like_count=cells[LIKES.name],
            )
        ]

    reading = transcribe(file, found, platform.columns, make, unique=("id",))
    at = list(COMMENTS.columns).index("post_id")
    unknown = sum(row[at] is None for row in reading.rows.get(COMMENTS.name, ()))
    return replace(reading, notices=(*reading.notices, POST_UNKNOWN.format(unknown))) if unknown else reading


def _post_of(cells: Cells) -> Cell:
    """Find the post of a comment: in its own fields, in its id, else the one that the page answers for."""
    of_id = COMMENT_ID.fullmatch(str(cells["id"]))
    return cells.get("media.id") or (of_id and of_id.group(1)) or cells[PAGE_POST.name]


def _find(file: SourceFile, platform: _Platform) -> Found:
    """Find comments and the replies in them. Raises QualityError for a file of another kind."""
    entries = read_entries(file, needs=(), looks_like=platform.looks_like)
    refuse_foreign(file, entries.nodes, platform.looks_like, POSTS)
    refuse_strangers(file, entries.nodes, platform.columns, platform.looks_like)
    records = [
        record
        for node in entries.nodes
        for record in _with_replies(node, platform, _page_post(entries, node), answered="")
    ]
    counted = entries.counted + _replies_counted(entries, platform)
    if counted != len(records):
        wrong = f"cannot be accounted for: {counted} comments counted, {len(records)} found"
        raise refusal(file.path, 1, "", wrong, f"expected {platform.looks_like}")
    return Found(counted, records, notices=entries.notices)


def _replies_counted(entries: Entries, platform: _Platform) -> int:
    opened = entries.nodes[0].document.opened_at if entries.nodes else {}
    return sum(times for place, times in opened.items() if place.endswith(f"{{{platform.replies}{{data[{{"))


def _page_post(entries: Entries, node: Node) -> str:
    """Find the post whose comments a page holds: by the key it stands under, or by the link to its neighbours."""
    for key, page in entries.pages:
        if page.start <= node.start < page.end:
            links = (str(pick(page.value, f"paging.{name}") or "") for name in ("next", "previous"))
            asked = (found.group(1) for each in links if (found := ASKED_OF.search(each)))
            return key.rsplit("_", 1)[-1] or next(asked, "")
    return ""


def _with_replies(node: Node, platform: _Platform, post: str, answered: str) -> Iterator[Record]:
    """Yield a comment and its replies, each with the post and the comment it answers."""
    read = record_of(node, platform.columns)
    cells = dict(zip([column.name for column in platform.columns], read.cells, strict=True))
    cells[PAGE_POST.name] = post
    cells[ANSWERED.name] = cells[ANSWERED.name] or answered
    yield Record(read.first_line, read.last_line, tuple(cells.values()))
    for reply in _members(node, platform.replies, "data"):
        yield from _with_replies(reply, platform, post, answered=cells["id"])


def _members(node: Node, *path: str) -> Sequence[Node]:
    """Walk down to a list of objects; empty where there is none."""
    for name in path:
        members = dict(node.members()) if isinstance(node.value, dict) else {}
        if name not in members:
            return ()
        node = members[name]
    return list(node.elements()) if isinstance(node.value, list) else ()


NOTES = (
    "Replies inside a comment are comments of their own. A later file replaces what it tells again.",
    "Names never pass. `perftrack scrub` puts a keyed hash in their place, so that one author counts once.",
    "Texts are masked on the pages: addresses and numbers in them are not shown.",
)
IN_INSTAGRAM = Format(
    "graph_comments.instagram",
    label="Instagram Graph API, comments",
    noun="comment",
    tables=("comments",),
    overlaps=("replaces", "adds"),
    columns=INSTAGRAM_COLUMNS,
    read=read_instagram,
    personal=("username", "from.id", "user.id"),
    identity="username",
    identity_key="author_key",
    platform="Instagram",
    export=(
        "Call `GET /{media id}/comments` with the fields `id,text,timestamp,like_count,username,media{id},"
        "replies{id,text,timestamp,like_count,username}`, page by page, and run `perftrack scrub` on the answer."
    ),
    notes=(
        *NOTES,
        "Ask for `media{id}`: a last page without it does not tell whose comments it holds.",
    ),
    pattern="instagram/comments-{extracted_at:%Y-%m-%d}.json",
)
IN_FACEBOOK = Format(
    "graph_comments.facebook",
    label="Facebook Graph API, comments",
    noun="comment",
    tables=("comments",),
    overlaps=("replaces", "adds"),
    columns=FACEBOOK_COLUMNS,
    read=read_facebook,
    personal=("from.name", "from.id", "message_tags"),
    identity="from.id",
    identity_key="author_key",
    platform="Facebook",
    export=(
        "Call `GET /{post id}/comments` with the fields `id,message,created_time,like_count,parent{id},"
        "comments{id,message,created_time,like_count}`, page by page, and run `perftrack scrub` on the answer."
    ),
    notes=(*NOTES, "Without the field `id` the link of a comment tells its id and its post."),
    pattern="facebook/comments-{extracted_at:%Y-%m-%d}.json",
)

FORMATS: tuple[Format, ...] = (IN_INSTAGRAM, IN_FACEBOOK)
