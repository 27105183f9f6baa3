-- One row per window and enquiry of its campaign.
select
    led.campaign,
    led.moment,
    led.is_last,
    led.influencer,
    null::varchar as platform,
    null::varchar as content_type,
    version.kind,
    led.blocked,
    null::varchar as money_blocked,
    map {'row': [row_origin(version, led.read_on)]} as origins
from led_events as led
join enquiry_versions as version
    on led.feed = 'leads' and version.source = led.place and version.enquiry_id = led.thing
    and version.known_on = led.known_on and led.known_by < version.until_day
    and version.day between led.from_day and led.to_day
