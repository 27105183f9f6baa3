"""`perftrack add` as a person types it: recognised, said, asked, written; or refused with the way out."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
import yaml
from support import REPOSITORY

from perftrack_site.cli import app, run

OVERVIEW = (  # TikTok Studio's export, of days without a year
    '\ufeff"Date","Video Views","Profile Views","Likes","Comments","Shares"\n'
    '"February 1","1602","6","11","1","0"\n"February 2","1121","2","5","0","0"\n'
)
NEXT_WEEK = OVERVIEW.replace("February 1", "February 3").replace("February 2", "February 4")
CLICKS = '{"link_clicks": [{"clicks": 131, "date": "2026-02-01T00:00:00+0000"}], "units": 1, "unit": "day"}'
CLARITY = (
    '[{"metricName": "Traffic", "information": [{"totalSessionCount": "120", "totalBotSessionCount": "15"}]}]'
)
BY_QUERY = '{"rows": [{"keys": ["tea"], "clicks": 4, "impressions": 80, "position": 3.5}]}'
QUERIES = "Top queries,Clicks,Impressions,CTR,Position\ntea,47,77,61.04%,1.98\n"
DATES = "Date,Clicks,Impressions,CTR,Position\n2026-02-02,1,13,7.69%,18.93\n2026-02-01,0,7,0%,28.4\n"
FILTERS = "Filter,Value\nSearch type,Web\nDate,Last 3 months\n"
CHART = "Date,Primary\n2026-02-01,12\n2026-02-02,15\n"
ENQUIRIES = "enquiry_id,day,kind,email\ne-1,2026-02-01,quote,ann@tea.example\n"
STATISTICS = "Datum;Kampagne;Besuche;Impressions\n06.02.2026;spring;1204;7000\n"
TWICE = (  # a key that stands twice
    '{"data": [{"id": "1", "id": "2", "caption": "", "media_type": "", "permalink": "", "timestamp": "", '
    '"like_count": 1, "comments_count": 2, "media_product_type": "", "username": ""}]}'
)
SOURCES = "config/sources.yml"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The secret behind customer keys belongs to the user: here to one of this test alone."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))


@dataclass(frozen=True)
class Said:
    returncode: int
    stdout: str
    stderr: str


class Typed(Protocol):
    def __call__(self, *arguments: str, answer: str = "") -> Said: ...


@pytest.fixture
def perftrack(skeleton: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Run a command as `main` does, with an answer typed in advance."""

    def typed(*arguments: str, answer: str = "") -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        command, *others = arguments
        code = run(lambda: app(args=[command, "-w", str(skeleton), *others], standalone_mode=False))
        heard = capsys.readouterr()
        return Said(code, heard.out, heard.err)

    return typed


def downloaded(workspace: Path, name: str, content: str) -> str:
    """A file in somebody's downloads."""
    folder = workspace.parent / "downloads"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content.encode())
    return str(folder / name)


def tree(workspace: Path) -> dict[str, bytes]:
    files = (path for part in ("config", "data") for path in (workspace / part).rglob("*") if path.is_file())
    return {path.relative_to(workspace).as_posix(): path.read_bytes() for path in files}


# --- what it does --------------------------------------------------------------------------------


def test_an_export_is_recognised_and_everything_is_said_before_it_is_done(
    skeleton: Path, perftrack: Typed
) -> None:
    file = downloaded(skeleton, "Overview.csv", OVERVIEW)
    before = tree(skeleton)
    said = perftrack("add", file, "--account", "alex", "--extracted-at", "2026-02-10", answer="n\n")
    assert said.returncode == 0
    for line in (
        "Overview.csv: TikTok Studio, Overview (tiktok_studio.overview)",
        "  Records    2: 2 accepted, 0 rejected, 0 duplicates, 0 skipped",
        "  Days       2026-02-01 to 2026-02-02",
        "  Goes to    data/tiktok/alex/overview-2026-02-10.csv",
        "  Account    alex, as you say",
        "  Time zone  Europe/Berlin, the workspace's; --timezone ZONE says another",
        "    files: tiktok/alex/overview-{extracted_at:%Y-%m-%d}.csv",
        "Write it? [y/N]: Nothing was written.",
    ):
        assert line in said.stdout.splitlines(), said.stdout
    assert tree(skeleton) == before


def test_yes_writes_the_entry_and_the_file_and_the_next_one_needs_no_entry(
    skeleton: Path, perftrack: Typed
) -> None:
    file = downloaded(skeleton, "Overview.csv", OVERVIEW)
    assert (
        perftrack("add", file, "--account", "alex", "--extracted-at", "2026-02-10", "--yes").returncode == 0
    )
    entries = (skeleton / SOURCES).read_text("utf-8")
    assert yaml.safe_load(entries)["sources"][-1] == {
        "key": "tiktok-studio-overview-alex",
        "format": "tiktok_studio.overview",
        "files": "tiktok/alex/overview-{extracted_at:%Y-%m-%d}.csv",
        "account": "alex",
        "timezone": "Europe/Berlin",
        "overlap": "replaces",
    }
    more = downloaded(skeleton, "Overview (1).csv", NEXT_WEEK)
    again = perftrack("add", more, "--extracted-at", "2026-02-14", "--yes")
    assert "tiktok-studio-overview-alex of config/sources.yml: it needs no new" in again.stdout
    assert (skeleton / SOURCES).read_text("utf-8") == entries
    checked = json.loads(perftrack("check", "--json").stdout)
    paths = {file["path"]: file["accepted"] for file in checked["files"]}
    assert paths["data/tiktok/alex/overview-2026-02-10.csv"] == 2
    assert paths["data/tiktok/alex/overview-2026-02-14.csv"] == 2


def test_y_writes_as_well_and_nobody_at_all_writes_nothing(skeleton: Path) -> None:
    command = [sys.executable, "-m", "perftrack_site", "add", "--extracted-at", "2026-02-10"]
    command.append(downloaded(skeleton, "Overview.csv", OVERVIEW))
    before = tree(skeleton)
    unheard, heard = (
        subprocess.run(
            command, cwd=skeleton, input=answer, capture_output=True, text=True, check=False, timeout=60
        )
        for answer in ("", "y\n")
    )
    assert unheard.returncode == 2
    assert "Nothing was written: nobody answered. --yes writes without asking." in unheard.stderr
    assert heard.returncode == 0
    written = tree(skeleton)
    assert written.pop("data/tiktok/overview-2026-02-10.csv") == OVERVIEW.encode()
    assert {path for path, content in written.items() if content != before[path]} == {SOURCES}


def test_the_same_bytes_are_not_added_twice(skeleton: Path, perftrack: Typed) -> None:
    file = downloaded(skeleton, "Overview.csv", OVERVIEW)
    perftrack("add", file, "--extracted-at", "2026-02-10", "--yes")
    before = tree(skeleton)
    again = perftrack("add", file, "--extracted-at", "2026-02-11", "--yes")
    said = " ".join(again.stdout.split())
    assert "There data/tiktok/overview-2026-02-10.csv has the same bytes: nothing to add" in said
    assert (again.returncode, tree(skeleton)) == (0, before)


def test_another_file_of_the_same_day_does_not_take_its_place(skeleton: Path, perftrack: Typed) -> None:
    for name, content in (("a.csv", OVERVIEW), ("b.csv", NEXT_WEEK)):
        last = perftrack("add", downloaded(skeleton, name, content), "--extracted-at", "2026-02-10", "--yes")
    assert last.returncode == 2
    assert "overview-2026-02-10.csv: is there already; name another day with --extracted-at" in last.stderr
    assert (skeleton / "data/tiktok/overview-2026-02-10.csv").read_bytes() == OVERVIEW.encode()


def test_each_account_has_its_own_folder_and_entry(skeleton: Path, perftrack: Typed) -> None:
    for account, content in (("alex", OVERVIEW), ("Umoja Tea", NEXT_WEEK)):
        file = downloaded(skeleton, "Overview.csv", content)
        perftrack("add", file, "--account", account, "--extracted-at", "2026-02-10", "--yes")
    assert (skeleton / "data/tiktok/alex/overview-2026-02-10.csv").is_file()
    assert (skeleton / "data/tiktok/umoja-tea/overview-2026-02-10.csv").is_file()
    keys = [source["key"] for source in yaml.safe_load((skeleton / SOURCES).read_text("utf-8"))["sources"]]
    assert keys[-2:] == ["tiktok-studio-overview-alex", "tiktok-studio-overview-umoja-tea"]
    nobody = perftrack("add", downloaded(skeleton, "c.csv", OVERVIEW.replace("11", "12")), "--yes")
    assert "several sources have the format tiktok_studio.overview (alex, Umoja Tea)" in nobody.stderr
    assert "say whose file it is by --account" in nobody.stderr


def test_comments_in_sources_yml_stay_byte_for_byte(skeleton: Path, perftrack: Typed) -> None:
    sources = skeleton / SOURCES
    written = (
        sources.read_bytes().replace(b"\n  - key: spend", b"\n\n  # our books  \n  - key: spend")
        + b"# the end\n"
    )
    sources.write_bytes(written)
    added = perftrack("add", downloaded(skeleton, "o.csv", OVERVIEW), "--yes", "--extracted-at", "2026-02-10")
    assert added.returncode == 0
    assert sources.read_bytes().startswith(written)


@pytest.mark.parametrize("written", ["# none yet\nsources: []  # so far\n", None])
def test_the_first_source_of_a_workspace_is_added_too(
    skeleton: Path, perftrack: Typed, written: str | None
) -> None:
    sources = skeleton / SOURCES
    sources.unlink()
    if written is not None:
        sources.write_text(written, "utf-8")
    file = downloaded(skeleton, "o.csv", OVERVIEW)
    assert perftrack("add", file, "--yes", "--extracted-at", "2026-02-10").returncode == 0
    assert [source["format"] for source in yaml.safe_load(sources.read_text("utf-8"))["sources"]] == [
        "tiktok_studio.overview"
    ]


def test_a_list_written_in_one_line_is_left_alone_and_the_entry_is_shown(
    skeleton: Path, perftrack: Typed
) -> None:
    sources = skeleton / SOURCES
    sources.write_text(
        "sources: [{key: costs, format: perftrack.spend, files: 'c/{extracted_at:%Y-%m-%d}.csv'}]\n"
    )
    before = tree(skeleton)
    no = perftrack("add", downloaded(skeleton, "o.csv", OVERVIEW), "--yes")
    assert (no.returncode, tree(skeleton)) == (2, before)
    assert "is written in a way that we cannot add to; write this into it by hand" in no.stderr
    assert "  - key: tiktok-studio-overview\n" in no.stderr


def test_a_handle_in_the_file_says_whose_it_is(skeleton: Path, perftrack: Typed) -> None:
    media = (skeleton / "data/instagram/media-2026-02-13.json").read_text("utf-8")
    file = downloaded(skeleton, "media.json", media.replace("3900", "3901") + "\n")
    said = perftrack("add", file, "--extracted-at", "2026-02-20", answer="n\n").stdout
    assert "ig-alex-media of config/sources.yml: it needs no new entry" in said
    assert "  Goes to    data/instagram/media-2026-02-20.json" in said


def test_a_handle_names_the_influencer_of_a_new_source(skeleton: Path, perftrack: Typed) -> None:
    known = skeleton / "data/instagram/media-2026-02-13.json"
    file = downloaded(skeleton, "media.json", known.read_text("utf-8"))
    known.unlink()
    (skeleton / SOURCES).write_text("sources: []\n")
    said = perftrack("add", file, "--yes").stdout
    assert "  Account    alex, whose handle is in the file; --account NAME says another" in said
    assert yaml.safe_load((skeleton / SOURCES).read_text("utf-8"))["sources"][0]["account"] == "alex"


def test_a_header_in_another_language_is_translated_once(skeleton: Path, perftrack: Typed) -> None:
    german = OVERVIEW.replace('"Date"', '"Tag"')
    file = downloaded(skeleton, "o.csv", german)
    unknown = perftrack("add", file, "--yes")
    assert unknown.returncode == 2
    assert "--header 'its name=Date'" in unknown.stderr or "--header 'Tag=Date'" in unknown.stderr
    told = perftrack("add", file, "--header", "Tag=Date", "--yes", "--extracted-at", "2026-02-10")
    assert told.returncode == 0, told.stderr
    assert yaml.safe_load((skeleton / SOURCES).read_text("utf-8"))["sources"][-1]["headers"] == {
        "Tag": "Date"
    }
    more = downloaded(skeleton, "next.csv", NEXT_WEEK.replace('"Date"', '"Tag"'))
    again = perftrack("add", more, "--yes", "--extracted-at", "2026-02-14")
    assert "it needs no new" in again.stdout
    assert perftrack("check").returncode == 0


# --- what a file cannot say itself ---------------------------------------------------------------


SPAN = ("--from", "2026-01-01", "--to", "2026-01-31")
UNSAID: dict[str, tuple[str, str, tuple[str, ...]]] = {  # name -> content, what is missing, what is given
    "clicks.json": (CLICKS, "its link; add it with --link LINK", ("--link", "umoja.example/t")),
    "live.json": (CLARITY, "how many days it covers; add it with --days NUMBER", ("--days", "1")),
    "queries.csv": (QUERIES, "which days it covers; add it with --from DAY --to DAY", SPAN),
    "query.json": (
        BY_QUERY,
        "its dimensions and which days it covers; add it with --dimensions date,query --from DAY --to DAY",
        ("--dimensions", "query", *SPAN),
    ),
    "Views.csv": ("Views\n" + CHART, "its platform; add it with --platform NAME", ("--platform", "facebook")),
}


@pytest.mark.parametrize("name", UNSAID)
def test_what_a_file_cannot_say_is_asked_for_by_its_option(
    skeleton: Path, perftrack: Typed, name: str
) -> None:
    content, missing, given = UNSAID[name]
    file = downloaded(skeleton, name, content)
    asked = perftrack("add", file, "--yes", "--extracted-at", "2026-02-10")
    assert (asked.returncode, f"and does not say {missing}" in asked.stderr) == (2, True), asked.stderr
    told = perftrack("add", file, *given, "--yes", "--extracted-at", "2026-02-10")
    assert told.returncode == 0, told.stderr
    assert perftrack("check").returncode == 0


def test_two_days_in_a_name_are_those_it_covers(skeleton: Path, perftrack: Typed) -> None:
    file = downloaded(skeleton, "Queries-2026-01-01_2026-01-31.csv", QUERIES)
    added = perftrack("add", file, "--yes", "--extracted-at", "2026-02-10")
    assert "  Covers     2026-01-01 to 2026-01-31, the days in its name; --from and --to" in added.stdout
    assert (skeleton / "data/gsc/2026-01-01_2026-01-31-2026-02-10.csv").is_file()
    assert perftrack("check").returncode == 0


def test_a_zip_stays_a_zip_and_its_files_one_source(skeleton: Path, perftrack: Typed) -> None:
    file = Path(downloaded(skeleton, "export.zip", ""))
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in {"Dates.csv": DATES, "Filters.csv": FILTERS, "Queries.csv": QUERIES}.items():
            archive.writestr(name, content)
    days = ("--from", "2026-01-01", "--to", "2026-02-02", "--extracted-at", "2026-02-10")
    added = perftrack("add", str(file), *days, "--yes")
    assert (
        "export.zip, 2 files: Google Search Console, Performance export (search_console.export)"
        in added.stdout
    )
    assert "  Left out   export.zip/Filters.csv" in added.stdout
    target = skeleton / "data/gsc/2026-01-01_2026-02-02-2026-02-10.zip"
    assert target.read_bytes() == file.read_bytes()
    checked = json.loads(perftrack("check", "--json").stdout)
    assert {f"data/gsc/{target.name}/{name}" for name in ("Dates.csv", "Queries.csv")} <= {
        file["path"] for file in checked["files"]
    }


def test_the_pages_of_an_answer_lie_beside_each_other(skeleton: Path, perftrack: Typed) -> None:
    def page(campaign: str) -> str:
        names = [{"name": "date"}, {"name": "sessionCampaignName"}]
        row = {
            "dimensionValues": [{"value": "20260201"}, {"value": campaign}],
            "metricValues": [{"value": "5"}],
        }
        answer = {"dimensionHeaders": names, "metricHeaders": [{"name": "sessions", "type": "TYPE_INTEGER"}]}
        return json.dumps(answer | {"rows": [row], "rowCount": 2, "kind": "analyticsData#runReport"})

    files = [downloaded(skeleton, f"page{number}.json", page(f"c{number}")) for number in (1, 2)]
    added = perftrack("add", *files, "--yes", "--extracted-at", "2026-02-10")
    assert added.returncode == 0, added.stderr
    names = sorted(path.name for path in (skeleton / "data/ga4").iterdir())
    assert names == ["campaigns-2026-02-10-2.json", "campaigns-2026-02-10.json"]
    assert perftrack("check").returncode == 0


# --- what is refused -----------------------------------------------------------------------------


def test_an_unknown_table_gets_a_mapping_to_complete_and_is_read_with_it(
    skeleton: Path, perftrack: Typed
) -> None:
    file = downloaded(skeleton, "Web statistics 2026-02-09.csv", STATISTICS)
    before = tree(skeleton)
    unknown = perftrack("add", file, "--yes")
    assert (unknown.returncode, tree(skeleton)) == (2, before)
    assert "is of no format we know; nothing was added." in unknown.stderr
    assert "the nearest format is " in unknown.stderr
    entry = unknown.stderr.split("add the file again:\n")[1]
    assert "# its other columns: Datum, Kampagne, Besuche" in entry
    mapped = entry.replace("day: COMPLETE ME", "day: Datum").replace(
        "overlap: replaces", "overlap: replaces\n    platform: x"
    )
    mapped = mapped.replace('# dates: "%d.%m.%Y" says', 'dates: "%d.%m.%Y" # says')
    sources = skeleton / SOURCES
    sources.write_text(sources.read_text("utf-8") + mapped, "utf-8")
    added = perftrack("add", file, "--yes")
    assert added.returncode == 0, added.stderr
    assert "  Because    a source of this workspace maps it" in added.stdout
    assert (skeleton / "data/web-statistics/web-statistics-2026-02-09.csv").is_file()


def test_secrets_and_personal_data_are_refused_before_anything_is_copied(
    skeleton: Path, perftrack: Typed
) -> None:
    file = downloaded(skeleton, "enquiries.csv", ENQUIRIES)
    before = tree(skeleton)
    refused = perftrack("add", file, "--yes")
    assert (refused.returncode, tree(skeleton)) == (3, before)
    assert "enquiries.csv:2: email: personal data, a…@…" in refused.stderr
    assert "With --scrub a copy without them is added; your own file stays as it is." in refused.stderr
    assert "ann@" not in refused.stderr + refused.stdout


def test_scrub_adds_a_copy_without_them_and_leaves_the_file(skeleton: Path, perftrack: Typed) -> None:
    file = downloaded(skeleton, "enquiries.csv", ENQUIRIES)
    added = perftrack("add", file, "--scrub", "--yes", "--extracted-at", "2026-02-10")
    assert added.returncode == 0, added.stderr
    copy = (skeleton / "data/enquiries/enquiries-2026-02-10.csv").read_text("utf-8")
    assert copy == ENQUIRIES.replace("ann@tea.example", "")
    assert Path(file).read_text("utf-8") == ENQUIRIES
    assert perftrack("check").returncode == 0


def test_a_token_in_an_answer_is_refused_with_how_to_revoke_it(skeleton: Path, perftrack: Typed) -> None:
    token = "EAAG" + "b1C2d3E4f5" * 12
    media = json.loads((skeleton / "data/instagram/media-2026-02-13.json").read_text("utf-8"))
    media["paging"] = {"next": f"https://graph.facebook.com/v22.0/1/media?access_token={token}&after=x"}
    refused = perftrack("add", downloaded(skeleton, "media.json", json.dumps(media)), "--yes")
    assert refused.returncode == 3
    assert "paging.next" in refused.stderr
    assert "make it worthless" in refused.stderr
    assert token not in refused.stderr


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", "", "empty.csv: the file is empty; export it again"),
        (
            "error.json",
            '{"error": {"type": "OAuthException", "code": 190}}',
            "is an error of the API, not data",
        ),
        (
            "media.json",
            TWICE,
            "media.json looks like Instagram Graph API, media list, and cannot be read; nothing was added.",
        ),
        ("none.json", '{"data": []}', "none.json: is empty ("),
        (
            "report.xlsx",
            "PK\x03\x04",
            "is a spreadsheet or another packed file; save each sheet of it as CSV UTF-8",
        ),
        (
            "notes.txt",
            "Dear team\nall is well\n",
            "only a table of text (CSV) can be read without a format",
        ),
        (
            "o.csv",
            OVERVIEW.replace("February", "Brumaire"),
            "all its records are rejected; look at the reasons:",
        ),
    ],
)
def test_what_cannot_be_added_is_told_in_a_sentence(
    skeleton: Path, perftrack: Typed, name: str, content: str, sentence: str
) -> None:
    before = tree(skeleton)
    refused = perftrack("add", downloaded(skeleton, name, content), "--yes")
    assert (refused.returncode, tree(skeleton)) == (2, before)
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.csv"], "nowhere.csv: is no file; name an export or a snapshot"),
        (["o.csv", "--timezone", "Mars/Olympus"], "'Mars/Olympus' is not a time zone"),
        (["o.csv", "--platform", "myspace"], "'myspace'"),
        (
            ["o.csv", "--from", "2026-02-01"],
            "--from and --to: name the first and the last day the file covers.",
        ),
        (["o.csv", "--extracted-at", "soon"], "--extracted-at: 'soon' is not a day"),
        (["o.csv", "--header", "Tag"], "--header: 'Tag' is no translation; write it as 'Aufrufe=Views'"),
    ],
)
def test_clumsy_options_are_refused_and_nothing_is_written(
    skeleton: Path, perftrack: Typed, arguments: list[str], sentence: str
) -> None:
    downloaded(skeleton, "o.csv", OVERVIEW)
    before = tree(skeleton)
    file, *options = arguments
    refused = perftrack("add", str(skeleton.parent / "downloads" / file), *options, "--yes")
    assert (refused.returncode, tree(skeleton)) == (2, before), refused.stderr
    assert sentence in refused.stderr


def test_one_file_that_cannot_be_added_does_not_stop_the_others(skeleton: Path, perftrack: Typed) -> None:
    files = [downloaded(skeleton, "empty.csv", ""), downloaded(skeleton, "o.csv", OVERVIEW)]
    some = perftrack("add", *files, "--yes", "--extracted-at", "2026-02-10")
    assert some.returncode == 2
    assert "1 of 2 files were not added." in some.stderr
    assert (skeleton / "data/tiktok/overview-2026-02-10.csv").is_file()


def test_every_line_that_is_said_fits_into_80_columns(skeleton: Path, perftrack: Typed) -> None:
    said = perftrack("add", downloaded(skeleton, "o.csv", OVERVIEW), answer="n\n").stdout
    assert max(map(len, said.splitlines())) < 80


def test_the_page_about_adding_shows_what_is_said(skeleton: Path, perftrack: Typed) -> None:
    file = downloaded(skeleton, "Overview.csv", OVERVIEW)
    said = perftrack("add", file, "--account", "alex", "--extracted-at", "2026-02-10", answer="n\n").stdout
    shown = (REPOSITORY / "docs/adding.md").read_text("utf-8").split("```text\n")[1].split("```")[0]
    assert said.startswith(shown.rstrip())
