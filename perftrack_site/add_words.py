"""What `perftrack add` says: what a file is, what it feeds, where it goes and why. Lines fit into 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from perftrack_site.add_places import When
from perftrack_site.add_seen import Seen, Wish
from perftrack_site.config.adding import entry_text
from perftrack_site.config.models import Project, Source
from perftrack_site.config.names import harmless
from perftrack_site.errors import Fault
from perftrack_site.integration import fed_by
from perftrack_site.sources.format import Format, Reading
from perftrack_site.sources.load import close_ledger
from perftrack_site.sources.recognise import snapshot_of
from perftrack_site.sources.tables import DAY, TABLES

WIDTH, LABEL = 79, 11
REJECTS_SHOWN = 3
OVERLAPS = {
    "cumulative": "each file shows running totals",
    "replaces": "a later file replaces what it tells again",
    "adds": "every file holds new records",
}


def labelled(label: str, text: str) -> list[str]:
    """Write a line with its label; what does not fit goes below, under the text."""
    return textwrap.wrap(
        harmless(text),
        WIDTH,
        initial_indent=f"  {label:<{LABEL}}",
        subsequent_indent=" " * (LABEL + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


def what_it_is(seen: Sequence[Seen], project: Project) -> Iterator[str]:
    """Say what a file, or the files of a zip, are taken for and why, their ledgers, and what they feed."""
    form, guess = seen[0].form, seen[0].guess
    first = harmless(seen[0].unknown.path)
    name = first if len(seen) == 1 else f"{first.partition('/')[0]}, {len(seen)} files"
    yield f"{name}: {form.label} ({form.key})"
    fields = f"{guess.found} of the {len(form.columns)} fields of this format are in it"
    alike = [key for each in seen for key in each.alike]
    also = f"; it could be {', '.join(dict.fromkeys(alike))} as well: check that" if alike else ""
    yield from labelled("Because", fields + also if form.columns else "a source of this workspace maps it")
    for each in seen:
        member = each.unknown.path.partition("/")[2]
        yield from _ledger(each, f"{member}, " if len(seen) > 1 else "", project)
    if days := _days([each.reading for each in seen]):
        yield from labelled("Days", f"{days[0]} to {days[1]}")
    yield from _feeds(form, project)


def _ledger(seen: Seen, name: str, project: Project) -> Iterator[str]:
    ledger = close_ledger(seen.form, snapshot_of(seen.unknown), seen.reading)
    skipped = sum(skip.records for skip in ledger.skipped)
    yield from labelled(
        "Records",
        f"{name}{ledger.counted}: {ledger.accepted} accepted, {ledger.rejected} rejected, "
        f"{ledger.duplicates} duplicates, {skipped} skipped",
    )
    for reject in ledger.rejects[:REJECTS_SHOWN]:
        yield from labelled(
            "Rejected", f"line {reject.first_line}, {reject.column or 'the row'}: {reject.reason}"
        )
    if ledger.rejected > project.settings.quality_gate.rejected_share * ledger.counted:
        yield from labelled(
            "Careful", "more records are rejected than the quality gate allows: no build takes this"
        )
    for skip in ledger.skipped:
        yield from labelled("Skipped", f"{skip.records}: {skip.reason}")
    for notice in ledger.notices:
        yield from labelled("Notice", notice)
    if seen.reading.page and seen.reading.page.more:
        yield from labelled("Pages", "another page follows this one: add that as well")


def _days(readings: Sequence[Reading]) -> tuple[date, date] | None:
    """Find the first and the last day that the rows tell of."""
    days: list[date] = []
    for table, rows in ((table, rows) for reading in readings for table, rows in reading.rows.items()):
        at = [index for index, kind in enumerate(TABLES[table].columns.values()) if kind == DAY]
        days += [cell for row in rows for index in at if isinstance(cell := row[index], date)]
    return (min(days), max(days)) if days else None


def _feeds(form: Format, project: Project) -> Iterator[str]:
    fed = fed_by(form.feeds, project.catalogue)
    label = {key: metric.label for key, metric in project.catalogue.items()}
    evaluated = ", ".join(label[each.metric] for each in fed if each.is_evaluated)
    waiting = ", ".join(label[each.metric] for each in fed if not each.is_evaluated)
    if evaluated:
        yield from labelled("Feeds", evaluated)
    if waiting:
        yield from labelled("Keeps", f"{waiting} (in the tables; no KPI is evaluated from it yet)")
    if not fed:
        yield from labelled("Keeps", f"{', '.join(form.tables)} (in the tables; no metric needs it alone)")


def left_out(faults: Sequence[Fault]) -> Iterator[str]:
    """Name what a zip holds beside, and why it is not read."""
    for fault in faults:
        yield from labelled("Left out", f"{fault.place}: {fault.wrong}")


def is_there(path: Path) -> list[str]:
    """Say that there is nothing to do."""
    return labelled("There", f"{path} has the same bytes: nothing to add")


def where_it_goes(path: Path, when: When, wish: Wish, seen: Seen, project: Project) -> Iterator[str]:
    """Say where the file goes, and the reason for each thing that its source says."""
    form, known = seen.form, seen.known
    yield from labelled("Goes to", str(path))
    other = "" if wish.extracted_on else "; --extracted-at DAY says another"
    yield from labelled("Extracted", f"on {when.on}, {when.why}{other}")
    if seen.unknown.span:
        why = "as you say" if wish.span else "the days in its name; --from and --to say others"
        yield from labelled("Covers", f"{seen.unknown.span.first} to {seen.unknown.span.last}, {why}")
    yield from labelled("Account", _account(wish, seen))
    yield from labelled("Time zone", _zone(wish, seen, project))
    if "currency" in form.needs:
        why = "as you say" if wish.currency else "; --currency CODE says another"
        yield from labelled("Currency", f"{seen.unknown.draft.currency}{', ' if wish.currency else ''}{why}")
    overlap = known.overlap if known else form.overlaps[0]
    yield from labelled("Overlap", f"{overlap}: {OVERLAPS[overlap]}")
    if wish.scrubbed:
        yield from labelled(
            "Scrubbed", "secrets and personal data are taken out of the copy; your file stays"
        )


def _account(wish: Wish, seen: Seen) -> str:
    if seen.known:
        return f"{seen.known.account or 'none'}, as its source says; --account NAME for another"
    if seen.told:
        return f"{seen.told}, whose handle is in the file; --account NAME says another"
    return (
        f"{wish.account}, as you say" if wish.account else "none; --account NAME says whose numbers these are"
    )


def _zone(wish: Wish, seen: Seen, project: Project) -> str:
    form = seen.form
    if seen.known and seen.known.timezone:
        return f"{seen.known.timezone}, as its source says"
    if wish.timezone:
        return f"{wish.timezone}, as you say"
    if form.zone:
        return f"{form.zone}, the platform's own clock"
    if seen.tells_zone:
        return "the one that the file names"
    return f"{project.settings.timezone}, the workspace's; --timezone ZONE says another"


def what_is_written(entries: Sequence[Mapping[str, object]], known: Sequence[Source]) -> Iterator[str]:
    """Show the new entries of sources.yml, or name those that are there."""
    for key in dict.fromkeys(source.key for source in known):
        yield from labelled("Source", f"{key} of config/sources.yml: it needs no new entry")
    if entries:
        yield "New in config/sources.yml; the next export then goes beside this file:"
        yield from (line for entry in entries for line in entry_text(entry).splitlines())
