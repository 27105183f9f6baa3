"""Charts drawn as SVG: the same value gives the same bytes, colours and fonts come from the style sheet.

Coordinates are exact and written with one decimal. The boxes are made for a phone (400 units are 390 px
there), so that text stays readable; on a wide page charts stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .charts import Chart, places
from .svg_bars import bar, bullet, stack, stacked
from .svg_heat import heatmap
from .svg_lines import line, sparkline
from .svg_scale import held_against
from .text import Trusted
from .words import short_day

KINDS = {
    "line": line,
    "sparkline": sparkline,
    "bar": bar,
    "stacked": stacked,
    "bullet": bullet,
    "stack": stack,
    "heatmap": heatmap,
}


def svg(chart: Chart) -> Trusted:
    """Draw a chart; its title and sentence are the drawing's name for those who do not see it."""
    width, height, drawing = KINDS[chart.kind](chart)
    fit = "none" if chart.kind == "stack" else "xMidYMid"  # a bar without words may be stretched
    box = Trusted('viewBox="0 0 {} {}" preserveAspectRatio="{}"').format(width, height, fit)
    named = Trusted('role="img" aria-label="{}. {}" focusable="false"').format(chart.title, chart.sentence)
    return Trusted('<svg class="pt-chart pt-chart--{}" {} {}>{}</svg>').format(
        chart.kind, box, named, drawing
    )


def table(chart: Chart) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Give the chart's numbers as a header and rows: places down, series across."""
    header = ("", *(series.label for series in chart.series))
    return header, tuple((place_words(place), *_row(chart, place)) for place in places(chart))


def place_words(place: date | str) -> str:
    """Write a place of a chart: a day with its year, or its name."""
    return f"{short_day(place)} {place.year}" if isinstance(place, date) else place


def _row(chart: Chart, place: date | str) -> Iterable[str]:
    for series in chart.series:
        value = next((mark.value for mark in reversed(series.marks) if mark.place == place), None)
        yield "" if value is None else held_against(value, chart)
