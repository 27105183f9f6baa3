"""Bad input: every fault at once, with place, fault and way out; never a traceback; nothing published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from perftrack_site.build import build
from perftrack_site.errors import ConfigError, PerftrackError, QualityError

Spoil = Callable[[Path], object]

QUARTER = "2026-Q1"  # one edition is enough here
SPEND = "data/spend/spend-2026-02-14.csv"
MEDIA = "data/instagram/media-2026-02-13.json"
INSIGHTS = "data/instagram/insights-2026-02-13.json"
HEADER = "day,campaign,influencer,cost_type,amount,currency,reference\n"
ROW = "2026-02-01,first-campaign,alex,fee,800.00,EUR,invoice-1\n"


def text(path: str, content: str, encoding: str = "utf-8") -> Spoil:
    return lambda workspace: (workspace / path).write_bytes(content.encode(encoding))


def swap(path: str, old: str, new: str) -> Spoil:
    def spoil(workspace: Path) -> None:
        file = workspace / path
        assert old in file.read_text("utf-8")
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")

    return spoil


# what is wrong -> how it comes about, where it is seen, and a word of the sentence
REFUSED: dict[str, tuple[Spoil, str, str]] = {
    "an empty file": (text(SPEND, ""), SPEND, "empty"),
    "a JSON file under a CSV's name": (text(SPEND, '{"data": []}'), SPEND, "column"),
    "a CSV under a JSON file's name": (text(MEDIA, HEADER + ROW), MEDIA, "JSON"),
    "a renamed column": (swap(SPEND, "amount", "betrag"), SPEND, "amount"),
    "a column twice": (swap(SPEND, "reference", "amount"), SPEND, "amount"),
    "a stray quote": (text(SPEND, HEADER + ROW.replace("fee", 'f"ee')), SPEND, "quote"),
    "a quote that never ends": (text(SPEND, HEADER + ROW.replace("fee", '"fee')), SPEND, "quote"),
    "an API error body": (text(MEDIA, '{"error": {"type": "OAuthException", "code": 190}}'), MEDIA, "OAuthException"),
    "truncated JSON": (swap(INSIGHTS, "]\n}", ""), INSIGHTS, "JSON"),
    "every amount unreadable": (text(SPEND, HEADER + ROW.replace("800.00", "8e2")), SPEND, "rejected"),
    "an id that a spreadsheet damaged": (swap(MEDIA, '"18000000000000001"', '"1.8E+16"'), MEDIA, "rejected"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "place", "word"), REFUSED.values(), ids=list(REFUSED))
def test_a_file_that_cannot_be_accounted_for_is_refused_in_words(
    skeleton: Path, spoil: Spoil, place: str, word: str
) -> None:
    spoil(skeleton)
    with pytest.raises(QualityError) as refused:
        build(skeleton, period_key=QUARTER)
    assert [fault for fault in refused.value.faults if fault.place.startswith(place) and word in str(fault)]
    assert not (skeleton / "site").exists()


HARMLESS: dict[str, Spoil] = {
    "a byte order mark": text(SPEND, HEADER + ROW, "utf-8-sig"),
    "UTF-16 with its mark": text(SPEND, HEADER + ROW, "utf-16"),
    "Windows' code page": text(SPEND, HEADER + ROW.replace("invoice-1", "Rechnung für Müller"), "cp1252"),
    "columns in another order": text(
        SPEND, "currency,amount,cost_type,influencer,campaign,day\nEUR,800.00,fee,alex,first-campaign,2026-02-01\n"
    ),
    "semicolons": text(SPEND, (HEADER + ROW).replace(",", ";")),
    "Windows' line ends": text(SPEND, (HEADER + ROW).replace("\n", "\r\n")),
}  # fmt: skip


@pytest.mark.parametrize("spoil", HARMLESS.values(), ids=list(HARMLESS))
def test_what_only_looks_odd_is_read_as_it_is(skeleton: Path, spoil: Spoil) -> None:
    spoil(skeleton)
    report = build(skeleton, period_key=QUARTER).report
    [cost] = [kpi for kpi in report.campaigns[0].kpis if kpi.key == "cost"]
    assert cost.actual.value == 800
    assert cost.verdict == "met"


def test_file_names_with_brackets_quotes_and_spaces_are_names_like_any_other(skeleton: Path) -> None:
    odd = "spend/it's [a] list-{extracted_at:%Y-%m-%d}.csv"
    swap("config/sources.yml", "spend/spend-{extracted_at:%Y-%m-%d}.csv", f'"{odd}"')(skeleton)
    (skeleton / SPEND).rename(skeleton / "data/spend/it's [a] list-2026-02-14.csv")
    (skeleton / "data/spend/it's a list-2026-02-14.csv").write_text("a glob would have read this one")
    report = build(skeleton, period_key=QUARTER).report
    assert report.quality.unclaimed == ("data/spend/it's a list-2026-02-14.csv",)


def test_all_faults_of_all_files_come_in_one_run(skeleton: Path) -> None:
    text(SPEND, "")(skeleton)
    text(MEDIA, "[")(skeleton)
    text(INSIGHTS, '{"error": {"type": "OAuthException", "code": 190}}')(skeleton)
    with pytest.raises(QualityError) as refused:
        build(skeleton, period_key=QUARTER)
    assert {fault.place.split(":")[0] for fault in refused.value.faults} == {SPEND, MEDIA, INSIGHTS}


def test_all_faults_of_the_configuration_come_in_one_run(skeleton: Path) -> None:
    swap("config/campaigns/first-campaign.yml", "metric: views", "metric: vibes")(skeleton)
    swap("config/campaigns/first-campaign.yml", "influencer: alex", "influencer: alec")(skeleton)
    swap("config/project.yml", "value: 80%", "value: 80")(skeleton)
    swap("config/sources.yml", "format: perftrack.spend", "format: perftrack.spent")(skeleton)
    with pytest.raises(ConfigError) as refused:
        build(skeleton, period_key=QUARTER)
    said = str(refused.value)
    assert "'vibes' is not a metric; did you mean 'views'?" in said
    assert {"config/campaigns/first-campaign.yml", "config/project.yml", "config/sources.yml"} <= {
        fault.place.split(":")[0] for fault in refused.value.faults
    }


def test_a_zero_denominator_is_no_verdict(skeleton: Path) -> None:
    swap(INSIGHTS, '"values": [{"value": 3900}]', '"values": [{"value": 0}]')(skeleton)
    [rate] = [
        kpi for kpi in build(skeleton, period_key=QUARTER).report.campaigns[0].kpis if kpi.key == "engagement"
    ]
    assert (rate.verdict, rate.reason) == ("not_evaluable", "reach is 0, nothing to divide by")


def test_a_target_exactly_on_the_boundary_is_met_and_one_more_is_not(skeleton: Path) -> None:
    contract = "config/campaigns/first-campaign.yml"
    swap(contract, "value: 4000, stretch: 6000", "value: 4700")(skeleton)
    assert build(skeleton, period_key=QUARTER).report.campaigns[0].kpis[0].verdict == "met"
    swap(contract, "value: 4700", "value: 4701")(skeleton)
    assert build(skeleton, period_key=QUARTER).report.campaigns[0].kpis[0].verdict == "missed"


def test_currencies_are_not_mixed_without_a_rate(skeleton: Path) -> None:
    text(SPEND, HEADER + ROW.replace("EUR", "USD"))(skeleton)
    [cost] = [
        kpi for kpi in build(skeleton, period_key=QUARTER).report.campaigns[0].kpis if kpi.key == "cost"
    ]
    assert cost.reason == "mixed currencies: no FX rate USD to EUR on 2026-02-01"


def test_a_file_from_the_future_is_refused(skeleton: Path) -> None:
    (skeleton / SPEND).rename(skeleton / "data/spend/spend-2062-02-15.csv")
    with pytest.raises(PerftrackError, match="2062-02-15, after 2026-02-16"):
        build(skeleton, period_key=QUARTER, as_of=date(2026, 2, 16))


def test_half_a_character_in_a_caption_is_a_reject_like_any_other(skeleton: Path) -> None:
    swap(MEDIA, '"caption": "', '"caption": "\\ud83c')(skeleton)
    with pytest.raises(QualityError, match="1 of 1 records are rejected"):
        build(skeleton)
    assert "\\ud83c" in (skeleton / "build/rejects.csv").read_text("utf-8")
