"""Meta Ads Manager: the table of ads as it is exported, over a whole period or broken down by day.

The currency stands in the header `Amount spent (USD)`. `Results` counts another thing on each line, as `Result
indicator` says: they are never added up; only purchases are read as conversions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from perftrack_site.errors import QualityError
from perftrack_site.sources.cast import CellError, Column, Record, count, day, money, plain
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.grid import Line, header_of, read_grid, table
from perftrack_site.sources.ledger import Rule, Skipped
from perftrack_site.sources.numbers import rounded
from perftrack_site.sources.platforms.ads import Twins, day_row, span_row
from perftrack_site.sources.records import Cells, Found, Made, transcribe
from perftrack_site.sources.tables import AD_DAYS, AD_SPANS, Cell
from perftrack_site.sources.text import folded

PLATFORM = "meta"
AMOUNT = re.compile(r"amount spent(?: \([a-z]{3}\))?")
CURRENCY = re.compile(r"\(([A-Z]{3})\)")
SUMMARY_ROW = Rule("summary_row", "the summary of the table names no campaign, ad set or ad: it is their sum")
ONE_PERCENT = Decimal("0.01")


def _both(column: str) -> tuple[str, str]:
    return f"ad_days.{column}", f"ad_spans.{column}"


NAMES = (
    Column(("Campaign name",), plain, _both("ad_campaign"), required=False, nullable=True),
    Column(("Ad set name",), plain, _both("ad_group"), required=False, nullable=True),
    Column(("Ad name",), plain, _both("ad"), required=False, nullable=True),
)
# Names need not be one ad's alone: ids tell two equal lines apart. They are not kept.
IDS = tuple(
    Column((name,), plain, (), required=False, nullable=True)
    for name in ("Campaign ID", "Ad set ID", "Ad ID")
)
SPENT = Column(("Amount spent",), money, _both("spend"))
PURCHASES = Column(("Purchases",), count, _both("conversions"), required=False, nullable=True)
RESULTS = Column(("Results",), count, _both("conversions"), required=False, nullable=True)
INDICATOR = Column(("Result indicator",), plain, _both("conversions"), required=False, nullable=True)
MEASURED = (
    SPENT,
    Column(("Impressions",), count, _both("impressions"), nullable=True),
    Column(("Reach",), count, _both("reach"), required=False, nullable=True),
    Column(("Link clicks",), count, _both("clicks"), required=False, nullable=True),
    Column(
        ("Purchases conversion value",), rounded(4), _both("conversion_value"), required=False, nullable=True
    ),
    Column(("3-second video plays",), count, _both("video_views"), required=False, nullable=True),
    Column(("Post reactions",), count, _both("likes"), required=False, nullable=True),
    Column(("Post comments",), count, _both("comments"), required=False, nullable=True),
    Column(("Post shares",), count, _both("shares"), required=False, nullable=True),
    Column(("Instagram profile visits",), count, _both("profile_visits"), required=False, nullable=True),
)
COLUMNS = (
    *NAMES,
    Column(("Reporting starts",), day, ("ad_days.day", "ad_spans.from_day")),
    Column(("Reporting ends",), day, ("ad_days.day", "ad_spans.to_day")),
    Column(("Day",), day, ("ad_days.day",), required=False, nullable=True),
    *MEASURED,
    PURCHASES,
    RESULTS,
    INDICATOR,
    *IDS,
)


def read(file: SourceFile) -> Reading:
    """Read an export: one campaign, ad set or ad, on one day or over the period, is one record."""
    grid = read_grid(file, COLUMNS)
    header, *lines = grid.lines
    spelling, currency = _amount(file, header)
    columns = [
        replace(column, headers=(*column.headers, spelling)) if column is SPENT else column
        for column in COLUMNS
    ]
    found = table(file, header, lines, columns)
    if not header_of(file, header, NAMES).known:
        wrong = "names no campaign, ad set or ad"
        raise refusal(file.path, header.first, "header", wrong, "export it with the column 'Campaign name'")
    found = replace(found, counted=grid.counted - 1, notices=(*grid.notices, *found.notices))
    return _reading(file, found, columns, currency)


def _amount(file: SourceFile, header: Line) -> tuple[str, str]:
    """Find how the header spells the amount spent, and the currency it tells, else the declared one."""
    for name in header.cells:
        spelling = file.declaration.headers.get(name.strip(), name)
        if AMOUNT.fullmatch(folded(spelling)):
            told = CURRENCY.search(spelling) or CURRENCY.search(name)
            currency = told.group(1) if told else file.declaration.currency
            if currency:
                return spelling, currency
            raise _no_currency(file, header)
    return SPENT.name, ""  # the column is missing: the table says so


def _no_currency(file: SourceFile, header: Line) -> QualityError:
    right = (
        f"write the currency of the ad account, such as `currency: USD`, at the source {file.declaration.key!r} "
        "in config/sources.yml"
    )
    wrong = "does not say in which currency its amounts are"
    return refusal(file.path, header.first, "header", wrong, right)


def _reading(file: SourceFile, found: Found, columns: Sequence[Column], currency: str) -> Reading:
    twins = Twins()

    def make(cells: Cells) -> Iterable[Made]:
        first, last = cells["Reporting starts"], cells["Reporting ends"]
        on = cells["Day"] or (first if first == last else None)
        names = twins.apart((on, first, last), _names(cells))
        told = dict(zip(("ad_campaign", "ad_group", "ad"), names, strict=True)) | _measures(cells)
        told["currency"] = currency
        if on:
            yield day_row(file, PLATFORM, on, **told)
        else:
            yield span_row(file, PLATFORM, first, last, **told)

    summaries = [record for record in found.records if _is_summary(record)]
    ads = [record for record in found.records if not _is_summary(record)]
    skipped = (*found.skipped, Skipped(*SUMMARY_ROW, len(summaries))) if summaries else found.skipped
    reading = transcribe(file, replace(found, records=ads, skipped=skipped), columns, make)
    apart = [notice for record in summaries if (notice := _apart(record, reading, columns, currency))]
    return replace(reading, notices=(*reading.notices, *apart))


def _names(cells: Cells) -> tuple[Cell, Cell, Cell]:
    campaign, group, ad = (cells[column.name] for column in NAMES)
    return campaign, group, ad


def _measures(cells: Cells) -> dict[str, Cell]:
    """Take the numbers of a line; a result is a conversion where its indicator says purchase."""
    told = {column.becomes[0].partition(".")[2]: cells[column.name] for column in MEASURED}
    bought = str(cells[INDICATOR.name] or "").endswith("purchase")
    purchases = cells[PURCHASES.name]
    told["conversions"] = cells[RESULTS.name] if purchases is None and bought else purchases
    return told


def _is_summary(record: Record) -> bool:
    return not any(cell.strip() for cell in record.cells[: len(NAMES)])


def _apart(record: Record, reading: Reading, columns: Sequence[Column], currency: str) -> str | None:
    """Say so where the amount of the summary is more than 1 % apart from the sum of the ads."""
    at = [column.name for column in columns].index(SPENT.name)
    try:
        total = Decimal(str(columns[at].read(record.cells[at])))
    except CellError:
        return None
    rows = [
        dict(zip(each.columns, row, strict=False))
        for each in (AD_DAYS, AD_SPANS)
        for row in reading.rows.get(each.name, ())
    ]
    spent = sum((Decimal(str(row["spend"])) for row in rows), Decimal(0))
    if abs(total - spent) <= ONE_PERCENT * total:
        return None
    return (
        f"the summary says {total} {currency} were spent, the ads in this file sum up to {spent} {currency}"
    )


ADS_EXPORT = Format(
    "meta_ads.ads_export",
    label="Meta Ads Manager, export",
    noun="line",
    tables=("ad_spans", "ad_days"),
    overlaps=("replaces", "adds"),
    columns=COLUMNS,
    read=read,
    platform="Meta Ads",
    settles_days=2,
    export="In Ads Manager choose the period and the columns Campaign name, Ad set name, Ad name, Ad ID, Amount spent, "
    "Impressions, Reach, Link clicks, Purchases and Purchases conversion value; choose the breakdown By time, Day "
    "for daily numbers, and no other breakdown. Then Reports, Export table data, CSV.",
    notes=(
        "Without the breakdown by day the numbers are totals over the whole period, which cannot be cut.",
        "Reach of several days or ads never adds up to people.",
        "Purchases are the conversions. Results count another thing on each line: only purchases are used of them.",
        "An empty cell is a number that is not told, never 0.",
        "The currency is taken from the header, such as Amount spent (USD); without it from the source.",
        "Clicks are those on links. Clicks (all) is not read.",
        "Ads with the same names are told apart as #2, #3 in the order of the file.",
        "Two lines that are equal in everything are one ad; the column Ad ID tells twins with equal numbers apart.",
        "A summary row is left out; a notice says so where it is more than 1 % apart from the sum.",
    ),
    pattern="meta-ads/ads-{extracted_at:%Y-%m-%d}.csv",
)

FORMATS = (ADS_EXPORT,)
