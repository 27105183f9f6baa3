"""docs/sources.md, made from the formats themselves below its introduction.

`python tests/sources/sources_page.py` writes it anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from perftrack_site.sources import FORMATS
from perftrack_site.sources.format import Format
from perftrack_site.sources.tables import TABLES

ROOM = Path(__file__).parents[2] / "perftrack_site" / "sources"
RULE = re.compile(r'\bRule\(\s*"([a-z_]+)",\s*"([^"]+)"')
CAST_RULE = re.compile(r'CellError\(\s*"([a-z_]+)"')

DOCS = Path(__file__).parents[2] / "docs" / "sources.md"
MARK = "<!-- Below this line the page is made from the formats. -->"


def page() -> str:
    """Write the whole page."""
    written = DOCS.read_text(encoding="utf-8").split(MARK)[0]
    parts = [written + MARK, *_overview(), *_rules()]
    for form in FORMATS.values():
        parts += _section(form)
    return "\n".join(parts).rstrip() + "\n"


def _overview() -> Iterator[str]:
    yield "\n## All formats\n\n| Platform | Format | Reads |\n|---|---|---|"
    for form in FORMATS.values():
        yield f"| {form.platform} | [`{form.key}`](#{_anchor(form.key)}) | {form.label} |"


def _anchor(key: str) -> str:
    return key.replace(".", "")


def _rules() -> Iterator[str]:
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOM.rglob("*.py")))
    yield "\n## Why a record is left out\n"
    yield (
        "Rejected, because a field is not what its column asks for: "
        + ", ".join(
            f"`{rule}`"
            for rule in sorted(
                {
                    "columns",
                    "conflict",
                    "order_rejected",
                    "order_split",
                    "decimals",
                    "off_scale",
                    "no_answer",
                    *CAST_RULE.findall(code),
                }
            )
        )
        + ". Each reject says its reason; `build/rejects.csv` has them all.\n\nSkipped by a rule:\n"
    )
    yield "| Rule | A record is skipped because |\n|---|---|"
    for rule, reasons in groupby(sorted(set(RULE.findall(code))), key=lambda found: found[0]):
        yield f"| `{rule}` | {'; or '.join(reason for _, reason in reasons)} |"


def _section(form: Format) -> Iterator[str]:
    yield f"\n## `{form.key}`\n"
    yield f"**{form.label}.** {form.export}\n"
    yield from (f"* {line}" for line in _facts(form))
    yield from (f"* {note}" for note in form.notes)
    yield "\n| Field | Becomes | |\n|---|---|---|"
    for column in form.columns:
        fields = ", ".join(f"`{header}`" for header in column.headers)
        becomes = ", ".join(f"`{name}`" for name in column.becomes) or "checked only"
        needed = "may be left out" if not column.required else "may be empty" if column.nullable else "needed"
        yield f"| {fields} | {becomes} | {needed} |"


def _facts(form: Format) -> Iterator[str]:
    if form.pattern:
        yield f"Keep it as `data/{form.pattern}`. One record is one {form.noun}."
    yield f"A later file {' or '.join(OVERLAPS[overlap] for overlap in form.overlaps)}."
    if form.needs:
        yield f"Its source must say: {', '.join(f'`{need}`' for need in form.needs)}."
    if form.zone:
        yield f"Its days are told in {form.zone}, unless the source declares another `timezone`."
    if form.settles_days:
        days = "newest day is" if form.settles_days == 1 else f"newest {form.settles_days} days are"
        yield f"Its {days} provisional."
    if form.personal:
        names = ", ".join(f"`{name}`" for name in form.personal)
        yield f"Personal, refused by `perftrack check` until `perftrack scrub` has blanked them: {names}."


OVERLAPS = {
    "cumulative": "shows newer running totals (`overlap: cumulative`)",
    "replaces": "replaces what it tells again (`replaces`)",
    "adds": "adds to the earlier ones (`adds`)",
}


def is_known(name: str) -> bool:
    """Whether `table.column`, or `table.counter` of a long table, exists."""
    table, _, field = name.partition(".")
    columns = TABLES[table].columns
    return field in columns or bool({"counter", "measure"} & columns.keys())


if __name__ == "__main__":
    DOCS.write_text(page(), encoding="utf-8")
