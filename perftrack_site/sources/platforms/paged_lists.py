"""Lists of posts and comments that come in pages: without a page fewer of them are known, but no number is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perftrack_site.sources.cast import Record
from perftrack_site.sources.format import Page
from perftrack_site.sources.json_records import EMPTY, Answer, Listed
from perftrack_site.sources.platforms.graph_api import MORE_PAGES
from perftrack_site.sources.records import Found


def found_in(
    listed: Listed, records: Sequence[Record], goes_on: Callable[[Answer], object], *, more_records: int = 0
) -> Found:
    """Put the records of a list together with what is worth knowing of it.

    `goes_on` says whether an answer has a next page; `more_records` counts those that stand within others.
    """
    more = any(goes_on(answer) for answer in listed.answers[-1:])
    notices = [*([] if listed.nodes else [EMPTY]), *([MORE_PAGES] if more else [])]
    return Found(listed.counted + more_records, records, notices=tuple(notices), page=Page(more=more))
