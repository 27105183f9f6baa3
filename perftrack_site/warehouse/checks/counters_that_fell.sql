-- Counters that fell: used as they stand (unlikes, spam purges), shown because they are unusual.
with steps as (
    select
        platform, post_id, counter, witness, known_on, value,
        lag(value) over (partition by platform, post_id, counter, witness order by known_at) as value_before
    from counter_readings
    where value is not null
)
select distinct platform, post_id as post, counter, known_on as read_on, value_before as before, value as after
from steps
where value < value_before
order by all
