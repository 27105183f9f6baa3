-- One row per order and day on which an export showed it: how it stood, from that day until the next export with it.
-- Where nobody is named the witness, an order that two sources tell alike is one order: that of the first source by key, from
-- the day on which that source tells of it.
with trusted as (
    select *
    from orders
    where not exists (from authority where metric = 'orders' and authority.source <> orders.source)
),
twins as (
    select twin.source, twin.order_id, min(first.known_on) as told_on
    from trusted as twin
    join trusted as first
        on first.order_id = twin.order_id and first.source < twin.source
        and first.ordered_on = twin.ordered_on and first.currency = twin.currency
        and first.subtotal = twin.subtotal
    group by twin.source, twin.order_id
),
numbered as (
    select
        *,
        row_number() over (
            partition by shop, order_id, known_on order by known_at desc, file desc, first_line desc
        ) as from_last
    from trusted
)
select
    numbered.* exclude (from_last),
    not coalesce(is_cancelled or is_test, false) and status is distinct from 'voided' as counts,
    least(
        coalesce(lead(known_on) over (partition by shop, order_id order by known_on), date '9999-12-31'),
        coalesce(twins.told_on, date '9999-12-31')
    ) as until_day
from numbered
left join twins using (source, order_id)
where from_last = 1 and known_on < coalesce(twins.told_on, date '9999-12-31')
