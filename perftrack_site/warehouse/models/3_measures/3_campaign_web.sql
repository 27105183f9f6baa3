-- One row per window and line of web analytics that its campaign's UTM tags lead to.
select
    led.campaign,
    led.moment,
    led.is_last,
    led.influencer,
    null::varchar as platform,
    null::varchar as content_type,
    version.sessions,
    version.engaged_sessions,
    version.conversions,
    version.page_views,
    (version.engagement_milliseconds::decimal(18, 3) / 1000)::decimal(18, 3) as engagement_seconds,
    led.blocked,
    null::varchar as money_blocked,
    map {'row': [row_origin(version, led.read_on)]} as origins
from led_events as led
join web_versions as version
    on led.feed = 'web' and version.source = led.place and version.thing = led.thing
    and version.known_on = led.known_on and led.known_by < version.until_day
    and version.day between led.from_day and led.to_day
