"""Campaigns of 2026-Q4, seen on 15 November: some decided, some settling, in flight or planned."""

from __future__ import annotations

from sample.plan import Campaign, Cost, Part, day

CAMPAIGNS = (
    Campaign(
        key="heritage-day-table",
        name="Heritage Day table",
        objective="consideration",
        brand="Umoja Home",
        start=day("09-01"),
        end=day("09-27"),
        budget="40000 ZAR",
        parts=(Part("anjali", "rrcr", 197_000, "31000 ZAR"),),
        engagement=(4_900, 1_040, 660, 800),
        kpis="""\
  - key: conversation
    metric: comments
    target: {op: ">=", value: 700, stretch: 900}
  - key: engagement-cost
    metric: cpe
    target: {op: "<=", value: 6.00, stretch: 5.00}
""",
        success="all",
        verdict="exceeded",
        kpi_results={"conversation": "exceeded", "engagement-cost": "exceeded"},
    ),
    Campaign(
        key="picnic-flasks",
        name="Picnic flasks",
        objective="conversion",
        brand="Umoja Home",
        start=day("09-07"),
        end=day("10-04"),
        budget="40000 ZAR",
        parts=(
            Part("thandi", "rrc", 66_000, "26000 ZAR", orders=30, code="THANDI20"),
            Part("siobhan", "rc", 40_000, "570 EUR", orders=22, code="SIOBHAN15"),
        ),
        engagement=(2_600, 210, 230, 330),
        revenue="49400.00",
        kpis="""\
  - key: orders
    metric: orders
    target: {op: ">=", value: 70}
  - key: order-cost
    metric: cost_per_order
    target: {op: "<=", value: 600.00}
  - key: spend
    label: Stay within the budget
    metric: spend
    target: {op: "<=", value: 40000.00}
""",
        success="all",
        verdict="missed",
        kpi_results={"orders": "missed", "order-cost": "missed", "spend": "met"},
        adjustments="""\
  - {on: 2026-09-22, what: added a second link sticker, why: few clicks reach the shop, kpi: orders}
""",
    ),
    Campaign(
        key="spring-cupboard",
        name="Spring cupboard",
        objective="conversion",
        brand="Umoja Tea",
        supports="revenue-2026",
        start=day("09-14"),
        end=day("10-11"),
        agreed_on=day("09-18"),  # later than the start: the page has to say so
        budget="45000 ZAR",
        parts=(
            Part("joao", "rc", 24_000, "11000 ZAR", orders=16, code="JOAO10"),
            Part("yusuf", "rr", 39_000, "16000 ZAR", orders=18, code="YUSUF10"),
            Part("nkechi", "ri", 8_000, "4000 ZAR", orders=14, code="NKECHI10"),
        ),
        engagement=(1_840, 150, 170, 250),
        revenue="55200.00",
        kpis="""\
  - key: net-revenue
    metric: net_revenue
    target: {op: ">=", value: 40000.00}
  - key: return-on-investment
    metric: roi
    target: {op: ">=", value: 10%}
""",
        success="all",
        verdict="met",
        kpi_results={"net-revenue": "met", "return-on-investment": "met"},
    ),
    Campaign(
        key="diaspora-pantry",
        name="Diaspora pantry",
        objective="conversion",
        brand="Umoja Tea",
        start=day("09-21"),
        end=day("10-18"),
        budget="60000 ZAR",
        parts=(Part("amina", "rrc", 340_000, "310000 KES", orders=46, code="AMINA10"),),
        engagement=(9_100, 800, 900, 1_100),
        revenue="48300.00",
        kpis="""\
  - key: orders
    metric: orders
    target: {op: ">=", value: 40}
  - key: order-cost
    metric: cost_per_order
    target: {op: "<=", value: 1200.00}   # paid in KES, and no rate is on file
""",
        success="all",
        verdict="not_evaluable",
        kpi_results={"orders": "met", "order-cost": "not_evaluable"},
    ),
    Campaign(
        key="garden-party",
        name="Garden party",
        objective="awareness",
        brand="Umoja Home",
        start=day("10-05"),
        end=day("11-01"),
        budget="50000 ZAR",
        parts=(Part("mpho", "r", 88_000), Part("dimitra", "i", 1_900)),
        engagement=(1_900, 140, 160, 190),
        kpis="""\
  - key: views
    metric: views
    target: {op: ">=", value: 400000}
""",
        success="all",
        state="cancelled",
        cancelled=(day("10-09"), "the venue was flooded"),
    ),
    Campaign(
        key="flat-lay-friday",
        name="Flat-lay Friday <3",
        objective="awareness",
        brand="Umoja Home",
        start=day("10-05"),
        end=day("11-01"),
        settle_days=21,
        budget="75000 ZAR",
        parts=(
            Part("haruka", "cci", 81_000, "16000 ZAR"),
            Part("freja", "cc", 38_000, "9000 ZAR"),
            Part("ines", "ci", 12_000, "4000 ZAR"),
            Part("tomas", "rc", 97_000, "900 EUR"),
            Part("dimitra", "ci", 4_100, "2000 ZAR"),
            Part("oleh", "rc", 21_000, "5000 ZAR"),
        ),
        engagement=(6_100, 520, 600, 1_900),
        kpis="""\
  - key: engagement
    metric: engagement_rate_by_reach
    primary: true
    target: {op: ">=", value: 4%}
  - key: creator-saves
    metric: saves
    each: influencer
    target: {op: ">=", value: 60}
""",
        success="all_primary",
        state="settling",
    ),
    Campaign(
        key="cold-brew-october",
        name="Cold brew October",
        objective="launch",
        brand="Umoja Tea",
        start=day("10-01"),
        end=day("10-31"),
        settle_days=21,
        budget="120000 ZAR",
        parts=(Part("lindiwe", "rrcr", 690_000, "88000 ZAR"),),
        engagement=(23_000, 1_700, 2_600, 2_400),
        kpis="""\
  - key: views
    metric: views
    target: {op: ">=", value: 650000, stretch: 800000}
  - key: thousand-views
    metric: cpm
    target: {op: "<=", value: 150.00}
""",
        success="all",
        state="settling",
    ),
    Campaign(
        key="teacher-thank-you",
        name="Thank you, teacher",
        objective="conversion",
        brand="Umoja Tea",
        supports="revenue-2026",
        start=day("10-12"),
        end=day("11-08"),
        budget="50000 ZAR",
        parts=(
            Part("ruth", "ri", 5_100, "2500 ZAR", orders=9, code="RUTH10"),
            Part("nkechi", "rc", 13_000, "4000 ZAR", orders=10, code="NKECHI15"),
            Part("sarah-t", "rc", 47_000, "12000 ZAR", orders=14, code="SAS15"),
            Part("yusuf", "rr", 52_000, "14000 ZAR", orders=12, code="YUSUF15"),
            Part("zanele", "r", 8_700, "4000 ZAR", hidden=1),
        ),
        engagement=(3_050, 260, 270, 380),
        revenue="46800.00",
        kpis="""\
  - key: orders
    metric: orders
    target: {op: ">=", value: 50}
  - key: revenue
    metric: revenue
    target: {op: ">=", value: 42000.00}
""",
        success="any",
        state="settling",
    ),
    Campaign(
        key="festive-teaser",
        name="Festive teaser 🎄",
        objective="awareness",
        brand="Umoja Tea",
        start=day("10-26"),
        end=day("11-29"),
        budget="110000 ZAR",
        parts=(
            Part("thandi", "rrc", 61_000, "28000 ZAR", story=True),
            Part("amina", "r", 226_000, "36000 ZAR"),
            Part("jorg", "rc", 23_000, "6000 ZAR"),
            Part("pieter", "ri", 8_000, "4000 ZAR"),
            Part("joao", "rc", 34_000, "9000 ZAR"),
        ),
        engagement=(7_900, 640, 760, 840),  # 10,140 of 281,600 reached: 3.6 %
        kpis="""\
  - key: views
    metric: views
    target: {op: ">=", value: 500000}
  - key: engagement
    metric: engagement_rate_by_reach
    target: {op: ">=", value: 3%}
""",
        success="all",
        state="in_flight",
        pace="on_track",
        kpi_results={"views": "on_track", "engagement": "on_track"},
    ),
    Campaign(
        key="black-friday-brews",
        name="Black Friday brews",
        objective="conversion",
        brand="Umoja Tea",
        supports="revenue-2026",
        start=day("11-02"),
        end=day("11-30"),
        budget="80000 ZAR",
        parts=(
            Part("mpho", "rr", 190_000, "24000 ZAR", orders=12, code="MPHO15"),
            Part("chidi", "rc", 70_000, "9000 ZAR", orders=7, code="CHIDI15"),
            Part("lukasz", "r", 14_000, "3500 ZAR", orders=4, code="LUKASZ15"),
            Part("siobhan", "r", 17_000, "3500 ZAR", orders=5, code="SIOBHAN20"),
        ),
        engagement=(6_700, 540, 560, 700),
        revenue="33400.00",
        kpis="""\
  - key: orders
    metric: orders
    primary: true
    target: {op: ">=", value: 120, stretch: 150}
    schedule:
      - {by: 2026-11-20, value: 40}      # most people wait for the Friday
      - {by: 2026-11-28, value: 110}
  - key: return-on-spend
    metric: roas
    primary: true
    target: {op: ">=", value: 1.5}
""",
        success="all_primary",
        state="in_flight",
        pace="watch",
        kpi_results={"orders": "watch", "return-on-spend": "on_track"},
    ),
    Campaign(
        key="home-for-december",
        name="Home for December",
        objective="launch",
        brand="Umoja Home",
        start=day("10-19"),
        end=day("11-30"),
        budget="90000 ZAR",
        parts=(
            Part("mei", "rr", 214_000, "22000 ZAR", orders=14, code="MEI15"),
            Part("anjali", "rc", 96_000, "16000 ZAR", orders=9, code="ANJALI10"),
            Part("noor", "rc", 61_000, "12000 ZAR", orders=8, code="NOOR15"),
        ),
        engagement=(8_200, 600, 700, 1_000),
        revenue="37200.00",
        kpis="""\
  - key: orders
    metric: orders
    target: {op: ">=", value: 90}
  - key: views
    metric: views
    target: {op: ">=", value: 600000}
  - key: order-cost
    metric: cost_per_order
    target: {op: "<=", value: 900.00}
""",
        success="all",
        state="in_flight",
        pace="at_risk",
        kpi_results={"orders": "at_risk", "views": "watch", "order-cost": "on_track"},
        adjustments="""\
  - {on: 2026-11-09, what: offered free shipping in the second post, why: orders below pace, kpi: orders}
""",
    ),
    Campaign(
        key="advent-of-tea",
        name="Advent of tea",
        objective="conversion",
        brand="Umoja Tea",
        supports="revenue-2026",
        start=day("12-01"),
        end=day("12-14"),
        agreed_on=day("11-12"),
        budget="70000 ZAR",
        parts=(
            Part("thandi", "rrc", 0, "24000 ZAR", code="THANDI25"),
            Part("mpho", "rr", 0, "30000 ZAR", code="MPHO20"),
        ),
        kpis="""\
  - key: orders
    metric: orders
    target: {op: ">=", value: 100}
  - key: return-on-spend
    metric: roas
    target: {op: ">=", value: 1.6}
""",
        success="all",
        state="planned",
    ),
    Campaign(
        key="new-year-reset",
        name="New year reset",
        objective="retention",
        brand="Umoja Tea",
        start=day("2026-12-28"),
        end=day("2027-01-24"),
        agreed_on=day("11-13"),
        budget="60000 ZAR",
        parts=(Part("lindiwe", "rrcc", 0, "52000 ZAR", code="LINDIWE20"), Part("ruth", "ri", 0, "2500 ZAR")),
        costs=(Cost(0, "product", "3000 ZAR"),),
        kpis="""\
  - key: revenue
    metric: revenue
    target: {op: ">=", value: 90000.00}
  - key: saves
    metric: saves
    target: {op: ">=", value: 1500}
""",
        success="{share_met: 50%}",
        state="planned",
    ),
)
