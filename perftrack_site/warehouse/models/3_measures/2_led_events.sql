-- One row per window and version of an event that was led to its campaign: whose it is, and how fresh its feed was.
select
    windows.*,
    attribution.feed,
    attribution.place,
    attribution.thing,
    attribution.known_on,
    attribution.influencer,
    reads.read_on,
    reads.blocked
from windows
join event_attribution as attribution using (campaign)
join feed_reads as reads
    on reads.feed = attribution.feed and reads.campaign = windows.campaign and reads.moment = windows.moment
where windows.known_by >= attribution.known_on
