-- One row per event with UTM tags and set of UTM keys that rules ask for: its tags, cut to these keys.
-- There are few such sets; with them, events meet rules by equality instead of each event each rule.
with asked as (
    select distinct
        utm_campaign is not null as campaign,
        utm_content is not null as content,
        utm_source is not null as source,
        utm_medium is not null as medium
    from tracking
    where kind = 'utm'
)
select
    event.feed,
    event.place,
    event.thing,
    event.known_on,
    event.day,
    case when asked.campaign then lower(event.utm_campaign) end as utm_campaign,
    case when asked.content then lower(event.utm_content) end as utm_content,
    case when asked.source then lower(event.utm_source) end as utm_source,
    case when asked.medium then lower(event.utm_medium) end as utm_medium
from events as event
cross join asked
where coalesce(event.utm_campaign, event.utm_content, event.utm_source, event.utm_medium) is not null
