"""The CSV of any other tool, read as the mapping of its source says: which header feeds which column of ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from perftrack_site.errors import Fault, QualityError
from perftrack_site.sources.cast import CellError, Column, plain
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal, refusals
from perftrack_site.sources.grid import Line, header_of, read_grid, table
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.ledger import Rule
from perftrack_site.sources.platforms.generic_casts import FREE_TEXT, LOST_UNIT, Style, cast_of, has_time
from perftrack_site.sources.platforms.generic_tables import MAPPABLE, Mappable
from perftrack_site.sources.platforms.instagram_graph import hashtags
from perftrack_site.sources.reading import FileMapping
from perftrack_site.sources.records import Cells, Made, transcribe
from perftrack_site.sources.tables import COUNT, MOMENT, MONEY, RATE, TABLES, Cell, Table

DECLARED_IN = "config/sources.yml"
NAMED_LINE = Rule("skip", "the source names it under `skip`: a total, or another line that is no data")
REVERSED = Rule("days_reversed", "its last day lies before its first")
FROM_SOURCE = {  # what a source or the name of a file says in the mapping's place
    "platform": "write `platform:` into the source, or map it",
    "link": "write `link:` into the source, or map it",
    "from_day": "write {from:%Y-%m-%d} and {to:%Y-%m-%d} into the pattern of its files, or map it",
    "to_day": "write {from:%Y-%m-%d} and {to:%Y-%m-%d} into the pattern of its files, or map it",
    "currency": "write `currency:` into the source, or map it",
}
DIMENSIONS = frozenset(
    {
        "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "channel_group", "landing_page",
        "country", "city", "device", "event", "query", "page", "appearance",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Feed:
    """A header of the file and the column or counter of ours that it feeds.

    `sought` is the column as the file spells it, `shown` the same as messages call it: a header that feeds
    two columns is told apart by them.
    """

    target: str
    is_counter: bool
    header: str
    sought: Column
    shown: Column


@dataclass(frozen=True)
class Plan:
    """How the records of one file become rows."""

    mappable: Mappable
    feeds: tuple[Feed, ...]
    constants: Mapping[str, Cell]  # and what the source says of all its rows

    @property
    def shown(self) -> tuple[Column, ...]:
        return tuple(feed.shown for feed in self.feeds)

    @property
    def columns(self) -> Mapping[str, Feed]:
        return {feed.target: feed for feed in self.feeds if not feed.is_counter}


def read(file: SourceFile) -> Reading:
    """Read a file as its source maps it. Raises QualityError for a file or a mapping that cannot be used."""
    mapping = file.declaration.mapping
    if mapping is None:
        wrong, right = "nobody says which of its columns is which", "write a `mapping:` into its source"
        raise refusal(file.path, 1, "", wrong, right)
    plan = _plan(file, mapping)
    sought = tuple(feed.sought for feed in plan.feeds)
    grid = read_grid(file, sought)
    header, *lines = grid.lines
    found = table(file, header, lines, sought, skip=_named_lines(file, header, mapping), keep_raw=False)
    found = replace(found, counted=grid.counted - 1, notices=(*grid.notices, *found.notices))
    reading = transcribe(
        file,
        found,
        plan.shown,
        lambda cells: _rows(file, plan, cells),
        unique=_identity(plan),
        skip=_reversed(plan),
    )
    _refuse_lost_units(file, reading)
    return reading


# --- from the mapping to a plan ------------------------------------------------------------------


def _plan(file: SourceFile, mapping: FileMapping) -> Plan:
    place = f"{file.declaration.key}.mapping"
    mappable = MAPPABLE.get(mapping.table)
    if mappable is None:
        raise refusals([_unknown(f"{place}.table", mapping.table, "table", MAPPABLE)])
    faults = [*_unknown_names(place, mapping, mappable)]
    if faults:
        raise refusals(faults)
    feeds = _feeds(file, mapping, mappable)
    given = _given(file, mapping, mappable, place)
    if faults := [*_missing(place, mapping, mappable, given), *_timeless(place, mapping, mappable)]:
        raise refusals(faults)
    return Plan(mappable, feeds, given)


def _unknown_names(place: str, mapping: FileMapping, mappable: Mappable) -> Iterator[Fault]:
    for part, names, known in (
        ("columns", mapping.columns, mappable.columns),
        ("constants", mapping.constants, mappable.columns),
        ("counters", mapping.counters, mappable.counters),
    ):
        noun = f"{part.removesuffix('s')} of {mapping.table}"
        yield from (_unknown(f"{place}.{part}", name, noun, known) for name in names if name not in known)


def _unknown(where: str, name: str, noun: str, known: Mapping[str, object] | frozenset[str]) -> Fault:
    near = get_close_matches(name, sorted(known), n=1)
    right = f"did you mean {near[0]!r}?" if near else f"choose one of {', '.join(sorted(known)) or 'none'}"
    return Fault(DECLARED_IN, where, f"{name[:60]!r} is not a {noun}", right)


def _feeds(file: SourceFile, mapping: FileMapping, mappable: Mappable) -> tuple[Feed, ...]:
    told = [(name, header, False) for name, header in mapping.columns.items()]
    told += [(name, header, True) for name, header in mapping.counters.items()]
    times = Counter(header for _, header, _ in told)
    style = Style(mapping.dates, mapping.decimal, mapping.thousands, mapping.suffixes)
    feeds = []
    for name, header, is_counter in told:
        home, column = _home(mappable, name, is_counter=is_counter)
        sought = Column(
            (header,),
            cast_of(file, home, column, style, mapping.units.get(header, Decimal(1))),
            (f"{home.name}.{name}",),
            nullable=is_counter or name not in _needed(mappable, mapping),
            free_text=column in FREE_TEXT,
        )
        shown = sought if times[header] == 1 else replace(sought, headers=(f"{header} ({name})",))
        feeds.append(Feed(name, is_counter, header, sought, shown))
    return tuple(feeds)


def _home(mappable: Mappable, name: str, *, is_counter: bool) -> tuple[Table, str]:
    """Find the table and the column of it that a name of the mapping means."""
    if mappable.counted and (is_counter or name not in mappable.table.columns):
        return mappable.counted, "value" if is_counter else name
    return mappable.table, name


def _needed(mappable: Mappable, mapping: FileMapping) -> set[str]:
    """List what every row needs: a day `..._on` may come from its moment `..._at`."""
    needed = {*mappable.needed, *(name for name in FROM_SOURCE if name in mappable.table.columns)}
    needed |= {"account"} & set(mappable.table.key)
    if "currency" in needed and not any(
        mappable.table.columns.get(name) == MONEY for name in mapping.columns
    ):
        needed.discard("currency")
    return {_moment_of(name) if _moment_of(name) in mapping.columns else name for name in needed}


def _moment_of(name: str) -> str:
    return f"{name.removesuffix('_on')}_at" if name.endswith("_on") else name


def _given(file: SourceFile, mapping: FileMapping, mappable: Mappable, place: str) -> dict[str, Cell]:
    """Gather the cells that are the same in every row: from the source and the file's name, then the constants."""
    given: dict[str, Cell] = {name: cell for name, cell in _said(file).items() if name in mappable.columns}
    for name, text in mapping.constants.items():
        home, column = _home(mappable, name, is_counter=False)
        try:
            given[name] = cast_of(file, home, column, Style())(text.strip())
        except CellError as error:
            wrong = f"{text[:60]!r} cannot be a {name}: {error.reason}"
            raise refusals([Fault(DECLARED_IN, f"{place}.constants.{name}", wrong, "")]) from error
    return given


def _said(file: SourceFile) -> dict[str, Cell]:
    declared = file.declaration
    return {
        "platform": declared.platform,
        "account": account_of(file),
        "site": file.account,
        "shop": declared.key,
        "provider": declared.key,
        "network": declared.key,
        "link": declared.link,
        "currency": declared.currency,
        "witness": "export",
        "from_day": file.span.first if file.span else None,
        "to_day": file.span.last if file.span else None,
    }


def _missing(
    place: str, mapping: FileMapping, mappable: Mappable, given: Mapping[str, Cell]
) -> Iterator[Fault]:
    for name in sorted(_needed(mappable, mapping) - mapping.columns.keys()):
        if given.get(name) is None:
            right = FROM_SOURCE.get(name, f"write `{name}: its header` into `columns`")
            yield Fault(
                DECLARED_IN, f"{place}.columns", f"every row of {mapping.table} needs {name!r}", right
            )
    if mappable.needs_counters and not mapping.counters:
        right = "write `counters:` with lines such as `views: its header`"
        yield Fault(
            DECLARED_IN, f"{place}.counters", f"{mapping.table} holds counters, and none is mapped", right
        )


def _timeless(place: str, mapping: FileMapping, mappable: Mappable) -> Iterator[Fault]:
    """Tell a moment that would be read from a form without a time of day: it would be midnight by a guess."""
    if mapping.dates is None or has_time(mapping.dates):
        return
    for name in mapping.columns:
        if mappable.table.columns.get(name) == MOMENT:
            right = f"map the day to {name.removesuffix('_at') + '_on'!r}, or write %H:%M into `dates`"
            yield Fault(DECLARED_IN, f"{place}.columns.{name}", "is a moment, and `dates` has no time", right)


# --- from a record to rows -----------------------------------------------------------------------


def _named_lines(file: SourceFile, header: Line, mapping: FileMapping) -> Callable[[Line], Rule | None]:
    """Make the test whether a line is one of those that the source names as no data."""
    columns = [Column((name,), plain, ()) for name in mapping.skip]
    places = header_of(file, header, columns).positions
    values = [{value.strip().casefold() for value in texts} for texts in mapping.skip.values()]
    if None in places:
        name = list(mapping.skip)[places.index(None)]
        wrong = f"the column {name!r}, named under `skip`, is missing"
        raise refusal(file.path, header.first, "header", wrong, "correct its name in config/sources.yml")

    def skip(line: Line) -> Rule | None:
        named = any(
            at is not None and at < len(line.cells) and line.cells[at].strip().casefold() in texts
            for at, texts in zip(places, values, strict=True)
        )
        return NAMED_LINE if named else None

    return skip


def _identity(plan: Plan) -> list[str]:
    """Name the columns of the file that together name one thing; none where our table has no key."""
    key = plan.mappable.table.key
    return [feed.shown.name for name, feed in plan.columns.items() if name in key or _is_day_of(name, key)]


def _is_day_of(name: str, key: tuple[str, ...]) -> bool:
    return f"{name.removesuffix('_at')}_on" in key


def _reversed(plan: Plan) -> Callable[[Cells], Rule | None]:
    def skip(cells: Cells) -> Rule | None:
        row = _named(plan, cells)
        first, last = row.get("from_day"), row.get("to_day")
        return REVERSED if isinstance(first, date) and isinstance(last, date) and last < first else None

    return skip


def _named(plan: Plan, cells: Cells) -> dict[str, Cell]:
    """Name a record's cells by the canonical columns; what the source says fills those that the file lacks."""
    return {**plan.constants, **{name: cells[feed.shown.name] for name, feed in plan.columns.items()}}


def _rows(file: SourceFile, plan: Plan, cells: Cells) -> list[Made]:
    row = _named(plan, cells)
    row = {**_derived(file, plan, row), **row}
    counted = list(_counted(plan, cells, row))
    if plan.mappable.needs_counters or not _has_number(plan, row, counted):
        return counted
    return [_cut(plan.mappable.table, row), *counted]


def _derived(file: SourceFile, plan: Plan, row: Mapping[str, Cell]) -> dict[str, Cell]:
    """Make what follows from other cells: the day of a moment, the breakdown, what is provisional, the hashtags."""
    derived: dict[str, Cell] = {
        f"{name.removesuffix('_at')}_on": file.business_day(cell)
        for name, cell in row.items()
        if name.endswith("_at")
    }
    derived["breakdown"] = ",".join(sorted(DIMENSIONS & plan.columns.keys()))
    derived["is_provisional"] = file.is_provisional(row.get("day") or row.get("to_day"))
    derived["hashtags"] = hashtags(str(row.get("caption") or ""))
    return derived


def _counted(plan: Plan, cells: Cells, row: Mapping[str, Cell]) -> Iterator[Made]:
    home = plan.mappable.counted
    if home is None:
        return
    name = "measure" if "measure" in home.columns else "counter"
    for feed in plan.feeds:
        value = cells[feed.shown.name]
        if feed.is_counter and value is not None:
            yield _cut(home, {**row, name: feed.target, "value": value, "definition": feed.header})


def _has_number(plan: Plan, row: Mapping[str, Cell], counted: list[Made]) -> bool:
    """Say whether a row tells any number, where numbers were mapped at all."""
    columns = plan.mappable.table.columns
    numbers = [name for name in plan.columns if columns.get(name) in {COUNT, MONEY, RATE}]
    return not numbers or bool(counted) or any(row[name] is not None for name in numbers)


def _cut(home: Table, row: Mapping[str, Cell]) -> Made:
    return home.row(**{name: cell for name, cell in row.items() if name in home.columns})


def _refuse_lost_units(file: SourceFile, reading: Reading) -> None:
    """Refuse a file most of whose counts have decimals: thousands or millions were cut off its numbers."""
    lost = [reject for reject in reading.rejects if reject.rule == LOST_UNIT]
    if 2 * len(lost) > reading.counted:
        raise _lost(file, lost[0].first_line, lost[0].column)


def _lost(file: SourceFile, line: int, header: str) -> QualityError:
    wrong = (
        f"the counts in {header!r} have decimals: thousands or millions were cut off, and nothing says which"
    )
    right = f"export it with whole numbers, or write `units: {{{header}: 1000000}}` into its mapping"
    return refusal(file.path, line, header, wrong, right)


FORMATS = (
    Format(
        "generic.csv",
        "Any other tool's CSV, by a mapping",
        "line",
        tuple(TABLES),
        ("replaces", "cumulative", "adds"),
        (),
        read,
        platform="Any other tool",
        needs=("mapping",),
        export=(
            "Export a table of the tool as CSV with its header on the first line. Then say in `config/sources.yml` "
            "which of its columns is which: `mapping` names a table of ours, and a header of the file for each column. "
            "[config.md](config.md#a-mapping) shows a worked example."
        ),
        notes=(
            "`dates` is the one form of all days and moments, such as `%d.%m.%Y`; without it they are ISO.",
            "A moment without an offset is told in the source's `timezone`.",
            "`decimal` and `thousands` say how numbers are written; `suffixes: true` reads `3.3k`, `475.1m`, `29.0b`.",
            "Amounts keep 4 decimals, rates 8, rounded half up; a rate may be written `25.4%`.",
            "A count with decimals is rejected. Where most are like that, a unit was lost and the file is refused.",
            "`units: {Followers: 1000000}` gives a lost unit back.",
            "Tables of posts, accounts and page behaviour hold a row for each counter: `counters` names their headers.",
            "A list of posts with counters gives both, the posts and their running totals.",
            "`skip` names the lines that are no data, such as `Gesamt` in the column `Kampagne`.",
            "Lines that are equal in all that is read are duplicates.",
            "A customer or an author is only taken as the keyed hash that `perftrack scrub` writes.",
        ),
        pattern="tool/report-{extracted_at:%Y-%m-%d}.csv",
    ),
)
