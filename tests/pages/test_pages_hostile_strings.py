"""Hundreds of hostile strings in every text of a Report, through the real engine, read by a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from browsing import FULL, npm_package, served
from markupsafe import Markup
from playwright.sync_api import Browser, BrowserContext, Page
from real_site import build_reports
from spoiling import HOSTILE, UNSEEN, mark, small, spoilt, words_of

from perftrack_site.evaluation.report import PostShown, Report
from perftrack_site.pages import campaign, layout
from perftrack_site.pages.text import normalise

pytestmark = pytest.mark.browser

BLNS = "2.0.4"
RUN = "window.__pwned=1"
BREAKS = ("", "'", '"', "`", "-->", "</title>", "</script>", "</p></div></section>", "]]>", "{% endraw %}")
SCRIPTS = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg/onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>">',
    f"<a href=javascript:{RUN}>a</a>",
    f"[a](javascript:{RUN})",
    f"{{: onmouseover={RUN} }}",
    f"<style>@import '//a.example'</style><video><source onerror={RUN}>",
)
OURS = [*HOSTILE, *(f"{before}{script}" for before, script in product(BREAKS, SCRIPTS))]
NO_INDEX = {"config": {"lang": ["en"], "separator": "[\\s]+", "pipeline": [], "fields": {}}, "docs": []}
TOGETHER = 100  # strings in one text; what one would break out with, the comparison of words notices


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser in which a script that got in would run: the content security policy is off."""
    context = browser.new_context(bypass_csp=True)
    yield context
    context.close()


def hostile_strings() -> list[str]:
    if not FULL:
        return [*HOSTILE[:20], *OURS[-20:]]
    listed = npm_package("blns", BLNS) / "resources" / "blns.json"
    return list(dict.fromkeys([*OURS, *json.loads(listed.read_text("utf-8"))]))


def captioned(strings: list[str]) -> Report:
    """Give each string to a caption of its own: pages cut captions, so that many in one would be lost."""
    report = small()
    posted = next(one for one in report.campaigns if one.key == "autumn-rituals")
    groups = [strings[start : start + TOGETHER] for start in range(0, len(strings), TOGETHER)]
    campaigns = tuple(
        replace(
            posted, key=f"c{number}", posts=tuple(captioned_post(posted.posts[0], said) for said in group)
        )
        for number, group in enumerate(groups)
    )
    return replace(report, campaigns=campaigns, goals=())


def captioned_post(post: PostShown, said: str) -> PostShown:
    return replace(post, caption=mark("PostShown.caption", said))


def build_batches(strings: list[str], folder: Path) -> dict[str, Report]:
    """Build one site of all; the pages of each batch of strings lie in a folder of their own."""
    batches = [strings[start : start + TOGETHER] for start in range(0, len(strings), TOGETHER)]
    reports = {f"b{number}": spoilt(small(), " ~ ".join(batch)) for number, batch in enumerate(batches)}
    reports["captions"] = captioned(strings)
    build_reports(reports, folder, " ~ ".join(strings[:TOGETHER]))
    return reports


def visit(page: Page, address: str, folder: Path) -> str:
    """Open every page below `folder`, everything on it unfolded; gives the words of all articles."""
    page.route("**/search_index.json", lambda route: route.fulfill(json=NO_INDEX))  # megabytes for every page
    said = []
    for path in sorted(folder.rglob("index.html")):
        place = path.parent.relative_to(folder.parent).as_posix()
        page.goto(f"{address}/{place}/", wait_until="domcontentloaded")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        said.append(page.evaluate("document.querySelector('article').textContent"))
        assert page.evaluate("window.__pwned") is None, path
    return re.sub(r"[ \n]+", " ", "\n".join(said))


def assert_shown(report: Report, said: str) -> None:
    unseen = tuple(mark(name, "").strip() for name in UNSEEN)
    cut = mark("PostShown.caption", "")
    written = {words for words in words_of(report) if not words.startswith(unseen)}
    expected = {campaign.clipped(words) if words.startswith(cut) else words for words in written}
    assert {words[:80] for words in expected if normalise(words) not in said} == set()


def test_no_hostile_string_runs_or_changes(
    context: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign, "BEST", TOGETHER)  # posts on a page
    strings = hostile_strings()
    assert len(strings) >= (600 if FULL else 40)
    reports = build_batches(strings, tmp_path)
    alerts: list[str] = []
    page = context.new_page()
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    page.on("pageerror", lambda error: alerts.append(str(error)))
    with served(tmp_path / "html") as address:
        for name, report in reports.items():
            assert_shown(report, visit(page, address, tmp_path / "html" / name))
    assert alerts == []


def test_the_search_prints_no_markup_of_ours(context: BrowserContext, tmp_path: Path) -> None:
    """The theme prints what it found into its list as HTML."""
    build_batches(OURS[-20:], tmp_path)
    page = context.new_page()
    with served(tmp_path / "html") as address:
        page.goto(address, wait_until="networkidle")
        page.locator("input[name=query]").click()
        page.keyboard.type("ZzCampaignResult")  # what marks our strings
        page.locator(".md-search-result__item").first.wait_for()
        found = page.locator(".md-search-result__list").locator("script, img, video, input, iframe")
        assert found.count() == 0
        assert page.evaluate("window.__pwned") is None


def test_a_sink_that_lets_a_script_through_is_noticed(
    context: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "text", lambda value: Markup(str(value)))  # noqa: S704 (the planted fault)
    monkeypatch.setattr("perftrack_site.site.build.secure", lambda _: None)  # else the build refuses already
    build_batches([SCRIPTS[0]], tmp_path)
    with served(tmp_path / "html") as address, pytest.raises(AssertionError):
        visit(context.new_page(), address, tmp_path / "html" / "b0")
