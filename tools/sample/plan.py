"""What a planned campaign is made of: the plan says what shall come out, and the rest follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

FIRST_DAY = date(2026, 4, 1)
LAST_DAY = date(2026, 11, 15)  # of the newest extraction: what the sample knows ends here


@dataclass(frozen=True)
class Money:
    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{{amount: {self.amount}, currency: {self.currency}}}"


def money(text: str) -> Money:
    """Read `"1300 EUR"`."""
    amount, currency = text.split()
    return Money(Decimal(amount), currency)


@dataclass(frozen=True)
class Part:
    """An influencer in a campaign, and what shall come of it by the day of the verdict (or by the last day).

    `formats` has a letter per post: r reel, c carousel, i image. `hidden` more posts show no likes, and one
    `story` is read on its day. `named` posts stand in the contract; the others carry the campaign's hashtag.
    """

    influencer: str
    formats: str
    views: int
    fee: str | None = None
    orders: int = 0
    code: str | None = None
    utm: bool = False
    named: bool = False
    hidden: int = 0
    story: bool = False
    overrides: str = ""
    code_until: date | None = None  # the code works longer than the campaign


@dataclass(frozen=True)
class Cost:
    """A payment besides the fees: `after` days after the start."""

    after: int
    kind: str
    amount: str
    influencer: str = ""


@dataclass(frozen=True)
class Campaign:
    """One campaign: its contract and its designed outcome.

    `kpis` and `adjustments` are YAML as a person would write it. `engagement` is likes, comments, shares,
    saves of all planned posts together; `revenue` the subtotals of all paid orders in ZAR. `state`,
    `verdict`, `pace` and `kpi_results` say what must be found on the last day.
    """

    key: str
    name: str
    objective: str
    brand: str
    start: date
    end: date
    parts: tuple[Part, ...]
    kpis: str
    success: str
    state: str = "decided"
    verdict: str | None = None
    pace: str | None = None
    kpi_results: dict[str, str] = field(default_factory=dict)
    settle_days: int = 14
    budget: str = "100000 ZAR"
    agreed_on: date | None = None
    supports: str | None = None
    engagement: tuple[int, int, int, int] = (0, 0, 0, 0)
    reach: int | None = None
    revenue: str | None = None
    costs: tuple[Cost, ...] = ()
    adjustments: str = ""
    cancelled: tuple[date, str] | None = None
    late_files: bool = False  # a fetch after the verdict shows more than the verdict may know
    after_the_end: bool = False  # a tagged post follows minutes after the last day

    @property
    def decided_on(self) -> date:
        return self.end + timedelta(days=self.settle_days)

    @property
    def known_by(self) -> date:
        """The last day whose files count."""
        return min(self.decided_on, LAST_DAY)

    @property
    def views(self) -> int:
        return sum(part.views for part in self.parts)

    @property
    def total_reach(self) -> int:
        return self.views * 4 // 5 if self.reach is None else self.reach

    @property
    def hashtag(self) -> str:
        return self.key.replace("-", "")

    @property
    def quarter(self) -> str:
        """The quarter that holds the day of the verdict."""
        return f"{self.decided_on.year}-Q{(self.decided_on.month + 2) // 3}"


def day(text: str) -> date:
    """Read `"04-01"` as a day of 2026, or a whole ISO day."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def split(total: int, weights: list[int]) -> list[int]:
    """Share out a total exactly, by largest remainder."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in by_remainder[: total - sum(shares)]:
        shares[at] += 1
    return shares
