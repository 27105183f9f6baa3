"""The samples of YouTube, LinkedIn and X, and where their control sums are found again."""

from __future__ import annotations

from sample_cases import Sample

SPAN = ("2026-08-21", "2026-11-19")
VIEWS = {"Views": "post_spans.views"}
WATCHED = VIEWS | {
    "Watch time (hours)": "post_spans.watch_milliseconds / 3600000",
    "Subscribers": "post_spans.followers_net",
}
TABLE = WATCHED | {"Impressions": "post_spans.impressions"}
AGGREGATED = TABLE | {
    "Comments added": "post_spans.comments",
    "Shares": "post_spans.shares",
    "Likes": "post_spans.likes",
    "Subscribers lost": "post_spans.followers_lost",
    "Subscribers gained": "post_spans.follows",
    "Your estimated revenue (USD)": "earnings.amount",
}
YOUTUBE_STUDIO = (
    Sample("youtube_studio/Table data.csv", "youtube_studio.content", TABLE, span=SPAN, controls=1),
    Sample(
        "youtube_studio/aggregated_metrics_soft_hyphen.csv",
        "youtube_studio.content",
        AGGREGATED,
        span=SPAN,
        controls=1,
    ),
    Sample(
        "youtube_studio/aggregated_metrics_excel_cp1252.csv",
        "youtube_studio.content",
        AGGREGATED,
        span=SPAN,
        controls=1,
    ),
    Sample(
        "youtube_studio/content_no_total_footer.csv",
        "youtube_studio.content",
        TABLE | {"Estimated revenue (USD)": "earnings.amount"},
        span=SPAN,
        controls=1,
    ),
    Sample(
        "youtube_studio/table_data_2025_engaged_views.csv",
        "youtube_studio.content",
        TABLE
        | {
            "Likes": "post_spans.likes",
            "Shares": "post_spans.shares",
            "Engaged views": "post_spans.engaged_views",
        },
        span=SPAN,
        controls=1,
    ),
    Sample(
        "youtube_studio/table_data_2026_thumbnail.csv",
        "youtube_studio.content",
        WATCHED
        | {
            "Engaged views": "post_spans.engaged_views",
            "Thumbnail impressions": "post_spans.impressions",
            "Estimated revenue (USD)": "earnings.amount",
        },
        span=SPAN,
        controls=1,
    ),
    Sample(
        "youtube_studio/table_data_shorts.csv",
        "youtube_studio.content",
        TABLE | {"Likes": "post_spans.likes", "Subscribers gained": "post_spans.follows"},
        span=SPAN,
        controls=1,
    ),
    Sample("youtube_studio/Totals.csv", "youtube_studio.dates", {"Views": "account_days.views"}),
    Sample(
        "youtube_studio/dates_data_excel_side_by_side.csv",
        "youtube_studio.dates",
        refused="two tables stand side by side",
    ),
    Sample(
        "youtube_studio/Chart data.csv",
        "youtube_studio.chart",
        {"Views": "account_days.views"},
        left=20,  # added to the other half of their day
    ),
    Sample("youtube_studio/viewer_age.csv", "youtube_studio.audience"),
    Sample("youtube_studio/viewer_gender.csv", "youtube_studio.audience"),
    Sample(
        "youtube_studio/viewer_cities.csv",
        "youtube_studio.audience",
        {"Views": "audience_shares.number"},
        controls=1,
    ),
    Sample(
        "youtube_studio/subscription_status_table.csv",
        "youtube_studio.audience",
        {"Views": "audience_shares.number"},
        controls=1,
    ),
)
YOUTUBE_API = (
    Sample(
        "youtube_data_api/videos_list_2026.json",
        "youtube_data.videos",
        {
            "viewCount": "post_counts.views",
            "likeCount": "post_counts.likes",
            "commentCount": "post_counts.comments",
        },
        records="items",
    ),
    Sample("youtube_data_api/videos_list_empty.json", "youtube_data.videos", records="items"),
    Sample(
        "youtube_data_api/recorded_videos__videos_info_single.json", "youtube_data.videos", records="items"
    ),
    Sample(
        "youtube_data_api/recorded_videos__videos_info_multi.json", "youtube_data.videos", records="items"
    ),
    Sample("youtube_data_api/error_quota.json", "youtube_data.videos", refused="error of the API"),
    Sample(
        "youtube_data_api/recorded_channel_info_single.json",
        "youtube_data.channels",
        {
            "viewCount": "account_totals.views",
            "subscriberCount": "account_totals.followers",
            "videoCount": "account_totals.posts",
        },
        records="items",
    ),
    Sample(
        "youtube_data_api/recorded_channels__info_multiple.json",
        "youtube_data.channels",
        {
            "viewCount": "account_totals.views",
            "subscriberCount": "account_totals.followers",
            "videoCount": "account_totals.posts",
        },
        records="items",
    ),
    Sample(
        "youtube_data_api/recorded_channels__info.json",
        "youtube_data.channels",
        records="items",
        left=1,  # asked for without statistics
    ),
    *(
        Sample(
            f"youtube_data_api/recorded_comment_threads__comment_threads_by_video_paged_{page}.json",
            "youtube_data.comments",
            {"likeCount": "comments.like_count"},
            records="items",
        )
        for page in (1, 2)
    ),
    Sample(
        "youtube_data_api/recorded_comments__comments_by_parent_paged_1.json",
        "youtube_data.comments",
        {"likeCount": "comments.like_count"},
        records="items",
    ),
    Sample(
        "youtube_analytics/reports_query_days.json",
        "youtube_analytics.report",
        {
            "views": "account_days.views",
            "estimatedMinutesWatched": "account_days.watch_milliseconds / 60000",
            "likes": "account_days.likes",
            "subscribersGained": "account_days.followers_gained",
            "subscribersLost": "account_days.followers_lost",
        },
    ),
    Sample("youtube_analytics/reports_query_empty.json", "youtube_analytics.report"),
    Sample("youtube_analytics/error_forbidden.json", "youtube_analytics.report", refused="error of the API"),
)

OF_SHARES = {
    "clickCount": "clicks",
    "likeCount": "likes",
    "impressionCount": "impressions",
    "commentCount": "comments",
}
OF_SHARES |= {"shareCount": "shares", "uniqueImpressionsCount": "reach"}
LINKEDIN = (
    Sample(
        "linkedin_pages/share_statistics_by_post_page1.json",
        "linkedin.share_statistics",
        {name: f"post_counts.{counter}" for name, counter in OF_SHARES.items()},
        records="items",
    ),
    Sample("linkedin_pages/share_statistics_empty.json", "linkedin.share_statistics", records="items"),
    Sample("linkedin_pages/error_forbidden.json", "linkedin.share_statistics", refused="error of the API"),
    Sample(
        "linkedin_pages/share_statistics_daily.json",
        "linkedin.share_statistics_days",
        {name: f"account_days.{counter}" for name, counter in OF_SHARES.items()},
        records="items",
    ),
    Sample("linkedin_pages/follower_statistics.json", "linkedin.follower_statistics", records="items"),
    Sample("linkedin_pages/network_size.json", "linkedin.network_size", records=None),
    Sample("linkedin_pages/error_forbidden.json", "linkedin.member_posts", refused="error of the API"),
    *(
        Sample("linkedin_pages/ui_export_headers.md", form, refused="names a column of this sheet", span=span)
        for form, span in (
            ("linkedin.page_days_csv", None),
            ("linkedin.page_posts_csv", SPAN),
            ("linkedin.page_followers_csv", None),
        )
    ),
)
TWEETS = {
    "reply_count": "post_counts.comments",
    "like_count": "post_counts.likes",
    "bookmark_count": "post_counts.saves",
    "impression_count": "post_counts.views",
}
CONTENT = {
    "Impressions": "post_spans.views",
    "Likes": "post_spans.likes",
    "Engagements": "post_spans.interactions",
    "Bookmarks": "post_spans.saves",
    "Replies": "post_spans.comments",
    "Reposts": "post_spans.shares",
    "Profile visits": "post_spans.profile_visits",
}
X = (
    Sample("x_twitter/api_v2_tweets_page1.json", "x_api.tweets", TWEETS, records="items"),
    Sample("x_twitter/api_v2_tweets_page2.json", "x_api.tweets", TWEETS, records="items"),
    Sample("x_twitter/api_v2_empty.json", "x_api.tweets", records=None),
    Sample("x_twitter/api_v2_error.json", "x_api.tweets", refused="error of the API"),
    Sample(
        "x_twitter/recorded_api_v2_tweet__tweets_counts_recent_resp.json",
        "x_api.tweets",
        refused="none of its 169 records is complete",
    ),
    Sample(
        "x_twitter/recorded_api_v2_user__users_resp.json",
        "x_api.users",
        {"followers_count": "account_totals.followers", "tweet_count": "account_totals.posts"},
        records="items",
    ),
    Sample(
        "x_twitter/account_overview_analytics.csv",
        "x_csv.account_overview",
        {
            "Impressions": "account_days.views",
            "Likes": "account_days.likes",
            "Engagements": "account_days.interactions",
            "Bookmarks": "account_days.saves",
            "New follows": "account_days.followers_gained",
            "Unfollows": "account_days.followers_lost",
            "Replies": "account_days.comments",
            "Reposts": "account_days.shares",
            "Profile visits": "account_days.profile_visits",
            "Create Post": "account_days.posts",
        },
    ),
    Sample(
        "x_twitter/account_analytics_content_2024-12-20_2025-02-19.csv",
        "x_csv.content",
        CONTENT | {"Url clicks": "post_spans.clicks"},
        span=("2024-12-20", "2025-02-19"),
    ),
    Sample(
        "x_twitter/account_analytics_content_2026-07-20_2026-08-16.csv",
        "x_csv.content",
        CONTENT | {"URL Clicks": "post_spans.clicks", "New follows": "post_spans.follows"},
        span=("2026-07-20", "2026-08-16"),
    ),
)
CASES = (*YOUTUBE_STUDIO, *YOUTUBE_API, *LINKEDIN, *X)

CONNECTOR = "a table of a connector's warehouse, no export of the platform; the generic CSV reads such tables"
NOT_OURS = {
    f"{folder}/fivetran_{name}.csv": CONNECTOR
    for folder, names in (
        (
            "youtube_analytics",
            ("youtube_channel_basic_data", "youtube_channel_demographics_data", "youtube_video_data"),
        ),
        (
            "linkedin_pages",
            (
                "linkedin_pages_organization_data",
                "linkedin_pages_organization_ugc_post_data",
                "linkedin_pages_post_content_data",
                "linkedin_pages_share_statistic_data",
                "linkedin_pages_ugc_post_history_data",
                "linkedin_pages_ugc_post_share_statistic_data",
            ),
        ),
        ("x_twitter", ("account_history", "organic_tweet_report", "tweet", "twitter_user_history")),
    )
    for name in names
}
