"""Data quality as an edition saw it: files known by its cutoff, and the freshness of each source."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from spec_tables import HERE, project, report_of

from perftrack_site.config.models import Freshness, Source
from perftrack_site.evaluation.report import FileShown, SourceShown

LIMITS = Freshness(warn_after=timedelta(days=8), error_after=timedelta(days=15))


def source(freshness: Freshness | None = LIMITS) -> Source:
    return Source(
        key="ig", format="f", files="f-{extracted_at:%Y-%m-%d}.json", freshness=freshness, place=HERE
    )


def file(day: date, path: str = "data/f.json") -> FileShown:
    moment = datetime(day.year, day.month, day.day, 21, 59, 59)  # noqa: DTZ001 - moments are UTC without a zone
    return FileShown(path, "b", "ig", "f", moment, 10, 9, 1, 0, (), ())


def seen(*files: FileShown, day: date = date(2026, 7, 14), limits: Freshness | None = LIMITS) -> SourceShown:
    return report_of(project(sources=(source(limits),)), day=day, files=files).quality.sources[0]


@pytest.mark.parametrize(
    ("day", "expected"), [(14, "fresh"), (6, "fresh"), (5, "warn"), (29, "warn"), (28, "stale")]
)
def test_a_source_is_as_fresh_as_its_newest_file(day: int, expected: str) -> None:
    newest = date(2026, 7 if day < 20 else 6, day)
    assert seen(file(newest), file(newest - timedelta(days=30))).freshness == expected


def test_a_source_without_files_or_without_limits_says_so() -> None:
    assert (seen().freshness, seen().newest) == ("none", None)
    assert seen(file(date(2026, 1, 1)), limits=None).freshness == "no limit"


def test_the_limit_is_said_in_words() -> None:
    assert seen().limit == "a warning after 8 days, stale after 15 days"


def test_a_file_that_came_after_the_cutoff_is_not_part_of_the_edition() -> None:
    late, early = file(date(2026, 7, 4), "data/late.json"), file(date(2026, 7, 3), "data/early.json")
    plan = project(sources=(source(),))
    found = report_of(plan, day=date(2026, 9, 1), files=(late, early), period="2026-Q2").quality
    assert [shown.path for shown in found.files] == ["data/early.json"]
    assert (found.sources[0].records, found.sources[0].age_days) == (10, 0)
