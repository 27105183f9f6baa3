-- One row per window and enquiry of its campaign; one that its list names needs no channel.
select
    windows.campaign,
    windows.moment,
    windows.is_last,
    attribution.influencer,
    null::varchar as platform,
    null::varchar as content_type,
    version.kind,
    channel.blocked,
    null::varchar as money_blocked,
    map {'row': [row_origin(version, coalesce(channel.read_on, version.known_on))]} as origins
from windows
join event_attribution as attribution on attribution.campaign = windows.campaign and attribution.feed = 'leads'
join enquiry_versions as version
    on version.source = attribution.place and version.enquiry_id = attribution.thing
    and version.known_on = attribution.known_on
    and windows.known_by >= version.known_on and windows.known_by < version.until_day
    and version.day between windows.from_day and windows.to_day
left join channels as channel
    on channel.feed = attribution.feed and channel.campaign = windows.campaign and channel.moment = windows.moment
    and channel.influencer = attribution.influencer
