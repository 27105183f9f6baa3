-- One row per known_by day and post: its counters side by side, and the origin of each by name.
select
    known_by,
    platform,
    post_id,
    min(value) filter (where counter = 'views') as views,
    min(value) filter (where counter = 'impressions') as impressions,
    min(value) filter (where counter = 'reach') as reach,
    min(value) filter (where counter = 'likes') as likes,
    min(value) filter (where counter = 'comments') as comments,
    min(value) filter (where counter = 'shares') as shares,
    min(value) filter (where counter = 'saves') as saves,
    list(origin order by counter) filter (where counter = 'views') as views_origin,
    list(origin order by counter) filter (where counter = 'impressions') as impressions_origin,
    list(origin order by counter) filter (where counter = 'reach') as reach_origin,
    list(origin order by counter) filter (where counter = 'likes') as likes_origin,
    list(origin order by counter) filter (where counter = 'comments') as comments_origin,
    list(origin order by counter) filter (where counter = 'shares') as shares_origin,
    list(origin order by counter) filter (where counter = 'saves') as saves_origin
from window_counters
group by known_by, platform, post_id
