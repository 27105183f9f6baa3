"""Insights in Meta's Graph API: named values of an account, a page or a post, each of a period.

A value that closes at `end_time` is of the days before it, by the clock of California. A total over the days that
were asked for does not name them: the file's name must.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from perftrack_site.sources.cast import CellError, Column, Record, choice, count, moment, plain
from perftrack_site.sources.format import SourceFile, refusal
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.json_reader import Node, as_text
from perftrack_site.sources.json_records import pick
from perftrack_site.sources.ledger import Rule, Skipped
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.platforms.graph_api import MORE_PAGES, read_entries
from perftrack_site.sources.records import Cells, Found, Made
from perftrack_site.sources.tables import ACCOUNT_DAYS, ACCOUNT_SPANS, Cell

CALIFORNIA = "America/Los_Angeles"
LOOKS_LIKE = "insights: a list `data` of named values"
PERIODS = {"day": 1, "week": 7, "days_28": 28}
AN_INSTANT = timedelta(seconds=1)
OBJECT = re.compile(r"([0-9]+(?:_[0-9]+)?)/insights/[a-z0-9_]+/[a-z0-9_]+")
NAME = re.compile(r"[A-Za-z0-9_]{1,60}")
NOT_USED = Rule("name_not_used", "the API's name is not a counter we keep")
SUPERSEDED = Rule("superseded_name", "a better name of the same counter stands beside it")
PART = Rule("part_not_used", "a part of a total, by a breakdown that we do not keep")


def insight_object(text: str) -> str:
    """Take the id of the account, page or post of `<its id>/insights/<name>/<period>`."""
    found = OBJECT.fullmatch(text)
    if not found:
        raise CellError("id", "not <its id>/insights/<name>/<period>")
    return found.group(1)


def total(text: str) -> int:
    """Read a count, or several counts by kind (`{"like": 3, "love": 1}`) as their sum."""
    try:
        kinds = json.loads(text) if text.startswith("{") else None
    except ValueError:
        kinds = None
    return count(text) if kinds is None else sum(count(as_text(value)) for value in kinds.values())


def insight_columns(
    *, of: tuple[str, ...], becomes: tuple[str, ...], named: tuple[str, ...], days: tuple[str, ...]
) -> tuple[Column, ...]:
    """Make the columns of a value: what its object, number, name and end become."""
    return (
        Column(("id",), insight_object, of),
        Column(("name",), plain, named),
        Column(("period",), choice(*PERIODS, "lifetime"), ()),
        Column(("values[].value", "total_value.value"), total, becomes, nullable=True),
        Column(("values[].end_time",), moment, days, required=False, nullable=True),
    )


@dataclass(frozen=True)
class Kept:
    """The names we keep: those of each counter, the best first, and those that tell an audience apart."""

    counters: Mapping[str, tuple[str, ...]]
    is_ours: Callable[
        [str, str], bool
    ]  # whether a name and period can be of this kind of insights, kept or not
    audiences: frozenset[str] = field(default=frozenset())

    def counter(self, name: Cell) -> str:
        return next(counter for counter, names in self.counters.items() if name in names)

    def rank(self, name: str) -> tuple[str, int] | None:
        """Find the counter of a name, and how many better names that counter has; None: not kept."""
        return next(
            ((counter, names.index(name)) for counter, names in self.counters.items() if name in names), None
        )


@dataclass(frozen=True)
class _Value:
    """One number of an entry: a value of a day, a total, or a part of a total."""

    node: Node  # of the entry
    place: Node  # of the number
    number: object
    end: object = None
    keys: tuple[str, ...] = ()
    part: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return as_text(pick(self.node.value, "name"))

    @property
    def cells(self) -> tuple[str, ...]:
        told = tuple(as_text(pick(self.node.value, name)) for name in ("id", "name", "period"))
        return (*told, as_text(self.number), as_text(self.end))


def read_values(file: SourceFile, kept: Kept) -> Found:
    """Find the numbers of an insights file as records: id, name, period, value and end of each.

    Where `kept` has audiences, two cells follow: by what the audience is told apart, and the part of it. Of several
    names of one counter of one object and period only the best is taken. Raises QualityError.
    """
    entries = read_entries(file, needs=("name", "period"), looks_like=LOOKS_LIKE)
    _refuse_others(file, entries.nodes, kept)
    values = [value for node in entries.nodes for value in _values(node)]
    if entries.nodes:
        opened = entries.nodes[0].document.opened
        counted = sum(opened[entries.chain + below] for below in ("[{", "{", "{[{[{"))
        if counted != len(values):
            wrong = f"cannot be accounted for: {counted} numbers counted, {len(values)} found"
            raise refusal(file.path, 1, "", wrong, f"expected {LOOKS_LIKE}")
    best = _best(values, kept)
    records: list[Record] = []
    skipped: Counter[Rule] = Counter()
    for value in values:
        if why := _unused(value, kept, best):
            skipped[why] += 1
        else:
            more = ("_".join(value.keys), " ".join(value.part)) if kept.audiences else ()
            records.append(Record(value.place.first_line, value.place.last_line, (*value.cells, *more)))
    left_out = tuple(Skipped(*why, times) for why, times in sorted(skipped.items()))
    return Found(len(values), records, skipped=left_out, notices=of_these_days(entries.notices))


def of_these_days(notices: Sequence[str]) -> tuple[str, ...]:
    """Leave out that more pages exist: those of insights are other days, not more of these."""
    return tuple(notice for notice in notices if notice != MORE_PAGES)


def _refuse_others(file: SourceFile, nodes: Sequence[Node], kept: Kept) -> None:
    """Refuse insights of which none can be of the kind that is expected: those of posts have the same shape."""
    told = [(as_text(pick(node.value, "name")), as_text(pick(node.value, "period"))) for node in nodes]
    if told and not any(kept.is_ours(name, period) for name, period in told):
        shown = ", ".join(sorted({name for name, _ in told if NAME.fullmatch(name)})[:5])
        wrong = f"holds insights of another kind ({shown})"
        raise refusal(file.path, nodes[0].first_line, "name", wrong, "check the format of its source")


def _values(node: Node) -> Iterator[_Value]:
    members = dict(node.members())
    if (values := members.get("values")) and isinstance(values.value, list):
        for place in values.elements():
            yield _Value(node, place, pick(place.value, "value"), pick(place.value, "end_time"))
    if (whole := members.get("total_value")) and isinstance(whole.value, dict):
        yield _Value(node, whole, whole.value.get("value"))
        breakdowns = dict(whole.members()).get("breakdowns")
        for breakdown in breakdowns.elements() if breakdowns and isinstance(breakdowns.value, list) else ():
            yield from _parts(node, breakdown)


def _parts(node: Node, breakdown: Node) -> Iterator[_Value]:
    keys = _words(pick(breakdown.value, "dimension_keys"))
    results = dict(breakdown.members()).get("results") if isinstance(breakdown.value, dict) else None
    for place in results.elements() if results and isinstance(results.value, list) else ():
        part = _words(pick(place.value, "dimension_values"))
        yield _Value(node, place, pick(place.value, "value"), keys=keys, part=part)


def _words(value: object) -> tuple[str, ...]:
    return tuple(map(as_text, value)) if isinstance(value, list) else ()


def _best(values: Sequence[_Value], kept: Kept) -> Mapping[tuple[str, ...], int]:
    """Find the rank of the best name of each counter, by object and period."""
    best: dict[tuple[str, ...], int] = {}
    for value in values:
        if rank := kept.rank(value.name):
            key = _counted(value, rank[0])
            best[key] = min(rank[1], best.get(key, rank[1]))
    return best


def _counted(value: _Value, counter: str) -> tuple[str, ...]:
    told, _, period, *_ = value.cells
    return told.split("/")[0], counter, period


def _unused(value: _Value, kept: Kept, best: Mapping[tuple[str, ...], int]) -> Rule | None:
    """Say why a number is left out, if it is."""
    name = value.name
    rank = kept.rank(name)
    shown = name if NAME.fullmatch(name) else "(not a name of the API)"
    if name in kept.audiences or not name:
        return None
    if rank is None:
        return NOT_USED._replace(reason=f"{shown} is not a counter we keep")
    if rank[1] != best[_counted(value, rank[0])]:
        return SUPERSEDED._replace(reason=f"{shown} stands beside a better name of the same counter")
    return PART if value.keys or value.part else None


# --- accounts and pages --------------------------------------------------------------------------


def refuse_undated(file: SourceFile, found: Found) -> None:
    """Refuse totals over days that neither the file nor its name tells, and numbers of several accounts."""
    owners = {owner.group(1) for record in found.records if (owner := OBJECT.fullmatch(record.cells[0]))}
    if len(owners) > 1:
        wrong = f"holds the numbers of {len(owners)} accounts"
        raise refusal(
            file.path, found.records[0].first_line, "id", wrong, "keep one file, and source, per account"
        )
    for record in found.records:
        if record.cells[2] in PERIODS and not record.cells[4].strip() and file.span is None:
            raise refusal(
                file.path,
                record.first_line,
                "total_value",
                "does not say which days it is the total of",
                "write the first and last day into the file's name, and into `files` of the source "
                f"{file.declaration.key!r}: {{from:%Y-%m-%d}}_{{to:%Y-%m-%d}}-{{extracted_at:%Y-%m-%d}}.json",
            )


def days_of(file: SourceFile, cells: Cells) -> Span | None:
    """Find the days that a number is of; None where it is a running total.

    A moment of an end is one of absolute time: the days are California's, whatever zone the source declares.
    """
    period, end = cells["period"], cells["values[].end_time"]
    if period not in PERIODS:
        return None
    if not isinstance(end, datetime):
        return file.span
    last = (end.replace(tzinfo=UTC) - AN_INSTANT).astimezone(ZoneInfo(CALIFORNIA)).date()
    return Span(last - timedelta(days=PERIODS[str(period)] - 1), last)


def account_row(file: SourceFile, platform: str, cells: Cells, counter: str, definition: str) -> list[Made]:
    """Make the row of an account's number: of a day, or of a span of days."""
    days = days_of(file, cells)
    if days is None or cells["values[].value"] is None:
        return []
    told: dict[str, Cell] = {
        "platform": platform, "account": account_of(file), "counter": counter, "definition": definition,
        "value": cells["values[].value"], "is_provisional": file.is_provisional(days.last),
    }  # fmt: skip
    if days.first == days.last:
        return [ACCOUNT_DAYS.row(**told, day=days.last)]
    return [ACCOUNT_SPANS.row(**told, from_day=days.first, to_day=days.last)]


def account_becomes(counters: Mapping[str, object]) -> tuple[str, ...]:
    """Name what the numbers of an account feed."""
    return tuple(f"{table}.{counter}" for counter in counters for table in ("account_days", "account_spans"))
