"""The samples of Instagram, Facebook and Meta Business Suite, and where their control sums are found again."""

from __future__ import annotations

from sample_cases import Sample

SUITE = "meta_business_suite"
ITEMS = "items in `data`"
INSTAGRAM_SUMS = {
    "Views": "post_counts.views",
    "Reach": "post_counts.reach",
    "Likes": "post_counts.likes",
    "Shares": "post_counts.shares",
    "Comments": "post_counts.comments",
    "Saves": "post_counts.saves",
    "Follows": "post_counts.follows",
}
FACEBOOK_SUMS = {
    "Reach": "post_counts.reach",
    "Reactions, Comments and Shares": "post_counts.interactions",
    "Reactions": "post_counts.likes",
    "Total clicks": "post_counts.clicks",
}
OWN_SHARES = " Shares"  # not those of `Reactions, Comments and Shares`
CASES = (
    Sample(
        f"{SUITE}/Sep-01-2026_Sep-28-2026_1000000000000001.csv", f"{SUITE}.instagram_content", INSTAGRAM_SUMS
    ),
    Sample(f"{SUITE}/content_instagram_ids_lost_in_excel.csv", f"{SUITE}.instagram_content", INSTAGRAM_SUMS),
    Sample(
        f"{SUITE}/Jul-03-2026_Sep-30-2026_1000000000000002.csv",
        f"{SUITE}.facebook_content",
        FACEBOOK_SUMS
        | {
            "Views": "post_counts.views",
            "Comments": "post_counts.comments",
            OWN_SHARES: "post_counts.shares",
            "Seconds viewed": "post_counts.watch_milliseconds / 1000",
        },
    ),
    Sample(
        f"{SUITE}/Sep-01-2026_Sep-28-2026_1000000000000003.csv",
        f"{SUITE}.facebook_content",
        FACEBOOK_SUMS | {"Views [col 18]": "post_counts.views", "Comments": "post_counts.comments"},
    ),
    Sample(
        f"{SUITE}/Dec-01-2023_Feb-28-2024_1000000000000004.csv",
        f"{SUITE}.facebook_content",
        FACEBOOK_SUMS
        | {
            "Impressions": "post_counts.views",
            "Comments": "post_counts.comments",
            OWN_SHARES: "post_counts.shares",
        },
        records=None,  # 17 posts and 3 rows that stand for an error: see test_meta_business_suite
    ),
    *(
        Sample(
            f"{SUITE}/{name}.csv",
            "meta_charts.daily",
            {"sum": f"account_days.{counter}"},
            records="days",
            declared={"platform": "facebook", "overlap": "replaces"},
        )
        for name, counter in (
            ("Reach", "reach"),
            ("Views", "views"),
            ("Interactions", "interactions"),
            ("Interactions (1)", "interactions"),
            ("Visits", "profile_visits"),
            ("Visits (1)", "profile_visits"),
            ("Follows", "followers_gained"),
        )
    ),
    # Two tables each: INDEX.md tells two sums, found again in test_meta_charts.
    Sample(
        f"{SUITE}/Follows_two_tables.csv",
        "meta_charts.daily",
        records=None,
        declared={"platform": "facebook"},
    ),
    Sample(f"{SUITE}/Reach_tab_two_tables.csv", "meta_charts.daily", records=None),
    Sample(f"{SUITE}/Audience.csv", "meta_charts.audience", records=None, declared={"platform": "instagram"}),
    Sample(f"{SUITE}/Audience_tab.csv", "meta_charts.audience", records=None),
    # Instagram: posts and their insights
    *(
        Sample(
            f"instagram_graph/{name}.json",
            "instagram_graph.media_list",
            {"like_count": "post_counts.likes", "comments_count": "post_counts.comments"} if sums else {},
            records=records,
            left=left,
        )
        for name, sums, records, left in (
            ("recorded_medias__children", False, ITEMS, 0),
            ("recorded_medias__media_default", True, None, 0),
            ("recorded_medias__medias_fields", True, None, 0),
            ("recorded_stories__stories_fields_p1", False, ITEMS, 2),  # without a time
            ("recorded_users__medias_p1", True, ITEMS, 0),
            ("recorded_users__medias_p2", True, ITEMS, 0),
            ("recorded_users__tagged_medias", True, ITEMS, 0),
            ("user_media_page1", True, ITEMS, 0),
            ("user_media_page2", True, ITEMS, 0),
        )
    ),
    *(
        # Their sums run over all counters: see test_sources_instagram_graph.
        Sample(f"instagram_graph/{name}.json", "instagram_graph.media_insights", records=ITEMS, left=left)
        for name, left in (
            ("insights_empty", 0),
            ("media_insights_legacy_plays", 2),  # replays and plays of all kinds
            ("media_insights_v22_views", 0),
            ("recorded_medias__insights", 0),
            ("recorded_medias__insights_new", 1),  # profile activity
        )
    ),
    *(
        Sample(
            f"instagram_graph/{name}.json", form, refused="is an error of the API, not data (OAuthException"
        )
        for name in ("error_media_posted_before_business", "error_token_expired")
        for form in (
            "instagram_graph.media_insights",
            "instagram_account.insights",
            "graph_comments.instagram",
        )
    ),
    # Instagram: the account
    Sample(
        "instagram_graph/recorded_users__user_fields.json",
        "instagram_account.profile",
        {"followers_count": "account_totals.followers", "media_count": "account_totals.posts"},
        records=None,
    ),
    # The sums of these run over all counters and parts: see test_instagram_account.
    Sample(
        "instagram_graph/user_insights_follower_count_reach.json", "instagram_account.insights", records=None
    ),
    Sample("instagram_graph/recorded_users__user_insights.json", "instagram_account.insights", records=None),
    Sample(
        "instagram_graph/recorded_users__user_insights_new.json",
        "instagram_account.insights",
        records=None,
        span=("2023-11-08", "2023-11-09"),
    ),
    # Comments
    *(
        Sample(
            f"{name}.json",
            f"graph_comments.{name.split('_')[0]}",
            {"like_count": "comments.like_count"} if sums else {},
            records=records,
        )
        for name, sums, records in (
            ("instagram_graph/media_comments_page1", True, None),  # a reply is not one of the 2 items
            ("instagram_graph/media_comments_page2", True, ITEMS),
            ("instagram_graph/recorded_comments__comments_fields", True, None),
            ("instagram_graph/recorded_medias__comments_p1", False, ITEMS),
            ("instagram_graph/recorded_medias__comments_p2", False, ITEMS),
            ("facebook_graph/post_comments_page1", True, ITEMS),
        )
    ),
    # Facebook
    Sample(
        "facebook_graph/recorded_posts__feeds_default_fields_p1.json",
        "facebook_graph.posts",
        {"count": "post_counts.shares"},
        records=ITEMS,
    ),
    *(
        Sample(f"facebook_graph/recorded_{name}.json", "facebook_graph.posts", records=None)
        for name in (
            "posts__multi_posts_data_fields",
            "posts__single_post_data",
            "videos__videos_info_fields",
        )
    ),
    Sample(
        "facebook_graph/recorded_pages__single_default_page.json",
        "facebook_graph.page",
        {"fan_count": "account_totals.followers"},
        records=None,
    ),
    # Its sum runs over day, week and 28 days: see test_facebook_graph.
    Sample("facebook_graph/page_insights_day_week.json", "facebook_graph.page_insights", records=None),
    Sample("facebook_graph/page_insights_empty.json", "facebook_graph.page_insights", records=ITEMS),
    Sample("facebook_graph/page_insights_empty.json", "facebook_graph.post_insights", records=ITEMS),
    *(
        Sample(
            "facebook_graph/error_permission.json",
            form,
            refused="is an error of the API, not data (OAuthException",
        )
        for form in ("facebook_graph.posts", "facebook_graph.page", "facebook_graph.page_insights")
    ),
)
NOT_OURS = {
    f"facebook_graph/fivetran_facebook_pages_{name}_data.csv": "the tables of a connector, no export of the platform"
    for name in ("daily_page_metrics_total", "lifetime_post_metrics_total", "page", "post_history")
} | {
    f"instagram_graph/fivetran_instagram_business_{name}_data.csv": "the tables of a connector, no export"
    for name in ("media_history", "media_insights", "user_history")
}
