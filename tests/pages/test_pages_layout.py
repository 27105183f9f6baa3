"""Templates lay out and decide nothing; a workspace may put its own in the place of ours, file by file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import nodes
from page_reader import laid_out
from page_samples import sample

from perftrack_site import packaged
from perftrack_site.errors import ConfigError
from perftrack_site.pages.layout import make_environment, tidy

TEMPLATES = sorted(packaged.templates().rglob("*.j2"))


def write(folder: Path, path: str, content: str) -> Path:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content, encoding="utf-8")
    return folder


def test_a_workspace_overrides_one_template_and_keeps_the_others(tmp_path: Path) -> None:
    own = write(tmp_path / "own", "site_templates/pages/campaigns.md.j2", "<h1>Ours: {{ total }}</h1>\n")
    pages = laid_out(sample(), tmp_path / "docs", own)
    assert pages["campaigns.md"].endswith("---\n\n<h1>Ours: 13</h1>\n")
    assert "What needs attention" in pages["index.md"]


def test_a_workspace_overrides_an_asset_and_a_part(tmp_path: Path) -> None:
    own = write(tmp_path / "own", "site_templates/assets/perftrack.css", "/* ours */")
    write(own, "site_templates/parts/badge.html.j2", "{% macro badge(one) %}({{ one.word }}){% endmacro %}")
    pages = laid_out(sample(), tmp_path / "docs", own)
    assert (tmp_path / "docs/assets/perftrack.css").read_text() == "/* ours */"
    assert "(Missed so far)" in pages["index.md"]


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("{{ nothing }}", "'nothing' is undefined"),
        ("{{ groups[0].vibes }}", "has no attribute 'vibes'"),
        ("{% if %}", "Expected an expression"),
        ("{{ period | safe }}", "No filter named 'safe'"),
        ("{{ range(3) }}", "'range' is undefined"),
        ("{{ groups }}", "a page shows words and whole numbers"),
        ("{% include 'parts/none.html.j2' %}", "parts/none.html.j2"),
    ],
)
def test_a_template_that_does_not_work_is_named_and_nothing_is_written(
    tmp_path: Path, template: str, fault: str
) -> None:
    own = write(tmp_path / "own", "site_templates/pages/campaigns.md.j2", template)
    with pytest.raises(ConfigError) as raised:
        laid_out(sample(), tmp_path / "docs", own)
    assert fault in str(raised.value)
    assert "site_templates/pages/campaigns.md.j2" in str(raised.value)
    assert not (tmp_path / "docs").exists()


def test_blank_lines_stand_around_markdown_headings_only() -> None:
    assert tidy("<div>\n\n  <p>a</p>\n\n</div>\n## B {: #b }\n<p>c</p>\n") == (
        "<div>\n<p>a</p>\n</div>\n\n## B {: #b }\n\n<p>c</p>\n"
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_our_templates_join_no_texts_and_switch_no_escaping_off(path: Path) -> None:
    tree = make_environment(packaged.templates()).parse(path.read_text("utf-8"))
    assert not list(tree.find_all((nodes.Concat, nodes.Add, nodes.Mod)))
    assert {str(vars(found)["name"]) for found in tree.find_all(nodes.Filter)} <= {"length"}


def test_a_template_that_switches_escaping_off_still_prints_words_only(tmp_path: Path) -> None:
    template = "{% autoescape false %}{{ name }}{% endautoescape %}"
    assert make_environment(tmp_path).from_string(template).render(name="<b>") == "&#60;b&#62;"


def test_no_campaign_or_influencer_is_named_in_templates_or_code() -> None:
    report = sample()
    names = {one.name for one in report.campaigns} | {one.name for one in report.influencers}
    names |= {one.key for one in report.campaigns if "-" in one.key}
    code = [*TEMPLATES, *sorted((Path(packaged.templates()).parent / "perftrack_site/pages").glob("*.py"))]
    said = "\n".join(path.read_text("utf-8") for path in code)
    assert not [name for name in names if re.search(rf"\b{re.escape(name)}\b", said)]
