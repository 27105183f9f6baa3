-- One row per window and participation whose code or UTM tag can lead orders to it: how fresh the shop's last export was.
with newest as (
    select
        days.known_by,
        max(snapshot.known_on) as read_on,
        max_by(snapshot.error_after_days, (snapshot.known_on, snapshot.file)) as error_after_days
    from (select distinct known_by from windows) as days
    join snapshots_in_order as snapshot on snapshot.known_on <= days.known_by
    where snapshot.feeds_orders
        and not exists (from authority where metric = 'orders' and authority.source <> snapshot.source)
    group by days.known_by
)
select
    windows.campaign,
    windows.moment,
    windows.is_last,
    windows.known_by,
    channel.influencer,
    newest.read_on,
    case
        when newest.read_on is null then 'no order file was known by ' || windows.known_by
        when newest.read_on < windows.from_day
            then 'the newest order file is of ' || newest.read_on || ', before the campaign began'
        when newest.read_on < windows.known_by - newest.error_after_days::integer
            then 'the newest order file is of ' || newest.read_on || ', more than '
                || newest.error_after_days || ' days before ' || windows.known_by
    end as blocked
from windows
join (
    select distinct tracking.campaign, tracking.influencer
    from tracking
    join attribution using (kind)
    where tracking.kind in ('promo_code', 'utm')
) as channel using (campaign)
left join newest on newest.known_by = windows.known_by
