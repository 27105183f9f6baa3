"""Answers that come in pages: whether all pages of one were kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from perftrack_site.errors import Fault
from perftrack_site.sources.format import Page
from perftrack_site.sources.ledger import FileLedger

Answer = list[tuple[FileLedger, Page]]


def missing_pages(ledgers: Sequence[FileLedger], pages: Sequence[Page | None]) -> Iterator[Fault]:
    """Name the answers of which a needed page was not kept; pages of one share source, day and number of records."""
    answers: dict[object, Answer] = defaultdict(list)
    for ledger, page in zip(ledgers, pages, strict=True):
        if page is not None and page.needed:
            answers[ledger.snapshot.source, ledger.snapshot.known_on, page.total].append((ledger, page))
    for answer in answers.values():
        if wrong := _missing(answer):
            path = answer[-1][0].snapshot.path
            yield Fault(path, "", wrong, "fetch the other pages of the same answer and keep them beside it")


def _missing(answer: Answer) -> str | None:
    total = answer[0][1].total or 0
    have = sum(ledger.counted for ledger, _ in answer)
    if have < total:
        return f"a page is missing: its answer has {total} records, and its files hold {have} of them"
    if total == 0 and all(page.more for _, page in answer):
        return "a page is missing: its answer goes on after the last page that is here"
    return None
