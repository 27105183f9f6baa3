-- One row per window and order of its campaign: money in the campaign's currency (null: no rate), and its origin.
select
    windows.campaign,
    windows.moment,
    windows.is_last,
    attribution.influencer,
    null::varchar as platform,
    null::varchar as content_type,
    version.order_id,
    version.status in ('paid', 'partially_paid', 'refunded', 'partially_refunded') as is_paid,
    in_campaign_currency(version.subtotal, version.currency, campaigns.currency, rates.newest.rate) as revenue,
    in_campaign_currency(version.subtotal - version.refunded, version.currency, campaigns.currency, rates.newest.rate)
        as net_revenue,
    in_campaign_currency(version.discount, version.currency, campaigns.currency, rates.newest.rate) as discount,
    in_campaign_currency(version.refunded, version.currency, campaigns.currency, rates.newest.rate) as refunded,
    channel.blocked,
    mixed_currencies(version.currency, campaigns.currency, rates.newest.rate, version.ordered_on) as money_blocked,
    map {
        'row': [row_origin(version, channel.read_on)],
        'revenue': money_origins(version, channel.read_on, rates.newest),
        'net_revenue': money_origins(version, channel.read_on, rates.newest),
        'discount': money_origins(version, channel.read_on, rates.newest),
        'refunded': money_origins(version, channel.read_on, rates.newest)
    } as origins
from windows
join campaigns using (campaign)
join event_attribution as attribution on attribution.campaign = windows.campaign and attribution.feed = 'orders'
join order_versions as version
    on version.shop = attribution.place and version.order_id = attribution.thing
    and version.known_on = attribution.known_on
    and windows.known_by >= version.known_on and windows.known_by < version.until_day
    and version.ordered_on between windows.from_day and windows.to_day
join channels as channel
    on channel.feed = attribution.feed and channel.campaign = windows.campaign and channel.moment = windows.moment
    and channel.influencer = attribution.influencer
left join window_rates as rates
    on rates.known_by = windows.known_by and rates.day = version.ordered_on
    and rates.base = version.currency and rates.quote = campaigns.currency
