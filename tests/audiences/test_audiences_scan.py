"""A published tree of one influencer, read through like by somebody who looks for the others in it."""

from __future__ import annotations

import gzip
import html
import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

import pytest
from neighbours import AS_OF, MIRA, World, world, write_world

from perftrack_site import packaged
from perftrack_site.build import build

# What must be nowhere: the neighbours' keys, names, handles, words, codes and fees, and what is only internal.
SECRET: dict[str, str | int] = {
    "key": "quillon", "other key": "brunhilda", "name": "Quillon Vantrease", "other name": "Brunhilda Øksendal",
    "first name": "Vantrease", "handle": "quillon_pours_xq", "other handle": "brunhilda.xyz",
    "caption": "Zanzibar steam", "other caption": "Fjord kettle", "code": "quillonspr", "campaign": "gryphon",
    "fee": 77431, "other fee": 5219, "followers": 91234, "budget": 918273, "agreed by": "Zebulon Quartz",
    "adjustment": "a quorum of yaks", "goal": "Most are met", "shop file": "orders-2026-11-14.csv",
    "spend file": "spend-2026-11-14.csv", "rates": "fx-2026-11-14.csv",
}  # fmt: skip
GAP = r"[\s.,'\u2019\u2009\u202f\u00a0]?"  # between thousands


def secretive() -> World:
    found = world()
    found.budget, found.agreed_by, found.adjustment = 918273, "Zebulon Quartz", "a quorum of yaks"
    return found


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scanned")
    write_world(secretive(), folder)
    shutil.copy(packaged.sample() / "mkdocs.yml", folder)
    return folder


@pytest.fixture(scope="module")
def tree(workspace: Path) -> Path:
    """Mira's tree with all its editions."""
    return build(workspace, audience=MIRA, as_of=AS_OF).out


# --- the scan ----------------------------------------------------------------------------------------


def found_in(tree: Path) -> dict[str, set[str]]:
    """Look for every secret in every file and name of a tree: which are found, and where."""
    patterns = {what: pattern(secret) for what, secret in SECRET.items()}
    found: dict[str, set[str]] = {}
    for place, text in texts(tree):
        for what, looked_for in patterns.items():
            if looked_for.search(text):
                found.setdefault(what, set()).add(place)
    return found


def pattern(secret: str | int) -> re.Pattern[str]:
    """Look for a word where no letter or digit goes on, and for a number however its thousands are set apart."""
    if isinstance(secret, int):
        return re.compile(rf"(?<![\d.]){GAP.join(f'{secret:,}'.split(','))}(?!\d)")
    return re.compile(rf"(?<![^\W_]){re.escape(plain(secret))}(?![^\W_])")


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def texts(tree: Path) -> Iterator[tuple[str, str]]:
    """Give every file of a tree as it is, and as it reads once escapes, references and tags are taken away."""
    for path in sorted(tree.rglob("*")):
        place = path.relative_to(tree).as_posix()
        yield f"the name of {place}", plain(unquote(place))
        content = path.read_bytes() if path.is_file() else b""
        if content and sha256(content).digest() not in the_same_for_everybody():
            raw = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8", "replace")
            read = html.unescape(unquote(unescaped(raw)))
            yield place, plain("\n".join([raw, read, re.sub(r"<[^>]*>", "", read)]))


@cache
def the_same_for_everybody() -> frozenset[bytes]:
    """Know the files that come as they are from our templates, the theme and the chart library."""
    folders = [packaged.templates(), *(Path(str(files(name))) for name in ("material", "plotly"))]
    kinds = (".js", ".css", ".svg", ".png", ".woff2")
    known = (path for folder in folders for path in folder.rglob("*") if path.suffix in kinds)
    return frozenset(sha256(path.read_bytes()).digest() for path in known)


def unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


# --- what is there, and what is not ----------------------------------------------------------------------


def test_nothing_of_the_others_is_anywhere(tree: Path) -> None:
    assert found_in(tree) == {}


def test_what_is_hers_is_there(tree: Path) -> None:
    home, results = (tree / "2026-Q4" / name for name in ("index.html", "results.json"))
    assert "Mira Okello" in html.unescape(home.read_text("utf-8"))
    assert '"31000"' in results.read_text("utf-8")
    assert "data/instagram/mira/insights-2026-11-14.json" in results.read_text("utf-8")
    assert sorted(path.name for path in (tree / "2026-Q4/campaigns").iterdir() if path.is_dir()) == [
        "autumn-tea", "teapots", "winter-tea",
    ]  # fmt: skip


def test_her_tree_lies_outside_the_site(workspace: Path, tree: Path) -> None:
    assert tree == workspace / "site-audiences" / "influencer-mira"
    assert not (workspace / "site").exists()


def test_only_editions_in_which_she_takes_part_are_there(tree: Path) -> None:
    listed = [version["version"] for version in json.loads((tree / "versions.json").read_text("utf-8"))]
    assert listed[0] == "2026-Q4"
    assert "2026-Q3" in listed
    assert "2026-Q1" not in listed
    assert {path.name for path in tree.iterdir() if (path / "results.json").exists()} == set(listed)


def test_no_commit_is_named(tree: Path) -> None:
    versions = json.loads((tree / "versions.json").read_text("utf-8"))
    assert {version["properties"]["data_commit"] for version in versions} == {None}


def test_the_internal_site_would_be_full_of_finds(workspace: Path, tmp_path: Path) -> None:
    out = build(workspace, out=tmp_path / "site", period_key="2026-Q4", as_of=AS_OF).out
    assert set(found_in(out)) == set(SECRET)


# --- a leak in each channel --------------------------------------------------------------------------------


def into(place: str, old: str, new: str) -> Callable[[Path], None]:
    def plant(tree: Path) -> None:
        path = tree / place
        text = path.read_text("utf-8")
        assert old in text, place
        path.write_text(text.replace(old, new, 1), "utf-8")

    return plant


def into_the_packed_sitemap(tree: Path) -> None:
    path = tree / "2026-Q4/sitemap.xml.gz"
    path.write_bytes(
        gzip.compress(gzip.decompress(path.read_bytes()).replace(b"</urlset>", b"<!-- quillon -->"))
    )


def as_a_folder(tree: Path) -> None:
    (tree / "2026-Q4" / "influencers" / "quillon").mkdir(parents=True)


CHANNELS = {
    "page text": into("2026-Q4/index.html", "</main>", "Quillon&#32;Vantrease</main>"),
    "title": into("2026-Q4/index.html", "<title>", "<title>Brunhilda &Oslash;ksendal "),
    "attribute": into("2026-Q4/index.html", "<main", '<main data-x="&#98;runhilda"'),
    "comment": into("2026-Q4/index.html", "<body", "<!-- quillon_pours_xq --><body"),
    "link": into("2026-Q4/index.html", "</main>", '<a href="/b%72unhilda/">x</a></main>'),
    "fee in a page": into("2026-Q4/index.html", "</main>", "ZAR&#160;77&#8239;431.00</main>"),
    "search index": into("2026-Q4/search/search_index.json", '"docs":', '"x":"Zanzibar steam","docs":'),
    "sitemap": into("2026-Q4/sitemap.xml", "</urlset>", "<!-- gryphon --></urlset>"),
    "packed sitemap": into_the_packed_sitemap,
    "chart": into("2026-Q4/campaigns/autumn-tea/kpi-creator-views-progress.json", "{", '{"x":"quillon",'),
    "results": into("2026-Q4/results.json", '"fee": "31000"', '"fee": "5219"'),
    "shared file": into("2026-Q4/results.json", '"goals"', '"x":"data/shop/orders-2026-11-14.csv","goals"'),
    "download": into("2026-Q4/campaigns/autumn-tea/kpis.csv", "mira", "quillon"),
    "versions": into("versions.json", "Q4 2026", "\\u0071uillon"),
    "archive": into("archive/index.html", "</main>", "Most are met</main>"),
    "404": into("2026-Q4/404.html", "</main>", "Zebulon Quartz</main>"),
    "name of a file": as_a_folder,
}


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_leak_in_any_channel_is_found(channel: str, tree: Path, tmp_path: Path) -> None:
    copy = tmp_path / "tree"  # one edition of the tree in which nothing was found
    others = [path.name for path in tree.iterdir() if path.name.startswith("2026") and path.name != "2026-Q4"]
    shutil.copytree(tree, copy, ignore=shutil.ignore_patterns("assets", "shared", *others))
    CHANNELS[channel](copy)
    assert found_in(copy) != {}
