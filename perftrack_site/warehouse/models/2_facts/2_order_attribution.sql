-- One row per order version that is claimed: its campaign and influencer, or the several that claim it (then neither has it).
with best_kind as (
    select *
    from order_claims
    qualify (rank, -keys) = min((rank, -keys)) over (partition by shop, order_id, known_on)
)
select
    shop,
    order_id,
    known_on,
    min(kind) as kind,
    count(distinct (campaign, influencer)) > 1 as is_conflict,
    string_agg(distinct campaign || ' / ' || influencer, ', ' order by campaign || ' / ' || influencer) as claimed_by,
    case when count(distinct (campaign, influencer)) = 1 then min(campaign) end as campaign,
    case when count(distinct (campaign, influencer)) = 1 then min(influencer) end as influencer
from best_kind
group by shop, order_id, known_on
