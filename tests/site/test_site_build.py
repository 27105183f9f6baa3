from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from site_helpers import settings, with_archive, write_docs

from perftrack_site.editions.digest import tree_digest
from perftrack_site.errors import ConfigError, EnvironmentFault, SiteError
from perftrack_site.packaged import merge_templates
from perftrack_site.site import mkdocs
from perftrack_site.site.build import build_site, site_url
from perftrack_site.site.links import check_links

HOSTILE = 'A & "B" <script>x</script> 🍵'


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One edition of a project with a hostile name, at its place below the root of a site."""
    root = tmp_path_factory.mktemp("edition")
    build_site(write_docs(root / "docs"), root / "out/2026-Q4", settings(root / "workspace", HOSTILE))
    return root / "out/2026-Q4"


def test_pages_and_downloads_are_laid_out(edition: Path) -> None:
    for name in ("index.html", "campaigns/index.html", "campaigns/spring/index.html", "results.json"):
        assert (edition / name).is_file()
    assert "rooibos" in (edition / "campaigns/spring/index.html").read_text("utf-8")
    assert "rooibos" in (edition / "search/search_index.json").read_text("utf-8")
    assert not list(edition.rglob("*.map"))


def test_every_link_of_the_theme_and_of_the_pages_leads_somewhere(edition: Path) -> None:
    assert check_links(with_archive(edition.parent), mkdocs.NO_ADDRESS) == ()


def test_a_broken_link_is_found_in_a_built_tree(tmp_path: Path) -> None:
    docs = write_docs(tmp_path / "docs", {"influencers.md": '# I\n\n<p><a href="../gone/">x</a></p>\n'})
    build_site(docs, tmp_path / "out/2026-Q4", settings(tmp_path / "workspace"))
    [fault] = check_links(with_archive(tmp_path / "out"), "http://localhost/")
    assert fault.place.startswith("2026-Q4/influencers/index.html:")
    assert str(fault).endswith('href="../gone/": leads to no file')


def test_the_navigation_is_the_same_on_every_page_and_names_no_campaign(edition: Path) -> None:
    page = (edition / "campaigns/spring/index.html").read_text("utf-8")
    tabs = page[page.index('class="md-tabs"') : page.index("<main")]
    assert [title for title in ("Overview", "Campaigns", "How we measure") if title not in tabs] == []
    assert "Spring" not in tabs


def test_a_name_is_text_wherever_the_theme_prints_it(edition: Path) -> None:
    shown = "A &amp; &quot;B&quot; &lt;script&gt;x&lt;/script&gt; &#127861;"
    page = (edition / "index.html").read_text("utf-8")
    assert "<script>x" not in page
    assert "&amp;amp;" not in page
    assert f"<title>{shown}</title>" in page
    assert f'title="{shown}"' in page
    assert f"{shown} · Q4 2026 · as at 21 November 2026" in page


def test_the_search_dialog_has_a_name(edition: Path) -> None:
    page = (edition / "index.html").read_text("utf-8")
    assert page.count('role="dialog" aria-label="Search"') == page.count('role="dialog"') == 1


def test_no_page_names_its_generator_or_asks_another_host(edition: Path) -> None:
    for path in edition.rglob("*.html"):
        page = path.read_text("utf-8")
        assert 'name="generator"' not in page
        assert "googleapis" not in page
        assert "Content-Security-Policy" in page


def test_the_page_for_what_is_missing_finds_its_styles_at_any_depth(edition: Path) -> None:
    page = (edition / "404.html").read_text("utf-8")
    assert '<link rel="stylesheet" href="/2026-Q4/assets/perftrack.css">' in page
    assert "This page is not in this edition" in page


def test_a_site_with_an_address_names_it(tmp_path: Path) -> None:
    told = settings(tmp_path / "workspace")
    with (told.workspace / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("site_url: https://reports.example.com/umoja\n")
    build_site(write_docs(tmp_path / "docs"), tmp_path / "out", told)
    address = "https://reports.example.com/umoja/2026-Q4/campaigns/spring/"
    assert f'<link rel="canonical" href="{address}">' in (
        tmp_path / "out/campaigns/spring/index.html"
    ).read_text("utf-8")
    assert address in (tmp_path / "out/sitemap.xml").read_text("utf-8")
    assert site_url(told.workspace) == "https://reports.example.com/umoja/"


def test_a_workspace_overrides_the_theme_file_by_file_and_adds_styles(tmp_path: Path) -> None:
    told = settings(tmp_path / "workspace")
    templates = told.workspace / "site_templates"
    (templates / "overrides").mkdir(parents=True)
    (templates / "overrides/404.html").write_text(
        '{% extends "main.html" %}{% block content %}Lost{% endblock %}'
    )
    with (told.workspace / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("extra_css: [assets/brand.css]\n")
    docs = write_docs(tmp_path / "docs", {"assets/brand.css": "p { color: teal }"})
    theme = merge_templates(told.workspace, tmp_path / "templates") / "overrides"
    build_site(docs, tmp_path / "out", replace(told, theme=theme))
    page = (tmp_path / "out/404.html").read_text("utf-8")
    assert "Lost" in page
    assert "as at 21 November 2026" in page
    assert page.index("assets/theme.css") < page.index("assets/brand.css")


BUILD = """
import sys; from pathlib import Path
from perftrack_site.site.build import build_site
from site_helpers import settings, write_docs
root = Path(sys.argv[1])
build_site(write_docs(root / "docs"), root / "out", settings(root / "workspace"))
"""


def build_under(root: Path, **environment: str) -> str:
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[2])])
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": path, **environment}
    root.mkdir()
    subprocess.run([sys.executable, "-c", BUILD, str(root)], env=known, cwd=root, check=True)
    return tree_digest(root / "out")


def test_the_same_pages_give_the_same_bytes_anywhere(tmp_path: Path) -> None:
    here = build_under(tmp_path / "a", TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1")
    there = build_under(tmp_path / "other place", TZ="America/Adak", LC_ALL="C.UTF-8", PYTHONHASHSEED="77")
    assert here == there


def test_the_dates_in_a_site_come_from_its_data_not_from_the_clock(tmp_path: Path) -> None:
    build_site(write_docs(tmp_path / "docs"), tmp_path / "out", replace(settings(tmp_path / "w"), epoch=0))
    assert "<lastmod>1970-01-01</lastmod>" in (tmp_path / "out/sitemap.xml").read_text("utf-8")


@pytest.mark.parametrize(
    "text", ["theme: [", "extra_css: [{}\n", "- a list\n", "extra_css: a.css\n", "theme: {language: 7"]
)
def test_a_faulty_mkdocs_yml_is_named(tmp_path: Path, text: str) -> None:
    told = settings(tmp_path / "workspace")
    (told.workspace / "mkdocs.yml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"mkdocs\.yml"):
        build_site(write_docs(tmp_path / "docs"), tmp_path / "out", told)


def test_an_option_the_engine_does_not_take_is_named(tmp_path: Path) -> None:
    told = settings(tmp_path / "workspace")
    (told.workspace / "mkdocs.yml").write_text("plugins: [no-such-plugin]\n", "utf-8")
    with pytest.raises(ConfigError, match="no-such-plugin"):
        build_site(write_docs(tmp_path / "docs"), tmp_path / "out", told)


def test_a_missing_mkdocs_yml_says_how_to_get_one(tmp_path: Path) -> None:
    told = settings(tmp_path / "workspace")
    (told.workspace / "mkdocs.yml").unlink()
    with pytest.raises(ConfigError, match=r"mkdocs\.yml: is missing; `perftrack init` writes one"):
        build_site(write_docs(tmp_path / "docs"), tmp_path / "out", told)


def test_a_page_the_navigation_names_must_be_there(tmp_path: Path) -> None:
    docs = write_docs(tmp_path / "docs")
    (docs / "campaigns.md").unlink()
    with pytest.raises(SiteError, match=r"there is no campaigns\.md"):
        build_site(docs, tmp_path / "out", settings(tmp_path / "workspace"))


def test_what_the_engine_complains_about_reaches_the_message(tmp_path: Path) -> None:
    docs = write_docs(tmp_path / "docs")
    (docs / "influencers.md").write_bytes(b"# caf\xe9\n")
    with pytest.raises(SiteError, match=r"MkDocs could not build the pages:\n.*influencers\.md"):
        build_site(docs, tmp_path / "out", settings(tmp_path / "workspace"))


def test_a_full_disk_is_no_bug_of_ours() -> None:
    error = mkdocs._refused("OSError: [Errno 28] No space left on device: 'x.html'")
    assert isinstance(error, EnvironmentFault)
    assert "no space left on device" in str(error)


def test_a_hundred_pages_are_built_in_seconds(tmp_path: Path) -> None:
    row = "<tr><th scope=row>Engagement</th><td>3.5 %</td><td>3.9 %</td><td>met</td></tr>"
    body = f"\n\n<table><tbody>{row * 40}</tbody></table>\n"
    more = {f"campaigns/c{number}.md": f"# Campaign {number}{body}" for number in range(100)}
    docs = write_docs(tmp_path / "docs", more)
    before = time.perf_counter()
    build_site(docs, tmp_path / "out", settings(tmp_path / "workspace"))
    assert time.perf_counter() - before < 10  # about 2 s on an idle machine; this one may be busy
