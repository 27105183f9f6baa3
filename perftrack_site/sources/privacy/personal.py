"""Finds the personal fields of a file that still hold something, and columns that say they hold a secret."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from perftrack_site.sources.format import Format
from perftrack_site.sources.privacy import csv_places, json_places
from perftrack_site.sources.privacy.secret_kinds import BLANKED, COLUMN_NAME, FIELD
from perftrack_site.sources.privacy.secrets import has_variety
from perftrack_site.sources.text import folded

E_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
PERSONAL_DATA = "personal data"
NOTHING = frozenset({b'""', b"null"})


class Spot(NamedTuple):
    """Where something stands that must go: in which column or under which path, and what kind it is."""

    where: str
    start: int
    end: int
    kind: str


def find_personal(text: bytes, form: Format | None) -> list[Spot]:
    """Find the filled personal fields of a file of a format, in the order of the file."""
    fields = personal_fields(form)
    if json_places.is_json(text):
        return list(_in_json(text, fields))
    known = {header for column in form.columns for header in column.headers} if form else set()
    return list(_in_csv(text, fields, known))


def personal_fields(form: Format | None) -> tuple[str, ...]:
    """List the personal fields of a format; who somebody is belongs to them."""
    if form is None:
        return ()
    return (*form.personal, *([form.identity] if form.identity else []))


def _in_json(text: bytes, fields: Sequence[str]) -> Iterator[Spot]:
    patterns = [json_places.split(field) for field in fields]
    if not any(_may_hold(text, pattern) for pattern in patterns):
        return
    for place in json_places.places(text):
        if text[place.start : place.end] in NOTHING:
            continue
        if any(json_places.fits(place.path, pattern) for pattern in patterns):
            yield Spot(json_places.told(place.path), place.start, place.end, PERSONAL_DATA)


def _may_hold(text: bytes, pattern: Sequence[str]) -> bool:
    """Say whether the last name of a path stands in the text at all, as it is or with escapes."""
    names = [name for name in pattern if name != json_places.ITEM]
    return f'"{names[-1]}"'.encode() in text or b"\\u00" in text


def _in_csv(text: bytes, fields: Sequence[str], known: Iterable[str]) -> Iterator[Spot]:
    """Look below the header: the line that names most columns of the format, not one with `e-mail` in a cell."""
    named = {folded(field) for field in fields}
    told = named | {folded(name) for name in known}
    head = csv_places.find_head(text, cache(lambda name: folded(name) in told or is_secret_column(name)))
    if head is None:
        return
    ours = {at: name for at, name in head.wanted.items() if folded(name) in named or is_secret_column(name)}
    head = head._replace(wanted=ours)
    kinds = {at: PERSONAL_DATA if folded(name) in named else FIELD.name for at, name in head.wanted.items()}
    for start, end in csv_places.records(text, head.end):
        if not _may_be_filled(text[start:end], head):
            continue
        cells = csv_places.cells(text, start, end, head.delimiter)
        for at, kind in kinds.items():
            if at < len(cells) and _must_go(text, cells[at], kind):
                yield Spot(head.wanted[at], *cells[at], kind)
        if named and len(cells) != len(head.cells):
            yield from _moved(text, [cell for at, cell in enumerate(cells) if at not in kinds])


def _moved(text: bytes, cells: Sequence[csv_places.Cell]) -> Iterator[Spot]:
    """Find e-mail addresses in a line with a cell too few or too many: they may stand in any column."""
    for cell in cells:
        if E_MAIL.fullmatch(csv_places.value(text, cell)):
            yield Spot("a line of another width", *cell, PERSONAL_DATA)


def _must_go(text: bytes, cell: csv_places.Cell, kind: str) -> bool:
    """Say whether a cell of a personal column holds anything, or one of a secret's column a secret."""
    if kind == PERSONAL_DATA:
        return csv_places.is_filled(text, cell)
    return _is_secret(csv_places.value(text, cell))


def _may_be_filled(record: bytes, head: csv_places.Head) -> bool:
    """Answer quickly for most records; one with quotes, or with cells that have moved, is looked at in full."""
    parts = record.split(head.delimiter)
    if b'"' in record or len(parts) != len(head.cells):
        return True
    return any(parts[at].strip(b" \t") for at in head.wanted if at < len(parts))


def is_secret_column(name: str) -> bool:
    """Say whether a header names a secret, such as `access_token` or `API key`."""
    return bool(COLUMN_NAME.fullmatch(folded(name).replace(" ", "_")))


def _is_secret(value: str) -> bool:
    raw = value.encode()
    return has_variety(raw, FIELD.variety) and not BLANKED.fullmatch(raw)
