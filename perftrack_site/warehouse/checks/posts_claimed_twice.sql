-- Posts that two campaigns claim with equal right: they belong to neither.
select distinct platform, post_id as post, kind as claimed_as, claimed_by
from post_attribution
where is_conflict
order by all
