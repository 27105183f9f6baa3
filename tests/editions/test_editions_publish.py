from __future__ import annotations

import errno
import json
from dataclasses import replace
from pathlib import Path

import pytest
from edition_helpers import edition, publish_one

from perftrack_site.editions import swap
from perftrack_site.editions.digest import tree_digest
from perftrack_site.editions.publish import publish
from perftrack_site.errors import ConfigError, EnvironmentFault, Fault, SiteError
from perftrack_site.site.links import check_links


def prove(tree: Path) -> tuple[Fault, ...]:
    return check_links(tree, "http://localhost/")


def test_editions_lie_side_by_side_with_redirects_to_the_current_one(tmp_path: Path) -> None:
    two = [edition(tmp_path, "four"), edition(tmp_path, "three", "2026-Q3", "Q3 <2026>")]
    published = publish(two, "2026-Q3", tmp_path / "site", prove)
    files = sorted(path.relative_to(published.out).as_posix() for path in published.out.rglob("*.*"))
    assert files == [
        "2026-Q3/campaigns/index.html",
        "2026-Q3/index.html",
        "2026-Q4/campaigns/index.html",
        "2026-Q4/index.html",
        "index.html",
        "latest/index.html",
        "versions.json",
    ]
    assert published.files == 7
    page = (published.out / "latest/index.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../2026-Q3/">' in page
    assert '<a href="../2026-Q3/">Q3 &lt;2026&gt;</a>' in page


def test_the_list_of_versions_is_in_the_format_of_mike_and_in_the_order_given(tmp_path: Path) -> None:
    two = [
        replace(edition(tmp_path, "four"), data_commit="c0ffee"),
        replace(edition(tmp_path, "three", "2026-Q3", "Q3 2026"), status="closed", hidden=True),
    ]
    publish(two, "2026-Q4", tmp_path / "site", prove)
    versions = json.loads((tmp_path / "site/versions.json").read_text("utf-8"))
    assert [version["version"] for version in versions] == ["2026-Q4", "2026-Q3"]
    assert versions[0] == {
        "version": "2026-Q4",
        "title": "Q4 2026",
        "aliases": ["latest"],
        "properties": {
            "hidden": False,
            "kind": "quarter",
            "status": "open",
            "start": "2026-10-01",
            "end": "2026-12-31",
            "data_commit": "c0ffee",
        },
    }
    assert versions[1]["aliases"] == []
    assert versions[1]["properties"]["hidden"] is True


def test_the_tree_holds_what_is_given_and_nothing_of_before(tmp_path: Path) -> None:
    publish_one(edition(tmp_path, "three", "2026-Q3"), tmp_path / "site")
    publish_one(edition(tmp_path, "four"), tmp_path / "site")
    assert not (tmp_path / "site/2026-Q3").exists()
    assert (tmp_path / "site/2026-Q4/index.html").read_text("utf-8") == "<p>four</p>"


def test_a_tree_that_fails_its_check_is_not_published(tmp_path: Path) -> None:
    publish_one(edition(tmp_path, "old"), tmp_path / "site")
    before = tree_digest(tmp_path / "site")
    broken = edition(tmp_path, "<a href='gone/'>")
    with pytest.raises(SiteError, match=r"2026-Q4/index\.html:1: .*leads to no file"):
        publish([broken], "2026-Q4", tmp_path / "site", prove)
    assert tree_digest(tmp_path / "site") == before
    assert not list(tmp_path.glob("site.*"))


def test_a_folder_of_somebody_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/dear.txt").write_text("Dear", "utf-8")
    with pytest.raises(ConfigError, match="it holds files perftrack did not publish; name another folder"):
        publish_one(edition(tmp_path, "new"), tmp_path / "letters")
    assert (tmp_path / "letters/dear.txt").read_text("utf-8") == "Dear"


def test_an_empty_folder_and_a_link_to_one_may_be_published_to(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").symlink_to("elsewhere")
    publish_one(edition(tmp_path, "new"), tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "elsewhere/versions.json").is_file()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk that holds .* is full; free some space and build again"),
        (errno.EACCES, "may not be written; give the right to, or name another folder"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_a_fault_of_the_disk_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    publish_one(edition(tmp_path, "old"), tmp_path / "site")
    before = tree_digest(tmp_path / "site")

    def failing(_: Path) -> None:
        raise OSError(code, "Input/output error")

    monkeypatch.setattr(swap, "sync", failing)
    with pytest.raises(EnvironmentFault, match=f"{words}.*The published site is as it was"):
        publish_one(edition(tmp_path, "new"), tmp_path / "site")
    assert tree_digest(tmp_path / "site") == before
    assert not list(tmp_path.glob("site.*"))


def test_a_place_below_a_file_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(EnvironmentFault, match="is a file, not a folder; name another folder"):
        publish_one(edition(tmp_path, "new"), tmp_path / "file/site")


@pytest.mark.parametrize(("key", "current"), [("latest", "latest"), ("Versions.json", "Versions.json")])
def test_an_edition_may_not_take_a_name_of_the_root(tmp_path: Path, key: str, current: str) -> None:
    with pytest.raises(SiteError, match="make no tree"):
        publish([edition(tmp_path, "x", key)], current, tmp_path / "site", prove)


def test_equal_trees_have_equal_digests_whatever_their_times_and_modes(tmp_path: Path) -> None:
    one, other = edition(tmp_path / "a", "x").html, edition(tmp_path / "b", "x").html
    (other / "index.html").chmod(0o600)
    assert tree_digest(one) == tree_digest(other)
    (other / "index.html").rename(other / "index2.html")
    assert tree_digest(one) != tree_digest(other)
