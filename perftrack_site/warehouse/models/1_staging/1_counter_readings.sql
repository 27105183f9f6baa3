-- One row per post, counter, witness and moment: the value read; null where two readings of that moment disagree.
-- A total over a span of days that begins no later than the post is a running total too.
with read as (
    select platform, post_id, counter, value, witness, source, file, first_line, last_line, known_at, known_on
    from post_counts
    union all
    select
        span.platform, span.post_id, span.counter, span.value, 'span', span.source, span.file, span.first_line,
        span.last_line, span.known_at, span.known_on
    from post_spans as span
    join (select platform, post_id, min(published_on) as published_on from posts group by platform, post_id) as post
        on post.platform = span.platform and post.post_id = span.post_id and span.from_day <= post.published_on
)
select
    platform,
    post_id,
    counter,
    witness,
    known_at,
    known_on,
    case when count(distinct value) = 1 then min(value) end as value,
    count(distinct value) > 1 as is_conflict,
    list_sort(list(distinct value)) as values_read,
    max(error_after_days) as error_after_days,
    min({'file': file, 'first_line': first_line, 'last_line': last_line}) as origin
from read
join sources using (source)
group by platform, post_id, counter, witness, known_at, known_on
