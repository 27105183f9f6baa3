"""Mailchimp: reports of campaigns (API, the CSV of all, the CSV of one). One mailing is one record."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast

from perftrack_site.sources.cast import CellError, Column, count, currency, identifier, moment, plain
from perftrack_site.sources.csv_reader import read_csv
from perftrack_site.sources.days import named_day
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.grid import Line, read_grid, table
from perftrack_site.sources.json_records import records_at
from perftrack_site.sources.ledger import Rule
from perftrack_site.sources.naming import by_column
from perftrack_site.sources.numbers import grouped_count, rounded
from perftrack_site.sources.platforms import mailchimp_lists
from perftrack_site.sources.platforms.mailchimp_lists import page_of
from perftrack_site.sources.platforms.mailings import (
    NEVER_SENT,
    UNZONED,
    clocked,
    money,
    sent,
    without_currency,
)
from perftrack_site.sources.records import Cells, Made, transcribe
from perftrack_site.sources.tables import EMAILS, Cell

PROVIDER = (
    "mailchimp"  # ids of campaigns are unique over all its accounts: API and export tell of the same mailing
)

COUNT_AND_SHARE = re.compile(r"([0-9,]+)(?: \([0-9.]+%\))?")
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


# --- mailings --------------------------------------------------------------------------------------


def read_reports(file: SourceFile) -> Reading:
    """Read the answer of GET /reports: one report is one mailing."""
    found = records_at(
        file, "reports", REPORT_COLUMNS, looks_like="an object with a list `reports`", page=page_of
    )
    return transcribe(file, found, REPORT_COLUMNS, lambda cells: [_report(file, cells)], unique=("id",))


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
FORMATS = (REPORTS, CAMPAIGNS_CSV, ONE_CAMPAIGN, *mailchimp_lists.FORMATS)
