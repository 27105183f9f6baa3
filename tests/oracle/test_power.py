"""A fault in any rule would be seen: each is planted in the oracle and must change what it says.

Random workspaces prove nothing about a rule that they never touch. So each rule is broken once, here in the
second implementation. Where the judgements stayed as they were, the same fault in the first would not show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import oracle
import oracle_counting
import oracle_files
import pytest
from oracle import Judgement, KpiJudgement, Vote, judge
from oracle_config import ATTRIBUTION, Campaign, Contracts, Kpi, Participation, Target, load
from oracle_counting import ADDITIVE, Seen, Total, look
from oracle_files import INSIGHTS, Count, Facts, Rate
from workspaces import write_workspace

WORKSPACES = 100
Fault = tuple[ModuleType, str, Any]  # where something stands, its name, and what stands there instead

LAST_VALUES, WITH_SUMS = oracle_counting._last_values, oracle_counting._with_sums
EXCHANGE, TOTAL = oracle_counting.exchange, oracle_counting.total
VERDICT, PACE, VOTE = oracle.verdict_of, oracle._pace, oracle._vote


# --- other contracts than those agreed -----------------------------------------------------------


def contracts(change: Callable[[Contracts], Contracts]) -> Fault:
    return oracle, "load", lambda root: change(load(root))


def project(**changes: Any) -> Fault:  # noqa: ANN401 any field of the contracts
    return contracts(lambda read: replace(read, **changes))


def sources(**changes: Any) -> Fault:  # noqa: ANN401 any field of a source
    return contracts(
        lambda read: replace(read, sources=tuple(replace(source, **changes) for source in read.sources))
    )


def goals(**changes: Any) -> Fault:  # noqa: ANN401 any field of a goal
    return contracts(lambda read: replace(read, goals=tuple(replace(goal, **changes) for goal in read.goals)))


def campaigns(change: Callable[[Campaign], Campaign]) -> Fault:
    return contracts(lambda read: replace(read, campaigns=tuple(change(each) for each in read.campaigns)))


def kpis(**changes: Any) -> Fault:  # noqa: ANN401 any field of a KPI
    return campaigns(lambda each: replace(each, kpis=tuple(replace(kpi, **changes) for kpi in each.kpis)))


def participations(**changes: Any) -> Fault:  # noqa: ANN401 any field of a participation
    def changed(each: Campaign) -> Iterator[Participation]:
        return (replace(part, **changes) for part in each.participations)

    return campaigns(lambda each: replace(each, participations=tuple(changed(each))))


# --- other arithmetic than that written down -----------------------------------------------------


def known_today(campaign: Campaign, read: Contracts, facts: Facts, _known_by: date, today: date) -> Seen:
    return look(campaign, read, facts, facts.as_of, today)


def oldest(versions: dict[tuple[str, Any], Any]) -> list[Any]:
    return list({key[0]: versions[key] for key in sorted(versions, reverse=True)}.values())


def larger(counts: list[Count]) -> set[int]:
    return {max(LAST_VALUES(counts))}


def highest(counts: list[Count]) -> set[int]:
    return {max(count.value for count in counts)}


def as_if_no_story(counters: dict[str, int], _kind: str) -> dict[str, int]:
    return WITH_SUMS(counters, "image")


def unknown_is_zero(counters: dict[str, int], kind: str) -> dict[str, int]:
    return WITH_SUMS(dict.fromkeys(("likes", "comments", "shares", "saves"), 0) | counters, kind)


def any_owner(owners: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    return min(set(owners), default=None)


def either_way(base: str, quote: str, on: date, rates: list[Rate]) -> Fraction | None:
    there, back = EXCHANGE(base, quote, on, rates), EXCHANGE(quote, base, on, rates)
    return there or (1 / back if back else None)


def apart(seen: Seen, kpi: Kpi, who: str | None, metric: str, _paired_with: str | None = None) -> Total:
    return TOTAL(seen, kpi, who, metric)


def actual(change: Callable[[Fraction], Fraction]) -> Fault:
    def verdict_of(value: Fraction | None, target: Target) -> str:
        return VERDICT(None if value is None else change(value), target)

    return oracle, "verdict_of", verdict_of


def watch_from_85(value: Fraction, wanted: Fraction, op: str) -> int:
    return max(PACE(value, wanted, op), PACE(value, wanted * Fraction(85, 90), op) and 1)


def pessimist(kpi: Kpi, judged: KpiJudgement) -> Vote | None:
    vote = VOTE(kpi, judged)
    return vote and replace(vote, best=vote.worst)


FAULTS: dict[str, Fault] = {
    "days are those of UTC": project(zone="UTC"),
    "a late file changes a verdict": (oracle, "look", known_today),
    "no source is ever too old": sources(error_after=None),
    "every file adds": sources(overlap="adds"),
    "no file adds": sources(overlap="replaces"),
    "no post is named": participations(posts=frozenset()),
    "no post has a tag": (oracle_counting, "_hashtags", lambda *_: set()),
    "the first version counts": (oracle_counting, "latest", oldest),
    "the list is believed like insights": (oracle_counting, "_believed", lambda counts: counts),
    "of two values the larger counts": (oracle_counting, "_last_values", larger),
    "a counter never falls": (oracle_counting, "_last_values", highest),
    "plays are not views": (oracle_files, "INSIGHTS", INSIGHTS | {"plays": "plays"}),
    "a story is a post": (oracle_counting, "_with_sums", as_if_no_story),
    "what is hidden is 0": (oracle_counting, "_with_sums", unknown_is_zero),
    "one of two owners": (oracle_counting, "_only", any_owner),
    "codes and tags hold for ever": (oracle_counting, "_valid", lambda _rule, _on: True),
    "codes go before UTM everywhere": project(attribution=ATTRIBUTION),
    "no UTM": project(attribution=("promo_code", "hashtag")),
    "codes match as they are spelled": (oracle_files, "fold", str),
    "pending orders are paid": (oracle_counting, "PAID", (*oracle_counting.PAID, "pending")),
    "refunded orders are not paid": (oracle_counting, "PAID", ("paid", "partially_paid")),
    "a rate holds for a month": (oracle_counting, "RATE_DAYS", timedelta(days=30)),
    "a rate holds for its day": (oracle_counting, "RATE_DAYS", timedelta(0)),
    "a rate is turned round": (oracle_counting, "exchange", either_way),
    "the parts of a rate go apart": (oracle_counting, "total", apart),
    "any coverage will do": kpis(min_coverage=Fraction(0)),
    "any sample will do": kpis(min_sample={}),
    "no scope": kpis(scope={}),
    "no checkpoints": kpis(schedule=()),
    "no overrides": participations(overrides={}),
    "a target must be passed": actual(lambda value: value - Fraction(1, 10**12)),
    "numbers are floats": actual(lambda value: Fraction(float(value))),
    "numbers are rounded to a cent": actual(lambda value: round(value, 2)),
    "reach adds up": (oracle, "ADDITIVE", (*ADDITIVE, "reach")),
    "watch begins at 85 %": (oracle, "_pace", watch_from_85),
    "what is missing is just left": kpis(on_missing="not_evaluable"),
    "what is unknown is missed": (oracle, "_vote", pessimist),
    "all are primary": kpis(primary=False),
    "all weigh the same": kpis(weight=Fraction(1)),
    "KPIs of influencers always count": kpis(counts=True),
    "all must be met": campaigns(lambda each: replace(each, rule="all")),
    "nothing is cancelled": campaigns(lambda each: replace(each, cancelled_on=None)),
    "years begin in January": project(fiscal_month=1),
    "goals count the decided": goals(denominator="decided"),
    "one campaign will do for a goal": goals(min_campaigns=1),
}


@pytest.fixture(scope="session")
def right(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Judgement]:
    """Judge some random workspaces, with nothing planted."""
    roots = [tmp_path_factory.mktemp("power") for _ in range(WORKSPACES)]
    for seed, root in enumerate(roots):
        write_workspace(root, seed)
    return {root: judge(root) for root in roots}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_changes_a_judgement(
    right: dict[Path, Judgement], monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(*FAULTS[fault])
    assert any(judge(root) != judgement for root, judgement in right.items())
