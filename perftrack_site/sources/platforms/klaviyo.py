"""Klaviyo's export of campaigns: one row is one mailing; text messages and pushes are no e-mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perftrack_site.sources.cast import Column, day, identifier, plain, word
from perftrack_site.sources.csv_reader import read_csv
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.ledger import Rule
from perftrack_site.sources.naming import by_column
from perftrack_site.sources.numbers import grouped_count, rounded
from perftrack_site.sources.platforms.mailings import (
    NEVER_SENT,
    UNZONED,
    clocked,
    money,
    sent,
    without_currency,
)
from perftrack_site.sources.records import Cells, Made, transcribe
from perftrack_site.sources.tables import EMAILS

PROVIDER = "klaviyo"
NO_EMAIL = Rule("no_email", "a text message or a push, not an e-mail: it cannot be opened")

COLUMNS = (
    Column(("Campaign ID", "Message ID"), identifier, ("emails.email_id",)),
    Column(("Campaign Name",), plain, ("emails.title",), nullable=True, free_text=True),
    Column(("Subject",), plain, ("emails.subject",), nullable=True, free_text=True),
    Column(("Send Time",), plain, ("emails.sent_at", "emails.sent_on"), nullable=True),
    Column(("Campaign Channel", "Message Channel"), word, (), required=False, nullable=True),
    Column(("Total Recipients",), grouped_count, ("emails.sent",)),
    Column(("Successful Deliveries",), grouped_count, ("emails.delivered",)),
    Column(("Total Opens",), grouped_count, ("emails.opens",), nullable=True),
    Column(("Unique Opens",), grouped_count, ("emails.unique_opens",), nullable=True),
    Column(("Total Clicks",), grouped_count, ("emails.clicks",), nullable=True),
    Column(("Unique Clicks",), grouped_count, ("emails.unique_clicks",), nullable=True),
    Column(("Unsubscribes",), grouped_count, ("emails.unsubscribes",), nullable=True),
    Column(("Spam Complaints",), grouped_count, ("emails.complaints",), nullable=True),
    Column(("Unique Placed Order",), grouped_count, ("emails.orders",), required=False, nullable=True),
    Column(("Revenue",), rounded(4), ("emails.revenue", "emails.currency"), required=False, nullable=True),
)


def read(file: SourceFile) -> Reading:
    """Read a campaign export into mailings."""
    columns = clocked(file, COLUMNS, "Send Time", day)
    reading = transcribe(
        file, read_csv(file, columns), columns, lambda cells: [_mailing(file, columns, cells)],
        unique=("Campaign ID",), skip=_left_out,
    )  # fmt: skip
    return replace(reading, notices=(*reading.notices, *without_currency(file)))


def _left_out(cells: Cells) -> Rule | None:
    if cells["Campaign Channel"] not in {None, "email"}:
        return NO_EMAIL
    return NEVER_SENT if cells["Send Time"] is None else None


def _mailing(file: SourceFile, columns: Sequence[Column], cells: Cells) -> Made:
    named = by_column(columns, cells)
    named |= sent(file, named["sent_at"]) | money(file, named["revenue"])
    return EMAILS.row(provider=PROVIDER, **named)


CAMPAIGNS = Format(
    "klaviyo.campaigns",
    label="Klaviyo, export of campaigns",
    noun="mailing",
    tables=("emails",),
    overlaps=("cumulative", "replaces"),
    columns=COLUMNS,
    read=read,
    platform="Klaviyo",
    export=(
        "In Klaviyo open Campaigns, choose Options, then Export campaigns, with all columns. Keep the CSV file as it "
        "comes."
    ),
    notes=(
        UNZONED,
        "Text messages and pushes are skipped: they have no opens, and would spoil the rates of e-mails.",
        "Orders are people who ordered at least once; revenue needs `currency` in the source.",
        "Bounces are one number in it, hard and soft together, and are not kept.",
    ),
    pattern="klaviyo/campaigns-{extracted_at:%Y-%m-%d}.csv",
)

FORMATS = (CAMPAIGNS,)
