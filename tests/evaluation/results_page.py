"""docs/results.md, made from the dataclasses of the Report and the comments beside their fields.

`python tests/evaluation/results_page.py > docs/results.md` writes it anew.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Iterable
from typing import get_args

from perftrack_site.evaluation import report
from perftrack_site.evaluation.report import SCHEMA, Report
from perftrack_site.evaluation.report_json import documented_classes

KINDS = {
    "Fraction": "exact number",
    "str": "text",
    "int": "whole number",
    "bool": "true or false",
    "date": "day",
    "datetime": "moment (UTC)",
    "None": "null",
}
FIELD = re.compile(r"    (?P<name>\w+): (?P<type>.+?)(?: = field\(.*\))?(?:  # (?P<comment>.*))?")
INTRODUCTION = f"""# results.json

Everything a site says, as one file: pages, downloads and your own scripts read the same values. The version
of the schema is `{SCHEMA}`; it changes when a field changes its meaning or goes. In each edition
`results.json` holds the whole Report, and each campaign and influencer has a part of it beside its page.

* Exact numbers are text: `"12"` or `"7/2"`. A share is a fraction of one: `"4/5"` is 80 %. None was rounded.
* Days are `"2026-07-06"`, of the business calendar; moments are `"2026-07-06T21:59:59"`, in UTC.
* Every key is always there; what cannot be said is `null`, and a `why` or `reason` beside it says why.
* Keys stand in the order below, lists in an order that depends on nothing but their content.

`perftrack schema` writes the JSON Schema. How the numbers come about: [How a number comes about](numbers.md).
"""


def page() -> str:
    """Write the page: a section for each dataclass, a row for each of its fields."""
    return "\n".join([INTRODUCTION, *(_section(cls) for cls in documented_classes())])


def _section(cls: type) -> str:
    words = inspect.cleandoc(cls.__doc__ or "") if not _has_made_up_docstring(cls) else ""
    rows = [_row(line) for line in inspect.getsource(cls).splitlines() if FIELD.fullmatch(line)]
    assert len(rows) == len(dataclasses.fields(cls))
    head = ["| key | value | |", "|---|---|---|"]
    return "\n".join([f"## {cls.__name__}", "", *([words, ""] if words else []), *head, *rows, ""])


def _has_made_up_docstring(cls: type) -> bool:
    """Say whether Python wrote the docstring: `Period(key: str, ...)`."""
    return (cls.__doc__ or "").startswith(f"{cls.__name__}(")


def _row(line: str) -> str:
    found = FIELD.fullmatch(line)
    assert found is not None
    return f"| `{found['name']}` | {_kind(found['type'])} | {_cell(found['comment'] or '')} |"


def _kind(written: str) -> str:
    names = {cls.__name__ for cls in documented_classes()}
    text = re.sub(r"tuple\[(.+), \.\.\.\]", r"list of \1", written)
    text = re.sub(r"tuple\[(.+), \.\.\.\]", r"list of \1", text)
    text = re.sub(r"dict\[str, (\w+)\]", r"object of \1", text)
    if text.startswith("Literal["):
        text = _ticked(re.findall(r'"([^"]+)"', text))
    text = re.sub(r"\b(State|Verdict|Pace)\b", lambda found: _choices(found[0]), text)
    words = [KINDS.get(word, _linked(word, names)) for word in re.split(r"\b(\w+)\b", text)]
    return "".join(words).replace(" | ", " or ")


def _choices(alias: str) -> str:
    return _ticked(get_args(getattr(report, alias)))


def _ticked(choices: Iterable[str]) -> str:
    return " | ".join(f"`{choice}`" for choice in choices)


def _linked(word: str, names: set[str]) -> str:
    return f"[{word}](#{word.lower()})" if word in names and word != Report.__name__ else word


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(page())
