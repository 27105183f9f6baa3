"""Every other platform: the files of its exports and APIs, and their entries in config/sources.yml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sample import advertising, graph, lists, mail, meta, networks, outlets, payments, tiktok, web, youtube
from sample.orders import Order
from sample.plan import Campaign
from sample.shapes import File

SOURCES = "".join(
    module.SOURCES
    for module in (
        meta, graph, tiktok, youtube, networks, advertising, web, mail, outlets, payments, lists,
    )
)  # fmt: skip


def platform_files(orders: Sequence[Order], campaigns: Sequence[Campaign]) -> Iterator[File]:
    """Give every file below `data/` as path and content."""
    yield from meta.meta_files()
    yield from graph.graph_files()
    yield from tiktok.tiktok_files()
    yield from youtube.youtube_files()
    yield from networks.network_files()
    yield from advertising.advertising_files()
    yield from web.web_files(orders, campaigns)
    yield from mail.mail_files()
    yield from outlets.outlet_files()
    yield from payments.payment_files(orders)
    yield from lists.list_files()
