"""A readable file of every format, so that a rule for all of them is tested on all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sample_cases import Sample
from sources_helpers import SAMPLES, SPEND_HEADER, SPEND_ROW, ZONE, Declared
from test_samples import CASES

from perftrack_site.errors import Fault, QualityError
from perftrack_site.sources import FORMATS
from perftrack_site.sources.format import Reading, SourceFile
from perftrack_site.sources.ledger import FileLedger, Snapshot
from perftrack_site.sources.load import close_ledger
from perftrack_site.sources.pattern import Span
from perftrack_site.sources.tables import TABLES

DAY = "2026-11-20"
A_SPAN = ("2026-08-21", "2026-11-19")
# What a source says of its files where nothing says better: enough for every format.
SAID: Mapping[str, Any] = {
    "platform": "instagram",
    "dimensions": ("date",),
    "days": 1,
    "link": "umoja.example/t",
    "currency": "ZAR",
}
WRITTEN = {  # formats of which no platform's sample is at hand, and our own lists
    "perftrack.spend": SPEND_HEADER + SPEND_ROW + SPEND_ROW.replace("inv-1", "inv-2"),
    "perftrack.fx": "day,base,quote,rate\n2026-07-06,USD,ZAR,18.2514\n2026-07-07,USD,ZAR,18.3\n",
    "perftrack.benchmarks": (
        "platform,tier,sector,content_type,metric,basis,statistic,value,sample,year,source\n"
        "instagram,,,,engagement_rate_by_reach,reach,median,0.031,,2026,Trade body\n"
        "tiktok,,,,engagement_rate_by_reach,reach,median,0.045,,2026,Trade body\n"
    ),
    "perftrack.heatmap": "page,device,metric,value\n/tea,mobile,scroll_depth,61\n/tea,desktop,scroll_depth,72\n",
    "perftrack.enquiries": "enquiry_id,day,kind\n1041,2026-07-08,quote\n1042,2026-07-09,call\n",
    "perftrack.mentions": "mention_id,platform,day,text\n71,x,2026-07-08,Good tea\n72,x,2026-07-09,Cold tea\n",
    "perftrack.surveys": (
        "survey,answer_id,day,respondent,question,score,scale_top\n"
        "spring,31,2026-08-01,audience,taste,4,5\nspring,32,2026-08-02,audience,taste,5,5\n"
    ),
    "perftrack.feedback": (
        "told_by,topic,text,day,campaign\ninfluencer,format,Reels worked,2026-08-01,spring\n"
        "team,platform,Post earlier,2026-08-02,spring\n"
    ),
    "perftrack.experiments": (
        "experiment,variant,day,exposures,conversions\nhooks,a,2026-08-01,900,31\nhooks,b,2026-08-01,880,42\n"
    ),
    "campaign_sheets.influencers": "ID,name,follower_count,platform\n7,Thandi,48200,Instagram\n8,Amina,9100,TikTok\n",
    "campaign_sheets.posts": (
        "influencer_id,platform,date,URL,caption,reach,likes,comments\n"
        "7,Instagram,2026-07-08,https://www.instagram.com/p/Cabc123/,Tea,5200,310,12\n"
        "8,Instagram,2026-07-09,https://www.instagram.com/p/Cabc124/,Tea,4100,250,9\n"
    ),
    "campaign_sheets.tracking_data": (
        "source,campaign,influencer_id,product,date,orders,revenue\n"
        "Instagram,spring,7,Rooibos,2026-07-08,1,149.50\nInstagram,spring,8,Rooibos,2026-07-09,2,299.00\n"
    ),
    "campaign_sheets.payouts": "influencer_id,basis,rate,orders,total_payout\n7,post,500,3,1500\n8,order,20,4,80\n",
    "linkedin.page_days_csv": (
        '"Aggregated engagement metrics, all dates in UTC"\n'
        "Date,Impressions (organic),Impressions (total),Reactions (total),Reposts (total)\n"
        "09/07/2026,40,50,3,0\n09/08/2026,44,61,5,1\n"
    ),
    "linkedin.page_followers_csv": (
        "Date,Sponsored followers,Organic followers,Total followers\n09/07/2026,1,2,6\n09/08/2026,0,4,4\n"
    ),
    "linkedin.page_posts_csv": (
        "Post title,Post link,Created date,Impressions,Clicks,Likes,Comments,Reposts,Follows\n"
        "Tea,https://www.linkedin.com/feed/update/urn:li:activity:79,09/07/2026,50,4,3,2,1,\n"
        "More tea,https://www.linkedin.com/feed/update/urn:li:activity:80,09/08/2026,60,5,4,3,2,1\n"
    ),
    "linkedin.member_posts": (
        '{"elements": [{"count": 5, "metricType": {"com.linkedin.adsexternalapi.memberanalytics.v1.'
        'CreatorPostAnalyticsMetricTypeV1": "IMPRESSION"}, '
        '"targetEntity": {"share": "urn:li:share:7900000000000000001"}}]}'
    ),
    "facebook_graph.post_insights": (
        '{"data": [{"name": "post_clicks", "period": "lifetime", "values": [{"value": 8}], '
        '"id": "61_900/insights/post_clicks/lifetime"}]}'
    ),
    "mailchimp.lists": (
        '{"lists": [{"id": "a1b2", "stats": {"member_count": 1200, "unsubscribe_count": 30}}], "total_items": 1}'
    ),
    "mailchimp.list_growth": (
        '{"history": [{"list_id": "a1b2", "month": "2026-02", "subscribed": 1200, "unsubscribed": 7}], '
        '"list_id": "a1b2", "total_items": 1}'
    ),
    "mailchimp.list_activity": (
        '{"activity": [{"day": "2026-09-30", "emails_sent": 0, "subs": 12, "unsubs": 3, "other_adds": 40, '
        '"other_removes": 1}], "list_id": "a1b2", "total_items": 1}'
    ),
}


@dataclass(frozen=True)
class Example:
    """A file that a format reads: where it is from, its bytes, and what its source and its name say."""

    format: str
    name: str
    content: bytes
    declared: Mapping[str, Any] = field(default_factory=dict)
    span: tuple[str, str] | None = None
    day: str = DAY

    @property
    def is_json(self) -> bool:
        return self.name.endswith(".json")

    @property
    def source(self) -> Declared:
        """Its source, for the real reader."""
        days = "{from:%Y-%m-%d}_{to:%Y-%m-%d}-" if self.span else ""
        overlap = FORMATS[self.format].overlaps[0]
        said = {**SAID, **self.declared, "overlap": overlap}
        return Declared("s", self.format, f"s/{days}{{extracted_at:%Y-%m-%d}}*", **said)

    def path(self, day: str | None = None) -> str:
        """A name that its source claims."""
        days = f"{self.span[0]}_{self.span[1]}-" if self.span else ""
        return f"s/{days}{day or self.day}.{'json' if self.is_json else 'csv'}"


@cache
def examples() -> tuple[Example, ...]:
    """Every readable sample that is one file, and the written ones; smallest first within a format."""
    found = [_of_sample(case) for case in CASES if not case.refused and not case.path.endswith(".zip")]
    found += [_written(key, text) for key, text in WRITTEN.items()]
    return tuple(sorted(found, key=lambda one: (one.format, len(one.content), one.name)))


def _of_sample(case: Sample) -> Example:
    location = SAMPLES / case.path
    content = location.read_bytes() if location.exists() else b""
    return Example(case.format, case.path, content, case.declared, case.span, case.known)


def _written(key: str, text: str) -> Example:
    suffix = ".json" if text.startswith("{") else ".csv"
    return Example(
        key, f"{key}{suffix}", text.encode(), span=A_SPAN if "from" in FORMATS[key].needs else None
    )


@cache
def main_examples() -> Mapping[str, Example]:
    """One file of each format: the smallest of which it accepts two records, or else one."""
    chosen: dict[str, tuple[int, Example]] = {}
    for example in examples():
        result = read_as(example.format, example)
        accepted = min(2, result.ledger.accepted) if result.ledger else 0
        if accepted > chosen.get(example.format, (0, example))[0]:
            chosen[example.format] = (accepted, example)
    return {key: example for key, (_, example) in chosen.items()}


def example_of(key: str) -> Example:
    """The main example of a format; skips the test where the shared samples are not at hand."""
    example = main_examples().get(key)
    if example is None and not SAMPLES.exists():
        pytest.skip(f"the shared samples are not here: {SAMPLES}; set PERFTRACK_SAMPLES")
    assert example, f"no readable file of {key} is at hand: add a sample, or write one in every_format.py"
    return example


@dataclass(frozen=True)
class Result:
    """What reading one file gave: a closed ledger and its rows, or faults."""

    ledger: FileLedger | None
    reading: Reading | None
    faults: tuple[Fault, ...] = ()

    def ids(self) -> set[str]:
        """All texts in columns that hold ids."""
        assert self.reading
        return {
            cell
            for table, rows in self.reading.rows.items()
            for row in rows
            for name, cell in zip(TABLES[table].columns, row, strict=False)
            if name.endswith("_id") and isinstance(cell, str)
        }


def read_as(key: str, example: Example, content: bytes | None = None, **declared: Any) -> Result:  # noqa: ANN401
    """Read the bytes of an example, or others in their place, by a format, as the loader does."""
    form, raw = FORMATS[key], example.content if content is None else content
    said = {**SAID, **example.declared, **declared, "overlap": form.overlaps[0]}
    clock = said.get("timezone") or form.zone or ZONE
    on = date.fromisoformat(example.day)
    known = datetime.combine(on, time(23, 59, 59), ZoneInfo(ZONE)).astimezone(UTC).replace(tzinfo=None)
    snapshot = Snapshot(0, "s", key, f"data/{example.path()}", "0" * 40, len(raw), known, on)
    told = example.span or (None if key == example.format else A_SPAN)
    span = Span(date.fromisoformat(told[0]), date.fromisoformat(told[1])) if told else None
    file = SourceFile(
        snapshot,
        raw,
        ZoneInfo(ZONE),
        Declared("s", key, "", **said),
        ZoneInfo(clock),
        span,
        form.settles_days,
    )
    try:
        reading = form.read(file)
    except QualityError as error:
        return Result(None, None, error.faults)
    return Result(close_ledger(form, snapshot, reading), reading)


def is_told(result: Result) -> bool:
    """Whether a refusal says place, fault and way out, or the ledger closes."""
    if result.ledger is None:
        return bool(result.faults) and all(
            fault.place.startswith(("data/s/", "config/sources.yml")) and fault.wrong and fault.right
            for fault in result.faults
        )
    ledger = result.ledger
    gone = (
        ledger.accepted + ledger.rejected + ledger.duplicates + sum(skip.records for skip in ledger.skipped)
    )
    return ledger.counted == gone


def cuts(content: bytes) -> Iterator[int]:
    """Where a file is cut off: at twelve fractions, in a letter of several bytes, a quoted cell and a number."""
    yield from (len(content) * part // 13 for part in range(1, 13))
    for pattern in (rb"[\xc3-\xf4](?=[\x80-\xbf])", rb'[,;\t]"[^",;\t]', rb"[0-9](?=[0-9])"):
        found = [match.end() for match in re.finditer(pattern, content)]
        yield from found[:1] + found[-1:]
