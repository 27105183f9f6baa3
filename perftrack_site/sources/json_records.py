"""Records in the answer of an API: a list somewhere in it, each field of a record under a path of names.

Error bodies are refused: many APIs answer 200 and an error, and a script keeps it as if it were data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from perftrack_site.errors import QualityError
from perftrack_site.sources.cast import Column, Record
from perftrack_site.sources.format import Page, SourceFile, refusal
from perftrack_site.sources.json_reader import Node, as_text, read_json
from perftrack_site.sources.records import Found

Answer = Mapping[str, object]  # the object that holds the list

STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
WORD = re.compile(r"[A-Za-z_.]{1,60}")
FINE = (None, False, 0, "0", "ok", "OK", "")  # what some APIs write where there is no error
ERROR_MARKS = frozenset({"error", "errors", "message", "detail", "status", "statusCode", "code", "title"})
EMPTY = "the list is empty: the platform gives no record instead of 0"


def pick(value: object, path: str) -> object:
    """Follow a path such as `statistics.viewCount` or `values[0].value`; None where it leads nowhere.

    A member whose own name has dots in it is found by its whole name.
    """
    if isinstance(value, dict) and path in value:
        return value[path]
    for name, index in STEP.findall(path):
        if index:
            value = value[int(index)] if isinstance(value, list) and int(index) < len(value) else None
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def records_at(
    file: SourceFile,
    path: str,
    columns: Sequence[Column],
    *,
    looks_like: str,
    is_empty: Callable[[Answer], bool] = lambda _: False,
    page: Callable[[Answer], Page | None] = lambda _: None,
) -> Found:
    """Read the records of the list at `path`; an empty path is a file that is the list itself.

    The file may also hold several such answers in a list. A column's headers are paths within a record; the first
    that leads to something is taken. `is_empty` says which answer without the list is an empty result. Records
    without any needed field are of another kind: then the file is refused. Raises QualityError.
    """
    listed = list_at(file, path, looks_like=looks_like, is_empty=is_empty)
    refuse_strangers(file, listed.nodes, columns, looks_like)
    pages = [found for answer in listed.answers if (found := page(answer))]
    return Found(
        listed.counted,
        [record_of(node, columns) for node in listed.nodes],
        notices=() if listed.nodes else (EMPTY,),
        page=pages[-1] if pages else None,
    )


@dataclass(frozen=True)
class Listed:
    """The elements of a list, their independent count, and the answers that hold it."""

    nodes: list[Node]
    counted: int
    answers: list[Answer]


def list_at(
    file: SourceFile, path: str, *, looks_like: str, is_empty: Callable[[Answer], bool] = lambda _: False
) -> Listed:
    """Find the elements of the list at `path`. Raises QualityError."""
    top = read_json(file)
    if not path:
        if not isinstance(top.value, list):
            refuse_error_body(file, top)
            raise other_shape(file, top, looks_like)
        nodes = list(top.elements())
        return Listed(nodes, _counted(file, top, "[", nodes, looks_like), [])
    several = isinstance(top.value, list)
    found: list[Node] = []
    answers = list(top.elements()) if several else [top]
    for answer in answers:
        found += _elements(file, answer, path, looks_like, is_empty)
    chain = ("[" if several else "") + "".join("{" + name for name in path.split(".")) + "["
    counted = _counted(file, top, chain, found, looks_like)
    return Listed(found, counted, [cast("Answer", answer.value) for answer in answers])


def _elements(
    file: SourceFile, answer: Node, path: str, looks_like: str, is_empty: Callable[[Answer], bool]
) -> list[Node]:
    """Walk down to one answer's list, from where it is an object with a list; refuse errors on the way."""
    refuse_error_body(file, answer)
    if not isinstance(answer.value, dict):
        raise other_shape(file, answer, looks_like)
    node: Node | None = answer
    for name in path.split("."):
        node = dict(node.members()).get(name) if node and isinstance(node.value, dict) else None
    if node is not None and isinstance(node.value, list):
        return list(node.elements())
    if (node is None or node.value is None) and is_empty(answer.value):
        return []
    raise other_shape(file, answer, looks_like)


def _counted(file: SourceFile, top: Node, chain: str, nodes: Sequence[Node], looks_like: str) -> int:
    """Count the objects and lists in a list by their brackets; refuse the file where others were found."""
    opened = top.document.opened_at
    counted = opened[chain + "{"] + opened[chain + "["]
    if counted != len(nodes):
        wrong = f"cannot be accounted for: {counted} entries counted, {len(nodes)} found"
        raise refusal(file.path, top.first_line, "", wrong, f"expected {looks_like}")
    return counted


def record_of(node: Node, columns: Sequence[Column]) -> Record:
    """Take the fields of one object as text."""
    cells = tuple(_cell(node.value, column) for column in columns)
    return Record(node.first_line, node.last_line, cells)


def _cell(value: object, column: Column) -> str:
    found = (pick(value, header) for header in column.headers)
    return as_text(next((each for each in found if each is not None), None))


def refuse_strangers(
    file: SourceFile, nodes: Sequence[Node], columns: Sequence[Column], looks_like: str
) -> None:
    """Refuse a list of which no record has all needed fields: it is of another kind."""
    needed = [column for column in columns if column.required and not column.nullable]
    if nodes and not any(all(_cell(node.value, column) for column in needed) for node in nodes):
        lacking = [column.name for column in needed if not _cell(nodes[0].value, column)]
        names = " and ".join(map(repr, lacking or [column.name for column in needed]))
        wrong = f"none of its {len(nodes)} records is complete; the first lacks {names}"
        right = f"expected {looks_like}; check the format of its source"
        raise refusal(file.path, nodes[0].first_line, "", wrong, right)


def refuse_error_body(file: SourceFile, node: Node) -> None:
    """Refuse an answer that says it is an error."""
    body = node.value
    if not isinstance(body, dict):
        return
    error = body.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    said = isinstance(error, (dict, str)) and error not in FINE and (code is None or code not in FINE)
    if said or ("message" in body and body.get("code") not in FINE):
        raise error_refusal(file, node)


def error_refusal(file: SourceFile, node: Node) -> QualityError:
    """Refuse an error body; its message is not repeated, it may hold a token or a name."""
    body = cast("Answer", node.value)
    error = body.get("error")
    inner: Answer = error if isinstance(error, dict) else {"error": error} if isinstance(error, str) else body
    keys = ("error", "type", "status", "code", "reason", "title", "message", "subcode", "error_subcode")
    said = [f"{key} {value}" for key in keys if _is_plain(value := inner.get(key))]
    wrong = f"is an error of the API, not data ({', '.join(said) or 'no type or code'})"
    return refusal(file.path, node.first_line, "", wrong, "fetch it again, and delete this file")


def _is_plain(value: object) -> bool:
    return type(value) is int or (isinstance(value, str) and bool(WORD.fullmatch(value)))


def other_shape(file: SourceFile, node: Node, looks_like: str) -> QualityError:
    """Refuse an answer that is not what its format expects; where it looks like an error, say that."""
    body = node.value
    if isinstance(body, dict) and ERROR_MARKS & body.keys() and "id" not in body:
        return error_refusal(file, node)
    return refusal(
        file.path, node.first_line, "", "has another shape than expected", f"expected {looks_like}"
    )
