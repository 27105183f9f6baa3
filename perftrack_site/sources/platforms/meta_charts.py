"""Meta Business Suite, Insights charts: small tables under titles, in UTF-16, several in one file.

The title alone says what is counted, and sometimes on which platform; else the source must say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perftrack_site.errors import QualityError
from perftrack_site.sources.cast import Column, Record, count, plain
from perftrack_site.sources.days import day_of_moment
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.grid import Grid, Line, read_grid, table
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.ledger import Rule, Skipped
from perftrack_site.sources.numbers import percent
from perftrack_site.sources.records import Cells, Found, Made, transcribe
from perftrack_site.sources.tables import ACCOUNT_DAYS, ACCOUNT_TOTALS, AUDIENCE_SHARES
from perftrack_site.sources.text import folded

PLATFORM_FIRST = re.compile(r"(?:(facebook|instagram) )?(.+)")
# What a chart is called, without its platform -> the counter.
CHARTS: Mapping[str, str] = {
    "views": "views",
    "impressions": "impressions",
    "reach": "reach",
    "viewers": "viewers",
    "content interactions": "interactions",
    "visits": "profile_visits",
    "page visits": "profile_visits",
    "profile visits": "profile_visits",
    "follows": "followers_gained",
    "unfollows": "followers_lost",
    "link clicks": "link_clicks",
}
# What a table of an audience is called -> by what it tells the audience apart.
AUDIENCES: Mapping[str, str] = {
    "age & gender": "age_gender",
    "followers by gender and age": "age_gender",
    "top countries": "country",
    "followers by top countries": "country",
    "top cities": "city",
    "followers by top cities": "city",
    "followers": "followers",
}
GENDERS: Mapping[str, str] = {"women": "female", "men": "male", "unknown": "unknown"}
EMPTY = "no shares below its titles"
NOT_USED = Rule("chart_not_used", "the title of its chart is none of those we keep")


# --- the tables of a file ------------------------------------------------------------------------


@dataclass(frozen=True)
class _Block:
    """A table of the file: what its title says, and the lines below the title."""

    title: Line
    platform: str  # empty: not told
    name: str
    header: Line
    lines: tuple[Line, ...]


def _blocks(file: SourceFile, names: Mapping[str, str]) -> tuple[list[_Block], int]:
    """Part a file into its tables; answers those with a title of `names`, and how many records the others have.

    Raises QualityError where no title is known, or nobody tells of which platform a chart is.
    """
    blocks = [_block(file, part) for part in _parts(read_grid(file))]
    known = [block for block in blocks if block.name in names]
    if not known:
        raise _unknown(file, blocks, names)
    for block in known:
        if not block.platform:
            wrong = "the title does not say of which platform the chart is"
            right = (
                f"write `platform: facebook` or `platform: instagram` in the source {file.declaration.key!r}"
            )
            raise refusal(file.path, block.title.first, "title", wrong, f"{right} in config/sources.yml")
    return known, sum(len(block.lines) for block in blocks if block.name not in names)


def _parts(grid: Grid) -> list[list[Line]]:
    """Part the lines where an empty line, or one of delimiters only, stands between them."""
    parts: list[list[Line]] = [[]]
    expected = 1
    for line in grid.lines:
        if line.is_blank or not grid.breaks.isdisjoint(range(expected, line.first)):
            parts.append([])
        if not line.is_blank:
            parts[-1].append(line)
        expected = line.last + 1
    return [part for part in parts if part]


def _block(file: SourceFile, lines: Sequence[Line]) -> _Block:
    title = lines[0]
    if len(lines) == 1:
        raise refusal(file.path, title.first, "title", "there is no table below this line", "export it again")
    found = PLATFORM_FIRST.fullmatch(folded(_translated(file, title.cells[0])))
    platform, name = found.groups() if found else (None, "")
    return _Block(title, platform or file.declaration.platform or "", name, lines[1], tuple(lines[2:]))


def _translated(file: SourceFile, told: str) -> str:
    return file.declaration.headers.get(told.strip(), told)


def _unknown(file: SourceFile, blocks: Sequence[_Block], names: Mapping[str, str]) -> Exception:
    if not blocks:
        return refusal(file.path, 1, "", "holds no chart", "export it again")
    shown = " ".join(blocks[0].title.cells[0].split())[:60]
    wrong = f"{shown!r} is not the title of a chart we know ({', '.join(names)})"
    return refusal(file.path, blocks[0].title.first, "title", wrong, _way_out(file, shown))


def _way_out(file: SourceFile, shown: str) -> str:
    place = f"headers of the source {file.declaration.key!r} in config/sources.yml"
    return f"if it is one of them in another language, add `{shown}: its name` to the {place}; else check the format"


def _skipped(records: int) -> tuple[Skipped, ...]:
    return (Skipped(*NOT_USED, records),) if records else ()


# --- charts: one number a day --------------------------------------------------------------------

TOLD = (
    Column(("platform",), plain, ("account_days.platform",)),
    Column(("title",), plain, ("account_days.definition",)),
)
IN_CHART = (
    Column(("Date",), day_of_moment, ("account_days.day",)),
    Column(
        ("Primary",),
        count,
        tuple(f"account_days.{counter}" for counter in dict.fromkeys(CHARTS.values())),
        nullable=True,
    ),
)
CHART_COLUMNS = (*TOLD, *IN_CHART)


def read_charts(file: SourceFile) -> Reading:
    """Read charts of one number a day. A chart whose title is not known is skipped beside one that is."""
    known, unused = _blocks(file, CHARTS)
    charts = [(block, table(file, block.header, block.lines, IN_CHART)) for block in known]
    found = Found(
        counted=unused + sum(chart.counted for _, chart in charts),
        records=[
            record._replace(cells=(block.platform, block.name, *record.cells))
            for block, chart in charts
            for record in chart.records
        ],
        rejects=tuple(reject for _, chart in charts for reject in chart.rejects),
        skipped=_skipped(unused),
        notices=tuple(dict.fromkeys(notice for _, chart in charts for notice in chart.notices)),
    )

    def make(cells: Cells) -> list[Made]:
        return [] if cells["Primary"] is None else [_day(file, cells)]

    return transcribe(file, found, CHART_COLUMNS, make, unique=("platform", "title", "Date"))


def _day(file: SourceFile, cells: Cells) -> Made:
    title = str(cells["title"])
    return ACCOUNT_DAYS.row(
        platform=cells["platform"],
        account=account_of(file),
        day=cells["Date"],
        counter=CHARTS[title],
        value=cells["Primary"],
        definition=title.replace(" ", "_"),
        is_provisional=file.is_provisional(cells["Date"]),
    )


# --- audiences: how the followers are made up ----------------------------------------------------

AUDIENCE_COLUMNS = (
    Column(("platform",), plain, ("audience_shares.platform", "account_totals.platform")),
    Column(("title",), plain, ("audience_shares.dimension",)),
    Column(("part",), plain, ("audience_shares.part",), nullable=True, free_text=True),
    Column(("share",), percent, ("audience_shares.share",), nullable=True),
    Column(("number",), count, ("account_totals.followers",), nullable=True),
)
Part = tuple[
    Line, str, str, str
]  # the line, the part of the audience, its share, its number: the last two as text


def read_audience(file: SourceFile) -> Reading:
    """Read an audience: one share, or one number of followers, is one record."""
    known, unused = _blocks(file, AUDIENCES)
    parts = [(block, part) for block in known for part in _told_apart(file, block)]
    records = [
        Record(line.first, line.last, (block.platform, AUDIENCES[block.name], part, share, number))
        for block, (line, part, share, number) in parts
    ]
    notices = () if unused or parts else (EMPTY,)
    found = Found(unused + len(parts), records, skipped=_skipped(unused), notices=notices)

    def make(cells: Cells) -> list[Made]:
        return _audience_rows(file, cells)

    return transcribe(file, found, AUDIENCE_COLUMNS, make, unique=("platform", "title", "part"))


def _told_apart(file: SourceFile, block: _Block) -> Iterator[Part]:
    """Take the shares of a table, whichever way it lies. Raises QualityError where it does not fit together."""
    kind = AUDIENCES[block.name]
    if kind == "age_gender":
        yield from _by_age(file, block)
    elif kind == "followers":
        yield from ((line, "", "", line.cells[0]) for line in block.lines)
    elif folded(_translated(file, _filled(block.header)[-1])) == "value":
        for line in block.lines:
            *names, share = _filled(line)  # a spreadsheet may have split `Town, Region, Country` into cells
            if not any(name.strip() for name in names):
                raise _unfit(file, line, "a share without a name")
            yield line, ", ".join(name.strip() for name in names), share, ""
    else:
        names = _filled(block.header)
        for line in block.lines:
            shares = _filled(line)
            if len(shares) != len(names):
                raise _unfit(file, line, f"{len(shares)} shares for {len(names)} names")
            yield from ((line, name, share, "") for name, share in zip(names, shares, strict=True))


def _by_age(file: SourceFile, block: _Block) -> Iterator[Part]:
    genders = []
    for name in _filled(block.header)[1:]:
        gender = GENDERS.get(folded(_translated(file, name)))
        if gender is None:
            wrong = f"the column {name.strip()[:60]!r} is not one of Women, Men, Unknown"
            raise refusal(file.path, block.header.first, "header", wrong, _way_out(file, name.strip()[:60]))
        genders.append(gender)
    for line in block.lines:
        age, *shares = line.cells
        if any(share.strip() for share in shares[len(genders) :]):
            raise _unfit(file, line, f"{len(shares)} shares for {len(genders)} names")
        yield from (
            (line, f"{age.strip()} {gender}", share, "")
            for gender, share in zip(genders, shares, strict=False)
        )


def _unfit(file: SourceFile, line: Line, wrong: str) -> QualityError:
    return refusal(file.path, line.first, "", wrong, "export it again")


def _filled(line: Line) -> list[str]:
    """Take the cells of a line up to the last one that holds anything."""
    cells = list(line.cells)
    while not cells[-1].strip():
        cells.pop()
    return cells


def _audience_rows(file: SourceFile, cells: Cells) -> list[Made]:
    who = {"platform": cells["platform"], "account": account_of(file)}
    if cells["title"] == "followers":
        return [ACCOUNT_TOTALS.row(**who, counter="followers", value=cells["number"], definition="followers")]
    if cells["share"] is None:
        return []
    return [
        AUDIENCE_SHARES.row(
            **who, audience="followers", dimension=cells["title"], part=cells["part"], share=cells["share"]
        )
    ]


NEEDS_PLATFORM = (
    "Some titles do not name their platform, such as `Views`: then the source must say `platform: facebook` or "
    "`platform: instagram`."
)
CHART = Format(
    "meta_charts.daily",
    label="Meta Business Suite, Insights charts",
    noun="day of a chart",
    tables=("account_days",),
    overlaps=("replaces",),
    columns=CHART_COLUMNS,
    read=read_charts,
    platform="Facebook and Instagram",
    settles_days=2,
    needs=("platform",),
    export=(
        "In Meta Business Suite open Insights, then Results or Overview. Choose the account and the days, and download "
        "each chart as CSV. Several charts may stand in one file."
    ),
    notes=(
        "The browser names the files Reach.csv, Views.csv, Visits (1).csv: the title inside says what was counted.",
        NEEDS_PLATFORM,
        "The hour in the dates is an artefact of the export and is dropped.",
        "The newest two days are provisional. The reach of days never adds up to the reach of a week.",
        "A chart whose title we do not keep is skipped; where no title is known the file is refused.",
    ),
    pattern="meta/reach-{extracted_at:%Y-%m-%d}.csv",
)
AUDIENCE = Format(
    "meta_charts.audience",
    label="Meta Business Suite, Audience",
    noun="share",
    tables=("audience_shares", "account_totals"),
    overlaps=("replaces", "cumulative"),
    columns=AUDIENCE_COLUMNS,
    read=read_audience,
    platform="Facebook and Instagram",
    needs=("platform",),
    export="In Meta Business Suite open Insights, then Audience, choose the account and download the CSV.",
    notes=(
        "It tells the followers as they are on the day of the export: give that day in the file's name.",
        NEEDS_PLATFORM,
        "Only the first countries and cities are told, so their shares do not add up to the whole.",
    ),
    pattern="meta/audience-{extracted_at:%Y-%m-%d}.csv",
)

FORMATS: tuple[Format, ...] = (CHART, AUDIENCE)
