"""Whatever stands in the Report's texts, the pages keep their shape and show it as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from markupsafe import Markup
from page_reader import Reader, laid_out, read
from page_samples import sample

from perftrack_site.evaluation.report import InfluencerResult, Report
from perftrack_site.evaluation.report_json import documented_classes
from perftrack_site.pages import layout
from perftrack_site.pages.text import normalise

HOSTILE = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "</td></tr></table><h1>mine</h1>",
    "</div></details><form>",
    "<!-- comment",
    "--><b>out</b>",
    "<![CDATA[ x ]]>",
    "<?php x ?>",
    "[click](javascript:alert(1))",
    "![picture](http://a.example/x.png)",
    "a | b | c\n|---|---|---|",
    "# heading {#kpis}",
    "**bold** _it_ `code` ~~gone~~",
    "{: onclick=alert(1) }",
    "{{ 7 * 7 }} {% raw %} {# note #}",
    "&lt;b&gt; &#60; &amp;",
    "two\n\nparagraphs\n\n    code",
    "---\ntitle: mine\n---",
    "\x02amp\x03 wzxhzdk:0 klzzwxh:0001",
    "--8<-- 'mkdocs.yml'",
    "<https://a.example> www.a.example @handle",
    "]]> \\<b\\> \\",
    "\N{RIGHT-TO-LEFT OVERRIDE}txt.exe \ud83d half",
    "=cmd|' /C calc'!A0",
    '!!! note "mine"',
    "</svg><style>*{}</style>",
    "🫖 é e\N{COMBINING ACUTE ACCENT} \u2039\u203a",
]
PLAIN = "plain words"
# Names of things, not words of people: the reader of results.json and of config/ hold them to their form.
NAMES = {
    "key",
    "state",
    "verdict",
    "pace",
    "kind",
    "freshness",
    "unit",
    "op",
    "direction",
    "origin",
    "schema",
    "audience",
    "metric",
    "influencer",
    "met",
    "missed",
    "pending",
    "excluded",
    "kpi",
}
# Fields that no page prints as they stand.
UNSEEN = {
    "GoalCount.period",
    "Input.table",
    "FileLines.blob",
    "FileLines.lines",
    "FileShown.blob",
    "FileShown.source",
    "FileShown.format",
    "SkippedShown.rule",
    "PostShown.post_id",
    "PostShown.page_id",
    "PostShown.hidden",
}


def spoilt(value: Any, hostile: str, name: str = "") -> Any:  # noqa: ANN401 (walks any tree of dataclasses)
    """Put hostile text into every field that holds somebody's words, marked with the field's name."""
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            one.name: spoilt(getattr(value, one.name), hostile, f"{type(value).__name__}.{one.name}")
            for one in fields(value)
            if one.name not in NAMES and (type(value), one.name) != (InfluencerResult, "campaigns")
        }
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(spoilt(part, hostile, name) for part in value)
    if isinstance(value, dict):
        known = name == "PostShown.counters"
        return {
            key if known else mark(f"{name}.{key}", hostile): spoilt(part, hostile, name)
            for key, part in value.items()
        }
    return mark(name, hostile) if isinstance(value, str) else value


def mark(name: str, hostile: str) -> str:
    return f"Zz{name.replace('.', 'Zz')}Zz {hostile}"


def words_of(value: Any) -> Iterator[str]:  # noqa: ANN401 (walks any tree of dataclasses)
    """List the marked texts of a spoilt tree."""
    if is_dataclass(value) and not isinstance(value, type):
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, dict):
        yield from words_of(tuple(value))
        yield from words_of(tuple(value.values()))
    elif isinstance(value, tuple):
        for part in value:
            yield from words_of(part)
    elif isinstance(value, str) and value.startswith("Zz"):
        yield value


def small() -> Report:
    """The sample with one campaign of each kind, which is enough to show every field."""
    keys = {"gift-box", "reusables", "autumn-rituals", "thermos", "new-year", "festival"}
    report = sample()
    return replace(report, campaigns=tuple(one for one in report.campaigns if one.key in keys))


@dataclass(frozen=True)
class Laid:
    """A report, its pages in Markdown, and as a reader of the site gets them."""

    report: Report
    markdown: dict[str, str]
    pages: dict[str, Reader]


def lay(said: str, folder: Path) -> Laid:
    report = spoilt(small(), said)
    pages = laid_out(report, folder)
    return Laid(report, pages, {path: read(page) for path, page in pages.items()})


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Laid:
    return lay(PLAIN, tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module", params=HOSTILE)
def spoilt_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Laid:
    return lay(request.param, tmp_path_factory.mktemp("hostile"))


def assert_shape_is_kept(found: Laid, plain: Laid) -> None:
    """Compare every page with the one that holds plain words: the same tags, attributes and nesting."""
    assert set(found.pages) == set(plain.pages)
    for path, page in found.pages.items():
        assert page.skeleton == plain.pages[path].skeleton, path
        assert not page.nested_wrong, path
        assert not page.open, path


def test_every_text_of_the_report_is_spoilt(plain: Laid) -> None:
    spoilt_fields = {".".join(words.split("Zz")[1:3]) for words in words_of(plain.report)}
    texts = {
        f"{cls.__name__}.{one.name}"
        for cls in documented_classes()
        for one in fields(cls)
        if "str" in str(one.type)
    }
    names = {name for name in texts if name.split(".")[1] in NAMES}
    # Plain tuples of cells and the keys of dicts are marked by the field that holds them.
    assert texts - names - spoilt_fields == {"InfluencerResult.campaigns", "PostShown.counters"}


def test_no_markup_gets_in(spoilt_site: Laid, plain: Laid) -> None:
    assert_shape_is_kept(spoilt_site, plain)


def test_every_text_is_shown_as_it_was_written(spoilt_site: Laid) -> None:
    said = "\n".join(page.words for page in spoilt_site.pages.values())
    unseen = tuple(mark(name, "").strip() for name in UNSEEN)
    written = {words for words in words_of(spoilt_site.report) if not words.startswith(unseen)}
    assert {words for words in written if normalise(words) not in said} == set()


def test_a_title_cannot_leave_its_place(spoilt_site: Laid) -> None:
    for page in spoilt_site.markdown.values():
        front = yaml.safe_load(page.split("---\n")[1])
        assert set(front) == {"title", "hide"}
        assert "<" not in Markup(front["title"]).striptags()  # noqa: S704 (what the theme does)


def test_a_sink_that_lets_text_through_is_noticed(
    plain: Laid, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "text", lambda value: Markup(str(value)))  # noqa: S704 (the planted fault)
    with pytest.raises(AssertionError):
        assert_shape_is_kept(lay(HOSTILE[0], tmp_path), plain)
