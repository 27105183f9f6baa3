-- One row per line of web analytics: believed from its file's day until a later file of its source tells of the same day, or
-- until a better report of that day is known.
-- Of the reports that break a day down in different ways, the one that tells most of the UTM tags (then fewest other things) is
-- taken for a day: sessions by city and sessions by campaign are the same sessions, and so are those of two sources.
with reports as (
    select distinct
        web.source, web.site, web.day, web.breakdown, web.known_at, web.known_on, sources.overlap = 'adds' as adds,
        (web.breakdown like '%utm_campaign%')::integer + (web.breakdown like '%utm_content%')::integer
            + (web.breakdown like '%utm_source%')::integer + (web.breakdown like '%utm_medium%')::integer as tags,
        len(string_split(web.breakdown, ',')) as dimensions
    from web_days as web
    join sources using (source)
    where not exists (from authority where metric = 'sessions' and authority.source <> web.source)
),
better as (
    -- from which day on a better report of the same day is known
    select
        source, site, day, breakdown,
        min(min(known_on)) over (
            partition by site, day order by tags desc, dimensions, breakdown, source
            rows between unbounded preceding and 1 preceding
        ) as outdone_on
    from reports
    group by source, site, day, breakdown, tags, dimensions
),
in_order as (
    select
        *,
        case when not adds
            then lead(known_on) over (partition by source, site, day, breakdown order by known_at)
        end as replaced_on
    from reports
)
select
    web.*,
    'line ' || row_number() over (order by web.file, web.first_line, web.utm_campaign, web.utm_content, web.utm_source,
        web.utm_medium, web.channel_group, web.landing_page, web.country, web.device, web.event, web.other) as thing,
    least(
        coalesce(in_order.replaced_on, date '9999-12-31'), coalesce(better.outdone_on, date '9999-12-31')
    ) as until_day
from web_days as web
join in_order using (source, site, day, breakdown, known_at)
join better using (source, site, day, breakdown)
where in_order.tags > 0 and in_order.known_on < until_day
