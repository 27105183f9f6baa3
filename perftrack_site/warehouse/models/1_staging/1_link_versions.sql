-- One row per link, day and file that tells of it: believed from the file's day until the next file with that day.
select
    clicks.*,
    clicks.link || ' ' || clicks.day as thing,
    case when sources.overlap = 'adds' then date '9999-12-31'
        else coalesce(
            lead(clicks.known_on) over (partition by clicks.source, clicks.link, clicks.day order by clicks.known_on),
            date '9999-12-31'
        )
    end as until_day
from link_clicks as clicks
join sources using (source)
where not exists (from authority where metric = 'clicks' and authority.source <> clicks.source)
qualify row_number() over (
    partition by clicks.source, clicks.link, clicks.day, clicks.known_on
    order by clicks.known_at desc, clicks.file desc, clicks.first_line desc
) = 1
