-- One row per known_by day, event day and currency pair in use: the newest rate of that day or the 7 days before.
with needed as (
    select distinct windows.known_by, version.ordered_on as day, version.currency as base, campaigns.currency as quote
    from windows
    join campaigns using (campaign)
    join event_attribution as attribution on attribution.campaign = windows.campaign and attribution.feed = 'orders'
    join order_versions as version
        on version.shop = attribution.place and version.order_id = attribution.thing
        and version.known_on = attribution.known_on
    union
    select distinct windows.known_by, entry.day, entry.currency, campaigns.currency
    from windows
    join campaigns using (campaign)
    join spend_entries as entry on entry.campaign = windows.campaign
)
select
    needed.known_by, needed.day, needed.base, needed.quote,
    max_by(
        {
            'rate': fx_rates.rate, 'file': fx_rates.file,
            'first_line': fx_rates.first_line, 'last_line': fx_rates.last_line
        },
        (fx_rates.day, fx_rates.known_at, fx_rates.file, fx_rates.first_line)
    ) as newest
from needed
join fx_rates
    on fx_rates.base = needed.base and fx_rates.quote = needed.quote
    and fx_rates.day between needed.day - 7 and needed.day
    and needed.known_by >= fx_rates.known_on and needed.known_by < fx_rates.until_day
where needed.base <> needed.quote
group by needed.known_by, needed.day, needed.base, needed.quote
