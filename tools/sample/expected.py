"""What must be found in the sample on its last day, as planned: states, verdicts, paces, goal counts."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sample.plan import LAST_DAY, Campaign

HIT = ("met", "exceeded")


def expected(campaigns: tuple[Campaign, ...]) -> str:
    """Write the plan's outcome as JSON, campaigns by key."""
    outcome = {
        "as_of": str(LAST_DAY),
        "campaigns": {campaign.key: of_campaign(campaign) for campaign in by_key(campaigns)},
        "goals": {quarter: of_goal(quarter, campaigns) for quarter in ("2026-Q2", "2026-Q3", "2026-Q4")},
        "rejected_records": 3,
        "duplicate_files": 2,
    }
    return json.dumps(outcome, indent=1, ensure_ascii=False) + "\n"


def by_key(campaigns: Iterable[Campaign]) -> list[Campaign]:
    return sorted(campaigns, key=lambda campaign: campaign.key)


def of_campaign(campaign: Campaign) -> dict[str, object]:
    return {
        "state": campaign.state,
        "verdict": campaign.verdict,
        "pace": campaign.pace,
        "decided_on": str(campaign.decided_on),
        "kpis": campaign.kpi_results,
    }


def of_goal(quarter: str, campaigns: tuple[Campaign, ...]) -> dict[str, object]:
    """Count the campaigns whose verdict falls into the quarter."""
    here = [campaign for campaign in by_key(campaigns) if campaign.quarter == quarter]
    met = [campaign.key for campaign in here if campaign.verdict in HIT]
    missed = [campaign.key for campaign in here if campaign.verdict == "missed"]
    pending = [campaign.key for campaign in here if campaign.state in ("settling", "in_flight", "planned")]
    settled = {*met, *missed, *pending}
    return {
        "met": met,
        "missed": missed,
        "pending": pending,
        "excluded": [campaign.key for campaign in here if campaign.key not in settled],
        "share": f"{len(met)}/{len(met) + len(missed)}",
    }
