"""The pages of one influencer, made from their own Report: nothing of anybody else is in it."""

from __future__ import annotations

from dataclasses import replace

from perftrack_site.evaluation.report import Report
from perftrack_site.evaluation.report_json import dump

from .downloads import RESULTS, campaign_tables, influencer_tables, offer
from .how_we_measure import how_we_measure_page
from .own_campaign import own_campaign_page
from .own_campaigns import has_page, own_campaigns_page
from .own_home import own_home_page
from .page import Page

# Title and page, as the site's navigation takes them.
OWN_NAV = (("Overview", "index"), ("My campaigns", "campaigns"), ("How we measure", "how-we-measure"))


def own_pages(report: Report) -> tuple[Page, ...]:
    """Make every page of an influencer's edition; the home page carries their Report as results.json."""
    [influencer] = report.influencers
    home = replace(own_home_page(report), files={RESULTS: dump(report)})
    return (
        offer(home, influencer_tables(report, influencer.key)),
        own_campaigns_page(report),
        *(
            offer(own_campaign_page(report, found), campaign_tables(found))
            for found in report.campaigns
            if has_page(found)
        ),
        how_we_measure_page(report),
    )
