-- Orders whose code leads to one campaign and whose UTM tags lead to another: the kind named first in `attribution` decided.
select distinct
    shop, order_id as "order", attribution.kind as decided_by, attribution.campaign,
    claims.kind as other_kind, claims.campaign as other_campaign
from order_attribution as attribution
join order_claims as claims using (shop, order_id, known_on)
where not attribution.is_conflict and claims.kind <> attribution.kind
    and (claims.campaign, claims.influencer) <> (attribution.campaign, attribution.influencer)
order by all
