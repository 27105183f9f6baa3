-- Posts of accounts that belong to no influencer we know.
select platform, account, source, count(distinct post_id) as posts
from post_owners
where owner is null
group by platform, account, source
order by all
