"""Files of a random workspace that tell who came: web analytics, clicks of short links, enquiries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from oracle_config import UTM_KEYS
from workspace_files import (
    Visit,
    as_csv,
    as_json,
    draw_texts,
    draw_visits,
    event,
    marks,
    new_source,
    spelled,
    write_file,
)
from workspace_plan import Plan, Tree

# What a report can be broken down by, and what Google Analytics calls it.
DIMENSIONS = {
    "utm_campaign": "sessionCampaignName",
    "utm_content": "sessionManualAdContent",
    "utm_source": "sessionSource",
    "country": "country",
}
BREAKDOWNS = (
    ("utm_campaign", "utm_content"),
    ("utm_campaign", "utm_content"),
    ("utm_campaign", "utm_content", "utm_source"),
    ("utm_campaign",),
    ("utm_campaign", "utm_content", "country"),
    ("country",),
)
METRICS = ("sessions", "engagedSessions", "keyEvents")
ENQUIRY_HEADER = ("enquiry_id", "day", "kind", "channel", "campaign", "influencer", "promo_code", *UTM_KEYS)


@dataclass(frozen=True)
class Arrival:
    """Visits of one day from one place, as its last report tells them."""

    day: date
    told: Tree
    sessions: int

    def numbers(self, on: date) -> Counter[str]:
        """Count them as a report of a day does: late ones are added for some days."""
        seen = self.sessions * (2 + min((on - self.day).days, 6)) // 8
        return Counter({"sessions": seen, "engagedSessions": seen * 2 // 3, "keyEvents": seen // 5})


def write_feeds(plan: Plan, data: Path) -> None:
    """Draw visits, clicks and enquiries, write their files, and say now and then which source is the witness."""
    _write_web(plan, data)
    _write_links(plan, data)
    _write_enquiries(plan, data)
    for metric, begins in (("orders", "shop"), ("sessions", "web"), ("clicks", "link"), ("leads", "leads")):
        keys = [source["key"] for source in plan.sources if source["key"].startswith(begins)]
        if keys and plan.chance(0.35):
            plan.project.setdefault("authority", {})[metric] = plan.rng.choice(keys)


def _day(plan: Plan, key: str) -> date:
    return event(plan, key).date()


# --- visits --------------------------------------------------------------------------------------


def _write_web(plan: Plan, data: Path) -> None:
    """Write reports of one website, by one or two breakdowns; now and then another source's, or another site's."""
    arrivals = [arrival for key, part in plan.parts() for arrival in _draw_arrivals(plan, key, part)]
    for name, site, chance in (
        ("web", "tea.example", 0.9),
        ("web-again", "tea.example", 0.5),
        ("web-blog", "blog.example", 0.2),
    ):
        if plan.chance(chance):
            overlap = plan.rng.choice(("replaces", "replaces", "adds"))
            source = new_source(plan, name, "ga4_api.report", f"ga4/{name}/*-{{}}.json", overlap)
            source["account"] = site
            _write_reports(plan, data, source, arrivals)


def _draw_arrivals(plan: Plan, key: str, part: Tree) -> list[Arrival]:
    rules = [rule for rule in part["tracking"] if "utm_campaign" in rule] or [{"utm_campaign": key}]
    return [_draw_arrival(plan, key, plan.rng.choice(rules)) for _ in range(plan.rng.choice((2, 4, 6)))]


def _draw_arrival(plan: Plan, key: str, rule: Tree) -> Arrival:
    """Draw visits with a rule's tags, with some of them, or with none."""
    others = {
        "utm_content": plan.rng.choice(("ana", "ben", "nobody")),
        "utm_source": "instagram",
        "country": "ZA",
    }
    told = others | {name: text for name, text in rule.items() if name in UTM_KEYS}
    for name in UTM_KEYS:
        if plan.chance(0.1):
            told.pop(name, None)
    if plan.chance(0.1):
        told["country"] = "NA"
    return Arrival(_day(plan, key), told, plan.rng.choice((4, 10, 20, plan.rng.randrange(300))))


def _write_reports(plan: Plan, data: Path, source: Tree, arrivals: list[Arrival]) -> None:
    breakdowns = plan.rng.sample(BREAKDOWNS, plan.rng.choice((1, 1, 2)))
    metrics = METRICS[: plan.rng.choice((2, 3, 3, 3))]
    back = plan.rng.choice((6, 12, 400))

    def text(visit: Visit, breakdown: tuple[str, ...]) -> str:
        on = visit.at.date()
        shown = [each for each in arrivals if on - timedelta(days=back) <= each.day <= on]
        return as_json(plan, _report(plan, shown, breakdown, metrics, on))

    visits = draw_visits(plan, source, list(plan.campaigns), 5)
    for number, breakdown in enumerate(breakdowns):
        for visit, page in draw_texts(plan, visits, lambda visit, by=breakdown: text(visit, by)):  # type: ignore[misc]
            write_file(data, source, visit, page, star=f"by{number}")
        visits = visits[plan.rng.choice((0, 1)) :]  # the second breakdown may come later


def _report(
    plan: Plan, shown: list[Arrival], by: tuple[str, ...], metrics: tuple[str, ...], on: date
) -> Tree:
    lines: dict[tuple[str, ...], Counter[str]] = {}
    for each in shown:
        line = (f"{each.day:%Y%m%d}", *(each.told.get(name, "(not set)") for name in by))
        lines[line] = lines.get(line, Counter()) + each.numbers(on)
    unknown = {line for line in lines if plan.chance(0.03)}
    return {
        "dimensionHeaders": [{"name": name} for name in ("date", *(DIMENSIONS[name] for name in by))],
        "metricHeaders": [{"name": name} for name in metrics],
        "rows": [
            {
                "dimensionValues": [{"value": _cased(plan, text)} for text in line],
                "metricValues": [{"value": _number(name, line in unknown, numbers)} for name in metrics],
            }
            for line, numbers in lines.items()
        ],
        "rowCount": len(lines),
    }


def _cased(plan: Plan, text: str) -> str:
    return text.upper() if plan.chance(0.1) and text.isalnum() else text


def _number(name: str, unknown: bool, numbers: Counter[str]) -> str:  # noqa: FBT001 plain in one place
    return "" if unknown and name == "keyEvents" else str(numbers[name])


# --- clicks --------------------------------------------------------------------------------------


def _write_links(plan: Plan, data: Path) -> None:
    for key, part in plan.parts():
        for rule in part["tracking"]:
            if "link" in rule:
                _write_link(plan, data, key, f"{part['influencer']}-{key}", rule["link"])


def _write_link(plan: Plan, data: Path, key: str, name: str, link: str) -> None:
    """Write the clicks of a link by day; now and then a second source tells of the same link."""
    clicks = Counter({_day(plan, key): plan.rng.choice((0, 7, plan.rng.randrange(90))) for _ in range(5)})
    for again in ("", "again-")[: plan.rng.choice((1, 1, 2))]:
        overlap = plan.rng.choice(("replaces", "replaces", "adds"))
        source = new_source(
            plan, f"link-{again}{name}", "bitly.clicks", f"bitly/{again}{name}-{{}}.json", overlap
        )
        source["link"] = plan.rng.choice(
            (link, link.lower(), link.rstrip("/").upper().replace("HTTPS", "https"))
        )
        back = plan.rng.choice((5, 30, 400))

        def text(visit: Visit, back: int = back) -> str:
            return as_json(plan, _clicks(clicks, visit, back))

        for visit, page in draw_texts(plan, draw_visits(plan, source, [key], 4), text):
            write_file(data, source, visit, page)


def _clicks(clicks: Counter[date], visit: Visit, back: int) -> Tree:
    """Tell of the days before a moment; a day that is not over is told in part, and the more the later it is."""
    on = visit.at.date()
    entries = [
        {"clicks": count * (visit.at.hour + 4) // 28 if day == on else count, "date": f"{day}T00:00:00+0000"}
        for day, count in clicks.items()
        if on - timedelta(days=back) <= day <= on
    ]
    return {"unit": "day", "units": back, "link_clicks": entries}


# --- enquiries -----------------------------------------------------------------------------------


def _write_enquiries(plan: Plan, data: Path) -> None:
    """Write the team's list; now and then another list holds enquiries with the same numbers."""
    for name in ("leads", "leads-phone")[: plan.rng.choice((1, 1, 2))]:
        rows = [row for key, part in plan.parts() for row in _draw_enquiries(plan, key, part)]
        for number, row in enumerate(rows):
            row["enquiry_id"] = f"e-{number}"
        overlap = plan.rng.choice(("replaces", "adds"))
        source = new_source(plan, name, "perftrack.enquiries", f"enquiries/{name}-{{}}.csv", overlap)
        told: list[Tree] = []

        def text(
            visit: Visit, rows: list[Tree] = rows, told: list[Tree] = told, overlap: str = overlap
        ) -> str:
            entered = [row for row in rows if date.fromisoformat(row["day"]) <= visit.at.date()]
            if overlap == "replaces":
                return as_csv(ENQUIRY_HEADER, [row for row in entered if not plan.chance(0.1)])
            # What was told before stands in the next list again here and there.
            new = [row for row in entered if row not in told or plan.chance(0.2)]
            told.extend(new)
            return as_csv(ENQUIRY_HEADER, new)

        for visit, page in draw_texts(plan, draw_visits(plan, source, list(plan.campaigns), 4), text):
            write_file(data, source, visit, page)


def _draw_enquiries(plan: Plan, key: str, part: Tree) -> list[Tree]:
    return [_draw_enquiry(plan, key, part) for _ in range(plan.rng.choice((0, 1, 3, 5)))]


def _draw_enquiry(plan: Plan, key: str, part: Tree) -> Tree:
    """Draw an enquiry that its list names, with a code, with tags, with two of these, or with nothing."""
    row: Tree = {"day": str(_day(plan, key)), "kind": plan.rng.choice(("quote", "call")), "channel": "e-mail"}
    if plan.chance(0.25):
        row |= {
            "campaign": plan.rng.choice((key, *plan.campaigns)),
            "influencer": plan.rng.choice(("", part["influencer"])),
        }
    code, utm = marks(plan.rng.choice((part, part, plan.rng.choice(plan.parts())[1]))["tracking"])
    if plan.chance(0.5):
        row["promo_code"] = spelled(plan, plan.rng.choice((code, code, "NOBODY5")))
    if plan.chance(0.5):
        row |= dict(line.split(": ") for line in utm.splitlines())
    return row
