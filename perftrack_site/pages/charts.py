"""Charts as values: what is drawn, against what, and the sentence that says what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True)
class Mark:
    """One point or bar: `place` is a day (line) or a name; a `value` of None means nothing was known."""

    place: date | str
    value: Fraction | None


@dataclass(frozen=True)
class Series:
    """Marks of one kind; `role` names the CSS class that colours them."""

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

    line: days across, every series a line that breaks where nothing was known; bar: one series, a bar per
    mark; bullet: one bar against the target; stack: one bar in parts, each series a part with one mark.
    """

    kind: Literal["line", "bar", "bullet", "stack"]
    title: str
    axis: Axis
    series: tuple[Series, ...]
    sentence: str
    target: TargetLine | None = None
    upper: TargetLine | None = None  # the upper end of a `between` target
    annotations: tuple[Annotation, ...] = ()
