"""Write one more source into config/sources.yml; everything that stands there stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

HEAD = re.compile(r"^sources:[ \t]*(?:\[\][ \t]*)?(?:#.*)?$", re.MULTILINE)


def entry_text(entry: Mapping[str, object]) -> str:
    """Write a source as YAML, indented as an entry of `sources`."""
    written = yaml.safe_dump([dict(entry)], sort_keys=False, allow_unicode=True, width=1000)
    return "".join(f"  {line}\n" for line in written.splitlines())


def with_source(text: str, entry: Mapping[str, object]) -> str | None:
    """Answer the text of sources.yml with one more entry at its end; None where that cannot be done by adding lines."""
    added = entry_text(entry)
    if not text.strip():
        return f"sources:\n{added}"
    head = HEAD.search(text)
    if not head or len(HEAD.findall(text)) > 1:
        return None
    body = text[: head.start()] + "sources:" + text[head.end() :] if "[" in head.group() else text
    joined = body.rstrip("\n") + "\n" + added
    try:
        read = yaml.safe_load(joined)
    except yaml.YAMLError:
        return None
    is_last = (
        isinstance(read, dict)
        and isinstance(read.get("sources"), list)
        and read["sources"][-1] == dict(entry)
    )
    return joined if is_last else None
