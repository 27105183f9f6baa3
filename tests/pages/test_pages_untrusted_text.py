"""Whatever stands in the Report's texts, the pages keep their shape and show it as it is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import pytest
import yaml
from markupsafe import Markup
from page_reader import Reader, laid_out, read
from spoiling import HOSTILE, KEYS, NAMES, OWN, PLAIN, UNSEEN, mark, small, spoilt, words_of

from perftrack_site.evaluation.report import Report
from perftrack_site.evaluation.report_json import documented_classes
from perftrack_site.pages import layout
from perftrack_site.pages.text import normalise
from perftrack_site.pages.words import BADGES


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
    assert texts - names - OWN - spoilt_fields == {
        "PostShown.counters",
        *(f"{cls.__name__}.{name}" for cls, name in KEYS),
    }


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
        assert set(front) - {"tags"} == {"title", "hide"}
        assert set(front.get("tags", [])) <= {badge.word for badge in BADGES.values()}
        assert "<" not in Markup(front["title"]).striptags()  # noqa: S704 (what the theme does)


def test_a_sink_that_lets_text_through_is_noticed(
    plain: Laid, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "text", lambda value: Markup(str(value)))  # noqa: S704 (the planted fault)
    with pytest.raises(AssertionError):
        assert_shape_is_kept(lay(HOSTILE[0], tmp_path), plain)
