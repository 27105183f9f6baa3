"""Lines over days: the way of a number against its target, and the same small enough for a table cell."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import groupby

from .charts import Chart, Mark, Series, day_of, known
from .svg_scale import (
    ABOVE,
    BELOW,
    BOTTOM,
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
)
from .text import Trusted
from .words import short_day

FLAG = 9  # middle of the numbered flags
LABEL = 22  # a label's room: this much below the top it stays clear of the flags
SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 96, 24, 3


def line(chart: Chart) -> tuple[int, int, Trusted]:
    """Draw lines over days with target, schedule and flags."""
    across, up = _across(chart, LEFT, WIDTH - RIGHT), value_scale(*value_range(chart))
    way = _known_marks(chart)
    parts = [grid(chart, up), _days_axis(chart, across), _flags(chart, across)]
    parts += _targets(chart, up, right=bool(way) and _on_left(way[-1], across))
    parts += [_path(series, across, up) for series in chart.series]
    parts += [_last_point(way, chart, across, up)] if way else []
    return WIDTH, HEIGHT, EMPTY.join(parts)


def sparkline(chart: Chart) -> tuple[int, int, Trusted]:
    """Draw one line without axes or words, its target as a thin line."""
    low, high = value_range(chart)
    up = Scale(low, high, SPARK_HEIGHT - SPARK_EDGE, SPARK_EDGE)
    across = _across(chart, 0, SPARK_WIDTH - SPARK_EDGE)
    mark = Trusted('<line class="pt-target" x1="0" x2="{0}" y1="{1}" y2="{1}"/>')
    parts = [mark.format(SPARK_WIDTH, at(up(chart.target.value)))] if chart.target else []
    parts += [_path(series, across, up) for series in chart.series]
    if way := _known_marks(chart):
        parts.append(_dot("actual", at(across(_ordinal(way[-1]))), at(up(known(way[-1])))))
    return SPARK_WIDTH, SPARK_HEIGHT, EMPTY.join(parts)


def _across(chart: Chart, start: int, end: int) -> Scale:
    first, last = _first_and_last(chart)
    return Scale(
        Fraction(first.toordinal()), Fraction(max(last.toordinal(), first.toordinal() + 1)), start, end
    )


def _first_and_last(chart: Chart) -> tuple[date, date]:
    days = [day_of(mark) for series in chart.series for mark in series.marks]
    days += [note.day for note in chart.annotations]
    return min(days), max(days)


def _days_axis(chart: Chart, across: Scale) -> Trusted:
    first, last = _first_and_last(chart)
    middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
    anchors = {last: "end", middle: "middle", first: "start"}  # one label a day, where days fall together
    return EMPTY.join(
        Trusted('<text class="pt-axis" x="{}" y="{}" text-anchor="{}">{}</text>').format(
            at(across(day.toordinal())), HEIGHT - 6, anchor, short_day(day)
        )
        for day, anchor in sorted(anchors.items())
    )


def _flags(chart: Chart, across: Scale) -> Trusted:
    return EMPTY.join(
        Trusted(
            '<line class="pt-flag" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
            '<circle class="pt-flag-dot" cx="{0}" cy="{3}" r="7"/>'
            '<text class="pt-flag-number" x="{0}" y="{4}" text-anchor="middle">{5}</text>'
        ).format(at(across(note.day.toordinal())), FLAG + 7, HEIGHT - BOTTOM, FLAG, FLAG + 4, number)
        for number, note in enumerate(chart.annotations, start=1)
    )


def _targets(chart: Chart, up: Scale, *, right: bool) -> list[Trusted]:
    """Label the target above its line; of two, the lower below its line, so that a narrow band stays readable."""
    offset = BELOW if chart.upper else ABOVE
    lines = ((chart.target, offset), (chart.upper, ABOVE))
    return [target_line(one, up, up(one.value) + away, right=right) for one, away in lines if one]


def _path(series: Series, across: Scale, up: Scale) -> Trusted:
    """Draw the stretches in which something was known; a single known day becomes a dot."""
    drawn = []
    for something, stretch in groupby(series.marks, key=lambda mark: mark.value is not None):
        if something:
            spots = [(at(across(_ordinal(mark))), at(up(known(mark)))) for mark in stretch]
            lines = " ".join(f"{'M' if index == 0 else 'L'}{x} {y}" for index, (x, y) in enumerate(spots))
            drawn.append(Trusted('<path class="pt-line pt-line--{}" d="{}"/>').format(series.role, lines))
            if len(spots) == 1:
                drawn.append(_dot(series.role, *spots[0]))
    return EMPTY.join(drawn)


def _known_marks(chart: Chart) -> list[Mark]:
    marks = [mark for series in chart.series if series.role == "actual" for mark in series.marks]
    return [mark for mark in marks if mark.value is not None]


def _on_left(mark: Mark, across: Scale) -> bool:
    return across(_ordinal(mark)) <= Fraction(WIDTH, 2)


def _last_point(way: list[Mark], chart: Chart, across: Scale, up: Scale) -> Trusted:
    """Mark the newest value; its words stand where the target's words and the line before it leave room."""
    mark = way[-1]
    x, y = across(_ordinal(mark)), up(known(mark))
    falling = len(way) > 1 and known(way[-2]) > known(mark)
    crossed = any(y - LABEL <= up(one.value) < y - 4 for one in (chart.target, chart.upper) if one)
    below = y - 8 < LABEL or ((falling or crossed) and y + 18 < HEIGHT - BOTTOM)
    anchor = "start" if _on_left(mark, across) else "end"
    label = Trusted('<text class="pt-value" x="{}" y="{}" text-anchor="{}">{}</text>')
    words = label.format(at(x), at(y + 18 if below else y - 8), anchor, held_against(known(mark), chart))
    return _dot("actual", at(x), at(y)) + words


def _dot(role: str, x: str, y: str) -> Trusted:
    return Trusted('<circle class="pt-dot pt-dot--{}" cx="{}" cy="{}" r="3.5"/>').format(role, x, y)


def _ordinal(mark: Mark) -> Fraction:
    return Fraction(day_of(mark).toordinal())
