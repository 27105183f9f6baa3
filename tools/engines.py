"""Build an edition's Markdown with ProperDocs too, and compare the main content of every page.

    perftrack build --period 2026-Q4 && python tools/engines.py build/internal/2026-Q4 OUT

ProperDocs goes on where MkDocs 1.x has ended. As long as both make the same pages of the same generated
configuration, the site can change its engine. Exit 1 names the pages that differ.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

MAIN = re.compile(r"<article\b.*?</article>", re.DOTALL)


def main() -> int:
    work, other = (Path(name).resolve() for name in sys.argv[1:3])
    command = ["properdocs", "build", "--strict", "--config-file", "mkdocs.yml", "--site-dir", str(other)]
    built = subprocess.run(command, cwd=work / "html.mkdocs", check=False)  # noqa: S603 (our own words)
    if built.returncode:
        print("ProperDocs could not build the pages that MkDocs has built.", file=sys.stderr)
        return 1
    theirs, ours = contents(other), contents(work / "html")
    names = sorted(ours.keys() | theirs.keys())
    different = [name for name in names if not ours.get(name) or ours[name] != theirs.get(name)]
    for name in different:
        print(f"{name} differs between the engines.", file=sys.stderr)
    print(f"{len(ours) - 1} pages and their search built by MkDocs and ProperDocs: {len(different)} differ.")
    return 1 if different or not ours else 0


def contents(tree: Path) -> dict[str, str]:
    """Give the main content of each page below `tree`, and what the search knows of each section."""
    pages = {path.relative_to(tree).as_posix(): path for path in tree.rglob("*.html")}
    found = {name: "".join(MAIN.findall(path.read_text("utf-8"))) for name, path in pages.items()}
    index = json.loads((tree / "search" / "search_index.json").read_text("utf-8"))
    return found | {"the search index": json.dumps(index["docs"], sort_keys=True)}


if __name__ == "__main__":
    sys.exit(main())
