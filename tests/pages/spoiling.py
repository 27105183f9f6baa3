"""Hostile words, and how they are put into every text of a Report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from typing import Any

from page_samples import sample

from perftrack_site.evaluation.report import (
    BenchmarkShown,
    CampaignResult,
    FileLines,
    InfluencerResult,
    PlatformFeeds,
    Report,
)

HOSTILE = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "</td></tr></table><h1>mine</h1>",
    "</div></details><form>",
    "<!-- comment",
    "--><b>out</b>",
    "<![CDATA[ x ]]>",
    "<?php x ?>",
    "[click](javascript:alert(1))",
    "![picture](http://a.example/x.png)",
    "a | b | c\n|---|---|---|",
    "# heading {#kpis}",
    "**bold** _it_ `code` ~~gone~~",
    "{: onclick=alert(1) }",
    "{{ 7 * 7 }} {% raw %} {# note #}",
    "&lt;b&gt; &#60; &amp;",
    "two\n\nparagraphs\n\n    code",
    "---\ntitle: mine\n---",
    "\x02amp\x03 wzxhzdk:0 klzzwxh:0001",
    "--8<-- 'mkdocs.yml'",
    "<https://a.example> www.a.example @handle",
    "]]> \\<b\\> \\",
    "\N{RIGHT-TO-LEFT OVERRIDE}txt.exe \ud83d half",
    "=cmd|' /C calc'!A0",
    '!!! note "mine"',
    "</svg><style>*{}</style>",
    "🫖 é e\N{COMBINING ACUTE ACCENT} \u2039\u203a",
]
PLAIN = "plain words"
# Names of things, not words of people: the reader of results.json and of config/ hold them to their form.
NAMES = {
    "key",
    "state",
    "verdict",
    "pace",
    "kind",
    "freshness",
    "unit",
    "op",
    "direction",
    "origin",
    "schema",
    "audience",
    "metric",
    "influencer",
    "met",
    "missed",
    "pending",
    "excluded",
    "kpi",
    "month",
}
# Lists of keys: of campaigns, of metrics.
KEYS = {(InfluencerResult, "campaigns"), (PlatformFeeds, "metrics"), (PlatformFeeds, "waiting")}
# Fields that no page prints as they stand.
UNSEEN = {
    "GoalCount.period",
    "Input.table",
    "FileLines.blob",
    "FileLines.lines",
    "FileShown.blob",
    "FileShown.source",
    "FileShown.format",
    "SkippedShown.rule",
    "PostShown.post_id",
    "PostShown.page_id",
    "PostShown.hidden",
}

# What only an influencer's own Report holds: test_pages_own.py spoils it.
OWN = {
    "Earlier.campaign",
    "Earlier.name",
    "Feedback.rule",
    "Feedback.sentence",
    "Feedback.posts",
    "SourceShown.account",
}


def spoilt(value: Any, hostile: str, name: str = "") -> Any:  # noqa: ANN401 (walks any tree of dataclasses)
    """Put hostile text into every field that holds somebody's words, marked with the field's name."""
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            one.name: spoilt(getattr(value, one.name), hostile, f"{type(value).__name__}.{one.name}")
            for one in fields(value)
            if one.name not in NAMES and (type(value), one.name) not in KEYS
        }
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(spoilt(part, hostile, name) for part in value)
    if isinstance(value, dict):
        known = name == "PostShown.counters"
        return {
            key if known else mark(f"{name}.{key}", hostile): spoilt(part, hostile, name)
            for key, part in value.items()
        }
    return mark(name, hostile) if isinstance(value, str) else value


def mark(name: str, hostile: str) -> str:
    return f"Zz{name.replace('.', 'Zz')}Zz {hostile}"


def words_of(value: Any) -> Iterator[str]:  # noqa: ANN401 (walks any tree of dataclasses)
    """List the marked texts of a spoilt tree."""
    if is_dataclass(value) and not isinstance(value, type):
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, dict):
        yield from words_of(tuple(value))
        yield from words_of(tuple(value.values()))
    elif isinstance(value, tuple):
        for part in value:
            yield from words_of(part)
    elif isinstance(value, str) and value.startswith("Zz"):
        yield value


def small() -> Report:
    """The sample with one campaign of each kind, which is enough to show every field."""
    keys = {"gift-box", "reusables", "autumn-rituals", "thermos", "new-year", "festival"}
    report = sample()
    found = (one for one in report.campaigns if one.key in keys)
    return replace(report, campaigns=tuple(map(_with_benchmarks, found)))


def _with_benchmarks(campaign: CampaignResult) -> CampaignResult:
    shown = BenchmarkShown(
        value=Fraction(31, 1000),
        unit="share",
        statistic="median",
        sample=1200,
        year=2031,
        source="Teawatch",
        scope="on Instagram",
        standing=None,
        note="not comparable: source uses followers, this KPI uses reach",
        file=FileLines("data/benchmarks/benchmarks-2031-04-01.csv", "b" * 40, "2"),
    )
    return replace(campaign, kpis=tuple(replace(kpi, benchmark=shown) for kpi in campaign.kpis))
