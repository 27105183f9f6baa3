"""Charts for exploring: the same values as plain Plotly specs, and where the wheel keeps Plotly's script.

A spec holds numbers for drawing and words for reading. Every word stands in `hovertext` or `text`; no template
holds data, because Plotly expands `%{...}` in templates, names and titles. Colours are not in it: a mark names
its role in `meta` (traces) or `name` (shapes), and the browser looks the colour up in the style sheet when it
draws, so that light, dark and the system's choice work.
"""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from perftrack_site.errors import EnvironmentFault

from .charts import Chart, Mark, Series, TargetLine, day_of, places
from .svg import place_words
from .svg_scale import held_against
from .text import normalise

Spec = dict[str, Any]

HOVER = "%{hovertext}<extra></extra>"  # the only template there is
DIGITS = 6  # of a number that is only drawn; the words beside it are exact
PLAIN = {"showgrid": False, "showspikes": False}
DATES = {**PLAIN, "type": "date", "tickformat": "%-d %b", "hoverformat": "%-d %b %Y", "nticks": 5}
NAMES = {**PLAIN, "type": "category", "fixedrange": True}
BARE = {"visible": False, "fixedrange": True}
MARGIN = {"l": 47, "r": 14, "t": 26, "b": 28}
VERSION = re.compile(r"\* plotly\.js v([0-9][0-9A-Za-z.+-]*)\n")


def plotly_json(chart: Chart) -> str:
    """Write a chart's spec as the file that lies beside its page."""
    return json.dumps(plotly_spec(chart), ensure_ascii=False, indent=1) + "\n"


def plotly_spec(chart: Chart) -> Spec:
    """Make a chart's Plotly spec: `data` and `layout`, of dicts, lists, words and numbers alone."""
    return KINDS[chart.kind](chart)


def library() -> tuple[str, Path]:
    """Name Plotly's script as pages load it, with its version, and the wheel's file that it is a copy of.

    EnvironmentFault where the installed Plotly has no script to give.
    """
    found = find_spec("plotly")  # found, not imported: that would take longer than all charts together
    folders = (found.submodule_search_locations if found else None) or []
    scripts = [Path(folder) / "package_data" / "plotly.min.js" for folder in folders]
    script = next((path for path in scripts if path.is_file()), None)
    if script is None:
        raise EnvironmentFault("The installed Plotly has no plotly.min.js; install the package plotly again.")
    with script.open(encoding="utf-8") as file:
        version = VERSION.search(file.read(200))
    return f"plotly-{version[1] if version else 'unknown'}.min.js", script


def write_shared(out: Path) -> None:
    """Write the files that all editions share to `shared/` below `out`, the root of the editions."""
    name, script = library()
    folder = out / "shared"
    folder.mkdir(parents=True)
    shutil.copyfile(script, folder / name)


# --- kinds ---------------------------------------------------------------------------------------


def _line(chart: Chart) -> Spec:
    data = [_way(chart, series) for series in chart.series]
    shapes = _targets(chart)
    flags = [_flag(note.day) for note in chart.annotations]
    layout = {"hovermode": "x unified", "xaxis": DATES, "yaxis": _values(chart), "shapes": [*shapes, *flags]}
    notes = [
        {"x": note.day.isoformat(), "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False,
         "text": str(place), "hovertext": plain(note.label)}
        for place, note in enumerate(chart.annotations, 1)
    ]  # fmt: skip
    return _spec(data, {**layout, "annotations": notes})


def _sparkline(chart: Chart) -> Spec:
    data = [_way(chart, series) for series in chart.series]
    layout = {"hovermode": "closest", "xaxis": {**DATES, **BARE}, "yaxis": BARE, "shapes": _targets(chart)}
    return _spec(data, layout)


def _way(chart: Chart, series: Series) -> Spec:
    """Draw one series over days; a gap stays a gap."""
    return {
        "type": "scatter",
        "mode": "lines+markers" if series.role == "actual" else "lines",
        "connectgaps": False,
        "meta": series.role,
        "x": [day_of(mark).isoformat() for mark in series.marks],
        "y": [number(mark.value) for mark in series.marks],
        **_said(series, chart),
    }


def _bar(chart: Chart) -> Spec:
    data = [
        {**_bars(chart, series), "text": [plain(_words(chart, mark)) for mark in series.marks],
         "textposition": "outside", "cliponaxis": False}
        for series in chart.series
    ]  # fmt: skip
    shapes = [part for line in (chart.target, chart.upper) if line for part in _level(line, label_above=True)]
    return _spec(data, {"xaxis": NAMES, "yaxis": _values(chart), "shapes": shapes})


def _stacked(chart: Chart) -> Spec:
    data = [_bars(chart, series) for series in chart.series]
    return _spec(
        data, {"barmode": "stack", "hovermode": "x unified", "xaxis": NAMES, "yaxis": _values(chart)}
    )


def _bars(chart: Chart, series: Series) -> Spec:
    return {
        "type": "bar",
        "meta": [mark.role or series.role for mark in series.marks],
        "x": [plain(place_words(mark.place)) for mark in series.marks],
        "y": [number(mark.value) for mark in series.marks],
        **_said(series, chart),
    }


def _lying(chart: Chart) -> Spec:
    """Draw one bar from left to right, in as many parts as there are series."""
    data = [
        {"type": "bar", "orientation": "h", "meta": [series.role], "y": [""],
         "x": [number(mark.value) for mark in series.marks], **_said(series, chart)}
        for series in chart.series
    ]  # fmt: skip
    shapes = [_upright(line) for line in (chart.target, chart.upper) if line]
    return _spec(data, {"barmode": "stack", "xaxis": _values(chart), "yaxis": BARE, "shapes": shapes})


def _heatmap(chart: Chart) -> Spec:
    columns = places(chart)
    rows = [{mark.place: mark for mark in series.marks} for series in chart.series]
    cells = [[row.get(place, Mark(place, None)) for place in columns] for row in rows]
    words = [
        [plain(f"{series.label}, {place_words(mark.place)}: {_words(chart, mark)}") for mark in row]
        for series, row in zip(chart.series, cells, strict=True)
    ]
    trace = {
        "type": "heatmap",
        "meta": "heat",
        "x": [plain(place_words(place)) for place in columns],
        "y": [plain(series.label) for series in chart.series],
        "z": [[number(mark.value) for mark in row] for row in cells],
        "hovertext": words,
        "hovertemplate": HOVER,
        "hoverongaps": False,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
    }
    return _spec([trace], {"xaxis": NAMES, "yaxis": {**NAMES, "autorange": "reversed"}})


KINDS = {
    "line": _line,
    "sparkline": _sparkline,
    "bar": _bar,
    "stacked": _stacked,
    "bullet": _lying,
    "stack": _lying,
    "heatmap": _heatmap,
}


# --- what they share -----------------------------------------------------------------------------


def _spec(data: list[Spec], layout: Spec) -> Spec:
    ground = "rgba(0,0,0,0)"  # the page shows through
    common = {"showlegend": False, "margin": MARGIN, "hovermode": "closest", "bargap": 0.4}
    return {"data": data, "layout": {**common, "paper_bgcolor": ground, "plot_bgcolor": ground, **layout}}


def _values(chart: Chart) -> Spec:
    """Make the value axis: whole per cent for shares, 40k and 1.5M for large numbers."""
    form = {"tickformat": ",.2~%"} if chart.axis.unit == "share" else {"exponentformat": "B"}
    return {"rangemode": "tozero", "fixedrange": True, "nticks": 6, **form}


def _targets(chart: Chart) -> list[Spec]:
    return [part for line in (chart.target, chart.upper) if line for part in _level(line)]


def _level(line: TargetLine, *, label_above: bool = False) -> list[Spec]:
    """Draw a line across with its words on it; above the whole drawing where bars would stand behind them."""
    label = {"text": plain(line.label), "textposition": "start", "yanchor": "bottom"}
    across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1}
    drawn = {**across, "name": "target", "y0": number(line.value), "y1": number(line.value)}
    if not label_above:
        return [{**drawn, "label": label}]
    return [drawn, {**across, "name": "words", "yref": "paper", "y0": 1, "y1": 1, "label": label}]


def _upright(line: TargetLine) -> Spec:
    ends = {"yref": "paper", "y0": 0, "y1": 1, "x0": number(line.value), "x1": number(line.value)}
    return {"type": "line", "name": "target", **ends}


def _flag(day: date) -> Spec:
    ends = {"yref": "paper", "y0": 0, "y1": 1, "x0": day.isoformat(), "x1": day.isoformat()}
    return {"type": "line", "name": "flag", **ends}


def _said(series: Series, chart: Chart) -> Spec:
    """Put each mark's value into words for whoever points at it."""
    words = [plain(f"{series.label}: {_words(chart, mark)}") for mark in series.marks]
    return {"hovertext": words, "hovertemplate": HOVER}


def _words(chart: Chart, mark: Mark) -> str:
    return "not known" if mark.value is None else held_against(mark.value, chart)


def number(value: Fraction | None) -> int | float | None:
    """Round a number for drawing: whole ones stay whole, others keep six digits."""
    if value is None or value.denominator == 1:
        return value if value is None else int(value)
    return float(f"{float(value):.{DIGITS}g}")


def plain(words: str) -> str:
    """Write words so that Plotly, which reads a light HTML in texts, shows them as they are."""
    return normalise(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
