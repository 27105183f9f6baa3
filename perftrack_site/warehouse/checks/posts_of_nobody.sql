-- Posts of accounts that belong to no influencer we know, from sources that do not say whose account it is.
select post.platform, post.account, post.source, count(distinct post.post_id) as posts
from post_owners as post
join sources using (source)
where post.owner is null and sources.account is null
group by post.platform, post.account, post.source
order by all
