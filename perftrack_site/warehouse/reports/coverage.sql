-- One row per source: the days its facts are of, as known by a day; of sources that tell day by day, also the gaps.
with told_by_day as (
    select source, day, known_on, is_provisional from post_days
    union all
    select source, day, known_on, is_provisional from account_days
    where counter not in ('followers', 'subscribers')  -- levels: some are told at the end of each month only
    union all
    select source, day, known_on, is_provisional from account_hours
    union all
    select source, day, known_on, is_provisional from web_days
    union all
    select source, day, known_on, is_provisional from search_days
    union all
    select source, day, known_on, is_provisional from link_clicks
    union all
    select source, day, known_on, is_provisional from ad_days
),
days as (
    select source, day, bool_or(is_provisional) as is_provisional
    from (
        select *, known_on = max(known_on) over (partition by source, day) as is_newest
        from told_by_day
        where known_on <= $known_by
    )
    where is_newest and day is not null
    group by source, day
),
in_order as (
    select *, lead(day) over (partition by source order by day) as next_day from days
),
daily as (
    select
        source,
        min(day) as first_day,
        max(day) as last_day,
        count(*) as days,
        count(*) filter (where is_provisional) as provisional_days,
        list({'first': day + 1, 'last': next_day - 1} order by day) filter (where next_day > day + 1) as gaps
    from in_order
    group by source
),
events as (
    select source, ordered_on as first_day, ordered_on as last_day, known_on from orders
    union all
    select source, paid_on, paid_on, known_on from payments
    union all
    select source, occurred_on, occurred_on, known_on from affiliate_transactions
    union all
    select source, posted_on, posted_on, known_on from comments
    union all
    select source, published_on, published_on, known_on from posts
    union all
    select source, sent_on, sent_on, known_on from emails
    union all
    select source, day, day, known_on from spend
    union all
    select source, day, day, known_on from tracked_sales
    union all
    select source, day, day, known_on from enquiries
    union all
    select source, day, day, known_on from mentions
    union all
    select source, day, day, known_on from survey_answers
    union all
    select source, day, day, known_on from feedback
    union all
    select source, day, day, known_on from experiment_days
    union all
    select source, day, day, known_on from fx
    union all
    select source, day, day, known_on from account_days
    union all
    select source, from_day, to_day, known_on from post_spans
    union all
    select source, from_day, to_day, known_on from account_spans
    union all
    select source, from_day, to_day, known_on from web_spans
    union all
    select source, from_day, to_day, known_on from search_spans
    union all
    select source, from_day, to_day, known_on from ad_spans
    union all
    select source, from_day, to_day, known_on from page_behaviour
    union all
    select source, from_day, to_day, known_on from earnings
),
spread as (
    select source, min(first_day) as first_day, max(last_day) as last_day
    from events
    where known_on <= $known_by
    group by source
)
select
    sources.source,
    coalesce(daily.first_day, spread.first_day) as first_day,
    coalesce(daily.last_day, spread.last_day) as last_day,
    coalesce(daily.days, 0) as days,
    coalesce(daily.provisional_days, 0) as provisional_days,
    coalesce(daily.gaps, []) as gaps
from sources
left join daily using (source)
left join spread using (source)
order by sources.source
