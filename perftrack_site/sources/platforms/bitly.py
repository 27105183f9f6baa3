"""Bitly's clicks of one short link by day, in version 4 of its API and in version 3.

The answer does not say which link it is of; the source must.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from perftrack_site.sources.cast import CellError, Column, count
from perftrack_site.sources.days import any_of, day_of_moment, epoch_seconds
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.json_reader import as_text
from perftrack_site.sources.json_records import EMPTY, list_at, record_of, refuse_strangers
from perftrack_site.sources.records import Cells, Found, Made, transcribe
from perftrack_site.sources.tables import LINK_CLICKS

LOOKS_LIKE = "clicks of a short link of Bitly: an object with a list `link_clicks`"


def epoch_day(text: str) -> date:
    """Read seconds since 1970 that are the beginning of a day in UTC."""
    began = epoch_seconds(text)
    if began.hour or began.minute or began.second:
        raise CellError("day", "not the beginning of a day in UTC: ask for clicks by day")
    return began.date()


COLUMNS = (
    Column(
        ("date", "dt"),
        any_of(day_of_moment, epoch_day, wanted="the beginning of a day"),
        ("link_clicks.day",),
    ),
    Column(("clicks",), count, ("link_clicks.clicks",)),
)


def link_of(file: SourceFile) -> str:
    """Take the source's link as host and path, the host in lower case. Raises QualityError where there is none."""
    if not file.declaration.link:
        wrong = "does not say which short link it is of"
        right = f"add `link: bit.ly/...` to the source {file.declaration.key!r} in config/sources.yml"
        raise refusal(file.path, 1, "", wrong, right)
    link = file.declaration.link
    parts = urlsplit(link if "//" in link else f"//{link}")
    return parts.netloc.lower() + parts.path.rstrip("/")


def read(file: SourceFile) -> Reading:
    """Read the clicks of one link by day. Raises QualityError for clicks by hour, week or month."""
    link = link_of(file)
    listed = list_at(file, "link_clicks", looks_like=LOOKS_LIKE)
    refuse_strangers(file, listed.nodes, COLUMNS, LOOKS_LIKE)
    units = {as_text(answer.get("unit")) for answer in listed.answers} - {"", "day"}
    if units:
        wrong = "is not by day"
        raise refusal(file.path, 1, "unit", wrong, "fetch it again with `unit=day`")
    found = Found(
        listed.counted,
        [record_of(node, COLUMNS) for node in listed.nodes],
        notices=() if listed.nodes else (EMPTY,),
    )
    return transcribe(file, found, COLUMNS, lambda cells: [_clicks(file, link, cells)], unique=("date",))


def _clicks(file: SourceFile, link: str, cells: Cells) -> Made:
    day = cells["date"]
    return LINK_CLICKS.row(
        link=link, day=day, clicks=cells["clicks"], is_provisional=file.is_provisional(day)
    )


CLICKS = Format(
    "bitly.clicks",
    label="Bitly API, clicks of a link",
    noun="day",
    tables=("link_clicks",),
    overlaps=("replaces", "adds"),
    columns=COLUMNS,
    read=read,
    platform="Bitly",
    zone="UTC",
    settles_days=1,
    needs=("link",),
    export=(
        "Fetch `GET https://api-ssl.bitly.com/v4/bitlinks/bit.ly%2F<id>/clicks?unit=day&units=30` with your token and "
        "save the answer as it comes. Each link is a source of its own, with its `link`."
    ),
    notes=(
        "Days are in UTC. The day of the fetch is not over and is provisional.",
        "Clicks of machines and previews are among them: they are always more than the visits of web analytics.",
    ),
    pattern="bitly/<link>-{extracted_at:%Y-%m-%dT%H%M%SZ}.json",
)

FORMATS = (CLICKS,)
