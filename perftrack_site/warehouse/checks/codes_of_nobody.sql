-- Promo codes on orders that lead to no campaign, or not on that day: such a code credits nobody.
select
    upper(used.code) as code,
    case when bool_or(known.value is not null) then 'used outside its dates' else 'in no contract' end as why,
    count(distinct used.order_id) as orders,
    min(used.ordered_on) as first_order,
    max(used.ordered_on) as last_order
from (select *, unnest(promo_codes) as code from order_versions where counts) as used
left join (select distinct lower(value) as value from tracking where kind = 'promo_code') as known
    on known.value = lower(used.code)
where not exists (
    from tracking
    where tracking.kind = 'promo_code' and lower(tracking.value) = lower(used.code)
        and used.ordered_on between tracking.valid_from and tracking.valid_to
)
group by upper(used.code)
order by all
