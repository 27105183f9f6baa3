-- One row per snapshot: from which day until which (exclusive) it is the newest of its source.
select
    snapshots.*,
    sources.overlap,
    sources.error_after_days,
    coalesce(
        lead(snapshots.known_on) over (
            partition by snapshots.source order by snapshots.known_at, snapshots.file
        ),
        date '9999-12-31'
    ) as until_day
from snapshots
join sources using (source)
