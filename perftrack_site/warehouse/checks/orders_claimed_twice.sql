-- Orders that two campaigns or influencers claim with equal right: they belong to neither.
select distinct place as shop, thing as "order", kind as claimed_by_its, claimed_by
from event_attribution
where feed = 'orders' and is_conflict
order by all
