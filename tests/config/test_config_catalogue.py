"""The built-in metrics, and what a workspace may add to them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from config_helpers import load, said

from perftrack_site.config.catalogue import built_in_catalogue, read_catalogue
from perftrack_site.config.check_catalogue import leaves
from perftrack_site.config.models import MetricType
from perftrack_site.errors import InternalError

# Every metric that contracts may name, fed or not.
PROMISED = """
    views impressions reach likes comments shares saves engagements weighted_engagements
    engagement_rate_by_reach engagement_rate_by_views engagement_rate_by_followers
    video_completion_rate clicks ctr sessions conversions conversion_rate hashtag_posts orders
    revenue net_revenue average_order_value spend cost_per_order cost_per_conversion cost_per_lead
    cost_per_new_customer cpc cpm cpe roas roi sentiment_score sentiment_coverage spam_share
    followers follower_growth subscribers subscriber_growth delivered open_rate click_rate
    click_to_open_rate unsubscribe_rate email_conversions search_clicks search_ctr search_position
    engaged_sessions time_on_page leads new_customers retention_rate lifetime_value satisfaction
    content_roi kpis_met_share
"""

METRIC = """\
metrics:
  - key: m
    label: M
    definition: D.
    unit: count
    direction: higher
    effective_from: 2026-01-01
"""


def added(more: str) -> str:
    return METRIC + "".join(f"    {line}\n" for line in more.splitlines())


def fault(root: Path, text: str) -> str:
    (only,) = said(root, {"metrics.yml": text})
    return only.removeprefix("config/metrics.yml:")


def test_every_promised_metric_is_there() -> None:
    assert set(PROMISED.split()) <= built_in_catalogue().keys()


def test_revenue_counts_paid_orders_only() -> None:
    catalogue = built_in_catalogue()
    assert [(catalogue[key].expr, catalogue[key].filter) for key in ("revenue", "net_revenue")] == [
        ("revenue", "is_paid"),
        ("net_revenue", "is_paid"),
    ]
    assert (catalogue["average_order_value"].numerator, catalogue["average_order_value"].denominator) == (
        "revenue",
        "paid_orders",
    )


def test_every_rate_has_a_basis() -> None:
    """A number without its basis is compared with unlike ones sooner or later."""
    rates = [m for m in built_in_catalogue().values() if m.unit == "share" or m.type is not MetricType.SIMPLE]
    assert [metric.key for metric in rates if not metric.basis] == []
    assert len(rates) > 20


def test_no_rate_adds_up() -> None:
    rates = [m for m in built_in_catalogue().values() if m.unit == "share" or m.type is not MetricType.SIMPLE]
    assert [metric.key for metric in rates if metric.additive] == []


def test_a_cost_is_better_when_it_is_lower() -> None:
    costs = [
        m
        for key, m in built_in_catalogue().items()
        if key.startswith("cost_per") or key in ("cpc", "cpm", "cpe")
    ]
    assert {metric.direction for metric in costs} == {"lower"}
    assert len(costs) == 7


def test_a_metric_is_made_of_simple_ones() -> None:
    catalogue = built_in_catalogue()
    assert [part.key for part in leaves(catalogue["roi"], catalogue)] == ["net_revenue", "spend"]
    assert [part.key for part in leaves(catalogue["ctr"], catalogue)] == ["clicks", "impressions"]
    assert [part.key for part in leaves(catalogue["views"], catalogue)] == ["views"]


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ("type: complex", "8:5: metrics[0].type: 'complex' is not a word for this; did you mean 'simple'?"),
        (
            "type: simple\ntable: posts",
            "2:5: metrics[0].expr: is missing; say what of the table is added up, or write agg: count",
        ),
        (
            "type: simple\nexpr: views",
            "9:5: metrics[0].expr: belongs to a table; write table: posts, orders or spend",
        ),
        (
            "type: simple\nnumerator: views",
            "9:5: metrics[0].numerator: has no place in a simple metric; it takes table, agg, expr, filter",
        ),
        (
            "type: simple\nadditive: false",
            "2:5: metrics[0].not_additive_note: is missing; say what the sum of its parts is instead",
        ),
        (
            "type: ratio\nnumerator: views",
            "2:5: metrics[0].denominator: is missing; a ratio metric needs numerator and denominator",
        ),
        (
            "type: ratio\nnumerator: veiws\ndenominator: reach",
            "9:5: metrics[0].numerator: 'veiws' is not a metric; did you mean 'views'?",
        ),
        (
            "type: ratio\nnumerator: views\ndenominator: ctr",
            "10:5: metrics[0].denominator: 'ctr' is a ratio metric; build on simple metrics only",
        ),
        (
            "type: derived\nexpr: views / reach\ninput_metrics: [views]",
            "9:5: metrics[0].expr: 'reach' is not among its input_metrics; add it there",
        ),
        (
            "type: derived\nexpr: 2 * views\ninput_metrics: [views, reach]",
            "9:5: metrics[0].expr: does not use 'reach', one of its input_metrics; take it out there",
        ),
    ],
)
def test_a_metric_that_cannot_be_worked_out_is_refused(tmp_path: Path, more: str, wrong: str) -> None:
    assert fault(tmp_path, added(more)) == wrong


@pytest.mark.parametrize(
    "expr",
    [
        "views ** 2",
        "views // 2",
        "views < 2",
        "views.real",
        "views +",
        "1.5 * views",
        "True * views",
        "1if 2 else views",
        "__import__('os')",
        "(lambda: views)()",
        "(" * 90 + "views" + ")" * 91,
        "+".join(["views"] * 50),
    ],
)
def test_an_expression_is_plain_arithmetic(tmp_path: Path, expr: str) -> None:
    text = added(f'type: derived\nexpr: "{expr}"\ninput_metrics: [views]')
    assert "is not plain arithmetic; use + - * /, whole numbers," in fault(tmp_path, text)


def test_metrics_cannot_go_round_in_circles(tmp_path: Path) -> None:
    text = added("type: derived\nexpr: n + 1\ninput_metrics: [n]").replace("metrics:\n", "")
    other = text.replace("key: m", "key: n").replace("n + 1", "m + 1").replace("[n]", "[m]")
    assert said(tmp_path, {"metrics.yml": f"metrics:\n{text}{other}"}) == [
        (
            "config/metrics.yml:10:21: metrics[0].input_metrics[0]: 'n' is a derived metric; "
            "build on simple metrics only"
        ),
        (
            "config/metrics.yml:19:21: metrics[1].input_metrics[0]: 'm' is a derived metric; "
            "build on simple metrics only"
        ),
    ]


def test_a_built_in_metric_keeps_its_meaning(tmp_path: Path) -> None:
    text = added("type: simple").replace("key: m", "key: views")
    assert fault(tmp_path, text) == "2:5: metrics[0].key: 'views' is built in; choose another key"


def test_one_wrong_metric_does_not_make_its_neighbours_unknown(tmp_path: Path) -> None:
    text = added("type: ratio\nnumerator: views\ndenominator: n")
    text += text.removeprefix("metrics:\n").replace("key: m", "key: n").replace("unit: count", "unit: pieces")
    first, *others = said(tmp_path, {"metrics.yml": text})
    assert first.startswith("config/metrics.yml:10:5: metrics[0].denominator: 'n' is a ratio metric;")
    assert others[0].startswith("config/metrics.yml:14:5: metrics[1].unit: 'pieces' is not a word for this;")


def test_a_workspace_metric_takes_targets_like_any_other(tmp_path: Path) -> None:
    text = added("type: ratio\nnumerator: saves\ndenominator: views").replace("unit: count", "unit: share")
    metric = load(tmp_path, {"metrics.yml": text}).catalogue["m"]
    assert (metric.numerator, metric.denominator, metric.unit) == ("saves", "views", "share")


def test_a_fault_in_the_built_in_catalogue_is_ours() -> None:
    text = files("perftrack_site.config").joinpath("metrics.yml").read_text(encoding="utf-8")
    broken = text.replace("denominator: reach", "denominator: raech")
    with pytest.raises(InternalError, match="'raech' is not a metric; did you mean 'reach'"):
        read_catalogue(broken, "metrics.yml")
