"""The oracle's own reading of what codes, tags and links lead to a campaign, and of the lists of money.

Written from the formats alone (Shopify's orders_export.csv, a report of Google Analytics, Bitly's clicks, our own
lists) with `csv` and `json`; nothing of the product is imported here.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction

from oracle_config import UTM_KEYS, fold
from oracle_facts import (
    Clicks,
    EnquiryLine,
    Facts,
    File,
    HandList,
    OrderVersion,
    Payment,
    Rate,
    Reader,
    WebLine,
    readable,
)

# What Google Analytics calls a dimension, and what we call it.
DIMENSIONS = {
    "sessionCampaignName": "utm_campaign",
    "sessionManualAdContent": "utm_content",
    "sessionSource": "utm_source",
    "sessionMedium": "utm_medium",
}
UNKNOWN = ("", "(not set)")


def _table(file: File) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.text)))


def _carried(cells: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset((name, fold(text)) for name, text in cells.items() if text not in UNKNOWN)


# --- shop ----------------------------------------------------------------------------------------


def _orders(file: File, facts: Facts) -> None:
    orders = [row for row in _table(file) if row["Financial Status"]]  # an order's further lines have none
    facts.orders += readable(orders, lambda row: _order(row, file))


def _order(row: dict[str, str], file: File) -> OrderVersion:
    created = datetime.strptime(row["Created at"], "%Y-%m-%d %H:%M:%S %z")
    codes = {("promo_code", fold(code)) for code in row["Discount Code"].split(",") if code.strip()}
    notes = (line.partition(":") for line in row["Note Attributes"].splitlines())
    utm = {name.strip(): value for name, _, value in notes if name.startswith("utm_")}
    return OrderVersion(
        source=file.source,
        number=row["Name"],
        day=created.astimezone(file.zone).date(),
        status=row["Financial Status"],
        cancelled=bool(row["Cancelled at"]),
        currency=row["Currency"],
        subtotal=Fraction(row["Subtotal"]),
        refunded=Fraction(row["Refunded Amount"]),
        carried=_carried(utm) | codes,
        known=file.known,
    )


# --- visits and clicks ---------------------------------------------------------------------------


def _report(file: File, facts: Facts) -> None:
    tree = json.loads(file.text)
    dimensions = [header["name"] for header in tree["dimensionHeaders"]]
    metrics = [header["name"] for header in tree["metricHeaders"]]
    for row in tree.get("rows", ()):
        told = dict(zip(dimensions, _values(row["dimensionValues"]), strict=True))
        numbers = dict(zip(metrics, _values(row["metricValues"]), strict=True))
        on = told.pop("date")
        facts.visits.append(
            WebLine(
                file.source,
                file.known,
                site=file.source.account or file.source.key,
                day=date(int(on[:4]), int(on[4:6]), int(on[6:])),
                dimensions=frozenset(_our_name(name) for name in told),
                carried=_carried(
                    {DIMENSIONS[name]: text for name, text in told.items() if name in DIMENSIONS}
                ),
                sessions=_count(numbers, "sessions"),
                engaged_sessions=_count(numbers, "engagedSessions"),
                conversions=_count(numbers, "keyEvents"),
            )
        )


def _our_name(dimension: str) -> str:
    return DIMENSIONS.get(dimension, dimension)


def _values(cells: Iterable[dict[str, str]]) -> list[str]:
    return [cell["value"] for cell in cells]


def _count(numbers: Mapping[str, str], name: str) -> int | None:
    text = numbers.get(name, "")
    return int(float(text)) if text else None


def _clicks(file: File, facts: Facts) -> None:
    for entry in json.loads(file.text)["link_clicks"]:
        on = date.fromisoformat(entry["date"][:10])
        facts.clicks.append(Clicks(file.source, file.known, file.source.link or "", on, entry["clicks"]))


# --- our own lists -------------------------------------------------------------------------------


def _enquiries(file: File, facts: Facts) -> None:
    rows = tuple(
        EnquiryLine(
            file.source,
            file.known,
            number=row["enquiry_id"],
            day=date.fromisoformat(row["day"]),
            campaign=row["campaign"] or None,
            influencer=row["influencer"] or None,
            carried=_carried({name: row.get(name) or "" for name in ("promo_code", *UTM_KEYS)}),
        )
        for row in _table(file)
    )
    facts.enquiries.append(HandList(file.source, file.known, rows))


def _spend(file: File, facts: Facts) -> None:
    facts.spend.append(_hand_list(file, _payment))


def _fx(file: File, facts: Facts) -> None:
    facts.fx.append(_hand_list(file, _rate))


def _hand_list(file: File, row: Callable[[dict[str, str]], Payment | Rate]) -> HandList:
    rows = [] if file.repeats else _table(file)
    return HandList(file.source, file.known, tuple(readable(rows, row)))


def _payment(row: dict[str, str]) -> Payment:
    day, who = date.fromisoformat(row["day"]), row["influencer"] or None
    return Payment(day, row["campaign"], who, Fraction(row["amount"]), row["currency"])


def _rate(row: dict[str, str]) -> Rate:
    return Rate(date.fromisoformat(row["day"]), row["base"], row["quote"], Fraction(row["rate"]))


LISTS: dict[str, Reader] = {"perftrack.spend": _spend, "perftrack.fx": _fx}
# Each with the table that its files are files of, whatever they hold.
LED: dict[str, tuple[str, Reader]] = {
    "shopify.orders_csv": ("orders", _orders),
    "ga4_api.report": ("visits", _report),
    "bitly.clicks": ("clicks", _clicks),
    "perftrack.enquiries": ("enquiries", _enquiries),
}
