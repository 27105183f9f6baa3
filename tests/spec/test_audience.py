"""What of a Report an influencer may see: their own part, and nothing that is another's or made from it."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from spec_tables import DECIDED, HERE, at_least, campaign, kpi, party, post, project, report_of

from perftrack_site.config.models import Adjustment, Agreement, Money, Scope, Source
from perftrack_site.errors import ConfigError
from perftrack_site.evaluation import report as contract
from perftrack_site.evaluation.audience import audiences, narrow, slug
from perftrack_site.evaluation.report import CampaignResult, FileShown, KpiResult, ParticipationShown, Report

TABLE = """
    metric | influencer | numerator | lines
    views  | ana        | 120       | 0:2-3 1:7
    views  | ben        | 80        | 1:2-6
"""
EACH = kpi("views", key="each-views", target=at_least("100"), each="influencer")
ALL = kpi("views", key="all-views", target=at_least("100"))


def shown(path: str, source: str, rejected: int = 0) -> FileShown:
    return FileShown(
        path, "b" * 40, source, "posts", datetime(2026, 7, 1, tzinfo=UTC), 9, 9, rejected, 0, (), ()
    )


def source(key: str, account: str | None) -> Source:
    return Source(
        key=key, format="instagram_graph.media_list", files=f"{key}.json", account=account, place=HERE
    )


FILES = (shown("data/ana.json", "ig-ana", rejected=1), shown("data/brand.json", "ig-brand", rejected=4))
AGREED = campaign(
    ALL,
    EACH,
    kpi("views", key="of-ana", target=at_least("100"), scope=Scope(influencer="ana")),
    kpi("views", key="of-ben", target=at_least("100"), scope=Scope(influencer="ben"), primary=True),
    budget=Money(amount=Decimal(9000), currency="ZAR"),
    agreed=Agreement(on=date(2026, 5, 1), by=("ben",)),
    adjustments=tuple(
        Adjustment(on=date(2026, 6, 9), what=f"for {key}", why="ben was late", kpi=key)
        for key in (None, "all-views", "each-views", "of-ana", "of-ben")
    ),
    influencers=(
        party("ana", fee=Money(amount=Decimal(70), currency="ZAR")),
        party("ben", fee=Money(amount=Decimal(4711), currency="ZAR")),
    ),
)


def whole(day: date = DECIDED) -> Report:
    other = campaign(ALL, key="other", name="Other", influencers=(party("ben"),))
    plan = project(AGREED, other, sources=(source("ig-ana", "ana"), source("ig-brand", None)))
    return report_of(plan, TABLE, day, posts=(post("1"), post("2", "ben"), post("3", None)), files=FILES)


def of_ana(report: Report | None = None) -> Report:
    return narrow(report or whole(), "influencer:ana")


def own() -> CampaignResult:
    [found] = of_ana().campaigns
    return found


def test_the_internal_audience_sees_everything() -> None:
    assert narrow(whole(), "internal") == whole()


def test_there_is_an_audience_for_every_influencer_and_a_folder_for_every_audience() -> None:
    assert audiences(project(AGREED)) == ["influencer:ana", "influencer:ben"]
    assert slug("influencer:ana") == "influencer-ana"


@pytest.mark.parametrize("audience", ["influencer:anna", "anna", "influencer:", ""])
def test_an_audience_that_is_not_there_is_refused_with_the_nearest(audience: str) -> None:
    with pytest.raises(ConfigError, match=r"--audience: there is no '.*'; .*influencer:"):
        narrow(whole(), audience)


def test_only_their_campaigns_their_part_and_their_posts_are_left() -> None:
    assert [found.key for found in of_ana().campaigns] == ["spring"]
    assert [part.influencer for part in own().influencers] == ["ana"]
    assert [found.post_id for found in own().posts] == ["1"]
    assert [found.key for found in of_ana().influencers] == ["ana"]


def test_what_was_agreed_with_them_stays_whole() -> None:
    [part] = own().influencers
    assert f"{part.fee_currency} {part.fee}" == "ZAR 70"
    assert [f"{one.key} {one.target.value} {one.verdict}" for one in part.kpis] == [
        "each-views 100 met",
        "of-ana 100 met",
    ]


def test_how_the_campaign_does_is_not_told() -> None:
    found = own()
    assert (found.verdict, found.pace, found.reason, found.success) == (None, None, None, "")
    assert (found.kpis, found.kpis_met, found.kpis_decided) == ((), 0, 0)
    assert (found.budget, found.agreed) == (None, None)


def test_only_what_was_adjusted_for_them_alone_is_told() -> None:
    assert [made.what for made in own().adjustments] == ["for of-ana"]


def test_whether_their_kpi_is_primary_depends_on_others_and_is_not_told() -> None:
    unmarked_kpi = AGREED.kpis[3].model_copy(update={"primary": False})
    unmarked = AGREED.model_copy(update={"kpis": (*AGREED.kpis[:3], unmarked_kpi)})
    one, other = (
        report_of(project(plan), TABLE, posts=(post("1"),), files=FILES) for plan in (AGREED, unmarked)
    )
    assert one.campaigns[0].influencers[0].kpis != other.campaigns[0].influencers[0].kpis
    assert of_ana(one).campaigns == of_ana(other).campaigns


def test_a_receipt_names_files_only_where_all_of_them_are_their_own() -> None:
    number = own().influencers[0].kpis[0].actual
    assert number.value == 120
    assert number.receipt is not None
    [total] = number.receipt.inputs
    assert total.total == 120
    assert total.files == ()
    only_own = TABLE.replace(" 1:7", "")
    report = report_of(project(AGREED, sources=(source("ig-ana", "ana"),)), only_own, files=FILES)
    found = of_ana(report).campaigns[0].influencers[0].kpis[0].actual.receipt
    assert found is not None
    assert [(file.path, file.lines) for file in found.inputs[0].files] == [("data/ana.json", "2-3")]


def test_rejects_are_counted_in_their_own_files_only() -> None:
    number = own().influencers[0].kpis[0].actual
    assert number.receipt is not None
    assert number.receipt.rejects == 1


def test_of_the_data_they_see_the_sources_of_their_own_account() -> None:
    quality = of_ana().quality
    assert [found.key for found in quality.sources] == ["ig-ana"]
    assert [found.path for found in quality.files] == ["data/ana.json"]
    assert (quality.rejects, quality.checks, quality.unclaimed) == ((), (), ())
    assert of_ana().goals == ()


def test_what_other_sources_cover_and_sell_is_not_theirs_to_see() -> None:
    assert of_ana().integration == contract.Integration()


def test_only_metrics_they_meet_are_defined() -> None:
    assert {found.key for found in of_ana().metrics} == {"views", "reach", "engagements", "orders", "revenue"}


def test_a_field_that_is_added_stays_out_until_it_is_let_in() -> None:
    """Whoever adds a field to one of these decides in `audience` whether an influencer sees it; then here."""
    known = {
        CampaignResult: "key name brand objective start end decided_on state verdict pace reason success kpis_met "
        "kpis_decided budget currency agreed kpis influencers posts adjustments in_edition",
        ParticipationShown: "influencer name accepted_on fee fee_currency deliverables delivered kpis totals "
        "tracking feedback",
        KpiResult: "key label metric scope influencer primary counts weight target actual verdict pace needed_now "
        "gap per_day reason treated_as schedule progress in_period earlier benchmark",
        Report: "project timezone currency audience as_of period goals campaigns influencers metrics quality "
        "integration schema",
        contract.Number: "metric value unit currency basis why covered rows row_noun note origin receipt",
        contract.Receipt: "formula inputs as_at rejects",
        contract.Input: "metric label expr table total unit currency rows covered files",
        contract.PostShown: "platform post_id page_id influencer content_type published_on caption permalink "
        "counters engagements hidden",
        contract.InfluencerResult: "key name niche country tier accounts followers campaigns",
    }
    for cls, names in known.items():
        assert [one.name for one in fields(cls)] == names.split(), cls.__name__
