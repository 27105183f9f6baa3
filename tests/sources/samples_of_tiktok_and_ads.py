"""The samples of TikTok and of advertising, and where their control sums are found again."""

from __future__ import annotations

from sample_cases import Sample

OVERVIEW = {
    "Video Views": "account_days.views",
    "Profile Views": "account_days.profile_visits",
    "Likes": "account_days.likes",
    "Comments": "account_days.comments",
    "Shares": "account_days.shares",
}
CONTENT = {
    "Total likes": "post_counts.likes",
    "Total comments": "post_counts.comments",
    "Total shares": "post_counts.shares",
    "Total views": "post_counts.views",
}
VIDEOS = {
    "like_count": "post_counts.likes",
    "comment_count": "post_counts.comments",
    "share_count": "post_counts.shares",
    "view_count": "post_counts.views",
}
AD_METRICS = ("spend", "impressions", "reach", "clicks", "likes", "comments")
RANDS = {"currency": "ZAR"}

CASES = (
    Sample("tiktok_studio/Overview_365d.csv", "tiktok_studio.overview", OVERVIEW),
    Sample("tiktok_studio/Overview_en_7d.csv", "tiktok_studio.overview", OVERVIEW),
    Sample("tiktok_studio/Overview_es_7d.csv", "tiktok_studio.overview", OVERVIEW, known="2026-01-05"),
    Sample("tiktok_studio/Content.csv", "tiktok_studio.content", CONTENT),
    Sample("tiktok_studio/Content_by_likes.csv", "tiktok_studio.content", CONTENT),
    Sample(
        "tiktok_studio/FollowerHistory.csv",
        "tiktok_studio.follower_history",
        {"Followers": "account_days.followers"},
        left=8,
    ),
    Sample(
        "tiktok_studio/Viewers.csv",
        "tiktok_studio.viewers",
        {
            "Total Viewers": "account_days.viewers",
            "New Viewers": "account_days.new_viewers",
            "Returning Viewers": "account_days.returning_viewers",
        },
        left=8,
    ),
    Sample(
        "tiktok_studio/FollowerActivity.csv",
        "tiktok_studio.follower_activity",
        {"Active followers": "account_hours.active_followers"},
        left=6,
    ),
    Sample(
        "tiktok_studio/FollowerGender.csv",
        "tiktok_studio.follower_gender",
        {"Distribution": "audience_shares.share"},
    ),
    Sample(
        "tiktok_studio/FollowerTopTerritories.csv",
        "tiktok_studio.follower_territories",
        {"Distribution": "audience_shares.share"},
    ),
    Sample("tiktok_display/video_list_page1.json", "tiktok_display.video_list", VIDEOS, records="items"),
    Sample("tiktok_display/video_list_page2.json", "tiktok_display.video_list", VIDEOS, records="items"),
    Sample("tiktok_display/video_list_empty.json", "tiktok_display.video_list", records="items"),
    Sample(
        "tiktok_display/user_info_stats.json",
        "tiktok_display.user_info",
        {
            "video_count": "account_totals.posts",
            "follower_count": "account_totals.followers",
            "likes_count": "account_totals.likes",
        },
        records=None,
    ),
    Sample("tiktok_display/error_token.json", "tiktok_display.video_list", refused="error of the API"),
    Sample(
        "meta_ads/ads_manager_export.csv",
        "meta_ads.ads_export",
        {
            "Amount spent (USD)": "ad_spans.spend",
            "Impressions": "ad_spans.impressions",
            "Reach": "ad_spans.reach",
            "Purchases": "ad_spans.conversions",
        },
    ),
    *(
        Sample(
            f"tiktok_ads/report_campaign_daily_page{page}.json",
            "tiktok_ads.daily_report",
            {metric: f"ad_days.{metric}" for metric in AD_METRICS},
            records="items",
            declared=RANDS,
            beside=(f"tiktok_ads/report_campaign_daily_page{other}.json",),
        )
        for page, other in ((1, 2), (2, 1))
    ),
    Sample(
        "tiktok_ads/report_campaign_lifetime.json",
        "tiktok_ads.period_report",
        {metric: f"ad_spans.{metric}" for metric in AD_METRICS},
        records="items",
        span=("2026-09-02", "2026-09-08"),
        declared=RANDS,
    ),
    Sample(
        "tiktok_ads/report_empty.json",
        "tiktok_ads.daily_report",
        records="items",
        declared=RANDS,
    ),
    Sample(
        "tiktok_ads/error_http200.json",
        "tiktok_ads.daily_report",
        refused="error of the API",
        declared=RANDS,
    ),
)

CONNECTOR = "a seed of a connector's warehouse, no export or answer of TikTok"
NOT_OURS = {
    f"tiktok_ads/fivetran_tiktok_{name}_data.csv": CONNECTOR
    for name in (
        "ad_report_hourly",
        "adgroup_report_hourly",
        "advertiser",
        "campaign_country_report",
        "campaign_history",
        "campaign_report_hourly",
    )
}
