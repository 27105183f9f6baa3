-- One row per post version: the influencer whose post it is, if we know one (its source's account, else its handle).
select
    version.*,
    coalesce(by_source.influencer, by_handle.influencer) as owner
from post_versions as version
join sources using (source)
left join influencers as by_source on by_source.influencer = sources.account
left join accounts as by_handle on by_handle.platform = version.platform and by_handle.handle = version.account
