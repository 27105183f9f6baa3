"""The website: Google Analytics, Search Console, Clarity, a heatmap tool, and Bitly's short links.

Analytics sees most of the shop's orders, never all: who refuses cookies buys unseen.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sample.brand import SITE
from sample.orders import Order
from sample.plan import LAST_DAY, Campaign
from sample.shapes import WEEKLY, YESTERDAY, File, Row, answer, compact, daily, days, days_before, table

SOURCES = """\
  # The website: Google Analytics, Search Console, Clarity, heatmaps, short links
  - key: ga4
    format: ga4_api.report
    files: ga4/sessions-{extracted_at:%Y-%m-%d}-page*.json
    account: umoja.example
    timezone: Africa/Johannesburg
    overlap: replaces
    freshness: {warn_after: 8d, error_after: 15d}
  - key: ga4-channels
    format: ga4_csv.export
    files: ga4/channels-{extracted_at:%Y-%m-%d}.csv
    account: umoja.example
    timezone: Africa/Johannesburg
    currency: ZAR
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
  - key: gsc-days
    format: search_console.api
    files: gsc/days-{extracted_at:%Y-%m-%d}.json
    account: umoja.example
    dimensions: [date]
    overlap: replaces
    freshness: {warn_after: 8d, error_after: 15d}
  - key: gsc-export
    format: search_console.export
    files: gsc/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.zip/*.csv
    account: umoja.example
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
  - key: clarity
    format: clarity.live_insights
    files: clarity/insights-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja.example
    days: 3
    overlap: replaces
    freshness: {warn_after: 4d, error_after: 8d}
  - key: heatmap
    format: perftrack.heatmap
    files: heatmaps/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv
    account: umoja.example
    overlap: replaces
    freshness: {warn_after: 40d, error_after: 80d}
  - key: bitly-thandi
    format: bitly.clicks
    files: bitly/thandi-springlaunch-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    link: umoja.example/thandi/springlaunch
    overlap: replaces
  - key: bitly-joao
    format: bitly.clicks
    files: bitly/joao-baristablends-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    link: umoja.example/joao/baristablends
    overlap: replaces
"""

BACKFILL = date(2026, 10, 4)  # when analytics was first fetched, three months at once
COUNTED_FROM = date(2026, 7, 1)
FETCHED = tuple(LAST_DAY - timedelta(days=back) for back in (35, 28, 21, 14, 7, 0))
PAGE_SIZE = 250
DIMENSIONS = ("date", "sessionSource", "sessionMedium", "sessionCampaignName", "sessionManualAdContent")
METRICS = {
    "sessions": "TYPE_INTEGER",
    "engagedSessions": "TYPE_INTEGER",
    "keyEvents": "TYPE_FLOAT",
    "ecommercePurchases": "TYPE_INTEGER",
    "purchaseRevenue": "TYPE_CURRENCY",
}
DIRECT = ("(direct)", "(none)", "(direct)", "(not set)")
SEARCH = ("google", "organic", "(organic)", "(not set)")
LETTER = ("newsletter", "email", "umoja-letter", "(not set)")
LEVELS = {DIRECT: 210, SEARCH: 160, LETTER: 14}
SEEN_OF_100 = 92
PAID = ("paid", "partially_paid", "refunded", "partially_refunded")
Tags = tuple[str, ...]


@dataclass
class Visits:
    """What analytics counted of one day and one set of tags."""

    sessions: int
    orders: int = 0
    cents: int = field(default=0)

    def add(self, order: Order) -> None:
        self.orders += 1
        self.cents += order.subtotal

    def metrics(self, *, is_newest: bool) -> list[str]:
        """Tell the numbers as texts; of the newest day some sessions are not counted yet."""
        sessions = self.sessions * 93 // 100 if is_newest else self.sessions
        revenue = f"{self.cents / 100:.2f}".rstrip("0").rstrip(".")
        told = (sessions, sessions * 61 // 100, self.orders + sessions // 60, self.orders, revenue)
        return [str(number) for number in told]


def web_files(orders: Sequence[Order], campaigns: Sequence[Campaign]) -> Iterator[File]:
    """Give every file as path and content."""
    yield from ga4_files(counted(orders, campaigns))
    yield f"ga4/channels-{date(2026, 11, 3)}.csv", channels(date(2026, 10, 1), date(2026, 10, 31))
    for on in WEEKLY:
        yield f"gsc/days-{on}.json", answer(search_days(on))
    first, last, on = date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 5)
    yield f"gsc/{first}_{last}-{on}.zip", search_export(first, last)
    for on in (LAST_DAY - timedelta(days=4), LAST_DAY - timedelta(days=1)):
        yield f"clarity/insights-{on}T213000Z.json", answer(clarity(on))
    yield f"heatmaps/{first}_{last}-{on}.csv", table(heatmap())
    for key, link_from, level in (
        ("thandi-springlaunch", date(2026, 7, 6), 46),
        ("joao-baristablends", date(2026, 8, 3), 23),
    ):
        for on in (link_from + timedelta(days=29), link_from + timedelta(days=58)):
            yield f"bitly/{key}-{on}T060000Z.json", answer(link_clicks(key, on, level))


# --- Google Analytics ------------------------------------------------------------------------------


def counted(orders: Sequence[Order], campaigns: Sequence[Campaign]) -> dict[date, dict[Tags, Visits]]:
    """Count visits by day and tags, and of the shop's orders those that analytics saw."""
    found = {day: plain_visits(day) for day in days(COUNTED_FROM, YESTERDAY)}
    for tags, day in tagged_days(campaigns):
        found[day][tags] = Visits(daily(f"ga4 {tags}", day, 55))
    for order in orders:
        day = order.placed.date()
        if day in found and is_seen(order):
            found[day].setdefault(tags_of(order), Visits(1)).add(order)
    return found


def plain_visits(day: date) -> dict[Tags, Visits]:
    return {tags: Visits(daily(f"ga4 {tags[0]}", day, level)) for tags, level in LEVELS.items()}


def tagged_days(campaigns: Sequence[Campaign]) -> Iterator[tuple[Tags, date]]:
    """Give the days on which visits come with a campaign's tags."""
    for campaign in campaigns:
        for part in campaign.parts:
            if part.utm:
                first, last = max(campaign.start, COUNTED_FROM), min(campaign.end, YESTERDAY)
                tags = ("instagram", "influencer", campaign.key, part.influencer)
                yield from ((tags, day) for day in days(first, last))


def is_seen(order: Order) -> bool:
    """Say whether analytics saw the purchase: the shop reports it once it is paid, most browsers pass it on."""
    is_paid = order.final in PAID and not order.cancelled
    return is_paid and Random(f"analytics {order.order_id}").randrange(100) < SEEN_OF_100


def tags_of(order: Order) -> Tags:
    """Tell from where an order came, as the browser does: a promo code leaves no tags."""
    tags = dict(order.utm)
    if not tags:
        return DIRECT if order.number % 3 else SEARCH
    return (
        tags["utm_source"],
        tags["utm_medium"],
        tags["utm_campaign"],
        tags.get("utm_content", "(not set)"),
    )


def ga4_files(visits: dict[date, dict[Tags, Visits]]) -> Iterator[File]:
    """Give a first fetch of three months in pages, then one a week with the days that may have changed."""
    for on, told in (
        (BACKFILL, tuple(days(COUNTED_FROM, BACKFILL - timedelta(days=1)))),
        *((on, days_before(on)) for on in FETCHED),
    ):
        rows = [
            {
                "dimensionValues": [{"value": value} for value in (f"{day:%Y%m%d}", *tags)],
                "metricValues": [{"value": value} for value in found.metrics(is_newest=day == told[-1])],
            }
            for day in told
            for tags, found in visits[day].items()
        ]
        for at in range(0, len(rows), PAGE_SIZE):
            page = at // PAGE_SIZE + 1
            yield f"ga4/sessions-{on}-page{page}.json", compact(report(rows[at : at + PAGE_SIZE], len(rows)))


def report(rows: Sequence[Mapping[str, object]], total: int) -> dict[str, object]:
    return {
        "dimensionHeaders": [{"name": name} for name in DIMENSIONS],
        "metricHeaders": [{"name": name, "type": kind} for name, kind in METRICS.items()],
        "rows": rows,
        "rowCount": total,
        "metadata": {"currencyCode": "ZAR", "timeZone": "Africa/Johannesburg"},
        "kind": "analyticsData#runReport",
    }


def channels(first: date, last: date) -> str:
    """Write a report of the pages of Google Analytics: a preamble of comments, CRLF, no end of the last line."""
    preamble = (
        "# ----------------------------------------",
        "# Traffic acquisition: Session primary channel group (Default Channel Group)",
        "# Account: UMOJA",
        "# Property: umoja.example",
        "# ----------------------------------------",
        "# ",
        "# All Users",
        f"# Start date: {first:%Y%m%d}",
        f"# End date: {last:%Y%m%d}",
    )
    header = ("Session primary channel group (Default Channel Group)", "Sessions", "Engaged sessions",
              "Engagement rate", "Event count", "Key events", "Total revenue")  # fmt: skip
    rows: list[Row] = [header]
    for name, sessions in (
        ("Direct", 6_510), ("Organic Search", 4_930), ("Organic Social", 2_204), ("Email", 431), ("Unassigned", 38),
    ):  # fmt: skip
        engaged = sessions * 61 // 100
        rows.append(
            (name, sessions, engaged, engaged / sessions, sessions * 7, sessions // 45, f"{sessions * 8}.5")
        )
    return "".join(f"{line}\r\n" for line in preamble) + table(rows, end="\r\n", closed=False)


# --- Search Console --------------------------------------------------------------------------------


def searched(day: date) -> tuple[int, int, float]:
    """Draw clicks, impressions and the average position of a day."""
    impressions = daily("search", day, 2_300)
    return impressions // 19, impressions, round(9.4 + Random(f"position {day}").randint(-18, 18) / 10, 2)


def search_days(on: date) -> dict[str, object]:
    """Tell three weeks by day; the newest three are told and not complete."""
    rows = []
    for day in days(on - timedelta(days=21), on - timedelta(days=2)):
        clicks, impressions, position = searched(day)
        rows.append(
            {
                "keys": [str(day)],
                "clicks": float(clicks),
                "impressions": float(impressions),
                "ctr": clicks / impressions,
                "position": position,
            }
        )
    incomplete = str(on - timedelta(days=3))
    return {
        "rows": rows,
        "responseAggregationType": "byProperty",
        "metadata": {"first_incomplete_date": incomplete},
    }


def search_export(first: date, last: date) -> bytes:
    """Pack the seven files of a Performance export, stored as they are: the same bytes on any machine."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, text in search_members(first, last):
            member = zipfile.ZipInfo(name, (2026, 11, 5, 8, 0, 0))
            member.create_system, member.external_attr = 3, 0o644 << 16
            archive.writestr(member, text)
    return packed.getvalue()


def search_members(first: date, last: date) -> Iterator[tuple[str, str]]:
    dates = [(day, *searched(day)) for day in reversed(tuple(days(first, last)))]
    clicks = sum(row[1] for row in dates)
    yield "Queries.csv", search_table("Top queries", QUERIES, clicks)
    yield "Pages.csv", search_table("Top pages", PAGES, clicks)
    yield "Countries.csv", search_table("Country", COUNTRIES, clicks)
    yield "Devices.csv", search_table("Device", DEVICES, clicks)
    yield "Search appearance.csv", search_table("Search Appearance", {"Product snippets": 11}, clicks)
    yield (
        "Dates.csv",
        table([("Date", *NUMBERS), *((row[0], *numbers(*row[1:])) for row in dates)], closed=False),
    )
    yield (
        "Filters.csv",
        table([("Filter", "Value"), ("Search type", "Web"), ("Date", "Last month")], closed=False),
    )


NUMBERS = ("Clicks", "Impressions", "CTR", "Position")
QUERIES = {
    "umoja tea": 31,
    "rooibos loose leaf": 14,
    "teapot 1l": 7,
    "honeybush": 5,
    "tea school cape town": 3,
}
PAGES = {
    f"https://{SITE}/{path}": share
    for path, share in (("", 41), ("teapots", 22), ("rooibos", 19), ("tea-school", 6))
}
COUNTRIES = {"South Africa": 83, "Kenya": 5, "United Kingdom": 4, "Germany": 3}
DEVICES = {"Mobile": 71, "Desktop": 26, "Tablet": 3}


def search_table(name: str, shares: dict[str, int], clicks: int) -> str:
    rows: list[Row] = [(name, *NUMBERS)]
    for part, share in shares.items():
        rows.append((part, *numbers(clicks * share // 100, clicks * share // 100 * 19 + 40, 9.4)))
    return table(rows, closed=False)


def numbers(clicks: int, impressions: int, position: float) -> tuple[object, ...]:
    return clicks, impressions, f"{clicks * 100 / impressions:.2f}%", position


# --- behaviour on the pages ------------------------------------------------------------------------


def clarity(on: date) -> list[dict[str, object]]:
    """Tell three days together by page: counts are texts, rates are numbers."""
    sessions = {path: daily(f"clarity {path}", on, level) for path, level in (("", 640), ("teapots", 280))}

    def told(metric: str, **by_page: Mapping[str, object]) -> dict[str, object]:
        rows = [{**row, "Url": f"https://{SITE}/{path}"} for path, row in by_page.items()]
        return {"metricName": metric, "information": rows}

    return [
        told("Traffic", **{path: traffic(found) for path, found in sessions.items()}),
        told("ScrollDepth", **{path: {"averageScrollDepth": 58.4 - len(path)} for path in sessions}),
        told(
            "EngagementTime",
            **{
                path: {"totalTime": str(found * 71), "activeTime": str(found * 29)}
                for path, found in sessions.items()
            },
        ),
        told("RageClickCount", **{path: clicks(found, 90) for path, found in sessions.items()}),
        told("DeadClickCount", **{path: clicks(found, 14) for path, found in sessions.items()}),
    ]


def traffic(sessions: int) -> dict[str, object]:
    return {
        "totalSessionCount": str(sessions),
        "totalBotSessionCount": str(sessions // 11),
        "distinctUserCount": str(sessions * 8 // 10),
        "PagesPerSessionPercentage": 2.31,
    }


def clicks(sessions: int, one_in: int) -> dict[str, object]:
    return {
        "sessionsCount": str(sessions),
        "sessionsWithMetricPercentage": round(100 / one_in, 2),
        "sessionsWithoutMetricPercentage": round(100 - 100 / one_in, 2),
        "pagesViews": str(sessions * 2),
        "subTotal": str(sessions // one_in),
    }


def heatmap() -> Iterator[Row]:
    yield ("page", "device", "metric", "value")
    for page, depth in (("/", "61.5"), ("/teapots", "48.2"), ("/rooibos", "70.1")):
        for device, more in (("mobile", 3), ("desktop", 1)):
            yield (page, device, "scroll_depth", depth)
            yield (page, device, "visits", 410 * more)
            yield (page, device, "rage_clicks", 4 * more)


def link_clicks(key: str, on: date, level: int) -> dict[str, object]:
    """Tell a month of clicks, newest first; the day of the fetch is not over."""
    told = [
        {
            "clicks": daily(f"bitly {key}", day, level),
            "date": f"{datetime.combine(day, time(), UTC):%Y-%m-%dT%H:%M:%S}+0000",
        }
        for day in reversed(tuple(days(on - timedelta(days=29), on)))
    ]
    return {"unit_reference": told[0]["date"], "link_clicks": told, "units": len(told), "unit": "day"}
