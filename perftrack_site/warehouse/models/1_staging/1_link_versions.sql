-- One row per link, day and file that tells of it: believed from the file's day until the next file with that day, of whatever
-- source; of files that add up, for good.
-- A link is told apart by its host and path, as contracts spell it: no scheme, no slash at its end, lower case.
with clicks as (
    select * replace (rtrim(regexp_replace(lower(link), '^https?://', ''), '/') as link)
    from link_clicks
)
select
    clicks.*,
    clicks.link || ' ' || clicks.day as thing,
    case when sources.overlap = 'adds' then date '9999-12-31'
        else coalesce(
            lead(clicks.known_on) over (
                partition by sources.overlap = 'adds', clicks.link, clicks.day
                order by clicks.known_at, clicks.file, clicks.first_line
            ),
            date '9999-12-31'
        )
    end as until_day
from clicks
join sources using (source)
where not exists (from authority where metric = 'clicks' and authority.source <> clicks.source)
qualify sources.overlap = 'adds' or row_number() over (
    partition by sources.overlap = 'adds', clicks.link, clicks.day, clicks.known_on
    order by clicks.known_at desc, clicks.file desc, clicks.first_line desc
) = 1
