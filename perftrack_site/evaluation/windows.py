"""From which days a campaign is looked at, and what was known then."""

from __future__ import annotations

from datetime import date, timedelta

from perftrack_site.config.models import Campaign, Project
from perftrack_site.evaluation.measures import Window
from perftrack_site.evaluation.report import Period, State

WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)


def windows(project: Project, period: Period, as_of: date) -> list[Window]:
    """List the windows to measure for an edition, by campaign and moment; a planned campaign has none.

    Per campaign: the verdict's window, one a week for the chart of its progress, and the verdict's window of
    the edition before, from which what came within the period is told.
    """
    return [
        window
        for campaign in project.campaigns
        for window in _windows(campaign, period, as_of, project.settings.grace_days)
    ]


def evaluation_day(period: Period, as_of: date) -> date:
    """Say from which day an edition judges: the period's end, or the last day known if that is earlier."""
    return min(as_of, period.end)


def state(campaign: Campaign, day: date) -> State:
    """Say where a campaign stands on a day. With `settle_days: 0` it is decided on its last day."""
    if campaign.cancelled and campaign.cancelled.on <= day:
        return "cancelled"
    if day < campaign.start:
        return "planned"
    if day >= campaign.decided_on:
        return "decided"
    return "in_flight" if day <= campaign.end else "settling"


def verdict_moment(campaign: Campaign, day: date) -> date:
    """Say from which moment a campaign is judged: the evaluation day, never later than its deciding day."""
    return min(day, campaign.decided_on)


def progress_moments(campaign: Campaign, day: date) -> list[date]:
    """List the moments a campaign's progress is drawn at: each full week of it, and the last day known."""
    last = verdict_moment(campaign, day)
    return sorted({*_weekly(campaign, last), last})


def moment_before(period: Period) -> date:
    """Say from which moment what came before the period is told: the day before it."""
    return period.start - ONE_DAY


def _windows(campaign: Campaign, period: Period, as_of: date, grace_days: int) -> list[Window]:
    day, before = evaluation_day(period, as_of), moment_before(period)
    if day < campaign.start:
        return []
    last = _verdict_window(campaign, day, period.cutoff)
    found = {moment: _checkpoint(campaign, moment) for moment in _weekly(campaign, last.moment)}
    if campaign.start <= before < last.moment:
        earlier_cutoff = min(before + timedelta(days=grace_days), period.cutoff)
        found[before] = _verdict_window(campaign, before, earlier_cutoff)
    found[last.moment] = last
    return [found[moment] for moment in sorted(found)]


def _verdict_window(campaign: Campaign, day: date, cutoff: date) -> Window:
    # The days of grace let late files in, not later events.
    known_by, to_day = min(campaign.decided_on, cutoff), min(campaign.end, day)
    return Window(campaign.key, verdict_moment(campaign, day), campaign.start, to_day, known_by)


def _checkpoint(campaign: Campaign, moment: date) -> Window:
    return Window(campaign.key, moment, campaign.start, min(campaign.end, moment), moment)


def _weekly(campaign: Campaign, last: date) -> list[date]:
    """List the last day of each full week of the campaign up to `last`."""
    weeks = (last - campaign.start + ONE_DAY) // WEEK
    return [campaign.start + number * WEEK - ONE_DAY for number in range(1, weeks + 1)]
