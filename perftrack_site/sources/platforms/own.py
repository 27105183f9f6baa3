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
    pattern="spend/spend-{extracted_at:%Y-%m-%d}.csv",
    export="Keep a CSV of what was paid, one payment or cost a row, from your books or by hand.",
    notes=(
        "Equal rows are duplicates: give each payment a `reference` to tell two equal ones apart.",
        "A negative `amount` is a correction.",
        "`cost_type` is `fee`, `product`, `ad_spend`, `production` or `commission`.",
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
    pattern="fx/fx-{extracted_at:%Y-%m-%d}.csv",
    export="Keep a CSV of the exchange rates you use: one unit of `base` is `rate` units of `quote` on that day.",
    notes=("Two rates for one day and pair are a `conflict`.",),
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
    pattern="benchmarks/benchmarks-{extracted_at:%Y-%m-%d}.csv",
    export="Keep a CSV of outside figures, one published statistic a row, with who published it and when.",
    notes=(
        "An empty `tier`, `sector` or `content_type` means any. `tier` is one of the names in `config/project.yml`.",
        "`value` is a decimal number above 0; a share is a fraction of one: `0.031` is 3.1 %.",
        "`basis` is what the publisher divided by, in the words of the metric's own basis; others are not compared.",
        "Two values for the same figure are a `conflict`.",
    ),
)  # fmt: skip

FORMATS = (SPEND_LIST, FX_LIST, BENCHMARK_LIST)
