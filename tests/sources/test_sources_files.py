from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sources_helpers import SPEND, SPEND_HEADER, SPEND_ROW, Declared, fault_of, ledger_of, read

from perftrack_site.errors import EnvironmentFault
from perftrack_site.sources import read_sources
from perftrack_site.sources.pattern import PatternError, compile_pattern

TEXT = SPEND_HEADER + SPEND_ROW


def test_a_name_with_a_day_is_known_until_the_end_of_that_business_day(tmp_path: Path) -> None:
    snapshot = ledger_of(read(tmp_path, {"spend/2026-08-01.csv": TEXT}, SPEND)).snapshot
    assert snapshot.known_on == date(2026, 8, 1)
    assert snapshot.extracted_at == datetime(2026, 8, 1, 21, 59, 59)  # noqa: DTZ001 - UTC without a zone


@pytest.mark.parametrize(
    ("form", "name", "known"),
    [
        ("%Y-%m-%dT%H%M%SZ", "2026-08-01T230000Z", "2026-08-01 23:00 on 2026-08-02"),
        ("%Y%m%d-%H%M", "20260801-2300", "2026-08-02 03:00 on 2026-08-02"),
        ("%d.%m.%Y %H", "31.07.2026 17", "2026-07-31 21:00 on 2026-07-31"),
    ],
)
def test_a_name_with_a_time_is_converted_from_the_zone_of_its_source(
    tmp_path: Path, form: str, name: str, known: str
) -> None:
    files = f"x-{{extracted_at:{form}}}.csv"
    source = Declared("s", "perftrack.spend", files, timezone="America/New_York")
    snapshot = ledger_of(read(tmp_path, {f"x-{name}.csv": TEXT}, source)).snapshot
    assert f"{snapshot.extracted_at:%Y-%m-%d %H:%M} on {snapshot.known_on}" == known


@pytest.mark.parametrize("name", ["2027-02-29", "2026-13-01", "0000-01-01"])
def test_a_day_that_is_not_in_the_calendar_is_a_fault_of_the_name(tmp_path: Path, name: str) -> None:
    fault = fault_of(read(tmp_path, {f"spend/{name}.csv": TEXT}, SPEND))
    assert fault == f"data/spend/{name}.csv: a day in its name is not in the calendar; rename the file"


def test_the_last_day_of_all_is_no_traceback(tmp_path: Path) -> None:
    data = tmp_path / "data" / "spend"
    data.mkdir(parents=True)
    (data / "9999-12-31.csv").write_text(TEXT)
    assert read_sources([SPEND], tmp_path / "data", "America/New_York").faults


@pytest.mark.parametrize(
    "files",
    ["spend.csv", "{extracted_at}.csv", "{extracted_at:%Y-%m}.csv", "{extracted_at:%Y-%B-%d%m}.csv",
     "{extracted_at:%Y-%m-%d}{extracted_at:%Y-%m-%d}", "{day:%Y-%m-%d}.csv", "{extracted_at:%Y-%m-%d-%Y}"],
)  # fmt: skip
def test_a_pattern_that_cannot_date_its_files_is_refused_with_an_example(files: str) -> None:
    with pytest.raises(PatternError, match=r"such as \{extracted_at:%Y-%m-%d\}"):
        compile_pattern(files)


def test_a_star_stays_within_one_part_of_the_path() -> None:
    pattern = compile_pattern("*/orders*-{extracted_at:%Y-%m-%d}.csv")
    assert pattern.match("shop/orders_x-2026-08-01.csv")
    assert not pattern.match("a/shop/orders-2026-08-01.csv")
    assert not pattern.match("shop/orders-2026-08-01.csv\n")


def test_what_a_source_says_wrongly_of_itself_comes_in_one_run(tmp_path: Path) -> None:
    wrong = (
        Declared("a", "perftrack.spent", "a/{extracted_at:%Y-%m-%d}.csv"),
        Declared("b", "perftrack.spend", "b.csv", overlap="cumulative"),
    )
    text = [str(fault) for fault in read(tmp_path, {"a/2026-08-01.csv": TEXT}, *wrong).faults]
    assert text[0].endswith("'perftrack.spent' is not a format; did you mean 'perftrack.spend'?")
    assert text[1].endswith("'cumulative' does not fit perftrack.spend; choose one of replaces, adds")
    assert text[2].startswith("config/sources.yml: b.files: 'b.csv' needs the moment of extraction")


def test_files_that_no_source_claims_are_listed(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "old/x.csv": "", "README.md": "", ".hidden": "", "closed/2026-Q2.json": "", ".git/x": "",
        "spend/README.md": "", "spend/2026-08-01.csv": TEXT,
    }  # fmt: skip
    assert read(tmp_path, files, SPEND).unclaimed == ("data/old/x.csv",)


def test_a_folder_without_data_has_no_records(tmp_path: Path) -> None:
    records = read_sources([SPEND], tmp_path / "data", "UTC")
    assert (records.ledgers, records.faults, records.unclaimed) == ((), (), ())


def test_a_file_that_two_sources_claim_is_a_fault(tmp_path: Path) -> None:
    fault = fault_of(read(tmp_path, {"spend/2026-08-01.csv": TEXT}, SPEND, replace(SPEND, key="other")))
    assert fault == (
        "data/spend/2026-08-01.csv: is claimed by several sources (costs, other); make their patterns differ"
    )


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(TEXT)
    (tmp_path / "data" / "spend").mkdir(parents=True)
    (tmp_path / "data" / "spend" / "2026-08-01.csv").symlink_to(tmp_path / "secret.csv")
    (tmp_path / "data" / "linked").symlink_to(tmp_path)
    places = [fault.place for fault in read_sources([SPEND], tmp_path / "data", "UTC").faults]
    assert places == ["data/linked", "data/spend/2026-08-01.csv"]


def test_invisible_characters_in_a_name_are_shown_and_refused(tmp_path: Path) -> None:
    (fault,) = read(tmp_path, {"spend/2026\n.csv": TEXT, "spend/2026-08-01.csv": TEXT}, SPEND).faults
    assert str(fault) == "data/spend/2026\\n.csv: has invisible characters in its name; rename the file"


def test_the_blob_id_is_the_one_git_gives(tmp_path: Path) -> None:
    snapshot = ledger_of(read(tmp_path, {"spend/2026-08-01.csv": TEXT}, SPEND)).snapshot
    git = subprocess.run(
        ["git", "hash-object", "--stdin"],  # noqa: S607 - the git on the path
        input=TEXT,
        text=True,
        capture_output=True,
        check=True,
    )
    assert (snapshot.blob, snapshot.size) == (git.stdout.strip(), len(TEXT))


def test_the_same_bytes_again_are_duplicates_where_files_add_up(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"spend/2026-08-01.csv": TEXT, "spend/2026-08-02.csv": TEXT}
    first, second = read(tmp_path, files, replace(SPEND, overlap="adds")).ledgers
    assert (first.accepted, second.accepted, second.duplicates) == (1, 0, 1)
    assert second.notices == ("has the same bytes as data/spend/2026-08-01.csv",)


def test_the_same_bytes_later_are_a_newer_reading_where_files_replace(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"spend/2026-08-01.csv": TEXT, "spend/2026-08-02.csv": TEXT}
    assert [ledger.accepted for ledger in read(tmp_path, files, SPEND).ledgers] == [1, 1]


def test_the_same_bytes_of_the_same_moment_are_duplicates(tmp_path: Path) -> None:
    source = replace(SPEND, files="*/{extracted_at:%Y-%m-%d}.csv")
    files: dict[str, str | bytes] = {"b/2026-08-01.csv": TEXT, "a/2026-08-01.csv": TEXT}
    assert [ledger.duplicates for ledger in read(tmp_path, files, source).ledgers] == [0, 1]


def test_a_refused_file_takes_no_index_and_hides_no_other(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "spend/2026-08-01.csv": "", "spend/2026-08-02.csv": TEXT, "spend/2026-08-03.csv": "x",
        "spend/2026-08-04.csv": TEXT,
    }  # fmt: skip
    records = read(tmp_path, files, SPEND)
    assert [ledger.snapshot.index for ledger in records.ledgers] == [0, 1]
    assert [row[8] for row in records.rows["spend"]] == [0, 1]
    assert {fault.place for fault in records.faults} == {
        "data/spend/2026-08-01.csv:1",
        "data/spend/2026-08-03.csv:1",
    }


def test_a_file_that_the_system_does_not_give_is_a_fault_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(EnvironmentFault, match=r"2026-08-01.csv: cannot be read \(Permission denied\)"):
        read(tmp_path, {"spend/2026-08-01.csv": TEXT}, SPEND)
