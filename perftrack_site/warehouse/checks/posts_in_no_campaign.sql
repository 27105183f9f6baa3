-- Posts of our influencers that belong to no campaign: neither named, nor tagged in its days, nor marked as paid.
select
    post.owner as influencer,
    post.platform,
    count(distinct post.post_id) as posts,
    min(post.published_on) as first_post,
    max(post.published_on) as last_post
from post_owners as post
where post.owner is not null
    and not exists (
        from post_claims as claims where claims.platform = post.platform and claims.post_id = post.post_id
    )
group by post.owner, post.platform
order by all
