"""The doors of the house: which room may import which, and which library lives in which room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import perftrack_site

HOUSE = Path(perftrack_site.__file__).parent
ROOMS = ("config", "sources", "warehouse", "evaluation", "pages", "site", "editions")
DOORS = {("evaluation", "config"), ("pages", "evaluation"), ("warehouse", "sources")}
LIBRARIES = {
    "yaml": "config", "pydantic": "config", "duckdb": "warehouse", "jinja2": "pages", "plotly": "pages",
    "mkdocs": "site",
}  # fmt: skip
# The evaluation judges plain values: what it could reach a file, a database or the clock with stays outside.
OUTSIDE = {"os", "pathlib", "io", "time", "random", "subprocess", "socket", "sqlite3", "tempfile"}


def test_rooms_are_entered_by_their_doors_only() -> None:
    trespassers = [
        f"{path.relative_to(HOUSE)} imports {module}"
        for room, path, module in imports()
        if module.startswith("perftrack_site.") and not may_enter(room, module.split(".")[1])
    ]
    assert trespassers == []


def test_each_library_lives_in_one_room() -> None:
    astray = [
        f"{path.relative_to(HOUSE)} imports {module}"
        for room, path, module in imports()
        if LIBRARIES.get(module.split(".")[0], room) != room
    ]
    assert astray == []


def test_the_evaluation_reaches_no_file_no_database_and_no_clock() -> None:
    modules = {module.split(".")[0] for room, _, module in imports() if room == "evaluation"}
    assert modules & OUTSIDE == set()


def test_a_wrong_import_would_be_seen() -> None:
    assert not may_enter("evaluation", "warehouse")
    assert not may_enter("sources", "build")
    assert ("warehouse", "duckdb") in {(room, module) for room, _, module in imports()}


def may_enter(room: str, other: str) -> bool:
    return room not in ROOMS or other in {room, "errors"} or (room, other) in DOORS


def imports() -> Iterator[tuple[str, Path, str]]:
    """List every import: the room it stands in (outside the rooms, the module's name), the file, the module."""
    for path in sorted(HOUSE.rglob("*.py")):
        room = path.relative_to(HOUSE).parts[0].removesuffix(".py")
        package = ".".join(["perftrack_site", *path.relative_to(HOUSE).parts[:-1]])
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((room, path, name.name) for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield room, path, absolute(node, package)


def absolute(node: ast.ImportFrom, package: str) -> str:
    base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    return ".".join([*base, *([node.module] if node.module else [])])
