-- Orders that two sources tell alike, and no `authority` names one of them: each counts once.
select first.order_id as "order", first.source as counted, twin.source as left_out, min(first.ordered_on) as ordered_on
from orders as first
join orders as twin
    on first.order_id = twin.order_id and first.source < twin.source
    and first.ordered_on = twin.ordered_on and first.currency = twin.currency
    and first.subtotal = twin.subtotal
where not exists (from authority where metric = 'orders')
group by all
order by all
