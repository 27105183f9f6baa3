"""Whatever happens to the others' data, names and fees: an influencer's pages stay the same byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
from neighbours import AS_OF, CHANGES, MIRA, PERIOD, World, world, write_world

from perftrack_site import packaged
from perftrack_site.build import build, evaluate_workspace
from perftrack_site.evaluation import audience
from perftrack_site.evaluation.report import CampaignResult, Report
from perftrack_site.evaluation.report_json import dump
from perftrack_site.pages import make_pages, render

WORLDS, CHANGES_EACH = 40, 5

Files = Mapping[str, bytes]


def changed(seed: int) -> tuple[World, list[str]]:
    """Draw a world in which five things have happened to the neighbours."""
    rng, found = Random(seed), world()  # noqa: S311 (a seeded draw is the point)
    return found, [change(found, rng) for change in rng.choices(CHANGES, k=CHANGES_EACH)]


def seen(found: World, folder: Path) -> Report:
    write_world(found, folder)
    return evaluate_workspace(folder, period_key=PERIOD, as_of=AS_OF)


def hers(report: Report, docs: Path) -> Files:
    """Lay out Mira's pages, and read what was written: Markdown, results.json, CSV, charts."""
    render(make_pages(audience.narrow(report, MIRA)), packaged.templates(), docs)
    return read(docs)


def read(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return seen(world(), tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def pages(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return hers(report, tmp_path_factory.mktemp("pages") / "docs")


def test_there_is_something_to_see(report: Report, pages: Files) -> None:
    own = audience.narrow(report, MIRA)
    assert {one.state for one in own.campaigns} == {"decided", "in_flight", "planned"}
    kpis = [kpi for one in own.campaigns for kpi in one.influencers[0].kpis]
    assert len([kpi for kpi in kpis if kpi.actual.value is not None]) == 9
    assert {line.kind for one in own.campaigns for line in one.influencers[0].feedback} == {
        "worked",
        "would_help",
    }
    assert [kpi for kpi in kpis if kpi.earlier]
    assert {"index.md", "results.json", "campaigns/winter-tea.md", "posts.csv"} <= set(pages)


@pytest.mark.parametrize("seed", range(WORLDS))
def test_five_changes_among_her_neighbours_leave_her_pages_as_they_are(
    seed: int, report: Report, pages: Files, tmp_path: Path
) -> None:
    found, what = changed(seed)
    moved = seen(found, tmp_path)
    assert moved != report, what
    assert differing(hers(moved, tmp_path / "docs"), pages) == [], what


def differing(one: Files, other: Files) -> list[str]:
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


def test_every_kind_of_change_is_drawn() -> None:
    drawn = {
        change.__name__
        for seed in range(WORLDS)
        for change in Random(seed).choices(CHANGES, k=CHANGES_EACH)  # noqa: S311
    }
    assert drawn == {change.__name__ for change in CHANGES}


# --- leaks that would be seen, in results.json at the latest ---------------------------------------


@dataclass(frozen=True)
class Leak:
    """What is put back into each of her campaigns from the whole one, and a change that shows it."""

    put_back: Callable[[CampaignResult, CampaignResult], CampaignResult]
    change: Callable[[World], None]


def field(name: str) -> Callable[[CampaignResult, CampaignResult], CampaignResult]:
    return lambda own, whole: replace(own, **{name: getattr(whole, name)})


def her_kpis(own: CampaignResult, whole: CampaignResult, *names: str) -> CampaignResult:
    """Put fields of her KPIs back as they stand in the whole Report."""
    [part] = own.influencers
    [before] = [one for one in whole.influencers if one.influencer == part.influencer]
    pairs = zip(part.kpis, before.kpis, strict=True)
    kpis = tuple(replace(kpi, **{name: getattr(full, name) for name in names}) for kpi, full in pairs)
    return replace(own, influencers=(replace(part, kpis=kpis),))


def one_more_order(found: World) -> None:
    found.neighbours[0].orders += 1


def another_key(found: World) -> None:
    found.neighbours[0].key = "somebody"


LEAKS = {
    "the campaign's verdict": Leak(field("verdict"), lambda found: setattr(found, "success", "any")),
    "how many KPIs were met": Leak(field("kpis_met"), lambda found: setattr(found, "campaign_target", "99%")),
    "the campaign's own KPIs": Leak(field("kpis"), lambda found: setattr(found.neighbours[0], "views", 7)),
    "the budget": Leak(field("budget"), lambda found: setattr(found, "budget", 7)),
    "who agreed": Leak(field("agreed"), lambda found: setattr(found, "agreed_by", "somebody")),
    "the rule": Leak(field("success"), lambda found: setattr(found, "success", "any")),
    "an adjustment": Leak(field("adjustments"), lambda found: setattr(found, "adjustment", "something")),
    "the others' part": Leak(field("influencers"), another_key),
    "the others' posts": Leak(field("posts"), lambda found: setattr(found.neighbours[0], "caption", "words")),
    "whether her KPI is primary": Leak(
        lambda own, whole: her_kpis(own, whole, "primary"),
        lambda found: setattr(found, "scoped_primary", True),
    ),
    "lines of a shared file": Leak(lambda own, whole: her_kpis(own, whole, "actual"), one_more_order),
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=list(LEAKS))
def test_a_planted_leak_moves_her_pages(leak: Leak, report: Report, tmp_path: Path) -> None:
    moved = world()
    leak.change(moved)
    assert leaky(seen(moved, tmp_path), leak) != leaky(report, leak)


def leaky(whole: Report, leak: Leak) -> str:
    """Narrow a Report as ever, then put back what leaks."""
    own = audience.narrow(whole, MIRA)
    by_key = {one.key: one for one in whole.campaigns}
    return dump(replace(own, campaigns=tuple(leak.put_back(one, by_key[one.key]) for one in own.campaigns)))


# --- through the whole build -------------------------------------------------------------------------


def built(found: World, folder: Path) -> dict[str, str]:
    """Build Mira's tree and take the digest of every file, as it would be served."""
    write_world(found, folder)
    (folder / "mkdocs.yml").write_bytes((packaged.sample() / "mkdocs.yml").read_bytes())
    out = build(folder, period_key=PERIOD, audience=MIRA, as_of=AS_OF).out
    return {path: hashlib.sha256(content).hexdigest() for path, content in read(out).items()}


def test_the_published_tree_stays_the_same_too(tmp_path: Path) -> None:
    as_it_was = built(world(), tmp_path / "world")
    for seed in (1, 2):
        found, what = changed(seed)
        assert built(found, tmp_path / f"world-{seed}") == as_it_was, what
