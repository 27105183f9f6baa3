"""Microsoft Clarity's live insights, and heatmap numbers of any tool in a CSV of our own.

Neither says which days it is of: the days stand in the name of the file, or their number in its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, timedelta
from decimal import Decimal
from typing import NamedTuple, cast

from perftrack_site.sources.cast import Cast, Column, Record, choice, plain
from perftrack_site.sources.csv_reader import read_csv
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.json_reader import Node, as_text
from perftrack_site.sources.json_records import EMPTY, Answer, Listed, list_at
from perftrack_site.sources.ledger import Rule
from perftrack_site.sources.numbers import rounded, whole_amount
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.records import Cells, Found, Made, transcribe
from perftrack_site.sources.tables import PAGE_BEHAVIOUR, Cell

HALF_A_DAY = timedelta(hours=12)
MOST_ROWS = 1000
number = rounded(4)


class Measure(NamedTuple):
    """What we call a number of Clarity, the metric it stands in, and its field by generation of the API."""

    name: str
    metric: str
    fields: tuple[str, ...]
    cast: Cast = whole_amount


MEASURES = (
    Measure("sessions", "Traffic", ("totalSessionCount",)),
    Measure("bot_sessions", "Traffic", ("totalBotSessionCount",)),
    Measure("users", "Traffic", ("distinctUserCount", "distantUserCount")),
    Measure(
        "pages_per_session", "Traffic", ("pagesPerSessionPercentage", "PagesPerSessionPercentage"), number
    ),
    Measure("scroll_depth", "ScrollDepth", ("averageScrollDepth",), number),
    Measure("total_seconds", "EngagementTime", ("totalTime",)),
    Measure("active_seconds", "EngagementTime", ("activeTime",)),
    Measure("visits", "PopularPages", ("visitsCount",)),
    Measure("dead_clicks", "DeadClickCount", ("subTotal",)),
    Measure("rage_clicks", "RageClickCount", ("subTotal",)),
    Measure("quick_backs", "QuickbackClick", ("subTotal",)),
    Measure("excessive_scrolls", "ExcessiveScroll", ("subTotal",)),
    Measure("script_errors", "ScriptErrorCount", ("subTotal",)),
    Measure("error_clicks", "ErrorClickCount", ("subTotal",)),
)
METRICS = {measure.metric for measure in MEASURES}
NOT_DIMENSIONS = {field for measure in MEASURES for field in measure.fields} | {
    "sessionsCount", "sessionsWithMetricPercentage", "sessionsWithoutMetricPercentage", "pagesViews",
}  # fmt: skip
URLS = ("Url", "URL", "url")
NOT_KEPT = Rule(
    "metric_not_kept", "a list of browsers, countries, titles and the like; its numbers are not kept"
)

COLUMNS = (
    Column(("metricName",), plain, ()),
    Column(("URL",), plain, ("page_behaviour.page",), nullable=True),
    Column(("dimensions",), plain, ("page_behaviour.part",), nullable=True),
    *(
        Column(
            tuple(f"{measure.metric}.{field}" for field in measure.fields),
            measure.cast,
            (f"page_behaviour.{measure.name}",),
            nullable=True,
        )
        for measure in MEASURES
    ),
)


def days_of(file: SourceFile) -> Span:
    """Say which days a file is of: those in its name, or the last `days` of its source before it was fetched.

    A day counts where its noon lies within these hours. Raises QualityError where neither is told.
    """
    if file.span:
        return file.span
    if not file.declaration.days:
        wrong = "does not say which days it is of"
        right = (
            f"add `days: 1` (the number asked for) to the source {file.declaration.key!r} in config/sources.yml, or "
            "write {from:%Y-%m-%d} and {to:%Y-%m-%d} in its pattern and the days in the file's name"
        )
        raise refusal(file.path, 1, "", wrong, right)
    fetched = file.snapshot.extracted_at.replace(tzinfo=UTC)
    last = (fetched.astimezone(file.platform_zone) - HALF_A_DAY).date()
    return Span(last - timedelta(days=file.declaration.days - 1), last)


# --- live insights ---------------------------------------------------------------------------------


def read_insights(file: SourceFile) -> Reading:
    """Read live insights: a row of a metric's information is one record."""
    days = days_of(file)
    listed = list_at(file, "information", looks_like="a list of metrics, each with a list `information`")
    metrics = [as_text(answer.get("metricName")) for answer in listed.answers for _ in _information(answer)]
    found = Found(
        listed.counted,
        [_record(node, metric) for node, metric in zip(listed.nodes, metrics, strict=True)],
        notices=tuple(_notices(listed)),
    )
    return transcribe(
        file,
        found,
        COLUMNS,
        lambda cells: list(_insights(file, days, cells)),
        unique=("metricName", "URL", "dimensions"),
        skip=lambda cells: None if cells["metricName"] in METRICS else NOT_KEPT,
    )


def _information(answer: Answer) -> list[object]:
    return cast("list[object]", answer["information"])  # `list_at` has refused an answer without the list


def _record(node: Node, metric: str) -> Record:
    values = cast("Answer", node.value) if isinstance(node.value, dict) else {}
    numbers = (_first(values, each.fields) if each.metric == metric else "" for each in MEASURES)
    return Record(
        node.first_line, node.last_line, (metric, _first(values, URLS), _dimensions(values), *numbers)
    )


def _first(values: Answer, names: Sequence[str]) -> str:
    return next((as_text(values[name]) for name in names if values.get(name) is not None), "")


def _dimensions(values: Answer) -> str:
    """Write the dimensions of a row other than its page: every field that is no number."""
    names = sorted(values.keys() - NOT_DIMENSIONS - {*URLS})
    return " & ".join(f"{name.lower()}={as_text(values[name])}" for name in names)


def _notices(listed: Listed) -> Iterator[str]:
    if not listed.nodes:
        yield EMPTY
    for answer in listed.answers:
        if len(_information(answer)) >= MOST_ROWS:
            yield f"{answer.get('metricName')} has {MOST_ROWS} rows: Clarity gives no more, others are missing"


def _insights(file: SourceFile, days: Span, cells: Cells) -> Iterator[Made]:
    names = _names(file, days, cells["URL"], cells["dimensions"])
    for measure, value in zip(MEASURES, list(cells.values())[3:], strict=True):
        if isinstance(value, int | Decimal):
            yield PAGE_BEHAVIOUR.row(**names, measure=measure.name, value=Decimal(value))


def _names(file: SourceFile, days: Span, page: Cell, part: Cell) -> Mapping[str, Cell]:
    return {"site": file.account, "from_day": days.first, "to_day": days.last, "page": page, "part": part}


LIVE_INSIGHTS = Format(
    "clarity.live_insights",
    label="Microsoft Clarity API, live insights",
    noun="row",
    tables=("page_behaviour",),
    overlaps=("replaces", "adds"),
    columns=COLUMNS,
    read=read_insights,
    platform="Microsoft Clarity",
    zone="UTC",
    needs=("days",),
    export=(
        "Fetch `GET https://www.clarity.ms/export-data/api/v1/project-live-insights?numOfDays=1&dimension1=URL` with "
        "your token and save the answer as it comes. Fetch it every day: it goes back three days at most, and only "
        "ten calls a day are allowed. Write the number of days as `days` into the source."
    ),
    notes=(
        "The answer names no day: it is of the last 24 hours for each of `days`, counted from the moment in the name.",
        "Sessions may hold those of bots, which are told beside them as bot_sessions.",
        "An answer has 1,000 rows at most for each metric.",
    ),
    pattern="clarity/insights-{extracted_at:%Y-%m-%dT%H%M%SZ}.json",
)


# --- heatmaps --------------------------------------------------------------------------------------

NAMES = tuple(measure.name for measure in MEASURES)
HEATMAP_COLUMNS = (
    Column(("page",), plain, ("page_behaviour.page",), nullable=True),
    Column(("device",), plain, ("page_behaviour.part",), nullable=True),
    Column(("metric",), choice(*NAMES), ()),
    Column(("value",), number, tuple(f"page_behaviour.{name}" for name in NAMES)),
)


def read_heatmap(file: SourceFile) -> Reading:
    """Read a heatmap list: one row is one number of a page."""
    days = days_of(file)
    found = read_csv(file, HEATMAP_COLUMNS)
    return transcribe(
        file,
        found,
        HEATMAP_COLUMNS,
        lambda cells: [_heat(file, days, cells)],
        unique=("page", "device", "metric"),
    )


def _heat(file: SourceFile, days: Span, cells: Cells) -> Made:
    page, device, metric, value = cells.values()
    names = _names(file, days, page, None if device is None else f"device={device}")
    return PAGE_BEHAVIOUR.row(**names, measure=metric, value=value)


HEATMAP = Format(
    "perftrack.heatmap",
    label="Our own list of heatmap numbers",
    noun="number",
    tables=("page_behaviour",),
    overlaps=("replaces", "adds"),
    columns=HEATMAP_COLUMNS,
    read=read_heatmap,
    platform="Hotjar and other heatmap tools",
    needs=("days",),
    export=(
        "Heatmap tools have no common export. Write their numbers into a CSV file with the header "
        "`page,device,metric,value`: the address or path of the page (empty: the whole website), the device (empty: "
        f"all), one of {', '.join(NAMES)}, and the number. Say in the file's name which days it is of."
    ),
    notes=("Scroll depth is in percent of the page, times are in seconds.",),
    pattern="heatmaps/{from:%Y-%m-%d}_{to:%Y-%m-%d}-{extracted_at:%Y-%m-%d}.csv",
)

FORMATS = (LIVE_INSIGHTS, HEATMAP)
