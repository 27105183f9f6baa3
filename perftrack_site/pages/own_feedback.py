"""Feedback on a page: the sentences of the rules, and the posts they stand on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from perftrack_site.evaluation.report import CampaignResult, PostShown

from .own_campaigns import own_part
from .page import campaign_path, link
from .text import Trusted, permalink
from .words import day


@dataclass(frozen=True)
class Line:
    campaign: str
    address: Trusted
    sentence: str
    posts: tuple[Trusted, ...]


def said(
    page: str,
    campaigns: Iterable[CampaignResult],
    kind: Literal["worked", "would_help"],
    without: Collection[str] = (),
) -> tuple[Line, ...]:
    """Collect what worked, or what would help, campaign by campaign, with addresses seen from `page`.

    `without` names rules that are left out.
    """
    return tuple(line for campaign in campaigns for line in _said(page, campaign, kind, without))


def _said(page: str, campaign: CampaignResult, kind: str, without: Collection[str]) -> Iterator[Line]:
    posts = {post.page_id: post for post in campaign.posts}
    for found in own_part(campaign).feedback:
        if found.kind == kind and found.rule not in without:
            yield Line(
                campaign=campaign.name,
                address=link(page, campaign_path(campaign.key)),
                sentence=found.sentence,
                posts=tuple(_post(posts[key]) for key in found.posts),
            )


def _post(post: PostShown) -> Trusted:
    return permalink(post.permalink, f"{post.content_type} of {day(post.published_on)}")
