"""A fault in any rule would be seen: each is planted in the oracle and must change what it says.

Random workspaces prove nothing about a rule that they never touch. So each rule is broken once, here in the
second implementation. Where the judgements stayed as they were, the same fault in the first would not show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import oracle
import oracle_counting
import oracle_events
import oracle_posts
import oracle_window
import pytest
from oracle import Judgement, KpiJudgement, Vote, judge
from oracle_config import ATTRIBUTION, Campaign, Contracts, Kpi, Participation, Target, load
from oracle_counting import ADDITIVE, Total
from oracle_facts import Clicks, Count, Facts, PostVersion, Rate, WebLine
from oracle_posts import INSIGHTS
from oracle_window import PARTS, Believed, Owner, Seen, look

Fault = tuple[ModuleType, str, Any]  # where something stands, its name, and what stands there instead

LAST_VALUES, WITH_SUMS = oracle_window._last_values, oracle_window._with_sums
BELIEVED, AUTHORS, UNREAD = oracle_window.believed, oracle_window._authors, oracle_window._unread
EXCHANGE, TOTAL = oracle_window.exchange, oracle_counting.total
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


def unknown_is_zero(counters: dict[str, int], platform: str, kind: str | None) -> dict[str, int]:
    return WITH_SUMS(dict.fromkeys(("likes", "comments", "shares", "saves"), 0) | counters, platform, kind)


def without(part: str) -> Fault:
    return oracle_window, "PARTS", {name: parts for name, parts in PARTS.items() if name != part}


def any_owner(owners: Iterable[Owner]) -> Owner | None:
    return min(set(owners), key=str, default=None)


def newest_alone(versions: Sequence[PostVersion]) -> Believed:
    return BELIEVED([max(reversed(versions), key=lambda version: version.known.at)])


def one_author(post: Believed, read: Contracts) -> set[str]:
    return set(sorted(AUTHORS(post, read))[:1])


def believed_when_stale(table: str) -> Fault:
    def unread(asked: str, *seen: Any) -> str | None:  # noqa: ANN401 a window
        return None if asked == table else UNREAD(asked, *seen)

    return oracle_window, "_unread", unread


def first_report(reports: Iterable[Sequence[WebLine]]) -> list[Sequence[WebLine]]:
    return list({(report[0].site, report[0].day): report for report in reports}.values())


def earliest_clicks(told: Sequence[Clicks]) -> list[Clicks]:
    return [min(told, key=lambda each: each.known.at)]


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
    "no post has a tag": (oracle_window, "_hashtags", lambda *_: set()),
    "the first version counts": (oracle_window, "latest", oldest),
    "the list is believed like insights": (oracle_window, "_first_witness", lambda counts: counts),
    "of two values the larger counts": (oracle_window, "_last_values", larger),
    "a counter never falls": (oracle_window, "_last_values", highest),
    "plays are not views": (oracle_posts, "INSIGHTS", INSIGHTS | {"plays": "plays"}),
    "a story is a post": without("story"),
    "TikTok tells of saves": without("tiktok"),
    "YouTube tells of shares": without("youtube"),
    "what is hidden is 0": (oracle_window, "_with_sums", unknown_is_zero),
    "a total over any days is a running one": (oracle_window, "_is_running", lambda *_: True),
    "no total over days is a running one": (
        oracle_window,
        "_is_running",
        lambda count, _published: count.begins is None,
    ),
    "the newest source of a post hides the others": (oracle_window, "believed", newest_alone),
    "a shared account is the first one's": (oracle_window, "_authors", one_author),
    "no partnership is a claim": (oracle_window, "_runs", lambda _campaign, _on: False),
    "one of two owners": (oracle_window, "_only", any_owner),
    "codes and tags hold for ever": (oracle_window, "_valid", lambda _rule, _on: True),
    "codes go before UTM everywhere": project(attribution=ATTRIBUTION),
    "no UTM": project(attribution=("promo_code", "hashtag")),
    "codes match as they are spelled": (oracle_events, "fold", str),
    "any rule will do, however few its keys": (
        oracle_window,
        "_of_most_keys",
        lambda matches: [owner for _, owner in matches],
    ),
    "a second breakdown is added": (oracle_window, "best_of_a_day", list),
    "any breakdown will do": (oracle_window, "best_of_a_day", first_report),
    "a later report adds to the earlier": (oracle_window, "replaced", lambda rows: rows),
    "a later file of a link adds to the earlier": (oracle_window, "_counted_clicks", lambda told: told),
    "the first file of a link counts": (oracle_window, "_counted_clicks", earliest_clicks),
    **{f"a stale file of {table} is believed": believed_when_stale(table) for table in oracle_window.LEADS},
    "no enquiry is named": (oracle_window, "_named", lambda _line: None),
    "a thing told twice is two": (oracle_window, "latest", lambda versions: list(versions.values())),
    "an order told twice alike is two": (oracle_window, "told_once", list),
    "nobody is the witness": project(authority={}),
    "pending orders are paid": (oracle_window, "PAID", (*oracle_window.PAID, "pending")),
    "refunded orders are not paid": (oracle_window, "PAID", ("paid", "partially_paid")),
    "a rate holds for a month": (oracle_window, "RATE_DAYS", timedelta(days=30)),
    "a rate holds for its day": (oracle_window, "RATE_DAYS", timedelta(0)),
    "a rate is turned round": (oracle_window, "exchange", either_way),
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


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_changes_a_judgement(
    right: dict[Path, Judgement], monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(*FAULTS[fault])
    assert any(judge(root) != judgement for root, judgement in right.items())
