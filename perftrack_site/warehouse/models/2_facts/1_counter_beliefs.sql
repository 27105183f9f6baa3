-- One row per post, counter, witness and reading: the days [from_day, until_day) on which it is the last fresh one.
with last_of_day as (
    select *
    from counter_readings
    qualify row_number() over (
        partition by platform, post_id, counter, witness, known_on order by known_at desc
    ) = 1
)
select
    * exclude (known_on, error_after_days),
    known_on as from_day,
    least(
        coalesce(
            lead(known_on) over (partition by platform, post_id, counter, witness order by known_on),
            date '9999-12-31'
        ),
        known_on + error_after_days::integer + 1
    ) as until_day,
    case witness when 'insights' then 1 when 'export' then 2 when 'list' then 3 else 4 end as witness_rank
from last_of_day
