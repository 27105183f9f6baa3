"""LinkedIn's statistics: of a page and its posts, of its followers, and of a member's own posts.

Days and moments are UTC. LinkedIn leaves out what had no activity: a day that is missing is not 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from perftrack_site.sources.accounts import Namer, namer
from perftrack_site.sources.cast import CellError, Column, count
from perftrack_site.sources.days import epoch_milliseconds
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.json_reader import read_json
from perftrack_site.sources.json_records import (
    Answer,
    list_at,
    other_shape,
    pick,
    record_of,
    refuse_error_body,
    refuse_strangers,
)
from perftrack_site.sources.ledger import Rule
from perftrack_site.sources.measures import Measure, in_each, measured, values
from perftrack_site.sources.numbers import signed_count
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.platforms import linkedin_csv
from perftrack_site.sources.platforms.linkedin_csv import NAME, PLATFORM, post_urn
from perftrack_site.sources.platforms.paged_lists import found_in
from perftrack_site.sources.records import Cells, Found, Made, counts, transcribe
from perftrack_site.sources.tables import (
    ACCOUNT_DAYS,
    ACCOUNT_SPANS,
    ACCOUNT_TOTALS,
    POST_COUNTS,
    POST_DAYS,
    POST_SPANS,
    Cell,
    Table,
)

ORGANIZATION = re.compile(r"urn:li:organization(?:Brand)?:([0-9]{1,30})")
METRIC = re.compile(r'(?:\{"[^"]+": "([A-Z_]{3,60})"\}|([A-Z_]{3,60}))')
NUMBERS = re.compile(r'"(year|month|day)": ([0-9]{1,4})')
OTHER_METRIC = Rule("metric_not_used", "the metric is none that we keep")
BACKWARDS = Rule("backwards", "its time range ends before it begins")


def organization(text: str) -> str:
    """Take the number of a page off its URN."""
    found = ORGANIZATION.fullmatch(text)
    if not found:
        raise CellError("id", "not the URN of a page such as urn:li:organization:99000001")
    return found.group(1)


def metric(text: str) -> str:
    """Find the name of a metric, alone or in the small object that older answers put around it."""
    found = METRIC.fullmatch(text)
    if not found:
        raise CellError("choice", "not the name of a metric such as IMPRESSION")
    return found.group(1) or found.group(2)


def written_day(text: str) -> date:
    """Read a day told as an object of year, month and day."""
    told = {name: int(number) for name, number in NUMBERS.findall(text)}
    try:
        return date(told["year"], told["month"], told["day"])
    except (KeyError, ValueError) as error:
        raise CellError("day", "not a day of the calendar told by year, month and day") from error


def _elements(
    file: SourceFile, columns: Sequence[Column], looks_like: str, *, by: int
) -> tuple[Found, Namer]:
    """Read a list `elements`; answers its records, and what the account of each is called (by field `by`)."""
    listed = list_at(file, "elements", looks_like=looks_like)
    refuse_strangers(file, listed.nodes, columns, looks_like)
    records = [record_of(node, columns) for node in listed.nodes]
    return found_in(listed, records, _goes_on), namer(file, records, by)


def _goes_on(answer: Answer) -> bool:
    links = pick(answer, "paging.links")
    return any(pick(link, "rel") == "next" for link in links) if isinstance(links, list) else False


# --- statistics of shares ------------------------------------------------------------------------

OF_SHARES = tuple(
    Measure((f"totalShareStatistics.{name}",), signed_count, counter, name)
    for name, counter in (
        ("impressionCount", "impressions"),
        ("uniqueImpressionsCount", "reach"),
        ("clickCount", "clicks"),
        ("likeCount", "likes"),
        ("commentCount", "comments"),
        ("shareCount", "shares"),
    )
)  # likes may be negative: more were taken back than given
PAGE = Column(("organizationalEntity",), organization, ("account_totals.account",))
PAGE_OF_DAYS = replace(PAGE, becomes=("account_days.account", "account_spans.account"))
POST = ("ugcPost", "share")
START, END = "timeRange.start", "timeRange.end"
TOTAL_COLUMNS = (
    PAGE,
    Column(POST, post_urn, ("post_counts.post_id",), nullable=True),
    Column((START,), epoch_milliseconds, (), nullable=True),
    *in_each(measured("post_counts", OF_SHARES), measured("account_totals", OF_SHARES)),
)
DAYS_OF_PAGE = ("account_days.day", "account_spans.from_day")
RANGE_COLUMNS = (
    PAGE_OF_DAYS,
    Column(POST, post_urn, ("post_days.post_id", "post_spans.post_id"), nullable=True),
    Column((START,), epoch_milliseconds, (*DAYS_OF_PAGE, "post_days.day", "post_spans.from_day")),
    Column((END,), epoch_milliseconds, ("account_spans.to_day", "post_spans.to_day")),
    *in_each(
        *(measured(table.name, OF_SHARES) for table in (ACCOUNT_DAYS, ACCOUNT_SPANS, POST_DAYS, POST_SPANS))
    ),
)
SHARES_LOOK_LIKE = "organizationalEntityShareStatistics: a list `elements` with totalShareStatistics"


def read_share_totals(file: SourceFile) -> Reading:
    """Read lifetime statistics: one element is one post, or the whole page. Raises QualityError."""
    found, account = _elements(file, TOTAL_COLUMNS, SHARES_LOOK_LIKE, by=0)
    if any(record.cells[2] for record in found.records):
        wrong, right = (
            "tells totals of days, not running totals",
            "its format is linkedin.share_statistics_days",
        )
        raise refusal(file.path, found.records[0].first_line, "timeRange", wrong, right)

    def make(cells: Cells) -> list[Made]:
        post = cells[POST[0]]
        if post is None:
            names = {"platform": PLATFORM, "account": account(None, cells[PAGE.name])}
            return counts(ACCOUNT_TOTALS, names, values(OF_SHARES, cells))
        names = {"platform": PLATFORM, "post_id": str(post), "witness": "insights"}
        return counts(POST_COUNTS, names, values(OF_SHARES, cells))

    return transcribe(file, found, TOTAL_COLUMNS, make, unique=(PAGE.name, POST[0]))


def read_share_days(file: SourceFile) -> Reading:
    """Read statistics of time ranges: one element is one day, or several, of the page or of one post."""
    found, account = _elements(file, RANGE_COLUMNS, SHARES_LOOK_LIKE, by=0)

    def make(cells: Cells) -> list[Made]:
        post = cells[POST[0]]
        who: dict[str, Cell] = {"post_id": post} if post else {"account": account(None, cells[PAGE.name])}
        tables = (POST_DAYS, POST_SPANS) if post else (ACCOUNT_DAYS, ACCOUNT_SPANS)
        return _in_range(file, cells, tables, who, values(OF_SHARES, cells))

    return transcribe(
        file, found, RANGE_COLUMNS, make, unique=(PAGE.name, POST[0], START, END), skip=_backwards
    )


def _range(cells: Cells) -> Span | None:
    """Read a time range as days; its end is the midnight after the last of them."""
    start, end = cells[START], cells[END]
    if not isinstance(start, datetime) or not isinstance(end, datetime) or end <= start:
        return None
    return Span(start.date(), (end - timedelta(seconds=1)).date())


def _backwards(cells: Cells) -> Rule | None:
    return None if _range(cells) else BACKWARDS


def _in_range(
    file: SourceFile,
    cells: Cells,
    tables: tuple[Table, Table],
    who: dict[str, Cell],
    counters: Iterable[tuple[str, str, Cell]],
) -> list[Made]:
    """Make the counters of a time range: in the first table where it is one day, else in the second."""
    span = _range(cells)
    if span is None:
        return []
    is_day = span.first == span.last
    days: dict[str, Cell] = {"day": span.first} if is_day else {"from_day": span.first, "to_day": span.last}
    names = {"platform": PLATFORM, **who, **days, "is_provisional": file.is_provisional(span.last)}
    return counts(tables[0] if is_day else tables[1], names, counters)


# --- followers -----------------------------------------------------------------------------------

GAINS = ("followerGains.organicFollowerGain", "followerGains.paidFollowerGain")
FOLLOWER_COLUMNS = (
    PAGE_OF_DAYS,
    Column((START,), epoch_milliseconds, DAYS_OF_PAGE),
    Column((END,), epoch_milliseconds, ("account_spans.to_day",)),
    *(
        Column((gain,), signed_count, ("account_days.followers_net", "account_spans.followers_net"))
        for gain in GAINS
    ),
)
FOLLOWERS_LOOK_LIKE = "organizationalEntityFollowerStatistics by time: a list `elements` with followerGains"
SIZE = Measure(("firstDegreeSize",), count, "followers", "firstDegreeSize")
SIZE_COLUMNS = tuple(
    replace(column, required=True, nullable=False) for column in measured("account_totals", [SIZE])
)


def read_followers(file: SourceFile) -> Reading:
    """Read follower statistics: one element is one day, the followers won less those lost, paid ones among them."""
    found, account = _elements(file, FOLLOWER_COLUMNS, FOLLOWERS_LOOK_LIKE, by=0)

    def make(cells: Cells) -> list[Made]:
        organic, paid = (cells[gain] for gain in GAINS)
        net = organic + paid if isinstance(organic, int) and isinstance(paid, int) else None
        who: dict[str, Cell] = {"account": account(None, cells[PAGE.name])}
        counters = [("followers_net", "followerGains", net)]
        return _in_range(file, cells, (ACCOUNT_DAYS, ACCOUNT_SPANS), who, counters)

    return transcribe(file, found, FOLLOWER_COLUMNS, make, unique=(PAGE.name, START, END), skip=_backwards)


def read_network_size(file: SourceFile) -> Reading:
    """Read networkSizes: the one number of followers of a page."""
    top = read_json(file)
    refuse_error_body(file, top)
    if pick(top.value, SIZE.headers[0]) is None:
        raise other_shape(file, top, f"the answer of networkSizes: an object with {SIZE.headers[0]}")
    found = Found(top.document.opened["{"], [record_of(top, SIZE_COLUMNS)])
    names = {"platform": PLATFORM, "account": account_of(file)}
    return transcribe(
        file, found, SIZE_COLUMNS, lambda cells: counts(ACCOUNT_TOTALS, names, values([SIZE], cells))
    )


# --- a member's own posts ------------------------------------------------------------------------

METRICS = {
    "IMPRESSION": "impressions",
    "MEMBERS_REACHED": "reach",
    "REACTION": "likes",
    "COMMENT": "comments",
    "RESHARE": "shares",
}
MEMBER_TABLES = (POST_COUNTS, POST_DAYS, ACCOUNT_TOTALS, ACCOUNT_DAYS)
MEMBER_COLUMNS = (
    Column(("metricType",), metric, ()),
    Column(("targetEntity",), post_urn, ("post_counts.post_id", "post_days.post_id"), nullable=True),
    Column(("dateRange.start",), written_day, ("post_days.day", "account_days.day"), nullable=True),
    Column(
        ("count",),
        signed_count,
        tuple(f"{table.name}.{counter}" for table in MEMBER_TABLES for counter in METRICS.values()),
    ),
)
MEMBER_LOOKS_LIKE = "memberCreatorPostAnalytics: a list `elements` with metricType and count"


def read_member_posts(file: SourceFile) -> Reading:
    """Read a member's analytics: one element is one metric of one post, or of all posts together.

    With a day it is what was added on that day, without one the running total.
    """
    found, _ = _elements(file, MEMBER_COLUMNS, MEMBER_LOOKS_LIKE, by=1)
    return transcribe(
        file,
        found,
        MEMBER_COLUMNS,
        lambda cells: _member(file, cells),
        unique=("metricType", "targetEntity", "dateRange.start"),
        skip=lambda cells: None if cells["metricType"] in METRICS else OTHER_METRIC,
    )


def _member(file: SourceFile, cells: Cells) -> list[Made]:
    post, written, named = cells["targetEntity"], cells["dateRange.start"], str(cells["metricType"])
    who: dict[str, Cell] = {"post_id": post} if post else {"account": account_of(file)}
    if written:
        table = POST_DAYS if post else ACCOUNT_DAYS
        told: dict[str, Cell] = {"day": written, "is_provisional": file.is_provisional(written)}
    else:
        table = POST_COUNTS if post else ACCOUNT_TOTALS
        told = {"witness": "insights"} if post else {}
    return counts(table, {"platform": PLATFORM, **who, **told}, [(METRICS[named], named, cells["count"])])


# --- formats -------------------------------------------------------------------------------------

MISSING_IS_NOT_ZERO = "LinkedIn leaves out days and posts without activity; they stay unknown."
RATE_NOT_KEPT = (
    "The engagement rate is not kept: it follows from clicks, likes, comments, shares and impressions."
)

SHARE_STATISTICS = Format(
    "linkedin.share_statistics",
    label="LinkedIn API, lifetime statistics of a page and its posts",
    noun="post or page",
    tables=("post_counts", "account_totals"),
    overlaps=("cumulative", "replaces"),
    columns=TOTAL_COLUMNS,
    read=read_share_totals,
    platform=NAME,
    zone="UTC",
    export="Call organizationalEntityShareStatistics with the page, and with lists of its shares and ugcPosts for "
    "numbers by post, without a time range. Keep every page of the answer as it comes.",
    notes=(
        "A post is known by its whole URN, such as urn:li:share:7900000000000000001.",
        "Only organic activity is counted. Likes may be negative, because they are taken back.",
        MISSING_IS_NOT_ZERO,
        RATE_NOT_KEPT,
    ),
    pattern="linkedin/shares-*-{extracted_at:%Y-%m-%d}.json",
)
SHARE_DAYS = Format(
    "linkedin.share_statistics_days",
    label="LinkedIn API, statistics of a page by day",
    noun="time range",
    tables=("account_days", "account_spans", "post_days", "post_spans"),
    overlaps=("replaces", "adds"),
    columns=RANGE_COLUMNS,
    read=read_share_days,
    platform=NAME,
    zone="UTC",
    export="Call organizationalEntityShareStatistics with timeIntervals.timeGranularityType=DAY and a time range of "
    "the last twelve months, and keep the answer as it comes.",
    notes=("The reach of several days does not add up.", MISSING_IS_NOT_ZERO, RATE_NOT_KEPT),
    pattern="linkedin/days-{extracted_at:%Y-%m-%d}.json",
)
FOLLOWERS = Format(
    "linkedin.follower_statistics",
    label="LinkedIn API, followers won by day",
    noun="time range",
    tables=("account_days", "account_spans"),
    overlaps=("replaces", "adds"),
    columns=FOLLOWER_COLUMNS,
    read=read_followers,
    platform=NAME,
    zone="UTC",
    export="Call organizationalEntityFollowerStatistics with timeIntervals.timeGranularityType=DAY. Keep the answer.",
    notes=(
        "The numbers are followers won less followers lost, organic and paid together. They may be negative.",
        "How many followers there are in all is told by networkSizes (`linkedin.network_size`).",
    ),
    pattern="linkedin/followers-{extracted_at:%Y-%m-%d}.json",
)
NETWORK_SIZE = Format(
    "linkedin.network_size",
    label="LinkedIn API, number of followers",
    noun="number",
    tables=("account_totals",),
    overlaps=("cumulative", "replaces"),
    columns=SIZE_COLUMNS,
    read=read_network_size,
    platform=NAME,
    zone="UTC",
    export="Call networkSizes with the URN of the page and edgeType=COMPANY_FOLLOWED_BY_MEMBER, and keep the answer.",
    notes=("The answer does not name the page: declare the `account` in its source.",),
    pattern="linkedin/size-{extracted_at:%Y-%m-%d}.json",
)
MEMBER_POSTS = Format(
    "linkedin.member_posts",
    label="LinkedIn API, a member's own posts",
    noun="metric",
    tables=("post_counts", "post_days", "account_totals", "account_days"),
    overlaps=("cumulative", "replaces"),
    columns=MEMBER_COLUMNS,
    read=read_member_posts,
    platform=NAME,
    zone="UTC",
    export="Call memberCreatorPostAnalytics once for each of IMPRESSION, MEMBERS_REACHED, RESHARE, REACTION and COMMENT"
    " with the post and aggregation=TOTAL (no date range) or DAILY, and keep the answers, also as a list in one file.",
    notes=(
        "A TOTAL over a chosen date range does not say so in the answer and would be taken for a running total.",
        "Other metrics are skipped.",
    ),
    pattern="linkedin/member-*-{extracted_at:%Y-%m-%d}.json",
)

FORMATS = (SHARE_STATISTICS, SHARE_DAYS, FOLLOWERS, NETWORK_SIZE, MEMBER_POSTS, *linkedin_csv.FORMATS)
