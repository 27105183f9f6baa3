"""What YouTube's formats share: the platform's name and clock, and the ids and pages of its videos."""

from __future__ import annotations

import re

from perftrack_site.sources.cast import CellError, identifier

PLATFORM = "youtube"
NAME = "YouTube"
PACIFIC = "America/Los_Angeles"  # in which YouTube tells its days
SETTLES_DAYS = 3
VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{11}")


def video_id(text: str) -> str:
    """Read the id of a video: 11 letters, digits, `-` and `_`."""
    if not VIDEO_ID.fullmatch(identifier(text)):
        raise CellError("id", "not the id of a video (11 letters, digits, - or _)")
    return text


def video_page(video: object) -> str:
    """Give the address at which a video is watched."""
    return f"https://www.youtube.com/watch?v={video}"
