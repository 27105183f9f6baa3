"""What a chart hands to Plotly: plain numbers, words that stay words, and nothing the schema does not know."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]
import pytest
from page_samples import in_flight, sample

from perftrack_site.pages import make_pages, plotly, write_shared
from perftrack_site.pages.charts import Annotation, Axis, Chart, Mark, Series, TargetLine
from perftrack_site.pages.plotly import Spec, number, plain, plotly_json, plotly_spec
from perftrack_site.pages.svg import KINDS, svg

DAYS = [date(2031, 1, day) for day in (1, 8, 15, 22)]
HOSTILE = '<a href="javascript:alert(1)">%{customdata[0]}</a> <b>&amp;</b> %{meta}'


def chart(kind: str, places: list[Any], *rows: tuple[int | None, ...], words: str = "Views") -> Chart:
    series = tuple(
        Series(f"{words} {index}", "actual", tuple(map(mark, places, row))) for index, row in enumerate(rows)
    )
    target = TargetLine(f"target {words}", Fraction(25))
    return Chart(kind, words, Axis("count"), series, "On the way.", target)  # type: ignore[arg-type]


def mark(place: date | str, value: int | None) -> Mark:
    return Mark(place, None if value is None else Fraction(value))


def every_kind(words: str = "Views") -> dict[str, Chart]:
    line = chart("line", DAYS, (10, None, 30, 40), (0, 5, 10, 15), words=words)
    days = [f"Mon {words}", f"Tue {words}"]
    return {
        "line": replace(line, annotations=(Annotation(DAYS[1], words),)),
        "sparkline": chart("sparkline", DAYS, (10, None, 30, 40), words=words),
        "bar": chart("bar", days, (10, 30), words=words),
        "stacked": chart("stacked", days, (10, 30), (3, 4), words=words),
        "bullet": chart("bullet", ["actual"], (10,), words=words),
        "stack": chart("stack", ["all"], (10,), (5,), words=words),
        "heatmap": chart("heatmap", days, (10, None), (3, 4), words=words),
    }


def walk(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 (walks any tree of JSON)
    """List every leaf of a spec with the key it stands under."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from walk(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from walk(part, key)
    else:
        yield key, value


def sample_specs() -> dict[str, Spec]:
    files = {path: content for page in make_pages(sample()) for path, content in page.files.items()}
    return {path: json.loads(text) for path, text in files.items() if '"hovertemplate"' in text}


def assert_no_template_holds_data(spec: Spec) -> None:
    leaves = list(walk(spec))
    assert {value for key, value in leaves if key.endswith("template")} == {plotly.HOVER}
    assert {value for key, value in leaves if key == "name"} <= {"target", "flag", "words"}
    assert not {"title", "customdata", "texttemplate"} & {key for key, _ in leaves}


def test_every_kind_of_chart_has_both_writers() -> None:
    assert set(every_kind()) == set(KINDS) == set(plotly.KINDS)
    for drawn in every_kind().values():
        assert svg(drawn).startswith(f'<svg class="pt-chart pt-chart--{drawn.kind}"')


@pytest.mark.parametrize("kind", KINDS)
def test_plotlys_own_schema_knows_everything_in_a_spec(kind: str) -> None:
    figure = go.Figure(plotly_spec(every_kind()[kind]))
    assert len(figure.data) == len(plotly_spec(every_kind()[kind])["data"])


def test_the_schema_refuses_a_misspelt_setting() -> None:
    spec = plotly_spec(every_kind()["line"])
    with pytest.raises(ValueError, match="conectgaps"):
        go.Figure({**spec, "data": [{**spec["data"][0], "conectgaps": False}]})


def test_every_chart_of_the_sample_pages_is_known_to_plotlys_schema() -> None:
    specs = sample_specs()
    assert {
        "goal-campaigns-meeting-kpis-share.json",
        "campaigns/autumn-rituals/kpi-views-progress.json",
    } <= set(specs)
    for spec in specs.values():
        assert go.Figure(spec).data


def test_p1_specs_lie_in_files_beside_the_page_and_no_page_has_a_script(docs: Path) -> None:
    for page in docs.rglob("*.md"):
        served = docs if page.name == "index.md" else page.with_suffix("")
        said = page.read_text("utf-8")
        assert "<script" not in said
        assert all((served / name).is_file() for name in re.findall('data-chart="([^"]+)"', said))


def test_p5_a_spec_is_a_plain_dict_without_plotlys_template_of_6_kb() -> None:
    made = plotly_json(every_kind()["line"])
    assert len(made) < 2500
    assert "template" not in json.loads(made)["layout"]
    assert plotly_json(every_kind()["line"]) == made


@pytest.mark.parametrize("kind", KINDS)
def test_p6_data_stands_in_texts_and_never_in_a_template(kind: str) -> None:
    assert_no_template_holds_data(plotly_spec(every_kind(HOSTILE)[kind]))
    assert not [value for _, value in walk(plotly_spec(every_kind(HOSTILE)[kind])) if "<a" in str(value)]


def test_p6_words_in_a_template_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plotly, "_said", lambda series, _: {"hovertemplate": series.label})
    with pytest.raises(AssertionError):
        assert_no_template_holds_data(plotly_spec(every_kind(HOSTILE)["line"]))


def test_p6_light_html_is_shown_as_it_is_written() -> None:
    assert plain("<b>a</b> & b\n") == "&lt;b&gt;a&lt;/b&gt; &amp; b"


@pytest.mark.parametrize("kind", KINDS)
def test_p7_numbers_are_plain_and_readable(kind: str) -> None:
    spec = plotly_spec(every_kind()[kind])
    assert {type(value) for _, value in walk(spec)} <= {str, int, float, bool, type(None)}
    assert not {"bdata", "dtype"} & {key for key, _ in walk(spec)}


@pytest.mark.parametrize(
    ("value", "drawn"),
    [("1/3", 0.333333), ("7/200", 0.035), ("1234567", 1234567), ("5/2", 2.5), ("-1/8", -0.125)],
)
def test_p7_a_drawn_number_has_six_digits_and_whole_ones_stay_whole(value: str, drawn: float) -> None:
    assert json.dumps(number(Fraction(value))) == json.dumps(drawn)


def test_p8_the_library_is_the_wheels_file_named_with_its_version(tmp_path: Path) -> None:
    write_shared(tmp_path)
    (copy,) = (tmp_path / "shared").iterdir()
    version = copy.name.removeprefix("plotly-").removesuffix(".min.js")
    assert f"plotly.js v{version}\n" in copy.read_text("utf-8")[:60]
    assert copy.stat().st_size > 1_000_000


def test_a_gap_stays_a_gap_and_the_words_say_so() -> None:
    (actual, _) = plotly_spec(every_kind()["line"])["data"]
    assert (actual["y"], actual["connectgaps"]) == ([10, None, 30, 40], False)
    assert actual["hovertext"][:2] == ["Views 0: 10", "Views 0: not known"]


def test_words_say_the_exact_side_of_the_target_although_the_drawing_rounds() -> None:
    share = Fraction(79_999_999, 100_000_000)
    near = Chart("bar", "Goal", Axis("share"), (Series("Share", "met", (Mark("Q1", share),)),), "Near.",
                 TargetLine("goal", Fraction(4, 5)))  # fmt: skip
    (bars,) = plotly_spec(near)["data"]
    assert bars["y"] == [0.8]
    assert bars["text"] == ["79.999999\u00a0%"]


def test_colours_are_left_to_the_style_sheet() -> None:
    for drawn in every_kind().values():
        said = {value for key, value in walk(plotly_spec(drawn)) if "color" in key}
        assert said == {"rgba(0,0,0,0)"}


def test_a_figure_names_its_numbers_and_the_shared_library_as_seen_from_its_page(docs: Path) -> None:
    page = (docs / "campaigns/autumn-rituals.md").read_text("utf-8")
    assert (
        f'data-chart="kpi-{in_flight().kpis[0].key}-progress.json" data-plotly="../../../shared/plotly-'
        in page
    )
    assert 'data-plotly="../shared/plotly-' in (docs / "index.md").read_text("utf-8")
