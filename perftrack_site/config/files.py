"""Which files config/ may hold, and what each is read into."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from perftrack_site.config.models import BusinessKpi, Campaign, Config, Influencer, Metric, Settings, Source

FOLDER = "config"
CAMPAIGNS = "campaigns"
SUFFIX = ".yml"


class Sources(Config):
    """Read from config/sources.yml."""

    sources: tuple[Source, ...]


class Influencers(Config):
    """Read from config/influencers.yml."""

    influencers: tuple[Influencer, ...]


class Metrics(Config):
    """Read from config/metrics.yml: metrics beside the built-in ones."""

    metrics: tuple[Metric, ...]


class Business(Config):
    """Read from config/business.yml: KPIs of the business."""

    kpis: tuple[BusinessKpi, ...]


FILES: Mapping[str, type[BaseModel]] = {
    "project.yml": Settings,
    "sources.yml": Sources,
    "influencers.yml": Influencers,
    "metrics.yml": Metrics,
    "business.yml": Business,
}
REQUIRED = "project.yml"
RESERVED = "index"  # no key of a campaign or influencer: the page that lists all of them

# What an editor may ask a schema for.
SCHEMAS: Mapping[str, type[BaseModel]] = {
    **{name.removesuffix(SUFFIX): model for name, model in FILES.items()},
    "campaign": Campaign,
}
