-- One row per entry of a spend file: believed from the file's day; until its source's next file where that replaces it.
select
    spend.*,
    case when snapshot.overlap = 'replaces' then snapshot.until_day else date '9999-12-31' end as until_day
from spend
join snapshots_in_order as snapshot using (file)
