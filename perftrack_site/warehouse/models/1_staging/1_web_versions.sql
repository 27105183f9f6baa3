-- One row per line of web analytics: believed from its file's day until a later file of its source tells of the same day.
-- Of the reports that break a day down in different ways, the one that tells most of the UTM tags (then fewest other things) is
-- taken for a day: sessions by city and sessions by campaign are the same sessions.
with reports as (
    select
        web.source, web.site, web.day, web.breakdown, web.known_on, sources.overlap,
        (web.breakdown like '%utm_campaign%')::integer + (web.breakdown like '%utm_content%')::integer
            + (web.breakdown like '%utm_source%')::integer + (web.breakdown like '%utm_medium%')::integer as tags,
        len(string_split(web.breakdown, ',')) as dimensions
    from (select distinct source, site, day, breakdown, known_on from web_days) as web
    join sources using (source)
),
in_order as (
    select
        *,
        case when overlap = 'replaces'
            then coalesce(
                lead(known_on) over (partition by source, site, day, breakdown order by known_on), date '9999-12-31'
            )
            else date '9999-12-31'
        end as until_day,
        dense_rank() over (partition by site, day order by tags desc, dimensions, breakdown) as choice
    from reports
    where not exists (from authority where metric = 'sessions' and authority.source <> reports.source)
)
select
    web.*,
    'line ' || row_number() over (order by web.file, web.first_line, web.utm_campaign, web.utm_content, web.utm_source,
        web.utm_medium, web.channel_group, web.landing_page, web.country, web.device, web.event, web.other) as thing,
    in_order.until_day
from web_days as web
join in_order using (source, site, day, breakdown, known_on)
where in_order.choice = 1 and in_order.tags > 0
