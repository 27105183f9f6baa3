-- One row per window and version of an event that was led to its campaign: whose it is, and how fresh its feed was.
-- An enquiry that its list names needs no channel.
select
    windows.*,
    attribution.feed,
    attribution.place,
    attribution.thing,
    attribution.known_on,
    attribution.influencer,
    coalesce(channel.read_on, attribution.known_on) as read_on,
    channel.blocked
from windows
join event_attribution as attribution using (campaign)
left join channels as channel
    on channel.feed = attribution.feed and channel.campaign = windows.campaign and channel.moment = windows.moment
    and channel.influencer = attribution.influencer
where windows.known_by >= attribution.known_on
