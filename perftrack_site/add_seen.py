"""What a file is that somebody wants to add: its format, its source, what it leaves unsaid; or why it is none of ours.

Days that a file covers are taken from its name where nobody says them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from perftrack_site.add_places import sketched_pattern, stem_of
from perftrack_site.config.adding import entry_text
from perftrack_site.config.models import Project, Source
from perftrack_site.config.names import harmless
from perftrack_site.errors import ConfigError, Fault
from perftrack_site.sources import FORMATS
from perftrack_site.sources.format import Format, Reading
from perftrack_site.sources.handles import normalised
from perftrack_site.sources.ledger import Reject
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.recognise import Guess, Unknown, draft_of, first_lines, guess_at, recognise
from perftrack_site.sources.sketch import Sketch, sketch
from perftrack_site.sources.tables import TABLES

NOTHING_ADDED = "Nothing was added."
REASONS_SHOWN = 3
ALIKE = 0.6  # the share of a format's fields from which a file is likely one of its own
API_ERROR = "is an error of the API"
COMPLETE = "COMPLETE ME"
ELSEWHERE = "Pacific/Kiritimati"  # a clock that nobody's export is told by
TRANSLATION = re.compile(r"add `(.+?): (.+?)` to (?:the )?headers of the source 'new' in config/sources\.yml")
UNSAID = {"from": "which days it covers", "to": "which days it covers", "days": "how many days it covers"}
OPTIONS = {
    "from": "--from DAY", "to": "--to DAY", "days": "--days NUMBER", "dimensions": "--dimensions date,query",
    "link": "--link LINK", "platform": "--platform NAME", "currency": "--currency CODE",
}  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What a person says of a file beside its bytes. `scrubbed`: add a copy without secrets and personal data."""

    account: str | None = None
    timezone: str | None = None
    currency: str | None = None
    extracted_on: date | None = None
    span: Span | None = None
    platform: str | None = None
    dimensions: tuple[str, ...] = ()
    days: int | None = None
    link: str | None = None
    headers: Mapping[str, str] | None = None
    scrubbed: bool = False


@dataclass(frozen=True)
class Seen:
    """A file, or a member of a zip, and how it is read. `known` is the declared source it belongs to.

    `alike` are other formats that read it as well; `told` is the influencer whose handle stands in its rows;
    `tells_zone`: the file says itself by which clock its days are told.
    """

    unknown: Unknown
    guess: Guess
    reading: Reading
    known: Source | None = None
    alike: tuple[str, ...] = ()
    told: str | None = None
    tells_zone: bool = False

    @property
    def form(self) -> Format:
        return self.guess.form


def see_all(
    unknowns: Sequence[Unknown], project: Project, wish: Wish, named: Span | None
) -> tuple[list[Seen], list[Fault]]:
    """Recognise a file, or the members of a zip; answers with what cannot be read of a zip.

    `named` are the days in the name of the file.
    Raises ConfigError where nothing can be read, or where a file leaves something unsaid.
    """
    seen: list[Seen] = []
    refused: list[ConfigError] = []
    for unknown in unknowns:
        try:
            seen.append(_see(unknown, project, wish, named))
        except _UnsaidError:
            raise
        except ConfigError as no:
            refused.append(no)
    if not seen:
        raise _together(refused)
    return seen, [fault for no in refused for fault in no.faults[:1]]


class _UnsaidError(ConfigError):
    """A file is recognised, and somebody must say more of it."""


def _together(refused: Sequence[ConfigError]) -> ConfigError:
    if len(refused) == 1:
        return refused[0]
    faults = tuple(fault for no in refused for fault in no.faults[:2])
    return ConfigError("This zip holds nothing that can be read; nothing was added.", faults)


def _see(unknown: Unknown, project: Project, wish: Wish, named: Span | None) -> Seen:
    """Recognise one file; raises ConfigError where it is of no format, or leaves something unsaid."""
    if declared := _as_declared(unknown, project, wish, named):
        return declared
    guesses = recognise(unknown)
    if not guesses or not guesses[0].accepted or guesses[0].reading is None:
        raise _unread(unknown, guesses)
    guess, reading = guesses[0], guesses[0].reading
    told = _told_account(project, reading) if wish.account is None else None
    known = _source_for(project, guess.form, wish, told)
    alike = [other.form.key for other in guesses[1:] if other.accepted and other.found == guess.found]
    return replace(_completed(unknown, guess, known, named), alike=tuple(alike), told=told)


def _as_declared(unknown: Unknown, project: Project, wish: Wish, named: Span | None) -> Seen | None:
    """Find a declared source that says itself how its files are to be read, by a mapping or by headers."""
    for source in project.sources:
        if (source.mapping or source.headers) and _is_of(source, wish):
            guess = guess_at(replace(unknown, draft=draft_of(source)), FORMATS[source.format])
            if guess.reading and guess.accepted and not guess.reading.rejects:
                return _completed(unknown, guess, source, named)
    return None


def _completed(unknown: Unknown, guess: Guess, known: Source | None, named: Span | None) -> Seen:
    """Read the file as its source will. Where nobody says which days it covers, its name may."""
    unknown = replace(unknown, draft=draft_of(known)) if known else unknown
    final = guess_at(unknown, guess.form, guess.found)
    needs_span = unknown.span is None and ("from" in final.lacks or (known and "{from:" in known.files))
    if needs_span and named:
        unknown, needs_span = replace(unknown, span=named), False
        final = guess_at(unknown, guess.form, guess.found)
    lacks = final.lacks or (("from", "to") if needs_span else ())
    if lacks:
        raise _lacking(unknown.path, guess.form, lacks)
    if final.reading is None:
        raise ConfigError(NOTHING_ADDED, final.faults)
    elsewhere = replace(unknown, draft=replace(unknown.draft, timezone=ELSEWHERE))
    tells_zone = unknown.draft.timezone is None and _notices(elsewhere, guess) != final.reading.notices
    return Seen(unknown, final, final.reading, known, tells_zone=tells_zone)


def _notices(unknown: Unknown, guess: Guess) -> tuple[str, ...]:
    reading = guess_at(unknown, guess.form).reading
    return reading.notices if reading else ()


def _source_for(project: Project, form: Format, wish: Wish, told: str | None) -> Source | None:
    """Find the one declared source that such a file belongs to."""
    same = [source for source in project.sources if source.format == form.key and _is_of(source, wish)]
    if told:
        same = [source for source in same if source.account == told] or [
            source for source in same if source.account is None
        ]
    if len(same) > 1:
        names = ", ".join(source.account or source.key for source in same)
        wrong = f"several sources have the format {form.key} ({names})"
        fault = Fault("config/sources.yml", "", wrong, "say whose file it is by --account")
        raise _UnsaidError(NOTHING_ADDED, (fault,))
    return same[0] if same else None


def _is_of(source: Source, wish: Wish) -> bool:
    """Say whether nothing that a person says of the file contradicts a source."""
    said = (wish.account, wish.platform, wish.link, wish.dimensions or None, wish.days)
    its = (source.account, source.platform, source.link, source.dimensions or None, source.days)
    return all(mine is None or mine == other for mine, other in zip(said, its, strict=True))


def _told_account(project: Project, reading: Reading) -> str | None:
    """Find the influencer whose handle, and nobody else's, stands in the rows of a file."""
    told: set[tuple[object, object]] = set()
    for table, rows in reading.rows.items():
        names = list(TABLES[table].columns)
        if "account" in names and "platform" in names:
            told |= {(row[names.index("platform")], row[names.index("account")]) for row in rows}
    owners = [
        influencer.key
        for influencer in project.influencers
        for platform, handle in influencer.accounts.items()
        if told == {(platform, normalised(handle))}
    ]
    return owners[0] if len(owners) == 1 else None


# --- what stands in the way ----------------------------------------------------------------------


def _lacking(name: str, form: Format, lacks: Sequence[str]) -> ConfigError:
    asked = " ".join(OPTIONS.get(need, need) for need in lacks)
    unsaid = " and ".join(dict.fromkeys(UNSAID.get(need, f"its {need}") for need in lacks))
    wrong = f"is {form.label} ({form.key}), and does not say {unsaid}"
    return _UnsaidError(NOTHING_ADDED, (Fault(harmless(name), "", wrong, f"add it with {asked}"),))


def _unread(unknown: Unknown, guesses: Sequence[Guess]) -> ConfigError:
    """Say why a file cannot be added: an error, no record, records that cannot be taken, or no format at all."""
    name = harmless(unknown.path)
    errors = [fault for guess in guesses for fault in guess.faults if API_ERROR in fault.wrong]
    if errors:
        return ConfigError(NOTHING_ADDED, (max(errors, key=lambda fault: len(fault.wrong)),))
    readable = [guess for guess in guesses if guess.reading is not None]
    if not readable or readable[0].reading is None:
        return _refused(unknown, name, guesses)
    likeliest, reading = readable[0], readable[0].reading
    if reading.rejects:
        faults = (*_rejected(unknown, likeliest, reading.rejects), *_by_mapping(unknown, name))
        return ConfigError(f"No record of {name} can be taken; nothing was added.", faults)
    forms = ", ".join(sorted(guess.form.key for guess in readable if guess.found == likeliest.found))
    wrong = next(
        (f"holds no record to keep: {skip.reason}" for skip in reading.skipped), f"is empty ({forms})"
    )
    right = "add a file that holds records; once its source is declared this one can lie beside it"
    return ConfigError(NOTHING_ADDED, (Fault(name, "", wrong, right),))


def _refused(unknown: Unknown, name: str, guesses: Sequence[Guess]) -> ConfigError:
    """Name the nearest format and what differs; a table that is far from all of them may be mapped."""
    if guesses and guesses[0].found >= ALIKE * len(guesses[0].form.columns):
        message = f"{name} looks like {guesses[0].form.label}, and cannot be read; nothing was added."
        return ConfigError(message, tuple(_nearest(name, guesses)))
    message = f"{name} is of no format we know; nothing was added."
    return ConfigError(message, (*_nearest(name, guesses), *_by_mapping(unknown, name)))


def _rejected(unknown: Unknown, guess: Guess, rejects: Sequence[Reject]) -> Iterator[Fault]:
    """Say how the file is read, and why its first records are rejected."""
    wrong = f"is read as {guess.form.key} ({guess.form.label}), and all its records are rejected"
    yield Fault(harmless(unknown.path), "", wrong, "look at the reasons:")
    for reject in rejects[:REASONS_SHOWN]:
        yield Fault(f"{harmless(unknown.path)}:{reject.first_line}", reject.column, reject.reason)


def _nearest(name: str, guesses: Sequence[Guess]) -> Iterator[Fault]:
    if not guesses:
        yield Fault(
            name, "", "no format we know has a field of this file", "docs/sources.md lists all formats"
        )
        return
    nearest = guesses[0]
    shared = f"{nearest.found} of its {len(nearest.form.columns)} fields are in this file"
    wrong = f"the nearest format is {nearest.form.key} ({nearest.form.label}): {shared}"
    yield Fault(name, "", wrong, "what differs:")
    yield from (replace(fault, right=_said_here(fault.right)) for fault in nearest.faults)


def _said_here(right: str) -> str:
    """Say of a header to be translated how it is given here: its source is not declared yet."""
    return TRANSLATION.sub(r"add the file with --header '\1=\2'", right)


def _by_mapping(unknown: Unknown, name: str) -> Iterator[Fault]:
    """Offer the generic way for a table of text: an entry with the file's own headers, to be completed."""
    lines = first_lines(unknown)
    if unknown.is_json or not lines or len(lines[0]) == 1:
        wrong = "only a table of text (CSV) can be read without a format of its own"
        yield Fault(name, "", wrong, "export it as CSV with its headers on the first line")
        return
    wrong = "any other table of text can be read by a mapping (docs/config.md, A mapping)"
    right = "complete this, write it into config/sources.yml, and add the file again:\n"
    stem = stem_of(Path(unknown.path).stem) or "report"
    yield Fault(name, "", wrong, right + _mapping(stem, lines[0], sketch(lines[0])))


def _mapping(stem: str, header: Sequence[str], found: Sketch | None) -> str:
    """Write an entry with a mapping, as far as the headers look like ours; the rest of them stands below it."""
    table = found.table if found else COMPLETE
    columns = dict(found.columns) if found else {}
    columns.update((name, COMPLETE) for name in (found.missing if found else ("day",)))
    mapping = {"table": table, "columns": columns, "counters": dict(found.counters) if found else {}}
    entry = {
        "key": stem,
        "format": "generic.csv",
        "files": sketched_pattern(stem),
        "overlap": "replaces",
        "mapping": {name: value for name, value in mapping.items() if value},
    }
    left = found.left if found else tuple(header)
    others = [f"its other columns: {', '.join(map(harmless, left))}"] if left else []
    notes = ['dates: "%d.%m.%Y" says how its days are written, where not as 2026-07-31', *others]
    return entry_text(entry) + "\n".join(f"      # {note}" for note in notes)
