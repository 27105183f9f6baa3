-- One row per window, feed and participation that a code, tag or link can lead events to.
with kinds (feed, kind) as (
    values ('orders', 'promo_code'), ('orders', 'utm'), ('web', 'utm'), ('links', 'link'), ('leads', 'promo_code'), ('leads', 'utm')
)
select feed_reads.*, channel.influencer
from feed_reads
join (
    select distinct kinds.feed, tracking.campaign, tracking.influencer
    from tracking
    join attribution using (kind)
    join kinds using (kind)
) as channel using (campaign, feed)
