"""Our own hand-kept lists: what was spent, what currencies were worth, and what others reach."""

from __future__ import annotations

from perftrack_site.sources.cast import (
    Column,
    choice,
    count,
    currency,
    day,
    identifier,
    plain,
    rate,
    signed_money,
    word,
    year,
)
from perftrack_site.sources.flat import flat_csv
from perftrack_site.sources.tables import BENCHMARKS, FX, SPEND

SPEND_LIST = flat_csv(
    "perftrack.spend",
    label="Our own list of payments and costs",
    noun="payment",
    table=SPEND,
    columns=(
        Column(("day",), day, ("spend.day",)),
        Column(("campaign",), plain, ("spend.campaign",)),
        Column(("influencer",), plain, ("spend.influencer",), required=False, nullable=True),
        Column(
            ("cost_type",),
            choice("fee", "product", "ad_spend", "production", "commission"),
            ("spend.cost_type",),
        ),
        Column(("amount",), signed_money, ("spend.amount",)),
        Column(("currency",), currency, ("spend.currency",)),
        Column(("reference",), identifier, ("spend.reference",), required=False, nullable=True),
    ),
)

FX_LIST = flat_csv(
    "perftrack.fx",
    label="Our own list of exchange rates",
    noun="rate",
    table=FX,
    columns=(
        Column(("day",), day, ("fx.day",)),
        Column(("base",), currency, ("fx.base",)),
        Column(("quote",), currency, ("fx.quote",)),
        Column(("rate",), rate, ("fx.rate",)),
    ),
    unique=("day", "base", "quote"),
)

BENCHMARK_LIST = flat_csv(
    "perftrack.benchmarks",
    label="Our own list of outside figures",
    noun="benchmark",
    table=BENCHMARKS,
    columns=(
        Column(("platform",), word, ("benchmarks.platform",)),
        Column(("tier",), word, ("benchmarks.tier",), nullable=True),
        Column(("sector",), word, ("benchmarks.sector",), nullable=True),
        Column(("content_type",), word, ("benchmarks.content_type",), nullable=True),
        Column(("metric",), word, ("benchmarks.metric",)),
        Column(("basis",), word, ("benchmarks.basis",)),
        Column(("statistic",), plain, ("benchmarks.statistic",)),
        Column(("value",), rate, ("benchmarks.value",)),
        Column(("sample",), count, ("benchmarks.sample",), nullable=True),
        Column(("year",), year, ("benchmarks.year",)),
        Column(("source",), plain, ("benchmarks.published_by",)),
    ),
    unique=(
        "platform", "tier", "sector", "content_type", "metric", "basis", "statistic", "year", "published_by",
    ),
)  # fmt: skip

FORMATS = (SPEND_LIST, FX_LIST, BENCHMARK_LIST)
