"""A small workspace to spoil: each test writes the one file it is about and reads what is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from perftrack_site.config.loading import load_project
from perftrack_site.config.models import Project
from perftrack_site.errors import ConfigError

FORMATS = ("instagram_graph.media_insights", "shopify.orders_csv", "ga4.report")

PROJECT = """\
name: Umoja performance
timezone: Africa/Johannesburg
currency: ZAR
"""
SOURCES = """\
sources:
  - key: shop
    format: shopify.orders_csv
    files: shop/orders-{extracted_at:%Y-%m-%d}.csv
"""
INFLUENCERS = """\
influencers:
  - {key: thandi, name: Thandi M.}
  - {key: sipho, name: Sipho D.}
"""
CAMPAIGN = """\
name: Spring launch
objective: launch
start: 2026-07-06
end: 2026-08-30
kpis:
  - key: views
    metric: views
    target: {op: ">=", value: 40000}
influencers:
  - influencer: thandi
"""
GOOD = {
    "project.yml": PROJECT,
    "sources.yml": SOURCES,
    "influencers.yml": INFLUENCERS,
    "campaigns/spring.yml": CAMPAIGN,
}

Load = Callable[..., Project]
Said = Callable[..., list[str]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load the small workspace with some of its files written anew."""

    def load_with(files: Mapping[str, str | bytes] | None = None) -> Project:
        _write(tmp_path, {**GOOD, **(files or {})})
        return load_project(tmp_path, FORMATS)

    return load_with


@pytest.fixture
def said(tmp_path: Path) -> Said:
    """Load it and give back the lines of the error: its faults, in order."""

    def said_of(files: Mapping[str, str | bytes]) -> list[str]:
        _write(tmp_path, {**GOOD, **files})
        with pytest.raises(ConfigError) as caught:
            load_project(tmp_path, FORMATS)
        return [str(fault) for fault in caught.value.faults]

    return said_of


def campaign(kpi: str = "", party: str = "", end: str = "", head: str = "") -> str:
    """Write the small campaign with one KPI, one participation, and lines of its own."""
    kpi = dedent(kpi) or 'key: views\nmetric: views\ntarget: {op: ">=", value: 40000}'
    party = dedent(party) or "influencer: thandi"
    lines = [
        "name: Spring launch",
        "objective: launch",
        "start: 2026-07-06",
        "end: 2026-08-30",
        *dedent(head).strip().splitlines(),
        "kpis:",
        *_item(kpi),
        "influencers:",
        *_item(party),
        *dedent(end).strip().splitlines(),
    ]
    return "\n".join(lines) + "\n"


def _item(text: str) -> list[str]:
    first, *others = text.strip().splitlines()
    return [f"  - {first}", *(f"    {line}" for line in others)]


def _write(root: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = root / "config" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
