-- Posts of accounts that belong to no influencer we know.
select distinct platform, account, source, count(*) over (partition by platform, account, source) as posts
from (select distinct platform, account, source, post_id from post_owners where owner is null)
order by all
