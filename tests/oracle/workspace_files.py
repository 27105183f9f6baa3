"""What all files of a random workspace have in common: when they were read, their names, how they are written."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from oracle_config import UTM_KEYS
from workspace_plan import ZONES, Plan, Tree


@dataclass(frozen=True)
class Visit:
    """One extraction: the text of its date in the file's name, and its moment."""

    text: str
    at: datetime


def noon(on: date) -> datetime:
    return datetime.combine(on, time(12), tzinfo=UTC)


def dates_of(plan: Plan, key: str) -> tuple[date, date, date]:
    tree = plan.campaigns[key]
    start, end = date.fromisoformat(tree["start"]), date.fromisoformat(tree["end"])
    return start, end, end + timedelta(days=int(tree["settle_days"]))


def event(plan: Plan, key: str) -> datetime:
    """Draw a moment in a campaign's window, at its very edges, or a little outside."""
    start, end, _ = dates_of(plan, key)
    if plan.chance(0.25):
        on = plan.rng.choice((start, end, start - timedelta(days=1), end + timedelta(days=1)))
    else:
        on = start + timedelta(days=plan.rng.randrange((end - start).days + 1))
    return plan.moment(min(on, plan.as_of - timedelta(days=plan.rng.randrange(3))))


# --- files and their dates -----------------------------------------------------------------------


def draw_visits(plan: Plan, source: Tree, keys: Iterable[str], most: int) -> list[Visit]:
    """Draw the days on which a source was read: around verdicts, now, and too late."""
    days = {plan.as_of} if plan.chance(0.85) else {plan.as_of - timedelta(days=plan.rng.randint(5, 25))}
    neglected = plan.chance(0.25)
    for key in keys:
        start, end, decided = dates_of(plan, key)
        if neglected:
            days.add(start + (end - start) * plan.rng.randint(1, 3) // 3)
            continue
        for on in (start + (end - start) // 2, decided - timedelta(days=plan.rng.randrange(9)), decided):
            if plan.chance(0.7):
                days.add(on + timedelta(days=plan.rng.choice((0, 0, 0, 1, 2))))
    kept = sorted(on for on in days if on <= plan.as_of)[-most:]
    form, zone = _date_form(plan, source)
    return [visit for on in kept for visit in _visits_of(plan, on, form, zone)]


def _date_form(plan: Plan, source: Tree) -> tuple[str, str]:
    """Let some sources stamp their files with a time of their own zone."""
    form = plan.rng.choice(("%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%dT%H%M%SZ", "%Y-%m-%dT%H%M"))
    zone = "UTC" if form.endswith("Z") else plan.rng.choice(ZONES)
    source["timezone"] = zone
    source["files"] = source["files"].replace("{}", "{extracted_at:" + form + "}")
    return form, zone


def _visits_of(plan: Plan, on: date, form: str, zone: str) -> list[Visit]:
    """Read a source on a day: once, or twice where the names of its files tell the time."""
    if "%H" not in form:
        return [Visit(f"{on:{form}}", datetime.combine(on, time(23, 59, 59), tzinfo=plan.zone))]
    clocks = plan.rng.sample((time(0, 5), time(8, 30), time(12), time(23, 50)), plan.rng.choice((1, 1, 2)))
    moments = [datetime.combine(on, clock, tzinfo=ZoneInfo(zone)) for clock in sorted(clocks)]
    return [Visit(f"{at:{form}}", at) for at in moments]


def write_file(
    data: Path,
    source: Tree,
    visit: Visit,
    text: str,
    *,
    star: str = "",
    days: tuple[date, date] | None = None,
) -> None:
    """Write a file under the name that its source's pattern asks for; `days` are those it is about."""
    first, last = days or (None, None)
    named = {"extracted_at": visit.text, "from": first, "to": last}
    name = re.sub(r"\{(\w+):[^}]*\}", lambda field: str(named[field[1]]), source["files"].replace("*", star))
    path = data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def new_source(plan: Plan, key: str, form: str, files: str, overlap: str) -> Tree:
    source: Tree = {"key": key, "format": form, "files": files, "overlap": overlap}
    if plan.chance(0.8):
        error = plan.rng.choice((3, 3, 7, 15))
        source["freshness"] = {"warn_after": "2d", "error_after": f"{error}d"}
    plan.sources.append(source)
    return source


def draw_texts(plan: Plan, visits: list[Visit], write: Callable[[Visit], str]) -> list[tuple[Visit, str]]:
    """Write each visit's text; now and then a visit repeats the bytes of the one before."""
    texts: list[tuple[Visit, str]] = []
    for visit in visits:
        again = texts and plan.chance(0.08)
        texts.append((visit, texts[-1][1] if again else write(visit)))
    return texts


def as_json(plan: Plan, tree: Tree) -> str:
    indent = 1 if plan.chance(0.5) else None
    return json.dumps(tree, indent=indent, ensure_ascii=plan.chance(0.5)) + "\n"


def as_csv(header: Iterable[str], rows: list[Tree]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(header), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


# --- codes and tags ------------------------------------------------------------------------------


def marks(tracking: list[Tree]) -> tuple[str, str]:
    code = next((rule["promo_code"] for rule in tracking if "promo_code" in rule), "")
    utm = next((rule for rule in tracking if "utm_campaign" in rule), {})
    return code, "\n".join(f"{name}: {utm[name]}" for name in UTM_KEYS if name in utm)


def spelled(plan: Plan, code: str) -> str:
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isalnum() else sign for sign in code)
    return str(plan.rng.choice((code, code, code.lower(), code.title(), wide)))
