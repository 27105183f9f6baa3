"""The Report: everything a site says, as one frozen value that round-trips through results.json.

Pages, downloads, audiences and anybody's own scripts work on this value only. Numbers are exact Fractions
(written `"7/2"` or `"12"`); days are ISO dates. Schema: docs/results.md, version in `schema`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

SCHEMA = "perftrack.report/1"

State = Literal["planned", "in_flight", "settling", "decided", "cancelled"]
Verdict = Literal["exceeded", "met", "missed", "not_evaluable"]
Pace = Literal["on_track", "watch", "at_risk"]


@dataclass(frozen=True)
class Period:
    key: str  # 2026-Q4
    kind: Literal["week", "month", "quarter", "year"]
    label: str  # Q4 2026
    start: date
    end: date
    cutoff: date  # what was known by then is shown: end + grace, at most as_of


# --- receipts ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FileLines:
    """Lines of one committed file: ranges `2-9,14`, and the file's git blob id."""

    path: str
    blob: str
    lines: str


@dataclass(frozen=True)
class Input:
    """One total that entered a number: `metric` summed over `covered` of `rows` rows."""

    metric: str
    label: str
    expr: str  # what was added up, in the words of the catalogue: likes + comments
    table: str
    total: Fraction | None
    unit: str
    currency: str | None
    rows: int
    covered: int
    files: tuple[FileLines, ...]


@dataclass(frozen=True)
class Receipt:
    """Where a number comes from."""

    formula: str  # engagements / reach
    inputs: tuple[Input, ...]
    as_at: date | None
    rejects: int  # rejected records in the files that were used


@dataclass(frozen=True)
class Number:
    """An exact number with what a reader needs beside it. `value` is None when it cannot be said (`why`)."""

    metric: str
    value: Fraction | None
    unit: str  # count money share score seconds days
    currency: str | None
    basis: str | None
    why: str | None
    covered: int
    rows: int
    row_noun: str  # posts, orders, payments
    note: str | None  # sum of post reaches, an upper bound; self-reported ...
    origin: str  # measured estimated self_reported
    receipt: Receipt | None


# --- KPIs and campaigns --------------------------------------------------------------------------


@dataclass(frozen=True)
class TargetShown:
    op: Literal[">=", "<=", "between"]
    value: Fraction
    upper: Fraction | None
    stretch: Fraction | None
    unit: str
    currency: str | None


@dataclass(frozen=True)
class Point:
    """One day of a KPI's progress: the value to date, or None where nothing was known."""

    day: date
    value: Fraction | None


@dataclass(frozen=True)
class ScheduleShown:
    by: date
    value: Fraction


@dataclass(frozen=True)
class Earlier:
    """The same metric in the same scope, in a campaign of the influencer that was decided before this one."""

    campaign: str
    name: str
    ended: date
    actual: Number
    verdict: Verdict | None  # null where it had no target there


@dataclass(frozen=True)
class BenchmarkShown:
    """What others reach, from a committed list of outside figures. It is set beside a KPI, never into its verdict."""

    value: Fraction  # in the unit of the KPI's metric
    unit: str
    statistic: str  # median, mean ... as its publisher calls it
    sample: int | None  # null where it is not told
    year: int
    source: str  # who published it
    scope: str  # in words: among micro influencers, on Instagram
    standing: Literal["above", "level", "below"] | None  # of the actual; null where the two do not compare
    note: str | None  # why they do not compare
    file: FileLines


@dataclass(frozen=True)
class KpiResult:
    """A KPI's actual against its target. `influencer` is set for `each: influencer` and for scoped KPIs."""

    key: str
    label: str
    metric: str
    scope: str  # in words: "on Instagram"; empty for all
    influencer: str | None
    primary: bool  # needed by the rule as primary (all are where none is marked); influencers are not told
    counts: bool  # counts towards the campaign's verdict
    weight: Fraction | None
    target: TargetShown
    actual: Number
    verdict: Verdict | None  # decided campaigns only
    pace: Pace | None  # in-flight campaigns only
    needed_now: Fraction | None  # what should stand by the evaluation day
    gap: Fraction | None  # actual - target, in the target's unit
    per_day: Fraction | None  # still needed per remaining day (counts, in flight)
    reason: str | None  # for not_evaluable: in words
    treated_as: str | None  # not evaluable, by on_missing: "missed" or "left out: " and why it was agreed
    schedule: tuple[ScheduleShown, ...]
    progress: tuple[Point, ...]
    in_period: Number | None  # the same metric within the edition's period
    earlier: tuple[Earlier, ...] = field(default=())  # newest first; only in an influencer's own Report
    benchmark: BenchmarkShown | None = field(default=None)


@dataclass(frozen=True)
class PostShown:
    platform: str
    post_id: str
    page_id: str  # opaque, stable
    influencer: str | None
    content_type: str
    published_on: date
    caption: str
    permalink: str
    counters: dict[str, int]  # views reach likes comments shares saves, those that are known
    engagements: int | None
    hidden: tuple[str, ...]  # counters the platform did not give


@dataclass(frozen=True)
class Feedback:
    """What a rule says to an influencer, in a sentence with the numbers it stands on."""

    rule: str  # which rule spoke: target_met, post_stood_out ...
    kind: Literal["worked", "would_help"]
    kpi: str | None  # the KPI it is about
    sentence: str
    posts: tuple[str, ...]  # the page_id of each post it stands on


@dataclass(frozen=True)
class ParticipationShown:
    """An influencer within a campaign."""

    influencer: str
    name: str
    accepted_on: date | None
    fee: Fraction | None
    fee_currency: str | None
    deliverables: dict[str, int]
    delivered: dict[str, int]  # posts found, by content type
    kpis: tuple[KpiResult, ...]
    totals: tuple[Number, ...]  # views, reach, engagements, orders, revenue
    tracking: tuple[str, ...]  # in words: promo code THANDI10
    feedback: tuple[Feedback, ...] = field(default=())  # only in an influencer's own Report


@dataclass(frozen=True)
class AgreementShown:
    on: date
    by: tuple[str, ...]
    ref: str | None


@dataclass(frozen=True)
class AdjustmentShown:
    on: date
    what: str
    why: str
    kpi: str | None


@dataclass(frozen=True)
class CampaignResult:
    key: str
    name: str
    brand: str | None
    objective: str
    start: date
    end: date
    decided_on: date
    state: State
    verdict: Verdict | None  # decided only
    pace: Pace | None  # in flight: the worst pace among the KPIs its rule needs
    reason: str | None  # why not evaluable, cancelled, excluded
    success: str  # the rule in words
    kpis_met: int  # of its own KPIs that count
    kpis_decided: int
    budget: Fraction | None
    currency: str
    agreed: AgreementShown | None
    kpis: tuple[KpiResult, ...]
    influencers: tuple[ParticipationShown, ...]
    posts: tuple[PostShown, ...]
    adjustments: tuple[AdjustmentShown, ...]
    in_edition: bool  # [start, decided_on] meets the edition's period


# --- goals ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GoalCount:
    """A goal in one period. Shares are of `denominator`; campaigns are listed by key."""

    period: str
    label: str
    met: tuple[str, ...]  # met or exceeded
    missed: tuple[str, ...]
    pending: tuple[str, ...]  # would be decided in this period, but are not yet
    excluded: tuple[str, ...]  # cancelled, not evaluable, excluded: reason in CampaignResult.reason
    denominator: int
    share: Fraction | None
    best: Fraction | None  # if all pending are met
    worst: Fraction | None  # if none is
    reached: bool | None  # None: cannot be said
    why: str | None  # when it cannot be said


@dataclass(frozen=True)
class GoalResult:
    key: str
    label: str
    rule: str  # the rule in words, with its denominator
    per: str
    target: TargetShown
    current: GoalCount
    history: tuple[GoalCount, ...]  # earlier periods, oldest first
    kpis_met: int  # share of all KPIs met, beside it, in the current period
    kpis_decided: int


# --- influencers ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class InfluencerResult:
    key: str
    name: str
    niche: str | None
    country: str | None
    tier: str | None
    accounts: dict[str, str]
    followers: dict[str, int]  # self-reported
    campaigns: tuple[str, ...]  # keys, newest first


# --- metrics and data quality --------------------------------------------------------------------


@dataclass(frozen=True)
class MetricShown:
    key: str
    label: str
    definition: str
    formula: str
    unit: str
    basis: str | None
    direction: str
    additive: bool
    note: str | None
    origin: str
    definition_version: int
    effective_from: date
    has_source: bool


@dataclass(frozen=True)
class SkippedShown:
    rule: str
    reason: str
    records: int


@dataclass(frozen=True)
class RejectShown:
    """A reject without its raw value."""

    path: str
    first_line: int
    last_line: int
    column: str
    rule: str
    reason: str


@dataclass(frozen=True)
class FileShown:
    path: str
    blob: str
    source: str
    format: str
    extracted_at: datetime  # UTC
    records: int
    accepted: int
    rejected: int
    duplicates: int
    skipped: tuple[SkippedShown, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class SourceShown:
    key: str
    format: str
    files: int
    records: int
    newest: date | None
    age_days: int | None  # at the evaluation day
    freshness: Literal["fresh", "warn", "stale", "none", "no limit"]
    limit: str | None
    account: str | None = field(default=None)  # the influencer whose account it reads


@dataclass(frozen=True)
class Check:
    """A data check: its heading and the rows it returned (none is good)."""

    key: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Quality:
    files: tuple[FileShown, ...]
    sources: tuple[SourceShown, ...]
    rejects: tuple[RejectShown, ...]
    checks: tuple[Check, ...]  # falling counters, conflicts, unattributed codes ...
    unclaimed: tuple[str, ...]


# --- integration ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gap:
    """Days that nothing tells of, both ends in it."""

    from_day: date
    to_day: date


@dataclass(frozen=True)
class SourceCover:
    """What a source covers: the days its facts are of, and how many of them may still change."""

    key: str
    platform: str
    label: str  # what its files are
    first_day: date | None
    last_day: date | None
    days: int  # told one by one; 0 where its files do not tell day by day
    provisional_days: int
    gaps: tuple[Gap, ...]
    told_again: int = field(default=0)  # facts that a later file tells as they were: counted once
    restated: int = field(default=0)  # facts that a later file tells otherwise: the newest is believed


@dataclass(frozen=True)
class PlatformFeeds:
    """What the files of a platform can feed, all its formats together."""

    platform: str
    sources: int  # declared here
    metrics: tuple[str, ...]  # on which KPIs can be agreed
    waiting: tuple[str, ...]  # whose numbers are read and kept, and enter no KPI yet


@dataclass(frozen=True)
class WitnessShown:
    """What one source tells of the sales of a month; several witnesses are laid side by side, never added."""

    month: str  # 2026-11
    kind: str  # shop, payments, analytics, affiliate or tracking sheet
    source: str
    currency: str | None
    sales: int
    amount: Fraction | None


@dataclass(frozen=True)
class Integration:
    sources: tuple[SourceCover, ...] = ()
    platforms: tuple[PlatformFeeds, ...] = ()
    witnesses: tuple[WitnessShown, ...] = ()


@dataclass(frozen=True)
class Report:
    project: str
    timezone: str
    currency: str
    audience: str
    as_of: date
    period: Period
    goals: tuple[GoalResult, ...]
    campaigns: tuple[CampaignResult, ...]
    influencers: tuple[InfluencerResult, ...]
    metrics: tuple[MetricShown, ...]
    quality: Quality
    integration: Integration = field(default=Integration())
    schema: str = field(default=SCHEMA)
