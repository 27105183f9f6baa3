-- Spend that names a campaign no contract knows (it counts nowhere), or an influencer not in it (for the campaign alone).
select entry.campaign, entry.influencer, entry.day, entry.cost_type, entry.amount, entry.currency
from spend_entries as entry
where entry.until_day = date '9999-12-31'
    and (
        not exists (from campaigns where campaigns.campaign = entry.campaign)
        or (
            entry.influencer is not null
            and not exists (
                from participations as party
                where party.campaign = entry.campaign and party.influencer = entry.influencer
            )
        )
    )
order by all
