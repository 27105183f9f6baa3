"""TikTok API for Business, `report/integrated/get`: what ads cost and reached, by day or over a period.

All values are strings; `-` stands where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from perftrack_site.sources.cast import Column, count, digits, money, plain
from perftrack_site.sources.days import day_of_moment
from perftrack_site.sources.format import Format, Page, Reading, SourceFile, refusal
from perftrack_site.sources.json_records import Answer, pick, records_at
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.platforms.ads import Twins, day_row, span_row
from perftrack_site.sources.platforms.tiktok_links import PLATFORM
from perftrack_site.sources.records import Cells, Found, Made, transcribe
from perftrack_site.sources.tables import Cell

DAY = "dimensions.stat_time_day"
IDS = (
    "dimensions.advertiser_id", "dimensions.campaign_id", "dimensions.adgroup_id", "dimensions.ad_id",
)  # fmt: skip
NAMES = ("metrics.campaign_name", "metrics.adgroup_name", "metrics.ad_name")
LEVELS = ("ad_campaign", "ad_group", "ad")
METRICS = {
    "metrics.spend": "spend",
    "metrics.impressions": "impressions",
    "metrics.reach": "reach",
    "metrics.clicks": "clicks",
    "metrics.conversion": "conversions",
    "metrics.video_play_actions": "video_views",
    "metrics.likes": "likes",
    "metrics.comments": "comments",
    "metrics.shares": "shares",
    "metrics.follows": "follows",
    "metrics.profile_visits": "profile_visits",
}
NEEDED = ("metrics.spend", "metrics.impressions")


def _columns(table: str) -> tuple[Column, ...]:
    """List the fields of a record that end in a table, without its days."""
    levels = dict(zip((*IDS[1:], *NAMES), LEVELS * 2, strict=True))
    told = [
        Column((path,), digits if path in IDS else plain, becomes, required=False, nullable=True)
        for path in (*IDS, *NAMES)
        for becomes in [(f"{table}.{levels[path]}",) if path in levels else ()]
    ]
    measured = [
        Column(
            (path,),
            money if column == "spend" else count,
            (f"{table}.{column}",),
            required=path in NEEDED,
            nullable=path not in NEEDED,
        )
        for path, column in METRICS.items()
    ]
    return (*told, *measured)


DAILY_COLUMNS = (Column((DAY,), day_of_moment, ("ad_days.day",)), *_columns("ad_days"))
PERIOD_COLUMNS = (
    Column((DAY,), day_of_moment, (), required=False, nullable=True),
    *_columns("ad_spans"),
)


def read_daily(file: SourceFile) -> Reading:
    """Read a report broken down by day: one campaign, ad group or ad on one day is one record."""

    def row(cells: Cells, **told: Cell) -> Made:
        return day_row(file, PLATFORM, cells[DAY], **told)

    return _read(file, _found(file, DAILY_COLUMNS), DAILY_COLUMNS, row)


def read_period(file: SourceFile) -> Reading:
    """Read a report over a whole period: one campaign, ad group or ad is one record."""
    span = _span(file)
    found = _found(file, PERIOD_COLUMNS)
    if any(record.cells[0] for record in found.records):
        wrong = "is broken down by day (stat_time_day), not a report over a whole period"
        raise refusal(file.path, 1, "", wrong, f"declare the format {DAILY_REPORT.key} for its source")

    def row(_: Cells, **told: Cell) -> Made:
        return span_row(file, PLATFORM, span.first, span.last, **told)

    return _read(file, found, PERIOD_COLUMNS, row)


def _found(file: SourceFile, columns: tuple[Column, ...]) -> Found:
    return records_at(
        file,
        "data.list",
        columns,
        looks_like="a report: a list `data.list` of dimensions and metrics",
        page=_page,
    )


def _page(answer: Answer) -> Page:
    numbers = [pick(answer, f"data.page_info.{name}") for name in ("total_number", "page", "total_page")]
    total, page, pages = (number if isinstance(number, int) else 0 for number in numbers)
    return Page(total=total or None, more=page < pages, needed=True)


def _read(file: SourceFile, found: Found, columns: tuple[Column, ...], row: Callable[..., Made]) -> Reading:
    currency, twins = _currency(file), Twins()

    def make(cells: Cells) -> Iterable[Made]:
        names = twins.apart((cells[DAY],), _names(cells))
        metrics = {column: cells[path] for path, column in METRICS.items()}
        yield row(cells, currency=currency, **dict(zip(LEVELS, names, strict=True)), **metrics)

    return transcribe(file, found, columns, make, unique=(*IDS, DAY))


def _names(cells: Cells) -> tuple[Cell, Cell, Cell]:
    """Take campaign, ad group and ad by their names, or by their ids where the report tells no names."""
    campaign, group, ad = (cells[name] or cells[id_] for name, id_ in zip(NAMES, IDS[1:], strict=True))
    return campaign, group, ad


def _currency(file: SourceFile) -> str:
    if file.declaration.currency:
        return file.declaration.currency
    right = (
        f"write the advertiser's currency, such as `currency: USD`, at the source {file.declaration.key!r} "
        "in config/sources.yml"
    )
    raise refusal(file.path, 1, "", "does not say in which currency its amounts are", right)


def _span(file: SourceFile) -> Span:
    if file.span:
        return file.span
    right = (
        "put the first and last day of the request into its name, and write {from:%Y-%m-%d} and {to:%Y-%m-%d} "
        f"into the pattern of the source {file.declaration.key!r} in config/sources.yml"
    )
    raise refusal(file.path, 1, "", "does not say which days it covers", right)


CALL = "Call GET /open_api/v1.3/report/integrated/get/ with report_type BASIC and service_type AUCTION"
ASK = (
    "Ask for the metrics campaign_name, spend, impressions, reach, clicks, conversion, likes, comments, shares, "
    "follows, profile_visits and video_play_actions, and keep every page of the answer as one file."
)
NOTES = (
    "Rates and costs per click are not kept: they are computed from the sums.",
    "Reach of several days or campaigns never adds up to people.",
    "A campaign is known by its name where the report tells it, else by its id. After a renaming it is another one.",
    "Declare one level only (campaigns, ad groups or ads) for an advertiser: the others tell the same money again.",
)

_format = partial(
    Format, overlaps=("replaces", "adds"), platform="TikTok", settles_days=2, needs=("currency",)
)

DAILY_REPORT = _format(
    "tiktok_ads.daily_report",
    label="TikTok Ads, report by day",
    noun="line",
    tables=("ad_days",),
    columns=DAILY_COLUMNS,
    read=read_daily,
    export=f"{CALL}, data_level AUCTION_CAMPAIGN and the dimensions campaign_id and stat_time_day. {ASK}",
    notes=("The days are those of the advertiser's time zone.", *NOTES),
    pattern="tiktok-ads/daily-*-{extracted_at:%Y-%m-%d}.json",
)
PERIOD_REPORT = _format(
    "tiktok_ads.period_report",
    label="TikTok Ads, report over a whole period",
    noun="line",
    tables=("ad_spans",),
    columns=PERIOD_COLUMNS,
    read=read_period,
    export=f"{CALL}, data_level AUCTION_CAMPAIGN and the dimension campaign_id only, with start_date and end_date. "
    f"{ASK} Put both dates into the file's name: the answer does not repeat them.",
    notes=(
        "This is the report for reach: that of a period is less than the sum of its days.",
        "Likes may differ a little from the sum of the days.",
        *NOTES,
    ),
    pattern="tiktok-ads/period-{from:%Y-%m-%d}-{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.json",
)

FORMATS = (DAILY_REPORT, PERIOD_REPORT)
