"""The files beside the campaigns: settings, sources, influencers, business, and files that do not belong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from config_helpers import FORMATS, INFLUENCERS, PROJECT, SOURCE, campaign, load, said, sources

from perftrack_site.config.forms import time_zones
from perftrack_site.config.loading import load_project
from perftrack_site.errors import ConfigError

GOAL = "goals:\n  - {key: a, label: A, target: {op: '>=', value: 80%}}\n"


def fault(root: Path, name: str, text: str) -> str:
    """Give back the one fault of a file, without the file's name."""
    (only,) = said(root, {name: text})
    return only.removeprefix(f"config/{name}:")


# --- the folder ----------------------------------------------------------------------------------


def test_a_folder_without_config_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_project(tmp_path, FORMATS)
    wrong = "config: the folder is missing; `perftrack init` makes a workspace"
    assert str(caught.value) == f"This folder is not a workspace.\n{wrong}"


def test_only_the_project_has_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    with pytest.raises(ConfigError) as caught:
        load_project(tmp_path, FORMATS)
    wrong = "config/project.yml: is missing; `perftrack init` writes a first one"
    assert str(caught.value) == f"config/ has one fault.\n{wrong}"
    (tmp_path / "config" / "project.yml").write_text(PROJECT, encoding="utf-8")
    assert load_project(tmp_path, FORMATS).campaigns == ()


def test_a_file_that_nobody_would_read_is_no_silent_loss(tmp_path: Path) -> None:
    known = "project.yml, sources.yml, influencers.yml, metrics.yml, business.yml, campaigns/"
    assert fault(tmp_path, "source.yml", "a: 1") == f" is not a file we know; known are {known}"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        (
            "Spring Launch.yml",
            (
                "'Spring Launch' cannot be a campaign's key; "
                "use lower-case letters, digits and single hyphens, such as summer-sale.yml"
            ),
        ),
        ("index.yml", "'index' is the page that lists all campaigns; choose another key"),
        ("autumn.yaml", "is not a campaign's file; a campaign is one file, <key>.yml"),
    ],
)
def test_a_campaign_is_one_file_named_by_its_key(tmp_path: Path, name: str, wrong: str) -> None:
    assert fault(tmp_path, f"campaigns/{name}", campaign()) == f" {wrong}"


def test_a_file_name_that_is_no_text_is_shown_all_the_same(tmp_path: Path) -> None:
    load(tmp_path)
    (tmp_path / "config" / "a\x1b\udcff.yml").touch()
    with pytest.raises(ConfigError) as caught:
        load_project(tmp_path, FORMATS)
    assert caught.value.faults[0].place == "config/a\\x1b\\udcff.yml"


def test_hidden_files_are_nobodys_business(tmp_path: Path) -> None:
    assert load(tmp_path, {".DS_Store": b"\x00", "campaigns/.spring.yml.swp": b"\x00"}).campaigns


# --- settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ("zone: UTC\n", "4:1: zone: is not a key here; did you mean 'timezone'?"),
        (
            "min_coverage: 0.8\n",
            "4:1: min_coverage: '0.8' is not a percentage; write 80% or 0.8%, whichever is meant",
        ),
        ("min_coverage: 80\n", "4:1: min_coverage: '80' is not a percentage; write 80%"),
        ("min_coverage: 80,5 %\n", "4:1: min_coverage: '80,5 %' is not a percentage; write 80.5%"),
        (
            "min_coverage: 101%\n",
            "4:1: min_coverage: '101%' is out of bounds; it may not be above 100 %",
        ),
        (
            "editions: {week: many}\n",
            "4:12: editions.week: 'many' is not a number of editions; write a whole number or all",
        ),
        (
            "tiers: {nano: 0, micro: 10, mid: 5}\n",
            "4:29: tiers.mid: 5 is not above the tier before (10); write the tiers from small to large",
        ),
        (
            "authority: {order: shop}\n",
            "4:13: authority.order: 'order' is not a metric; did you mean 'orders'?",
        ),
        (
            "authority: {orders: shopp}\n",
            "4:13: authority.orders: 'shopp' is not a source; did you mean 'shop'?",
        ),
        (
            "attribution: [utm, utm]\n",
            "4:20: attribution[1]: 'utm' is taken already at config/project.yml:4:15; choose another",
        ),
        (
            "fiscal_year_starts: april fools\n",
            "4:1: fiscal_year_starts: 'april fools' is not a word for this; did you mean 'april'?",
        ),
        (
            GOAL.replace("80%", "0.8"),
            (
                "5:43: goals[0].target.value: '0.8' has no %, and share_of_campaigns is a share; "
                "write 80% or 0.8%, whichever is meant"
            ),
        ),
        (
            GOAL.replace("80%", "120%"),
            (
                "5:43: goals[0].target.value: share_of_campaigns can never be above 100 %; "
                "write a value it can reach"
            ),
        ),
        (
            GOAL + GOAL.splitlines()[1],
            "6:6: goals[1].key: 'a' is taken already at config/project.yml:5:6; choose another",
        ),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(tmp_path: Path, more: str, wrong: str) -> None:
    assert fault(tmp_path, "project.yml", PROJECT + more) == wrong


def test_a_misspelt_time_zone_or_currency_is_named_with_the_nearest(tmp_path: Path) -> None:
    assert said(tmp_path, {"project.yml": PROJECT.replace("Johannes", "Johanes").replace("ZAR", "ZAA")}) == [
        (
            "config/project.yml:2:1: timezone: 'Africa/Johanesburg' is not a time zone; "
            "did you mean 'Africa/Johannesburg'?"
        ),
        "config/project.yml:3:1: currency: 'ZAA' is not a currency in use (ISO 4217); did you mean 'ZAR'?",
    ]


def test_time_zones_are_those_that_come_with_us() -> None:
    assert {"UTC", "Africa/Johannesburg", "Asia/Kathmandu"} <= time_zones()
    assert "localtime" not in time_zones()


# --- sources -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        (
            "freshness: {warn_after: 8, error_after: 9d}",
            "17: sources[0].freshness.warn_after: '8' is not a number of days; write it such as 8d",
        ),
        (
            "freshness: {warn_after: 9d, error_after: 8d}",
            (
                "17: sources[0].freshness.warn_after: warns after 9 days, but 8 days is an error "
                "already; let the warning come first"
            ),
        ),
        ("freshness: 8d", "5: sources[0].freshness: '8d' stands here; write a mapping (key: value)"),
        (
            "overlap: replace",
            "5: sources[0].overlap: 'replace' is not a word for this; did you mean 'replaces'?",
        ),
        (
            "timezone: Europe/Berln",
            "5: sources[0].timezone: 'Europe/Berln' is not a time zone; did you mean 'Europe/Berlin'?",
        ),
        (
            "currency: zar",
            (
                "5: sources[0].currency: 'zar' is not a currency; "
                "write its three capital letters (ISO 4217), such as EUR"
            ),
        ),
    ],
)
def test_a_source_that_cannot_be_meant_is_refused(tmp_path: Path, more: str, wrong: str) -> None:
    assert fault(tmp_path, "sources.yml", sources(f"{SOURCE}\n{more}")) == f"5:{wrong}"


def test_a_format_nobody_reads_is_named_with_the_nearest(tmp_path: Path) -> None:
    wrong = "'shopify.order_csv' is not a format we read; did you mean 'shopify.orders_csv'?"
    text = sources(SOURCE.replace("orders_csv", "order_csv"))
    assert fault(tmp_path, "sources.yml", text) == f"3:5: sources[0].format: {wrong}"


def test_the_key_of_a_source_stands_once(tmp_path: Path) -> None:
    wrong = "'shop' is taken already at config/sources.yml:2:5; choose another"
    assert fault(tmp_path, "sources.yml", sources(f"{SOURCE}\n- {SOURCE}")) == f"5:5: sources[1].key: {wrong}"


@pytest.mark.parametrize(
    "files",
    [
        "../orders-{extracted_at:%Y-%m-%d}.csv",
        "shop/../../orders-{extracted_at:%Y-%m-%d}.csv",
        "/srv/orders-{extracted_at:%Y-%m-%d}.csv",
        "C:/orders-{extracted_at:%Y-%m-%d}.csv",
        "shop\\orders-{extracted_at:%Y-%m-%d}.csv",
        "shop//orders-{extracted_at:%Y-%m-%d}.csv",
    ],
)
def test_files_stay_below_data(tmp_path: Path, files: str) -> None:
    shown = files if len(files) <= 60 else files[:57] + "..."
    wrong = f"'{shown}' leads out of data/; write a path below data/ with forward slashes"
    text = sources(f"key: shop\nformat: shopify.orders_csv\nfiles: {files}")
    assert fault(tmp_path, "sources.yml", text) == f"4:5: sources[0].files: {wrong}"


@pytest.mark.parametrize("files", ["o.csv", "{extracted_at}.csv", "{extracted_at:%Y-%m-%d}{n}.csv"])
def test_a_file_name_says_when_it_was_extracted(tmp_path: Path, files: str) -> None:
    text = sources(f"key: shop\nformat: shopify.orders_csv\nfiles: 'shop/{files}'")
    assert fault(tmp_path, "sources.yml", text) == (
        f"4:5: sources[0].files: 'shop/{files}' does not say when a file was extracted; "
        "write {extracted_at:%Y-%m-%d} once where the date stands in the file's name"
    )


@pytest.mark.parametrize("written", ["%Y-%m", "%d", "%Y-%m-%d-%d", "%Y-%j %d %m", "%Y-%b-%d"])
def test_a_file_name_gives_a_whole_date(tmp_path: Path, written: str) -> None:
    wrong = f"'{written}' does not read a date; use %Y %m %d once each, and %H %M %S for a time"
    text = sources(f"key: shop\nformat: shopify.orders_csv\nfiles: 'o-{{extracted_at:{written}}}.csv'")
    assert fault(tmp_path, "sources.yml", text) == f"4:5: sources[0].files: {wrong}"


def test_freshness_is_a_number_of_days(tmp_path: Path) -> None:
    text = sources(f"{SOURCE}\nfreshness: {{warn_after: 8d, error_after: 8d}}")
    (shop,) = load(tmp_path, {"sources.yml": text}).sources
    assert shop.freshness is not None
    assert shop.freshness.error_after == timedelta(days=8)


# --- influencers and business --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        (
            "{key: thandi, name: T}",
            "6: influencers[2].key: 'thandi' is taken already at config/influencers.yml:2:6; choose another",
        ),
        (
            "{key: t, name: T, was: sipho}",
            "23: influencers[2].was: 'sipho' is taken already at config/influencers.yml:3:6; choose another",
        ),
        (
            "{key: t, name: T, was: [t]}",
            "29: influencers[2].was[0]: 't' is taken already at config/influencers.yml:4:6; choose another",
        ),
        (
            "{key: index, name: T}",
            "6: influencers[2].key: 'index' is the page that lists all influencers; choose another key",
        ),
        (
            "{key: Thandi M, name: T}",
            (
                "6: influencers[2].key: 'Thandi M' is not a key; "
                "use lower-case letters, digits and single hyphens, such as summer-sale"
            ),
        ),
        (
            "{key: t, name: T, accounts: {insta: x}}",
            "34: influencers[2].accounts.insta: 'insta' is not a word for this; did you mean 'instagram'?",
        ),
        (
            "{key: t, name: T, followers: {x: 4.5}}",
            (
                "35: influencers[2].followers.x: '4.5' is not a whole number; "
                "write digits only, without a decimal point, such as 40000"
            ),
        ),
        (
            f"{{key: t, name: {'T' * 201}}}",
            "14: influencers[2].name: is too long; keep it within 200 characters",
        ),
    ],
)
def test_an_influencer_that_cannot_be_meant_is_refused(tmp_path: Path, entry: str, wrong: str) -> None:
    assert fault(tmp_path, "influencers.yml", f"{INFLUENCERS}  - {entry}\n") == f"4:{wrong}"


def test_a_renamed_campaign_keeps_its_old_key_for_itself(tmp_path: Path) -> None:
    files = {
        "campaigns/autumn.yml": campaign(head="was: [spring, fall]"),
        "campaigns/winter.yml": campaign(head="was: fall"),
    }
    assert said(tmp_path, files) == [
        (
            "config/campaigns/autumn.yml:5:7: was[0]: 'spring' is the key of config/campaigns/spring.yml; "
            "a key is never used again: choose another"
        ),
        (
            "config/campaigns/winter.yml:5:1: was: 'fall' is taken already "
            "at config/campaigns/autumn.yml:5:15; choose another"
        ),
    ]


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        (
            "metric: revenu, per: year, target: {op: '>=', value: 3}",
            "14: kpis[0].metric: 'revenu' is not a metric; did you mean 'revenue'?",
        ),
        (
            "metric: revenue, per: yaer, target: {op: '>=', value: 3}",
            "31: kpis[0].per: 'yaer' is not a word for this; did you mean 'year'?",
        ),
        (
            "metric: views, per: year, target: {op: '>=', value: 3%}",
            (
                "59: kpis[0].target.value: '3%' is a percentage, and views is a count; "
                "write the number itself, without %"
            ),
        ),
    ],
)
def test_a_kpi_of_the_business_obeys_the_same_rules(tmp_path: Path, more: str, wrong: str) -> None:
    assert fault(tmp_path, "business.yml", f"kpis:\n  - {{key: a, {more}}}\n") == f"2:{wrong}"
