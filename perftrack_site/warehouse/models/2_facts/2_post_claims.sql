-- One row per post version, kind of claim and claiming campaign; rank 1 is believed first.
select
    post.platform, post.post_id, post.known_on, 1 as rank, 'named in the contract' as kind,
    named.campaign, named.influencer
from post_owners as post
join named_posts as named on named.platform = post.platform and named.post_id = post.post_id
union
select
    post.platform, post.post_id, post.known_on, 2, 'hashtag',
    tracking.campaign, tracking.influencer
from post_owners as post
join tracking
    on tracking.kind = 'hashtag'
    and tracking.influencer = post.owner
    and list_contains(post.hashtags, tracking.value)
    and post.published_on between tracking.valid_from and tracking.valid_to
union
select
    post.platform, post.post_id, post.known_on, 3, 'paid partnership',
    participation.campaign, participation.influencer
from post_owners as post
join participations as participation on participation.influencer = post.owner
join campaigns on campaigns.campaign = participation.campaign
where post.is_paid_partnership and post.published_on between campaigns.start_day and campaigns.last_day
