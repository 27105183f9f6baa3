-- One row per event that is claimed: its campaign and influencer, or the several that claim it (then neither has it).
with best_kind as (
    select *
    from event_claims
    qualify (rank, -keys) = min((rank, -keys)) over (partition by feed, place, thing, known_on)
)
select
    feed,
    place,
    thing,
    known_on,
    min(kind) as kind,
    count(distinct (campaign, influencer)) > 1 as is_conflict,
    string_agg(distinct campaign || ' / ' || coalesce(influencer, ''), ', ' order by campaign || ' / ' || coalesce(influencer, ''))
        as claimed_by,
    case when count(distinct (campaign, influencer)) = 1 then min(campaign) end as campaign,
    case when count(distinct (campaign, influencer)) = 1 then min(influencer) end as influencer
from best_kind
group by feed, place, thing, known_on
