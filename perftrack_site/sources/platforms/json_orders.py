"""Orders in the answer of a shop's API, with their lines inside them: one record is one order.

An order one of whose lines cannot be read is rejected whole. The text of what was rejected is never kept: an order
is full of personal data.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from perftrack_site.sources.cast import Caster, CellError, Column, Record, cast_record
from perftrack_site.sources.format import Reading, SourceFile
from perftrack_site.sources.json_reader import Node, as_text
from perftrack_site.sources.json_records import EMPTY, Listed, pick, record_of, refuse_strangers
from perftrack_site.sources.ledger import Reject, Rule, Skipped
from perftrack_site.sources.records import Cells
from perftrack_site.sources.settle import Entry, settle
from perftrack_site.sources.tables import ORDER_LINES, ORDERS, Cell
from perftrack_site.sources.tags import promo_code


@dataclass(frozen=True)
class Shape:
    """How a shop's API writes an order.

    `order` and `line` are the fields of an order (the first is its id) and of a line in its member `lines`; one answer
    holds `most` orders. `order_row` makes the columns of `orders` from the cells of an order and of its lines,
    `line_row` those of `order_lines`. `skip` answers the rule by which an order is left out.
    """

    looks_like: str
    order: tuple[Column, ...]
    lines: str
    line: tuple[Column, ...]
    most: int
    order_row: Callable[[Cells, Sequence[Cells]], Mapping[str, Cell]]
    line_row: Callable[[Cells], Mapping[str, Cell]]
    skip: Callable[[Cells], Rule | None] = lambda _: None

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*self.order, *self.line)


@dataclass(frozen=True)
class _Order:
    cells: tuple[Cell, ...]
    lines: tuple[tuple[Cell, ...], ...]


def read_orders(file: SourceFile, listed: Listed, shape: Shape) -> Reading:
    """Read orders into the tables orders and order_lines. Raises QualityError for records that are no orders."""
    refuse_strangers(file, listed.nodes, shape.order, shape.looks_like)
    reader = _Reader(file, shape)
    entries = list(reader.entries(listed.nodes))
    settled = settle(entries, file.path, shape.order[0].name)
    rows: dict[str, list[tuple[Cell, ...]]] = {ORDERS.name: [], ORDER_LINES.name: []}
    for entry in settled.kept:
        origin = file.origin(entry.first_line, entry.last_line)
        for table, row in _rows(file, shape, entry.content):
            rows[table].append(row + origin)
    return Reading(
        counted=listed.counted,
        rows=rows,
        rejects=(*reader.rejects, *settled.rejects),
        duplicates=settled.duplicates,
        skipped=tuple(Skipped(*why, times) for why, times in sorted(reader.skipped.items())),
        notices=tuple(_notices(listed, shape)),
    )


def _notices(listed: Listed, shape: Shape) -> Iterator[str]:
    """Say what is worth knowing; that there are more pages stands in the headers of an answer, which no file holds."""
    if not listed.nodes:
        yield EMPTY
    if len(listed.nodes) >= shape.most:
        yield f"holds {len(listed.nodes)} orders, as many as one answer can: keep the next page too, if there is one"


class _Reader:
    """Casts orders one by one; those that cannot be cast go to `rejects`, those left out to `skipped`."""

    def __init__(self, file: SourceFile, shape: Shape) -> None:
        self._path = file.path
        self._shape = shape
        self._order = [Caster(column) for column in shape.order]
        self._line = [Caster(column) for column in shape.line]
        self.rejects: list[Reject] = []
        self.skipped: Counter[Rule] = Counter()

    def entries(self, nodes: Sequence[Node]) -> Iterator[Entry[_Order]]:
        for node in nodes:
            order = self._read(node)
            if isinstance(order, Reject):
                self.rejects.append(replace(order, raw=""))
            elif why := self._shape.skip(_named(self._shape.order, order.cells)):
                self.skipped[why] += 1
            else:
                yield Entry(node.first_line, node.last_line, order.cells[0], order)

    def _read(self, node: Node) -> _Order | Reject:
        cells = cast_record(self._order, record_of(node, self._shape.order), self._path)
        if isinstance(cells, Reject):
            return cells
        listed = pick(node.value, self._shape.lines)
        lines = []
        for number, line in enumerate(listed if isinstance(listed, list) else []):
            record = Record(node.first_line, node.last_line, _line_cells(line, self._shape.line))
            read = cast_record(self._line, record, self._path)
            if isinstance(read, Reject):
                return replace(read, column=f"{self._shape.lines}[{number}].{read.column}")
            lines.append(read)
        return _Order(cells, tuple(lines))


def _line_cells(line: object, columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(as_text(pick(line, column.name)) for column in columns)


def _named(columns: Sequence[Column], cells: Sequence[Cell]) -> Cells:
    return dict(zip((column.name for column in columns), cells, strict=True))


def _rows(file: SourceFile, shape: Shape, order: _Order) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    lines = [_named(shape.line, cells) for cells in order.lines]
    told = shape.order_row(_named(shape.order, order.cells), lines)
    shop = file.declaration.key
    yield ORDERS.row(shop=shop, ordered_on=file.business_day(told["ordered_at"]), **told)
    for number, line in enumerate(lines, 1):
        line_row = shape.line_row(line)
        yield ORDER_LINES.row(shop=shop, order_id=told["order_id"], line_number=number, **line_row)


def objects(value: object) -> list[dict[str, object]]:
    """Take a list of objects, such as the codes of an order, as it is or as JSON text; raises CellError."""
    try:
        listed = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        listed = None
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise CellError("list", "not a list of objects")
    return listed


def codes(text: str) -> tuple[str, ...]:
    """Read the promo codes of a list of objects with a `code`."""
    return tuple(dict.fromkeys(promo_code(as_text(each.get("code"))) for each in objects(text)))


def flag(text: str) -> bool:
    """Read true or false."""
    if text not in {"true", "false"}:
        raise CellError("flag", "not true or false")
    return text == "true"
