-- One row per post and day on which a snapshot showed it: what the post was believed to be, from that day until the next.
with numbered as (
    select
        *,
        row_number() over (
            partition by platform, post_id, known_on order by known_at desc, file desc, first_line desc
        ) as from_last
    from posts
)
select
    * exclude (from_last),
    coalesce(
        lead(known_on) over (partition by platform, post_id order by known_on), date '9999-12-31'
    ) as until_day
from numbered
where from_last = 1
