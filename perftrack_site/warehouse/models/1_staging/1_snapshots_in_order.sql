-- One row per snapshot: from which day until which (exclusive) it is of the newest moment of its source.
with moments as (
    select
        source,
        known_at,
        coalesce(lead(known_on) over (partition by source order by known_at), date '9999-12-31') as until_day
    from (select distinct source, known_at, known_on from snapshots)
)
select snapshots.*, sources.overlap, sources.error_after_days, moments.until_day
from snapshots
join sources using (source)
join moments using (source, known_at)
