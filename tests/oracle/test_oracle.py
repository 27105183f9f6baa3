"""The oracle by itself: answers worked out by hand, and workspaces that leave nothing out."""

from __future__ import annotations

import ast
import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from oracle import Judgement, instances, judge
from oracle_by_hand import ORDER_CELLS, insights, kpis, media, workspace
from oracle_config import load
from oracle_counting import SIMPLE
from workspaces import write_workspace

HERE = Path(__file__).parent
SPEND = "day,campaign,influencer,cost_type,amount,currency"
LEADS = "enquiry_id,day,kind,campaign,influencer,promo_code,utm_campaign"


def test_posts_count_by_their_business_day_and_as_known_when_the_campaign_is_decided(tmp_path: Path) -> None:
    """Post 3 went online at 22:30 UTC on the last day, which is the day after in Johannesburg.

    Posts 1 and 2 remain; 2 shows no reach. 30 + 4 + 3 + 3 of 1000 is 4 %. The file of 16 March is late.
    """
    workspace(
        tmp_path,
        """
        name: Tea
        start: 2026-03-01
        end: 2026-03-10
        settle_days: 5
        success: any
        kpis:
          - {key: rate, metric: engagement_rate_by_reach, min_coverage: 50%,
             target: {op: ">=", value: 4%, stretch: 4.1%}}
          - {key: reach, metric: reach, target: {op: ">=", value: 1000}}
          - {key: views, metric: views, target: {op: ">=", value: 3001, stretch: 5000}}
        influencers:
          - {influencer: ana, tracking: [{hashtag: "#tea"}]}
        """,
        {
            "list-2026-03-14.json": '{"data": ['
            f"{media('1', '2026-03-01T08:00:00+0000')}, {media('2', '2026-02-28T22:00:00+0000')}, "
            f"{media('3', '2026-03-10T22:30:00+0000')}]}}",
            "insights-2026-03-14.json": insights(
                _1={"views": 2000, "reach": 1000, "likes": 30, "comments": 4, "shares": 3, "saved": 3},
                _2={"views": 1000, "likes": 9, "comments": 0, "shares": 0, "saved": 0},
                _3={"views": 7000, "reach": 7000},
            ),
            "insights-2026-03-16.json": insights(_1={"views": 9000, "reach": 10}),
        },
    )
    judgement = judge(tmp_path)
    rate, reach, views = (kpis(judgement)[key] for key in ("rate", "reach", "views"))
    assert (rate.value, rate.covered, rate.rows, rate.verdict) == (Fraction(1, 25), 1, 2, "met")
    assert (reach.value, reach.why, reach.covered, reach.rows) == (None, "coverage", 1, 2)
    assert (views.value, views.verdict) == (Fraction(3000), "missed")
    # Reach has no stretch, so that it could not have made more of it than met.
    assert judgement.campaigns[0].verdict == "met"
    goal = judgement.goals[0]
    assert (goal.met, goal.share, goal.reached) == (frozenset({"tea"}), Fraction(1), True)


def test_orders_are_led_home_by_code_or_tag_and_money_is_changed_at_the_rate_of_the_day(
    tmp_path: Path,
) -> None:
    """#1 has two codes of one owner, #2 comes by UTM in EUR at 20.5; #4 is cancelled, #5 too early.

    Revenue 100 + 10 x 20.5 = 305; net 305 - 2 x 20.5 = 264; 3 orders with the unpaid #3; spend 61.
    """
    workspace(
        tmp_path,
        """
        name: Tea
        start: 2026-03-01
        end: 2026-03-10
        settle_days: 0
        kpis:
          - {key: orders, metric: orders, target: {op: between, value: 3, upper: 4}}
          - {key: revenue, metric: revenue, target: {op: ">=", value: 305.00}}
          - {key: net, metric: net_revenue, target: {op: ">=", value: 264.01}}
          - {key: basket, metric: average_order_value, target: {op: ">=", value: 100.00, stretch: 152.50}}
          - {key: roas, metric: roas, target: {op: ">=", value: 5}}
          - {key: order-cost, metric: cost_per_order, target: {op: "<=", value: 20.33}}
        influencers:
          - {influencer: ana, tracking: [{promo_code: ANA10}, {promo_code: TEA}, {utm_campaign: tea}]}
        """,
        {
            "orders-2026-03-10.csv": f"""\
            {ORDER_CELLS}
            #1,paid,ZAR,100.00,0.00,"ana10, Tea",,2026-03-01 00:00:00 +0200,
            #2,partially_refunded,EUR,10.00,2.00,,utm_campaign: TEA,2026-03-05 10:00:00 +0000,
            #3,pending,ZAR,40.00,0.00,TEA,,2026-03-10 21:59:59 +0000,
            #4,paid,ZAR,40.00,0.00,TEA,,2026-03-09 12:00:00 +0000,2026-03-09 13:00:00 +0000
            #5,paid,ZAR,40.00,0.00,TEA,,2026-02-28 21:59:59 +0000,
            """,
            "spend-2026-03-10.csv": """\
            day,campaign,influencer,cost_type,amount,currency,reference
            2026-02-01,tea,ana,fee,50.00,ZAR,1
            2026-03-10,tea,,product,11.00,ZAR,2
            2026-03-11,tea,,product,500.00,ZAR,3
            """,
            "fx-2026-03-10.csv": "day,base,quote,rate\n2026-02-26,EUR,ZAR,20.5\n2026-03-06,EUR,ZAR,30\n",
        },
    )
    judgement = judge(tmp_path)
    values = {key: (kpi.value, kpi.verdict) for key, kpi in kpis(judgement).items()}
    assert values == {
        "orders": (3, "met"),
        "revenue": (305, "met"),
        "net": (264, "missed"),
        "basket": (Fraction(305, 2), "exceeded"),
        "roas": (5, "met"),
        "order-cost": (Fraction(61, 3), "missed"),  # 20.333... is above 20.33
    }
    assert judgement.campaigns[0].verdict == "missed"


def report(*dimensions: str, rows: dict[tuple[str, ...], tuple[int, int]]) -> str:
    """Write a report of visits: the values of its dimensions, then sessions and key events."""
    return json.dumps(
        {
            "dimensionHeaders": [{"name": name} for name in dimensions],
            "metricHeaders": [{"name": "sessions"}, {"name": "keyEvents"}],
            "rows": [
                {
                    "dimensionValues": [{"value": value} for value in values],
                    "metricValues": [{"value": str(number)} for number in numbers],
                }
                for values, numbers in rows.items()
            ],
        }
    )


def clicks(**days: int) -> str:
    """Write the clicks of days of March."""
    listed = [{"date": f"2026-03-{day[1:]}T00:00:00+0000", "clicks": number} for day, number in days.items()]
    return json.dumps({"unit": "day", "link_clicks": listed})


def test_who_came_is_led_home_once_whichever_files_tell_of_it(tmp_path: Path) -> None:
    """40 sessions of 4 March and the later file's 12 of the 5th; 2 of 52 were key events that both files told.

    The link has the later file's 6 clicks, and 5. Enquiry 1 stands in two lists, 2 came by code, 3 is named,
    4 is another campaign's, 5 nobody's: 3 of them. 90 were spent.
    """
    by, tags = ("date", "sessionCampaignName", "sessionManualAdContent"), ("tea", "Ana")
    workspace(
        tmp_path,
        """
        name: Tea
        start: 2026-03-01
        end: 2026-03-10
        settle_days: 5
        kpis:
          - {key: sessions, metric: sessions, target: {op: ">=", value: 52}}
          - {key: rate, metric: conversion_rate, target: {op: ">=", value: 4%}}
          - {key: clicks, metric: clicks, target: {op: ">=", value: 12}}
          - {key: lead-cost, metric: cost_per_lead, target: {op: "<=", value: 30.00, stretch: 29.99}}
        influencers:
          - influencer: ana
            tracking: [{utm_campaign: tea, utm_content: ana}, {link: tea.example/a}, {promo_code: ANA}]
        """,
        {
            "visits-2026-03-06.json": report(
                *by,
                rows={
                    ("20260304", *tags): (40, 1),
                    ("20260305", *tags): (10, 3),
                    ("20260305", "tea", "ben"): (7, 7),
                },
            ),
            "visits-cities-2026-03-06.json": report(
                *by, "city", rows={("20260304", *tags, "Lagos"): (38, 0)}
            ),
            "visits-2026-03-14.json": report(
                *by, rows={("20260305", *tags): (12, 1), ("20260311", *tags): (9, 9)}
            ),
            "visits-2026-03-16.json": report(*by, rows={("20260304", *tags): (99, 99)}),
            "clicks-2026-03-06.json": clicks(_04=5, _05=2),
            "clicks-2026-03-14.json": clicks(_05=6, _12=50),
            "leads-2026-03-06.csv": f"{LEADS}\n1,2026-03-05,quote,tea,,,\n2,2026-03-05,quote,,,ana,\n",
            "leads-2026-03-14.csv": f"{LEADS}\n1,2026-03-05,quote,tea,,,\n3,2026-03-06,call,tea,ana,,x\n"
            "4,2026-03-06,call,coffee,ana,ANA,\n5,2026-03-06,call,,ana,,tea\n",
            "spend-2026-03-10.csv": f"{SPEND}\n2026-03-01,tea,ana,fee,90.00,ZAR\n",
        },
    )
    values = {key: (kpi.value, kpi.verdict) for key, kpi in kpis(judge(tmp_path)).items()}
    assert values == {
        "sessions": (52, "met"),
        "rate": (Fraction(2, 52), "missed"),
        "clicks": (11, "missed"),
        "lead-cost": (30, "met"),
    }


def video(name: str, day: int, caption: str, likes: int, comments: int) -> dict[str, object]:
    """Write a video of March as everybody sees it."""
    published = f"2026-03-{day:02}T08:00:00Z"
    return {
        "id": name,
        "snippet": {"publishedAt": published, "channelId": "UC1", "title": "", "description": caption},
        "statistics": {"likeCount": str(likes), "commentCount": str(comments)},
    }


def test_a_video_is_what_all_its_sources_tell_and_totals_of_later_days_are_not_its_own(
    tmp_path: Path,
) -> None:
    """Studio knows whose video 1 is, the API its hashtag; its shares come from the days since before it was published.

    YouTube's engagements are likes and comments: 30 + 10. Video 2 is a partnership without a hashtag, and its
    days begin too late, so that its shares are unknown: 1 of 2 videos shows them.
    """
    videos = [video("video-00001", 2, "#Tea", 30, 10), video("video-00002", 1, "", 7, 1)]
    videos[1]["paidProductPlacementDetails"] = {"hasPaidProductPlacement": True}
    studio = "Content,Video title,Video publish time,Shares\nTotal,,,9\nvideo-0000%s,,2026-03-0%s,%s\n"
    workspace(
        tmp_path,
        """
        name: Tea
        start: 2026-03-01
        end: 2026-03-10
        settle_days: 0
        kpis:
          - {key: engagements, metric: engagements, target: {op: ">=", value: 48}}
          - {key: shares, metric: shares, min_coverage: 50%, target: {op: ">=", value: 5}}
        influencers:
          - {influencer: ana, tracking: [{hashtag: "#tea"}]}
        """,
        {
            "videos-2026-03-09.json": json.dumps({"items": videos}),
            "studio-2026-03-02_2026-03-08-2026-03-09.csv": studio % (1, 2, 4),
            "studio-2026-03-02_2026-03-09-2026-03-10.csv": studio % (2, 1, 5),
        },
    )
    found = kpis(judge(tmp_path))
    shares = found["shares"]
    assert found["engagements"].value == Fraction(48)
    assert (shares.value, shares.covered, shares.rows) == (Fraction(4), 1, 2)


def test_in_flight_a_count_is_held_against_the_straight_line_between_its_checkpoints(tmp_path: Path) -> None:
    """On day 8 of 10 the line from 400 (day 4) to 1000 (day 10) stands at 800: 720 are exactly 90 %: watch.

    The share of 720 in 18000 is held against the next checkpoint, 4 %: there. An order count needs a code.
    """
    campaign = """
        name: Tea
        start: 2026-03-01
        end: 2026-03-10
        settle_days: 30
        kpis:
          - {key: likes, metric: likes, schedule: [{by: 2026-03-04, value: 400}],
             target: {op: ">=", value: 1000}}
          - {key: rate, metric: engagement_rate_by_reach, schedule: [{by: 2026-03-09, value: 4%}],
             target: {op: ">=", value: 5%}}
          - {key: reach, metric: reach, target: {op: ">=", value: 20001}}
          - {key: orders, metric: orders, target: {op: ">=", value: 1}}
        influencers:
          - {influencer: ana, posts: ["instagram:1"]}
    """
    counters = {"reach": 18000, "likes": 720, "comments": 0, "shares": 0, "saved": 0}
    files = {
        "list-2026-03-02.json": f'{{"data": [{media("1", "2026-03-01T08:00:00+0000")}]}}',
        "insights-2026-03-08.json": insights(_1=counters),
    }
    judgement = judge(workspace(tmp_path, campaign, files))
    paces = {key: (kpi.pace, kpi.why) for key, kpi in kpis(judgement).items()}
    assert paces == {
        "likes": ("watch", None),
        "rate": ("on_track", None),
        "reach": ("at_risk", None),  # it does not add up over posts: 18000 against all of 20001
        "orders": (None, "no tracking"),
    }
    assert (judgement.campaigns[0].state, judgement.campaigns[0].pace) == ("in_flight", "at_risk")
    assert judgement.goals[0].pending == frozenset()  # decided on 9 April, in the next quarter
    (tmp_path / "data/spend-2026-04-02.csv").write_text("day,campaign,influencer,cost_type,amount,currency\n")
    assert judge(tmp_path).goals[0].pending == {"tea"}
    assert judge(tmp_path, "2026-Q1").campaigns[0].state == "settling"


def test_the_same_seed_writes_the_same_workspace(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_workspace(tmp_path / name, seed=7)
    one, two = (
        {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*.*"))}
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two


def test_the_oracle_and_its_workspaces_import_nothing_of_the_product() -> None:
    checked = {path for path in HERE.glob("*.py") if path.name.startswith(("oracle", "workspace"))}
    for path in checked - {HERE / "oracle_compare.py"}:
        tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        names = [node.module or "" for node in tree if isinstance(node, ast.ImportFrom)]
        assert not [name for name in names if "perftrack" in name], path.name
        assert "import perftrack" not in path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def population(right: dict[Path, Judgement]) -> Counter[str]:
    """Count what occurs in a hundred random workspaces."""
    seen: Counter[str] = Counter()
    for root, judgement in right.items():
        seen.update(f"state {campaign.state}" for campaign in judgement.campaigns)
        seen.update(f"campaign {campaign.verdict or campaign.pace}" for campaign in judgement.campaigns)
        seen.update(f"kpi {kpi.verdict or kpi.pace}" for kpi in judgement.kpis)
        seen.update(f"why {kpi.why}" for kpi in judgement.kpis)
        seen.update(
            f"value of {total.metric}" for kpi in judgement.kpis for total in kpi.totals if total.total
        )
        seen.update(f"goal {goal.reached}" for goal in judgement.goals)
        seen.update(_edges(root, judgement))
    return seen


def _edges(root: Path, judgement: Judgement) -> list[str]:
    """Name the targets that stand exactly on what was reached, and those one cent or count beside it."""
    targets = {
        (campaign.key, kpi.key, who or kpi.scope.get("influencer")): target
        for campaign in load(root).campaigns
        for kpi, who, target in instances(campaign)
    }
    found = [
        (kpi.value, targets[kpi.campaign, kpi.kpi, kpi.influencer]) for kpi in judgement.kpis if kpi.verdict
    ]
    gaps = [abs(value - target.value) for value, target in found if value is not None]
    return ["edge on" if gap == 0 else "edge beside" for gap in gaps if gap in (0, 1, Fraction(1, 100))]


@pytest.mark.parametrize(
    "occurs",
    [
        *(f"state {state}" for state in ("planned", "in_flight", "settling", "decided", "cancelled")),
        *(f"campaign {verdict}" for verdict in ("exceeded", "met", "missed", "not_evaluable")),
        *(f"kpi {verdict}" for verdict in ("exceeded", "met", "missed", "not_evaluable")),
        *(f"{whose} {pace}" for whose in ("campaign", "kpi") for pace in ("on_track", "watch", "at_risk")),
        *(f"why {why}" for why in ("no source", "no posts", "no spend", "no tracking", "not read")),
        *(f"why {why}" for why in ("coverage", "sample", "zero denominator", "mixed currencies")),
        *(f"goal {reached}" for reached in (True, False, None)),
        *(f"value of {metric}" for metric in SIMPLE),
        "edge on",
        "edge beside",
    ],
)
def test_random_workspaces_leave_nothing_out(population: Counter[str], occurs: str) -> None:
    assert population[occurs] >= 3
