"""Charts as values: what is drawn, against what, and the sentence that says what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True)
class Mark:
    """One point or bar: `place` is a day (line, sparkline) or a name; a `value` of None: nothing was known."""

    place: date | str
    value: Fraction | None
    role: str | None = None  # where it is coloured otherwise than its series


@dataclass(frozen=True)
class Series:
    """Marks of one kind; `role` says what they mean (met, missed, schedule ...) and so how they are coloured."""

    label: str
    role: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Axis:
    """The value axis; `unit` and `currency` as in the Report."""

    unit: str
    currency: str | None = None


@dataclass(frozen=True)
class TargetLine:
    """The value the series are held against."""

    label: str
    value: Fraction


@dataclass(frozen=True)
class Annotation:
    """Something that happened on a day of a line chart; drawn as a numbered flag."""

    day: date
    label: str


@dataclass(frozen=True)
class Chart:
    """A chart.

    line: days across, every series a line that breaks where nothing was known; sparkline: one such line
    without axes; bar: one series, a bar per mark; stacked: a bar per place, each series a part of it; bullet:
    one bar against the target; stack: one lying bar, each series a part with one mark; heatmap: each series
    a row, its marks cells that are darker the higher their value.
    """

    kind: Literal["line", "sparkline", "bar", "stacked", "bullet", "stack", "heatmap"]
    title: str
    axis: Axis
    series: tuple[Series, ...]
    sentence: str
    target: TargetLine | None = None
    upper: TargetLine | None = None  # the upper end of a `between` target
    annotations: tuple[Annotation, ...] = ()


def known(mark: Mark) -> Fraction:
    """Give the mark's value for drawing, 0 where nothing was known."""
    return Fraction(0) if mark.value is None else mark.value


def day_of(mark: Mark) -> date:
    """Give the mark's day. TypeError for a mark that stands over a name."""
    if isinstance(mark.place, date):
        return mark.place
    raise TypeError(f"a line stands over days, not over {mark.place!r}")


def places(chart: Chart) -> list[date | str]:
    """List the places of all series once each: days in order, names as they come."""
    found = dict.fromkeys(mark.place for series in chart.series for mark in series.marks)
    return sorted(found, key=lambda place: place.isoformat() if isinstance(place, date) else "")
