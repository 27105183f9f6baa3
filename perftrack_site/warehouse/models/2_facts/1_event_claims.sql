-- One row per event, kind of claim and claiming campaign; the lowest rank, then the most keys, is believed first.
with claims as (
    select
        event.feed, event.place, event.thing, event.known_on, tracking.kind, 1 as keys,
        tracking.campaign, tracking.influencer
    from (select *, unnest(codes) as code from events) as event
    join tracking
        on tracking.kind = 'promo_code'
        and lower(tracking.value) = lower(event.code)
        and event.day between tracking.valid_from and tracking.valid_to
    union
    select
        tags.feed, tags.place, tags.thing, tags.known_on, tracking.kind,
        (tracking.utm_campaign is not null)::integer + (tracking.utm_content is not null)::integer
        + (tracking.utm_source is not null)::integer + (tracking.utm_medium is not null)::integer,
        tracking.campaign, tracking.influencer
    from event_tags as tags
    join tracking
        on tracking.kind = 'utm'
        and lower(tracking.utm_campaign) is not distinct from tags.utm_campaign
        and lower(tracking.utm_content) is not distinct from tags.utm_content
        and lower(tracking.utm_source) is not distinct from tags.utm_source
        and lower(tracking.utm_medium) is not distinct from tags.utm_medium
        and tags.day between tracking.valid_from and tracking.valid_to
    union
    select
        event.feed, event.place, event.thing, event.known_on, tracking.kind, 1, tracking.campaign, tracking.influencer
    from events as event
    join tracking
        on tracking.kind = 'link'
        and tracking.value = event.link
        and event.day between tracking.valid_from and tracking.valid_to
)
select claims.*, attribution.rank
from claims
join attribution using (kind)
union
-- a list kept by hand says itself whose enquiry it was
select 'leads', source, enquiry_id, known_on, 'named in the list', 1, campaign, influencer, 0
from enquiry_versions
where campaign is not null
