-- One row per post and day on which a snapshot showed it: what the post was believed to be, from that day until the next.
-- Several sources may show one post, and not all of them tell everything: of each the newest row is taken, the newest word for
-- each column, and the hashtags of all. Where a source tells no handle, the reader wrote the source's own account instead: a
-- handle that another told is believed before it, and the owner is looked for among the accounts of all sources.
with numbered as (
    select
        *,
        row_number() over (
            partition by platform, post_id, source, known_on order by known_at desc, file desc, first_line desc
        ) as from_last
    from posts
),
by_source as (
    select * exclude (from_last) from numbered where from_last = 1
),
shown as (
    select distinct days.platform, days.post_id, days.known_on, sources.source
    from by_source as days
    join (select distinct platform, post_id, source from by_source) as sources using (platform, post_id)
),
told as (
    select
        shown.platform, shown.post_id, shown.known_on,
        version.* exclude (platform, post_id, known_on),
        row(version.known_at, version.file, version.first_line) as place,
        nullif(version.account, lower(coalesce(sources.account, shown.source))) as handle,
        influencers.influencer as owner
    from shown
    asof join by_source as version
        on version.platform = shown.platform and version.post_id = shown.post_id
        and version.source = shown.source and shown.known_on >= version.known_on
    join sources on sources.source = shown.source
    left join influencers on influencers.influencer = sources.account
),
believed as (
    select
        platform,
        post_id,
        coalesce(
            max_by(handle, place) filter (where handle is not null),
            max_by(account, place) filter (where account is not null)
        ) as account,
        max_by(owner, place) filter (where owner is not null) as owner_by_source,
        max_by(published_at, place) filter (where published_at is not null) as published_at,
        max_by(published_on, place) filter (where published_on is not null) as published_on,
        max_by(content_type, place) filter (where content_type is not null) as content_type,
        max_by(caption, place) filter (where caption is not null) as caption,
        list_sort(list_distinct(flatten(list(hashtags)))) as hashtags,
        max_by(permalink, place) filter (where permalink is not null) as permalink,
        max_by(is_paid_partnership, place) filter (where is_paid_partnership is not null) as is_paid_partnership,
        max_by(source, place) as source,
        max_by(file, place) as file,
        max_by(first_line, place) as first_line,
        max_by(last_line, place) as last_line,
        max(known_at) as known_at,
        known_on
    from told
    group by platform, post_id, known_on
)
select
    *,
    coalesce(
        lead(known_on) over (partition by platform, post_id order by known_on), date '9999-12-31'
    ) as until_day
from believed
