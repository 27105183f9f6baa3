"""Charts drawn as SVG: the same value gives the same bytes, colours and fonts come from the style sheet.

Coordinates are exact and written with one decimal. The boxes are made for a phone (400 units are 390 px
there), so that text stays readable; on a wide page charts stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from perftrack_site.evaluation.shown import exactly, shown

from .charts import Chart, Mark, Series, TargetLine
from .text import Trusted
from .words import short_day

WIDTH, HEIGHT = 400, 220
LEFT, RIGHT, TOP, BOTTOM = 47, 14, 34, 24  # room for the axis words
FLAG = 9  # middle of the numbered flags
TICKS = 4
BULLET_WIDTH, BULLET_HEIGHT = 120, 14
STACK_WIDTH, STACK_HEIGHT = 800, 30
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


def svg(chart: Chart) -> Trusted:
    """Draw a chart; its title and sentence are the drawing's name for those who do not see it."""
    width, height, drawing = {"line": _line, "bar": _bar, "bullet": _bullet, "stack": _stack}[chart.kind](
        chart
    )
    fit = "none" if chart.kind == "stack" else "xMidYMid"  # a bar without words may be stretched
    box = Trusted('viewBox="0 0 {} {}" preserveAspectRatio="{}"').format(width, height, fit)
    named = Trusted('role="img" aria-label="{}. {}" focusable="false"').format(chart.title, chart.sentence)
    return Trusted('<svg class="pt-chart pt-chart--{}" {} {}>{}</svg>').format(
        chart.kind, box, named, drawing
    )


# --- lines over days -----------------------------------------------------------------------------


def _line(chart: Chart) -> tuple[int, int, Trusted]:
    days = [_day(mark) for series in chart.series for mark in series.marks]
    days += [note.day for note in chart.annotations]
    first, last = min(days), max(days)
    across = Scale(_ordinal(first), max(_ordinal(last), _ordinal(first) + 1), LEFT, WIDTH - RIGHT)
    up = _value_scale(chart)
    parts = [_grid(chart, up), _days_axis(first, last, across), _flags(chart, across)]
    parts += [_target(line, up) for line in (chart.target, chart.upper) if line]
    parts += [_path(series, across, up) for series in chart.series]
    parts += [_last_point(series, chart, across, up) for series in chart.series if series.role == "actual"]
    return WIDTH, HEIGHT, EMPTY.join(parts)


def _days_axis(first: date, last: date, across: Scale) -> Trusted:
    middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
    ends = ((first, "start"), (middle, "middle"), (last, "end"))
    return EMPTY.join(
        Trusted('<text class="pt-axis" x="{}" y="{}" text-anchor="{}">{}</text>').format(
            _at(across(_ordinal(day))), HEIGHT - 6, anchor, short_day(day)
        )
        for day, anchor in ends
    )


def _flags(chart: Chart, across: Scale) -> Trusted:
    return EMPTY.join(
        Trusted(
            '<line class="pt-flag" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
            '<circle class="pt-flag-dot" cx="{0}" cy="{3}" r="7"/>'
            '<text class="pt-flag-number" x="{0}" y="{4}" text-anchor="middle">{5}</text>'
        ).format(_at(across(_ordinal(note.day))), FLAG + 7, HEIGHT - BOTTOM, FLAG, FLAG + 4, number)
        for number, note in enumerate(chart.annotations, start=1)
    )


def _path(series: Series, across: Scale, up: Scale) -> Trusted:
    """Draw the stretches in which something was known; a single known day becomes a dot."""
    drawn = []
    for known, stretch in groupby(series.marks, key=lambda mark: mark.value is not None):
        if known:
            spots = [(_at(across(_ordinal(_day(mark)))), _at(up(_known(mark)))) for mark in stretch]
            lines = " ".join(f"{'M' if index == 0 else 'L'}{x} {y}" for index, (x, y) in enumerate(spots))
            drawn.append(Trusted('<path class="pt-line pt-line--{}" d="{}"/>').format(series.role, lines))
            if len(spots) == 1:
                drawn.append(_dot(series.role, *spots[0]))
    return EMPTY.join(drawn)


def _last_point(series: Series, chart: Chart, across: Scale, up: Scale) -> Trusted:
    known = [mark for mark in series.marks if mark.value is not None]
    if not known:
        return EMPTY
    mark = known[-1]
    x, y = across(_ordinal(_day(mark))), up(_known(mark))
    anchor = "end" if x > WIDTH // 2 else "start"
    words = _held_against(_known(mark), chart)
    label = Trusted('<text class="pt-value" x="{}" y="{}" text-anchor="{}">{}</text>')
    return _dot(series.role, _at(x), _at(y)) + label.format(_at(x), _at(y - 8), anchor, words)


def _dot(role: str, x: str, y: str) -> Trusted:
    return Trusted('<circle class="pt-dot pt-dot--{}" cx="{}" cy="{}" r="3.5"/>').format(role, x, y)


# --- bars ----------------------------------------------------------------------------------------


def _bar(chart: Chart) -> tuple[int, int, Trusted]:
    bars = [(series.role, mark) for series in chart.series for mark in series.marks]
    up = _value_scale(chart)
    step = Fraction(WIDTH - LEFT - RIGHT, len(bars))
    middles = [LEFT + step * index + step / 2 for index in range(len(bars))]
    thick = min(step * Fraction(3, 5), Fraction(56))
    columns = [
        _column(role, mark, middle, thick, up) for middle, (role, mark) in zip(middles, bars, strict=True)
    ]
    words = [_column_words(mark, middle, up, chart) for middle, (_, mark) in zip(middles, bars, strict=True)]
    line = [_target(chart.target, up, FLAG + 4)] if chart.target else []  # in a row of its own above the bars
    return WIDTH, HEIGHT, EMPTY.join([_grid(chart, up), *columns, *line, *words])


def _column(role: str, mark: Mark, middle: Fraction, thick: Fraction, up: Scale) -> Trusted:
    top, bottom = sorted((up(_known(mark)), up(0)))
    return Trusted('<rect class="pt-bar pt-bar--{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        role, _at(middle - thick / 2), _at(top), _at(thick), _at(bottom - top)
    )


def _column_words(mark: Mark, middle: Fraction, up: Scale, chart: Chart) -> Trusted:
    """Write a bar's value above it and its name below; the words lie over the target line."""
    value = "none" if mark.value is None else _held_against(mark.value, chart)
    words = Trusted('<text class="pt-{}" x="{}" y="{}" text-anchor="middle">{}</text>')
    above = words.format(
        "value" if mark.value is not None else "axis", _at(middle), _at(up(_known(mark)) - 5), value
    )
    return above + words.format("axis", _at(middle), HEIGHT - 6, mark.place)


def _bullet(chart: Chart) -> tuple[int, int, Trusted]:
    series = chart.series[0]
    value = series.marks[0].value
    low, high = _range(chart)
    across = Scale(low, high * Fraction(11, 10), 0, BULLET_WIDTH)
    parts = [
        Trusted('<rect class="pt-track" x="0" y="3" width="{}" height="8" rx="1.5"/>').format(BULLET_WIDTH)
    ]
    if value is not None:
        left, right = sorted((across(0), across(value)))
        bar = Trusted('<rect class="pt-bar pt-bar--{}" x="{}" y="3" width="{}" height="8" rx="1.5"/>')
        parts.append(bar.format(series.role, _at(left), _at(right - left)))
    tick = Trusted('<rect class="pt-target-tick" x="{}" y="0" width="2" height="{}"/>')
    lines = [line for line in (chart.target, chart.upper) if line]
    parts += [tick.format(_at(across(line.value) - 1), BULLET_HEIGHT) for line in lines]
    return BULLET_WIDTH, BULLET_HEIGHT, EMPTY.join(parts)


def _stack(chart: Chart) -> tuple[int, int, Trusted]:
    total = sum((_known(series.marks[0]) for series in chart.series), Fraction(0))
    across = Scale(Fraction(0), max(total, Fraction(1)), 0, STACK_WIDTH)
    done, parts = Fraction(0), []
    for series in chart.series:
        size = _known(series.marks[0])
        part = Trusted('<rect class="pt-bar pt-bar--{}" x="{}" y="5" width="{}" height="20"/>')
        parts.append(part.format(series.role, _at(across(done)), _at(max(across(size) - 2, Fraction(0)))))
        done += size
    if chart.target:
        tick = Trusted('<rect class="pt-target-tick" x="{}" y="0" width="3" height="{}"/>')
        parts.append(tick.format(_at(across(chart.target.value) - 2), STACK_HEIGHT))
    return STACK_WIDTH, STACK_HEIGHT, EMPTY.join(parts)


# --- what they share -----------------------------------------------------------------------------


def _value_scale(chart: Chart) -> Scale:
    low, high = _range(chart)
    step = _step(high - low)
    return Scale(low // step * step, -(-high // step) * step, HEIGHT - BOTTOM, TOP)


def _range(chart: Chart) -> tuple[Fraction, Fraction]:
    values = [mark.value for series in chart.series for mark in series.marks if mark.value is not None]
    values += [line.value for line in (chart.target, chart.upper) if line]
    low, high = min([Fraction(0), *values]), max([Fraction(0), *values])
    return low, high if high > low else low + 1


def _step(reach: Fraction) -> Fraction:
    """Choose the smallest of 1, 2, 5 x 10^n that needs no more than TICKS steps."""
    power = Fraction(10) ** (len(str(int(reach))) - len(str(int(1 / reach))) - 2)
    factors = (1, 2, 5, 10, 20, 50, 100, 200, 500)
    return next(power * factor for factor in factors if power * factor * TICKS >= reach)


def _grid(chart: Chart, up: Scale) -> Trusted:
    step = _step(up.high - up.low)
    steps = range(int((up.high - up.low) / step) + 1)
    return EMPTY.join(
        Trusted(
            '<line class="pt-grid" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
            '<text class="pt-axis" x="{3}" y="{4}" text-anchor="end">{5}</text>'
        ).format(
            LEFT, WIDTH - RIGHT, _at(up(value)), LEFT - 6, _at(up(value) + 4), _tick(value, chart.axis.unit)
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


def _target(line: TargetLine, up: Scale, label_at: int | None = None) -> Trusted:
    y = up(line.value)
    return Trusted(
        '<line class="pt-target" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
        '<text class="pt-target-label" x="{3}" y="{4}">{5}</text>'
    ).format(LEFT, WIDTH - RIGHT, _at(y), LEFT + 4, _at(y - 5) if label_at is None else label_at, line.label)


def _held_against(value: Fraction, chart: Chart) -> str:
    target = chart.target.value if chart.target else None
    return shown(value, chart.axis.unit, chart.axis.currency, target=target)


def _at(value: Fraction | int) -> str:
    """Write a coordinate with at most one decimal; exact, so the same everywhere."""
    tenths = (Fraction(value) * 20 + 1) // 2
    whole, tenth = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}{f'.{tenth}' if tenth else ''}"


def _ordinal(day: date) -> Fraction:
    return Fraction(day.toordinal())


def _day(mark: Mark) -> date:
    if isinstance(mark.place, date):
        return mark.place
    raise TypeError(f"a line stands over days, not over {mark.place!r}")


def _known(mark: Mark) -> Fraction:
    return Fraction(0) if mark.value is None else mark.value


def table(chart: Chart) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Give the chart's numbers as a header and rows: places down, series across."""
    places = list(dict.fromkeys(mark.place for series in chart.series for mark in series.marks))
    header = ("", *(series.label for series in chart.series))
    return header, tuple((_place_words(place), *_row(chart, place)) for place in _in_order(places))


def _in_order(places: list[date | str]) -> Iterable[date | str]:
    return sorted(places, key=lambda place: place.isoformat() if isinstance(place, date) else "")


def _place_words(place: date | str) -> str:
    return f"{short_day(place)} {place.year}" if isinstance(place, date) else place


def _row(chart: Chart, place: date | str) -> Iterable[str]:
    for series in chart.series:
        value = next((mark.value for mark in reversed(series.marks) if mark.place == place), None)
        yield "" if value is None else _held_against(value, chart)
