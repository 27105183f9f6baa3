"""Mappings of other tools' files: they name tables, columns and counters that there are, and all that is needed."""

from __future__ import annotations

from collections.abc import Iterator

from perftrack_site.config.names import quoted
from perftrack_site.config.tree import Node
from perftrack_site.config.written import Mappable, Names, WrittenProject
from perftrack_site.errors import Fault

MAPPED = "generic.csv"  # the format that reads by a mapping
MOMENTS = ("_on", "_at")  # a day may be told by its moment


def check(project: WrittenProject) -> Iterator[Fault]:
    """Tell what is wrong in the mappings of all sources, beyond their form."""
    for source in project.sources.at("sources").items:
        yield from _belongs(source)
        mapping = source.at("mapping")
        yield from _numbers(mapping)
        yield from _units(mapping)
        if project.tables and mapping.entries:
            yield from _names(mapping, project)


def _belongs(source: Node) -> Iterator[Fault]:
    form = source.at("format")
    if form.text == MAPPED and not source.has("mapping"):
        yield form.fault(f"{MAPPED} needs a mapping", "write `mapping:` and its table and columns below it")
    elif source.has("mapping") and form.text not in {MAPPED, None}:
        wrong = f"{quoted(str(form.text))} knows its columns and takes no mapping"
        yield source.at("mapping").fault(wrong, f"take it out, or write format: {MAPPED}")


def _numbers(mapping: Node) -> Iterator[Fault]:
    decimal = mapping.at("decimal").text or "."
    if mapping.at("thousands").text == decimal:
        wrong = f"{quoted(decimal)} stands before decimals and between thousands"
        yield mapping.at("thousands").fault(wrong, "write both marks as the file has them")


def _units(mapping: Node) -> Iterator[Fault]:
    mapped = frozenset(
        str(header.text) for part in ("columns", "counters") for header in mapping.at(part).entries.values()
    )
    for header, unit in mapping.at("units").entries.items():
        yield from Names("a header that this mapping reads", mapped).unknown_key(unit, header)


def _names(mapping: Node, project: WrittenProject) -> Iterator[Fault]:
    table = mapping.at("table")
    yield from Names("a table of ours", frozenset(project.tables)).unknown(table)
    mappable = project.tables.get(table.text or "")
    if mappable is None:
        return
    if mapping.at("counters").entries and not mappable.counters:
        wrong, right = f"{table.text} holds no counters", "write these lines into `columns`"
        yield mapping.at("counters").fault(wrong, right)
        return
    for part, noun, known in (
        ("columns", "column", mappable.columns),
        ("constants", "column", mappable.columns),
        ("counters", "counter", mappable.counters),
    ):
        names = Names(f"a {noun} of {table.text}", frozenset(known))
        for name, node in mapping.at(part).entries.items():
            yield from names.unknown_key(node, name)
    yield from _twice(mapping)
    yield from _missing(mapping, mappable)


def _twice(mapping: Node) -> Iterator[Fault]:
    for name, constant in mapping.at("constants").entries.items():
        if mapping.at("columns").has(name):
            yield constant.fault("is a column of the file already", "keep one of them")


def _missing(mapping: Node, mappable: Mappable) -> Iterator[Fault]:
    told = {*mapping.at("columns").entries, *mapping.at("constants").entries}
    table = mapping.at("table").text
    for name in mappable.needed:
        if not told & {name, _moment_of(name)}:
            right = f"write `{name}:` and its header into `columns`"
            yield mapping.fault(f"every row of {table} needs {quoted(name)}", right)
    if mappable.needs_counters and not mapping.has("counters"):
        right = "write `counters:` with lines such as `views: its header`"
        yield mapping.fault(f"{table} holds counters, and none is mapped", right)


def _moment_of(name: str) -> str:
    day, moment = MOMENTS
    return name.removesuffix(day) + moment if name.endswith(day) else name
