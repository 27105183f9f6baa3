-- One row per rate of an fx file: believed from the file's day; until its source's next file where that replaces it.
select
    fx.*,
    case when snapshot.overlap = 'replaces' then snapshot.until_day else date '9999-12-31' end as until_day
from fx
join snapshots_in_order as snapshot using (file)
