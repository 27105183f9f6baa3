"""What all drawings share: exact scales, the grid of values, the target line, coordinates in decimals."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from perftrack_site.evaluation.shown import exactly, shown

from .charts import Chart, TargetLine
from .text import Trusted

WIDTH, HEIGHT = 400, 220
LEFT, RIGHT, TOP, BOTTOM = 47, 14, 34, 24  # room for the axis words
TICKS = 4
ABOVE, BELOW = -5, 14  # from a line to the base of the words above or below it
EMPTY = Trusted()


@dataclass(frozen=True)
class Scale:
    """Values [low, high] put on [start, end] of the drawing."""

    low: Fraction
    high: Fraction
    start: int
    end: int

    def __call__(self, value: Fraction | int) -> Fraction:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def value_scale(low: Fraction, high: Fraction) -> Scale:
    """Put a range of values on the height of the drawing, from a round number to a round number."""
    step = _step(high - low)
    return Scale(low // step * step, -(-high // step) * step, HEIGHT - BOTTOM, TOP)


def value_range(chart: Chart) -> tuple[Fraction, Fraction]:
    """Give the lowest and highest value drawn; 0 is always between them."""
    values = [mark.value for series in chart.series for mark in series.marks if mark.value is not None]
    values += [line.value for line in (chart.target, chart.upper) if line]
    return with_zero(values)


def with_zero(values: list[Fraction]) -> tuple[Fraction, Fraction]:
    """Give the range of `values` and 0; never an empty one."""
    low, high = min([Fraction(0), *values]), max([Fraction(0), *values])
    return low, high if high > low else low + 1


def _step(reach: Fraction) -> Fraction:
    """Choose the smallest of 1, 2, 5 x 10^n that needs no more than TICKS steps."""
    power = Fraction(10) ** (len(str(int(reach))) - len(str(int(1 / reach))) - 2)
    factors = (1, 2, 5, 10, 20, 50, 100, 200, 500)
    return next(power * factor for factor in factors if power * factor * TICKS >= reach)


def grid(chart: Chart, up: Scale) -> Trusted:
    """Draw a thin line for each round value."""
    step = _step(up.high - up.low)
    steps = range(int((up.high - up.low) / step) + 1)
    return EMPTY.join(
        Trusted(
            '<line class="pt-grid" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
            '<text class="pt-axis" x="{3}" y="{4}" text-anchor="end">{5}</text>'
        ).format(
            LEFT, WIDTH - RIGHT, at(up(value)), LEFT - 6, at(up(value) + 4), _tick(value, chart.axis.unit)
        )
        for value in (up.low + step * index for index in steps)
    )


def _tick(value: Fraction, unit: str) -> str:
    """Write a round value shortly: 40k, 1.5M, 3 %."""
    if unit == "share":
        return exactly(value, unit)
    sizes = ((10**9, "B"), (10**6, "M"), (10**3, "k"), (0, ""))
    size, letter = next(found for found in sizes if abs(value) >= found[0])
    return f"{exactly(value / (size or 1), 'count')}{letter}"


def target_line(line: TargetLine, up: Scale, label_y: Fraction, *, right: bool = False) -> Trusted:
    """Draw what the values are held against, with its words at `label_y` on the left or right."""
    x, anchor = (WIDTH - RIGHT - 4, "end") if right else (LEFT + 4, "start")
    return Trusted(
        '<line class="pt-target" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
        '<text class="pt-target-label" x="{3}" y="{4}" text-anchor="{5}">{6}</text>'
    ).format(LEFT, WIDTH - RIGHT, at(up(line.value)), x, at(label_y), anchor, line.label)


def held_against(value: Fraction, chart: Chart) -> str:
    """Write a value in words, never rounded over to the other side of the target."""
    target = chart.target.value if chart.target else None
    return shown(value, chart.axis.unit, chart.axis.currency, target=target)


def at(value: Fraction | int) -> str:
    """Write a coordinate with at most one decimal; exact, so the same everywhere."""
    tenths = (Fraction(value) * 20 + 1) // 2
    whole, tenth = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}{f'.{tenth}' if tenth else ''}"
