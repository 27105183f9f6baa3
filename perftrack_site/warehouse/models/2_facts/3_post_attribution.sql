-- One row per post version that is claimed: its campaign and influencer, or the several that claim it (then neither has it).
with first_kind as (
    select *
    from post_claims
    qualify rank = min(rank) over (partition by platform, post_id, known_on)
)
select
    platform,
    post_id,
    known_on,
    min(kind) as kind,
    count(distinct (campaign, influencer)) > 1 as is_conflict,
    string_agg(distinct campaign || ' / ' || influencer, ', ' order by campaign || ' / ' || influencer) as claimed_by,
    case when count(distinct (campaign, influencer)) = 1 then min(campaign) end as campaign,
    case when count(distinct (campaign, influencer)) = 1 then min(influencer) end as influencer
from first_kind
group by platform, post_id, known_on
