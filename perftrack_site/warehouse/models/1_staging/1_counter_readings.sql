-- One row per post, counter, witness and moment: the value read; null where two readings of that moment disagree.
select
    platform,
    post_id,
    counter,
    witness,
    known_at,
    known_on,
    case when count(distinct value) = 1 then min(value) end as value,
    count(distinct value) > 1 as is_conflict,
    list_sort(list(distinct value)) as values_read,
    max(error_after_days) as error_after_days,
    min({'file': file, 'first_line': first_line, 'last_line': last_line}) as origin
from post_counts
join sources using (source)
group by platform, post_id, counter, witness, known_at, known_on
