"""A workspace of one campaign with one influencer, written by hand, for the oracle alone."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from oracle import Judgement, KpiJudgement

ORDER_CELLS = (
    "Name,Financial Status,Currency,Subtotal,Refunded Amount,Discount Code,Note Attributes,Created at,"
    "Cancelled at"
)
PROJECT = """
    name: By hand
    timezone: Africa/Johannesburg
    currency: ZAR
    as_of: newest_extraction
    goals:
      - {key: goal, label: The goal, per: quarter, target: {op: ">=", value: 50%}}
"""
SOURCES = """
    sources:
      - key: list
        format: instagram_graph.media_list
        files: list-{extracted_at:%Y-%m-%d}.json
        account: ana
      - key: insights
        format: instagram_graph.media_insights
        files: insights-{extracted_at:%Y-%m-%d}.json
        freshness: {warn_after: 2d, error_after: 10d}
      - key: studio
        format: youtube_studio.content
        files: studio-{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv
        account: ana
      - {key: videos, format: youtube_data.videos, files: "videos-{extracted_at:%Y-%m-%d}.json"}
      - {key: visits, format: ga4_api.report, files: "visits*-{extracted_at:%Y-%m-%d}.json"}
      - {key: clicks, format: bitly.clicks, files: "clicks-{extracted_at:%Y-%m-%d}.json", link: "Tea.example/A/"}
      - {key: leads, format: perftrack.enquiries, files: "leads-{extracted_at:%Y-%m-%d}.csv", overlap: adds}
      - {key: shop, format: shopify.orders_csv, files: "orders-{extracted_at:%Y-%m-%d}.csv"}
      - {key: spend, format: perftrack.spend, files: "spend-{extracted_at:%Y-%m-%d}.csv"}
      - {key: fx, format: perftrack.fx, files: "fx-{extracted_at:%Y-%m-%d}.csv"}
"""


def workspace(root: Path, campaign: str, data: dict[str, str]) -> Path:
    """Write a workspace of one campaign, `tea`, with one influencer, `ana`."""
    files = {f"data/{name}": text for name, text in data.items()} | {
        "config/project.yml": PROJECT,
        "config/sources.yml": SOURCES,
        "config/influencers.yml": "influencers: [{key: ana, name: Ana, accounts: {instagram: ana}}]",
        "config/campaigns/tea.yml": campaign,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip(), encoding="utf-8")
    return root


def media(post: str, timestamp: str) -> str:
    return (
        f'{{"id": "{post}", "caption": "Slow #Tea", "media_type": "IMAGE", "media_product_type": "FEED", '
        f'"timestamp": "{timestamp}", "username": "ana"}}'
    )


def insights(**posts: dict[str, int]) -> str:
    """Write a multi-id answer; `_1` is the post with id 1."""
    return str(
        {
            name[1:]: {
                "data": [
                    {"name": counter, "values": [{"value": value}], "id": f"{name[1:]}/insights/{counter}"}
                    for counter, value in counters.items()
                ]
            }
            for name, counters in posts.items()
        }
    ).replace("'", '"')


def kpis(judgement: Judgement) -> dict[str, KpiJudgement]:
    return {kpi.kpi: kpi for kpi in judgement.kpis}
