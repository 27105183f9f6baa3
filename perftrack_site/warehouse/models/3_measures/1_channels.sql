-- One row per window, feed and participation that a code, tag or link can lead events to: how fresh the feed's last file was.
with kinds (feed, kind, metric, noun) as (
    values
        ('orders', 'promo_code', 'orders', 'order file'), ('orders', 'utm', 'orders', 'order file'),
        ('web', 'utm', 'sessions', 'web analytics file'),
        ('links', 'link', 'clicks', 'file of link clicks'),
        ('leads', 'promo_code', 'leads', 'list of enquiries'), ('leads', 'utm', 'leads', 'list of enquiries')
),
newest as (
    select
        days.known_by,
        feeds.feed,
        max(snapshot.known_on) as read_on,
        max_by(snapshot.error_after_days, (snapshot.known_on, snapshot.file)) as error_after_days
    from (select distinct known_by from windows) as days
    join snapshots_in_order as snapshot on snapshot.known_on <= days.known_by
    join feeds using (file)
    where not exists (
        from authority
        join kinds on kinds.metric = authority.metric
        where kinds.feed = feeds.feed and authority.source <> snapshot.source
    )
    group by days.known_by, feeds.feed
)
select
    windows.campaign,
    windows.moment,
    windows.is_last,
    windows.known_by,
    channel.feed,
    channel.influencer,
    newest.read_on,
    case
        when newest.read_on is null then 'no ' || channel.noun || ' was known by ' || windows.known_by
        when newest.read_on < windows.from_day
            then 'the newest ' || channel.noun || ' is of ' || newest.read_on || ', before the campaign began'
        when newest.read_on < windows.known_by - newest.error_after_days::integer
            then 'the newest ' || channel.noun || ' is of ' || newest.read_on || ', more than '
                || newest.error_after_days || ' days before ' || windows.known_by
    end as blocked
from windows
join (
    select distinct kinds.feed, kinds.noun, tracking.campaign, tracking.influencer
    from tracking
    join attribution using (kind)
    join kinds using (kind)
) as channel using (campaign)
left join newest on newest.known_by = windows.known_by and newest.feed = channel.feed
