"""Add up the fed metrics, cell by cell: SQL counts, the evaluation judges.

Grain of a cell: campaign, moment, metric, influencer, platform, content_type.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from perftrack_site.errors import ConfigError, Fault
from perftrack_site.warehouse.expressions import ExpressionFault, columns_of
from perftrack_site.warehouse.rows import Lines, Measure
from perftrack_site.warehouse.tables import FEEDS

GRAIN = "campaign, moment, influencer, platform, content_type"

# The measure model behind each table a metric may name, and the columns a metric may use there.
MODELS = {
    "posts": "campaign_posts",
    "orders": "campaign_orders",
    "spend": "campaign_spend",
    "web": "campaign_web",
    "links": "campaign_links",
    "leads": "campaign_leads",
}
FED = {MODELS[feed]: feed for feed in FEEDS}  # those to which codes, tags and links lead
PLUMBING = {"campaign", "moment", "is_last", "blocked", "money_blocked", "origins"}

Declared = Mapping[str, object]
Origin = Mapping[str, int | date]


@dataclass(frozen=True)
class Part:
    """One half of a measure: what is added up, under which condition, and the columns it stands on."""

    value: str  # an SQL expression, null where the row's value is unknown
    condition: str
    origins: str  # an SQL expression: the list of origins of one row's value
    is_money: bool
    is_count: bool


@dataclass(frozen=True)
class Plan:
    """A fed metric, checked and ready to run."""

    metric: str
    table: str
    over: Part
    under: Part | None


def plans(connection: duckdb.DuckDBPyConnection, metrics: Iterable[Declared]) -> list[Plan]:
    """Check every expression of the catalogue and plan its query; raise ConfigError with every fault."""
    planned, faults = [], []
    for metric in metrics:
        try:
            planned.append(_plan(connection, metric))
        except ExpressionFault as fault:
            faults.append(
                Fault("config/metrics.yml", f"metrics.{metric['metric']}", f"its expression {fault}")
            )
    if faults:
        raise ConfigError("The metrics cannot be evaluated.", tuple(faults))
    return planned


def run(connection: duckdb.DuckDBPyConnection, plan: Plan, rejects: Sequence[int]) -> list[Measure]:
    """Answer one metric for every window. `rejects` counts the rejected records of each file.

    Raises ConfigError where the metric's expression makes numbers beyond 38 digits: nothing is rounded.
    """
    try:
        rows = connection.execute(_query(plan)).fetchall()
    except (duckdb.OutOfRangeException, duckdb.ConversionException) as error:
        wrong = "its expression makes a number with more digits than can be kept exactly"
        fault = Fault("config/metrics.yml", f"metrics.{plan.metric}", wrong, "multiply fewer columns")
        raise ConfigError("The metrics cannot be evaluated.", (fault,)) from error
    return [_measure(plan.metric, row, rejects) for row in rows]


def _plan(connection: duckdb.DuckDBPyConnection, metric: Declared) -> Plan:
    table = MODELS[str(metric["table"])]
    described = connection.execute(f"describe {table}").fetchall()
    columns = {str(row[0]): str(row[1]) for row in described if row[0] not in PLUMBING}
    over = _part(connection, table, columns, metric, "")
    if metric["under_agg"] is None:
        return Plan(str(metric["metric"]), table, over, None)
    under = _part(connection, table, columns, metric, "under_")
    return Plan(str(metric["metric"]), table, over, under)


def _part(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], metric: Declared, half: str
) -> Part:
    agg, expr, condition = (metric[f"{half}{name}"] for name in ("agg", "expr", "filter"))
    value = "1" if expr is None else str(expr)
    used = columns_of(connection, value, table, columns, condition=False)
    if condition is not None:
        columns_of(connection, str(condition), table, columns, condition=True)
    if agg == "count":
        value = f"case when ({value}) is not null then 1 end"
    named = [f"coalesce(origins['{column}'], origins['row'])" for column in used] or ["origins['row']"]
    return Part(
        value=f"({value})",
        condition=f"({condition})" if condition is not None else "true",
        origins=f"flatten([{', '.join(named)}])",
        is_money=any(columns[column].startswith("DECIMAL") for column in used),
        is_count=agg == "count",
    )


def _query(plan: Plan) -> str:
    return f"""
        with counted as (
            select
                *,
                {_in(plan.over)} as is_over,
                {_in(plan.under)} as is_under,
                {" and ".join(_is_known(part) for part in _parts(plan))} as known
            from {plan.table}
        ), cells as (
            select
                {GRAIN},
                {_total(plan.over, "is_over")} as numerator,
                {_total(plan.under, "is_under")} as denominator,
                count(*) filter (where known) as covered,
                count(*) as row_count,
                min({_blocked(plan)}) as blocked,
                {_origins(plan.over, "is_over")} as origins,
                {_origins(plan.under, "is_under")} as under_origins,
                null::date as read_on
            from counted
            where is_over or is_under
            group by {GRAIN}
            {_zero_cells(plan)}
        )
        select * from cells order by {GRAIN}, row_count
    """


def _parts(plan: Plan) -> list[Part]:
    return [plan.over] if plan.under is None else [plan.over, plan.under]


def _in(part: Part | None) -> str:
    """Say in SQL whether a row is one of a half's rows."""
    return "false" if part is None else f"coalesce({part.condition}, false)"


def _is_known(part: Part) -> str:
    """Say in SQL whether a half knows its share of a row; of a row that its filter leaves out, that is 0."""
    return f"({part.value} is not null or not {_in(part)})"


def _total(part: Part | None, is_in: str) -> str:
    return (
        "null"
        if part is None
        else f"sum(case when {is_in} then {part.value} else 0 end) filter (where known)"
    )


def _origins(part: Part | None, is_in: str) -> str:
    if part is None:
        return "[]"
    return f"flatten(list({part.origins}) filter (where {is_in} and known and is_last))"


def _blocked(plan: Plan) -> str:
    """Say in SQL why a row blocks its cell; a currency without a rate only blocks money that is added up."""
    reasons = ["blocked"]
    if plan.over.is_money:
        reasons.append("case when is_over then money_blocked end")
    if plan.under is not None and plan.under.is_money:
        reasons.append("case when is_under then money_blocked end")
    return f"coalesce({', '.join(reasons)})"


def _zero_cells(plan: Plan) -> str:
    """Add what was looked at and found to be 0.

    A participation whose code, tag or link leads orders, visits, clicks or enquiries to it has 0 of them, once they
    were read; of the rows that were found, 0 pass the filter of a count.
    """
    if plan.table in FED:
        zero = "null" if plan.under is None else "0"
        return f"""
            union all
            select campaign, moment, influencer, null, null, 0, {zero}, 0, 0, blocked, [], [], read_on
            from channels where feed = '{FED[plan.table]}'
        """
    if plan.under is None and plan.over.is_count:
        return f"""
            union all
            select distinct {GRAIN}, 0, null::bigint, 0, 0, null, [], [], null::date from {plan.table}
        """
    return ""


def _measure(metric: str, row: Sequence[object], rejects: Sequence[int]) -> Measure:
    (campaign, moment, influencer, platform, content_type, over, under, covered, rows, blocked, origins, others,
     read_on) = row  # fmt: skip
    stands_on: list[Origin] = [*(origins or ()), *(others or ())]  # type: ignore[misc]
    known = sorted(day for origin in stands_on if isinstance(day := origin["known_on"], date))
    files = {int(origin["file"]) for origin in stands_on}  # type: ignore[arg-type]
    return Measure(
        campaign=str(campaign),
        moment=_day(moment),
        metric=metric,
        influencer=_text(influencer),
        platform=_text(platform),
        content_type=_text(content_type),
        numerator=_exact(over),
        denominator=_exact(under),
        covered=_count(covered),
        rows=_count(rows),
        as_at=known[0] if known else (read_on if isinstance(read_on, date) else None),
        rejects=sum(rejects[file] for file in files),
        blocked=_text(blocked),
        lines=line_ranges(origins),
        denominator_lines=line_ranges(others),
    )


def line_ranges(origins: object) -> tuple[Lines, ...]:
    """Write origins as ranges of lines, one entry a file: `2-9,14`."""
    lines: dict[int, set[int]] = defaultdict(set)
    for origin in origins if isinstance(origins, list) else ():
        lines[origin["file"]].update(range(origin["first_line"], origin["last_line"] + 1))
    return tuple(Lines(file, _ranges(sorted(found))) for file, found in sorted(lines.items()))


def _ranges(lines: Sequence[int]) -> str:
    known = set(lines)
    starts = [line for line in lines if line - 1 not in known]
    ends = [line for line in lines if line + 1 not in known]
    return ",".join(
        str(start) if start == end else f"{start}-{end}" for start, end in zip(starts, ends, strict=True)
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _exact(value: object) -> Decimal | int | None:
    if value is None or isinstance(value, (int, Decimal)):
        return value
    raise TypeError(f"a measure came back as {type(value).__name__}; only integers and decimals are exact")


def _count(value: object) -> int:
    if isinstance(value, int):
        return value
    raise TypeError(f"a count came back as {type(value).__name__}")


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    raise TypeError(f"a day came back as {type(value).__name__}")
