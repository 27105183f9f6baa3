"""What was spent on advertising, as Meta and TikTok tell it; the costs of campaigns are in our own list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sample.plan import LAST_DAY
from sample.shapes import File, answer, daily, days, table

SOURCES = """\
  # Advertising
  - key: meta-ads
    format: meta_ads.ads_export
    files: meta-ads/ads-{extracted_at:%Y-%m-%d}*.csv   # one was saved twice, as ..._1.csv
    account: umoja-meta-ads
    timezone: Africa/Johannesburg
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
  - key: tiktok-ads-days
    format: tiktok_ads.daily_report
    files: tiktok-ads/daily-*-{extracted_at:%Y-%m-%d}.json
    account: umoja-tiktok-ads
    timezone: Africa/Johannesburg
    currency: ZAR
    overlap: replaces
    freshness: {warn_after: 8d, error_after: 15d}
  - key: tiktok-ads-period
    format: tiktok_ads.period_report
    files: tiktok-ads/period-{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.json
    account: umoja-tiktok-ads
    timezone: Africa/Johannesburg
    currency: ZAR
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
"""

META_HEADER = (
    "Reporting starts", "Reporting ends", "Ad name", "Ad delivery", "Results", "Result indicator", "Cost per results",
    "Ad set budget", "Ad set budget type", "Amount spent (ZAR)", "Impressions", "Reach", "Frequency",
    "CPM (cost per 1,000 impressions) (ZAR)", "Purchases", "Ends", "Attribution setting", "Bid", "Bid type",
    "Last significant edit", "Quality ranking", "Engagement rate ranking", "Conversion rate ranking", "Ad set name",
    "Meta leads", "Purchase ROAS (return on ad spend)", "Campaign name",
)  # fmt: skip
PURCHASE = "actions:offsite_conversion.fb_pixel_purchase"
ADS = (
    ("Umoja | Sales", "Teapots ZA 25-44", "Teapot, slow pour"),
    ("Umoja | Sales", "Teapots ZA 25-44", 'Reel "The lid"'),
    ("Umoja | Sales", "Lookalike ZA", "Teapot, slow pour, 2"),
    ("Umoja | Reach", "All ZA 18-54", "Honeybush tin"),
    ("Umoja | Reach", "Cape Town", "Tea school"),
)
TIKTOK_CAMPAIGNS = (("1790000000000021", "Umoja traffic"), ("1790000000000022", "Iced tea videos"))
PAGE_SIZE = 14


def advertising_files() -> Iterator[File]:
    """Give every file as path and content."""
    for first, on in ((date(2026, 9, 1), date(2026, 10, 2)), (date(2026, 10, 1), date(2026, 11, 2))):
        last = on.replace(day=1) - timedelta(days=1)
        yield f"meta-ads/ads-{on}.csv", meta_export(first, last)
    yield f"meta-ads/ads-{on}_1.csv", meta_export(first, last)
    for on in (LAST_DAY - timedelta(days=7), LAST_DAY - timedelta(days=1)):
        for page in (1, 2):
            yield f"tiktok-ads/daily-{page}-{on}.json", answer(tiktok_days(on, page))
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    yield f"tiktok-ads/period-{first}_{last}-{date(2026, 11, 3)}.json", answer(tiktok_period(first, last))


def meta_export(first: date, last: date) -> str:
    rows = [meta_row(first, last, at) for at in range(len(ADS))]
    return table([META_HEADER, *rows])


def meta_row(first: date, last: date, at: int) -> tuple[object, ...]:
    """Tell an ad over a whole month; blank is not told, `-` is not ranked."""
    campaign, group, ad = ADS[at]
    cents = sum(daily(f"meta ads {ad}", day, 2_100 + 900 * at) for day in days(first, last))
    shown = cents * 3 // (7 + at)
    bought = cents // 31_000 if "Sales" in campaign else ""
    results: tuple[object, ...] = (shown * 7 // 10, "reach", f"{cents * 10 / shown:.8f}")
    if isinstance(bought, int):
        results = (bought, PURCHASE, f"{cents / 100 / bought:.8f}") if bought else ("", "", "")
    return (
        first, last, ad, "active" if at % 2 else "archived", *results, "Using campaign budget", 0,
        f"{cents / 100:.2f}", shown, shown * 7 // 10, "1.428571", f"{cents * 10 / shown:.6f}", bought, "Ongoing",
        "7-day click or 1-day view", 0, "ABSOLUTE_OCPM", "2026-08-28T09:12:31+0200", "-", "-", "-", group, "",
        "3.128400" if bought else "", campaign,
    )  # fmt: skip


def tiktok_days(on: date, page: int) -> dict[str, object]:
    """Tell the last fortnight by campaign and day, newest first, in two pages."""
    told = [
        (day, campaign)
        for day in reversed(tuple(days(on - timedelta(days=14), on - timedelta(days=1))))
        for campaign in TIKTOK_CAMPAIGNS
    ]
    rows = [
        {
            "dimensions": {"campaign_id": key, "stat_time_day": f"{day} 00:00:00"},
            "metrics": tiktok_metrics(name, daily(f"tiktok ads {key}", day, 18_000)),
        }
        for day, (key, name) in told[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    ]
    return tiktok_answer(rows, len(told), page)


def tiktok_period(first: date, last: date) -> dict[str, object]:
    rows = []
    for key, name in TIKTOK_CAMPAIGNS:
        cents = sum(daily(f"tiktok ads {key}", day, 18_000) for day in days(first, last))
        rows.append({"dimensions": {"campaign_id": key}, "metrics": tiktok_metrics(name, cents)})
    return tiktok_answer(rows, len(rows), 1)


def tiktok_metrics(name: str, cents: int) -> dict[str, str]:
    shown = cents // 4
    return {
        "campaign_name": name,
        "spend": f"{cents / 100:.3f}",
        "impressions": str(shown),
        "reach": str(shown * 8 // 10),
        "clicks": str(shown // 90),
        "ctr": "1.11",
        "cpc": f"{cents / 100 / max(1, shown // 90):.3f}",
        "conversion": str(shown // 3_000),
        "likes": str(shown // 260),
        "comments": str(shown // 4_000),
        "shares": str(shown // 5_000),
        "follows": str(shown // 2_600),
        "profile_visits": str(shown // 700),
        "video_play_actions": str(shown * 9 // 10),
    }


def tiktok_answer(rows: Sequence[Mapping[str, object]], total: int, page: int) -> dict[str, object]:
    pages = {
        "total_number": total,
        "page": page,
        "page_size": PAGE_SIZE,
        "total_page": -(-total // PAGE_SIZE),
    }
    return {
        "code": 0,
        "message": "OK",
        "request_id": f"20261115DEMO{total:04d}{page}",
        "data": {"list": rows, "page_info": pages},
    }
