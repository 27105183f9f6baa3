"""Campaigns decided in 2026-Q2: eight of ten met or exceeded, exactly 80 %."""

from __future__ import annotations

from sample.plan import Campaign, Cost, Part, day

CAMPAIGNS = (
    Campaign(
        key="autumn-rooibos",
        name="Autumn rooibos",
        objective="launch",
        brand="Umoja Tea",
        start=day("04-01"),
        end=day("04-30"),
        budget="120000 ZAR",
        parts=(
            Part("thandi", "rrc", 92_000, "26000 ZAR", overrides="{creator-views: 80000}"),
            Part("zanele", "ri", 14_000, "5500 ZAR"),
            Part("joao", "rc", 38_000, "430 EUR"),
        ),
        engagement=(3_440, 272, 360, 421),  # 4,493 of 115,200 reached: 3.90 %
        kpis="""\
  - key: engagement
    label: Engagement on Instagram
    metric: engagement_rate_by_reach
    primary: true
    scope: {platform: instagram}
    target: {op: ">=", value: 3.5%, stretch: 4.5%}
    schedule: [{by: 2026-04-15, value: 3%}]
    min_sample: {posts: 5}
  - key: launch-views
    metric: views
    primary: true
    target: {op: ">=", value: 130000}
  - key: creator-views
    metric: views
    each: influencer
    target: {op: ">=", value: 12000}
""",
        success="all_primary",
        verdict="met",
        kpi_results={
            "engagement": "met",
            "launch-views": "met",
            "creator-views/thandi": "met",
            "creator-views/zanele": "met",
            "creator-views/joao": "met",
        },
    ),
    Campaign(
        key="easter-table",
        name="Easter table",
        objective="conversion",
        brand="Umoja Home",
        supports="revenue-2026",
        start=day("04-01"),
        end=day("04-19"),
        budget="30000 ZAR",
        parts=(Part("freja", "rrcc", 61_000, "18000 ZAR", orders=60, code="FREJA10"),),
        costs=(Cost(4, "ad_spend", "6000 ZAR"),),
        engagement=(1_310, 96, 120, 240),
        revenue="66240.00",
        kpis="""\
  - key: orders
    metric: orders
    primary: true
    target: {op: ">=", value: 60}        # exactly 60 came in
  - key: order-cost
    metric: cost_per_order
    target: {op: "<=", value: 450.00}
""",
        success="all",
        verdict="met",
        kpi_results={"orders": "met", "order-cost": "met"},
    ),
    Campaign(
        key="mothers-day-gifts",
        name="Mother's Day gifts",
        objective="conversion",
        brand="Umoja Tea",
        supports="revenue-2026",
        start=day("04-20"),
        end=day("05-10"),
        settle_days=21,
        parts=(
            Part("lindiwe", "ri", 780_000, "36000 ZAR", orders=52, code="LINDIWE10"),
            Part("ruth", "rri", 5_200, "2500 ZAR", orders=9, code="RUTH10"),
            Part("sarah-t", "rc", 51_000, "9500 ZAR", orders=24, code="SAS10", utm=True),
        ),
        costs=(Cost(2, "product", "4000.00 ZAR"),),
        engagement=(22_300, 1_100, 1_900, 2_050),
        revenue="96400.00",
        kpis="""\
  - key: revenue
    metric: revenue
    target: {op: ">=", value: 80000.00, stretch: 95000.00}
    schedule:
      - {by: 2026-04-30, value: 25000.00}
      - {by: 2026-05-07, value: 65000.00}
  - key: return-on-spend
    metric: roas
    target: {op: ">=", value: 1.2, stretch: 1.5}
""",
        success="all",
        verdict="exceeded",
        kpi_results={"revenue": "exceeded", "return-on-spend": "exceeded"},
    ),
    Campaign(
        key="chai-mornings",
        name="Chai mornings",
        objective="awareness",
        brand="Umoja Tea",
        start=day("04-13"),
        end=day("05-10"),
        budget="90000 ZAR",
        parts=(
            Part("amina", "rr", 330_000, "40000 ZAR"),
            Part("chidi", "rrc", 101_000, "21000 ZAR"),
        ),
        engagement=(9_929, 700, 1_000, 1_300),  # 12,929 of 431,000 views: one short of 3 %
        late_files=True,
        after_the_end=True,
        kpis="""\
  - key: views
    metric: views
    target: {op: ">=", value: 400000, stretch: 500000}
  - key: engagement
    metric: engagement_rate_by_views
    target: {op: ">=", value: 3%}
    schedule: [{by: 2026-04-26, value: 2.5%}]
""",
        success="all",
        verdict="missed",
        kpi_results={"views": "met", "engagement": "missed"},
        adjustments="""\
  - {on: 2026-04-27, what: moved one reel from noon to 06:30, why: engagement below pace, kpi: engagement}
""",
    ),
    Campaign(
        key="first-frost",
        name="First frost",
        objective="awareness",
        brand="Umoja Home",
        start=day("05-04"),
        end=day("05-31"),
        budget="70000 ZAR",
        parts=(
            Part("tomas", "rci", 188_000, "1150 EUR"),
            Part("siobhan", "rr", 66_000, "640 EUR", hidden=1),
            Part("haruka", "cci", 74_000, "15000 ZAR"),
        ),
        engagement=(9_800, 700, 900, 2_810),
        kpis="""\
  - key: reach
    metric: reach
    target: {op: ">=", value: 300000}
  - key: saves
    metric: saves
    target: {op: ">=", value: 2500}
""",
        success="any",
        verdict="met",
        kpi_results={"reach": "missed", "saves": "met"},
    ),
    Campaign(
        key="kettle-club",
        name="Kettle club",
        objective="retention",
        brand="Umoja Home",
        start=day("04-15"),
        end=day("05-31"),
        budget="45000 ZAR",
        parts=(Part("thandi", "rrcc", 118_000, "24000 ZAR", orders=47, code="THANDI15", utm=True),),
        engagement=(3_100, 980, 860, 640),
        revenue="55460.00",
        kpis="""\
  - key: orders
    metric: orders
    target: {op: ">=", value: 40}
  - key: basket
    label: Average order value
    metric: average_order_value
    target: {op: ">=", value: 900.00}
  - key: conversation
    metric: comments
    target: {op: ">=", value: 1200}
  - key: shares
    metric: shares
    target: {op: ">=", value: 800}
  - key: net-revenue
    metric: net_revenue
    target: {op: ">=", value: 60000.00}
""",
        success="{share_met: 60%}",
        verdict="met",
        kpi_results={
            "orders": "met",
            "basket": "met",
            "conversation": "missed",
            "shares": "met",
            "net-revenue": "missed",
        },
    ),
    Campaign(
        key="stoneware-drop",
        name="Stoneware drop | first firing",
        objective="launch",
        brand="Umoja Home",
        start=day("05-11"),
        end=day("06-07"),
        parts=(
            Part("noor", "rrc", 172_000, "38000 ZAR", orders=25, code="NOOR10"),
            Part("sarah-t", "rc", 48_000, "14000 ZAR", orders=18, code="SAS15"),
            Part("ines", "ri", 14_000, "5000 ZAR", orders=12, code="INES10"),
            Part("jorg", "rrr", 54_000, "9000 ZAR", code="JOERG10"),  # nobody used the code: 0 orders
        ),
        engagement=(8_300, 640, 910, 2_150),
        revenue="61050.00",
        kpis="""\
  - key: views
    metric: views
    weight: 3
    target: {op: ">=", value: 250000}
  - key: orders
    metric: orders
    weight: 4
    target: {op: ">=", value: 50}
  - key: return-on-investment
    metric: roi
    weight: 2
    target: {op: ">=", value: 25%}
  - key: saves
    metric: saves
    weight: 1
    target: {op: ">=", value: 3000}
""",
        success="{weighted: 70%}",
        verdict="met",
        kpi_results={"views": "met", "orders": "met", "return-on-investment": "missed", "saves": "missed"},
    ),
    Campaign(
        key="tea-school",
        name="Tea school",
        objective="consideration",
        brand="Umoja Tea",
        start=day("04-27"),
        end=day("05-24"),
        budget="80000 ZAR",
        parts=(
            Part("mei", "ccr", 160_000, "42000 ZAR"),
            Part("dimitra", "ccr", 6_000, "2200 ZAR"),
            Part("yusuf", "rc", 44_000, "9000 ZAR"),
        ),
        engagement=(9_600, 1_905, 1_400, 2_300),
        kpis="""\
  - key: conversation
    metric: comments
    primary: true
    target: {op: ">=", value: 1500, stretch: 1800}
  - key: depth
    label: Engagement, weighted by effort
    metric: weighted_engagements
    primary: true
    target: {op: ">=", value: 20000, stretch: 24000}
  - key: carousels
    metric: engagement_rate_by_reach
    scope: {platform: instagram, content_type: carousel}
    target: {op: ">=", value: 6%}
  - key: newsletter
    metric: open_rate
    target: {op: ">=", value: 35%}
    on_missing: not_evaluable
""",
        success="all_primary",
        verdict="exceeded",
        kpi_results={
            "conversation": "exceeded",
            "depth": "exceeded",
            "carousels": "met",
            "newsletter": "not_evaluable",
        },
    ),
    Campaign(
        key="winter-hygge",
        name="Vinterhygge på dansk",
        objective="launch",
        brand="Umoja Home",
        start=day("05-04"),
        end=day("06-05"),
        budget="3200 EUR",
        parts=(
            Part("freja", "rrc", 43_000, "1300 EUR", orders=26, code="FREJA15"),
            Part("jorg", "rc", 22_000, "800 EUR", orders=18, code="JOERG15"),
        ),
        costs=(Cost(1, "production", "7350.00 ZAR"),),
        engagement=(1_640, 130, 150, 310),
        revenue="52000.00",
        kpis="""\
  - key: order-cost
    metric: cost_per_order
    target: {op: "<=", value: 62.00}     # EUR, the budget's currency
  - key: revenue
    metric: revenue
    target: {op: ">=", value: 2200.00, currency: EUR}
""",
        success="all",
        verdict="met",
        kpi_results={"order-cost": "met", "revenue": "met"},
    ),
    Campaign(
        key="honeybush-hour",
        name="Honeybush hour",
        objective="awareness",
        brand="Umoja Tea",
        start=day("05-18"),
        end=day("06-12"),
        budget="25000 ZAR",
        parts=(Part("lukasz", "rrcrr", 128_400, "16000 ZAR"),),
        engagement=(2_420, 190, 250, 324),  # 3.1 % of 102,720 reached
        kpis="""\
  - key: views
    metric: views
    target: {op: ">=", value: 150000}
  - key: engagement
    metric: engagement_rate_by_reach
    target: {op: between, value: 2%, upper: 4%}
""",
        success="all",
        verdict="missed",
        kpi_results={"views": "missed", "engagement": "met"},
    ),
)
