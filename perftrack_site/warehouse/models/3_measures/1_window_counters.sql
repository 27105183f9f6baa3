-- One row per known_by day, post and counter: the value to use on that day, and where it stands.
select
    days.known_by,
    belief.platform,
    belief.post_id,
    belief.counter,
    belief.value,
    {
        'file': belief.origin.file, 'first_line': belief.origin.first_line,
        'last_line': belief.origin.last_line, 'known_on': belief.from_day
    } as origin
from (select distinct known_by from windows) as days
join counter_beliefs as belief on days.known_by >= belief.from_day and days.known_by < belief.until_day
qualify row_number() over (
    partition by days.known_by, belief.platform, belief.post_id, belief.counter order by belief.witness_rank
) = 1
