-- One row per counted order version and set of UTM keys that rules ask for: its tags, cut to these keys.
-- There are few such sets; with them, orders meet rules by equality instead of each order each rule.
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
    version.shop,
    version.order_id,
    version.known_on,
    version.ordered_on,
    case when asked.campaign then lower(version.utm_campaign) end as utm_campaign,
    case when asked.content then lower(version.utm_content) end as utm_content,
    case when asked.source then lower(version.utm_source) end as utm_source,
    case when asked.medium then lower(version.utm_medium) end as utm_medium
from order_versions as version
cross join asked
where version.counts
    and coalesce(version.utm_campaign, version.utm_content, version.utm_source, version.utm_medium) is not null
