-- Money: exact decimals, one rule for both kinds of money. A count or an amount never becomes a DOUBLE.
-- DuckDB multiplies two DECIMAL(18) in 18 digits, which a million with the decimals of a rate would overflow.
create macro in_campaign_currency(amount, currency, campaign_currency, rate) as
    (amount::decimal(38, 4) * case when currency = campaign_currency then 1::decimal(18, 8) else rate end)::decimal(38, 12);

create macro mixed_currencies(currency, campaign_currency, rate, day) as
    case when currency <> campaign_currency and rate is null
        then 'mixed currencies: no FX rate ' || currency || ' to ' || campaign_currency || ' on ' || day
    end;

-- Where a row stands, and with it the FX rate that its money was multiplied with; `read_on` is the day it was read.
create macro row_origin(entry, read_on) as
    {'file': entry.file, 'first_line': entry.first_line, 'last_line': entry.last_line, 'known_on': read_on};

create macro money_origins(entry, read_on, newest) as
    list_concat(
        [row_origin(entry, read_on)],
        case when newest is null then [] else [row_origin(newest, read_on)] end
    );
