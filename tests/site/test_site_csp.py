from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from perftrack_site.errors import SiteError
from perftrack_site.site.csp import policy, secure

HEAD = '<!doctype html><head><meta charset="utf-8">'
THEME = '<script>scope=new URL("{}",location)</script>'


def secured(folder: Path, body: str) -> str:
    (folder / "404.html").write_text(HEAD + THEME.format("/2026/"), "utf-8")
    (folder / "page.html").write_text(HEAD + THEME.format("../..") + body, "utf-8")
    secure(folder)
    return (folder / "page.html").read_text("utf-8")


def test_an_inline_script_of_the_theme_is_allowed_by_its_hash() -> None:
    digest = base64.b64encode(hashlib.sha256(b"start()").digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy("<script>start()</script>")


def test_the_policy_stands_before_everything_it_is_to_hold_for(tmp_path: Path) -> None:
    page = secured(tmp_path, "")
    assert page.startswith(
        f'{HEAD}\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
    )
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_nothing_but_styles_and_scripts_of_the_site_itself_is_allowed() -> None:
    assert policy("") == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("<script>steal()</script>", "an inline script"),
        ('<SCRIPT type="module">steal()</SCRIPT>', "an inline script"),
        ("<style>p{}</style>", "an element <style>"),
        ('<iframe src="x"></iframe>', "an element <iframe>"),
        ('<p onclick="steal()">', "an attribute onclick in an element <p>"),
        ('<svg/onload="steal()">', "an attribute onload in an element <svg>"),
        ('<p style="color:red">', "an attribute style in an element <p>"),
    ],
)
def test_active_content_that_came_in_with_a_page_is_refused_not_blessed(
    tmp_path: Path, body: str, wrong: str
) -> None:
    with pytest.raises(SiteError) as refused:
        secured(tmp_path, f"\n{body}")
    assert [str(fault) for fault in refused.value.faults] == [f"page.html:2: {wrong}"]


def test_text_that_looks_like_active_content_is_no_fault(tmp_path: Path) -> None:
    body = '<p title="on time = onclick">&lt;script&gt; style=</p><script type="application/json">{}</script>'
    assert body in secured(tmp_path, body)
