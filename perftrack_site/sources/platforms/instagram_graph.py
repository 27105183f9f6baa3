"""Instagram Graph API: the media list (what posts are, likes and comments) and media insights (counters).

The only place that knows what Instagram calls a view.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from perftrack_site.sources.cast import (
    Caster,
    Column,
    Record,
    cast_record,
    choice,
    count,
    digits,
    moment,
    plain,
)
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.json_reader import Node, as_text
from perftrack_site.sources.ledger import Reject, Skipped
from perftrack_site.sources.platforms.graph_api import read_entries
from perftrack_site.sources.reading import Row
from perftrack_site.sources.settle import Entry, settle
from perftrack_site.sources.tables import Cell

PLATFORM = "instagram"
INSIGHT_ID = re.compile(r"(?P<media>[0-9]{1,30})/insights/(?P<name>[a-z_]+)/(?P<period>[a-z0-9_]+)")

# What each name of the API counts, the best first: where a better name of a counter stands for the same post,
# the others are left out. Version 22 of the API renamed plays and impressions to views.
COUNTERS: Mapping[str, tuple[str, ...]] = {
    "views": ("views", "plays", "impressions", "video_views"),
    "reach": ("reach",),
    "likes": ("likes",),
    "comments": ("comments", "replies"),
    "shares": ("shares",),
    "saves": ("saved",),
    "interactions": ("total_interactions",),
    "follows": ("follows",),
    "profile_visits": ("profile_visits",),
    "avg_watch_milliseconds": ("ig_reels_avg_watch_time",),
    "watch_milliseconds": ("ig_reels_video_view_total_time",),
}
COUNTER_OF = {name: counter for counter, names in COUNTERS.items() for name in names}
API_NAME = re.compile(r"[A-Za-z0-9_]{1,60}")
SKIPPED = {
    "name_not_used": "{} is not a counter we keep",
    "superseded_name": "{} stands beside a better name of the same counter of the same post",
}
DEFINITIONS = {"impressions": "legacy_impressions"}

CONTENT_TYPES = {"IMAGE": "image", "CAROUSEL_ALBUM": "carousel", "VIDEO": "video"}
PRODUCT_TYPES = {"REELS": "reel", "STORY": "story"}

MEDIA_COLUMNS = (
    Column(("id",), digits, ("posts.post_id", "post_counts.post_id")),
    Column(("username",), plain, ("posts.account",), nullable=True),
    Column(("timestamp",), moment, ("posts.published_at", "posts.published_on")),
    Column(("media_type",), choice(*CONTENT_TYPES), ("posts.content_type",)),
    Column(("media_product_type",), plain, ("posts.content_type",), nullable=True),
    Column(("caption",), plain, ("posts.caption", "posts.hashtags"), nullable=True, free_text=True),
    Column(("permalink",), plain, ("posts.permalink",), nullable=True),
    Column(("like_count",), count, ("post_counts.likes",), nullable=True),
    Column(("comments_count",), count, ("post_counts.comments",), nullable=True),
)
INSIGHT_COLUMNS = (
    Column(("id",), plain, ("post_counts.post_id",)),
    Column(("name",), plain, ("post_counts.definition",)),
    Column(("period",), choice("lifetime"), ()),
    Column(
        ("values[0].value", "total_value.value"), count, tuple(f"post_counts.{name}" for name in COUNTERS)
    ),
)


def hashtags(caption: str) -> tuple[str, ...]:
    """Find the hashtags of a caption: NFKC, case-folded, without '#', each once, in order."""
    parts = unicodedata.normalize("NFKC", caption).casefold().split("#")[1:]
    tags = ("".join(takewhile(_in_a_tag, part)) for part in parts)
    return tuple(dict.fromkeys(filter(None, tags)))


def _in_a_tag(char: str) -> bool:
    """Letters, digits, underscore, and the marks that belong to letters in many scripts."""
    return char.isalnum() or char == "_" or unicodedata.category(char).startswith("M")


# --- insights ------------------------------------------------------------------------------------

Element = Mapping[str, object]


@dataclass(frozen=True)
class _Count:
    """One counter of one post, as one witness shows it."""

    media: str
    counter: str
    definition: str
    value: Cell
    witness: str


class _Names:
    """Which name of a counter is the best that stands for each post."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self._best: dict[tuple[str | None, str], str] = {}
        for element in elements:
            name = _name(element)
            if counter := COUNTER_OF.get(name):
                key = (_media_of(element), counter)
                self._best[key] = min(name, self._best.get(key, name), key=COUNTERS[counter].index)

    def fate(self, element: Element) -> str:
        """Say what becomes of an element: `used`, or the rule by which it is skipped."""
        name = _name(element)
        if name and name not in COUNTER_OF:
            return "name_not_used"
        media = _media_of(element)
        if name and media and self._best[media, COUNTER_OF[name]] != name:
            return "superseded_name"
        return "used"


def read_insights(file: SourceFile) -> Reading:
    """Read media insights: one element is one record and one counter of one post."""
    found = read_entries(
        file, needs=("name", "period"), looks_like="media insights: a list `data` of named values"
    )
    _refuse_other_periods(file, found.nodes)
    names = _Names(map(_element, found.nodes))
    skipped: Counter[tuple[str, str]] = Counter()
    rejects: list[Reject] = []
    entries: list[Entry[_Count]] = []
    casters = [Caster(column) for column in INSIGHT_COLUMNS]
    for node in found.nodes:
        element = _element(node)
        if (rule := names.fate(element)) != "used":
            skipped[rule, _shown(_name(element))] += 1
            continue
        counted = _read_insight(file, casters, element, (node.first_line, node.last_line))
        if isinstance(counted, Reject):
            rejects.append(counted)
        else:
            entries.append(Entry(node.first_line, node.last_line, (counted.media, counted.counter), counted))
    settled = settle(entries, file.path, "id")
    return Reading(
        counted=found.counted,
        rows={"post_counts": [_count_row(file, entry, entry.content) for entry in settled.kept]},
        rejects=(*rejects, *settled.rejects),
        duplicates=settled.duplicates,
        skipped=tuple(
            Skipped(rule, SKIPPED[rule].format(name), n) for (rule, name), n in sorted(skipped.items())
        ),
        notices=found.notices,
    )


def _refuse_other_periods(file: SourceFile, nodes: Sequence[Node]) -> None:
    if nodes and not any(_element(node).get("period") == "lifetime" for node in nodes):
        wrong = "none of its values is of the period 'lifetime': insights of posts are"
        right = "check the format of its source: insights of an account are instagram_account.insights"
        raise refusal(file.path, nodes[0].first_line, "period", wrong, right)


def _read_insight(
    file: SourceFile, casters: Sequence[Caster], element: Element, lines: tuple[int, int]
) -> _Count | Reject:
    cells = (*(as_text(element.get(key)) for key in ("id", "name", "period")), _value(element))
    read = cast_record(casters, Record(*lines, cells), file.path)
    if isinstance(read, Reject):
        return read
    media, name = _media_of(element), str(read[1])
    if media is None:
        return Reject(file.path, *lines, "id", "id", "not <media id>/insights/<name>/lifetime", cells[0])
    return _Count(media, COUNTER_OF[name], DEFINITIONS.get(name, name), read[3], "insights")


def _value(element: Element) -> str:
    """Take the one value of an element, in the old shape or the new; several become text that is no count."""
    values, total = element.get("values"), element.get("total_value")
    shown = [as_text(entry.get("value")) for entry in _objects(values)]
    if isinstance(total, dict) and shown != [as_text(total.get("value"))]:
        shown.append(as_text(total.get("value")))
    return " and ".join(shown)


def _media_of(element: Element) -> str | None:
    """Take the media that an element's id names, where the id is that of this element."""
    found = INSIGHT_ID.fullmatch(as_text(element.get("id")))
    return found["media"] if found and found["name"] == element.get("name") else None


def _name(element: Element) -> str:
    return as_text(element.get("name"))


def _element(node: Node) -> Element:
    return node.value if isinstance(node.value, dict) else {}


def _objects(values: object) -> list[Element]:
    return [entry if isinstance(entry, dict) else {} for entry in values] if isinstance(values, list) else []


def _shown(name: str) -> str:
    return name if API_NAME.fullmatch(name) else "(not a name of the API)"


def _count_row(file: SourceFile, entry: Entry[Any], count: _Count) -> Row:
    return (
        PLATFORM, count.media, count.counter, count.value, count.witness, count.definition,
        *file.origin(entry.first_line, entry.last_line),
    )  # fmt: skip


# --- media ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Media:
    """A post, and the counters that stand in its entry."""

    post: Row
    counts: tuple[_Count, ...]


def read_media(file: SourceFile) -> Reading:
    """Read a media list: one media is one record, one post, and up to two counters of its own.

    Hidden likes are absent in the file and stay absent. Insights nested in a media are read as insights.
    """
    found = read_entries(file, needs=("id", "media_type"), looks_like="media: a list `data` of posts")
    casters = [Caster(column) for column in MEDIA_COLUMNS]
    insight_casters = [Caster(column) for column in INSIGHT_COLUMNS]
    rejects: list[Reject] = []
    entries: list[Entry[_Media]] = []
    for node in found.nodes:
        media = _read_media(file, casters, insight_casters, node)
        if isinstance(media, Reject):
            rejects.append(media)
        else:
            entries.append(Entry(node.first_line, node.last_line, media.post[1], media))
    settled = settle(entries, file.path, "id")
    return Reading(
        counted=found.counted,
        rows={
            "posts": [
                entry.content.post + file.origin(entry.first_line, entry.last_line) for entry in settled.kept
            ],
            "post_counts": [
                _count_row(file, entry, count) for entry in settled.kept for count in entry.content.counts
            ],
        },
        rejects=(*rejects, *settled.rejects),
        duplicates=settled.duplicates,
        notices=found.notices,
    )


def _read_media(
    file: SourceFile, casters: Sequence[Caster], insight_casters: Sequence[Caster], node: Node
) -> _Media | Reject:
    media, lines = _element(node), (node.first_line, node.last_line)
    cells = tuple(as_text(media.get(column.name)) for column in MEDIA_COLUMNS)
    read = cast_record(casters, Record(*lines, cells), file.path)
    if isinstance(read, Reject):
        return read
    post_id, *_, likes, comments = read
    counts = [
        _Count(str(post_id), counter, definition, value, "list")
        for counter, definition, value in (
            ("likes", "like_count", likes),
            ("comments", "comments_count", comments),
        )
        if value is not None
    ]
    for nested in _nested(media):
        count = _read_insight(file, insight_casters, nested, lines)
        if isinstance(count, Reject):
            return replace(count, column=f"insights.{count.column}")
        if count.media != post_id:
            return Reject(
                file.path, *lines, "insights.id", "id", "belongs to another post", as_text(nested.get("id"))
            )
        counts.append(count)
    return _Media(_post(file, read), tuple(counts))


def _nested(media: Element) -> list[Element]:
    """List the insights inside a media that are counters we keep."""
    insights = media.get("insights")
    elements = _objects(insights.get("data")) if isinstance(insights, dict) else []
    names = _Names(elements)
    return [element for element in elements if names.fate(element) == "used"]


def _post(file: SourceFile, read: Sequence[Cell]) -> Row:
    post_id, username, published_at, media_type, product_type, caption, permalink, *_ = read
    account = str(username or file.declaration.account or "").removeprefix("@").lower() or None
    return (
        PLATFORM, post_id, account, published_at, file.business_day(published_at),
        PRODUCT_TYPES.get(str(product_type)) or CONTENT_TYPES[str(media_type)],
        caption, hashtags(str(caption or "")), permalink, None,
    )  # fmt: skip


MEDIA_LIST = Format(
    "instagram_graph.media_list",
    label="Instagram Graph API, media list",
    noun="post",
    tables=("posts", "post_counts"),
    overlaps=("cumulative", "replaces"),
    columns=MEDIA_COLUMNS,
    read=read_media,
    platform="Instagram",
    export=(
        "Call `GET /{account id}/media` page by page with the fields `id,caption,media_type,media_product_type,"
        "permalink,timestamp,username,like_count,comments_count`, and keep each answer as it comes. "
        "Stories come in the same shape."
    ),
    notes=(
        "Hidden likes are absent in the answer and stay unknown.",
        "Without a `username` the source's `account` stands in: ask for it where posts of others are listed.",
        "Insights asked for inside the fields of a media are read as insights.",
        "Media without a time, such as stories asked for without `timestamp`, are rejected.",
    ),
    pattern="instagram/media-{extracted_at:%Y-%m-%d}.json",
)
MEDIA_INSIGHTS = Format(
    "instagram_graph.media_insights",
    label="Instagram Graph API, media insights",
    noun="counter",
    tables=("post_counts",),
    overlaps=("cumulative", "replaces"),
    columns=INSIGHT_COLUMNS,
    read=read_insights,
    platform="Instagram",
    export=(
        "Call `GET /{media id}/insights?metric=views,reach,likes,comments,saved,shares,total_interactions` for each "
        "media, or `GET /insights?ids=...` for many at once, and keep the answer as it comes."
    ),
    notes=(
        "Version 22 of the API renamed plays and impressions to views: older names are views by another definition.",
        "Where a better name of a counter stands for the same post, the others are left out and counted.",
        "Only the period `lifetime` is taken, with exactly one value. Watch times are milliseconds.",
    ),
    pattern="instagram/insights-{extracted_at:%Y-%m-%d}.json",
)

FORMATS = (MEDIA_LIST, MEDIA_INSIGHTS)
