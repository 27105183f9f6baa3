-- Money: exact decimals, one rule for both kinds of money. A count or an amount never becomes a DOUBLE.
create macro in_campaign_currency(amount, currency, campaign_currency, rate) as
    (amount * case when currency = campaign_currency then 1::decimal(18, 8) else rate end)::decimal(38, 12);

create macro mixed_currencies(currency, campaign_currency, rate, day) as
    case when currency <> campaign_currency and rate is null
        then 'mixed currencies: no FX rate ' || currency || ' to ' || campaign_currency || ' on ' || day
    end;
