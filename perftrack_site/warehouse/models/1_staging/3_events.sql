-- One row per version of anything that a code, tag or link can lead to a campaign: an order, a line of web analytics, the
-- clicks of a link on a day, an enquiry.
select
    'orders' as feed, shop as place, order_id as thing, known_on, ordered_on as day, promo_codes as codes, null as link,
    utm_campaign, utm_content, utm_source, utm_medium
from order_versions
where counts
union all
select 'web', source, thing, known_on, day, [], null, utm_campaign, utm_content, utm_source, utm_medium
from web_versions
union all
select 'links', source, thing, known_on, day, [], link, null, null, null, null
from link_versions
union all
select
    'leads', source, enquiry_id, known_on, day, case when promo_code is null then [] else [promo_code] end, null,
    utm_campaign, utm_content, utm_source, utm_medium
from enquiry_versions
