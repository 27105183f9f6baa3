"""What the link of a TikTok video tells: who published it, its id, and whether it is a video or photos."""

from __future__ import annotations

import re
from dataclasses import dataclass

from perftrack_site.sources.cast import CellError

PLATFORM = "tiktok"
LINK = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?tiktok\.com/@(?P<handle>[^/?#\s]{1,60})/(?P<kind>video|photo)/(?P<id>[0-9]{1,30})/?"
    r"(?:[?#]\S*)?"
)
CONTENT_TYPES = {"video": "video", "photo": "image"}


@dataclass(frozen=True)
class VideoLink:
    """The parts of a link; `handle` is spelt as in the link."""

    handle: str
    post_id: str
    content_type: str
    permalink: str


def video_link(text: str) -> str:
    """Read the link of a video or of photos; what follows the id, such as tracking, is dropped."""
    return link_parts(text).permalink


def link_parts(text: str) -> VideoLink:
    """Take a link apart. Raises CellError where it is not that of a post."""
    found = link_in(text)
    if not found:
        raise CellError("link", "not a link such as https://www.tiktok.com/@handle/video/7510000000000007919")
    return found


def link_in(text: str) -> VideoLink | None:
    """Take a link apart; None for one of another kind, such as the short one that an app shares."""
    found = LINK.fullmatch(text)
    if not found:
        return None
    name, kind, post_id = found["handle"], found["kind"], found["id"]
    return VideoLink(
        handle=name,
        post_id=post_id,
        content_type=CONTENT_TYPES[kind],
        permalink=f"https://www.tiktok.com/@{name}/{kind}/{post_id}",
    )
