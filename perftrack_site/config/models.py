"""What a workspace may say in `config/`, as frozen values.

After `load_project` nobody meets a dict: a campaign's first target is `campaign.kpis[0].target`.
Numbers are exact: percentages and money arrive as `Decimal`, shares as `Decimal` fractions of one. The field
types say how a value may be written (`forms.py`); made in Python, the same models take plain values.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from perftrack_site.config.forms import (
    METRIC_PATTERN,
    SETTLING,
    Amount,
    ContentType,
    Currency,
    DateForm,
    Day,
    Days,
    DecimalMark,
    Editioned,
    Flag,
    Key,
    Keys,
    Number,
    Platform,
    PostName,
    Share,
    Texts,
    ThousandsMark,
    TimeZone,
    Whole,
    wrong_form,
)
from perftrack_site.config.names import did_you_mean, quoted
from perftrack_site.config.tracking import SETTLE_DAYS, TrackingError, read_mark, with_default_dates
from perftrack_site.config.tree import Entry, Written

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


class Placed(Config):
    """Base of the entries that later messages point to; the place is the loader's, never written."""

    place: Place

    @model_validator(mode="before")
    @classmethod
    def _take_place(cls, value: object) -> object:
        if not isinstance(value, Entry):
            return value
        if "place" in value:
            raise wrong_form("is not a key here", "take it out", "place")
        return {**value, "place": Place(file=value.file, line=value.line, column=value.column)}


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

    key: Annotated[str, Field(pattern=METRIC_PATTERN, max_length=80)]
    label: str
    definition: str
    type: MetricType
    table: Literal["posts", "orders", "spend", "web", "links", "leads"] | None = None
    agg: Literal["sum", "count"] = "sum"
    expr: str | None = None
    filter: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    input_metrics: tuple[str, ...] = ()
    unit: Literal["count", "money", "share", "score", "seconds", "days"]
    basis: str | None = None
    direction: Literal["higher", "lower", "in_range"]
    at_most: Number | None = None  # 1 for a share of its own basis, which cannot be above 100 %
    per_influencer: Flag = True  # what is measured can be told apart by influencer
    additive: Flag = True
    not_additive_note: str | None = None
    origin: Literal["measured", "estimated", "self_reported"] = "measured"
    definition_version: Whole = Field(default=1, ge=1)
    effective_from: Day


# --- project -------------------------------------------------------------------------------------


class Target(Config):
    """A target as agreed. Shares are fractions of one (`3.5%` is 0.035); money is in `currency`.

    `between` has `value` (lower) and `upper`.
    """

    op: CompareOp
    value: Amount
    upper: Amount | None = None
    stretch: Amount | None = None
    currency: Currency | None = None


class Goal(Config):
    key: Key
    label: str
    per: Literal["week", "month", "quarter", "year"] = "quarter"
    denominator: Literal["decided", "ended", "all"] = "decided"
    target: Target
    min_campaigns: Whole = Field(default=1, ge=1)


class QualityGate(Config):
    rejected_share: Share = Field(default=Decimal("0.02"), ge=0, le=1)
    stale: Literal["banner", "fail"] = "banner"


class Editions(Config):
    week: Editioned = 8
    month: Editioned = 12
    quarter: Editioned = "all"
    year: Editioned = "all"


class Settings(Config):
    """Read from config/project.yml."""

    name: str = Field(min_length=1, max_length=200)
    timezone: TimeZone
    currency: Currency
    fiscal_year_starts: Literal[
        "january", "february", "march", "april", "may", "june",
        "july", "august", "september", "october", "november", "december",
    ] = "january"  # fmt: skip
    editions: Editions = Editions()
    grace_days: Whole = Field(default=3, ge=0, le=60)
    as_of: Literal["commit", "newest_extraction"] = "commit"
    min_coverage: Share = Field(default=Decimal("0.8"), ge=0, le=1)
    quality_gate: QualityGate = QualityGate()
    goals: tuple[Goal, ...] = ()
    tiers: Mapping[str, Annotated[Whole, Field(ge=0)]] = {}
    authority: Mapping[str, str] = {}
    attribution: tuple[Literal["promo_code", "click_ref", "utm", "link", "hashtag"], ...] = (
        "promo_code", "click_ref", "utm", "link", "hashtag",
    )  # fmt: skip


# --- sources -------------------------------------------------------------------------------------


class Freshness(Config):
    warn_after: Days
    error_after: Days


class FileMapping(Config):
    """Which header of another tool's CSV is which column of ours, and how the tool writes dates and numbers.

    `columns`, `constants` and `counters` have our names for keys; `skip` and `units` headers of the file.
    """

    table: str
    columns: Mapping[str, str] = {}
    constants: Mapping[str, str] = {}
    counters: Mapping[str, str] = {}
    skip: Mapping[str, Texts] = {}
    dates: DateForm | None = None
    decimal: DecimalMark = "."
    thousands: ThousandsMark | None = None
    suffixes: Flag = False
    units: Mapping[str, Annotated[Number, Field(gt=0)]] = {}


class Source(Placed):
    """One entry of config/sources.yml.

    `files` is relative to `data/`; `{extracted_at:%Y-%m-%d}` dates a file, `{from:%Y-%m-%d}` and `{to:%Y-%m-%d}` say
    which days it covers. `account` is the influencer, or the name of the account, website, shop or list. What files
    cannot say of themselves: `platform`, the request's `dimensions`, the number of `days` asked for, the `link` that
    was clicked; `headers` translates header names that the format does not know. `mapping` is how `generic.csv` reads
    the files of any other tool.
    """

    key: Key
    format: str
    files: str
    account: str | None = None
    timezone: TimeZone | None = None
    currency: Currency | None = None
    overlap: Literal["cumulative", "replaces", "adds"] = "replaces"
    freshness: Freshness | None = None
    platform: Platform | None = None
    dimensions: tuple[str, ...] = ()
    days: Annotated[Whole, Field(ge=1, le=366)] | None = None
    link: str | None = None
    headers: Mapping[str, str] = {}
    mapping: FileMapping | None = None


# --- influencers ---------------------------------------------------------------------------------


class Influencer(Placed):
    key: Key
    was: Keys = ()
    name: str = Field(min_length=1, max_length=200)
    niche: str | None = None
    country: str | None = None
    accounts: Mapping[Platform, str] = {}
    followers: Mapping[Platform, Annotated[Whole, Field(ge=0)]] = {}


# --- campaigns -----------------------------------------------------------------------------------


class Money(Config):
    amount: Number = Field(ge=0)
    currency: Currency


class Scope(Config):
    platform: Platform | None = None
    content_type: ContentType | None = None
    influencer: Key | None = None


class Checkpoint(Config):
    by: Day
    value: Amount


class Kpi(Placed):
    key: Key
    label: str | None = None
    metric: str
    primary: Flag = False
    weight: Annotated[Number, Field(gt=0)] | None = None
    scope: Scope = Scope()
    target: Target
    schedule: tuple[Checkpoint, ...] = ()
    min_sample: Mapping[Literal["posts", "orders", "rows"], Annotated[Whole, Field(ge=1)]] = {}
    min_coverage: Annotated[Share, Field(ge=0, le=1)] | None = None
    on_missing: Literal["not_evaluable", "missed", "exclude"] = "not_evaluable"
    because: str | None = None
    each: Literal["influencer"] | None = None
    counts: Flag = False


class SuccessRule(Config):
    """`all`, `any`, `all_primary`, or `share_met` / `weighted` with the share needed (fraction of one)."""

    rule: Literal["all", "any", "all_primary", "share_met", "weighted"]
    share: Annotated[Share, Field(gt=0, le=1)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _take_form(cls, value: object) -> object:
        """Take `all_primary` or `{share_met: 80%}`."""
        if isinstance(value, Written):
            return {"rule": _plain_rule(value)}
        if not isinstance(value, Entry):
            return value
        rule = next(iter(value), "")
        if len(value) != 1 or rule not in SHARE_RULES:
            raise wrong_form(
                "is not a rule", "write all, any, all_primary, {share_met: 80%} or {weighted: 80%}"
            )
        return {"rule": rule, "share": value[rule]}


PLAIN_RULES = ("all", "any", "all_primary")
SHARE_RULES = ("share_met", "weighted")


def _plain_rule(written: str) -> str:
    if written in SHARE_RULES:
        raise wrong_form(f"{quoted(written)} needs its share", f"write {{{written}: 80%}}")
    if written not in PLAIN_RULES:
        raise wrong_form(
            f"{quoted(written)} is not a rule", did_you_mean(written, (*PLAIN_RULES, *SHARE_RULES))
        )
    return written


class TrackingKind(StrEnum):
    PROMO_CODE = "promo_code"
    CLICK_REF = "click_ref"
    UTM = "utm"
    LINK = "link"
    HASHTAG = "hashtag"


class Tracking(Placed):
    """One way a sale, visit or post is recognised.

    Values are normalised (case, NFKC, no '#') for comparison. For kind utm, `value` is
    `campaign=summer&content=maria` with the keys in that order, absent ones left out.
    Without dates it is valid from the campaign's start to its end + settle_days.
    """

    kind: TrackingKind
    value: str
    valid_from: Day
    valid_to: Day

    @model_validator(mode="before")
    @classmethod
    def _take_form(cls, value: object) -> object:
        """Take `{promo_code: THANDI10, from: ..., to: ...}`, `{utm_campaign: ..., utm_content: ...}`, ..."""
        if not isinstance(value, Entry):
            return value
        try:
            mark = read_mark(value)
        except TrackingError as error:
            raise wrong_form(error.wrong, error.right, error.at) from None
        place = Place(file=value.file, line=value.line, column=value.column)
        dates = {"valid_from": value["from"], "valid_to": value["to"]}
        return {"kind": mark.kind, "value": mark.value, "place": place, **dates}


class Participation(Placed):
    """An influencer in a campaign."""

    influencer: Key
    accepted_on: Day | None = None
    fee: Money | None = None
    deliverables: Mapping[ContentType, Annotated[Whole, Field(ge=1)]] = {}
    overrides: Mapping[Key, Amount] = {}
    tracking: tuple[Tracking, ...] = ()
    posts: tuple[PostName, ...] = ()


class Agreement(Config):
    on: Day
    by: tuple[str, ...] = ()
    ref: str | None = None


class Adjustment(Config):
    on: Day
    what: str
    why: str
    kpi: Key | None = None


class Cancellation(Config):
    on: Day
    because: str


class Campaign(Placed):
    """Read from config/campaigns/<key>.yml."""

    key: Key
    was: Keys = ()
    name: str = Field(min_length=1, max_length=200)
    objective: Literal["launch", "awareness", "consideration", "conversion", "retention"]
    supports: Key | None = None
    brand: str | None = None
    start: Day
    end: Day
    settle_days: Whole = Field(default=SETTLE_DAYS, ge=SETTLING[0], le=SETTLING[-1])
    budget: Money | None = None
    agreed: Agreement | None = None
    cancelled: Cancellation | None = None
    kpis: tuple[Kpi, ...] = Field(min_length=1)
    success: SuccessRule = SuccessRule(rule="all_primary")
    influencers: tuple[Participation, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _date_tracking(cls, value: object) -> object:
        return with_default_dates(value) if isinstance(value, Entry) else value

    @property
    def decided_on(self) -> date:
        """The day on which the numbers have settled and the verdict is taken."""
        return self.end + timedelta(days=self.settle_days)

    @property
    def currency(self) -> str | None:
        """The campaign's own currency: its budget's; None means the project's."""
        return self.budget.currency if self.budget else None


# --- the whole -----------------------------------------------------------------------------------


class BusinessKpi(Placed):
    """A KPI of the business (config/business.yml), its target per period."""

    key: Key
    label: str | None = None
    metric: str
    per: Literal["week", "month", "quarter", "year"]
    target: Target


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
