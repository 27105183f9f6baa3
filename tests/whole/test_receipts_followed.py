"""A stranger's check: follow receipts from results.json to the files, and add up again with csv and json only."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from perftrack_site.summary import Built

Json = Mapping[str, Any]

PAID = {"paid", "partially_paid", "refunded", "partially_refunded"}
COUNTER_NAMES = {
    "views": {"views", "plays", "impressions", "video_views"}, "reach": {"reach"}, "likes": {"likes", "like_count"},
    "comments": {"comments", "replies", "comments_count"}, "shares": {"shares"}, "saves": {"saved"},
}  # fmt: skip
WEIGHTS = {"likes": 1, "saves": 2, "comments": 3, "shares": 3}
Worth = Callable[[str, str, str], Fraction]  # amount, currency, day -> the amount in the currency asked for
DERIVED: dict[str, Callable[[Mapping[str, Fraction]], Fraction]] = {
    "roi": lambda given: (given["net_revenue"] - given["spend"]) / given["spend"],
    "cpm": lambda given: 1000 * given["spend"] / given["views"],
}


def test_fifty_kpi_numbers_are_found_again_in_their_files(built_sample: Built) -> None:
    workspace = built_sample.out.parent
    chosen = chosen_kpis(results(built_sample), 50)
    again = {name: recomputed(kpi["actual"], workspace) for name, kpi in chosen.items()}
    assert again == {name: Fraction(kpi["actual"]["value"]) for name, kpi in chosen.items()}
    assert len({kpi["metric"] for kpi in chosen.values()}) >= 8


def test_every_kpi_number_of_the_edition_has_a_receipt_that_names_files(built_sample: Built) -> None:
    bare = [name for name, kpi in kpis(results(built_sample)) if not kpi["actual"]["receipt"]]
    assert bare == []


def test_a_receipt_with_a_line_too_few_would_be_seen(built_sample: Built) -> None:
    workspace = built_sample.out.parent
    kpi = next(kpi for _, kpi in kpis(results(built_sample)) if kpi["metric"] == "views")
    place = kpi["actual"]["receipt"]["inputs"][0]["files"][0]
    place["lines"] = ",".join(place["lines"].split(",")[1:]) or "1"
    assert recomputed(kpi["actual"], workspace) != Fraction(kpi["actual"]["value"])


def test_a_receipt_names_the_blob_that_was_read(built_sample: Built) -> None:
    workspace = built_sample.out.parent
    for _, kpi in list(kpis(results(built_sample)))[::7]:
        for entry in kpi["actual"]["receipt"]["inputs"]:
            for place in entry["files"]:
                content = (workspace / place["path"]).read_bytes()
                assert hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest() == place["blob"]  # noqa: S324


# --- choosing ------------------------------------------------------------------------------------


def results(built: Built) -> Json:
    found: Json = json.loads((built.out / built.report.period.key / "results.json").read_text("utf-8"))
    return found


def kpis(report: Json) -> Iterator[tuple[str, Json]]:
    """Every KPI with a number: the campaigns' own and the influencers' in them."""
    for campaign in report["campaigns"]:
        parties = [kpi for party in campaign["influencers"] for kpi in party["kpis"]]
        for kpi in [*campaign["kpis"], *parties]:
            if kpi["actual"]["value"] is not None:
                yield f"{campaign['key']}/{kpi['key']}/{kpi['influencer']}/{campaign['currency']}", kpi


def chosen_kpis(report: Json, number: int) -> dict[str, Json]:
    """Fifty in a fixed order that mixes campaigns and metrics."""
    shuffled = sorted(kpis(report), key=lambda entry: hashlib.sha256(entry[0].encode()).hexdigest())
    assert len(shuffled) >= number
    return dict(shuffled[:number])


# --- adding up again -----------------------------------------------------------------------------


def recomputed(number: Json, workspace: Path) -> Fraction:
    receipt = number["receipt"]
    inputs = {entry["metric"]: total(entry, number["currency"], workspace) for entry in receipt["inputs"]}
    if number["metric"] in DERIVED:
        return DERIVED[number["metric"]](inputs)
    if len(inputs) == 1:
        return next(iter(inputs.values()))
    over, _, under = receipt["formula"].partition(" / ")
    by_label = {name.replace("_", " "): value for name, value in inputs.items()}
    return by_label[over] / by_label[under]


def total(entry: Json, currency: str | None, workspace: Path) -> Fraction:
    places = [(workspace / place["path"], lines_of(place["lines"])) for place in entry["files"]]
    rates = [row for path, lines in places if "base,quote" in head(path) for row in csv_rows(path, lines)]
    worth = exchange(rates, entry["currency"] or currency)
    return sum((worth_of(entry, path, lines, worth) for path, lines in places), Fraction(0))


def worth_of(entry: Json, path: Path, lines: Sequence[int], worth: Worth) -> Fraction:
    if path.suffix == ".json":
        return counted(entry["metric"], path, lines)
    header = head(path)
    if "base,quote" in header:
        return Fraction(0)
    rows = csv_rows(path, lines)
    if "cost_type" in header:
        return sum((worth(row["amount"], row["currency"], row["day"]) for row in rows), Fraction(0))
    orders = [row for row in rows if row["Financial Status"]]
    return sum((of_order(entry["metric"], row, worth) for row in orders), Fraction(0))


def of_order(metric: str, row: Mapping[str, str], worth: Worth) -> Fraction:
    paid = row["Financial Status"].lower() in PAID
    if metric in {"orders", "paid_orders"}:
        return Fraction(metric == "orders" or paid)
    assert paid
    revenue = Fraction(row["Subtotal"]) - (Fraction(row["Refunded Amount"]) if metric == "net_revenue" else 0)
    return worth(str(revenue), row["Currency"], row["Created at"][:10])


def counted(metric: str, path: Path, lines: Sequence[int]) -> Fraction:
    """Add up the JSON elements that stand on these lines."""
    text = path.read_text("utf-8").splitlines()
    elements = [json.loads(text[line - 1].strip().rstrip(",")) for line in lines]
    if metric == "hashtag_posts":
        return Fraction(len(elements))
    weights = WEIGHTS if metric == "weighted_engagements" else dict.fromkeys(WEIGHTS, 1)
    parts = weights if "engagements" in metric else {metric: 1}
    values = (weight * read(part, element) for element in elements for part, weight in parts.items())
    return sum(values, Fraction(0))


def read(counter: str, element: Json) -> Fraction:
    if "name" in element:
        return Fraction(element["values"][0]["value"] if element["name"] in COUNTER_NAMES[counter] else 0)
    return Fraction(next((element[name] for name in COUNTER_NAMES[counter] if name in element), 0))


def exchange(rates: Sequence[Mapping[str, str]], target: str | None) -> Worth:
    def worth(amount: str, currency: str, day: str) -> Fraction:
        if currency == target:
            return Fraction(amount)
        pair = [row for row in rates if (row["base"], row["quote"]) == (currency, target)]
        usable = [row for row in pair if row["day"] <= day]
        newest = max(usable, key=lambda row: row["day"])
        assert (date.fromisoformat(day) - date.fromisoformat(newest["day"])).days <= 7
        return Fraction(amount) * Fraction(newest["rate"])

    return worth


# --- reading -------------------------------------------------------------------------------------


def lines_of(ranges: str) -> list[int]:
    bounds = [part.partition("-") for part in ranges.split(",")]
    return [line for first, _, last in bounds for line in range(int(first), int(last or first) + 1)]


def head(path: Path) -> str:
    return path.read_text("utf-8-sig").splitlines()[0]


def csv_rows(path: Path, lines: Sequence[int]) -> list[dict[str, str]]:
    text = path.read_text("utf-8-sig").split("\n")
    chosen = "\n".join([text[0], *(text[line - 1] for line in lines)])
    return list(csv.DictReader(io.StringIO(chosen)))


@pytest.fixture(autouse=True)
def _enough_to_choose_from(built_sample: Built) -> None:
    assert len(list(kpis(results(built_sample)))) >= 50
