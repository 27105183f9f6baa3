"""The oracle's own reading of `data/`: observations, each with the moment at which it was known.

Written from the formats alone (Instagram Graph API, Shopify's orders_export.csv, our spend and fx lists) with
`csv` and `json`; nothing of the product is imported here.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from oracle_config import Contracts, Source, fold

T = TypeVar("T")

# What Instagram calls a counter, and what we call it. A story's replies are its comments.
INSIGHTS = {
    "views": "views", "plays": "views", "reach": "reach", "likes": "likes", "comments": "comments",
    "replies": "comments", "shares": "shares", "saved": "saves",
}  # fmt: skip
LISTED = {"like_count": "likes", "comments_count": "comments"}
KINDS = {"IMAGE": "image", "CAROUSEL_ALBUM": "carousel", "VIDEO": "video"}


@dataclass(frozen=True)
class Known:
    """When something became known: the moment, and its business day."""

    at: datetime
    on: date


@dataclass(frozen=True)
class PostVersion:
    post: str  # platform:id
    account: str | None  # the source's account, where it is declared
    handle: str
    day: date
    kind: str
    tags: frozenset[str]
    known: Known


@dataclass(frozen=True)
class Count:
    post: str
    counter: str
    value: int
    witness: str  # insights or list
    source: Source
    known: Known


@dataclass(frozen=True)
class OrderVersion:
    number: str
    day: date
    status: str
    cancelled: bool
    currency: str
    subtotal: Fraction
    refunded: Fraction
    carried: frozenset[tuple[str, str]]  # (promo_code, X), (utm_campaign, x) ...
    known: Known


@dataclass(frozen=True)
class Payment:
    day: date
    campaign: str
    influencer: str | None
    amount: Fraction
    currency: str


@dataclass(frozen=True)
class Rate:
    day: date
    base: str
    quote: str
    rate: Fraction


@dataclass(frozen=True)
class HandList:
    """One file of a list kept by hand."""

    source: Source
    known: Known
    rows: tuple[Any, ...]


@dataclass
class Facts:
    """Everything in `data/`, nothing decided yet."""

    as_of: date = date.min
    posts: list[PostVersion] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    orders: list[OrderVersion] = field(default_factory=list)
    shop_files: list[tuple[Source, Known]] = field(default_factory=list)
    spend: list[HandList] = field(default_factory=list)
    fx: list[HandList] = field(default_factory=list)


@dataclass(frozen=True)
class File:
    """A file as text. `repeats`: it holds nothing but duplicates of an earlier one (rule 15)."""

    source: Source
    known: Known
    text: str
    zone: ZoneInfo
    repeats: bool


def read_facts(root: Path, contracts: Contracts) -> Facts:
    """Read every file of the formats above. `as_of` is the newest extraction's business day.

    Files of other formats are left alone: no contract asks for what they tell, and none is younger than all of these.
    """
    facts = Facts()
    for source in contracts.sources:
        if source.format not in READERS:
            continue
        for file in _files(root / "data", source, ZoneInfo(contracts.zone)):
            facts.as_of = max(facts.as_of, file.known.on)
            READERS[source.format](file, facts)
    return facts


def _files(data: Path, source: Source, zone: ZoneInfo) -> Iterator[File]:
    """Yield the files of a source, oldest first."""
    matched = [(known, path) for path in data.rglob("*") if (known := _known(path, data, source, zone))]
    seen: set[tuple[bytes, datetime | None]] = set()
    for known, path in sorted(matched, key=lambda pair: (pair[0].at, pair[1])):
        raw = path.read_bytes()
        same = (raw, None if source.overlap == "adds" else known.at)
        yield File(source, known, raw.decode("utf-8"), zone, same in seen)
        seen.add(same)


def _known(path: Path, data: Path, source: Source, zone: ZoneInfo) -> Known | None:
    before, form, after = re.split(r"\{extracted_at:([^}]*)\}", source.files)
    before, after = (re.escape(part).replace(r"\*", "[^/]*") for part in (before, after))
    digits = re.sub("%[mdHMS]", r"\\d{2}", form.replace("%Y", r"\d{4}"))
    found = re.fullmatch(f"{before}({digits}){after}", path.relative_to(data).as_posix())
    if not found:
        return None
    named = datetime.strptime(found[1], form)  # noqa: DTZ007 the name has no zone, the source has
    if "%H" in form:
        at = named.replace(tzinfo=ZoneInfo(source.zone or zone.key))
        return Known(at.astimezone(UTC), at.astimezone(zone).date())
    at = datetime.combine(named.date(), time(23, 59, 59), tzinfo=zone)
    return Known(at.astimezone(UTC), named.date())


# --- Instagram -----------------------------------------------------------------------------------


def _media_list(file: File, facts: Facts) -> None:
    for media in () if file.repeats else json.loads(file.text)["data"]:
        post = f"instagram:{media['id']}"
        facts.posts.append(_post(media, post, file))
        for name, counter in LISTED.items():
            if name in media:
                facts.counts.append(Count(post, counter, media[name], "list", file.source, file.known))


def _post(media: dict[str, Any], post: str, file: File) -> PostVersion:
    product = media["media_product_type"]
    kind = {"REELS": "reel", "STORY": "story"}.get(product) or KINDS[media["media_type"]]
    published = datetime.strptime(media["timestamp"], "%Y-%m-%dT%H:%M:%S%z")
    tags = frozenset(fold(tag) for tag in re.findall(r"#\w+", media.get("caption", "")))
    handle = media["username"].lower()
    day = published.astimezone(file.zone).date()
    return PostVersion(post, file.source.account, handle, day, kind, tags, file.known)


def _media_insights(file: File, facts: Facts) -> None:
    tree = {} if file.repeats else json.loads(file.text)
    answers = [tree] if isinstance(tree.get("data"), list) else tree.values()
    for element in (element for answer in answers for element in answer["data"]):
        if counter := INSIGHTS.get(element["name"]):
            post = "instagram:" + element["id"].split("/")[0]
            held = element["total_value"] if "total_value" in element else element["values"][0]
            if re.fullmatch(r"\d{1,15}", str(value := held["value"])):
                facts.counts.append(Count(post, counter, int(value), "insights", file.source, file.known))


# --- shop ----------------------------------------------------------------------------------------


def _orders(file: File, facts: Facts) -> None:
    facts.shop_files.append((file.source, file.known))
    rows = [] if file.repeats else list(csv.DictReader(io.StringIO(file.text)))
    orders = [row for row in rows if row["Financial Status"]]  # the further lines of an order have none
    facts.orders += _readable(orders, lambda row: _order(row, file))


def _readable(rows: Iterable[dict[str, str]], read: Callable[[dict[str, str]], T]) -> list[T]:
    """Read the rows that can be read; one with a damaged number is no row."""
    found = []
    for row in rows:
        with suppress(ValueError):
            found.append(read(row))
    return found


def _order(row: dict[str, str], file: File) -> OrderVersion:
    created = datetime.strptime(row["Created at"], "%Y-%m-%d %H:%M:%S %z")
    codes = {("promo_code", fold(code)) for code in row["Discount Code"].split(",") if code.strip()}
    notes = (line.partition(":") for line in row["Note Attributes"].splitlines())
    utm = {(name.strip(), fold(value)) for name, _, value in notes if name.startswith("utm_")}
    return OrderVersion(
        number=row["Name"],
        day=created.astimezone(file.zone).date(),
        status=row["Financial Status"],
        cancelled=bool(row["Cancelled at"]),
        currency=row["Currency"],
        subtotal=Fraction(row["Subtotal"]),
        refunded=Fraction(row["Refunded Amount"]),
        carried=frozenset(codes | utm),
        known=file.known,
    )


# --- our own lists -------------------------------------------------------------------------------


def _spend(file: File, facts: Facts) -> None:
    facts.spend.append(_hand_list(file, _payment))


def _fx(file: File, facts: Facts) -> None:
    facts.fx.append(_hand_list(file, _rate))


def _hand_list(file: File, row: Callable[[dict[str, str]], Payment | Rate]) -> HandList:
    rows = [] if file.repeats else list(csv.DictReader(io.StringIO(file.text)))
    return HandList(file.source, file.known, tuple(_readable(rows, row)))


def _payment(row: dict[str, str]) -> Payment:
    day, who = date.fromisoformat(row["day"]), row["influencer"] or None
    return Payment(day, row["campaign"], who, Fraction(row["amount"]), row["currency"])


def _rate(row: dict[str, str]) -> Rate:
    return Rate(date.fromisoformat(row["day"]), row["base"], row["quote"], Fraction(row["rate"]))


READERS: dict[str, Callable[[File, Facts], None]] = {
    "instagram_graph.media_list": _media_list,
    "instagram_graph.media_insights": _media_insights,
    "shopify.orders_csv": _orders,
    "perftrack.spend": _spend,
    "perftrack.fx": _fx,
    "perftrack.benchmarks": lambda *_: None,  # set beside numbers, never into a judgement
}
