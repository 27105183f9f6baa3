-- One row per outside figure: believed from its file's day; until its source's next file where that replaces it.
select
    benchmarks.*,
    case when snapshot.overlap = 'replaces' then snapshot.until_day else date '9999-12-31' end as until_day
from benchmarks
join snapshots_in_order as snapshot using (file)
