"""The samples of Google Analytics 4 and Google Search Console."""

from __future__ import annotations

from collections.abc import Mapping

from sample_cases import Sample

EUR = {"account": "nordhaven", "currency": "EUR", "timezone": "Europe/Stockholm"}
GSC_SPAN = ("2026-09-02", "2026-10-05")


PAGES = ("ga4/run_report_sessions_page1.json", "ga4/run_report_sessions_page2.json")


def ga4(
    name: str, sums: Mapping[str, str], *, records: str | None = "rows", left: int = 0, controls: int = 0
) -> Sample:
    return Sample(
        f"ga4/{name}", "ga4_csv.export", sums, records=records, left=left, declared=EUR, controls=controls
    )


def page(path: str, other: str) -> Sample:
    sums = {
        "sessions": "web_days.sessions",
        "engagedSessions": "web_days.engaged_sessions",
        "totalUsers": "web_days.users",
        "keyEvents": "web_days.conversions",
        "purchaseRevenue": "web_days.revenue",
    }
    return Sample(path, "ga4_api.report", sums, records="items in `rows`", beside=(other,))


def search(name: str, table: str) -> Sample:
    sums = {"Clicks": f"{table}.clicks", "Impressions": f"{table}.impressions"}
    return Sample(f"gsc/performance_export/{name}", "search_console.export", sums, span=GSC_SPAN)


def answer(name: str, dimension: str, table: str) -> Sample:
    sums = {"clicks": f"{table}.clicks", "impressions": f"{table}.impressions"}
    declared = {"dimensions": (dimension,)}
    return Sample(f"gsc/{name}", "search_console.api", sums, span=GSC_SPAN, declared=declared)


CASES = (
    page(*PAGES),
    page(*reversed(PAGES)),
    Sample("ga4/error_quota.json", "ga4_api.report", refused="error of the API"),
    Sample("ga4/run_report_empty.json", "ga4_api.report", records=None),
    Sample("ga4/run_pivot_report_empty.json", "ga4_api.report", records=None),
    # Its six last rows lie after the extraction; nobody visited in them.
    ga4("channel_date_hour_no_comment_header.csv", {"Users": "web_days.active_users"}, left=6),
    ga4(
        "data-export_event_metrics_by_date.csv",
        {
            "Event count": "web_days.events",
            "Total users": "web_days.users",
            "New users": "web_days.new_users",
        },
    ),
    ga4(
        "data-export_events.csv",
        {
            "Event count": "web_spans.events",
            "Total users": "web_spans.users",
            "Total revenue": "web_spans.revenue",
        },
    ),
    ga4(
        "data-export_home_nth_day_multi_table.csv",
        {
            "Users": "web_days.active_users",
            "New users": "web_days.new_users",
            "Sessions": "web_spans.sessions",
            "Views": "web_spans.page_views",
            "Event count": "web_spans.events",
        },
        records=None,
    ),
    ga4(
        "data-export_users_by_city.csv",
        {
            "Users": "web_spans.active_users",
            "New users": "web_spans.new_users",
            "Engaged sessions": "web_spans.engaged_sessions",
            "Event count": "web_spans.events",
            "Conversions": "web_spans.conversions",
            "Total revenue": "web_spans.revenue",
        },
        records=None,
    ),
    ga4(
        "exploration_download.csv",
        {
            "Event count": "web_spans.events",
            "Sessions": "web_spans.sessions",
            "Purchase revenue": "web_spans.revenue",
            "Transactions": "web_spans.orders",
            "Conversions": "web_spans.conversions",
            "Total users": "web_spans.users",
        },
        controls=1,  # the grand total
    ),
    ga4(
        "traffic_acquisition_weekly.csv",
        {
            "Sessions": "web_spans.sessions",
            "Engaged sessions": "web_spans.engaged_sessions",
            "Event count": "web_spans.events",
            "Key events": "web_spans.conversions",
            "Total revenue": "web_spans.revenue",
        },
    ),
    ga4(
        "user_acquisition_summary.csv",
        {
            "Total users": "web_spans.users",
            "New users": "web_spans.new_users",
            "Event count": "web_spans.events",
            "Key events": "web_spans.conversions",
        },
    ),
    answer("searchanalytics_by_date_incomplete.json", "date", "search_days"),
    answer("searchanalytics_by_query_page1.json", "query", "search_spans"),
    answer("searchanalytics_by_query_page2.json", "query", "search_spans"),
    answer("searchanalytics_empty.json", "query", "search_spans"),
    Sample("gsc/error_forbidden.json", "search_console.api", refused="error of the API"),
    search("Dates.csv", "search_days"),
    search("Queries.csv", "search_spans"),
    search("Pages.csv", "search_spans"),
    search("Countries.csv", "search_spans"),
    search("Devices.csv", "search_spans"),
    search("Search appearance.csv", "search_spans"),
    Sample("gsc/performance_export/Filters.csv", "search_console.export", left=2, span=GSC_SPAN),
    Sample(
        "gsc/old_export_Search_Queries.csv",
        "search_console.export",
        {"Clicks": "search_spans.clicks", "Impressions": "search_spans.impressions"},
        span=GSC_SPAN,
        controls=12,  # blank rows
    ),
)

NOT_OURS = {
    "ga4/api_names_used.csv": "a list of names, no export; test_ga4_api.py reads a report of them all",
    "gsc/performance_export.zip": "seven files in one, read in test_search_console.py",
    "reference/ga4_source_categories.csv": "a list that Google Analytics sorts sources by, no export",
}
