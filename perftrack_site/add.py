"""`perftrack add`: from a file somebody has to a source that is read, said before it is done."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from perftrack_site.config import load_project
from perftrack_site.config.adding import entry_text, with_source
from perftrack_site.config.models import Project, Source
from perftrack_site.errors import ConfigError, Fault, PerftrackError
from perftrack_site.integration import fed_by
from perftrack_site.sources import FORMATS
from perftrack_site.sources.format import Format, Reading
from perftrack_site.sources.generic_tables import MAPPABLE
from perftrack_site.sources.load import close_ledger
from perftrack_site.sources.pattern import PLACEHOLDER, Span
from perftrack_site.sources.recognise import Draft, Guess, Unknown, recognise, snapshot_of
from perftrack_site.sources.zips import list_members, read_member

ISO_DAY = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])(?![0-9])")
OVERLAPS = {
    "cumulative": "each file shows running totals",
    "replaces": "a later file replaces what it tells again",
    "adds": "every file holds new records",
}
SPAN = "{from:%Y-%m-%d}_{to:%Y-%m-%d}-"
REJECTS_SHOWN = 3


@dataclass(frozen=True)
class Wish:
    """What a person says of the file beside its bytes."""

    account: str | None = None
    timezone: str | None = None
    extracted_on: date | None = None
    span: Span | None = None
    platform: str | None = None
    dimensions: tuple[str, ...] = ()
    days: int | None = None
    link: str | None = None


@dataclass(frozen=True)
class Proposal:
    """What would be done: where the file goes, and the new entry of sources.yml (None: a source fits already)."""

    file: Path
    form: Format
    target: Path
    entry: Mapping[str, object] | None
    lines: tuple[str, ...]


def span(first: date | None, last: date | None) -> Span | None:
    """Make the span somebody named; raise ConfigError where one end is missing or they are the wrong way round."""
    if first is None and last is None:
        return None
    if first is None or last is None or last < first:
        raise ConfigError("--from and --to: name the first and the last day the file covers.")
    return Span(first, last)


def propose(root: Path, file: Path, wish: Wish) -> list[Proposal]:
    """Recognise a file, or each member of a zip, and say what would become of it.

    Raises ConfigError where it is of no format we know, or where something must be said that it cannot say itself.
    """
    project = load_project(root, FORMATS, MAPPABLE)
    zone = ZoneInfo(project.settings.timezone)
    day, why = _extracted_on(file, wish, zone)
    draft = Draft(
        account=wish.account, timezone=wish.timezone, platform=wish.platform, dimensions=wish.dimensions,
        days=wish.days, link=wish.link, currency=project.settings.currency,
    )  # fmt: skip
    moment = datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC).replace(tzinfo=None)
    unknowns = [Unknown(name, content, moment, zone, draft, wish.span) for name, content in _contents(file)]
    found = {unknown.path: _recognised(unknown) for unknown in unknowns}
    proposals: list[Proposal] = []
    for form in dict.fromkeys(guesses[0].form for guesses in found.values()):
        same = [unknown for unknown in unknowns if found[unknown.path][0].form is form]
        members = [unknown.path for unknown in same] if _is_zip(file) else []
        known = _source_for(project, form, wish)
        entry = None if known else _entry(project, form, wish, _pattern(project, form, wish, members))
        pattern = known.files if known else str(entry["files"]) if entry else ""
        target = (
            root
            / "data"
            / _filled(pattern.split(".zip/")[0] + ".zip" if members else pattern, day, wish.span)
        )
        said = [line for each in same for line in _what_it_is(each, found[each.path], project)]
        said += [f"  Goes to    {target.relative_to(root)}: extracted on {day}, {why}"]
        lines = (*said, *_what_it_feeds(project, form), *_where_it_belongs(known, entry, form))
        proposals.append(Proposal(file, form, target, entry, lines))
    return proposals


def _recognised(unknown: Unknown) -> list[Guess]:
    """Recognise one file, the likeliest format first; raise ConfigError where it is none of ours."""
    guesses = recognise(unknown)
    if not guesses or not guesses[0].fit[0]:
        raise _unknown(unknown.path, guesses)
    if guesses[0].lacks:
        raise _lacking(unknown.path, guesses[0])
    return guesses


def _is_zip(file: Path) -> bool:
    return file.suffix.lower() == ".zip"


def _contents(file: Path) -> list[tuple[str, bytes]]:
    """Read a file, or the members of a zip; raise ConfigError where that cannot be."""
    try:
        if not _is_zip(file):
            return [(file.name, file.read_bytes())]
        return [(member, read_member(member, file, member)) for member in list_members(file.name, file)]
    except OSError as error:
        fault = Fault(str(file), "", f"cannot be read ({error.strerror})", "check its name and permissions")
        raise ConfigError("Nothing was added.", (fault,)) from error
    except PerftrackError as error:
        raise ConfigError("Nothing was added.", error.faults) from error


def carry_out(root: Path, proposal: Proposal) -> None:
    """Copy the file into data/ and write the entry; raise ConfigError, and leave all as it was, where that fails."""
    target, sources = proposal.target, root / "config" / "sources.yml"
    if target.exists() and target.read_bytes() != proposal.file.read_bytes():
        fault = Fault(str(target), "", "is there already", "name another day with --extracted-at")
        raise ConfigError("Nothing was written.", (fault,))
    before = sources.read_text(encoding="utf-8") if sources.exists() else ""
    if proposal.entry:
        after = with_source(before, proposal.entry)
        if after is None:
            fault = Fault(
                str(sources), "", "is written in a way we cannot add to", "add the entry above by hand"
            )
            raise ConfigError("Nothing was written.", (fault,))
        sources.write_text(after, encoding="utf-8")
        try:
            load_project(root, FORMATS, MAPPABLE)
        except ConfigError:
            sources.write_text(before, encoding="utf-8")
            raise
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(proposal.file, target)


# --- what is said --------------------------------------------------------------------------------


def _what_it_is(unknown: Unknown, guesses: Sequence[Guess], project: Project) -> Iterator[str]:
    """Say what a file is taken for, and the ledger of its records."""
    guess, form = guesses[0], guesses[0].form
    fields = f"{guess.found} of the {len(form.columns)} fields we read are in it"
    yield f"{unknown.path} is: {form.label} ({form.key}); {fields}."
    alike = [other.form.key for other in guesses[1:] if other.fit[0] and other.found == guess.found]
    if alike:
        yield f"  Could be   {', '.join(alike)} as well: check the entry"
    ledger = close_ledger(form, snapshot_of(unknown, unknown.draft), guess.reading or Reading(0))
    skipped = sum(skip.records for skip in ledger.skipped)
    yield (
        f"  Records    {ledger.counted}: {ledger.accepted} accepted, {ledger.rejected} rejected, "
        f"{ledger.duplicates} duplicates, {skipped} skipped"
    )
    limit = project.settings.quality_gate.rejected_share
    for reject in ledger.rejects[:REJECTS_SHOWN]:
        yield f"  Rejected   line {reject.first_line}: {reject.column}: {reject.reason}"
    if ledger.rejected > limit * ledger.counted:
        yield "  Careful    more records are rejected than the quality gate allows: a build would refuse this file"
    yield from (f"  Skipped    {skip.records}: {skip.reason}" for skip in ledger.skipped)
    yield from (f"  Notice     {notice}" for notice in ledger.notices)


def _what_it_feeds(project: Project, form: Format) -> Iterator[str]:
    fed = fed_by(form.feeds, project.catalogue)
    label = {key: metric.label for key, metric in project.catalogue.items()}
    evaluated = ", ".join(label[each.metric] for each in fed if each.is_evaluated)
    waiting = ", ".join(label[each.metric] for each in fed if not each.is_evaluated)
    yield f"  Feeds      {evaluated or 'no metric of campaigns by itself'}"
    if waiting:
        yield f"  Kept for   {waiting}"


def _where_it_belongs(
    known: Source | None, entry: Mapping[str, object] | None, form: Format
) -> Iterator[str]:
    if known or entry is None:
        yield f"  Source     {known.key if known else ''}: it fits an entry of config/sources.yml; nothing to add there"
        return
    yield f"  New entry in config/sources.yml (overlap {entry['overlap']}: {OVERLAPS[str(entry['overlap'])]}):"
    yield from (f"  {line}" for line in entry_text(entry).splitlines())
    if "timezone" not in entry and form.zone:
        yield f"  Its days are those of {form.zone}: the platform's own clock."


# --- what is worked out --------------------------------------------------------------------------


def _extracted_on(file: Path, wish: Wish, zone: ZoneInfo) -> tuple[date, str]:
    """Say when the file was extracted, and how we know."""
    if wish.extracted_on:
        return wish.extracted_on, "as you say"
    for found in reversed(ISO_DAY.findall(file.stem)):
        try:
            return date.fromisoformat(found), "the day in its name (--extracted-at DAY says another)"
        except ValueError:
            continue
    saved = datetime.fromtimestamp(file.stat().st_mtime, zone).date() if file.exists() else date.min
    return saved, "the day it was saved (--extracted-at DAY says another)"


def _source_for(project: Project, form: Format, wish: Wish) -> Source | None:
    """Find the one declared source that such a file belongs to."""
    same = [
        source
        for source in project.sources
        if source.format == form.key and (wish.account is None or source.account == wish.account)
    ]
    if len(same) > 1:
        keys = ", ".join(source.account or source.key for source in same)
        fault = Fault(
            "config/sources.yml",
            form.key,
            f"several sources have this format ({keys})",
            "name one by --account",
        )
        raise ConfigError("Nothing was added.", (fault,))
    return same[0] if same else None


def _entry(project: Project, form: Format, wish: Wish, pattern: str) -> Mapping[str, object]:
    taken = {source.key for source in project.sources}
    slug = _slug(wish.account or "")
    stem = "-".join(filter(None, (_slug(form.key), slug)))
    key = next(
        name for name in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if name not in taken
    )
    said = {
        "account": wish.account,
        "timezone": wish.timezone or (None if form.zone else project.settings.timezone),
        "platform": wish.platform,
        "dimensions": list(wish.dimensions) or None,
        "days": wish.days,
        "link": wish.link,
    }
    return {
        "key": key,
        "format": form.key,
        "files": pattern,
        **{name: value for name, value in said.items() if value is not None},
        "overlap": form.overlaps[0],
    }


def _pattern(project: Project, form: Format, wish: Wish, members: Sequence[str]) -> str:
    """Take the format's own pattern, in a folder of its account, with the span where that must be in the name.

    For the `members` of a zip: the zip's pattern, and below it the one member or any.
    """
    pattern = form.pattern
    if wish.span and "{from:" not in pattern:
        pattern = pattern.replace("{extracted_at:", SPAN + "{extracted_at:")
    if members:
        stem = pattern.split(".zip/")[0].removesuffix(".csv").removesuffix(".json").removesuffix(".zip")
        pattern = f"{stem}.zip/{members[0] if len(members) == 1 else '*'}"
    folder, _, name = pattern.partition("/")
    account = _slug(wish.account or "")
    taken = {source.files for source in project.sources}
    tried = (
        "/".join(filter(None, (folder + number, account, name))) for number in ("", "-2", "-3", "-4", "-5")
    )
    return next((one for one in tried if one not in taken), f"{folder}/{form.key}/{name}")


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def _filled(pattern: str, day: date, span: Span | None) -> str:
    """Make the name of a file that fits a pattern."""
    days = {"extracted_at": day, "from": span.first if span else day, "to": span.last if span else day}
    moments = {name: datetime.combine(found, time()) for name, found in days.items()}
    return PLACEHOLDER.sub(lambda found: moments[found["name"]].strftime(found["form"]), pattern).replace(
        "*", ""
    )


# --- what stands in the way ----------------------------------------------------------------------


def _lacking(name: str, guess: Guess) -> ConfigError:
    options = {"from": "--from DAY", "to": "--to DAY"}
    asked = [options.get(need, f"--{need} ...") for need in guess.lacks]
    wrong = f"is {guess.form.label} ({guess.form.key}), and cannot say {' and '.join(guess.lacks)} itself"
    return ConfigError("Nothing was added.", (Fault(name, "", wrong, f"say {' '.join(asked)}"),))


def _unknown(name: str, guesses: Sequence[Guess]) -> ConfigError:
    faults = []
    if guesses:
        nearest = guesses[0]
        shared = f"{nearest.found} of its {len(nearest.form.columns)} fields are in this file"
        faults.append(
            Fault(name, "", f"the nearest format is {nearest.form.key} ({nearest.form.label}): {shared}")
        )
        faults += nearest.faults
    else:
        faults.append(Fault(name, "", "no format we know has a field of this file"))
    sketch = (
        "declare it with `format: generic.csv` and a `mapping` in config/sources.yml, "
        "which says what each column means; docs/config.md shows one"
    )
    faults.append(Fault(name, "", "any other table of text can be read too", sketch))
    return ConfigError(f"{name} is of no format we know.", tuple(faults))
