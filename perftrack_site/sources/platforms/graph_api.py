"""The envelopes of Meta's Graph API: pages of `data`, several pages in a file, answers by id, errors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from perftrack_site.sources.cast import Column
from perftrack_site.sources.format import SourceFile, refusal
from perftrack_site.sources.json_reader import Node, read_json
from perftrack_site.sources.json_records import other_shape, record_of, refuse_strangers
from perftrack_site.sources.records import Found

NODE_ID = re.compile(r"[0-9]+(?:_[0-9]+)?")
WORD = re.compile(r"[A-Za-z]{1,40}")
MORE_PAGES = "more pages exist: the last page of this list is not in this file"


@dataclass(frozen=True)
class Entries:
    """The records of one file and an independent count of them.

    `chain` are the brackets around each record; `pages` the pages they stand on, each with the id it answers for,
    which is empty where the file does not tell it.
    """

    counted: int
    nodes: list[Node]
    notices: tuple[str, ...]
    chain: str
    pages: tuple[tuple[str, Node], ...]


@dataclass(frozen=True)
class Foreign:
    """The members that only entries of another kind have, and what such entries are."""

    marks: frozenset[str]
    are: str


def read_records(file: SourceFile, columns: Sequence[Column], *, looks_like: str, foreign: Foreign) -> Found:
    """Read the entries of a file as records; a column's headers are paths within an entry. Raises QualityError.

    A file in which no entry has all needed columns, or one has a mark of `foreign`, is of another kind.
    """
    entries = read_entries(file, needs=(), looks_like=looks_like)
    refuse_foreign(file, entries.nodes, looks_like, foreign)
    refuse_strangers(file, entries.nodes, columns, looks_like)
    records = [record_of(node, columns) for node in entries.nodes]
    return Found(entries.counted, records, notices=entries.notices)


def refuse_foreign(file: SourceFile, nodes: Sequence[Node], looks_like: str, foreign: Foreign) -> None:
    """Refuse a file with an entry of another kind that has all the members we need."""
    for node in nodes:
        if marks := sorted(foreign.marks & cast("dict[str, object]", node.value).keys()):
            wrong = f"an entry has {marks[0]!r}: it is {foreign.are}"
            right = f"expected {looks_like}; check the format of its source"
            raise refusal(file.path, node.first_line, "", wrong, right)


def read_entries(file: SourceFile, *, needs: Sequence[str], looks_like: str) -> Entries:
    """Find the records of a Graph API file, whatever its envelope.

    Envelopes: a page `{"data": [...]}`, a list of pages, pages by id, records by id, a single record. A file
    in which no record has all the keys of `needs` is of another kind. Raises QualityError.
    """
    top = read_json(file)
    chain, nodes, pages = _open(file, top, looks_like)
    for node in nodes:
        if not isinstance(node.value, dict):
            wrong = "an entry of the list is not an object"
            raise refusal(file.path, node.first_line, "", wrong, f"expected {looks_like}")
    if nodes and not any(set(needs) <= set(node.value) for node in nodes if isinstance(node.value, dict)):
        wrong = f"none of its {len(nodes)} entries has {' and '.join(map(repr, needs))}"
        raise refusal(
            file.path,
            nodes[0].first_line,
            "",
            wrong,
            f"expected {looks_like}; check the format of its source",
        )
    counted = top.document.opened[chain]
    if counted != len(nodes):
        wrong = f"cannot be accounted for: {counted} entries counted, {len(nodes)} found"
        raise refusal(file.path, 1, "", wrong, f"expected {looks_like}")
    named = top.members() if chain.startswith("{{[") else (("", page) for page in pages)
    return Entries(counted, nodes, tuple(_notices(nodes, pages)), chain, tuple(named))


def _open(file: SourceFile, top: Node, looks_like: str) -> tuple[str, list[Node], list[Node]]:
    """Answer the chain of brackets down to the records, the records, and the pages they stand on."""
    _refuse_error_body(file, top)
    children = list(top.elements()) if isinstance(top.value, list) else []
    by_id = dict(top.members()) if isinstance(top.value, dict) and _keyed_by_id(top.value) else {}
    for child in (*children, *by_id.values()):
        _refuse_error_body(file, child)
    if _is_page(top):
        return "{[{", _records([top]), [top]
    if children and all(map(_is_page, children)):
        return "[{[{", _records(children), children
    if by_id and all(map(_is_page, by_id.values())):
        pages = list(by_id.values())
        return "{{[{", _records(pages), pages
    if by_id and not any(map(_is_page, by_id.values())):
        return "{{", list(by_id.values()), []
    if isinstance(top.value, dict) and "id" in top.value:
        return "{", [top], []
    raise other_shape(file, top, looks_like)


def _is_page(node: Node) -> bool:
    return isinstance(node.value, dict) and isinstance(node.value.get("data"), list)


def _keyed_by_id(value: dict[str, object]) -> bool:
    return bool(value) and all(NODE_ID.fullmatch(key) for key in value)


def _records(pages: Sequence[Node]) -> list[Node]:
    lists = (node for page in pages for key, node in page.members() if key == "data")
    return [record for found in lists for record in found.elements()]


def _refuse_error_body(file: SourceFile, node: Node) -> None:
    """Refuse an answer that is an error; its message is not repeated, it may hold a token or a name."""
    error = node.value.get("error") if isinstance(node.value, dict) else None
    if not isinstance(error, dict):
        return
    kind, code, subcode = error.get("type"), error.get("code"), error.get("error_subcode")
    said = [kind] if isinstance(kind, str) and WORD.fullmatch(kind) else []
    said += [
        f"{name} {number}" for name, number in (("code", code), ("subcode", subcode)) if type(number) is int
    ]
    wrong = f"is an error of the API, not data ({', '.join(said) or 'no type or code'})"
    raise refusal(file.path, node.first_line, "", wrong, "fetch it again, and delete this file")


def _notices(nodes: Sequence[Node], pages: Sequence[Node]) -> Iterator[str]:
    """Say what a reader must know. The link to the next page carries a token: it is never repeated."""
    if not nodes:
        yield "the list is empty: the platform gives no entry instead of 0"
    paging = [page.value.get("paging") for page in pages if isinstance(page.value, dict)]
    if paging and isinstance(paging[-1], dict) and paging[-1].get("next"):
        yield MORE_PAGES
