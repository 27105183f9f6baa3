"""Every format that a source may declare. A new platform is a module beside this one and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from perftrack_site.sources import instagram_graph, own, shopify
from perftrack_site.sources.format import Format

FORMATS: Mapping[str, Format] = {
    each.key: each
    for each in (
        instagram_graph.MEDIA_LIST,
        instagram_graph.MEDIA_INSIGHTS,
        shopify.ORDERS_CSV,
        own.SPEND_LIST,
        own.FX_LIST,
        own.BENCHMARK_LIST,
    )
}
