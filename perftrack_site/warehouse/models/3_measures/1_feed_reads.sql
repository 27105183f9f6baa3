-- One row per window and feed: how fresh the feed's newest file was. Of several of one day, the most patient source speaks.
with told (feed, metric, noun) as (
    values
        ('orders', 'orders', 'order file'),
        ('web', 'sessions', 'web analytics file'),
        ('links', 'clicks', 'file of link clicks'),
        ('leads', 'leads', 'list of enquiries')
),
newest as (
    select
        days.known_by,
        feeds.feed,
        max(snapshot.known_on) as read_on,
        max_by(snapshot.error_after_days, (snapshot.known_on, snapshot.error_after_days)) as error_after_days
    from (select distinct known_by from windows) as days
    join snapshots_in_order as snapshot on snapshot.known_on <= days.known_by
    join feeds using (file)
    join told using (feed)
    where not exists (
        from authority where authority.metric = told.metric and authority.source <> snapshot.source
    )
    group by days.known_by, feeds.feed
)
select
    windows.campaign,
    windows.moment,
    windows.is_last,
    windows.known_by,
    told.feed,
    newest.read_on,
    case
        when newest.read_on is null then 'no ' || told.noun || ' was known by ' || windows.known_by
        when newest.read_on < windows.from_day
            then 'the newest ' || told.noun || ' is of ' || newest.read_on || ', before the campaign began'
        when newest.read_on < windows.known_by - newest.error_after_days::integer
            then 'the newest ' || told.noun || ' is of ' || newest.read_on || ', more than '
                || newest.error_after_days || ' days before ' || windows.known_by
    end as blocked
from windows
cross join told
left join newest on newest.known_by = windows.known_by and newest.feed = told.feed
