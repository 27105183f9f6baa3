"""The samples of public lists, read through a mapping, and those that are no export of any platform."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sample_cases import Sample

from perftrack_site.config.models import FileMapping


def mapped(**mapping: Any) -> dict[str, Any]:  # noqa: ANN401 - the model checks them
    """Declare a source with a mapping; running totals are cumulative."""
    overlap = "cumulative" if mapping["table"].endswith(("_totals", "_counts", "posts")) else "replaces"
    return {"mapping": FileMapping(**mapping), "currency": "USD", "overlap": overlap}


UNITS = {"posts": Decimal(1000), "followers": Decimal(10**6), "total_likes": Decimal(10**9)}
LIST_OF_INFLUENCERS: dict[str, Any] = {
    "table": "account_totals",
    "columns": {"account": "channel_info"},
    "constants": {"platform": "instagram"},
    "counters": {name.removeprefix("total_"): name for name in UNITS},
}

CASES = (
    Sample(
        "benchmarks/facebook_ads_conversion.csv",
        "generic.csv",
        {
            "Impressions": "ad_days.impressions",
            "Clicks": "ad_days.clicks",
            "Total_Conversion": "ad_days.conversions",
        },
        declared=mapped(
            table="ad_days",
            dates="%d-%m-%Y",
            constants={"platform": "facebook"},
            columns={
                "day": "Date",
                "ad": "ad_id",
                "ad_group": "fb_campaign_id",
                "ad_campaign": "xyz_campaign_id",
                "impressions": "Impressions",
                "clicks": "Clicks",
                "spend": "Spent",
                "conversions": "Total_Conversion",
            },
        ),
    ),
    Sample(
        "benchmarks/instagram_reach_utf8.csv",
        "generic.csv",
        {
            "Impressions": "account_days.impressions",
            "Saves": "account_days.saves",
            "Comments": "account_days.comments",
            "Shares": "account_days.shares",
            "Likes": "account_days.likes",
            "Profile Visits": "account_days.profile_visits",
            "Follows": "account_days.follows",
        },
        declared=mapped(
            table="account_days",
            columns={"day": "Date"},
            constants={"platform": "instagram"},
            counters={
                "impressions": "Impressions",
                "saves": "Saves",
                "comments": "Comments",
                "shares": "Shares",
                "likes": "Likes",
                "profile_visits": "Profile Visits",
                "follows": "Follows",
            },
        ),
    ),
    Sample(
        "benchmarks/site_daily_views.csv",
        "generic.csv",
        {"Views": "web_days.page_views"},
        declared=mapped(table="web_days", dates="%d/%m/%Y", columns={"day": "Date", "page_views": "Views"}),
    ),
    Sample(
        "benchmarks/top_influencers.csv",
        "generic.csv",
        {
            "Total Posts": "account_totals.posts",
            "Followers": "account_totals.followers",
            "Total Likes": "account_totals.likes",
        },
        declared=mapped(
            table="account_totals",
            columns={"account": "Influencer Name"},
            constants={"platform": "instagram"},
            counters={"posts": "Total Posts", "followers": "Followers", "likes": "Total Likes"},
            suffixes=True,
        ),
    ),
    Sample(
        "benchmarks/top_influencers_units_lost.csv",
        "generic.csv",
        refused="have decimals: thousands or millions were cut off",
        declared=mapped(**LIST_OF_INFLUENCERS),
    ),
    Sample(
        "benchmarks/top_influencers_units_lost.csv",
        "generic.csv",
        {
            "posts": "account_totals.posts / 1000",
            "followers": "account_totals.followers / 1000000",
            "total_likes": "account_totals.likes / 1000000000",
        },
        declared=mapped(**LIST_OF_INFLUENCERS, units=UNITS),
    ),
    Sample(
        "benchmarks/youtube_channels.csv",
        "generic.csv",
        {"Subscribers": "account_totals.subscribers", "Uploads": "account_totals.posts"},
        declared=mapped(
            table="account_totals",
            columns={"account": "Youtuber"},
            constants={"platform": "youtube"},
            counters={"subscribers": "Subscribers", "posts": "Uploads"},
        ),
    ),
    Sample(
        "ground_truth/uci_youtube_spam.csv",
        "generic.csv",
        declared=mapped(
            table="comments",
            dates="%Y-%m-%dT%H:%M:%S",
            constants={"platform": "youtube"},
            columns={"comment_id": "COMMENT_ID", "posted_at": "DATE", "text": "CONTENT"},
        ),
    ),
)

A_SERIES = "a bare series for tests of forecasts and alerts: no platform, no account, no unit"
NOT_OURS = {
    "APACHE-2.0.txt": "the text of a licence",
    "NOTICES.md": "the texts of licences",
    "benchmarks/instagram_reach_cp1252.csv": "posts without an id or a day; test_generic.py reads it",
    "ground_truth/uci_facebook_metrics.csv": "posts without an id or a day, for benchmarks and tests of statistics",
    "ground_truth/vader_reviews.tsv": "judged sentences for tests of sentiment, without a header",
    "ground_truth/vader_tweets.tsv": "judged sentences for tests of sentiment, without a header",
    "reference/ga4_source_categories.csv": "a table of names for channel groups, no measurement",
    "series/example_retail_sales.csv": A_SERIES,
    "series/example_wp_log_R.csv": A_SERIES,
    "series/exchange-2_cpc_results.csv": A_SERIES,
    "series/exchange-4_cpc_results.csv": A_SERIES,
    "series/nab_labels.json": "when the series have anomalies, for tests of alerts",
}
