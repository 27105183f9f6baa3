"""How Mailchimp's lists grow, from its API: now, by month, and by day. A list is an account of the platform `email`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from perftrack_site.sources.cast import CellError, Column, count, identifier
from perftrack_site.sources.days import day_of_moment
from perftrack_site.sources.format import Format, Page, Reading, SourceFile, refusal
from perftrack_site.sources.json_reader import as_text
from perftrack_site.sources.json_records import (
    EMPTY,
    Answer,
    list_at,
    record_of,
    records_at,
    refuse_strangers,
)
from perftrack_site.sources.records import Cells, Found, Made, counts, transcribe
from perftrack_site.sources.tables import ACCOUNT_DAYS, ACCOUNT_SPANS, ACCOUNT_TOTALS, Cell

PLATFORM = "email"
MONTH = re.compile(r"((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])")


def month(text: str) -> date:
    """Read `2026-09` as its first day."""
    found = MONTH.fullmatch(text)
    if not found:
        raise CellError("month", "not a month written as 2026-09")
    return date(int(found.group(1)), int(found.group(2)), 1)


LIST_COLUMNS = (
    Column(("id",), identifier, ("account_totals.account",)),
    Column(("stats.member_count",), count, ("account_totals.subscribers",)),
    Column(("stats.unsubscribe_count",), count, ("account_totals.unsubscribes",), nullable=True),
)
HISTORY_COLUMNS = (
    Column(("list_id",), identifier, ("account_days.account", "account_spans.account")),
    Column(("month",), month, ("account_days.day", "account_spans.from_day", "account_spans.to_day")),
    Column(("subscribed",), count, ("account_days.subscribers",)),
    Column(("unsubscribed",), count, ("account_spans.unsubscribes",)),
)
ACTIVITY_COLUMNS = (
    Column(("day",), day_of_moment, ("account_days.day",)),
    Column(("subs",), count, ("account_days.subscribers_gained",)),
    Column(("other_adds",), count, ("account_days.subscribers_gained",)),
    Column(("unsubs",), count, ("account_days.subscribers_lost", "account_days.unsubscribes")),
    Column(("other_removes",), count, ("account_days.subscribers_lost",)),
)


def page_of(answer: Answer) -> Page | None:
    """Say how many records all pages of an answer have."""
    total = answer.get("total_items")
    return Page(total=total, needed=True) if isinstance(total, int) else None


def read_lists(file: SourceFile) -> Reading:
    """Read the answer of GET /lists: how many people are on each list now."""
    found = records_at(file, "lists", LIST_COLUMNS, looks_like="an object with a list `lists`", page=page_of)
    return transcribe(file, found, LIST_COLUMNS, _list_counts, unique=("id",))


def _list_counts(cells: Cells) -> list[Made]:
    list_id, members, gone = cells.values()
    counters = (("subscribers", "member_count", members), ("unsubscribes", "unsubscribe_count", gone))
    return counts(ACCOUNT_TOTALS, {"platform": PLATFORM, "account": str(list_id).lower()}, counters)


def read_history(file: SourceFile) -> Reading:
    """Read the answer of GET /lists/{id}/growth-history: one record is a month of a list."""
    found = records_at(
        file, "history", HISTORY_COLUMNS, looks_like="an object with a list `history`", page=page_of
    )
    found = replace(found, page=None, notices=(*found.notices, *_more(found)))
    return transcribe(
        file, found, HISTORY_COLUMNS, lambda cells: list(_month(file, cells)), unique=("list_id", "month")
    )


def _more(found: Found) -> Iterator[str]:
    """Say that months are missing: numbers are right without them, only fewer."""
    held = found.page.total if found.page else None
    if held is not None and held > found.counted:
        yield f"more pages exist: {held} months, and {found.counted} of them are here"


def _month(file: SourceFile, cells: Cells) -> Iterator[Made]:
    """Make the level at the end of a month, and who left in it; the month of the fetch ends with its day."""
    list_id, month_of, level, gone = cells.values()
    first = cast("date", month_of)
    end = first.replace(day=monthrange(first.year, first.month)[1])
    last, unfinished = min(end, max(file.known_day, first)), end >= file.known_day
    names: dict[str, Cell] = {
        "platform": PLATFORM, "account": str(list_id).lower(), "is_provisional": unfinished,
    }  # fmt: skip
    yield from counts(ACCOUNT_DAYS, {**names, "day": last}, [("subscribers", "subscribed", level)])
    span: dict[str, Cell] = {**names, "from_day": first, "to_day": last}
    yield from counts(ACCOUNT_SPANS, span, [("unsubscribes", "unsubscribed", gone)])


def read_activity(file: SourceFile) -> Reading:
    """Read the answer of GET /lists/{id}/activity: one record is a day of one list."""
    looks_like = "an object with `list_id` and a list `activity`"
    listed = list_at(file, "activity", looks_like=looks_like)
    refuse_strangers(file, listed.nodes, ACTIVITY_COLUMNS, looks_like)
    lists = {as_text(answer.get("list_id")) for answer in listed.answers}
    if len(lists) != 1 or "" in lists:
        raise refusal(
            file.path, 1, "list_id", "does not name one list", "keep the answer for one list per file"
        )
    (list_id,) = lists
    found = Found(
        listed.counted,
        [record_of(node, ACTIVITY_COLUMNS) for node in listed.nodes],
        notices=() if listed.nodes else (EMPTY,),
    )
    return transcribe(
        file, found, ACTIVITY_COLUMNS, lambda cells: _day(file, list_id.lower(), cells), unique=("day",)
    )


def _day(file: SourceFile, account: str, cells: Cells) -> list[Made]:
    day = cells["day"]
    subs, adds, unsubs, removes = (cast("int", cell) for name, cell in cells.items() if name != "day")
    names = {"platform": PLATFORM, "account": account, "day": day, "is_provisional": file.is_provisional(day)}
    counters = (
        ("subscribers_gained", "subs and other_adds", subs + adds),
        ("subscribers_lost", "unsubs and other_removes", unsubs + removes),
        ("unsubscribes", "unsubs", unsubs),
    )
    return counts(ACCOUNT_DAYS, names, counters)


LISTS = Format(
    "mailchimp.lists",
    label="Mailchimp API, lists",
    noun="list",
    tables=("account_totals",),
    overlaps=("cumulative", "replaces"),
    columns=LIST_COLUMNS,
    read=read_lists,
    personal=tuple(
        f"lists[].{name}"
        for name in (
            "campaign_defaults.from_name", "campaign_defaults.from_email", "notify_on_subscribe",
            "notify_on_unsubscribe",
        )
    ),
    platform="Mailchimp",
    zone="UTC",
    export=(
        "Fetch `GET https://<dc>.api.mailchimp.com/3.0/lists?count=1000&fields=lists.id,lists.stats,total_items` "
        "with your API key and save the answer as it comes."
    ),
    notes=("Every list is an account of its own, named by its id, of the platform `email`.",),
    pattern="mailchimp/lists-{extracted_at:%Y-%m-%d}.json",
)  # fmt: skip
LIST_GROWTH = Format(
    "mailchimp.list_growth",
    label="Mailchimp API, growth of a list by month",
    noun="month",
    tables=("account_days", "account_spans"),
    overlaps=("replaces", "adds"),
    columns=HISTORY_COLUMNS,
    read=read_history,
    platform="Mailchimp",
    zone="UTC",
    export=(
        "Fetch `GET https://<dc>.api.mailchimp.com/3.0/lists/<list id>/growth-history?count=1000` with your API key "
        "and save the answer as it comes."
    ),
    notes=(
        "`subscribed` is how many people were on the list at the end of a month.",
        "The month in which the answer was fetched is not over: its numbers count up to that day and are provisional.",
    ),
    pattern="mailchimp/growth-{extracted_at:%Y-%m-%d}.json",
)
LIST_ACTIVITY = Format(
    "mailchimp.list_activity",
    label="Mailchimp API, activity of a list by day",
    noun="day",
    tables=("account_days",),
    overlaps=("replaces", "adds"),
    columns=ACTIVITY_COLUMNS,
    read=read_activity,
    platform="Mailchimp",
    zone="UTC",
    settles_days=1,
    export=(
        "Fetch `GET https://<dc>.api.mailchimp.com/3.0/lists/<list id>/activity?count=180` with your API key and save "
        "the answer as it comes; it goes back 180 days at most."
    ),
    notes=(
        "Gained are sign-ups and people added otherwise (imports); lost are people who left or were removed.",
        "Opens and clicks in it belong to mailings and are not kept.",
    ),
    pattern="mailchimp/activity-{extracted_at:%Y-%m-%d}.json",
)

FORMATS = (LISTS, LIST_GROWTH, LIST_ACTIVITY)
