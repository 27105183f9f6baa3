"""`perftrack add`: from a file somebody has to a source that is read, said before it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from perftrack_site import add_words as words
from perftrack_site.add_places import Naming, filled, new_pattern, saved_or_said, span_in, stem_of, twin_below
from perftrack_site.add_seen import NOTHING_ADDED, Seen, Wish, see_all
from perftrack_site.config import load_project
from perftrack_site.config.adding import entry_text, with_source
from perftrack_site.config.forms import time_zones
from perftrack_site.config.models import Project
from perftrack_site.config.names import did_you_mean, harmless, quoted
from perftrack_site.errors import ConfigError, Fault, PerftrackError, QualityError, SecurityError
from perftrack_site.scrub import Keeper, default_secret, write_whole
from perftrack_site.sources import FORMATS
from perftrack_site.sources.contents import obstacle
from perftrack_site.sources.format import Format
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.platforms.generic_tables import MAPPABLE
from perftrack_site.sources.privacy.leaks import Finding, findings
from perftrack_site.sources.privacy.scrubbing import names_somebody, scrub
from perftrack_site.sources.recognise import Draft, Unknown
from perftrack_site.sources.zips import list_members, read_member

SOURCES = "config/sources.yml"
LEAKY = "Secrets or personal data stand in this file; nothing was added."
EXCEL = b"\xd0\xcf\x11\xe0"  # how its older files begin; the newer ones are zips
PACKED = b"PK\x03\x04"

Say = Callable[[str], None]
Agree = Callable[[], bool]


@dataclass(frozen=True)
class Proposal:
    """What would be done with one file: where its bytes go, and the new entries of sources.yml.

    `is_done`: nothing is left to do. `scrub_as` is the format by which the copy is scrubbed.
    """

    target: Path
    content: bytes
    entries: tuple[Mapping[str, object], ...]
    lines: tuple[str, ...]
    is_done: bool = False
    scrub_as: Format | None = None


def span_said(first: date | None, last: date | None) -> Span | None:
    """Make the span somebody named; raise ConfigError where one end is missing or they are the wrong way round."""
    if first is None and last is None:
        return None
    if first is None or last is None or last < first:
        raise ConfigError("--from and --to: name the first and the last day the file covers.")
    return Span(first, last)


def headers_said(texts: Sequence[str]) -> Mapping[str, str]:
    """Read translations of headers, each `Aufrufe=Views`; raise ConfigError for anything else."""
    parts = [text.partition("=") for text in texts]
    if wrong := next((text for text, part in zip(texts, parts, strict=True) if not all(part)), None):
        raise ConfigError(f"--header: {quoted(wrong)} is no translation; write it as 'Aufrufe=Views'")
    return {theirs.strip(): ours.strip() for theirs, _, ours in parts}


def add_files(root: Path, files: Sequence[Path], wish: Wish, say: Say, agree: Agree) -> int:
    """Say of each file what would become of it, and do that where `agree` answers yes; answer how many were added.

    A file that cannot be added does not stop the others. At the end all that stood in the way is raised:
    SecurityError for secrets and personal data, else ConfigError.
    """
    refused: list[PerftrackError] = []
    added = 0
    for file in files:
        try:
            proposal = propose(root, file, wish)
            say("\n".join(proposal.lines))
            if proposal.is_done:
                continue
            if agree():
                say("\n".join(carry_out(root, proposal)))
                added += 1
            else:
                say("Nothing was written.")
        except (ConfigError, SecurityError) as no:
            refused.append(no)
    if refused:
        raise _together(refused, files)
    return added


def _together(refused: Sequence[PerftrackError], files: Sequence[Path]) -> PerftrackError:
    if len(files) == 1:
        return refused[0]
    kind = SecurityError if any(isinstance(no, SecurityError) for no in refused) else ConfigError
    messages = dict.fromkeys(no.message for no in refused if no.message != NOTHING_ADDED)
    message = " ".join([f"{len(refused)} of {len(files)} files were not added.", *messages])
    return kind(message, tuple(dict.fromkeys(fault for no in refused for fault in no.faults)))


def propose(root: Path, file: Path, wish: Wish) -> Proposal:
    """Recognise a file, or each member of a zip, and say what would become of it.

    Raises ConfigError where it is of no format we know, or where something must be said that it cannot say itself;
    SecurityError for secrets and personal data.
    """
    project = load_project(root, FORMATS, MAPPABLE)
    if wish.timezone is not None and wish.timezone not in time_zones():
        nearest = did_you_mean(wish.timezone, time_zones())
        raise ConfigError(f"--timezone: {quoted(wish.timezone)} is not a time zone; {nearest}")
    zone = ZoneInfo(project.settings.timezone)
    contents = _contents(file)
    when = saved_or_said(file, wish.extracted_on, zone)
    draft = Draft(
        account=wish.account, timezone=wish.timezone, currency=wish.currency or project.settings.currency,
        platform=wish.platform, dimensions=wish.dimensions, days=wish.days, link=wish.link,
        headers=wish.headers or {},
    )  # fmt: skip
    unknowns = [Unknown(name, content, when.at, zone, draft, wish.span) for name, content in contents]
    seen, left_out = see_all(unknowns, project, wish, span_in(file.name))
    if not wish.scrubbed:
        _refuse_leaks(file, seen)
    wish = replace(wish, account=wish.account or seen[0].told)
    main = next((each for each in seen if each.known or each.unknown.span), seen[0])
    clock = ZoneInfo(main.unknown.draft.timezone or project.settings.timezone)
    naming = Naming(when, clock, main.unknown.span, wish.account, wish.link)
    pattern = _pattern(project, file, naming, main)
    place = root / "data" / _place(root, file, pattern, naming)
    entries = _entries(project, file, wish, pattern, seen)
    forms = dict.fromkeys(each.form.key for each in seen)
    lines = [
        line
        for key in forms
        for line in words.what_it_is([each for each in seen if each.form.key == key], project)
    ]
    lines += words.left_out(left_out)
    content = file.read_bytes()
    twin = twin_below(root / "data", pattern, content)
    if twin:
        lines += words.is_there(twin.relative_to(root))
    else:
        lines += words.where_it_goes(place.relative_to(root), when, wish, main, project)
        lines += words.what_is_written(entries, [each.known for each in seen if each.known])
    scrub_as = main.form if wish.scrubbed else None
    return Proposal(twin or place, content, tuple(entries), tuple(lines), twin is not None, scrub_as)


def _pattern(project: Project, file: Path, naming: Naming, main: Seen) -> str:
    """Give the pattern of the source the file belongs to, or a new one."""
    if main.known:
        return main.known.files
    member = _member(file, main) if _is_zip(file) else None
    return new_pattern(project.sources, main.form.pattern, naming, member)


def _place(root: Path, file: Path, pattern: str, naming: Naming) -> Path:
    """Name the file below data/; raise ConfigError where its source keeps zips and it is none, or the reverse."""
    below = filled(pattern, naming, root / "data")
    if _is_zip(file) != (below.suffix == ".zip"):
        wrong = f"its source keeps {'files' if _is_zip(file) else 'zips'} ({pattern})"
        right = "unpack it, and add its files" if _is_zip(file) else "add the zip it came in"
        raise ConfigError(NOTHING_ADDED, (Fault(_shown(file), "", wrong, right),))
    return below


def _entries(
    project: Project, file: Path, wish: Wish, pattern: str, seen: Sequence[Seen]
) -> list[Mapping[str, object]]:
    """Write down the sources that are not declared yet: one for each format."""
    by_form = {each.form.key: each for each in seen}
    packed = pattern.partition(".zip/")[0]
    taken = {source.key for source in project.sources}
    entries: list[Mapping[str, object]] = []
    for each in by_form.values():
        if each.known is None:
            own = f"{packed}.zip/{_member(file, each)}" if len(by_form) > 1 else pattern
            entry = _entry(project, each, wish, own, taken)
            taken.add(str(entry["key"]))
            entries.append(entry)
    return entries


def _entry(project: Project, seen: Seen, wish: Wish, pattern: str, taken: set[str]) -> Mapping[str, object]:
    """Write down a source; what its format or its files say anyway is left out."""
    form = seen.form
    stem = "-".join(filter(None, (stem_of(form.key), stem_of(wish.account or ""))))
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    said = {
        "account": wish.account,
        "timezone": wish.timezone or (None if form.zone or seen.tells_zone else project.settings.timezone),
        "currency": wish.currency or (project.settings.currency if "currency" in form.needs else None),
        "platform": wish.platform,
        "dimensions": list(wish.dimensions) or None,
        "days": wish.days,
        "link": wish.link,
        "headers": dict(wish.headers or {}) or None,
    }
    return {
        "key": next(name for name in names if name not in taken),
        "format": form.key,
        "files": pattern,
        **{name: value for name, value in said.items() if value is not None},
        "overlap": form.overlaps[0],
    }


# --- what is in the file -------------------------------------------------------------------------


def _is_zip(file: Path) -> bool:
    return file.suffix.lower() == ".zip"


def _member(file: Path, seen: Seen) -> str:
    return seen.unknown.path.removeprefix(f"{file.name}/")


def _shown(file: Path) -> str:
    return harmless(str(file))


def _contents(file: Path) -> list[tuple[str, bytes]]:
    """Read a file, or the members of a zip; raise ConfigError where that cannot or must not be."""
    try:
        if not file.is_file():
            raise _no(Fault(_shown(file), "", "is no file", "name an export or a snapshot"))
        if _is_zip(file):
            names = list_members(_shown(file), file)
            return [(f"{file.name}/{name}", read_member(_shown(file), file, name)) for name in names]
        if fault := obstacle(_shown(file), file, None):
            raise _no(fault)
        content = file.read_bytes()
    except QualityError as error:
        raise ConfigError(NOTHING_ADDED, error.faults) from error
    if not content:
        raise _no(Fault(_shown(file), "", "the file is empty", "export it again"))
    if content.startswith((EXCEL, PACKED)):
        right = "save each sheet of it as CSV UTF-8, and add those files"
        raise _no(Fault(_shown(file), "", "is a spreadsheet or another packed file", right))
    return [(file.name, content)]


def _no(fault: Fault) -> ConfigError:
    return ConfigError(NOTHING_ADDED, (fault,))


def _refuse_leaks(file: Path, seen: Sequence[Seen]) -> None:
    """Raise SecurityError for secrets and personal data, before anything of the file is copied."""
    found = [one for each in seen for one in findings(each.unknown.path, each.unknown.content, each.form)]
    if found:
        raise SecurityError(f"{LEAKY} {_way_out(file)}.", tuple(_leak(one) for one in sorted(found)))


def _way_out(file: Path) -> str:
    if _is_zip(file):
        return "Unpack it, and add its files with --scrub"
    return "With --scrub a copy without them is added; your own file stays as it is"


def _leak(found: Finding) -> Fault:
    return replace(found.fault, right=f"make it worthless: {found.revoke}" if found.revoke else "")


# --- what is done --------------------------------------------------------------------------------


def carry_out(root: Path, proposal: Proposal) -> list[str]:
    """Write the entries and the file; raise PerftrackError, and leave all as it was, where that fails."""
    target, sources = proposal.target, root / SOURCES
    keeper = Keeper(root, default_secret())
    if target.exists():
        fault = Fault(_shown(target), "", "is there already", "name another day with --extracted-at")
        raise ConfigError("Nothing was written.", (fault,))
    before = sources.read_bytes() if sources.exists() else None
    try:
        _write_entries(root, proposal.entries)
        content = _scrubbed(proposal, keeper)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
    except BaseException:
        _put_back(sources, before)
        raise
    return [f"Written: {target.relative_to(root)}", *keeper.said]


def _put_back(sources: Path, before: bytes | None) -> None:
    if before is None:
        sources.unlink(missing_ok=True)
    elif sources.read_bytes() != before:
        write_whole(sources, before)


def _write_entries(root: Path, entries: Sequence[Mapping[str, object]]) -> None:
    """Add entries to sources.yml and see that it is still understood; raise ConfigError where it is not."""
    sources = root / SOURCES
    for entry in entries:
        after = with_source(sources.read_bytes().decode("utf-8") if sources.exists() else "", entry)
        if after is None:
            right = f"write this into it by hand, and add the file again:\n{entry_text(entry).rstrip()}"
            fault = Fault(SOURCES, "", "is written in a way that we cannot add to", right)
            raise ConfigError("Nothing was written.", (fault,))
        write_whole(sources, after.encode("utf-8"))
    load_project(root, FORMATS, MAPPABLE)


def _scrubbed(proposal: Proposal, keeper: Keeper) -> bytes:
    """Take out of the copy what must not be in it; raise SecurityError where something is left."""
    form, name = proposal.scrub_as, proposal.target.name
    if form is None:
        return proposal.content
    secret = keeper.secret() if names_somebody(proposal.content, form) else None
    try:
        content = scrub(proposal.content, form, secret).content
    except ValueError as error:
        fault = Fault(
            name, "", "cannot be scrubbed without harm to the rest", "take out by hand what is in it"
        )
        raise SecurityError(NOTHING_ADDED, (fault,)) from error
    if left := findings(name, content, form):
        faults = tuple(replace(one.fault, right="take it out by hand") for one in left)
        raise SecurityError("Not everything could be taken out; nothing was added.", faults)
    return content
