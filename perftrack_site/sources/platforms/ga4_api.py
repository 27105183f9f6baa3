"""Google Analytics Data API: reports by any dimensions (runReport), their pages, and the empty pivot report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from perftrack_site.sources.cast import Column, Record
from perftrack_site.sources.format import Format, Page, Reading, SourceFile, refusal
from perftrack_site.sources.json_reader import Node, as_text
from perftrack_site.sources.json_records import EMPTY, Answer, Listed, list_at, pick
from perftrack_site.sources.ledger import Reject
from perftrack_site.sources.platforms.ga4 import BEST_METRICS, BREAKDOWNS, documented, gathered, report_of
from perftrack_site.sources.platforms.google_web import requested, whole
from perftrack_site.sources.records import Found, transcribe

LOOKS_LIKE = "a report of the Data API: dimensionHeaders, metricHeaders and rows"
RANGES = "request.dateRanges[0]"


def read_report(file: SourceFile) -> Reading:
    """Read one report, or several pages of it in a list: one row is one record."""
    listed = list_at(file, "rows", looks_like=LOOKS_LIKE, is_empty=_is_report)
    dimensions, metrics = _headers(file, listed)
    first = listed.answers[0]
    file, notices = _in_property_zone(file, first)
    currency = as_text(pick(first, "metadata.currencyCode")) or file.declaration.currency
    span = requested(first, f"{RANGES}.startDate", f"{RANGES}.endDate") or file.span
    report = report_of(file, 1, dimensions, metrics, span=span, currency=currency)
    if not listed.nodes:
        return Reading(0, notices=(EMPTY,), page=_page(listed.answers))
    columns = report.columns(whole)
    found = _found(file, listed, [*dimensions, *metrics], len(dimensions), columns)
    notes = (*notices, *_warnings(listed.answers), *report.notices, *gathered(report, columns, found.records))
    return transcribe(file, replace(found, notices=notes), columns, report.rows, unique=report.names)


def _is_report(answer: Answer) -> bool:
    return "metricHeaders" in answer or "dimensionHeaders" in answer


def _headers(file: SourceFile, listed: Listed) -> tuple[list[str], list[str]]:
    """Find the names of dimensions and metrics; all answers of a file must have the same."""
    headers = [
        (_names(answer, "dimensionHeaders"), _names(answer, "metricHeaders")) for answer in listed.answers
    ]
    if not headers or not headers[0][1]:
        raise refusal(file.path, 1, "", "has another shape than expected", f"expected {LOOKS_LIKE}")
    if any(each != headers[0] for each in headers):
        raise refusal(file.path, 1, "", "holds reports by different dimensions", "keep one report per file")
    if "dateRange" in headers[0][0]:
        wrong = "compares several date ranges, whose days an answer does not tell"
        raise refusal(file.path, 1, "", wrong, "ask for one date range per file")
    return headers[0]


def _names(answer: Answer, member: str) -> list[str]:
    headers = answer.get(member)
    return [as_text(pick(header, "name")) for header in headers] if isinstance(headers, list) else []


def _in_property_zone(file: SourceFile, answer: Answer) -> tuple[SourceFile, list[str]]:
    """Take the zone that the report itself says its days are told in."""
    told = as_text(pick(answer, "metadata.timeZone"))
    try:
        zone = ZoneInfo(told) if told else file.platform_zone
    except (KeyError, ValueError, OSError):
        return file, ["its time zone is not one we know: its days are taken by the zone of the source"]
    declared = file.declaration.timezone
    if declared in {None, zone.key}:
        return replace(file, platform_zone=zone), []
    return replace(file, platform_zone=zone), [f"its days are those of {told}, not of {declared} as declared"]


def _found(
    file: SourceFile, listed: Listed, names: list[str], dimensions: int, columns: Sequence[Column]
) -> Found:
    places = [names.index(column.name) for column in columns]
    records: list[Record] = []
    rejects: list[Reject] = []
    for node in listed.nodes:
        parts = _values(node, "dimensionValues"), _values(node, "metricValues")
        if tuple(map(len, parts)) == (dimensions, len(names) - dimensions):
            values = [*parts[0], *parts[1]]
            records.append(Record(node.first_line, node.last_line, tuple(values[at] for at in places)))
        else:
            reason = f"{len(parts[0])} dimensions and {len(parts[1])} metrics where the headers name others"
            rejects.append(Reject(file.path, node.first_line, node.last_line, "", "columns", reason, ""))
    return Found(listed.counted, records, tuple(rejects), page=_page(listed.answers))


def _values(node: Node, member: str) -> list[str]:
    values = pick(node.value, member)
    return [as_text(pick(value, "value")) for value in values] if isinstance(values, list) else []


def _page(answers: Sequence[Answer]) -> Page | None:
    total = max((rows for answer in answers if type(rows := answer.get("rowCount")) is int), default=None)
    return Page(total=total, needed=True) if total is not None else None


def _warnings(answers: Sequence[Answer]) -> Iterator[str]:
    """Say what Google Analytics says of the quality of its report."""
    if any(pick(answer, "metadata.dataLossFromOtherRow") is True for answer in answers):
        yield "the report had too many different rows: some of it is gathered in `(other)`"
    if any(pick(answer, "metadata.subjectToThresholding") is True for answer in answers):
        yield "Google Analytics held back rows about few people: sums may lie below the truth"
    for sampling in dict.fromkeys(share for answer in answers if (share := _sampled(answer))):
        yield f"the report is an estimate from {sampling} % of the events"


def _sampled(answer: Answer) -> str | None:
    read, space = (
        as_text(pick(answer, f"metadata.samplingMetadatas[0].{name}"))
        for name in ("samplesReadCount", "samplingSpaceSize")
    )
    return (
        f"{100 * int(read) / int(space):.1f}"
        if read.isdecimal() and space.isdecimal() and int(space)
        else None
    )


REPORT = Format(
    "ga4_api.report",
    label="Google Analytics 4, Data API report",
    noun="row",
    tables=("web_days", "web_spans"),
    overlaps=("replaces", "adds"),
    columns=documented(lambda field: (field.name,)),
    read=read_report,
    platform="Google Analytics 4",
    settles_days=2,
    export=(
        "Call `properties/<id>:runReport` of the Google Analytics Data API and keep the answer as it comes. "
        "Ask for the dimension `date` and for those you need, such as sessionSource, sessionMedium, "
        "sessionCampaignName and sessionManualAdContent. Keep every page of an answer of more than `limit` rows; "
        "a report without `date` needs its days, in the file's name or as `request.dateRanges` in the file."
    ),
    notes=(
        "Days are those of the property's own time zone, which the answer tells.",
        "The numbers of the newest two days are provisional: Google Analytics still adds to them.",
        BREAKDOWNS,
        BEST_METRICS,
        "How a person first came (firstUserSource and others) is kept apart from how a session came.",
        "Rates and averages are not kept: they are computed from the counts.",
        "A missing page is a fault: the sums would be too low.",
    ),
    pattern="ga4/campaigns-{extracted_at:%Y-%m-%d}*.json",
)  # fmt: skip

FORMATS: tuple[Format, ...] = (REPORT,)
