"""A small workspace to spoil: each test writes the files it is about and reads what is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from perftrack_site.config.loading import load_project
from perftrack_site.config.models import Campaign, Kpi, Project
from perftrack_site.errors import ConfigError

EXAMPLE = Path(__file__).parent / "example"
FORMATS = ("instagram_graph.media_insights", "shopify.orders_csv", "ga4.report")

PROJECT = "name: Umoja performance\ntimezone: Africa/Johannesburg\ncurrency: ZAR\n"
SOURCE = "key: shop\nformat: shopify.orders_csv\nfiles: shop/orders-{extracted_at:%Y-%m-%d}.csv"
KPI = 'key: views\nmetric: views\ntarget: {op: ">=", value: 40000}'
PARTY = "influencer: thandi"
INFLUENCERS = "influencers:\n  - {key: thandi, name: Thandi M.}\n  - {key: sipho, name: Sipho D.}\n"

Files = Mapping[str, str | bytes]


def load(root: Path, files: Files | None = None) -> Project:
    """Load the small workspace with some of its files written anew."""
    for name, content in {**GOOD, **(files or {})}.items():
        path = root / "config" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_project(root, FORMATS)


def said(root: Path, files: Files) -> list[str]:
    """Load it and give back the faults it is refused for, as they are printed."""
    with pytest.raises(ConfigError) as caught:
        load(root, files)
    return [str(fault) for fault in caught.value.faults]


def campaign(*, head: str = "", kpi: str = KPI, party: str = PARTY, tail: str = "") -> str:
    """Write a campaign: four lines of its own, `head`, its KPI from line 6, its influencer, `tail`."""
    return "\n".join(
        [
            "name: Spring launch",
            "objective: launch",
            "start: 2026-07-06",
            "end: 2026-08-30",
            *_lines(head),
            "kpis:",
            *_items(kpi),
            "influencers:",
            *_items(party),
            *_lines(tail),
            "",
        ]
    )


def sources(source: str = SOURCE) -> str:
    return "\n".join(["sources:", *_items(source), ""])


def spring(project: Project) -> Campaign:
    return project.campaign("spring")


def first_kpi(project: Project) -> Kpi:
    return spring(project).kpis[0]


def _items(text: str) -> list[str]:
    """Indent entries; a line that begins with `- ` begins another one."""
    lines = _lines(text)
    started = [f"- {line}" if number == 0 else line for number, line in enumerate(lines)]
    return [f"  {line}" if line.startswith("- ") else f"    {line}" for line in started]


def _lines(text: str) -> list[str]:
    return dedent(text).strip().splitlines()


GOOD = {
    "project.yml": PROJECT,
    "sources.yml": sources(),
    "influencers.yml": INFLUENCERS,
    "campaigns/spring.yml": campaign(),
}
