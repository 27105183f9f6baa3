"""What Search Console calls its dimensions, and how a row of an answer or an export becomes a row of ours.

Only numbers that are not broken down, or by day alone, are what happened: Google tells nothing of rare queries, and a
search that shows two pages of a website counts for both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from perftrack_site.sources.cast import Cast, CellError, Column, plain, word
from perftrack_site.sources.cast import day as iso_day
from perftrack_site.sources.format import SourceFile, refusal
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.platforms.google_web import SPAN_IN_NAME, past_day
from perftrack_site.sources.records import Cells, Made
from perftrack_site.sources.tables import SEARCH_DAYS, SEARCH_SPANS, Cell

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
TABLES = (SEARCH_DAYS, SEARCH_SPANS)
Names = tuple[str, ...]


def _page(text: str) -> str:
    if not ADDRESS.fullmatch(text):
        raise CellError("page", "not the address of a page")
    return plain(text)


def _stripped(text: str) -> str:
    return plain(text.strip())


@dataclass(frozen=True)
class Dimension:
    """A dimension: its name in the API, its headers in exports (newest first), our column, and how it is read."""

    name: str
    spelt: Names
    column: str
    cast: Cast


DAY = Dimension("date", ("Date",), "day", iso_day)
DIMENSIONS = (
    DAY,
    Dimension("query", ("Top queries", "Query", "Queries", "Search Queries"), "query", _stripped),
    Dimension("page", ("Top pages", "Page", "Pages"), "page", _page),
    Dimension("country", ("Country", "Countries"), "country", plain),
    Dimension("device", ("Device", "Devices"), "device", word),
    Dimension("searchAppearance", ("Search Appearance",), "appearance", plain),
)


@dataclass(frozen=True)
class Spelling:
    """How one kind of file spells the names of its columns, and writes its numbers."""

    dimension: Callable[[Dimension], Names]
    metrics: tuple[Names, Names, Names]  # clicks, impressions, position
    count: Cast
    position: Cast


@dataclass(frozen=True)
class Report:
    """What the columns of one file are, and which days it covers where its rows do not say."""

    file: SourceFile
    spelling: Spelling
    dimensions: tuple[Dimension, ...]
    span: Span | None
    first_incomplete: date | None = None

    @property
    def names(self) -> list[str]:
        """Name the columns that identify a row."""
        return [self.spelling.dimension(each)[0] for each in self.dimensions]

    @property
    def breakdown(self) -> str:
        return ",".join(sorted(each.column for each in self.dimensions if each is not DAY))

    def columns(self) -> tuple[Column, ...]:
        """List the columns to read; raises QualityError where nothing says which days the rows are about."""
        if DAY not in self.dimensions and not self.span:
            wrong = "says nowhere which days its numbers are of"
            raise refusal(self.file.path, 1, "", wrong, SPAN_IN_NAME)
        dimensions = [
            Column(
                self.spelling.dimension(each),
                self._day if each is DAY else each.cast,
                (),
                free_text=each.column == "query",  # people search for `nan` and `-` too
            )
            for each in self.dimensions
        ]
        return (*dimensions, *metric_columns(self.spelling))

    def _day(self, text: str) -> Cell:
        return past_day(self.file, iso_day(text))

    def rows(self, cells: Cells) -> list[Made]:
        """Make the row of a record: of a day, or of the span its file covers."""
        clicks, impressions, position = (cells[names[0]] for names in self.spelling.metrics)
        told: dict[str, Cell] = {
            each.column: cells[name] for each, name in zip(self.dimensions, self.names, strict=True)
        }
        told |= {
            "site": self.file.account,
            "breakdown": self.breakdown,
            "clicks": clicks,
            "impressions": impressions,
            "position": position if impressions else None,  # shown nowhere: no position
        }
        if DAY in self.dimensions:
            return [SEARCH_DAYS.row(**told, is_provisional=self._is_provisional(told["day"]))]
        if not self.span:
            return []
        first, last = self.span.first, self.span.last
        return [
            SEARCH_SPANS.row(from_day=first, to_day=last, **told, is_provisional=self._is_provisional(last))
        ]

    def _is_provisional(self, day: Cell) -> bool:
        if self.first_incomplete and isinstance(day, date):
            return day >= self.first_incomplete
        return self.file.is_provisional(day)


def metric_columns(spelling: Spelling) -> list[Column]:
    """List the columns of numbers; the click-through rate is computed from them."""
    clicks, impressions, position = spelling.metrics
    return [
        Column(clicks, spelling.count, _in_both("clicks")),
        Column(impressions, spelling.count, _in_both("impressions")),
        Column(position, spelling.position, _in_both("position"), nullable=True),
    ]


def documented(spelling: Spelling) -> tuple[Column, ...]:
    """List what any file of a kind may hold, for the documentation."""
    dimensions = [
        Column(spelling.dimension(each), each.cast, _becomes(each), required=False) for each in DIMENSIONS
    ]
    return (*dimensions, *metric_columns(spelling))


def _becomes(dimension: Dimension) -> Names:
    return ("search_days.day",) if dimension is DAY else _in_both(dimension.column)


def _in_both(column: str) -> Names:
    return tuple(f"{table.name}.{column}" for table in TABLES)
