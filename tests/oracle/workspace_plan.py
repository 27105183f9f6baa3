"""The first half of a random workspace: who works for whom and when, as trees that become `config/`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from oracle_config import MONTHS

Tree = dict[str, Any]

ZONES = ("Africa/Johannesburg", "America/New_York", "Pacific/Auckland", "UTC", "Asia/Kolkata")
CURRENCIES = ("ZAR", "EUR", "USD", "JPY")
PEOPLE = ("ana", "ben", "kei", "zoe")
PHASES = ("decided",) * 10 + ("in_flight",) * 8 + ("settling", "planned", "cancelled")


@dataclass
class Plan:
    """What is drawn before any file is written. Leaves of the trees are text, as they will stand in YAML."""

    rng: Random
    as_of: date
    project: Tree
    influencers: list[Tree]
    campaigns: dict[str, Tree]
    sources: list[Tree] = field(default_factory=list)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.project["timezone"])

    def parts(self) -> list[tuple[str, Tree]]:
        """List every campaign's key with each of its participations."""
        return [(key, part) for key, tree in self.campaigns.items() for part in tree["influencers"]]

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def spoilt(self, number: Any, damaged: Any) -> Any:  # noqa: ANN401 a number as the format writes it
        """Put a damaged number in the place of a good one, now and then, where the project allows for it."""
        return damaged if "quality_gate" in self.project and self.chance(0.04) else number

    def moment(self, on: date) -> datetime:
        """Draw a moment of a business day, often beside midnight, where zones tell."""
        if self.chance(0.3):
            clock = self.rng.choice((time(0, 0), time(0, 0, 1), time(23, 59, 59), time(23, 30), time(0, 45)))
        else:
            clock = time(self.rng.randrange(24), self.rng.randrange(60))
        return datetime.combine(on, clock, tzinfo=self.zone)


def draw_plan(rng: Random) -> Plan:
    as_of = date(2025, 4, 1) + timedelta(days=rng.randrange(620))
    people = list(PEOPLE[: rng.randint(1, 4)])
    plan = Plan(rng, as_of, _project(rng), [_influencer(rng, key) for key in people], {})
    for index in range(rng.choice((1, 2, 3, 4, 4))):
        plan.campaigns[f"c{index}"] = _campaign(plan, index, people)
    for key in people:
        _reuse_code(plan, key)
    return plan


def _reuse_code(plan: Plan, who: str) -> None:
    """Give an influencer one code in several campaigns, one after the other."""
    free_from = date.min
    codes = [
        (*validity(plan.campaigns[key], rule), rule)
        for key, part in plan.parts()
        for rule in part["tracking"]
        if part["influencer"] == who and "promo_code" in rule
    ]
    for first, last, rule in sorted(codes, key=lambda code: code[:2]):
        if first > free_from:
            rule["promo_code"] = f"{who.upper()}10"
            free_from = last


def validity(campaign: Tree, rule: Tree) -> tuple[date, date]:
    """Say from when to when a code or tag leads to a campaign."""
    settled = date.fromisoformat(campaign["end"]) + timedelta(days=int(campaign["settle_days"]))
    if "from" not in rule:
        return date.fromisoformat(campaign["start"]), settled
    return date.fromisoformat(rule["from"]), date.fromisoformat(rule["to"])


def _project(rng: Random) -> Tree:
    project: Tree = {
        "name": "A random workspace",
        "timezone": rng.choice(ZONES),
        "currency": rng.choice(CURRENCIES),
        "fiscal_year_starts": rng.choice(MONTHS),
        "grace_days": str(rng.choice((0, 3))),
        "as_of": "newest_extraction",
        "goals": [_goal(rng, key) for key in ("first", "second")[: rng.randint(1, 2)]],
    }
    if rng.random() < 0.4:
        project["min_coverage"] = rng.choice(("50%", "75%", "100%"))
    if rng.random() < 0.3:
        # Some numbers in the files of such a workspace will be damaged.
        project["quality_gate"] = {"rejected_share": "100%", "stale": "banner"}
    if rng.random() < 0.3:
        orders_of_kinds = (["utm", "promo_code", "click_ref", "link", "hashtag"], ["promo_code", "hashtag"])
        project["attribution"] = rng.choice(orders_of_kinds)
    return project


def _goal(rng: Random, key: str) -> Tree:
    return {
        "key": key,
        "label": "Campaigns that meet their KPIs",
        "per": rng.choice(("quarter", "quarter", "month", "year")),
        "denominator": rng.choice(("decided", "ended", "all")),
        "target": {"op": ">=", "value": rng.choice(("50%", "80%", "100%"))},
        "min_campaigns": str(rng.choice((1, 1, 2))),
    }


def _influencer(rng: Random, key: str) -> Tree:
    accounts = {"instagram": rng.choice((f"{key}.m", f"{key.upper()}_Tea", f"@{key}.says"))}
    if rng.random() < 0.6:
        accounts["tiktok"] = rng.choice(
            (f"{key}.tok", f"@{key.title()}Tok", "tea.house")
        )  # some share an account
    if rng.random() < 0.4:
        accounts["youtube"] = f"UC{key}" + "0aZ_-" * 4
    if rng.random() < 0.3:
        accounts["x"] = f"{key.title()}_says"
    return {"key": key, "name": key.title(), "accounts": accounts}


def _campaign(plan: Plan, index: int, people: list[str]) -> Tree:
    rng = plan.rng
    phase = rng.choice(PHASES)
    settle = rng.choice((3, 7, 14)) if phase == "settling" else rng.choice((0, 3, 7, 14))
    start, end = _dates(plan, phase, settle)
    tree: Tree = {
        "name": f"Campaign {index}",
        "objective": "awareness",
        "start": str(start),
        "end": str(end),
        "settle_days": str(settle),
    }
    if plan.chance(0.3):
        tree["budget"] = {"amount": "5000", "currency": rng.choice(CURRENCIES)}
    if phase == "cancelled":
        tree["cancelled"] = {"on": str(_between(rng, start, end)), "because": "the budget was cut"}
    who = rng.sample(people, rng.randint(1, len(people)))
    tree["influencers"] = [_participation(plan, index, key, start, end) for key in who]
    if plan.chance(0.3):  # one gets what the tags of the others leave
        tree["influencers"][0]["tracking"].append({"utm_campaign": f"c{index}"})
    return tree


def _dates(plan: Plan, phase: str, settle: int) -> tuple[date, date]:
    rng, as_of = plan.rng, plan.as_of
    length = timedelta(days=rng.randint(3, 25))
    if phase in ("decided", "cancelled"):
        end = as_of - timedelta(days=settle + rng.choice((0, rng.randrange(40))))
    elif phase == "settling":
        end = as_of - timedelta(days=rng.randrange(1, settle))
    elif phase == "in_flight":
        end = as_of + timedelta(days=rng.randrange(length.days))
    else:
        end = as_of + length + timedelta(days=rng.randrange(1, 20))
    return end - length, end


def _between(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def _participation(plan: Plan, index: int, key: str, start: date, end: date) -> Tree:
    """Draw a participation: its codes and tags belong to one campaign and influencer alone."""
    tracking: list[Tree] = []
    if plan.chance(0.8):
        tracking.append({"promo_code": f"{key.upper()}{index}{index}"})
    if plan.chance(0.5):
        tracking.append({"utm_campaign": f"c{index}", "utm_content": key})
    if plan.chance(0.2):
        tracking.append({"utm_campaign": f"c{index}", "utm_source": f"{key}-bio"})
    if plan.chance(0.6):
        tracking.append(
            {
                "link": plan.rng.choice(
                    (f"tea.example/{key}/{index}", f"https://Tea.Example/{key.title()}/{index}/")
                )
            }
        )
    if plan.chance(0.9):
        tracking.append({"hashtag": plan.rng.choice((f"#teatime{index}", f"#TeaTime{index}"))})
    for rule in tracking:
        if plan.chance(0.2):
            shift = plan.rng.randint(-1, 2)
            rule.update(
                {"from": str(start + timedelta(days=abs(shift))), "to": str(end + timedelta(days=shift))}
            )
    return {"influencer": key, "tracking": tracking, "posts": []}
