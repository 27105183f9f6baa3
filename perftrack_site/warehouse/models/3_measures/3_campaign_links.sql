-- One row per window, link of its campaign and day.
select
    led.campaign,
    led.moment,
    led.is_last,
    led.influencer,
    null::varchar as platform,
    null::varchar as content_type,
    version.clicks,
    led.blocked,
    null::varchar as money_blocked,
    map {'row': [row_origin(version, led.read_on)]} as origins
from led_events as led
join link_versions as version
    on led.feed = 'links' and version.source = led.place and version.thing = led.thing
    and version.known_on = led.known_on and led.known_by < version.until_day
    and version.day between led.from_day and led.to_day
