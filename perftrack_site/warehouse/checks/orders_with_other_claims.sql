-- Orders whose code leads to one campaign and whose UTM tags lead to another: the kind named first in `attribution` decided.
select distinct
    attribution.place as shop, attribution.thing as "order", attribution.kind as decided_by, attribution.campaign,
    claims.kind as other_kind, claims.campaign as other_campaign
from event_attribution as attribution
join event_claims as claims using (feed, place, thing, known_on)
where attribution.feed = 'orders' and not attribution.is_conflict and claims.kind <> attribution.kind
    and (claims.campaign, claims.influencer) <> (attribution.campaign, attribution.influencer)
order by all
