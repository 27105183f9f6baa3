"""The archive: one plain page beside the editions that lists every period, published or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from perftrack_site.evaluation.periods import Span
from perftrack_site.evaluation.report import Report

from .home import headline, standing
from .layout import make_environment
from .text import Trusted
from .words import Badge, span

KINDS = {"quarter": "Quarters", "month": "Months", "week": "Weeks", "year": "Years"}


@dataclass(frozen=True)
class EditionRow:
    title: str
    address: Trusted
    days: str
    status: str
    answer: str
    badge: Badge | None


@dataclass(frozen=True)
class UnpublishedRow:
    title: str
    key: str
    days: str


@dataclass(frozen=True)
class KindGroup:
    title: str
    editions: tuple[EditionRow, ...]
    unpublished: tuple[UnpublishedRow, ...]

    @property
    def has_goal(self) -> bool:
        """Say whether these editions answer a goal; an influencer's own do not."""
        return any(edition.badge for edition in self.editions)


def write_archive(reports: Sequence[Report], unpublished: Sequence[Span], templates: Path, out: Path) -> None:
    """Write `archive/` below `out`, the folder of what belongs to all editions."""
    groups = [_group(kind, reports, unpublished) for kind in KINDS]
    values = {
        "project": reports[0].project,
        "groups": tuple(group for group in groups if group.editions or group.unpublished),
    }
    page = make_environment(templates).get_template("archive/index.html.j2").render(values)
    folder = out / "archive"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(page, encoding="utf-8", newline="\n")
    (folder / "archive.css").write_bytes((templates / "archive" / "archive.css").read_bytes())


def _group(kind: str, reports: Sequence[Report], unpublished: Sequence[Span]) -> KindGroup:
    return KindGroup(
        title=KINDS[kind],
        editions=tuple(_edition(report) for report in reports if report.period.kind == kind),
        unpublished=tuple(
            UnpublishedRow(one.label, one.key, span(one.start, one.end))
            for one in unpublished
            if one.kind == kind
        ),
    )


def _edition(report: Report) -> EditionRow:
    period = report.period
    goal = report.goals[0] if report.goals else None
    return EditionRow(
        title=period.label,
        address=Trusted(f"../{period.key}/"),
        days=span(period.start, period.end),
        status="open" if report.as_of <= period.end else "closed",
        answer=headline(goal) if goal else "",
        badge=standing(goal) if goal else None,
    )
