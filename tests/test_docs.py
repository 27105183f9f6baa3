"""README and docs/cli.md name the commands there are; every option says what it does.

To write docs/cli.md anew, run this with PERFTRACK_ACCEPT_GOLD=1 and read the diff.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from support import REPOSITORY

from perftrack_site.cli import app

HEAD = """\
# Command line

Written from the commands themselves; `perftrack COMMAND --help` says the same. Exit codes are in the
[README](../README.md#when-something-is-wrong).
"""
CODE = re.compile(r"```sh\n(.*?)```|`([^`\n]+)`", re.DOTALL)
CALL = re.compile(r"\bperftrack ([a-z]+)([^#\n&|>]*)")
COMMANDS: dict[str, Any] = dict(getattr(typer.main.get_command(app), "commands", {}))


def pages() -> Iterator[str]:
    yield HEAD
    for name, command in sorted(COMMANDS.items()):
        yield f"## `{usage(name, command)}`\n\n{command.help}\n"
        yield "\n".join(["| | |", "|---|---|", *(row(one) for one in command.params)]) + "\n"


def usage(name: str, command: Any) -> str:  # noqa: ANN401 the library's own
    arguments = [one for one in command.params if not is_option(one)]
    named = (one.name.upper() if one.required else f"[{one.name.upper()}]" for one in arguments)
    return " ".join(["perftrack", name, "[OPTIONS]", *named])


def row(parameter: Any) -> str:  # noqa: ANN401
    said = parameter.help.replace("<", "&lt;")
    if not is_option(parameter):
        return f"| `{parameter.name.upper()}` | {said} |"
    value = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}"
    return f"| {' '.join(f'`{one}{value}`' for one in parameter.opts)} | {said} |"


def is_option(parameter: Any) -> bool:  # noqa: ANN401
    return bool(parameter.opts[0].startswith("-"))


def test_the_page_about_the_command_line_is_written_from_it() -> None:
    path, written = REPOSITORY / "docs/cli.md", "\n".join(pages())
    if os.environ.get("PERFTRACK_ACCEPT_GOLD"):
        path.write_text(written, "utf-8")
    assert path.read_text("utf-8") == written


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_each_of_its_options_says_what_it_does(name: str) -> None:
    command = COMMANDS[name]
    said = [command.help, *(one.help for one in command.params)]
    assert [help_text for help_text in said if not help_text or not help_text.endswith((".", ".md"))] == []


def test_every_command_the_documents_name_exists_with_its_options() -> None:
    documents = [REPOSITORY / "README.md", *(REPOSITORY / "docs").rglob("*.md"), *presets_readmes()]
    code = "\n".join("".join(found) for path in documents for found in CODE.findall(path.read_text("utf-8")))
    calls = CALL.findall(code)
    assert {name for name, _ in calls} <= set(COMMANDS)
    assert [call for call in calls if not set(re.findall(r"--[a-z-]+", call[1])) <= options(call[0])] == []
    assert {"init", "check", "build", "serve", "explain", "schema"} <= {name for name, _ in calls}


def presets_readmes() -> Iterator[Any]:
    yield from (REPOSITORY / "perftrack_site/presets").rglob("*.md")


def options(command: str) -> set[str]:
    return {"--help", *(name for one in COMMANDS[command].params for name in one.opts)}
