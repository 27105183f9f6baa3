"""A rich Report made by hand: every state, verdict and pace, odd captions, receipts, rejects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from perftrack_site.evaluation.report import (
    AdjustmentShown,
    AgreementShown,
    CampaignResult,
    Check,
    FileLines,
    FileShown,
    Gap,
    GoalCount,
    GoalResult,
    InfluencerResult,
    Input,
    Integration,
    KpiResult,
    MetricShown,
    Number,
    ParticipationShown,
    Period,
    PlatformFeeds,
    Point,
    PostShown,
    Quality,
    Receipt,
    RejectShown,
    Report,
    ScheduleShown,
    SkippedShown,
    SourceCover,
    SourceShown,
    TargetShown,
    WitnessShown,
)

AS_OF = date(2031, 11, 21)
BLOB = "9daeafb9864cf43055ae93beb0afd6c7d144bfa4"
RATE = "engagement_rate_by_reach"
POSTS_FILE = FileLines("data/instagram/ines/insights-2031-11-20.json", BLOB, "2-9,14")
LIST_FILE = FileLines("data/instagram/ines/media-2031-11-20.json", "1" * 40, "1-12")


def rate(engagements: int, reach: int, covered: int = 12, rows: int = 12) -> Number:
    """Make an engagement rate with its receipt."""
    inputs = (
        Input(
            "engagements",
            "Engagements",
            "likes + comments + shares + saves",
            "posts",
            Fraction(engagements),
            "count",
            None,
            rows,
            covered,
            (LIST_FILE, POSTS_FILE),
        ),
        Input(
            "reach", "Reach", "reach", "posts", Fraction(reach), "count", None, rows, covered, (POSTS_FILE,)
        ),
    )
    receipt = Receipt("engagements / reach", inputs, date(2031, 11, 19), 2)
    note = "sum of post reaches, an upper bound"
    value = Fraction(engagements, reach)
    return Number(
        RATE, value, "share", None, "reach", None, covered, rows, "posts", note, "measured", receipt
    )


def amount(metric: str, value: int, unit: str = "count", rows: int = 12) -> Number:
    """Make a total with its receipt."""
    currency = "EUR" if unit == "money" else None
    part = Input(
        metric, metric.title(), metric, "posts", Fraction(value), unit, currency, rows, rows, (POSTS_FILE,)
    )
    receipt = Receipt(metric, (part,), date(2031, 11, 20), 0)
    return Number(
        metric, Fraction(value), unit, currency, None, None, rows, rows, "posts", None, "measured", receipt
    )


def unknown(metric: str, why: str, unit: str = "share") -> Number:
    """Make a number that cannot be said."""
    return Number(metric, None, unit, None, None, why, 0, 0, "posts", None, "measured", None)


def target(
    op: str, value: str, unit: str = "share", stretch: str | None = None, upper: str | None = None
) -> TargetShown:
    currency = "EUR" if unit == "money" else None
    most, more = (None if text is None else Fraction(text) for text in (upper, stretch))
    return TargetShown(op, Fraction(value), most, more, unit, currency)  # type: ignore[arg-type]


def kpi(key: str, label: str, actual: Number, goal: TargetShown, **fields: object) -> KpiResult:
    gap = None if actual.value is None else actual.value - goal.value
    base = KpiResult(
        key=key,
        label=label,
        metric=actual.metric,
        scope="",
        influencer=None,
        primary=True,
        counts=True,
        weight=None,
        target=goal,
        actual=actual,
        verdict=None,
        pace=None,
        needed_now=None,
        gap=gap,
        per_day=None,
        reason=None,
        treated_as=None,
        schedule=(),
        progress=(),
        in_period=None,
    )
    return replace(base, **fields)  # type: ignore[arg-type]


def way(start: date, values: list[str | None]) -> tuple[Point, ...]:
    """Lay values a week apart."""
    days = [start + timedelta(days=6 + 7 * week) for week in range(len(values))]
    return tuple(
        Point(day, None if text is None else Fraction(text)) for day, text in zip(days, values, strict=True)
    )


def campaign(key: str, name: str, state: str, start: date, end: date, **fields: object) -> CampaignResult:
    base = CampaignResult(
        key=key,
        name=name,
        brand="Alder & Sons",
        objective="launch",
        start=start,
        end=end,
        decided_on=end + timedelta(days=14),
        state=state,  # type: ignore[arg-type]
        verdict=None,
        pace=None,
        reason=None,
        success="every primary KPI must be met",
        kpis_met=0,
        kpis_decided=0,
        budget=Fraction(18000),
        currency="EUR",
        agreed=AgreementShown(start - timedelta(days=7), ("marketing lead", "brand owner"), "contract-0142"),
        kpis=(),
        influencers=(),
        posts=(),
        adjustments=(),
        in_edition=True,
    )
    return replace(base, **fields)  # type: ignore[arg-type]


def part(key: str, name: str, *kpis: KpiResult, totals: tuple[Number, ...] = ()) -> ParticipationShown:
    return ParticipationShown(
        key,
        name,
        date(2031, 6, 30),
        Fraction(4200),
        "EUR",
        {"reel": 3, "story": 6},
        {"reel": 3, "story": 4, "feed": 1},
        kpis,
        totals,
        ("promo code INES10", "#alderspring"),
    )


def post(number: int, caption: str, **fields: object) -> PostShown:
    counters = {
        "views": 9000 - 400 * number,
        "reach": 7000 - 300 * number,
        "likes": 300 - 20 * number,
        "comments": 12,
    }
    base = PostShown(
        "instagram",
        f"1790{number}",
        f"{number:012x}",
        "ines",
        "reel",
        date(2031, 10, 1 + number),
        caption,
        f"https://www.instagram.com/p/C{number}_x/",
        {**counters, "shares": 3, "saves": 9},
        324 - 20 * number,
        (),
    )
    return replace(base, **fields)  # type: ignore[arg-type]


CAPTIONS = (
    'Slow mornings & "good" tea ☕️ | part 1',
    "Ten minutes, one pot. Write to me: [e-mail address] or [phone number]",
    "<b>bold?</b> no | pipes | here",
    "New cups 🫖",
    "The long one. " * 20,
    "[click](javascript:alert(1))",
    "# not a heading",
    "",
)


def in_flight() -> CampaignResult:
    start, end = date(2031, 10, 4), date(2031, 12, 14)
    views = kpi(
        "views",
        "Video views",
        amount("views", 212500),
        target(">=", "400000", "count"),
        pace="at_risk",
        needed_now=Fraction(268571),
        per_day=Fraction(187500, 23),
        primary=False,
        schedule=(ScheduleShown(date(2031, 11, 9), Fraction(200000)),),
        progress=way(start, ["21000", "55400", None, "131000", "160500", "190300", "212500"]),
        in_period=amount("views", 212500),
    )
    engagement = kpi(
        "engagement",
        "Engagement on Instagram",
        rate(4312, 113474, 11),
        target(">=", "7/200", stretch="9/200"),
        pace="on_track",
        needed_now=Fraction(3, 100),
        scope="on Instagram",
        schedule=(ScheduleShown(date(2031, 11, 2), Fraction(3, 100)),),
        progress=way(start, ["0.021", "0.026", "0.033", "0.034", "0.036", "0.0372", "0.038"]),
    )
    cost = kpi(
        "order-cost",
        "Cost per order",
        replace(amount("cost_per_order", 186, "money"), row_noun="orders", rows=41, covered=41),
        target("<=", "180", "money"),
        pace="watch",
        needed_now=None,
        progress=way(start, [None, None, "240", "221.5", "201.1", "190", "186"]),
    )
    own = kpi(
        "creator-views",
        "Views per creator",
        amount("views", 61000),
        target(">=", "40000", "count"),
        pace="on_track",
        influencer="ines",
        counts=False,
        needed_now=Fraction(26000),
    )
    behind = replace(
        own, actual=amount("views", 9100), pace="at_risk", gap=Fraction(-30900), influencer="joao"
    )
    totals = (
        amount("views", 61000),
        amount("reach", 44000),
        amount("engagements", 1720),
        unknown("orders", "no code leads here", "count"),
        amount("revenue", 5120, "money"),
    )
    return campaign(
        "autumn-rituals",
        "Autumn rituals",
        "in_flight",
        start,
        end,
        pace="at_risk",
        kpis=(engagement, views, cost),
        influencers=(part("ines", "Inês F.", own, totals=totals), part("joao", "João <3 Tea", behind)),
        posts=tuple(post(number, caption) for number, caption in enumerate(CAPTIONS)),
        adjustments=(
            AdjustmentShown(
                date(2031, 11, 4), "moved two reels from morning to 19:00", "below pace", "views"
            ),
            AdjustmentShown(
                date(2031, 11, 12), "new hook in the first 3 seconds", "most viewers left early", None
            ),
        ),
    )


def decided(key: str, name: str, verdict: str, end: date, **fields: object) -> CampaignResult:
    start = end - timedelta(days=41)
    actual = {"exceeded": rate(600, 12000), "met": rate(420, 12000), "missed": rate(419, 12000)}.get(verdict)
    why = "only 3 of 12 posts show reach (25 %), 80 % agreed"
    engagement = kpi(
        "engagement",
        "Engagement rate",
        actual or unknown(RATE, why),
        target(">=", "7/200", stretch="9/200"),
        verdict=verdict,
        reason=None if actual else why,
        progress=way(start, ["0.02", "0.03", "0.031", "0.035"]) if actual else (),
    )
    orders = kpi(
        "orders",
        "Orders",
        replace(amount("orders", 130), row_noun="orders"),
        target(">=", "120", "count"),
        verdict="met",
        primary=False,
    )
    opened = kpi(
        "opened",
        "Open rate",
        unknown("open_rate", "no source for open_rate yet"),
        target(">=", "1/5"),
        verdict="not_evaluable",
        reason="no source for open_rate yet",
        treated_as="exclude, because the newsletter was not sent",
    )
    met = 2 if verdict in {"exceeded", "met"} else 1
    fields = {
        "kpis": (engagement, orders, opened),
        "kpis_met": met,
        "kpis_decided": 2 if actual else 1,
        **fields,
    }
    own = replace(orders, key="own-orders", label="Own orders", influencer="ines")
    return campaign(
        key,
        name,
        "decided",
        start,
        end,
        verdict=verdict,
        reason=None if actual else f"Engagement rate: {why}",
        influencers=(part("ines", "Inês F.", own),),
        posts=(post(1, "One"), post(2, "Two", hidden=("likes",), engagements=None, counters={"views": 7})),
        **fields,
    )


def campaigns() -> tuple[CampaignResult, ...]:
    planned_kpi = kpi(
        "reach",
        "Reach",
        unknown("reach", "not begun", "count"),
        target("between", "90000", "count", upper="120000"),
    )
    settling_kpi = kpi("engagement", "Engagement rate", rate(300, 9000), target(">=", "7/200"))
    return (
        decided("spring-launch", "Spring launch", "met", date(2031, 9, 20)),
        decided("iced-tea", "Iced tea, twelve ways", "exceeded", date(2031, 9, 25)),
        decided("picnic", "Picnic season", "met", date(2031, 10, 1)),
        decided("gift-box", "Gift box", "missed", date(2031, 10, 12)),
        decided(
            "night-blend", "Night blend", "missed", date(2031, 10, 20), brand=None, agreed=None, budget=None
        ),
        decided("harvest", "Harvest", "met", date(2031, 11, 2)),
        decided("reusables", "Reusables", "not_evaluable", date(2031, 10, 28)),
        in_flight(),
        replace(
            in_flight(),
            key="advent",
            name="Advent calendar",
            pace="watch",
            kpis=in_flight().kpis[2:],
            influencers=(),
            posts=(),
        ),
        replace(
            in_flight(),
            key="office-tea",
            name="Office tea",
            pace="on_track",
            kpis=in_flight().kpis[:1],
            influencers=(),
            posts=(),
        ),
        campaign(
            "thermos", "Thermos", "settling", date(2031, 10, 1), date(2031, 11, 14), kpis=(settling_kpi,)
        ),
        campaign(
            "new-year",
            "New year, new cup",
            "planned",
            date(2031, 12, 20),
            date(2032, 1, 31),
            kpis=(planned_kpi,),
            influencers=(part("joao", "João <3 Tea", replace(planned_kpi, influencer="joao")),),
        ),
        campaign(
            "festival",
            "Festival",
            "cancelled",
            date(2031, 10, 3),
            date(2031, 10, 30),
            reason="the festival was called off",
        ),
        campaign(
            "last-year",
            "Last year",
            "decided",
            date(2030, 1, 3),
            date(2030, 2, 1),
            verdict="met",
            in_edition=False,
        ),
    )


def goal() -> GoalResult:
    goal_target = target(">=", "4/5")
    now = GoalCount(
        "2031-Q4",
        "Q4 2031",
        ("spring-launch", "iced-tea", "picnic", "harvest"),
        ("gift-box", "night-blend"),
        ("thermos", "autumn-rituals", "advent", "office-tea"),
        ("reusables", "festival"),
        6,
        Fraction(2, 3),
        Fraction(4, 5),
        Fraction(2, 5),
        reached=False,
        why=None,
    )
    q1 = GoalCount(
        "2031-Q1",
        "Q1 2031",
        ("a",),
        (),
        (),
        (),
        1,
        None,
        None,
        None,
        reached=None,
        why="only 1 campaign decided, 5 needed",
    )
    q2 = GoalCount(
        "2031-Q2",
        "Q2 2031",
        tuple("abcdefgh"),
        ("i", "j"),
        (),
        (),
        10,
        Fraction(4, 5),
        Fraction(4, 5),
        Fraction(4, 5),
        reached=True,
        why=None,
    )
    q3 = GoalCount(
        "2031-Q3",
        "Q3 2031",
        tuple("abcdef"),
        ("g", "h"),
        (),
        (),
        8,
        Fraction(3, 4),
        Fraction(3, 4),
        Fraction(3, 4),
        reached=False,
        why=None,
    )
    return GoalResult(
        "campaigns-meeting-kpis",
        "At least 80 % of campaigns meet or exceed their KPIs",
        "Counted are the campaigns decided in the quarter: met or exceeded, over those and the missed ones",
        "quarter",
        goal_target,
        now,
        (q1, q2, q3),
        10,
        13,
    )


def quality() -> Quality:
    day = datetime(2031, 11, 20, 6, 0)  # noqa: DTZ001 (the Report's moments are UTC without a zone)
    skipped = (SkippedShown("kind", "a repeated line of the same order", 12),)
    return Quality(
        files=(
            FileShown(
                POSTS_FILE.path, BLOB, "ig-ines", "instagram_graph.media_insights", day, 40, 38, 2, 0, (), ()
            ),
            FileShown(
                "data/shop/orders-2031-11-20.csv",
                "2" * 40,
                "shop",
                "shopify.orders_csv",
                day,
                1300,
                1200,
                0,
                88,
                skipped,
                ("the header is in the older order",),
            ),
        ),
        sources=(
            SourceShown(
                "ig-ines", "instagram_graph.media_insights", 7, 280, date(2031, 11, 20), 1, "fresh", "15 days"
            ),
            SourceShown("shop", "shopify.orders_csv", 3, 1300, date(2031, 11, 9), 12, "warn", "15 days"),
            SourceShown("spend", "perftrack.spend", 0, 0, None, None, "none", None),
            SourceShown("web", "ga4_api.report", 2, 94, date(2031, 11, 20), 1, "fresh", None),
        ),
        rejects=(RejectShown(POSTS_FILE.path, 31, 33, "reach", "count", "not a whole number"),),
        checks=(
            Check("falling", "Counters that fell", ("post", "from", "to"), (("1790001", "120", "118"),)),
            Check("conflicts", "Two values for one moment", ("post", "values"), ()),
        ),
        unclaimed=("data/notes (old).txt",),
    )


def integration() -> Integration:
    first, last = date(2031, 10, 1), date(2031, 11, 19)
    gap = Gap(date(2031, 10, 5), date(2031, 10, 7))
    return Integration(
        sources=(
            SourceCover("ig-ines", "Instagram", "media insights", None, None, 0, 0, ()),
            SourceCover("shop", "Shopify", "orders export", first, last, 0, 0, ()),
            SourceCover("spend", "Our own lists", "payments and costs", None, None, 0, 0, ()),
            SourceCover("web", "Google Analytics 4", "report", first, last, 47, 2, (gap,)),
        ),
        platforms=(
            PlatformFeeds("Instagram", 1, ("views", "reach"), ("engagements",)),
            PlatformFeeds("Shopify", 1, ("orders", "revenue"), ()),
            PlatformFeeds("Awin", 0, (), ()),
            PlatformFeeds("Klaviyo", 0, (), ("orders",)),
        ),
        witnesses=(
            WitnessShown("2031-10", "shop", "shop", "EUR", 120, Fraction(345050, 100)),
            WitnessShown("2031-10", "analytics", "web", "EUR", 111, Fraction(320000, 100)),
            WitnessShown("2031-11", "shop", "shop", "EUR", 1, None),
        ),
    )


def metric(key: str, label: str, **fields: object) -> MetricShown:
    base = MetricShown(
        key,
        label,
        f"{label} of the campaign's posts.",
        key,
        "count",
        None,
        "higher",
        additive=True,
        note=None,
        origin="measured",
        definition_version=1,
        effective_from=date(2031, 1, 1),
        has_source=True,
    )
    return replace(base, **fields)  # type: ignore[arg-type]


def sample() -> Report:
    rate_note = "add up engagements and reach first"
    return Report(
        project="Alder performance",
        timezone="Europe/Lisbon",
        currency="EUR",
        audience="internal",
        as_of=AS_OF,
        period=Period("2031-Q4", "quarter", "Q4 2031", date(2031, 10, 1), date(2031, 12, 31), AS_OF),
        goals=(goal(),),
        campaigns=campaigns(),
        influencers=(
            InfluencerResult(
                "ines",
                "Inês F.",
                "tea and slow living",
                "PT",
                "micro",
                {"instagram": "ines.f", "tiktok": "inesf"},
                {"instagram": 48200},
                ("autumn-rituals", "harvest", "spring-launch", "last-year"),
            ),
            InfluencerResult("joao", "João <3 Tea", None, None, None, {}, {}, ("new-year", "autumn-rituals")),
        ),
        metrics=(
            metric(
                RATE,
                "Engagement rate by reach",
                formula="engagements / reach",
                unit="share",
                basis="reach",
                additive=False,
                note=rate_note,
            ),
            metric("views", "Views"),
            metric("reach", "Reach", additive=False, note="sum of post reaches, an upper bound"),
            metric("orders", "Orders"),
            metric("revenue", "Revenue", unit="money"),
            metric("engagements", "Engagements", formula="likes + comments + shares + saves"),
            metric(
                "cost_per_order", "Cost per order", formula="spend / orders", unit="money", direction="lower"
            ),
            metric("open_rate", "Open rate", unit="share", basis="delivered", has_source=False),
        ),
        quality=quality(),
        integration=integration(),
    )
