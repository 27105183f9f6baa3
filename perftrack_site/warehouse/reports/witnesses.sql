-- One row per month, source and currency that tells of sales: the same sales seen by several witnesses, never added.
with shop as (
    select 'shop' as kind, source, ordered_on as day, currency, 1 as sales, subtotal as amount
    from (
        select * from orders where known_on <= $known_by
        qualify row_number() over (
            partition by source, order_id order by known_at desc, file desc, first_line desc
        ) = 1
    )
    where not coalesce(is_cancelled or is_test, false)
        and status in ('paid', 'partially_paid', 'refunded', 'partially_refunded')
),
paid as (
    select 'payments' as kind, source, paid_on as day, currency, 1 as sales, amount
    from (
        select * from payments where known_on <= $known_by
        qualify row_number() over (
            partition by source, payment_id order by known_at desc, file desc, first_line desc
        ) = 1
    )
    where not coalesce(is_test, false) and status in ('paid', 'refunded', 'partially_refunded', 'disputed')
),
affiliate as (
    select 'affiliate' as kind, source, occurred_on as day, currency, 1 as sales, amount
    from (
        select * from affiliate_transactions where known_on <= $known_by
        qualify row_number() over (
            partition by source, network, transaction_id order by known_at desc, file desc, first_line desc
        ) = 1
    )
    where status <> 'declined'
),
web_reports as (
    -- of the reports of a day that tell sales, the newest, and of these the one with the fewest dimensions
    select source, site, day, breakdown, max(known_on) as known_on, len(string_split(breakdown, ',')) as dimensions
    from web_days
    where known_on <= $known_by and orders is not null
    group by source, site, day, breakdown
    qualify row_number() over (partition by source, site, day order by dimensions, breakdown) = 1
),
analytics as (
    select 'analytics' as kind, web.source, web.day, web.currency, web.orders as sales, web.revenue as amount
    from web_days as web
    join web_reports as report using (source, site, day, breakdown, known_on)
),
sheets as (
    select 'tracking sheet' as kind, source, day, currency, orders as sales, revenue as amount
    from tracked_sales
    where known_on <= $known_by
)
select
    strftime(day, '%Y-%m') as month,
    kind,
    source,
    currency,
    sum(sales)::bigint as sales,
    sum(amount)::decimal(38, 4) as amount
from (
    from shop
    union all
    from paid
    union all
    from affiliate
    union all
    from analytics
    union all
    from sheets
)
where day is not null
group by all
order by all
