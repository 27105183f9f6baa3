"""What Google Analytics 4 calls its dimensions, metrics and periods.

The same things have one name in answers of the Data API (`sessionSource`) and another in exports of its pages
(`Session source`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from perftrack_site.sources.text import folded

RATIO = re.compile(r"(?i:\brate\b|\baverage\b|\bper\b)|Rate$|^average|Per[A-Z]")
GROUP_IN_BRACKETS = re.compile(r" \([^()]*\)$")  # Session primary channel group (Default Channel Group)


@dataclass(frozen=True)
class Field:
    """A dimension, metric or period: its name in the Data API, its spelling in exports (newest first), our columns.

    `told_by` is what the breakdown calls a dimension: its columns, unless another dimension fills them too.
    """

    name: str
    spelt: tuple[str, ...]
    columns: tuple[str, ...] = ()
    told_by: str = ""

    @property
    def breakdown(self) -> tuple[str, ...]:
        return (self.told_by,) if self.told_by else self.columns or (self.name,)


DIMENSIONS = (
    Field("sessionSource", ("Session source",), ("utm_source",)),
    Field("sessionMedium", ("Session medium",), ("utm_medium",)),
    Field("sessionSourceMedium", ("Session source / medium",), ("utm_source", "utm_medium")),
    Field("sessionCampaignName", ("Session campaign",), ("utm_campaign",)),
    Field("sessionManualAdContent", ("Session manual ad content",), ("utm_content",)),
    Field("sessionManualTerm", ("Session manual term",), ("utm_term",)),
    Field(
        "sessionDefaultChannelGroup",
        ("Session default channel group", "Session default channel grouping"),
        ("channel_group",),
    ),
    Field(
        "sessionPrimaryChannelGroup",
        ("Session primary channel group",),
        ("channel_group",),
        "primary_channel_group",
    ),
    Field("landingPagePlusQueryString", ("Landing page + query string",), ("landing_page",)),
    Field("landingPage", ("Landing page",), ("landing_page",), "landing_page_path"),
    Field("country", ("Country",), ("country",)),
    Field("city", ("City",), ("city",)),
    Field("deviceCategory", ("Device category",), ("device",)),
    Field("eventName", ("Event name",), ("event",)),
    # Dimensions without a column of their own. How a person first came is not how this session came.
    Field("firstUserSource", ("First user source",)),
    Field("firstUserMedium", ("First user medium",)),
    Field("firstUserSourceMedium", ("First user source / medium",)),
    Field("firstUserCampaignName", ("First user campaign",)),
    Field("firstUserDefaultChannelGroup", ("First user default channel group",)),
    Field("firstUserPrimaryChannelGroup", ("First user primary channel group",)),
    Field("pagePath", ("Page path",)),
    Field("pageTitle", ("Page title",)),
    Field("unifiedScreenClass", ("Page title and screen class",)),
    Field("unifiedPagePathScreen", ("Page path and screen class",)),
    Field("transactionId", ("Transaction ID",)),
    Field("orderCoupon", ("Order coupon",)),
    Field("itemName", ("Item name",)),
    Field("countryId", ("Country ID",)),
    Field("platform", ("Platform",)),
    Field("hour", ("Hour",)),
    Field("day", ("Day",)),
    Field("dayOfWeek", ("Day of week",)),
    Field("isoWeek", ("ISO week of the year",)),
    Field("month", ("Month",)),
    Field("year", ("Year",)),
)
# Of several metrics that feed one column the first in this list is taken.
METRICS = (
    Field("sessions", ("Sessions",), ("sessions",)),
    Field("engagedSessions", ("Engaged sessions",), ("engaged_sessions",)),
    Field("totalUsers", ("Total users",), ("users",)),
    Field("activeUsers", ("Active users", "Users", "1 day"), ("active_users",)),
    Field("newUsers", ("New users",), ("new_users",)),
    Field("screenPageViews", ("Views",), ("page_views",)),
    Field("keyEvents", ("Key events", "Conversions"), ("conversions",)),
    Field("eventCount", ("Event count",), ("events",)),
    Field("ecommercePurchases", ("Ecommerce purchases",), ("orders",)),
    Field("transactions", ("Transactions",), ("orders",)),
    Field("purchaseRevenue", ("Purchase revenue",), ("revenue",)),
    Field("totalRevenue", ("Total revenue",), ("revenue",)),
    Field("userEngagementDuration", ("User engagement",), ("engagement_milliseconds",)),
)
PERIODS = (  # the finest first
    Field("dateHour", ("Date + hour (YYYYMMDDHH)",)),
    Field("date", ("Date",)),
    Field("nthDay", ("Nth day",)),
    Field("nthWeek", ("Nth week",)),
    Field("week", ("Week",)),
    Field("yearWeek", ("Year week",)),
    Field("isoYearIsoWeek", ("ISO week of ISO year",)),
    Field("yearMonth", ("Year month",)),
)
BY_NAME: Mapping[str, Field] = {
    folded(name): field for field in (*DIMENSIONS, *METRICS, *PERIODS) for name in (field.name, *field.spelt)
}


def field_of(name: str) -> Field | None:
    """Find what a report means by a name, of the API or of a page; a channel group in brackets is left aside."""
    spelt = folded(name)
    return BY_NAME.get(spelt) or BY_NAME.get(GROUP_IN_BRACKETS.sub("", spelt))


def is_ratio(name: str) -> bool:
    """Say whether a metric is a rate or an average: computed from others, so that it is not kept."""
    return bool(RATIO.search(name))
