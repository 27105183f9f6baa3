"""Mailchimp: reports of campaigns (API, the CSV of all, the CSV of one), and how lists grow (API).

One mailing is one record, except in a list's history, where it is a month or a day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from perftrack_site.sources.cast import CellError, Column, count, currency, identifier, moment, plain
from perftrack_site.sources.csv_reader import read_csv
from perftrack_site.sources.days import day_of_moment, named_day
from perftrack_site.sources.format import Format, Page, Reading, SourceFile, refusal
from perftrack_site.sources.grid import Line, read_grid, table
from perftrack_site.sources.json_reader import as_text
from perftrack_site.sources.json_records import (
    EMPTY,
    Answer,
    list_at,
    record_of,
    records_at,
    refuse_strangers,
)
from perftrack_site.sources.ledger import Rule
from perftrack_site.sources.mailings import NEVER_SENT, UNZONED, clocked, money, sent, without_currency
from perftrack_site.sources.naming import by_column
from perftrack_site.sources.numbers import grouped_count, rounded
from perftrack_site.sources.records import Cells, Found, Made, counts, transcribe
from perftrack_site.sources.tables import ACCOUNT_DAYS, ACCOUNT_SPANS, ACCOUNT_TOTALS, EMAILS, Cell

PROVIDER = (
    "mailchimp"  # ids of campaigns are unique over all its accounts: API and export tell of the same mailing
)
PLATFORM = "email"

COUNT_AND_SHARE = re.compile(r"([0-9,]+)(?: \([0-9.]+%\))?")
MONTH = re.compile(r"((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])")
NO_ID = Rule("no_id", "a mailing without its id: it cannot be told from another with the same title")

REPORT_COLUMNS = (
    Column(("id",), identifier, ("emails.email_id",)),
    Column(("list_name", "list_id"), plain, ("emails.list",), nullable=True, free_text=True),
    Column(("campaign_title",), plain, ("emails.title",), nullable=True, free_text=True),
    Column(("subject_line",), plain, ("emails.subject",), nullable=True, free_text=True),
    Column(("send_time",), moment, ("emails.sent_at", "emails.sent_on"), nullable=True),
    Column(("emails_sent",), count, ("emails.sent", "emails.delivered")),
    Column(("bounces.hard_bounces",), count, ("emails.hard_bounces", "emails.delivered")),
    Column(("bounces.soft_bounces",), count, ("emails.soft_bounces", "emails.delivered")),
    Column(("opens.opens_total",), count, ("emails.opens",), nullable=True),
    Column(("opens.unique_opens",), count, ("emails.unique_opens",), nullable=True),
    Column(("opens.proxy_excluded_unique_opens",), count, ("emails.unique_opens_by_people",), nullable=True),
    Column(("clicks.clicks_total",), count, ("emails.clicks",), nullable=True),
    Column(("clicks.unique_subscriber_clicks",), count, ("emails.unique_clicks",), nullable=True),
    Column(("unsubscribed",), count, ("emails.unsubscribes",), nullable=True),
    Column(("abuse_reports",), count, ("emails.complaints",), nullable=True),
    Column(("ecommerce.total_orders",), count, ("emails.orders",), nullable=True),
    Column(("ecommerce.total_revenue",), rounded(4), ("emails.revenue",), nullable=True),
    Column(("ecommerce.currency_code",), currency, ("emails.currency",), nullable=True),
)
EXPORT_COLUMNS = (
    Column(("Unique Id",), identifier, ("emails.email_id",), nullable=True),
    Column(("List", "Audience"), plain, ("emails.list",), nullable=True, free_text=True),
    Column(("Title",), plain, ("emails.title",), nullable=True, free_text=True),
    Column(("Subject",), plain, ("emails.subject",), nullable=True, free_text=True),
    Column(("Send Date",), plain, ("emails.sent_at", "emails.sent_on"), nullable=True),
    Column(("Total Recipients",), grouped_count, ("emails.sent",)),
    Column(("Successful Deliveries",), grouped_count, ("emails.delivered",)),
    Column(("Hard Bounces",), grouped_count, ("emails.hard_bounces",)),
    Column(("Soft Bounces",), grouped_count, ("emails.soft_bounces",)),
    Column(("Total Opens",), grouped_count, ("emails.opens",)),
    Column(("Unique Opens",), grouped_count, ("emails.unique_opens",)),
    Column(("Total Clicks",), grouped_count, ("emails.clicks",)),
    Column(("Unique Clicks",), grouped_count, ("emails.unique_clicks",)),
    Column(("Unsubscribes",), grouped_count, ("emails.unsubscribes",)),
    Column(("Abuse Complaints",), grouped_count, ("emails.complaints",)),
    Column(("Total Orders",), grouped_count, ("emails.orders",), required=False, nullable=True),
    Column(
        ("Total Revenue",), rounded(4), ("emails.revenue", "emails.currency"), required=False, nullable=True
    ),
)


def count_and_share(text: str) -> int:
    """Read `593 (27.0%)` or `2,204`: the number; the share in brackets can be worked out."""
    found = COUNT_AND_SHARE.fullmatch(text)
    if not found:
        raise CellError("count", "not a number such as 2,204 or 593 (27.0%)")
    return grouped_count(found.group(1))


ONE_COLUMNS = (
    Column(("Title",), plain, ("emails.email_id", "emails.title"), free_text=True),
    Column(("Subject Line",), plain, ("emails.subject",), required=False, nullable=True, free_text=True),
    Column(("Total Recipients",), count_and_share, ("emails.sent",)),
    Column(("Successful Deliveries",), count_and_share, ("emails.delivered",)),
    Column(("Total Opens",), count_and_share, ("emails.opens",)),
    Column(("Recipients Who Opened",), count_and_share, ("emails.unique_opens",)),
    Column(("Total Clicks",), count_and_share, ("emails.clicks",)),
    Column(("Recipients Who Clicked",), count_and_share, ("emails.unique_clicks",)),
    Column(("Total Unsubs",), count_and_share, ("emails.unsubscribes",)),
    Column(("Total Abuse Complaints",), count_and_share, ("emails.complaints",)),
)


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


# --- mailings --------------------------------------------------------------------------------------


def read_reports(file: SourceFile) -> Reading:
    """Read the answer of GET /reports: one report is one mailing."""
    found = records_at(
        file, "reports", REPORT_COLUMNS, looks_like="an object with a list `reports`", page=_page
    )
    return transcribe(file, found, REPORT_COLUMNS, lambda cells: [_report(file, cells)], unique=("id",))


def _page(answer: Answer) -> Page | None:
    total = answer.get("total_items")
    return Page(total=total, needed=True) if isinstance(total, int) else None


def _report(file: SourceFile, cells: Cells) -> Made:
    named = by_column(REPORT_COLUMNS, cells)
    gone = cast("int", named["hard_bounces"]) + cast("int", named["soft_bounces"])
    worked_out: dict[str, Cell] = {
        **sent(file, named["sent_at"]),
        "delivered": cast("int", named["sent"]) - gone,  # what Mailchimp's own rates are divided by
        "revenue": named["revenue"] if named["currency"] else None,
    }
    return EMAILS.row(provider=PROVIDER, **(named | worked_out))


def read_export(file: SourceFile) -> Reading:
    """Read the export of all campaigns: one row is one mailing; those never sent are skipped."""
    columns = clocked(file, EXPORT_COLUMNS, "Send Date", named_day)
    reading = transcribe(
        file, read_csv(file, columns), columns, lambda cells: [_exported(file, cells)], unique=("Unique Id",),
        skip=_unsent,
    )  # fmt: skip
    return replace(reading, notices=(*reading.notices, *without_currency(file)))


def _unsent(cells: Cells) -> Rule | None:
    if cells["Send Date"] is None:
        return NEVER_SENT
    return NO_ID if cells["Unique Id"] is None else None


def _exported(file: SourceFile, cells: Cells) -> Made:
    named = by_column(EXPORT_COLUMNS, cells)
    named |= sent(file, named["sent_at"]) | money(file, named["revenue"])
    return EMAILS.row(provider=PROVIDER, **named)


def read_one(file: SourceFile) -> Reading:
    """Read the report of one campaign, a name and a value on each line: the file is one record."""
    grid = read_grid(file)
    pairs = [line for line in grid.lines if len(line.cells) == 2 and line.cells[0].strip().endswith(":")]  # noqa: PLR2004
    if not pairs:
        wrong = "holds no line with a name that ends in `:` and a value"
        raise refusal(file.path, 1, "", wrong, "export the report of one campaign, or check the format")
    names, values = zip(*(line.cells for line in pairs), strict=True)
    header = Line(pairs[0].first, pairs[-1].last, tuple(name.strip().removesuffix(":") for name in names))
    found = table(file, header, [replace(header, cells=values)], ONE_COLUMNS)
    return transcribe(
        file,
        replace(found, notices=grid.notices),
        ONE_COLUMNS,
        lambda cells: [EMAILS.row(provider=PROVIDER, title=cells["Title"], **by_column(ONE_COLUMNS, cells))],
    )


# --- lists -----------------------------------------------------------------------------------------


def read_lists(file: SourceFile) -> Reading:
    """Read the answer of GET /lists: how many people are on each list now."""
    found = records_at(file, "lists", LIST_COLUMNS, looks_like="an object with a list `lists`", page=_page)
    return transcribe(file, found, LIST_COLUMNS, _list_counts, unique=("id",))


def _list_counts(cells: Cells) -> list[Made]:
    list_id, members, gone = cells.values()
    counters = (("subscribers", "member_count", members), ("unsubscribes", "unsubscribe_count", gone))
    return counts(ACCOUNT_TOTALS, {"platform": PLATFORM, "account": str(list_id).lower()}, counters)


def read_history(file: SourceFile) -> Reading:
    """Read the answer of GET /lists/{id}/growth-history: one record is a month of a list."""
    found = records_at(
        file, "history", HISTORY_COLUMNS, looks_like="an object with a list `history`", page=_page
    )
    held = found.page.total if found.page else None
    more = [f"more pages exist: {held} months, and {found.counted} of them are here"] * (
        (held or 0) > found.counted
    )
    found = replace(found, page=None, notices=(*found.notices, *more))
    return transcribe(
        file, found, HISTORY_COLUMNS, lambda cells: list(_month(file, cells)), unique=("list_id", "month")
    )


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


# --- formats ---------------------------------------------------------------------------------------

RUNNING = ("cumulative", "replaces")
REPORTS = Format(
    "mailchimp.reports",
    label="Mailchimp API, reports",
    noun="mailing",
    tables=("emails",),
    overlaps=RUNNING,
    columns=REPORT_COLUMNS,
    read=read_reports,
    platform="Mailchimp",
    zone="UTC",
    export=(
        "Fetch `GET https://<dc>.api.mailchimp.com/3.0/reports?count=1000` with your API key and save the answer as "
        "it comes. Where there are more mailings than one answer holds, fetch the others with `offset` and save "
        "each answer as a file of its own with the same date."
    ),
    notes=(
        "Delivered is mails sent less hard and soft bounces, as in Mailchimp's own rates.",
        "Opens by people leave out the machines of mail services that open every mail; older answers do not tell them.",
        "Unique clicks are people who clicked, not different links that were clicked.",
        "All pages of an answer are needed: a missing one is a fault.",
    ),
    pattern="mailchimp/reports-{extracted_at:%Y-%m-%dT%H%M%SZ}-*.json",
)
CAMPAIGNS_CSV = Format(
    "mailchimp.campaigns_csv",
    label="Mailchimp, export of all campaigns",
    noun="mailing",
    tables=("emails",),
    overlaps=RUNNING,
    columns=EXPORT_COLUMNS,
    read=read_export,
    platform="Mailchimp",
    export=(
        "In Mailchimp open Analytics, then Reports, and choose Export reports. Unpack the ZIP file if it comes as one."
    ),
    notes=(
        UNZONED,
        "Mailings that were never sent are skipped.",
        "Revenue is the Total Revenue; it needs `currency` in the source, because the export names none.",
    ),
    pattern="mailchimp/campaigns-{extracted_at:%Y-%m-%d}.csv",
)
ONE_CAMPAIGN = Format(
    "mailchimp.campaign_report",
    label="Mailchimp, report of one campaign",
    noun="mailing",
    tables=("emails",),
    overlaps=RUNNING,
    columns=ONE_COLUMNS,
    read=read_one,
    platform="Mailchimp",
    export="In Mailchimp open the report of the campaign and choose Export, then the CSV file of the report.",
    notes=(
        "The report has no id and no date of sending: the title stands for the id.",
        "The export of all campaigns tells more.",
        "Hard and soft bounces are one number in it and are not kept.",
    ),
    pattern="mailchimp/campaign-*-{extracted_at:%Y-%m-%d}.csv",
)
LISTS = Format(
    "mailchimp.lists",
    label="Mailchimp API, lists",
    noun="list",
    tables=("account_totals",),
    overlaps=RUNNING,
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

FORMATS = (REPORTS, CAMPAIGNS_CSV, ONE_CAMPAIGN, LISTS, LIST_GROWTH, LIST_ACTIVITY)
