from __future__ import annotations

from pathlib import Path

import pytest

from perftrack_site.site.html import tags
from perftrack_site.site.links import check_links

HERE = "https://reports.example.com/umoja/"


def tree(folder: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def found(folder: Path, link: str, page: str = "a/index.html") -> list[str]:
    pages = {"index.html": '<h1 id="top">Home</h1>', "b/index.html": '<p id="kpi é">B</p>', "b/x.json": "{}"}
    return [str(fault) for fault in check_links(tree(folder, {**pages, page: f"<p>\n{link}"}), HERE)]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="../b/">', '<a href="..">', '<a href="../#top">', '<a href="../b/x.json">', '<a href="">',
        "<a href='../b/#kpi%20%C3%A9'>", "<A HREF=../b/>", '<p id="own"></p><a href="#own">',
        '<a href="https://elsewhere.example/x#y">', '<img src="data:image/png;base64,xx">',
        '<!-- <a href="gone/"> -->', '<script>"<a href=gone/>"</script>', '<a href="../b/?q=1">',
        f'<link rel="canonical" href="{HERE}a/">', '<meta http-equiv="refresh" content="0; url=../b/">',
    ],
)  # fmt: skip
def test_links_that_lead_somewhere_pass(tmp_path: Path, link: str) -> None:
    assert found(tmp_path, link) == []


@pytest.mark.parametrize(
    ("link", "wrong"),
    [
        ('<a href="../gone/">', "leads to no file"),
        ('<a href="../b/#gone">', "leads to no element of that name"),
        ('<a href="#gone">', "leads to no element of that name"),
        ('<a href="../b">', "leads to a folder and lacks the slash at its end"),
        ('<a href="../b/x.json/">', "leads to no file"),
        ('<a href="../../../../b/x">', "leads to no file"),
        ('<img alt="1 > 0" src="gone.png">', "leads to no file"),
        ('<figure data-chart="gone.json">', "leads to no file"),
        ('<meta http-equiv="refresh" content="0; url=../gone/">', "leads to no file"),
        ('<a href="/b/">', "is an absolute path; a relative one belongs there"),
        (f'<a href="{HERE}b/">', "is an address of this very site; a relative path belongs there"),
        ('<script src="//cdn.example/x.js"></script>', "is no address a page may link to"),
        ('<a href="java&#115;cript:alert(1)">', "is no address a page may link to"),
        ('<a href="https://[x">', "is no address"),
    ],
)
def test_links_that_lead_nowhere_are_named_with_their_line(tmp_path: Path, link: str, wrong: str) -> None:
    [fault] = found(tmp_path, link)
    assert fault.startswith("a/index.html:2: ")
    assert fault.endswith(f": {wrong}")


def test_a_page_for_what_is_missing_answers_at_any_depth_so_its_links_are_absolute(tmp_path: Path) -> None:
    assert found(tmp_path, '<a href="/umoja/b/">', page="2026/404.html") == []
    assert "leads to no file" in found(tmp_path, '<a href="/umoja/gone/">', page="2026/404.html")[0]
    assert "is an absolute path" in found(tmp_path, '<a href="/b/">', page="2026/404.html")[0]


def test_files_that_differ_by_case_alone_would_be_lost_on_other_computers(tmp_path: Path) -> None:
    folder = tree(tmp_path, {"Spring.csv": "", "spring.csv": ""})
    assert [str(fault) for fault in check_links(folder, HERE)] == [
        "spring.csv: differs from Spring.csv by case alone; rename one of them"
    ]


def test_a_tag_left_open_costs_no_time() -> None:
    """A page of 200 kB that never closes a tag is read in one scan."""
    assert list(tags("<p " + "a b='c' " * 25_000)) == []
