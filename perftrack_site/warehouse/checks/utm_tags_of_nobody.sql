-- UTM tags on orders that lead to no campaign, or not on that day: such a tag credits nobody.
select
    lower(used.utm_campaign) as utm_campaign,
    lower(used.utm_content) as utm_content,
    count(distinct used.order_id) as orders,
    min(used.ordered_on) as first_order,
    max(used.ordered_on) as last_order
from order_versions as used
where used.counts
    and (used.utm_campaign is not null or used.utm_content is not null)
    and not exists (
        from event_claims as claims
        where claims.feed = 'orders' and claims.kind = 'utm' and claims.place = used.shop
            and claims.thing = used.order_id
            and claims.known_on = used.known_on
    )
group by lower(used.utm_campaign), lower(used.utm_content)
order by all
