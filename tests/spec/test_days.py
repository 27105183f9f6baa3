"""Rules 3 and 4: from which day an edition judges, and which days and knowledge a campaign's window takes."""

from __future__ import annotations

from datetime import date

from spec_tables import campaign, kpi, project

from perftrack_site.evaluation.measures import Window
from perftrack_site.evaluation.periods import edition_period, parse_period
from perftrack_site.evaluation.report import Period
from perftrack_site.evaluation.windows import evaluation_day, windows


def edition(key: str, as_of: date, grace_days: int = 3) -> Period:
    return edition_period(parse_period(key), as_of, grace_days)


def last_window(as_of: date, key: str = "2026-Q2") -> Window:
    return windows(project(campaign()), edition(key, as_of), as_of)[-1]


def test_an_edition_judges_from_the_end_of_its_period() -> None:
    assert evaluation_day(edition("2026-Q2", date(2026, 9, 1)), date(2026, 9, 1)) == date(2026, 6, 30)


def test_an_edition_of_a_running_period_judges_from_the_last_day_known() -> None:
    assert evaluation_day(edition("2026-Q2", date(2026, 5, 9)), date(2026, 5, 9)) == date(2026, 5, 9)


def test_what_arrives_within_the_days_of_grace_is_still_shown() -> None:
    assert edition("2026-Q2", date(2026, 9, 1)).cutoff == date(2026, 7, 3)


def test_the_cutoff_never_lies_after_the_last_day_known() -> None:
    assert edition("2026-Q2", date(2026, 7, 1)).cutoff == date(2026, 7, 1)


def test_a_decided_campaign_takes_the_events_of_its_days_as_known_when_it_was_decided() -> None:
    assert last_window(date(2026, 9, 1), "2026-Q3") == Window(
        "spring", date(2026, 7, 14), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 14)
    )


def test_a_file_that_arrives_after_the_verdict_changes_nothing() -> None:
    assert last_window(date(2026, 7, 14), "2026-Q3") == last_window(date(2026, 9, 30), "2026-Q3")
    assert last_window(date(2026, 9, 30), "2026-Q3") == last_window(date(2026, 12, 31), "2026-Q4")


def test_a_running_campaign_takes_what_was_known_by_the_cutoff() -> None:
    assert last_window(date(2026, 9, 1), "2026-06") == Window(
        "spring", date(2026, 6, 30), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 3)
    )


def test_the_days_of_grace_let_late_files_in_and_not_later_events() -> None:
    found = windows(project(campaign()), edition("2026-W24", date(2026, 9, 1)), date(2026, 9, 1))[-1]
    assert (found.to_day, found.known_by) == (date(2026, 6, 14), date(2026, 6, 17))


def test_a_planned_campaign_is_not_measured() -> None:
    assert windows(project(campaign()), edition("2026-Q2", date(2026, 5, 31)), date(2026, 5, 31)) == []


def test_progress_is_measured_after_each_full_week_with_what_was_known_then() -> None:
    found = windows(project(campaign()), edition("2026-Q2", date(2026, 6, 16)), date(2026, 6, 16))
    assert [(window.moment, window.to_day, window.known_by) for window in found] == [
        (date(2026, 6, 7), date(2026, 6, 7), date(2026, 6, 7)),
        (date(2026, 6, 14), date(2026, 6, 14), date(2026, 6, 14)),
        (date(2026, 6, 16), date(2026, 6, 16), date(2026, 6, 16)),
    ]


def test_the_change_within_a_period_starts_from_what_the_edition_before_showed() -> None:
    as_of = date(2026, 7, 10)
    before = last_window(date(2026, 9, 1), "2026-06")
    assert before in windows(project(campaign()), edition("2026-07", as_of), as_of)


def test_each_moment_of_a_campaign_has_one_window() -> None:
    # The 28th ends both the fourth week of the campaign and an ISO week.
    as_of = date(2026, 7, 4)
    found = windows(project(campaign(kpi())), edition("2026-W27", as_of), as_of)
    assert len({window.moment for window in found}) == len(found)
