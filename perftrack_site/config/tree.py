"""YAML text as a tree of nodes that know their place; what YAML would guess or copy is refused.

Every scalar stays the text that was written: the field it lands in decides what it means (`forms.py`), so
`no`, `010` and `1:30` are never turned into something else on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from perftrack_site.config.names import printable, quoted
from perftrack_site.errors import Fault

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 50

# libyaml's parser is ten times faster; the messages are ours, so both say the same.
LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

NOTHING = ("", "~", "null", "Null", "NULL")
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What may stand in the text of a file (a line end) or behind a backslash in quotes, and never in a value:
# control characters, and those that turn the direction of everything after them.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

WAYS_OUT = (
    (
        "mapping values are not allowed",
        "a text that holds ': ' needs quotes, and a nested mapping begins on a new line",
    ),
    ("found character", "a text that begins with @ ` % or a tab needs quotes"),
    ("unexpected end of stream", "close the quote that is open"),
    ("flow sequence", "close the bracket [ or put a comma between its items"),
    ("flow mapping", "close the brace { or put a comma between its entries"),
    ("block", "bring the lines of one mapping or list to the same indentation"),
)


class Written(str):
    """A scalar as it was written; `quoted` when it stood in quotes or in a block."""

    __slots__ = ("quoted",)

    quoted: bool


class Entry(dict[str, object]):
    """A mapping on its way into a model, with its place."""

    __slots__ = ("column", "file", "line")

    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Node:
    """A value of a file: where it stands (its key's line and column), what it is called, what it is.

    `value` is None where a value that cannot be used stood; its fault is told already.
    """

    file: str
    line: int
    column: int
    where: str
    value: Written | Mapping[str, Node] | tuple[Node, ...] | None

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def items(self) -> tuple[Node, ...]:
        """The nodes of a list; none for anything else."""
        return self.value if isinstance(self.value, tuple) else ()

    @property
    def entries(self) -> Mapping[str, Node]:
        """The nodes of a mapping; none for anything else."""
        return self.value if isinstance(self.value, Mapping) else {}

    @property
    def text(self) -> str | None:
        """The text of a scalar, as written."""
        return self.value if isinstance(self.value, Written) else None

    def at(self, *steps: object) -> Node:
        """Find the node below; what is not there is an unusable node with its name and the nearest place."""
        node = self
        for step in steps:
            node = node._below(step)
        return node

    def has(self, key: str) -> bool:
        return key in self.entries

    def texts(self, key: str) -> tuple[Node, ...]:
        """List the scalars under a key that may hold one or a list of them."""
        node = self.at(key)
        found = node.items or (node,)
        return tuple(item for item in found if item.text is not None)

    def fault(self, wrong: str, right: str = "") -> Fault:
        return Fault(self.place, self.where, wrong, right)

    def plain(self) -> object:
        """Turn the tree into what a model takes: dicts with their place, lists, and texts as written."""
        if isinstance(self.value, tuple):
            return [item.plain() for item in self.value]
        if isinstance(self.value, Mapping):
            entry = Entry({key: node.plain() for key, node in self.value.items()})
            entry.file, entry.line, entry.column = self.file, self.line, self.column
            return entry
        return self.value

    def _below(self, step: object) -> Node:
        if isinstance(step, int) and step < len(self.items):
            return self.items[step]
        if isinstance(step, str) and step in self.entries:
            return self.entries[step]
        return Node(self.file, self.line, self.column, _name(self.where, step), None)


@dataclass(frozen=True)
class Tree:
    """What a file holds, and what is wrong with it as YAML. `root` is None when it could not be read."""

    root: Node | None
    faults: tuple[Fault, ...] = ()


def read_tree(text: str, file: str) -> Tree:
    """Read YAML text; `file` is how messages call it.

    Anchors, aliases, tags, merge keys, duplicate keys, values left out and second documents are faults.
    """
    unprintable = UNPRINTABLE.search(text)
    if unprintable:
        before = text[: unprintable.start()]
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        wrong = f"holds the control character U+{ord(unprintable[0]):04X}"
        return Tree(None, (Fault(f"{file}:{line}:{column}", "", wrong, "take it out"),))
    reader = _Reader(file, iter(yaml.parse(text, Loader=LOADER)))
    try:
        root = reader.document()
    except yaml.MarkedYAMLError as error:
        return Tree(None, (*reader.faults, _syntax_fault(error, text, file)))
    except _TooDeepError as error:
        return Tree(None, (*reader.faults, error.fault))
    return Tree(root, tuple(reader.faults))


class _TooDeepError(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass
class _Reader:
    """Builds nodes from the parser's events, so that nothing is copied or guessed before we have seen it."""

    file: str
    events: Iterator[yaml.Event]
    faults: list[Fault] = field(default_factory=list)

    def document(self) -> Node | None:
        """Read the one document of a file; its top level has to be a mapping."""
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._fault(
                        event,
                        "",
                        "a second document begins here",
                        "keep one document in a file, without '---'",
                    )
                    return None
                root = self._node(next(self.events), None, "", 1)
        if root is None or (root.value is None and not self.faults):
            self.faults.append(
                Fault(f"{self.file}:1:1", "", "the file is empty", "write its entries or remove the file")
            )
            return None
        if root.value is not None and not isinstance(root.value, Mapping):
            self.faults.append(
                root.fault("the file does not hold a mapping", "begin it with a line such as `name: ...`")
            )
        return root if isinstance(root.value, Mapping) else None

    def _node(self, event: yaml.Event, key: yaml.Event | None, where: str, depth: int) -> Node:
        line, column = _position(key or event)
        if depth > MAX_DEPTH:
            place = f"{self.file}:{line}:{column}"
            raise _TooDeepError(
                Fault(place, "", f"is nested more than {MAX_DEPTH} levels deep", "make it flatter")
            )
        self._refuse_copies_and_tags(event, where)
        value: Written | Mapping[str, Node] | tuple[Node, ...] | None = None
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event, key or event, where)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._items(where, depth)
        elif isinstance(event, yaml.MappingStartEvent):
            value = self._entries(where, depth)
        return Node(self.file, line, column, where, value)

    def _scalar(self, event: yaml.ScalarEvent, blamed: yaml.Event, where: str) -> Written | None:
        written = Written(event.value)
        written.quoted = bool(event.style)
        if self._steers(written, blamed, where):
            return None
        if written.quoted and not written.strip():
            self._fault(blamed, where, "is empty", "write a text")
            return None
        if written.quoted or written not in NOTHING:
            return written
        if where:
            wrong = "has no value" if not written else f"'{written}' is no value"
            way_out = "write a value or take the line out; a text that begins with # needs quotes"
            self._fault(blamed, where, wrong, way_out)
        return None

    def _items(self, where: str, depth: int) -> tuple[Node, ...]:
        items: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, None, _name(where, len(items)), depth + 1))
        return tuple(items)

    def _entries(self, where: str, depth: int) -> Mapping[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, where, depth)
            node = self._node(
                next(self.events), event, where if key is None else _name(where, key), depth + 1
            )
            if key in entries:
                earlier = entries[key].line
                self.faults.append(node.fault(f"stands twice, first in line {earlier}", "keep one of them"))
            elif key is not None:
                entries[key] = node
        return entries

    def _key(self, event: yaml.Event, where: str, depth: int) -> str | None:
        """Read a key; None when it is none, and that is told."""
        if not isinstance(event, yaml.ScalarEvent):
            self._fault(event, where, "a key has to be a word of its own", "write `key: value`")
            self._node(event, None, where, depth + 1)
            return None
        self._refuse_copies_and_tags(event, where)
        if self._steers(event.value, event, where):
            return None
        if not event.value:
            self._fault(event, where, "an entry has no key", "write `key: value`")
        elif event.value == "<<" and not event.style:
            self._fault(event, where, "'<<' would merge another mapping in", "write the entries out")
        else:
            return str(event.value)
        return None

    def _steers(self, written: str, blamed: yaml.Event, where: str) -> bool:
        """Tell a control character that was written as an escape in quotes."""
        found = STEERING.search(written)
        if found:
            self._fault(blamed, where, f"holds the control character U+{ord(found[0]):04X}", "take it out")
        return found is not None

    def _refuse_copies_and_tags(self, event: yaml.Event, where: str) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, where, f"'*{event.anchor}' repeats another value", "write the value out")
        elif isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._fault(event, where, f"'&{event.anchor}' marks a value for repetition", "take the mark out")
        tag = getattr(event, "tag", None)
        if tag is not None:
            short = str(tag).replace("tag:yaml.org,2002:", "!!")
            self._fault(event, where, f"the tag {quoted(short)} is not used here", "take the tag out")

    def _fault(self, event: yaml.Event, where: str, wrong: str, right: str) -> None:
        line, column = _position(event)
        self.faults.append(Fault(f"{self.file}:{line}:{column}", where, wrong, right))


def _name(where: str, step: object) -> str:
    if isinstance(step, int):
        return f"{where}[{step}]"
    return f"{where}.{printable(str(step))}" if where else printable(str(step))


def _position(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _syntax_fault(error: yaml.MarkedYAMLError, text: str, file: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines()
    here = lines[line] if line < len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return Fault(f"{file}:{line + 1}:1", "", "a tab stands in the indentation", "indent with spaces")
    said = f"{error.context or ''} {error.problem or ''}"
    right = next(
        (way for words, way in WAYS_OUT if words in said), "check its quotes, brackets and indentation"
    )
    return Fault(f"{file}:{line + 1}:{column + 1}", "", "this line cannot be read as YAML", right)
