"""The door of the room: contracts and measures in, one Report out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from perftrack_site.config.models import Influencer, Metric, Project
from perftrack_site.evaluation.campaigns import campaign_result
from perftrack_site.evaluation.cells import by_metric
from perftrack_site.evaluation.goals import goal_result
from perftrack_site.evaluation.measures import Benchmark, Measure, Post
from perftrack_site.evaluation.quality import Evidence, quality
from perftrack_site.evaluation.receipts import formula
from perftrack_site.evaluation.report import InfluencerResult, Integration, MetricShown, Period, Report
from perftrack_site.evaluation.tiers import tier
from perftrack_site.evaluation.values import Catalogue, has_source
from perftrack_site.evaluation.viewpoint import Viewpoint
from perftrack_site.evaluation.windows import evaluation_day

NOT_LOOKED_AT = Integration()


def evaluate(  # noqa: PLR0917 - what it judges from, in the order in which it comes about
    project: Project,
    period: Period,
    as_of: date,
    measures: Sequence[Measure],
    posts: Sequence[Post],
    evidence: Evidence,
    benchmarks: Sequence[Benchmark] = (),
    integration: Integration = NOT_LOOKED_AT,
) -> Report:
    """Judge every campaign and goal as an edition of `period` sees them.

    `measures` and `posts` answer the windows of `windows(project, period, as_of)`; `evidence` holds the files
    by the index their lines refer to; `benchmarks` are the outside figures known by the cutoff; `integration` is
    what the sources cover, as it is. Results are
    ordered by key, whatever the order of what comes in.
    """
    day = evaluation_day(period, as_of)
    view = Viewpoint(project, period, day, by_metric(measures), evidence.files, benchmarks)
    own_posts = _by_campaign(posts)
    in_order = sorted(project.campaigns, key=lambda campaign: campaign.key)
    campaigns = tuple(campaign_result(view, campaign, own_posts[campaign.key]) for campaign in in_order)
    starts = project.settings.fiscal_year_starts
    return Report(
        project=project.settings.name,
        timezone=project.settings.timezone,
        currency=project.settings.currency,
        audience="internal",
        as_of=as_of,
        period=period,
        goals=tuple(goal_result(goal, campaigns, day, starts) for goal in project.settings.goals),
        campaigns=campaigns,
        influencers=tuple(
            _influencer(project, influencer)
            for influencer in sorted(project.influencers, key=lambda found: found.key)
        ),
        metrics=tuple(
            _metric(metric, project.catalogue)
            for metric in sorted(project.catalogue.values(), key=lambda found: found.key)
        ),
        quality=quality(view, evidence),
        integration=integration,
    )


def _by_campaign(posts: Sequence[Post]) -> Mapping[str, list[Post]]:
    found: defaultdict[str, list[Post]] = defaultdict(list)
    for post in posts:
        found[post.campaign].append(post)
    return found


def _influencer(project: Project, influencer: Influencer) -> InfluencerResult:
    campaigns = [
        campaign
        for campaign in project.campaigns
        if any(party.influencer == influencer.key for party in campaign.influencers)
    ]
    campaigns.sort(key=lambda campaign: campaign.key)
    campaigns.sort(key=lambda campaign: campaign.start, reverse=True)
    return InfluencerResult(
        key=influencer.key,
        name=influencer.name,
        niche=influencer.niche,
        country=influencer.country,
        tier=tier(influencer.followers.values(), project.settings.tiers),
        accounts=dict(sorted(influencer.accounts.items())),
        followers=dict(sorted(influencer.followers.items())),
        campaigns=tuple(campaign.key for campaign in campaigns),
    )


def _metric(metric: Metric, catalogue: Catalogue) -> MetricShown:
    return MetricShown(
        key=metric.key,
        label=metric.label,
        definition=metric.definition,
        formula=formula(metric),
        unit=metric.unit,
        basis=metric.basis,
        direction=metric.direction,
        additive=metric.additive,
        note=metric.not_additive_note,
        origin=metric.origin,
        definition_version=metric.definition_version,
        effective_from=metric.effective_from,
        has_source=has_source(metric, catalogue),
    )
