-- One row per window and spend entry of its campaign, whatever its day up to the moment: money in the campaign's currency.
select
    windows.campaign,
    windows.moment,
    windows.is_last,
    entry.influencer,
    null::varchar as platform,
    null::varchar as content_type,
    entry.cost_type,
    in_campaign_currency(entry.amount, entry.currency, campaigns.currency, rates.newest.rate) as amount,
    null::varchar as blocked,
    mixed_currencies(entry.currency, campaigns.currency, rates.newest.rate, entry.day) as money_blocked,
    map {
        'row': [row_origin(entry, entry.known_on)],
        'amount': money_origins(entry, entry.known_on, rates.newest)
    } as origins
from windows
join campaigns using (campaign)
join spend_entries as entry
    on entry.campaign = windows.campaign
    and windows.known_by >= entry.known_on and windows.known_by < entry.until_day
    and entry.day <= windows.moment
left join window_rates as rates
    on rates.known_by = windows.known_by and rates.day = entry.day
    and rates.base = entry.currency and rates.quote = campaigns.currency
