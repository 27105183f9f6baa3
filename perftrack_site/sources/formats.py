"""Every format that a source may declare. A new platform is a module in `platforms/` and its name in this list."""

from __future__ import annotations

from collections.abc import Mapping

from perftrack_site.sources.format import Format
from perftrack_site.sources.platforms import (
    awin,
    bitly,
    campaign_sheets,
    clarity,
    facebook_graph,
    ga4_api,
    ga4_csv,
    generic,
    graph_comments,
    instagram_account,
    instagram_graph,
    klaviyo,
    linkedin,
    mailchimp,
    meta_ads,
    meta_business_suite,
    meta_charts,
    own,
    own_lists,
    search_console,
    shopify,
    shopify_json,
    stripe,
    tiktok_ads,
    tiktok_display,
    tiktok_studio,
    woocommerce,
    x_api,
    x_csv,
    youtube_analytics,
    youtube_data,
    youtube_studio,
)

PLATFORMS = (
    instagram_graph, instagram_account, meta_business_suite, meta_charts, graph_comments, facebook_graph, meta_ads,
    tiktok_studio, tiktok_display, tiktok_ads,
    youtube_studio, youtube_data, youtube_analytics,
    linkedin, x_api, x_csv,
    ga4_api, ga4_csv, search_console, clarity, bitly,
    mailchimp, klaviyo,
    shopify, shopify_json, woocommerce, stripe, awin,
    own, own_lists, campaign_sheets, generic,
)  # fmt: skip

FORMATS: Mapping[str, Format] = {each.key: each for platform in PLATFORMS for each in platform.FORMATS}
