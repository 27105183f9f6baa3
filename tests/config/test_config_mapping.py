"""Mappings of other tools' files are checked where they stand, before any file is read."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from textwrap import dedent, indent

import pytest
from config_helpers import GOOD, sources

from perftrack_site.config.loading import load_project
from perftrack_site.config.models import FileMapping
from perftrack_site.errors import ConfigError
from perftrack_site.sources import FORMATS, read_sources
from perftrack_site.sources.platforms.generic_tables import MAPPABLE

DOCS = Path(__file__).parents[2] / "docs" / "config.md"
WEB = "table: web_days\ncolumns: {day: Datum, sessions: Besuche}\n"


def load(root: Path, mapping: str, form: str = "generic.csv") -> FileMapping | None:
    """Load a workspace whose only source has this mapping below line 5."""
    source = f"key: tool\nformat: {form}\nfiles: t/{{extracted_at:%Y-%m-%d}}.csv\n"
    source += f"mapping:\n{indent(dedent(mapping), '  ')}" if mapping else ""
    for name, content in {**GOOD, "sources.yml": sources(source)}.items():
        path = root / "config" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(content), encoding="utf-8")
    return load_project(root, FORMATS, MAPPABLE).sources[0].mapping


def fault(root: Path, mapping: str, form: str = "generic.csv") -> str:
    with pytest.raises(ConfigError) as caught:
        load(root, mapping, form)
    (only,) = caught.value.faults
    return str(only).removeprefix("config/sources.yml:")


def test_a_mapping_is_read_as_it_is_written(tmp_path: Path) -> None:
    more = 'dates: "%d.%m.%Y"\ndecimal: ","\nthousands: blank\nsuffixes: true\n'
    mapping = load(
        tmp_path, WEB + more + "units: {Besuche: 1000}\nskip: {Datum: Summe, Seite: [Alle, Rest]}\n"
    )
    assert mapping is not None
    assert (mapping.table, mapping.columns) == ("web_days", {"day": "Datum", "sessions": "Besuche"})
    assert (mapping.dates, mapping.decimal, mapping.thousands, mapping.suffixes) == (
        "%d.%m.%Y",
        ",",
        "blank",
        True,
    )
    assert (mapping.units, mapping.skip) == (
        {"Besuche": Decimal(1000)}, {"Datum": ("Summe",), "Seite": ("Alle", "Rest")},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (
            "table: web_day\ncolumns: {day: D}\n",
            "6:7: sources[0].mapping.table: 'web_day' is not a table of ours; did you mean 'web_days'?",
        ),
        (
            WEB.replace("sessions", "session"),
            (
                "7:29: sources[0].mapping.columns.session: 'session' is not a column of web_days; "
                "did you mean 'sessions'?"
            ),
        ),
        (
            WEB + "constants: {sight: x}\n",
            "8:19: sources[0].mapping.constants.sight: 'sight' is not a column of web_days; did you mean 'site'?",
        ),
        (
            "table: account_days\ncolumns: {day: D}\ncounters: {follower: F}\n",
            (
                "8:18: sources[0].mapping.counters.follower: 'follower' is not a counter of account_days; "
                "did you mean 'followers'?"
            ),
        ),
        (
            WEB + "counters: {views: V}\n",
            "8:7: sources[0].mapping.counters: web_days holds no counters; write these lines into `columns`",
        ),
        (
            "table: web_days\ncolumns: {sessions: Besuche}\n",
            "5:5: sources[0].mapping: every row of web_days needs 'day'; write `day:` and its header into `columns`",
        ),
        (
            "table: post_counts\ncolumns: {post_id: Link}\n",
            (
                "5:5: sources[0].mapping: post_counts holds counters, and none is mapped; "
                "write `counters:` with lines such as `views: its header`"
            ),
        ),
        (
            WEB + "constants: {day: 2026-07-06}\n",
            "8:19: sources[0].mapping.constants.day: is a column of the file already; keep one of them",
        ),
        (
            WEB + "units: {Besucher: 1000}\n",
            (
                "8:15: sources[0].mapping.units.Besucher: 'Besucher' is not a header that this mapping reads; "
                "did you mean 'Besuche'?"
            ),
        ),
        (
            WEB + 'decimal: ","\nthousands: ","\n',
            (
                "9:7: sources[0].mapping.thousands: ',' stands before decimals and between thousands; "
                "write both marks as the file has them"
            ),
        ),
    ],
)
def test_a_name_that_is_not_there_is_told_with_its_place_and_the_nearest(
    tmp_path: Path, mapping: str, said: str
) -> None:
    assert fault(tmp_path, mapping) == said


@pytest.mark.parametrize(
    "form", ["%d.%m", "%d.%m.%Y %d", "%m/%Y", "%d.%m.%y.%Y", "%d %j %Y", "%x", "%d.%m.%Y %"]
)
def test_a_form_that_reads_no_day_or_several_is_refused(tmp_path: Path, form: str) -> None:
    assert "does not read a date; use %d, one of %m %b %B and one of %Y %y" in fault(
        tmp_path, WEB + f'dates: "{form}"\n'
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("decimal: ;", "write '.' or ',' in quotes"),
        ("thousands: x", "the word blank"),
        ("units: {Besuche: 0}", "it may not be at or below 0"),
        ("tables: x", "did you mean 'table'?"),
        ("suffixes: yes", "write true or false"),
    ],
)
def test_a_value_that_means_nothing_is_refused(tmp_path: Path, line: str, said: str) -> None:
    assert said in fault(tmp_path, WEB + line + "\n")


def test_only_the_generic_format_takes_a_mapping_and_it_needs_one(tmp_path: Path) -> None:
    assert "generic.csv needs a mapping" in fault(tmp_path, "")
    told = fault(tmp_path, WEB, form="shopify.orders_csv")
    assert "'shopify.orders_csv' knows its columns and takes no mapping" in told


def test_a_moment_is_as_good_as_its_day(tmp_path: Path) -> None:
    assert load(tmp_path, "table: orders\ncolumns: {order_id: Nr, ordered_at: Zeit}\n") is not None
    assert "needs 'ordered_on'" in fault(tmp_path, "table: orders\ncolumns: {order_id: Nr}\n")


@pytest.mark.parametrize(
    "example", re.findall(r"    mapping:\n((?:      .*\n)+)", DOCS.read_text(encoding="utf-8"))
)
def test_the_examples_of_the_documentation_are_valid(tmp_path: Path, example: str) -> None:
    assert load(tmp_path, example) is not None


def test_the_first_example_reads_the_file_beside_it(tmp_path: Path) -> None:
    text = DOCS.read_text(encoding="utf-8")
    (table,) = re.findall(r"```\n(Datum;.*?)```", text, re.DOTALL)
    (entry,) = re.findall(r"```yaml\n(sources:\n.*?)```", text, re.DOTALL)
    for name, content in {**GOOD, "sources.yml": entry}.items():
        path = tmp_path / "config" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(content), encoding="utf-8")
    (tmp_path / "data" / "web").mkdir(parents=True)
    (tmp_path / "data" / "web" / "statistics-2026-07-08.csv").write_text(table, encoding="utf-8")
    project = load_project(tmp_path, FORMATS, MAPPABLE)
    records = read_sources(project.sources, tmp_path / "data", project.settings.timezone)
    (ledger,) = records.ledgers
    assert (ledger.counted, ledger.accepted, ledger.skipped[0].rule) == (3, 2, "skip")
