-- One row per order version, kind of claim and claiming campaign; the lowest rank, then the most keys, is believed first.
with claims as (
    select
        version.shop, version.order_id, version.known_on, tracking.kind, 1 as keys,
        tracking.campaign, tracking.influencer
    from (select *, unnest(promo_codes) as code from order_versions) as version
    join tracking
        on tracking.kind = 'promo_code'
        and lower(tracking.value) = lower(version.code)
        and version.ordered_on between tracking.valid_from and tracking.valid_to
    union
    select
        version.shop, version.order_id, version.known_on, tracking.kind,
        (tracking.utm_campaign is not null)::integer + (tracking.utm_content is not null)::integer
        + (tracking.utm_source is not null)::integer + (tracking.utm_medium is not null)::integer,
        tracking.campaign, tracking.influencer
    from order_versions as version
    join tracking
        on tracking.kind = 'utm'
        and coalesce(lower(tracking.utm_campaign) = lower(version.utm_campaign), tracking.utm_campaign is null)
        and coalesce(lower(tracking.utm_content) = lower(version.utm_content), tracking.utm_content is null)
        and coalesce(lower(tracking.utm_source) = lower(version.utm_source), tracking.utm_source is null)
        and coalesce(lower(tracking.utm_medium) = lower(version.utm_medium), tracking.utm_medium is null)
        and version.ordered_on between tracking.valid_from and tracking.valid_to
)
select claims.*, attribution.rank
from claims
join attribution using (kind)
