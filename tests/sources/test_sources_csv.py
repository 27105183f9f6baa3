from __future__ import annotations

from pathlib import Path

import pytest
from sources_helpers import (
    SPEND,
    SPEND_HEADER,
    SPEND_ROW,
    Declared,
    fault_of,
    ledger_of,
    read_one,
    rows_of,
)

from perftrack_site.sources import grid


def test_a_column_is_found_by_its_name_wherever_it_stands(tmp_path: Path) -> None:
    text = "currency;AMOUNT ;Cost_\u00adtype;cam\ufb01;campaign;day\nZAR;5.00;fee;x;spring;2026-07-06\n"
    (row,) = rows_of(read_one(tmp_path, SPEND, text), "spend")
    assert (row["campaign"], str(row["amount"]), row["currency"]) == ("spring", "5.00", "ZAR")
    assert row["influencer"] is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_of_real_exports_read_the_same(tmp_path: Path, encoding: str) -> None:
    text = SPEND_HEADER + SPEND_ROW.replace("inv-1", "Zoë")
    records = read_one(tmp_path, SPEND, text.encode(encoding))
    assert rows_of(records, "spend")[0]["reference"] == "Zoë"
    assert bool(ledger_of(records).notices) == (encoding == "cp1252")


def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path) -> None:
    fault = fault_of(read_one(tmp_path, SPEND, SPEND_HEADER.encode() + b"2026\x81\n"))
    assert fault.startswith("data/spend/2026-10-01.csv:2: is neither UTF-8 nor Windows-1252 text")


def test_utf_16_without_its_mark_is_named(tmp_path: Path) -> None:
    assert "UTF-16 without a byte order mark" in fault_of(
        read_one(tmp_path, SPEND, SPEND_HEADER.encode("utf-16-le"))
    )


def test_utf_16_that_is_cut_off_and_utf_32_are_named_and_not_read_as_windows_text(tmp_path: Path) -> None:
    cut = SPEND_HEADER.encode("utf-16")[:-1]
    assert "is marked as UTF-16 and is damaged or cut off" in fault_of(read_one(tmp_path, SPEND, cut))
    wide = SPEND_HEADER.encode("utf-32")
    assert "is UTF-32 text; save it again as CSV UTF-8" in fault_of(read_one(tmp_path, SPEND, wide))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert fault_of(read_one(tmp_path, SPEND, b"")).startswith(
        "data/spend/2026-10-01.csv:1: the file is empty"
    )


def test_a_file_with_only_a_header_has_no_records_and_says_so(tmp_path: Path) -> None:
    ledger = ledger_of(read_one(tmp_path, SPEND, SPEND_HEADER))
    assert (ledger.counted, ledger.notices) == (0, ("no records below the header",))


def test_all_missing_columns_are_named_with_the_nearest_header(tmp_path: Path) -> None:
    text = SPEND_HEADER.replace("amount", "amounts").replace("day", "when") + SPEND_ROW
    first, second = map(str, read_one(tmp_path, SPEND, text).faults)
    assert first.startswith("data/spend/2026-10-01.csv:1: header: the column 'day' is missing")
    assert (
        "'amount' is missing; the nearest is 'amounts': if it is the same, add `amounts: amount` to the headers"
        in second
    )


def test_a_needed_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    text = SPEND_HEADER.replace("reference", "Amount") + SPEND_ROW
    assert "the column 'amount' stands 2 times (columns 5, 7)" in fault_of(read_one(tmp_path, SPEND, text))


def test_a_column_we_do_not_use_may_stand_twice(tmp_path: Path) -> None:
    text = "note,note," + SPEND_HEADER + "a,b," + SPEND_ROW
    assert ledger_of(read_one(tmp_path, SPEND, text)).accepted == 1


def test_short_and_long_rows_are_rejected_with_their_lines(tmp_path: Path) -> None:
    text = SPEND_HEADER + "2026-07-06,spring\n" + SPEND_ROW + SPEND_ROW.strip() + ",more\n"
    ledger = ledger_of(read_one(tmp_path, SPEND, text))
    assert [(reject.first_line, reject.rule, reject.reason) for reject in ledger.rejects] == [
        (2, "columns", "2 cells where the header has 7"),
        (4, "columns", "8 cells where the header has 7"),
    ]


def test_empty_lines_are_no_records_and_empty_rows_are_skipped(tmp_path: Path) -> None:
    text = SPEND_HEADER + "\n" + SPEND_ROW + "  \n,,,,,,\n\n"
    ledger = ledger_of(read_one(tmp_path, SPEND, text))
    assert (ledger.counted, ledger.accepted, ledger.skipped[0].rule) == (2, 1, "blank_row")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_record_knows_its_first_and_last_line(tmp_path: Path, end: str) -> None:
    rows = [SPEND_HEADER.strip(), SPEND_ROW.strip().replace("inv-1", f'"a{end}""b"""'), "", SPEND_ROW.strip()]
    first, second = rows_of(read_one(tmp_path, SPEND, end.join(rows)), "spend")
    assert (first["first_line"], first["last_line"], first["reference"]) == (2, 3, f'a{end}"b"')
    assert (second["first_line"], second["last_line"]) == (5, 5)


@pytest.mark.parametrize(
    ("cell", "line", "said"),
    [
        ('5" pipe', 3, "a stray quote"),
        ('"inv" 1', 3, "a stray quote"),
        ('"inv', 3, "a quote that is never closed"),
        ('x"y"z', 3, "a stray quote"),
    ],
)
def test_a_file_with_a_stray_quote_is_refused_whole_with_the_line(
    tmp_path: Path, cell: str, line: int, said: str
) -> None:
    text = SPEND_HEADER + SPEND_ROW + SPEND_ROW.replace("inv-1", cell) + SPEND_ROW
    fault = fault_of(read_one(tmp_path, SPEND, text))
    assert fault.startswith(f"data/spend/2026-10-01.csv:{line}: {said} on this line")


def test_a_very_long_cell_is_read(tmp_path: Path) -> None:
    text = SPEND_HEADER + SPEND_ROW.replace("inv-1", "x" * 200_000)
    assert ledger_of(read_one(tmp_path, SPEND, text)).accepted == 1


def test_one_reject_names_every_bad_cell_of_its_record(tmp_path: Path) -> None:
    text = SPEND_HEADER + SPEND_ROW.replace("42000.00", "42 000").replace("ZAR", "rand")
    (reject,) = ledger_of(read_one(tmp_path, SPEND, text)).rejects
    assert (reject.column, reject.rule, reject.raw) == ("amount", "money", "42 000")
    assert "amount: not an amount" in reject.reason
    assert "currency: not a currency code" in reject.reason
    assert "rand" not in reject.reason


def test_a_json_file_declared_as_csv_is_refused(tmp_path: Path) -> None:
    records = read_one(tmp_path, SPEND, '{"data": []}')
    assert "line 1 names none of the columns of this format" in fault_of(records)
    assert not records.ledgers


@pytest.mark.parametrize("before", ["\n", "sep=,\n", '"sep=,"\r\n'])
def test_an_empty_line_or_the_delimiter_may_stand_before_the_header(tmp_path: Path, before: str) -> None:
    records = read_one(tmp_path, SPEND, before + SPEND_HEADER + SPEND_ROW)
    assert rows_of(records, "spend")[0]["first_line"] == 3


@pytest.mark.parametrize("before", ["# paid so far\n", "<<<<<<< HEAD\n"])
def test_a_header_that_is_not_the_first_line_is_told_once(tmp_path: Path, before: str) -> None:
    (fault,) = read_one(tmp_path, SPEND, before + SPEND_HEADER + SPEND_ROW).faults
    assert "begin the file with their names, between commas, semicolons or tabs" in str(fault)


def test_a_file_without_a_header_repeats_nothing_of_its_records(tmp_path: Path) -> None:
    assert "inv-1" not in fault_of(read_one(tmp_path, SPEND, SPEND_ROW))
    assert "names none of the columns" in fault_of(
        read_one(tmp_path, SPEND, SPEND_ROW.replace("spring", "x"))
    )


def test_a_pointer_of_git_lfs_is_named_as_what_it_is(tmp_path: Path) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"
    assert "git lfs pull" in fault_of(read_one(tmp_path, SPEND, pointer))


def test_a_reader_that_loses_a_row_is_caught_by_the_second_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = grid.split
    monkeypatch.setattr(
        grid, "split", lambda text, delimiter: iter(list(whole(text, delimiter))[:-1] or [(1, 1, [])])
    )
    text = "day,campaign,cost_type,amount,currency\n" + "2026-07-06,spring,fee,1,ZAR\n" * 2
    assert "cannot be accounted for" in fault_of(read_one(tmp_path, SPEND, text))


def test_the_second_count_knows_line_breaks_inside_quotes() -> None:
    assert grid.count_lines('a,b\n"x\ny",1\n\n"""\n""",2\r\n3,4') == 4


def test_a_name_with_brackets_quotes_and_blanks_is_read_and_not_its_neighbour(tmp_path: Path) -> None:
    source = Declared("costs", "perftrack.spend", "it's [a]/x {extracted_at:%Y-%m-%d}?.csv")
    folder = tmp_path / "data" / "it's [a]"
    folder.mkdir(parents=True)
    (tmp_path / "data" / "it's a").mkdir()
    (tmp_path / "data" / "it's a" / "x 2026-10-01?.csv").write_text(SPEND_HEADER)
    records = read_one(tmp_path, source, SPEND_HEADER + SPEND_ROW)
    assert ledger_of(records).snapshot.path == "data/it's [a]/x 2026-10-01?.csv"
    assert records.unclaimed == ("data/it's a/x 2026-10-01?.csv",)
