-- One row per order version, kind of claim and claiming campaign; the lowest rank, then the most keys, is believed first.
with claims as (
    select
        version.shop, version.order_id, version.known_on, tracking.kind, 1 as keys,
        tracking.campaign, tracking.influencer
    from (select *, unnest(promo_codes) as code from order_versions where counts) as version
    join tracking
        on tracking.kind = 'promo_code'
        and lower(tracking.value) = lower(version.code)
        and version.ordered_on between tracking.valid_from and tracking.valid_to
    union
    select
        tags.shop, tags.order_id, tags.known_on, tracking.kind,
        (tracking.utm_campaign is not null)::integer + (tracking.utm_content is not null)::integer
        + (tracking.utm_source is not null)::integer + (tracking.utm_medium is not null)::integer,
        tracking.campaign, tracking.influencer
    from order_tags as tags
    join tracking
        on tracking.kind = 'utm'
        and lower(tracking.utm_campaign) is not distinct from tags.utm_campaign
        and lower(tracking.utm_content) is not distinct from tags.utm_content
        and lower(tracking.utm_source) is not distinct from tags.utm_source
        and lower(tracking.utm_medium) is not distinct from tags.utm_medium
        and tags.ordered_on between tracking.valid_from and tracking.valid_to
)
select claims.*, attribution.rank
from claims
join attribution using (kind)
