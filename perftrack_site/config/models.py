"""What a workspace may say in `config/`, as frozen values.

After `load_project` nobody meets a dict: a campaign's first target is `campaign.kpis[0].target`.
Numbers are exact: percentages and money arrive as `Decimal`, shares as `Decimal` fractions of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
CompareOp = Literal[">=", "<=", "between"]


class Config(BaseModel):
    """Base of all configured values: unknown keys are refused, values are frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Place(Config):
    """Where an entry stands, for messages that come after loading."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


# --- metrics -------------------------------------------------------------------------------------


class MetricType(StrEnum):
    SIMPLE = "simple"
    RATIO = "ratio"
    DERIVED = "derived"


class Metric(Config):
    """One entry of the catalogue.

    simple: `agg` of `expr` over the rows of `table` that pass `filter`.
    ratio: the metrics `numerator` over `denominator`, both over the same rows where they share a table.
    derived: `expr`, arithmetic (+ - * / and integers) over `input_metrics`.
    `table` is None for a metric that no source feeds yet: its KPIs are "not evaluable: no source".
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    definition: str
    type: MetricType
    table: Literal["posts", "orders", "spend"] | None = None
    agg: Literal["sum", "count"] = "sum"
    expr: str | None = None
    filter: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    input_metrics: tuple[str, ...] = ()
    unit: Literal["count", "money", "share", "score", "seconds", "days"]
    basis: str | None = None
    direction: Literal["higher", "lower", "in_range"]
    additive: bool = True
    not_additive_note: str | None = None
    origin: Literal["measured", "estimated", "self_reported"] = "measured"
    definition_version: int = 1
    effective_from: date


# --- project -------------------------------------------------------------------------------------


class Target(Config):
    """A target as agreed. Shares are fractions of one (`3.5%` is 0.035); money is in `currency`.

    `between` has `value` (lower) and `upper`.
    """

    op: CompareOp
    value: Decimal
    upper: Decimal | None = None
    stretch: Decimal | None = None
    currency: Currency | None = None


class Goal(Config):
    key: Key
    label: str
    per: Literal["week", "month", "quarter", "year"] = "quarter"
    denominator: Literal["decided", "ended", "all"] = "decided"
    target: Target
    min_campaigns: int = Field(default=1, ge=1)


class QualityGate(Config):
    rejected_share: Decimal = Decimal("0.02")
    stale: Literal["banner", "fail"] = "banner"


class Editions(Config):
    week: int | Literal["all"] = 8
    month: int | Literal["all"] = 12
    quarter: int | Literal["all"] = "all"
    year: int | Literal["all"] = "all"


class Settings(Config):
    """config/project.yml"""

    name: str = Field(min_length=1, max_length=200)
    timezone: str
    currency: Currency
    fiscal_year_starts: Literal[
        "january", "february", "march", "april", "may", "june",
        "july", "august", "september", "october", "november", "december",
    ] = "january"  # fmt: skip
    editions: Editions = Editions()
    grace_days: int = Field(default=3, ge=0, le=60)
    as_of: Literal["commit", "newest_extraction"] = "commit"
    min_coverage: Decimal = Decimal("0.8")
    quality_gate: QualityGate = QualityGate()
    goals: tuple[Goal, ...] = ()
    tiers: Mapping[str, int] = {}
    authority: Mapping[str, str] = {}
    attribution: tuple[Literal["promo_code", "click_ref", "utm", "link", "hashtag"], ...] = (
        "promo_code", "click_ref", "utm", "link", "hashtag",
    )  # fmt: skip


# --- sources -------------------------------------------------------------------------------------


class Freshness(Config):
    warn_after: timedelta
    error_after: timedelta


class Source(Config):
    """One entry of config/sources.yml. `files` is relative to `data/`; `{extracted_at:%Y-%m-%d}` dates a file."""

    key: Key
    format: str
    files: str
    account: str | None = None
    timezone: str | None = None
    currency: Currency | None = None
    overlap: Literal["cumulative", "replaces", "adds"] = "replaces"
    freshness: Freshness | None = None
    place: Place


# --- influencers ---------------------------------------------------------------------------------


class Influencer(Config):
    key: Key
    was: tuple[Key, ...] = ()
    name: str = Field(min_length=1, max_length=200)
    niche: str | None = None
    country: str | None = None
    accounts: Mapping[str, str] = {}
    followers: Mapping[str, int] = {}
    place: Place


# --- campaigns -----------------------------------------------------------------------------------


class Money(Config):
    amount: Decimal
    currency: Currency


class Scope(Config):
    platform: str | None = None
    content_type: str | None = None
    influencer: Key | None = None


class Checkpoint(Config):
    by: date
    value: Decimal


class Kpi(Config):
    key: Key
    label: str | None = None
    metric: str
    primary: bool = False
    weight: Decimal | None = None
    scope: Scope = Scope()
    target: Target
    schedule: tuple[Checkpoint, ...] = ()
    min_sample: Mapping[Literal["posts", "orders", "rows"], int] = {}
    min_coverage: Decimal | None = None
    on_missing: Literal["not_evaluable", "missed", "exclude"] = "not_evaluable"
    because: str | None = None
    each: Literal["influencer"] | None = None
    counts: bool = False
    place: Place


class SuccessRule(Config):
    """`all`, `any`, `all_primary`, or `share_met` / `weighted` with the share needed (fraction of one)."""

    rule: Literal["all", "any", "all_primary", "share_met", "weighted"]
    share: Decimal | None = None


class TrackingKind(StrEnum):
    PROMO_CODE = "promo_code"
    CLICK_REF = "click_ref"
    UTM = "utm"
    LINK = "link"
    HASHTAG = "hashtag"


class Tracking(Config):
    """One way a sale, visit or post is recognised. Values are normalised (case, NFKC, no '#') for comparison.

    For kind utm, `value` is `campaign=spring&content=thandi` with the keys in that order, absent ones left out.
    Without dates it is valid from the campaign's start to its end + settle_days.
    """

    kind: TrackingKind
    value: str
    valid_from: date
    valid_to: date
    place: Place


class Participation(Config):
    """An influencer in a campaign."""

    influencer: Key
    accepted_on: date | None = None
    fee: Money | None = None
    deliverables: Mapping[str, int] = {}
    overrides: Mapping[Key, Decimal] = {}
    tracking: tuple[Tracking, ...] = ()
    posts: tuple[str, ...] = ()
    place: Place


class Agreement(Config):
    on: date
    by: tuple[str, ...] = ()
    ref: str | None = None


class Adjustment(Config):
    on: date
    what: str
    why: str
    kpi: Key | None = None


class Cancellation(Config):
    on: date
    because: str


class Campaign(Config):
    """config/campaigns/<key>.yml"""

    key: Key
    was: tuple[Key, ...] = ()
    name: str = Field(min_length=1, max_length=200)
    objective: Literal["launch", "awareness", "consideration", "conversion", "retention"]
    supports: Key | None = None
    brand: str | None = None
    start: date
    end: date
    settle_days: int = Field(default=14, ge=0, le=365)
    budget: Money | None = None
    agreed: Agreement | None = None
    cancelled: Cancellation | None = None
    kpis: tuple[Kpi, ...] = Field(min_length=1)
    success: SuccessRule = SuccessRule(rule="all_primary")
    influencers: tuple[Participation, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    place: Place

    @property
    def decided_on(self) -> date:
        """The day on which the numbers have settled and the verdict is taken."""
        return self.end + timedelta(days=self.settle_days)

    @property
    def currency(self) -> str | None:
        """The campaign's own currency: its budget's; None means the project's."""
        return self.budget.currency if self.budget else None


# --- the whole -----------------------------------------------------------------------------------


class BusinessKpi(Config):
    """A KPI of the business (config/business.yml), its target per period."""

    key: Key
    label: str | None = None
    metric: str
    per: Literal["week", "month", "quarter", "year"]
    target: Target
    place: Place


class Project(Config):
    """Everything in config/, checked: names resolve, targets fit their metrics, nothing is claimed twice."""

    settings: Settings
    sources: tuple[Source, ...]
    influencers: tuple[Influencer, ...]
    campaigns: tuple[Campaign, ...]
    business: tuple[BusinessKpi, ...] = ()
    catalogue: Mapping[str, Metric]

    def influencer(self, key: str) -> Influencer:
        """Find an influencer by key; the loader has made sure there is one."""
        return next(found for found in self.influencers if found.key == key)

    def campaign(self, key: str) -> Campaign:
        """Find a campaign by key."""
        return next(found for found in self.campaigns if found.key == key)
