"""What others reach: an outside figure beside a KPI, where like can be set beside like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from perftrack_site.config.models import Metric, Project, Scope
from perftrack_site.evaluation.measures import Benchmark
from perftrack_site.evaluation.report import BenchmarkShown, FileLines, FileShown
from perftrack_site.evaluation.shown import side
from perftrack_site.evaluation.tiers import tier
from perftrack_site.evaluation.words import scope_in_words

Standing = Literal["above", "level", "below"]
STANDINGS: dict[int, Standing] = {1: "above", 0: "level", -1: "below"}
IN_MONEY = "not comparable: the source names no currency"


@dataclass(frozen=True)
class Place:
    """Among whom a figure holds; None is any."""

    platform: str
    tier: str | None
    content_type: str | None

    def broader(self) -> Iterator[Place]:
        """List this place and those around it, the nearest first."""
        yield self
        yield Place(self.platform, self.tier, None)
        yield Place(self.platform, None, None)


def place_of(project: Project, scope: Scope, influencer: str | None) -> Place | None:
    """Find where a KPI is measured; None where its platform cannot be told.

    An influencer with accounts on one platform only is measured there. A campaign as a whole has no tier.
    """
    if influencer is None:
        return Place(scope.platform, None, scope.content_type) if scope.platform else None
    person = project.influencer(influencer)
    platforms = [scope.platform] if scope.platform else list(person.accounts)
    if len(platforms) != 1:
        return None
    own_tier = tier(person.followers.values(), project.settings.tiers)
    return Place(platforms[0], own_tier, scope.content_type)


def benchmark_of(
    metric: Metric,
    place: Place,
    actual: Fraction | None,
    figures: Sequence[Benchmark],
    files: Sequence[FileShown],
) -> BenchmarkShown | None:
    """Choose the figure of the nearest place with the metric's own basis, else one with another and say so.

    Of several in one place the newest counts, of those the one with the largest sample. Figures of one sector
    are left out: no contract says which sector it is in.
    """
    general = [one for one in figures if one.metric == metric.key.casefold() and one.sector is None]
    like = [one for one in general if metric.basis and one.basis == metric.basis.casefold()]
    found = _nearest(place, like) or _nearest(place, general)
    if found is None:
        return None
    note = _objection(metric, found)
    value = Fraction(found.value)
    return BenchmarkShown(
        value=value,
        unit=metric.unit,
        statistic=found.statistic,
        sample=found.sample,
        year=found.year,
        source=found.published_by,
        scope=_in_words(found),
        standing=None if note or actual is None else STANDINGS[side(actual, value)],
        note=note,
        file=FileLines(files[found.file].path, files[found.file].blob, found.lines),
    )


def _nearest(place: Place, figures: Sequence[Benchmark]) -> Benchmark | None:
    for wanted in place.broader():
        if there := [one for one in figures if _place(one) == _folded(wanted)]:
            return max(there, key=_weight)
    return None


def _place(figure: Benchmark) -> Place:
    return Place(figure.platform, figure.tier, figure.content_type)


def _folded(place: Place) -> Place:
    return Place(place.platform.casefold(), place.tier and place.tier.casefold(), place.content_type)


def _weight(figure: Benchmark) -> tuple[int, int, str, str, Fraction]:
    """Order figures of one place, whatever the order in which they come."""
    return (figure.year, figure.sample or 0, figure.published_by, figure.statistic, Fraction(figure.value))


def _objection(metric: Metric, figure: Benchmark) -> str | None:
    if metric.basis is None:
        return f"not comparable: source uses {figure.basis}, this KPI is a total"
    if figure.basis != metric.basis.casefold():
        return f"not comparable: source uses {figure.basis}, this KPI uses {metric.basis}"
    return IN_MONEY if metric.unit == "money" else None


def _in_words(figure: Benchmark) -> str:
    among = f"among {figure.tier} influencers " if figure.tier else ""
    return f"{among}{scope_in_words(figure.platform, figure.content_type)}"
