"""From a Report to all its pages, as values; nothing is written yet."""

from __future__ import annotations

from dataclasses import replace

from perftrack_site.errors import ConfigError, Fault
from perftrack_site.evaluation.audience import INTERNAL
from perftrack_site.evaluation.report import Report
from perftrack_site.evaluation.report_json import dump

from .campaign import campaign_page
from .campaigns import campaigns_page
from .data_quality import data_quality_page
from .downloads import (
    campaign_list,
    campaign_tables,
    home_tables,
    influencer_list,
    influencer_tables,
    integration_tables,
    offer,
    quality_tables,
)
from .home import home_page
from .how_we_measure import how_we_measure_page
from .influencer import influencer_page
from .influencers import influencers_page
from .integration import integration_page
from .own import OWN_NAV, own_pages
from .page import Page

# Title and page, short and the same on every page: with a navigation that grows with the campaigns, time and
# size of a build would grow with their square.
NAV = (
    ("Overview", "index"),
    ("Campaigns", "campaigns"),
    ("Influencers", "influencers"),
    ("Data quality", "data-quality"),
    ("Integration", "integration"),
    ("How we measure", "how-we-measure"),
)


def navigation(report: Report) -> tuple[tuple[str, str], ...]:
    """List title and page of the navigation, the same on every page of an edition."""
    return NAV if report.audience == INTERNAL else OWN_NAV


def make_pages(report: Report) -> tuple[Page, ...]:
    """Make every page of an edition from its Report alone; a campaign outside the edition has none.

    An influencer's Report makes their own pages. The home page carries the whole Report as results.json.
    ConfigError where a key would take the place of a list page.
    """
    _refuse_index(report)
    if report.audience != INTERNAL:
        return own_pages(report)
    home = home_page(report)
    return (
        offer(replace(home, files={**home.files, "results.json": dump(report)}), home_tables(report)),
        offer(campaigns_page(report), campaign_list(report)),
        *(
            offer(campaign_page(report, found), campaign_tables(found))
            for found in report.campaigns
            if found.in_edition
        ),
        offer(influencers_page(report), influencer_list(report)),
        *(
            offer(influencer_page(report, found), influencer_tables(report, found.key))
            for found in report.influencers
        ),
        offer(data_quality_page(report), quality_tables(report)),
        offer(integration_page(report), integration_tables(report)),
        how_we_measure_page(report),
    )


def _refuse_index(report: Report) -> None:
    """Refuse the key `index`: `campaigns/index.md` is served where the list of campaigns is."""
    places = {
        "config/campaigns/index.yml:1": [one.key for one in report.campaigns],
        "config/influencers.yml": [one.key for one in report.influencers],
    }
    faults = tuple(
        Fault(place, "key", "'index' would take the place of the list page", "choose another key")
        for place, keys in places.items()
        if "index" in keys
    )
    if faults:
        raise ConfigError("These keys cannot have a page:", faults)
