"""Charts are values; drawing one gives the same SVG every time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from page_samples import goal, in_flight

from perftrack_site.pages.charts import Annotation, Axis, Chart, Mark, Series, TargetLine
from perftrack_site.pages.figures import figure, history_charts, progress_chart, tally_bar
from perftrack_site.pages.svg import svg, table

DAYS = [date(2031, 1, day) for day in (1, 8, 15, 22)]


def line(*values: int | None) -> Chart:
    marks = tuple(
        Mark(day, None if value is None else Fraction(value)) for day, value in zip(DAYS, values, strict=True)
    )
    return Chart("line", "Views", Axis("count"), (Series("Actual", "actual", marks),), "On the way.")


def bar(*values: Fraction | None) -> Chart:
    series = tuple(
        Series(f"Q{number}", "met", (Mark(f"Q{number}", value),)) for number, value in enumerate(values)
    )
    return Chart("bar", "Goal", Axis("share"), series, "Up.", TargetLine("goal 80 %", Fraction(4, 5)))


def drawn(chart: Chart, tag: str) -> list[ET.Element]:
    return [element for element in ET.fromstring(svg(chart)).iter() if element.tag == tag]  # noqa: S314 (our own)


def test_a_drawing_has_a_name_for_those_who_do_not_see_it() -> None:
    drawing = ET.fromstring(svg(line(1, 2, 3, 4)))  # noqa: S314 (our own)
    assert (drawing.get("role"), drawing.get("aria-label")) == ("img", "Views. On the way.")


def test_a_line_runs_from_the_first_day_to_the_last_and_up_from_zero() -> None:
    # 400 units wide with 47 and 14 beside; 220 high with 34 above and 24 below; 0 to 40 up
    (path,) = drawn(line(0, 20, 30, 40), "path")
    assert path.get("d") == "M47 196 L160 115 L273 74.5 L386 34"


def test_a_line_breaks_where_nothing_was_known() -> None:
    paths = [path.get("d") or "" for path in drawn(line(10, None, 30, 40), "path")]
    assert [len(re.findall("[ML]", path)) for path in paths] == [1, 2]


def test_a_single_known_day_is_a_dot() -> None:
    assert len(drawn(line(10, None, 30, 40), "circle")) == 2  # the lonely day and the last one


def test_nothing_known_draws_an_empty_line() -> None:
    assert not drawn(line(None, None, None, None), "path")


def test_bars_stand_in_order_and_their_heights_are_exact() -> None:
    rects = drawn(bar(Fraction(2, 5), Fraction(4, 5)), "rect")
    assert [rect.get("height") for rect in rects] == ["81", "162"]  # the scale ends at 80 %


def test_negative_values_hang_below_zero() -> None:
    (below, above) = drawn(bar(Fraction(-1, 5), Fraction(4, 5)), "rect")
    assert float(below.get("y") or 0) == float(above.get("y") or 0) + float(above.get("height") or 0)


@pytest.mark.parametrize(
    ("top", "ticks"),
    [(40000, "0 10k 20k 30k 40k"), (7, "0 2 4 6 8"), (1, "0 0.5 1"), (2500000, "0 1M 2M 3M"), (0, "0 0.5 1")],
)
def test_axis_steps_are_one_two_or_five(top: int, ticks: str) -> None:
    words = [
        text.text or "" for text in drawn(line(0, 0, 0, top), "text") if text.get("text-anchor") == "end"
    ]
    assert " ".join(words[: len(ticks.split())]) == ticks


def test_annotations_are_numbered_flags_with_their_words_beside() -> None:
    noted = Chart(**{**line(1, 2, 3, 4).__dict__, "annotations": (Annotation(DAYS[1], "moved to 19:00"),)})
    assert figure(noted, "campaigns/x.md", "progress").notes == ("8 Jan 2031: moved to 19:00",)
    assert "1" in [text.text for text in drawn(noted, "text") if text.get("class") == "pt-flag-number"]


def test_the_table_holds_every_number_of_the_chart() -> None:
    assert table(line(10, None, 30, 40)) == (
        ("", "Actual"),
        (("1 Jan 2031", "10"), ("8 Jan 2031", ""), ("15 Jan 2031", "30"), ("22 Jan 2031", "40")),
    )


def test_stacked_bars_lie_on_each_other_and_their_sum_stands_above() -> None:
    parts = {"met": (8, 2), "missed": (2, 3)}
    series = tuple(
        Series(
            role, role, tuple(Mark(f"Q{quarter}", Fraction(value)) for quarter, value in enumerate(values, 1))
        )
        for role, values in parts.items()
    )
    chart = Chart("stacked", "Counted", Axis("count"), series, "Ten and five.")
    rects = [(rect.get("class"), rect.get("y"), rect.get("height")) for rect in drawn(chart, "rect")]
    # 162 units for 0 to 10, from 196 up: 8 are 129.6 and 2 are 32.4
    assert rects[:2] == [("pt-bar pt-bar--met", "66.4", "129.6"), ("pt-bar pt-bar--missed", "34", "32.4")]
    assert [text.text for text in drawn(chart, "text") if text.get("class") == "pt-value"] == ["5", "10"]


def test_a_sparkline_is_a_line_a_target_and_no_words() -> None:
    chart = replace(line(10, None, 30, 40), kind="sparkline", target=TargetLine("target", Fraction(20)))
    tags = [element.tag for element in ET.fromstring(svg(chart)).iter()]  # noqa: S314 (our own)
    assert tags == ["svg", "line", "path", "circle", "path", "circle"]
    assert drawn(chart, "line")[0].get("y1") == "12"  # half of 24


def test_cells_are_darker_the_higher_their_value_and_empty_where_nothing_was_known() -> None:
    marks = tuple(
        Mark(day, value) for day, value in zip("MTW", (Fraction(0), Fraction(10), None), strict=True)
    )
    chart = Chart("heatmap", "Posts", Axis("count"), (Series("reels", "heat", marks),), "Tuesdays.")
    shades = [rect.get("class") for rect in drawn(chart, "rect")]
    assert shades == ["pt-heat pt-heat--0", "pt-heat pt-heat--5", "pt-heat pt-heat--none"]


def test_words_of_target_and_value_stand_on_different_halves() -> None:
    for values, sides in (((39, None, None, None), {"start", "end"}), ((1, 2, 3, 39), {"end", "start"})):
        chart = replace(line(*values), target=TargetLine("target 40", Fraction(40)))
        (target,) = (text for text in drawn(chart, "text") if text.get("class") == "pt-target-label")
        (value,) = (text for text in drawn(chart, "text") if text.get("class") == "pt-value")
        assert {target.get("text-anchor"), value.get("text-anchor")} == sides
        assert (float(target.get("x") or 0) < 200) != (float(value.get("x") or 0) < 200)


def test_a_single_day_is_named_once() -> None:
    (actual,) = line(1, 2, 3, 4).series
    chart = replace(line(1, 2, 3, 4), series=(replace(actual, marks=actual.marks[:1]),))
    assert [text.text for text in drawn(chart, "text") if text.get("y") == "214"] == ["1 Jan"]


def test_words_of_many_bars_do_not_run_into_each_other() -> None:
    chart = bar(*[Fraction(1, 2)] * 12)
    names = [float(text.get("x") or 0) for text in drawn(chart, "text") if (text.text or "").startswith("Q")]
    assert min(left - right for left, right in pairwise(names)) >= 54
    assert len(drawn(chart, "rect")) == 12


def test_amounts_are_scheduled_in_straight_lines_from_the_day_before_the_start() -> None:
    chart = progress_chart(in_flight(), in_flight().kpis[1], adds_up=True)
    assert chart is not None
    assert chart.series[1].marks == (
        Mark(date(2031, 10, 3), Fraction(0)),
        Mark(date(2031, 11, 9), Fraction(200000)),
        Mark(date(2031, 12, 14), Fraction(400000)),
    )


def test_rates_are_scheduled_in_steps() -> None:
    chart = progress_chart(in_flight(), in_flight().kpis[0], adds_up=False)
    assert chart is not None
    assert [(mark.place, mark.value) for mark in chart.series[1].marks] == [
        (date(2031, 10, 4), Fraction(3, 100)),
        (date(2031, 11, 2), Fraction(3, 100)),
        (date(2031, 11, 2), Fraction(7, 200)),
        (date(2031, 12, 14), Fraction(7, 200)),
    ]


def test_a_charts_sentence_says_what_it_shows() -> None:
    chart = history_charts(goal())["share"]
    assert chart is not None
    assert chart.sentence == (
        "The goal was reached in 1 of 2 finished quarters. Q4 2031 stands at 66.7\u00a0% so far. "
        "Q1 2031 cannot be said: only 1 campaign decided, 5 needed."
    )


def test_the_tally_is_one_bar_in_parts_with_the_goals_mark() -> None:
    met, missed, pending, mark = ET.fromstring(tally_bar(goal()))  # noqa: S314 (our own)
    assert [part.get("width") for part in (met, missed, pending)] == ["318", "158", "318"]  # 4, 2, 4 of 800
    assert mark.get("x") == "638"  # 80 % of 800, less half its thickness


def test_colours_come_from_the_style_sheet_only() -> None:
    for chart in (line(1, 2, 3, 4), bar(Fraction(1, 2))):
        assert not re.search(r'(?:fill|stroke|style|color)="', svg(chart))
