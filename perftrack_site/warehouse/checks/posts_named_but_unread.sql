-- Posts that a contract names and no file shows.
select named.campaign, named.influencer, named.platform, named.post_id as post
from named_posts as named
where not exists (from posts where posts.platform = named.platform and posts.post_id = named.post_id)
order by all
