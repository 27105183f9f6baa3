"""One number for a whole tree: equal digests are equal trees."""

from __future__ import annotations

import hashlib
from pathlib import Path


def tree_digest(tree: Path) -> str:
    """Hash the names and contents of all files below `tree` (SHA-256, hex); times and modes do not count."""
    whole = hashlib.sha256()
    for name in sorted(path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()):
        content = hashlib.sha256((tree / name).read_bytes()).hexdigest()
        # A hash has a fixed length and a file name no zero byte: no two trees make the same line of bytes.
        whole.update(f"{name}\0{content}".encode())
    return whole.hexdigest()
