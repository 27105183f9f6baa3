-- One row per order and day on which an export showed it: how it stood, from that day until the next export with it.
with numbered as (
    select
        *,
        row_number() over (
            partition by shop, order_id, known_on order by known_at desc, file desc, first_line desc
        ) as from_last
    from orders
    where not exists (from authority where metric = 'orders' and authority.source <> orders.source)
)
select
    * exclude (from_last),
    not coalesce(is_cancelled or is_test, false) and status is distinct from 'voided' as counts,
    coalesce(lead(known_on) over (partition by shop, order_id order by known_on), date '9999-12-31') as until_day
from numbered
where from_last = 1
