"""Bars beside each other, bars in parts, and the small bars of a table cell."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

from .charts import Chart, Mark, known, places
from .svg_scale import (
    EMPTY,
    HEIGHT,
    LEFT,
    RIGHT,
    WIDTH,
    Scale,
    at,
    grid,
    held_against,
    target_line,
    value_range,
    value_scale,
    with_zero,
)
from .text import Trusted

Found = TypeVar("Found")

TARGET_WORDS = Fraction(13)  # in a row of their own above the bars
BAR, BAR_WORDS = 56, 54  # a bar's greatest thickness; the room that the words of one bar need
BULLET_WIDTH, BULLET_HEIGHT = 120, 14
STACK_WIDTH, STACK_HEIGHT = 800, 30


def bar(chart: Chart) -> tuple[int, int, Trusted]:
    """Draw a bar per mark, its value above and its name below."""
    bars = [(mark.role or series.role, mark) for series in chart.series for mark in series.marks]
    up, middles, thick = value_scale(*value_range(chart)), _middles(len(bars)), _thickness(len(bars))
    columns = [
        _column(role, mid, thick, up(0), up(known(mark)))
        for mid, (role, mark) in zip(middles, bars, strict=True)
    ]
    words = [
        _bar_words(mark, mid, up, chart)
        for mid, (_, mark) in _labelled(list(zip(middles, bars, strict=True)))
    ]
    lines = [target_line(chart.target, up, TARGET_WORDS)] if chart.target else []
    return WIDTH, HEIGHT, EMPTY.join([grid(chart, up), *columns, *lines, *words])


def stacked(chart: Chart) -> tuple[int, int, Trusted]:
    """Draw a bar per place; the series lie on each other in their order, the sum stands above."""
    names = [str(place) for place in places(chart)]
    sums = [sum(parts, Fraction(0)) for parts in _parts(chart, names)]
    up, middles, thick = value_scale(*with_zero(sums)), _middles(len(names)), _thickness(len(names))
    columns = [
        _pile(chart, parts, mid, thick, up) for mid, parts in zip(middles, _parts(chart, names), strict=True)
    ]
    totals = [Mark(name, total) for name, total in zip(names, sums, strict=True)]
    words = [
        _bar_words(mark, mid, up, chart) for mid, mark in _labelled(list(zip(middles, totals, strict=True)))
    ]
    return WIDTH, HEIGHT, EMPTY.join([grid(chart, up), *columns, *words])


def _parts(chart: Chart, names: list[str]) -> list[list[Fraction]]:
    """List for each place the value of each series there."""
    values = [{mark.place: known(mark) for mark in series.marks} for series in chart.series]
    return [[found.get(name, Fraction(0)) for found in values] for name in names]


def _pile(chart: Chart, parts: list[Fraction], middle: Fraction, thick: Fraction, up: Scale) -> Trusted:
    done, drawn = Fraction(0), []
    for series, size in zip(chart.series, parts, strict=True):
        drawn += [_column(series.role, middle, thick, up(done), up(done + size))] if size else []
        done += size
    return EMPTY.join(drawn)


def _middles(bars: int) -> list[Fraction]:
    step = Fraction(WIDTH - LEFT - RIGHT, bars)
    return [LEFT + step * index + step / 2 for index in range(bars)]


def _thickness(bars: int) -> Fraction:
    return min(Fraction(WIDTH - LEFT - RIGHT, bars) * Fraction(3, 5), Fraction(BAR))


def _labelled(bars: Sequence[Found]) -> Sequence[Found]:
    """Choose the bars that get words, counted from the newest: as many as fit beside each other."""
    every = -(-BAR_WORDS * len(bars) // (WIDTH - LEFT - RIGHT))
    return bars[::-1][::every]


def _column(role: str, middle: Fraction, thick: Fraction, start: Fraction, end: Fraction) -> Trusted:
    """Draw a column between two heights of the drawing."""
    top, bottom = min(start, end), max(start, end)
    return Trusted('<rect class="pt-bar pt-bar--{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        role, at(middle - thick / 2), at(top), at(thick), at(bottom - top)
    )


def _bar_words(mark: Mark, middle: Fraction, up: Scale, chart: Chart) -> Trusted:
    """Write a bar's value above it and its name below; the words lie over the target line."""
    value = "none" if mark.value is None else held_against(mark.value, chart)
    words = Trusted('<text class="pt-{}" x="{}" y="{}" text-anchor="middle">{}</text>')
    above = words.format(
        "value" if mark.value is not None else "axis",
        at(middle),
        at(up(max(known(mark), Fraction(0))) - 5),
        value,
    )
    return above + words.format("axis", at(middle), HEIGHT - 6, str(mark.place))


def bullet(chart: Chart) -> tuple[int, int, Trusted]:
    """Draw one bar against the tick of its target."""
    series = chart.series[0]
    value = series.marks[0].value
    low, high = value_range(chart)
    across = Scale(low, high * Fraction(11, 10), 0, BULLET_WIDTH)
    parts = [
        Trusted('<rect class="pt-track" x="0" y="3" width="{}" height="8" rx="1.5"/>').format(BULLET_WIDTH)
    ]
    if value is not None:
        left, right = sorted((across(0), across(value)))
        drawn = Trusted('<rect class="pt-bar pt-bar--{}" x="{}" y="3" width="{}" height="8" rx="1.5"/>')
        parts.append(drawn.format(series.role, at(left), at(right - left)))
    tick = Trusted('<rect class="pt-target-tick" x="{}" y="0" width="2" height="{}"/>')
    lines = [line for line in (chart.target, chart.upper) if line]
    parts += [tick.format(at(across(line.value) - 1), BULLET_HEIGHT) for line in lines]
    return BULLET_WIDTH, BULLET_HEIGHT, EMPTY.join(parts)


def stack(chart: Chart) -> tuple[int, int, Trusted]:
    """Draw one lying bar in parts, with the tick of its target."""
    total = sum((known(series.marks[0]) for series in chart.series), Fraction(0))
    across = Scale(Fraction(0), max(total, Fraction(1)), 0, STACK_WIDTH)
    done, parts = Fraction(0), []
    for series in chart.series:
        size = known(series.marks[0])
        part = Trusted('<rect class="pt-bar pt-bar--{}" x="{}" y="5" width="{}" height="20"/>')
        parts.append(part.format(series.role, at(across(done)), at(max(across(size) - 2, Fraction(0)))))
        done += size
    if chart.target:
        tick = Trusted('<rect class="pt-target-tick" x="{}" y="0" width="3" height="{}"/>')
        parts.append(tick.format(at(across(chart.target.value) - 2), STACK_HEIGHT))
    return STACK_WIDTH, STACK_HEIGHT, EMPTY.join(parts)
