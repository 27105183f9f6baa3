-- One row per window and order of its campaign: money in the campaign's currency (null: no rate), and its origin.
select
    led.campaign,
    led.moment,
    led.is_last,
    led.influencer,
    null::varchar as platform,
    null::varchar as content_type,
    version.order_id,
    version.status in ('paid', 'partially_paid', 'refunded', 'partially_refunded') as is_paid,
    in_campaign_currency(version.subtotal, version.currency, campaigns.currency, rates.newest.rate) as revenue,
    in_campaign_currency(version.subtotal - version.refunded, version.currency, campaigns.currency, rates.newest.rate)
        as net_revenue,
    in_campaign_currency(version.discount, version.currency, campaigns.currency, rates.newest.rate) as discount,
    in_campaign_currency(version.refunded, version.currency, campaigns.currency, rates.newest.rate) as refunded,
    led.blocked,
    mixed_currencies(version.currency, campaigns.currency, rates.newest.rate, version.ordered_on) as money_blocked,
    map {
        'row': [row_origin(version, led.read_on)],
        'revenue': money_origins(version, led.read_on, rates.newest),
        'net_revenue': money_origins(version, led.read_on, rates.newest),
        'discount': money_origins(version, led.read_on, rates.newest),
        'refunded': money_origins(version, led.read_on, rates.newest)
    } as origins
from led_events as led
join campaigns using (campaign)
join order_versions as version
    on led.feed = 'orders' and version.shop = led.place and version.order_id = led.thing
    and version.known_on = led.known_on and led.known_by < version.until_day
    and version.ordered_on between led.from_day and led.to_day
left join window_rates as rates
    on rates.known_by = led.known_by and rates.day = version.ordered_on
    and rates.base = version.currency and rates.quote = campaigns.currency
