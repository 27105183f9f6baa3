"""The samples of Instagram, Facebook and Meta Business Suite, and where their control sums are found again."""

from __future__ import annotations

from sample_cases import Sample

SUITE = "meta_business_suite"
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
)
NOT_OURS = {
    f"facebook_graph/fivetran_facebook_pages_{name}_data.csv": "the tables of a connector, no export of the platform"
    for name in ("daily_page_metrics_total", "lifetime_post_metrics_total", "page", "post_history")
} | {
    f"instagram_graph/fivetran_instagram_business_{name}_data.csv": "the tables of a connector, no export"
    for name in ("media_history", "media_insights", "user_history")
}
