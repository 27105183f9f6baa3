from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from edition_helpers import edition, killed_at, publish_one

from perftrack_site.editions import swap
from perftrack_site.editions.digest import tree_digest

MISSING = "missing"


def seen(out: Path) -> str:
    return tree_digest(out) if out.exists() else MISSING


def kill_everywhere(folder: Path, *, begun: Callable[[Path], None] = lambda _: None) -> tuple[int, set[str]]:
    """Publish a new tree over an old one, killed at each moment in turn; assert that one of the two is there.

    Returns how many moments there were and what a reader found after the kills, by name.
    """
    old, new, other = edition(folder, "old"), edition(folder, "new"), edition(folder, "other")
    publish_one(new, folder / "only-new")
    publish_one(old, folder / "only-old")
    names = {seen(folder / "only-old"): "old", seen(folder / "only-new"): "new", MISSING: MISSING}
    found = set()
    for moment in itertools.count():
        out = folder / f"{moment}/site"
        publish_one(old, out)
        begun(out)
        killed = killed_at(moment, lambda out=out: publish_one(new, out))  # type: ignore[misc]
        assert seen(out) in names, f"a mix after a kill at moment {moment}"
        found.add(names[seen(out)])
        swap.repair(out)
        assert names.get(seen(out)) in {"old", "new"}
        publish_one(other, out)
        assert [path.name for path in out.parent.iterdir()] == ["site"]
        if not killed:
            return moment, found
    raise AssertionError


def without_exchange(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(swap, "exchange", lambda *_: False)


def test_a_kill_at_any_moment_leaves_the_old_tree_or_the_new_one(tmp_path: Path) -> None:
    moments, found = kill_everywhere(tmp_path)
    assert moments > 40
    assert found == {"old", "new"}


def test_without_an_exchange_the_next_run_repairs_what_a_kill_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_exchange(monkeypatch)
    moments, found = kill_everywhere(tmp_path)
    assert moments > 40
    assert found == {"old", "new", MISSING}  # missing: killed between two renames


def test_a_repair_may_be_killed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_exchange(monkeypatch)

    def between_the_renames(out: Path) -> None:
        shutil.copytree(tmp_path / "only-new", out.with_name("site.perftrack-next-1"))
        out.rename(out.with_name("site.perftrack-old-1"))

    _, found = kill_everywhere(tmp_path, begun=between_the_renames)
    assert found == {"new", MISSING}  # the new tree was complete, so the repair finishes the swap


def test_a_swap_that_moves_the_children_one_by_one_would_be_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half_a_swap(new: Path, out: Path) -> bool:
        for child in sorted(new.iterdir()):
            child.rename(new / "aside")
            (out / child.name).rename(child)
            (new / "aside").rename(out / child.name)
        return True

    monkeypatch.setattr(swap, "exchange", half_a_swap)
    with pytest.raises(AssertionError, match="a mix after a kill"):
        kill_everywhere(tmp_path)


def test_this_system_exchanges_two_folders_in_one_step(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "name.txt").write_text(name)
    assert swap.exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one/name.txt").read_text() == "other"
    assert (tmp_path / "other/name.txt").read_text() == "one"


def test_an_exchange_that_fails_is_no_exchange_that_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(FileNotFoundError):
        swap.exchange(tmp_path / "one", tmp_path / "gone")


def test_a_failed_second_rename_puts_the_old_tree_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_exchange(monkeypatch)
    publish_one(edition(tmp_path, "old"), tmp_path / "site")
    before = seen(tmp_path / "site")
    (tmp_path / "new").mkdir()
    rename = Path.rename

    def refusing(path: Path, to: Path) -> Path:
        if path.name == "new":
            raise OSError(5, "Input/output error")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(OSError, match="Input/output"):
        swap.swap(tmp_path / "new", tmp_path / "site")
    assert seen(tmp_path / "site") == before


def test_folders_of_others_beside_the_site_are_left_alone(tmp_path: Path) -> None:
    for name in ("site.old-2025", "site.perftrack-next-mine", "xsite.perftrack-next-7"):
        (tmp_path / name).mkdir()
    (tmp_path / "site.perftrack-next-7").mkdir()
    publish_one(edition(tmp_path, "new"), tmp_path / "site")
    names = {path.name for path in tmp_path.iterdir()} - {"2026-Q4-new"}
    assert names == {"site", "site.old-2025", "site.perftrack-next-mine", "xsite.perftrack-next-7"}
