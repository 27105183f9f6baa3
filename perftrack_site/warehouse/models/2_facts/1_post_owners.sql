-- One row per post version: the influencer whose post it is, if we know one (a source's account, else the post's handle).
select
    version.*,
    coalesce(version.owner_by_source, by_handle.influencer) as owner
from post_versions as version
left join accounts as by_handle on by_handle.platform = version.platform and by_handle.handle = version.account
