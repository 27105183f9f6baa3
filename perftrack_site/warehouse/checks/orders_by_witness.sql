-- Months in which another source shows other orders than the witness named in `authority`: only the witness counts.
with newest as (
    select source, ordered_on, coalesce(is_cancelled or is_test, false) or status = 'voided' as is_left_out
    from orders
    qualify row_number() over (
        partition by source, order_id order by known_at desc, file desc, first_line desc
    ) = 1
),
months as (
    select
        strftime(newest.ordered_on, '%Y-%m') as month,
        authority.source as witness,
        other.source as other_source,
        count(*) filter (where newest.source = authority.source) as orders_of_the_witness,
        count(*) filter (where newest.source = other.source) as orders_of_the_other
    from authority
    join (select distinct source from orders) as other on other.source <> authority.source
    join newest on newest.source in (authority.source, other.source)
    where authority.metric = 'orders' and not coalesce(newest.is_left_out, false)
    group by all
)
select *
from months
where orders_of_the_other > 0 and orders_of_the_witness <> orders_of_the_other
order by all
