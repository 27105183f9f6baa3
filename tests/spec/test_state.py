"""Rule 20: planned, in flight, settling, decided, cancelled."""

from __future__ import annotations

from datetime import date

import pytest
from spec_tables import campaign, judge, project

from perftrack_site.config.models import Cancellation
from perftrack_site.config.tables import declared
from perftrack_site.evaluation.windows import state


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-05-31", "planned"),
        ("2026-06-01", "in_flight"),
        ("2026-06-30", "in_flight"),
        ("2026-07-01", "settling"),
        ("2026-07-13", "settling"),
        ("2026-07-14", "decided"),
        ("2027-01-01", "decided"),
    ],
)
def test_the_state_follows_the_dates(day: str, expected: str) -> None:
    assert state(campaign(), date.fromisoformat(day)) == expected


def test_a_campaign_that_needs_no_settling_is_decided_on_its_last_day() -> None:
    agreed = campaign(settle_days=0)
    assert [state(agreed, date(2026, 6, day)) for day in (29, 30)] == ["in_flight", "decided"]


def test_a_campaign_is_cancelled_from_the_day_the_contract_says() -> None:
    agreed = campaign(cancelled=Cancellation(on=date(2026, 6, 10), because="stock ran out"))
    assert [state(agreed, date(2026, 6, day)) for day in (9, 10)] == ["in_flight", "cancelled"]


@pytest.mark.parametrize(("day", "last"), [(10, 9), (1, None), (30, 29)])
def test_a_cancelled_campaign_runs_until_the_day_before(day: int, last: int | None) -> None:
    agreed = campaign(cancelled=Cancellation(on=date(2026, 6, day), because="stock ran out"))
    expected = date(2026, 6, last) if last else date(2026, 5, 31)
    assert declared(project(agreed))["campaigns"][0]["last_day"] == expected


def test_a_campaign_that_is_cancelled_after_its_end_ran_to_its_end() -> None:
    agreed = campaign(cancelled=Cancellation(on=date(2026, 7, 9), because="the brand was sold"))
    assert declared(project(agreed))["campaigns"][0]["last_day"] == agreed.end


def test_a_cancelled_campaign_has_no_verdict_and_says_why() -> None:
    agreed = campaign(cancelled=Cancellation(on=date(2026, 6, 10), because="stock ran out"))
    found = judge(agreed, "metric | numerator\n views | 500")
    assert (found.verdict, found.pace) == (None, None)
    assert found.reason == "cancelled on 2026-06-10: stock ran out"


def test_a_planned_campaign_shows_its_contract_and_no_number() -> None:
    found = judge(campaign(), day=date(2026, 5, 1))
    assert (found.state, found.verdict, found.pace, found.posts) == ("planned", None, None, ())
    assert found.kpis[0].target.value == 100
    assert found.kpis[0].actual.why == "the campaign begins on 2026-06-01"


def test_a_settling_campaign_has_numbers_but_no_verdict_and_no_pace() -> None:
    found = judge(campaign(), "metric | numerator\n views | 500", date(2026, 7, 5))
    assert (found.state, found.verdict, found.pace) == ("settling", None, None)
    assert found.kpis[0].actual.value == 500


def test_a_campaign_is_in_an_edition_from_its_start_until_it_is_decided() -> None:
    def is_in(period: str) -> bool:
        return judge(campaign(), day=date(2026, 9, 1), period=period).in_edition

    assert [is_in(period) for period in ("2026-05", "2026-06", "2026-07", "2026-08")] == [
        False, True, True, False,
    ]  # fmt: skip
