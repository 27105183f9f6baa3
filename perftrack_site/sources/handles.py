"""The names of accounts, as posts, days and totals carry them: so that two exports of one account meet."""

from __future__ import annotations

import unicodedata

from perftrack_site.sources.format import SourceFile
from perftrack_site.sources.tables import Cell


def account_of(file: SourceFile, told: Cell = None) -> str:
    """Name the account of a row: as the file tells it, else as its source does; NFKC, lower case, without '@'."""
    return normalised(str(told or file.account))


def normalised(name: str) -> str:
    """Write a name or handle as rows carry it."""
    return unicodedata.normalize("NFKC", name).strip().removeprefix("@").lower()
