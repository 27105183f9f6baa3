-- One row per order and day on which an export showed it: how it stood, from that day until the next export with it.
-- Where nobody is named the witness, an order that two sources tell alike is one order: that of the first source by key.
with told_before as (
    select distinct twin.source, twin.order_id
    from orders as twin
    join orders as first
        on first.order_id = twin.order_id and first.source < twin.source
        and first.ordered_on = twin.ordered_on and first.currency = twin.currency
        and first.subtotal = twin.subtotal
),
numbered as (
    select
        *,
        row_number() over (
            partition by shop, order_id, known_on order by known_at desc, file desc, first_line desc
        ) as from_last
    from orders
    where not exists (from authority where metric = 'orders' and authority.source <> orders.source)
        and (
            exists (from authority where metric = 'orders')
            or not exists (
                from told_before
                where told_before.source = orders.source and told_before.order_id = orders.order_id
            )
        )
)
select
    * exclude (from_last),
    not coalesce(is_cancelled or is_test, false) and status is distinct from 'voided' as counts,
    coalesce(lead(known_on) over (partition by shop, order_id order by known_on), date '9999-12-31') as until_day
from numbered
where from_last = 1
