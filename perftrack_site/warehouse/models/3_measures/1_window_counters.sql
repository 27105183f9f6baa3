-- One row per known_by day, counter and post of a campaign looked at that day: the value to use, and where it stands.
with needed as (
    select distinct windows.known_by, attribution.platform, attribution.post_id
    from windows
    join post_attribution as attribution using (campaign)
)
select
    needed.known_by,
    belief.platform,
    belief.post_id,
    belief.counter,
    belief.value,
    {
        'file': belief.origin.file, 'first_line': belief.origin.first_line,
        'last_line': belief.origin.last_line, 'known_on': belief.from_day
    } as origin
from needed
join counter_beliefs as belief
    on belief.platform = needed.platform and belief.post_id = needed.post_id
    and needed.known_by >= belief.from_day and needed.known_by < belief.until_day
qualify row_number() over (
    partition by needed.known_by, belief.platform, belief.post_id, belief.counter order by belief.witness_rank
) = 1
