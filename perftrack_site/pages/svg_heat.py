"""A table of cells that are darker the higher their value."""

from __future__ import annotations

from fractions import Fraction

from .charts import Chart, Series, places
from .svg_scale import EMPTY, WIDTH, Scale, at, held_against, value_range
from .text import Trusted

SHADES = 5  # classes pt-heat--0 (lowest) to pt-heat--5; a cell without a value has pt-heat--none
LEFT, ROW, HEAD = 84, 26, 20  # room for the names of rows; height of a row; height of the names of columns
NARROW = 30  # a cell this narrow has no words


def heatmap(chart: Chart) -> tuple[int, int, Trusted]:
    """Draw a row of cells for each series, a column for each place."""
    names = [str(place) for place in places(chart)]
    low, high = value_range(chart)
    shade = Scale(low, high, 0, SHADES)
    cell = Fraction(WIDTH - LEFT, len(names))
    heads = [
        _words(LEFT + cell * index + cell / 2, HEAD - 6, "axis", "middle", name)
        for index, name in enumerate(names)
    ]
    rows = [
        _row(chart, series, names, HEAD + ROW * index, shade) for index, series in enumerate(chart.series)
    ]
    return WIDTH, HEAD + ROW * len(chart.series), EMPTY.join([*heads, *rows])


def _row(chart: Chart, series: Series, names: list[str], top: int, shade: Scale) -> Trusted:
    cell = Fraction(WIDTH - LEFT, len(names))
    values = {str(mark.place): mark.value for mark in series.marks}
    parts = [_words(Fraction(LEFT - 6), top + 17, "axis", "end", series.label)]
    for index, name in enumerate(names):
        value, left = values.get(name), LEFT + cell * index
        tone = "none" if value is None else str(round(shade(value)))
        rect = Trusted('<rect class="pt-heat pt-heat--{}" x="{}" y="{}" width="{}" height="{}"/>')
        parts.append(rect.format(tone, at(left), top, at(cell - 2), ROW - 2))
        if value is not None and cell > NARROW:
            words = held_against(value, chart)
            parts.append(_words(left + (cell - 2) / 2, top + 17, f"heat-{tone}", "middle", words))
    return EMPTY.join(parts)


def _words(x: Fraction, y: int, kind: str, anchor: str, words: str) -> Trusted:
    label = Trusted('<text class="pt-{}" x="{}" y="{}" text-anchor="{}">{}</text>')
    return label.format(kind, at(x), y, anchor, words)
