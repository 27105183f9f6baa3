"""From where an edition looks: the contracts, the period, the evaluation day, and what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from perftrack_site.config.models import Campaign, Kpi, Metric, Project, TrackingKind
from perftrack_site.evaluation.cells import Cells, Slice
from perftrack_site.evaluation.measures import Benchmark
from perftrack_site.evaluation.receipts import Books, number
from perftrack_site.evaluation.report import FileShown, Number, Period
from perftrack_site.evaluation.values import Demands, Value, value_of


@dataclass(frozen=True)
class Viewpoint:
    """Everything an edition's judgements are made from; `day` is its evaluation day."""

    project: Project
    period: Period
    day: date
    cells: Cells
    files: Sequence[FileShown]
    benchmarks: Sequence[Benchmark] = ()

    def currency(self, campaign: Campaign) -> str:
        """Name the currency in which a campaign's money is expressed."""
        return campaign.currency or self.project.settings.currency

    def has_begun(self, campaign: Campaign) -> bool:
        """Say whether there can be numbers yet."""
        return campaign.start <= self.day

    def value(self, campaign: Campaign, metric: str, part: Slice, kpi: Kpi | None = None) -> Value:
        """Work out a metric in a slice of a campaign, under the demands of a KPI where one is given."""
        if not self.has_begun(campaign):
            return Value(None, f"the campaign begins on {campaign.start}", ())
        demands = self._demands(campaign, part, kpi)
        return value_of(metric, self.project.catalogue, self.cells, part, demands)

    def number(self, campaign: Campaign, metric: Metric, found: Value) -> Number:
        """Put beside a campaign's value what its reader needs."""
        books = Books(self.project.catalogue, self.files, self.currency(campaign))
        return number(metric, found, books)

    def _demands(self, campaign: Campaign, part: Slice, kpi: Kpi | None) -> Demands:
        agreed = kpi.min_coverage if kpi else None
        return Demands(
            min_coverage=Fraction(self.project.settings.min_coverage if agreed is None else agreed),
            min_sample={str(noun): least for noun, least in kpi.min_sample.items()} if kpi else {},
            channels=self._channels(campaign, part.influencer),
        )

    def _channels(self, campaign: Campaign, influencer: str | None) -> frozenset[TrackingKind]:
        """List the kinds of tracking, of those that count, that lead to a campaign or one of its influencers."""
        return frozenset(
            tracking.kind
            for party in campaign.influencers
            for tracking in party.tracking
            if influencer in {None, party.influencer} and tracking.kind in self.project.settings.attribution
        )
