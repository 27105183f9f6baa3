from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of, sample

CHARTS = Declared("chart", "meta_charts.daily", "mbs/{extracted_at:%Y-%m-%d}.csv", account="@Nordhaven")
AUDIENCE = Declared("who", "meta_charts.audience", "mbs/{extracted_at:%Y-%m-%d}.csv", account="@Nordhaven")


def on(source: Declared, platform: str, **said: object) -> Declared:
    return Declared(**{**vars(source), "platform": platform, **said})


def chart(title: str, *days: tuple[str, object]) -> str:
    rows = "".join(f'"{day}","{value}"\n' for day, value in days)
    return f'"{title}"\n"Date","Primary"\n{rows}'


def utf_16(*tables: str) -> bytes:
    return b"\xff\xfe" + ("sep=,\n" + "\n".join(tables)).encode("utf-16-le")


def values(folder: Path, source: Declared, content: bytes) -> list[tuple[str, str, str, int]]:
    rows = rows_of(read_one(folder, source, content), "account_days")
    return [(row["platform"], row["counter"], str(row["day"]), row["value"]) for row in rows]


def test_the_title_says_what_is_counted_and_on_which_platform(tmp_path: Path) -> None:
    content = utf_16(chart("Instagram profile visits", ("2026-09-01T00:00:00", 7)))
    (row,) = rows_of(read_one(tmp_path, CHARTS, content), "account_days")
    assert (row["platform"], row["account"], row["counter"], row["definition"], row["value"]) == (
        "instagram", "nordhaven", "profile_visits", "profile_visits", 7,
    )  # fmt: skip


def test_a_title_without_a_platform_is_of_the_one_the_source_declares(tmp_path: Path) -> None:
    content = utf_16(chart("Content interactions", ("2026-09-01T00:00:00", 7)))
    assert values(tmp_path, on(CHARTS, "facebook"), content) == [
        ("facebook", "interactions", "2026-09-01", 7)
    ]
    fault = fault_of(read_one(tmp_path, CHARTS, content))
    assert "mbs/2026-10-01.csv:2: title: the title does not say of which platform the chart is" in fault
    assert "write `platform: facebook` or `platform: instagram` in the source 'chart'" in fault


def test_a_title_that_names_its_platform_is_believed_before_the_source(tmp_path: Path) -> None:
    content = utf_16(
        chart("Follows", ("2026-09-01T00:00:00", 3)), chart("Instagram follows", ("2026-09-01T00:00:00", 4))
    )
    assert values(tmp_path, on(CHARTS, "facebook"), content) == [
        ("facebook", "followers_gained", "2026-09-01", 3),
        ("instagram", "followers_gained", "2026-09-01", 4),
    ]


def test_the_hour_that_the_exporter_adds_in_winter_does_not_move_the_day(tmp_path: Path) -> None:
    content = utf_16(chart("Facebook reach", ("2026-03-08T01:00:00", 1), ("2026-03-09T00:00:00", 2)))
    west = on(CHARTS, "facebook", timezone="America/Los_Angeles")
    assert [day for *_, day, _ in values(tmp_path, west, content)] == ["2026-03-08", "2026-03-09"]


def test_two_tables_of_different_length_in_one_file_reach_both_sums(tmp_path: Path) -> None:
    content = sample("meta_business_suite/Follows_two_tables.csv")
    found = values(tmp_path, on(CHARTS, "facebook"), content)
    for platform, days, total in (("facebook", 20, 207), ("instagram", 14, 73)):
        mine = [value for of, _, _, value in found if of == platform]
        assert (len(mine), sum(mine)) == (days, total)


def test_charts_saved_again_with_tabs_reach_both_sums(tmp_path: Path) -> None:
    found = values(tmp_path, CHARTS, sample("meta_business_suite/Reach_tab_two_tables.csv"))
    for platform, total in (("facebook", 241_628), ("instagram", 18_390)):
        assert sum(value for of, _, _, value in found if of == platform) == total


def test_the_newest_two_days_are_provisional(tmp_path: Path) -> None:
    days = [(f"2026-09-{day}T00:00:00", 1) for day in (28, 29, 30)]
    rows = rows_of(read_one(tmp_path, CHARTS, utf_16(chart("Facebook views", *days))), "account_days")
    assert [row["is_provisional"] for row in rows] == [False, False, True]


def test_a_chart_we_do_not_keep_is_skipped_beside_one_we_keep(tmp_path: Path) -> None:
    content = utf_16(
        chart("Facebook reach", ("2026-09-01", 1)), chart("Earnings", ("2026-09-01", 2), ("2026-09-02", 3))
    )
    ledger = ledger_of(read_one(tmp_path, CHARTS, content))
    assert (ledger.counted, ledger.accepted) == (3, 1)
    assert [(skip.rule, skip.records) for skip in ledger.skipped] == [("chart_not_used", 2)]


def test_a_title_in_another_language_is_named_with_the_line_to_add(tmp_path: Path) -> None:
    content = utf_16(chart("Facebook-Reichweite", ("2026-09-01T00:00:00", 9)))
    fault = fault_of(read_one(tmp_path, CHARTS, content))
    assert "'Facebook-Reichweite' is not the title of a chart we know" in fault
    assert "add `Facebook-Reichweite: its name` to the headers of the source 'chart'" in fault
    told = on(CHARTS, "facebook", headers={"Facebook-Reichweite": "Facebook reach"})
    assert values(tmp_path, told, content) == [("facebook", "reach", "2026-09-01", 9)]


def test_a_day_without_a_number_is_skipped_and_a_bad_one_rejected(tmp_path: Path) -> None:
    days = (("2026-09-01T00:00:00", "--"), ("2026-09-02T00:00:00", "1.5"), ("09/03/2026", 1))
    ledger = ledger_of(read_one(tmp_path, CHARTS, utf_16(chart("Facebook reach", *days))))
    assert [skip.rule for skip in ledger.skipped] == ["no_value"]
    assert [(reject.column, reject.rule) for reject in ledger.rejects] == [
        ("Primary", "count"),
        ("Date", "day"),
    ]


def test_two_numbers_for_one_day_are_both_rejected(tmp_path: Path) -> None:
    content = utf_16(chart("Facebook reach", ("2026-09-01", 1)), chart("Facebook reach", ("2026-09-01", 2)))
    assert [reject.rule for reject in ledger_of(read_one(tmp_path, CHARTS, content)).rejects] == [
        "conflict"
    ] * 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (utf_16(chart("Facebook reach", ("2026-09-01", 1)))[:-3], "damaged or cut off"),
        (utf_16('"Facebook reach"\n'), "there is no table below this line"),
        (b"Facebook reach\n\nDate,Primary\n2026-09-01,1\n", "there is no table below this line"),
        (b"Day,Reach\n2026-09-01,1\n", "'Day' is not the title of a chart we know"),
        (b"Facebook reach\nDatum,Primary\n2026-09-01,1\n", "add `Datum: Date` to the headers"),
    ],
)
def test_what_is_no_chart_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in fault_of(read_one(tmp_path, CHARTS, content))


def test_charts_of_several_exports_are_read_side_by_side(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "mbs/2026-09-02.csv": utf_16(chart("Facebook reach", ("2026-09-01", 1))),
        "mbs/2026-09-03.csv": b"Facebook reach\t\r\nDate\tPrimary\r\n2026-09-01\t2\r\n",
    }
    assert [row["value"] for row in rows_of(read(tmp_path, files, CHARTS), "account_days")] == [1, 2]


@settings(max_examples=30, derandomize=True, deadline=None)
@given(
    charts=st.dictionaries(
        st.sampled_from(["Facebook reach", "Instagram reach", "Facebook views", "Instagram follows"]),
        st.dictionaries(st.dates().map(str), st.integers(0, 10**15 - 1), min_size=1, max_size=5),
        min_size=1,
    )
)  # fmt: skip
def test_what_is_written_as_charts_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, charts: dict[str, dict[str, int]]
) -> None:
    content = utf_16(
        *(
            chart(title, *((f"{day}T01:00:00", n) for day, n in days.items()))
            for title, days in charts.items()
        )
    )
    rows = rows_of(read_one(tmp_path_factory.mktemp("w"), CHARTS, content), "account_days")
    found = {(f"{row['platform']} {row['definition']}", str(row["day"])): row["value"] for row in rows}
    assert found == {(title.lower(), day): n for title, days in charts.items() for day, n in days.items()}


# --- audiences -----------------------------------------------------------------------------------


def shares(folder: Path, source: Declared, content: bytes) -> dict[tuple[str, str, str], Decimal]:
    rows = rows_of(read_one(folder, source, content), "audience_shares")
    return {(row["platform"], row["dimension"], row["part"]): row["share"] for row in rows}


def test_an_audience_as_it_is_downloaded(tmp_path: Path) -> None:
    found = shares(tmp_path, on(AUDIENCE, "instagram"), sample("meta_business_suite/Audience.csv"))
    assert len(found) == 6 * 2 + 5 + 5
    assert found["instagram", "age_gender", "18-24 female"] == Decimal("0.112")
    assert found["instagram", "age_gender", "65+ male"] == Decimal("0.02")
    assert found["instagram", "country", "Japan"] == Decimal("0.01")
    assert found["instagram", "city", "Port Alder, Norway"] == Decimal("0.019")


def test_an_audience_saved_again_whose_cities_were_split_at_their_commas(tmp_path: Path) -> None:
    records = read_one(tmp_path, AUDIENCE, sample("meta_business_suite/Audience_tab.csv"))
    found = {(row["platform"], row["part"]): row["share"] for row in rows_of(records, "audience_shares")}
    assert found["facebook", "Kvarnby, Kvarn Oblast, Sweden"] == Decimal("0.089")
    assert found["facebook", "35-44 female"] == Decimal("0.34")
    assert found["instagram", "Norway"] == Decimal("0.013")
    totals = {row["platform"]: row["value"] for row in rows_of(records, "account_totals")}
    assert totals == {"facebook": 28_417, "instagram": 2_904}
    assert ledger_of(records).counted == 1 + 1 + 6 * 2 + 3 + 3


def test_a_share_that_is_not_shown_is_unknown(tmp_path: Path) -> None:
    content = b"Age & gender\n,Women,Men\n18-24,--,5.8\n25-34,1,\n"
    records = read_one(tmp_path, on(AUDIENCE, "instagram"), content)
    assert [row["part"] for row in rows_of(records, "audience_shares")] == ["18-24 male", "25-34 female"]
    assert [(skip.rule, skip.records) for skip in ledger_of(records).skipped] == [("no_value", 2)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Age & gender\n,Frauen,Men\n18-24,1,2\n", "the column 'Frauen' is not one of Women, Men, Unknown"),
        (b"Top countries\nSweden,Norway\n71.4\n", "1 shares for 2 names"),
        (b"Age & gender\nAge,Women,Men\n18-24,5,4,9\n", "3 shares for 2 names"),
        (b"Top countries\n,Value\nSweden,71.4\n,9\n", "a share without a name"),
        (
            b"Facebook reach\nDate,Primary\n2026-09-01,1\n",
            "'Facebook reach' is not the title of a chart we know",
        ),
    ],
)
def test_an_audience_that_does_not_fit_together_is_refused(
    tmp_path: Path, content: bytes, words: str
) -> None:
    assert words in fault_of(read_one(tmp_path, on(AUDIENCE, "instagram"), content))
