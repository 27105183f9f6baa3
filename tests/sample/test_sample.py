"""The sample workspace: made by tools/make_sample.py, always the same, invented, and full of real life."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
FOLDERS = ("config", "data")
PERSONAL = re.compile(
    r"(Billing|Shipping) (Name|Street|Address\d|Company|City|Zip|Province|Country|Phone|Province Name)"
    r"|Email|Phone|Notes|Device ID|Payment Reference"
)


def run_generator(*arguments: str, **environment: str) -> bytes:
    command = [sys.executable, str(ROOT / "tools" / "make_sample.py"), *arguments]
    return subprocess.run(command, env=os.environ | environment, check=True, stdout=subprocess.PIPE).stdout


def files_below(root: Path) -> dict[str, bytes]:
    """Read config/ and data/ below a root; frozen periods are no business of the generator."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in FOLDERS
        for path in sorted((root / folder).rglob("*"))
        if path.is_file() and "closed" not in path.parts
    }


def orders() -> Iterator[dict[str, str]]:
    """Give the rows of all exports."""
    for path in sorted(DATA.glob("shop/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def personal_cells(rows: Iterator[dict[str, str]]) -> set[str]:
    """Name the personal columns that hold something."""
    return {column for row in rows for column, cell in row.items() if cell and PERSONAL.fullmatch(column)}


def posts() -> Iterator[dict[str, object]]:
    """Give the entries of all media lists."""
    for path in sorted(DATA.glob("instagram/*/media-*.json")):
        yield from json.loads(path.read_bytes())["data"]


def insight_values() -> Iterator[tuple[str, str, object]]:
    """Give post, metric and value of all insights, in order of time for each post."""
    for path in sorted(DATA.glob("instagram/*/insights-*.json")):
        for post, body in json.loads(path.read_bytes()).items():
            for metric in body["data"]:
                yield post, metric["name"], metric["values"][0]["value"]


# --- made by the generator -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
    ],
)
def test_the_generator_writes_the_committed_bytes_anywhere(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    run_generator(str(tmp_path), **environment)
    made, committed = files_below(tmp_path), files_below(ROOT)
    assert made.keys() == committed.keys()
    assert [name for name in made if made[name] != committed[name]] == []


def test_the_expected_outcome_is_the_plans() -> None:
    committed = (ROOT / "tests" / "sample" / "expected.json").read_bytes()
    assert run_generator("--expected") == committed


def test_a_new_run_leaves_no_old_file_and_touches_no_closed_period(tmp_path: Path) -> None:
    old, closed = tmp_path / "data/shop/orders-2020-01-01.csv", tmp_path / "data/closed/2026-Q2.json"
    for path in (old, closed):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("kept?", encoding="utf-8")
    run_generator(str(tmp_path))
    assert not old.exists()
    assert closed.read_text(encoding="utf-8") == "kept?"


# --- small and harmless --------------------------------------------------------------------------


def test_the_sample_is_under_five_megabytes() -> None:
    assert sum(map(len, files_below(ROOT).values())) < 5_000_000


def test_no_personal_column_of_an_order_holds_anything() -> None:
    assert personal_cells(orders()) == set()


def test_a_filled_personal_column_would_be_found() -> None:
    row = {"Name": "#1001", "Billing Name": "Ada Tannov", "Phone": "", "Shipping Address1": "61 Kettle Row"}
    assert personal_cells(iter([row])) == {"Billing Name", "Shipping Address1"}


def test_the_orders_have_the_78_columns_of_the_shop() -> None:
    headers = {path.read_text(encoding="utf-8").splitlines()[0] for path in DATA.glob("shop/*.csv")}
    assert [header.count(",") + 1 for header in headers] == [78]


def test_no_file_holds_a_token_or_a_next_page() -> None:
    hit = re.compile(rb'access_token|"next"|graph\.facebook\.com')
    assert [name for name, content in files_below(ROOT).items() if hit.search(content)] == []


def test_every_address_of_a_site_is_invented() -> None:
    text = b"\n".join(files_below(ROOT).values()).replace(b"\0", b"")  # UTF-16 reads as ASCII
    hosts = {host.decode() for host in re.findall(rb"https?://([^/\s\"]+)", text)}
    # permalinks, with short codes and ids that nobody has
    networks = {
        "www.instagram.com",
        "www.facebook.com",
        "www.tiktok.com",
        "www.youtube.com",
        "x.com",
        "www.linkedin.com",
    }
    assert {host for host in hosts if not host.endswith(".example")} == networks


# --- what the plan promises ----------------------------------------------------------------------


def test_the_goal_is_reached_in_q2_missed_in_q3_and_open_in_q4() -> None:
    goals = json.loads((ROOT / "tests/sample/expected.json").read_bytes())["goals"]
    assert goals["2026-Q2"]["share"] == "8/10"
    assert goals["2026-Q3"]["share"] == "7/11"
    assert len(goals["2026-Q3"]["excluded"]) == 2
    assert len(goals["2026-Q4"]["pending"]) == 7


def test_every_state_verdict_and_pace_occurs() -> None:
    campaigns = json.loads((ROOT / "tests/sample/expected.json").read_bytes())["campaigns"].values()
    assert len(campaigns) == 36
    states = {campaign["state"] for campaign in campaigns}
    assert states == {"planned", "in_flight", "settling", "decided", "cancelled"}
    verdicts = {campaign["verdict"] for campaign in campaigns} - {None}
    assert verdicts == {"met", "exceeded", "missed", "not_evaluable"}
    assert {campaign["pace"] for campaign in campaigns} - {None} == {"on_track", "watch", "at_risk"}


def test_the_contracts_use_every_form_there_is() -> None:
    text = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "config/campaigns").glob("*.yml")))
    for objective in ("launch", "awareness", "consideration", "conversion", "retention"):
        assert f"objective: {objective}\n" in text
    for rule in ("all", "any", "all_primary", "{share_met: 60%}", "{weighted: 70%}"):
        assert f"success: {rule}\n" in text
    for form in ('op: ">="', 'op: "<="', "op: between", "stretch:", "schedule:", "each: influencer"):
        assert form in text
    for form in ("overrides:", "counts: true", "min_sample:", "on_missing: exclude", "on_missing: missed"):
        assert form in text


# --- real life -----------------------------------------------------------------------------------


def test_exactly_two_values_are_damaged() -> None:
    insights = [value for _, _, value in insight_values() if not isinstance(value, int)]
    amounts = [
        line.split(",")[4]
        for path in sorted(DATA.glob("spend/*.csv"))
        for line in path.read_text("utf-8").splitlines()[1:]
    ]
    assert insights == ["12.4K"]
    assert [amount for amount in amounts if not re.fullmatch(r"\d+\.\d\d", amount)] == ["18.5k"]


def test_one_file_was_saved_twice() -> None:
    contents = Counter(content for name, content in files_below(ROOT).items() if name.startswith("data/shop"))
    assert sorted(contents.values())[-2:] == [1, 2]


def test_one_counter_falls() -> None:
    last: dict[tuple[str, str], int] = {}
    fallen = set()
    for post, metric, value in insight_values():
        if isinstance(value, int):
            if value < last.get((post, metric), 0) and metric == "likes":
                fallen.add(post)
            last[post, metric] = value
    assert len(fallen) == 1


def test_some_posts_hide_their_likes_in_both_files() -> None:
    hidden = {post["id"] for post in posts() if "like_count" not in post}
    told = {post for post, metric, _ in insight_values() if metric == "likes"}
    assert len(hidden) >= 6
    assert not hidden & told


def test_the_oldest_files_of_one_account_speak_of_plays() -> None:
    files = [path for path in DATA.glob("instagram/*/insights-*.json") if b'"plays"' in path.read_bytes()]
    assert {path.parent.name for path in files} == {"thandi"}
    assert max(path.stem for path in files) < "insights-2026-05"


def test_captions_are_as_hostile_as_life() -> None:
    text = "\n".join(str(post["caption"]) for post in posts())
    for piece in (
        "<script>",
        "|---|",
        "{{ 7 * 7 }}",
        "javascript:",
        "شاي",
        "🏃🏾",
        '"Is rooibos',
        "\n\n",
        "=SUM(",
    ):
        assert piece in text


def test_orders_come_in_every_status_and_spelling() -> None:
    rows = [row for row in orders() if row["Financial Status"]]
    statuses = {row["Financial Status"] for row in rows}
    assert statuses >= {"paid", "pending", "voided", "refunded", "partially_refunded", "partially_paid"}
    codes = {row["Discount Code"] for row in rows}
    assert {"STOKVEL5", "thandi15", "THANDI10, JOAO10"} <= codes
    assert any("utm_content" in row["Note Attributes"] and not row["Discount Code"] for row in rows)
    assert any(row["Cancelled at"] for row in rows)


def test_an_order_changes_between_two_exports() -> None:
    seen: dict[str, set[str]] = {}
    for row in orders():
        if row["Financial Status"]:
            seen.setdefault(row["Name"], set()).add(row["Financial Status"])
    assert {"pending", "paid"} in seen.values()
    assert {"paid", "partially_refunded"} in seen.values()
