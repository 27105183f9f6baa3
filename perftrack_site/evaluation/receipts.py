"""Receipts: the formula, the totals, and the lines of the files a number comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from perftrack_site.config.models import Metric, MetricType
from perftrack_site.evaluation.exact import in_words
from perftrack_site.evaluation.facts import FACTS
from perftrack_site.evaluation.measures import Lines, Measure
from perftrack_site.evaluation.report import FileLines, FileShown, Input, Number, Receipt
from perftrack_site.evaluation.values import Catalogue, Leaf, Value, expression, parts_of


@dataclass(frozen=True)
class Books:
    """What receipts are written from: the catalogue, the files (by index), and the campaign's currency."""

    catalogue: Catalogue
    files: Sequence[FileShown]
    currency: str


def number(metric: Metric, found: Value, books: Books) -> Number:
    """Put beside a value what its reader needs: unit, basis, coverage, origin and receipt."""
    weakest = found.weakest
    return Number(
        metric=metric.key,
        value=found.value,
        unit=metric.unit,
        currency=books.currency if metric.unit == "money" else None,
        basis=metric.basis,
        why=found.why,
        covered=weakest.total.covered if weakest else 0,
        rows=weakest.total.rows if weakest else 0,
        row_noun=FACTS[weakest.table].rows if weakest else "rows",
        note=metric.not_additive_note,
        origin=metric.origin,
        receipt=receipt(metric, found, books),
    )


def receipt(metric: Metric, found: Value, books: Books) -> Receipt | None:
    """Write the receipt of a value; None where nothing was looked up for lack of a source."""
    if not found.leaves:
        return None
    cells = [cell for leaf in found.leaves for cell in leaf.total.cells]
    inputs = tuple(entry for leaf in found.leaves for entry in _inputs(leaf, books))
    days = [cell.as_at for cell in cells if cell.as_at is not None]
    return Receipt(formula(metric), inputs, min(days, default=None), _rejects(cells, books.files))


def formula(metric: Metric) -> str:
    """Write how a metric is made of others, or of the rows of its table, in words."""
    return added_up(metric) if metric.type is MetricType.SIMPLE else in_words(expression(metric))


def added_up(metric: Metric) -> str:
    """Write what a simple metric adds up: `sum of likes + comments`, `number of orders where is paid`."""
    if metric.table is None:
        return "no source yet"
    what = FACTS[metric.table].rows if metric.agg == "count" else in_words(metric.expr or metric.key)
    text = f"number of {what}" if metric.agg == "count" else f"sum of {what}"
    return f"{text} where {in_words(metric.filter)}" if metric.filter else text


def merged(ranges: Iterable[str]) -> str:
    """Merge ranges of lines: `2-9` and `4-12,14` are `2-12,14`."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(bounds for text in ranges for bounds in _bounds(text)):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


def _inputs(leaf: Leaf, books: Books) -> list[Input]:
    total = leaf.total
    over = [lines for cell in total.cells for lines in cell.lines]
    if leaf.metric.type is MetricType.SIMPLE:
        return [_input(leaf.metric, leaf, total.numerator, over, books)]
    under = [lines for cell in total.cells for lines in cell.denominator_lines]
    numerator, denominator = (books.catalogue[key] for key in parts_of(leaf.metric))
    return [
        _input(numerator, leaf, total.numerator, over, books),
        _input(denominator, leaf, total.denominator, under, books),
    ]


def _input(metric: Metric, leaf: Leaf, total: Fraction | None, lines: Iterable[Lines], books: Books) -> Input:
    return Input(
        metric=metric.key,
        label=metric.label,
        expr=added_up(metric),
        table=leaf.table,
        total=total,
        unit=metric.unit,
        currency=books.currency if metric.unit == "money" else None,
        rows=leaf.total.rows,
        covered=leaf.total.covered,
        files=_files(lines, books.files),
    )


def _files(lines: Iterable[Lines], files: Sequence[FileShown]) -> tuple[FileLines, ...]:
    by_file: defaultdict[int, list[str]] = defaultdict(list)
    for entry in lines:
        by_file[entry.file].append(entry.lines)
    found = (
        FileLines(files[file].path, files[file].blob, merged(ranges)) for file, ranges in by_file.items()
    )
    return tuple(sorted(found, key=lambda entry: entry.path))


def _rejects(cells: Sequence[Measure], files: Sequence[FileShown]) -> int:
    """Count the rejected records of the files used, each file once."""
    used = {lines.file for cell in cells for lines in (*cell.lines, *cell.denominator_lines)}
    return sum(files[file].rejected for file in used)


def _bounds(text: str) -> list[tuple[int, int]]:
    pairs = (part.partition("-") for part in text.split(",") if part)
    return [(int(first), int(last or first)) for first, _, last in pairs]
