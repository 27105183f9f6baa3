-- Orders that two campaigns or influencers claim with equal right: they belong to neither.
select distinct shop, order_id as "order", kind as claimed_by_its, claimed_by
from order_attribution
where is_conflict
order by all
