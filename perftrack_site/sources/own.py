"""Our own hand-kept lists: what was spent, and what currencies were worth."""

from __future__ import annotations

from perftrack_site.sources.cast import Column, choice, currency, day, identifier, plain, rate, signed_money
from perftrack_site.sources.flat import flat_csv
from perftrack_site.sources.tables import FX, SPEND

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
