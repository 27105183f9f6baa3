"""LinkedIn and X: what their APIs and exports tell of the company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from sample.brand import BrandPost, brand_posts
from sample.plan import LAST_DAY
from sample.shapes import (
    WEEKLY,
    YESTERDAY,
    File,
    Row,
    answer,
    daily,
    days,
    days_before,
    grown,
    long_date,
    table,
    us_date,
)

SOURCES = """\
  # LinkedIn: the company's page, and the posts of its founder
  - key: linkedin-shares
    format: linkedin.share_statistics
    files: linkedin/shares-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-linkedin
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: linkedin-days
    format: linkedin.share_statistics_days
    files: linkedin/days-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-linkedin
    overlap: replaces
    freshness: {warn_after: 8d, error_after: 15d}
  - key: linkedin-followers
    format: linkedin.follower_statistics
    files: linkedin/followers-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-linkedin
    overlap: replaces
    freshness: {warn_after: 8d, error_after: 15d}
  - key: linkedin-size
    format: linkedin.network_size
    files: linkedin/size-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-linkedin
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: linkedin-founder
    format: linkedin.member_posts
    files: linkedin/founder-{extracted_at:%Y-%m-%d}.json
    account: umoja-founder
    overlap: cumulative
    freshness: {warn_after: 35d, error_after: 70d}
  - key: linkedin-export-days
    format: linkedin.page_days_csv
    files: linkedin/export-metrics-{extracted_at:%Y-%m-%d}.csv
    account: umoja-linkedin
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
  - key: linkedin-export-posts
    format: linkedin.page_posts_csv
    files: linkedin/export-posts-{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv
    account: umoja-linkedin
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
  - key: linkedin-export-followers
    format: linkedin.page_followers_csv
    files: linkedin/export-followers-{extracted_at:%Y-%m-%d}.csv
    account: umoja-linkedin
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
  # X: the company's account
  - key: x-posts
    format: x_api.tweets
    files: x/tweets-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-x
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: x-account
    format: x_api.users
    files: x/users-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    account: umoja-x
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: x-overview
    format: x_csv.account_overview
    files: x/account_overview_analytics-{extracted_at:%Y-%m-%d}.csv
    account: umoja-x
    overlap: replaces
    freshness: {warn_after: 10d, error_after: 30d}   # past its warning: somebody forgot last week's export
  - key: x-content
    format: x_csv.content
    files: x/account_analytics_content_{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv
    account: umoja-x
    overlap: replaces
    freshness: {warn_after: 40d, error_after: 80d}
"""

ORGANIZATION = "urn:li:organization:99000021"
COUNTED = ("Clicks", "Reactions", "Comments", "Reposts", "Engagement rate")
FIRST_EXPORT, LAST_EXPORT = date(2026, 10, 1), date(2026, 10, 31)
SILENT = (date(2026, 11, 4), date(2026, 11, 5))  # nobody saw the page: LinkedIn leaves such days out
OUTAGE = (date(2026, 10, 17), date(2026, 10, 18))  # days that an export of X lacks
EARLIER, LATER = "older headers", "newer headers"


def network_files() -> Iterator[File]:
    """Give every file as path and content."""
    yield from linkedin_files()
    yield from x_files()


# --- LinkedIn --------------------------------------------------------------------------------------


def linkedin_files() -> Iterator[File]:
    for on in WEEKLY[1:]:
        at = f"{on}T050000Z"
        yield f"linkedin/shares-{at}.json", answer(shares(on))
        yield f"linkedin/days-{at}.json", answer(share_days(on))
        yield f"linkedin/followers-{at}.json", answer(followers(on))
        yield f"linkedin/size-{at}.json", answer({"firstDegreeSize": 4_870 + (on - WEEKLY[0]).days * 3})
    yield f"linkedin/founder-{YESTERDAY}.json", answer(founder())
    on = date(2026, 11, 2)
    yield f"linkedin/export-metrics-{on}.csv", table(export_days())
    yield f"linkedin/export-posts-{FIRST_EXPORT}_{LAST_EXPORT}-{on}.csv", table(export_posts())
    yield f"linkedin/export-followers-{on}.csv", table(export_followers())


def urn(post: BrandPost) -> str:
    return f"urn:li:share:79000000000000{post.number:05d}"


def linkedin_posts() -> list[BrandPost]:
    """Every third post is serious enough for this network."""
    return [post for post in brand_posts() if post.number % 3 == 0]


def statistics(impressions: int, likes: int) -> dict[str, object]:
    clicks, comments, shared = impressions // 40, max(0, likes) // 9, max(0, likes) // 14
    engaged = clicks + likes + comments + shared
    return {
        "uniqueImpressionsCount": impressions * 6 // 10,
        "shareCount": shared,
        "engagement": engaged / impressions if impressions else 0.0,
        "clickCount": clicks,
        "likeCount": likes,
        "impressionCount": impressions,
        "commentCount": comments,
    }


def elements(found: list[dict[str, object]]) -> dict[str, object]:
    return {"paging": {"start": 0, "count": 100, "links": []}, "elements": found}


def shares(on: date) -> dict[str, object]:
    found: list[dict[str, object]] = []
    for post in linkedin_posts():
        if post.day < on:
            seen = grown(f"linkedin {post.number}", post.count("linkedin", 300, 1_900), post.day, on)
            told = statistics(seen, seen // 45)
            found.append(
                {"totalShareStatistics": told, "organizationalEntity": ORGANIZATION, "share": urn(post)}
            )
    return elements(found)


def day_range(day: date) -> dict[str, int]:
    """Tell a day of UTC in milliseconds since 1970."""
    start = int(datetime.combine(day, time(), UTC).timestamp()) * 1000
    return {"start": start, "end": start + 86_400_000}


def share_days(on: date) -> dict[str, object]:
    """Tell the page by day. On one day more likes were taken back than given."""
    found: list[dict[str, object]] = []
    for day in days_before(on):
        if day not in SILENT:
            seen = daily("linkedin page", day, 620)
            likes = -1 if day == date(2026, 11, 7) else seen // 55
            found.append(
                {
                    "totalShareStatistics": statistics(seen, likes),
                    "organizationalEntity": ORGANIZATION,
                    "timeRange": day_range(day),
                }
            )
    return elements(found)


def followers(on: date) -> dict[str, object]:
    return elements(
        [
            {
                "organizationalEntity": ORGANIZATION,
                "followerGains": {
                    "organicFollowerGain": daily("linkedin gain", day, 5) - 2,
                    "paidFollowerGain": day.day % 2,
                },
                "timeRange": day_range(day),
            }
            for day in days_before(on)
        ]
    )


def founder() -> dict[str, object]:
    """Tell the founder's posts, metric by metric."""
    levels = {"IMPRESSION": 2_300, "MEMBERS_REACHED": 1_500, "REACTION": 61, "COMMENT": 9, "RESHARE": 3}
    found: list[dict[str, object]] = [
        {
            "metricType": metric,
            "targetEntity": {"share": f"urn:li:share:79100000000000{number:05d}"},
            "count": level * (3 + number) // 4,
        }
        for number in range(1, 4)
        for metric, level in levels.items()
    ]
    return elements(found)


def export_days() -> Iterator[Row]:
    yield ("Content metrics by day. Dates are in UTC. Engagement rates are fractions, not percentages.",)
    kinds = ("organic", "sponsored", "total")
    yield (
        "Date", *(f"Impressions ({kind})" for kind in kinds), "Unique impressions (organic)",
        *(f"{name} ({kind})" for name in COUNTED for kind in kinds),
    )  # fmt: skip
    for day in days(FIRST_EXPORT, LAST_EXPORT):
        seen = daily("linkedin page", day, 620)
        parts = [seen // 40, seen // 55, seen // 500, seen // 800]
        counted = [number for part in parts for number in (part, 0, part)]
        rate = f"{sum(parts) / seen:.4f}"
        yield (us_date(day), seen, 0, seen, seen * 6 // 10, *counted, rate, 0, rate)


def export_posts() -> Iterator[Row]:
    yield ("All posts published in the time you chose.",)
    yield (
        "Post title", "Post link", "Post type", "Campaign name", "Posted by", "Created date", "Campaign start date",
        "Campaign end date", "Audience", "Impressions", "Views (Excluding offsite video views)", "Offsite Views",
        "Clicks", "Click through rate (CTR)", "Likes", "Comments", "Reposts", "Follows", "Engagement rate",
        "Content Type",
    )  # fmt: skip
    for post in linkedin_posts():
        if FIRST_EXPORT <= post.day <= LAST_EXPORT:
            seen = post.count("linkedin", 300, 1_900)
            link = f"https://www.linkedin.com/feed/update/{urn(post)}/"
            yield (
                post.text, link, "Organic", "", "", us_date(post.day), "", "", "All followers", seen, "", 0, seen // 40,
                "0.0250", seen // 45, seen // 400, seen // 600, seen // 900, "0.0512", "Image",
            )  # fmt: skip


def export_followers() -> Iterator[Row]:
    yield ("New followers by day.",)
    yield ("Date", "Sponsored followers", "Organic followers", "Auto-invited followers", "Total followers")
    for day in days(FIRST_EXPORT, LAST_EXPORT):
        won = daily("linkedin gain", day, 5)
        yield (us_date(day), 0, won, 1, won + 1)


# --- X ---------------------------------------------------------------------------------------------


def x_files() -> Iterator[File]:
    for on in WEEKLY[1:]:
        yield f"x/tweets-{on}T050000Z.json", answer([tweets(on, page) for page in (1, 2)])
        yield f"x/users-{on}T050000Z.json", answer(users(on))
    first, last = date(2026, 9, 1), date(2026, 10, 31)
    overview = table(account_overview(first, last), closed=False)
    yield f"x/account_overview_analytics-{date(2026, 11, 4)}.csv", overview
    for month, words in ((9, EARLIER), (10, LATER)):
        first = date(2026, month, 1)
        last = date(2026, month + 1, 1) - timedelta(days=1)
        path = f"x/account_analytics_content_{first}_{last}-{last + timedelta(days=2)}.csv"
        yield path, table(x_content(first, last, words), closed=False)


def tweet_id(post: BrandPost) -> str:
    return f"20960000000000{post.number:05d}"


def x_numbers(post: BrandPost, on: date) -> tuple[int, int]:
    seen = grown(f"x {post.number}", post.count("x", 150, 2_400), post.day, on)
    return seen, seen // 60


def tweets(on: date, page: int) -> dict[str, object]:
    """Tell the posts of the last month in two pages; clicks are told to the owner only."""
    told = [post for post in reversed(brand_posts()) if on - timedelta(days=28) <= post.day < on]
    half = (len(told) + 1) // 2
    chosen = told[:half] if page == 1 else told[half:]
    meta: dict[str, object] = {
        "result_count": len(chosen),
        "newest_id": tweet_id(chosen[0]),
        "oldest_id": tweet_id(chosen[-1]),
    }
    if page == 1:
        meta["next_token"] = f"demo{on:%m%d}page2"
    return {"data": [tweet(post, on) for post in chosen], "meta": meta}


def tweet(post: BrandPost, on: date) -> dict[str, object]:
    seen, likes = x_numbers(post, on)
    own = {
        "impression_count": seen,
        "url_link_clicks": seen // 70,
        "user_profile_clicks": seen // 90,
        "engagements": seen // 16,
    }
    return {
        "id": tweet_id(post),
        "text": post.text,
        "created_at": f"{post.moment:%Y-%m-%dT%H:%M:%S}.000Z",
        "author_id": "1900000000000000021",
        "public_metrics": {
            "retweet_count": likes // 8,
            "reply_count": likes // 10,
            "like_count": likes,
            "quote_count": likes // 30,
            "bookmark_count": likes // 12,
            "impression_count": seen,
        },
        "non_public_metrics": own,
    }


def users(on: date) -> dict[str, object]:
    posted = sum(post.day < on for post in brand_posts())
    metrics = {"followers_count": 3_310 + (on - WEEKLY[0]).days * 2, "following_count": 61,
               "tweet_count": 2_040 + posted, "listed_count": 12}  # fmt: skip
    return {"data": [{"id": "1900000000000000021", "username": "UmojaTeaDemo", "public_metrics": metrics}]}


def account_overview(first: date, last: date) -> Iterator[Row]:
    """Tell two months newest first; two days are missing."""
    yield (
        "Date", "Impressions", "Likes", "Engagements", "Bookmarks", "Shares", "New follows", "Unfollows", "Replies",
        "Reposts", "Profile visits", "Create Post", "Video views", "Media views",
    )  # fmt: skip
    for day in reversed(tuple(days(first, last))):
        if day not in OUTAGE:
            seen = daily("x account", day, 900)
            yield (
                long_date(day, weekday=True), seen, seen // 60, seen // 18, seen // 700, seen // 800, seen // 240,
                seen // 600, seen // 500, seen // 420, seen // 80, day.day % 3 // 2, 0, 0,
            )  # fmt: skip


def x_content(first: date, last: date, words: str) -> Iterator[Row]:
    newer = words == LATER
    yield (
        "Post id", "Date", "Post text", "Post Link" if newer else "Link", "Impressions", "Likes", "Engagements",
        "Bookmarks", "Shares" if newer else "Share", "New follows", "Replies", "Reposts", "Profile visits",
        "Detail Expands" if newer else "Detail expands", "URL Clicks" if newer else "Url clicks",
        "Hashtag Clicks" if newer else "Hashtag clicks", "Permalink Clicks" if newer else "Permalink clicks",
    )  # fmt: skip
    for post in reversed(brand_posts()):
        if first <= post.day <= last:
            seen, likes = x_numbers(post, LAST_DAY)
            long = long_date(post.day, weekday=True)
            yield (
                tweet_id(post), long if newer else f"{long[:3]} {long[5:].replace(',', '')}", post.text,
                f"https://x.com/UmojaTeaDemo/status/{tweet_id(post)}", seen, likes, seen // 16, likes // 12, 0,
                seen // 700, likes // 10, likes // 8, seen // 90, seen // 30, seen // 70, 0, 0,
            )  # fmt: skip
