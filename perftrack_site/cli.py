"""The door: arguments in, sentences and an exit code out."""

from __future__ import annotations

import json
import re
import shlex
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer
from rich.console import Console

from perftrack_site import add as adding
from perftrack_site import build as story
from perftrack_site import explain as explanations
from perftrack_site import hook as hooks
from perftrack_site import scrub as scrubbing
from perftrack_site import serve as server
from perftrack_site import start, summary
from perftrack_site.add_seen import Wish
from perftrack_site.config.names import harmless, printable
from perftrack_site.errors import (
    IN_THE_WAY,
    NO_RIGHT,
    NO_SPACE,
    ConfigError,
    EnvironmentFault,
    InternalError,
    LockedError,
    PerftrackError,
    refused_by_system,
)

app = typer.Typer(
    help="Build a static site that shows, with receipts, which campaigns met the KPIs agreed before launch.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
Workspace = Annotated[Path, typer.Option("--workspace", "-w", help="The folder with config/ and data/.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for scripts.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DAY", help="The last day to know of, as 2026-11-15.")
]
PeriodKey = Annotated[
    str | None, typer.Option("--period", metavar="PERIOD", help="Look at this period alone, as 2026-Q4.")
]

HERE = Path()
DAY = re.compile(r"(?:199|2[01][0-9])[0-9]-[0-9]{2}-[0-9]{2}", re.ASCII)  # the years of the contracts
PLAIN_BLANKS = str.maketrans("\u00a0\u202f", "  ")  # between digits and before units
STOPPED = 130  # as a shell says of a command ended by Ctrl-C


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Where to write the new workspace.")] = HERE,
    *,
    sample: Annotated[
        bool, typer.Option("--sample", help="Write the demo: an invented company's year.")
    ] = False,
    purpose: Annotated[
        str | None, typer.Option("--for", metavar="PURPOSE", help="Write one to fill in: campaigns.")
    ] = None,
) -> None:
    """Write a new workspace: a small one that builds, one to fill in, or the demo."""
    written = start.write_workspace(folder, sample=sample, purpose=purpose)
    _say(f"{written} files written to {folder}/.")
    _say(f"Next: perftrack build{_at(folder)}")


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="The exports or snapshots to add.")],
    workspace: Workspace = HERE,
    *,
    account: Annotated[
        str | None,
        typer.Option(
            "--account", help="Whose numbers: an influencer's key, or the name of a website, shop or list."
        ),
    ] = None,
    timezone: Annotated[
        str | None, typer.Option("--timezone", help="In which the file's days are told, as Africa/Lagos.")
    ] = None,
    currency: Annotated[
        str | None, typer.Option("--currency", help="Of amounts that do not say theirs, as EUR.")
    ] = None,
    extracted_at: Annotated[
        str | None, typer.Option("--extracted-at", metavar="DAY", help="When it was exported.")
    ] = None,
    from_day: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="The first day it covers.")
    ] = None,
    to_day: Annotated[str | None, typer.Option("--to", metavar="DAY", help="The last day it covers.")] = None,
    platform: Annotated[
        str | None, typer.Option("--platform", help="Where the file does not name its platform.")
    ] = None,
    dimensions: Annotated[
        str | None,
        typer.Option("--dimensions", help="What a Search Console request asked for, as date,query."),
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, help="How many days a Clarity snapshot covers.")
    ] = None,
    link: Annotated[str | None, typer.Option("--link", help="The short link whose clicks these are.")] = None,
    header: Annotated[
        list[str] | None,
        typer.Option("--header", help="A header in another language and what it means, as 'Aufrufe=Views'."),
    ] = None,
    scrubbed: Annotated[
        bool, typer.Option("--scrub", help="Add a copy without secrets and personal data.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
) -> None:
    """Recognise files, say what they hold and what they feed, and add them to the workspace."""
    wish = Wish(
        account=account,
        timezone=timezone,
        currency=currency,
        extracted_on=_day(extracted_at, "--extracted-at"),
        span=adding.span_said(_day(from_day, "--from"), _day(to_day, "--to")),
        platform=platform,
        dimensions=tuple(part.strip() for part in (dimensions or "").split(",") if part.strip()),
        days=days,
        link=link,
        headers=adding.headers_said(header or ()),
        scrubbed=scrubbed,
    )
    if adding.add_files(workspace, files, wish, _say, lambda: yes or _agreed()):
        _say(f"Next: perftrack check{_at(workspace)}")


def _agreed() -> bool:
    """Ask; where nobody can answer, say how to do without."""
    try:
        return typer.confirm("Write it?", default=False)
    except typer.Abort:
        if sys.stdin is not None and sys.stdin.isatty():
            raise
        raise ConfigError("Nothing was written: nobody answered. --yes writes without asking.") from None


@app.command()
def check(
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    *,
    every_file: Annotated[bool, typer.Option("--files", help="Show every file, not every source.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read config/ and data/, account for every record, and say what is wrong; publish nothing."""
    found = story.check(workspace, _day(as_of))
    if as_json:
        _say_json(found.as_dict())
    else:
        _say("\n".join(found.lines(every_file=every_file)))
    found.raise_for_quality()


@app.command()
def build(
    workspace: Workspace = HERE,
    out: Annotated[
        Path | None, typer.Option("--out", help="The folder to publish to; site/ by default.")
    ] = None,
    period: PeriodKey = None,
    audience: Annotated[
        str, typer.Option("--audience", help="Who it is for: internal, influencer:<key> or all.")
    ] = "internal",
    as_of: AsOf = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Build the site and publish it in one step, or leave the published one as it is."""
    with _progress(quiet=as_json) as step:
        built = story.build(
            workspace, out=out, period_key=period, audience=audience, as_of=_day(as_of), step=step
        )
    if as_json:
        _say_json(built.as_dict())
    else:
        _say("\n".join(built.lines()))


@app.command()
def serve(
    workspace: Workspace = HERE,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Where to listen; 0 takes a free one.")
    ] = 8000,
    *,
    no_watch: Annotated[
        bool, typer.Option("--no-watch", help="Serve what is published and build nothing.")
    ] = False,
) -> None:
    """Serve the site on this machine alone, and build it again whenever the workspace changes."""
    out = workspace / "site"
    if no_watch and not out.is_dir():
        raise ConfigError(f"{out}: nothing is published there yet; `perftrack build` publishes.")
    try:
        with server.served(out, port) as address:
            _say(f"Serving {out}/ at {address}, on this machine only; Ctrl-C ends it.")
            if no_watch:
                server.rest()
            server.watch(workspace, lambda: _built_again(workspace, address))
    except KeyboardInterrupt:
        _say(f"No longer serving; the published site stays in {out}/.")


def _built_again(workspace: Path, address: str) -> int:
    """Build, and say how it went; what is wrong with the workspace is said and not raised."""
    try:
        with _progress(quiet=False) as step:
            built = story.build(workspace, step=step)
    except InternalError:
        raise
    except LockedError as another:  # it is tried again in silence
        return another.exit_code
    except (PerftrackError, OSError) as no:
        sentence, code = _said_no(no)
        sys.stderr.write(f"{sentence}\nThe published site is as it was. The next change is built again.\n")
        return code
    _say("\n".join([*built.lines()[:-1], f"{'Next':<{summary.WIDTH}}look at {address}"]))
    return 0


@app.command()
def explain(
    words: Annotated[
        list[str], typer.Argument(help="A metric, a KPI (summer-sale/engagement) or a campaign.")
    ],
    workspace: Workspace = HERE,
    period: PeriodKey = None,
    as_of: AsOf = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Say in words what a metric, KPI or number is, and where it comes from: its receipt."""
    report = story.evaluate_workspace(workspace, period_key=period, as_of=_day(as_of))
    explained = explanations.explain(report, " ".join(words))
    if as_json:
        _say_json(explained.as_dict())
    else:
        _say("\n".join(explained.lines))


@app.command()
def schema(
    folder: Annotated[
        Path | None, typer.Option("--out", help="Write one file per schema into this folder.")
    ] = None,
) -> None:
    """Print the JSON Schemas of the files in config/ and of results.json, for editors and scripts."""
    schemas = story.schemas()
    if folder is None:
        _say_json(schemas)
        return
    start.make_folder(folder)
    for name, content in schemas.items():
        (folder / f"{name}.schema.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    _say(f"{len(schemas)} schemas written to {folder}/.")


@app.command()
def scrub(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files; by default all below data/ that need it.")
    ] = None,
    secret: Annotated[
        Path | None,
        typer.Option(
            "--secret", help="The file with the secret behind customer keys; made where it is missing."
        ),
    ] = None,
    workspace: Workspace = HERE,
) -> None:
    """Take tokens, keys and personal data out of snapshots, and leave all else byte for byte."""
    done = scrubbing.scrub_files(workspace, files or (), secret)
    _say("\n".join(done.lines))
    done.raise_for_rest()


@app.command()
def hook(
    action: Annotated[
        Literal["install", "run"],
        typer.Argument(help="`install` writes git's pre-commit hook; `run` is what the hook calls."),
    ],
    workspace: Workspace = HERE,
) -> None:
    """Put `perftrack check` in front of every commit, over the files as they are staged."""
    if action == "install":
        _say(hooks.install(workspace))
    else:
        hooks.run(workspace)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code (see `errors`)."""
    given = sys.argv[1:] if arguments is None else arguments
    sys.exit(run(lambda: app(args=given or ["--help"], standalone_mode=False)))


def run(command: Callable[[], object]) -> int:
    """Turn whatever a command raises into sentences on stderr and an exit code."""
    try:
        returned = command()
    except typer.Exit as left:
        return left.exit_code
    except InternalError as bug:
        return _our_bug(bug)
    except (PerftrackError, typer.TyperException, typer.Abort, KeyboardInterrupt, MemoryError, OSError) as no:
        sentence, code = _said_no(no)
        _complain(sentence)
        return code
    except Exception as bug:  # noqa: BLE001 the last door: whatever is left is our bug and says so
        return _our_bug(bug)
    return returned if isinstance(returned, int) else 0


def _said_no(error: BaseException) -> tuple[str, int]:
    """Find the sentence and the exit code of something that is not our bug."""
    match error:
        case PerftrackError():
            return str(error), error.exit_code
        case typer.TyperException():
            return f"{error.format_message()} `perftrack --help` shows what there is.", ConfigError.exit_code
        case MemoryError():
            return "There is not enough memory for this workspace.", EnvironmentFault.exit_code
        case OSError():
            return _of_the_machine(refused_by_system(error)), EnvironmentFault.exit_code
        case _:
            return "Stopped; the published site is as it was.", STOPPED


def _of_the_machine(error: OSError) -> str:
    where = harmless(str(error.filename)) if error.filename else "This command"
    if error.errno in NO_SPACE:
        return f"{where}: the disk is full; free some space and try again."
    if error.errno in NO_RIGHT:
        return f"{where}: {error.strerror}; give this user the right to read and write it."
    if error.errno in IN_THE_WAY:
        return f"{where}: {error.strerror}; move away what stands there."
    return f"{where}: {error.strerror or error}."


def _our_bug(bug: Exception) -> int:
    traceback.print_exception(bug)
    _complain("This is a bug in perftrack, not in your workspace; the published site is as it was.")
    return InternalError.exit_code


def _at(workspace: Path) -> str:
    return "" if workspace == HERE else f" --workspace {shlex.quote(str(workspace))}"


def _day(text: str | None, option: str = "--as-of") -> date | None:
    if text is None:
        return None
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ConfigError(
        f"{option}: '{printable(text)}' is not a day; write it as 2026-11-15, from 1990 to 2199"
    )


def _say(text: str) -> None:
    if sys.stdout is None:  # closed by the caller, who does not want to hear
        return
    # Data may hold characters that a narrow terminal cannot show; a report must not fail on them.
    encoding = sys.stdout.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(PLAIN_BLANKS).encode(encoding, "replace").decode(encoding)
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _say_json(answer: object) -> None:
    """Say it in ASCII: a script reads the same letters whatever encoding stands between."""
    _say(json.dumps(answer, indent=2))


def _complain(sentence: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")


class _Progress:
    """Say on a terminal what the build is doing; stay silent everywhere else."""

    def __init__(self, *, quiet: bool) -> None:
        console = Console(stderr=True)
        self._status = console.status("Starting") if console.is_terminal and not quiet else None

    def __enter__(self) -> Callable[[str], None]:
        if self._status:
            self._status.start()
        return self._step

    def __exit__(self, *_: object) -> None:
        if self._status:
            self._status.stop()

    def _step(self, what: str) -> None:
        if self._status:
            self._status.update(what)


def _progress(*, quiet: bool) -> _Progress:
    return _Progress(quiet=quiet)
