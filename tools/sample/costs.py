"""The hand-kept lists: what was spent, and the exchange rates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample.plan import FIRST_DAY, LAST_DAY, Campaign, Money, money

KEPT_ON = tuple(
    date(2026, month, on)
    for month, last in ((4, 30), (5, 31), (6, 30), (7, 31), (8, 31), (9, 30), (10, 31), (11, 14))
    for on in ((15, last) if last > 15 else (last,))
)
DAMAGED_IN = date(2026, 8, 31)  # one amount is mistyped in this file and right in the next
LAST_FEE = timedelta(days=5)  # before the end, the second half of a fee is paid
RATES_FROM = date(2026, 3, 2)


@dataclass(frozen=True)
class Payment:
    day: date
    campaign: str
    influencer: str
    kind: str
    money: Money
    reference: str

    def line(self, amount: str) -> str:
        cells = (self.day, self.campaign, self.influencer, self.kind, amount, self.money.currency)
        return ",".join(str(cell) for cell in (*cells, self.reference))


def payments(campaigns: tuple[Campaign, ...]) -> tuple[Payment, ...]:
    """Give all payments in order of their days: fees in two halves, and other costs."""
    found = [payment for campaign in campaigns for payment in payments_of(campaign)]
    return tuple(sorted(found, key=lambda payment: (payment.day, payment.reference)))


def payments_of(campaign: Campaign) -> Iterator[Payment]:
    for part in campaign.parts:
        if part.fee:
            fee = money(part.fee)
            half = Money(fee.amount / 2, fee.currency)
            for at, day in enumerate((campaign.start, campaign.end - LAST_FEE), start=1):
                reference = f"{campaign.key}/{part.influencer}/{at}"
                yield Payment(day, campaign.key, part.influencer, "fee", half, reference)
    for at, cost in enumerate(campaign.costs, start=1):
        day = campaign.start + timedelta(days=cost.after)
        reference = f"{campaign.key}/{cost.kind}/{at}"
        yield Payment(day, campaign.key, cost.influencer, cost.kind, money(cost.amount), reference)


def spend_files(paid: tuple[Payment, ...]) -> Iterator[tuple[str, str]]:
    """Give the whole list as it stood at the middle and the end of every month."""
    for on in KEPT_ON:
        lines = ["day,campaign,influencer,cost_type,amount,currency,reference"]
        lines += [payment.line(amount(payment, on)) for payment in paid if payment.day <= on]
        yield f"spend/spend-{on}.csv", "\n".join(lines) + "\n"


def amount(payment: Payment, on: date) -> str:
    if on == DAMAGED_IN and payment.reference == "heritage-braai/mpho/1":
        return "18.5k"
    return f"{payment.money.amount:.2f}"


def fx_files() -> Iterator[tuple[str, str]]:
    """Give the rates of every working day, both ways, beside each list of costs."""
    rates = dict(daily_rates())
    for on in KEPT_ON:
        lines = ["day,base,quote,rate"]
        for day, per_euro in rates.items():
            if day <= on:
                lines += [f"{day},EUR,ZAR,{decimal(per_euro, 4)}"]
                lines += [f"{day},ZAR,EUR,{decimal(10**10 // per_euro, 6)}"]
        yield f"fx/fx-{on}.csv", "\n".join(lines) + "\n"


def daily_rates() -> Iterator[tuple[date, int]]:
    """Walk the price of a euro in ten-thousandths of a rand."""
    rng, per_euro, day = Random("exchange rates"), 211_800, RATES_FROM
    while day < LAST_DAY:
        if day.weekday() < 5:
            per_euro += rng.randint(-900, 900) + (211_500 - per_euro) // 12
            if day >= FIRST_DAY - timedelta(days=7):
                yield day, per_euro
        day += timedelta(days=1)


def decimal(number: int, places: int) -> str:
    return f"{number // 10**places}.{number % 10**places:0{places}d}"
