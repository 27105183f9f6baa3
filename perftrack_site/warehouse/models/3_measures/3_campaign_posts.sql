-- One row per window and post of its campaign: the post's counters to date (null: unknown), engagements, and origins.
with owned as (
    select
        windows.campaign, windows.moment, windows.is_last,
        post.platform, post.post_id, post.content_type, post.published_on, post.caption, post.permalink,
        attribution.influencer,
        exists (
            from tracking
            where tracking.kind = 'hashtag' and tracking.campaign = windows.campaign
                and list_contains(post.hashtags, tracking.value)
        ) as has_campaign_hashtag,
        [{
            'file': post.file, 'first_line': post.first_line,
            'last_line': post.last_line, 'known_on': post.known_on
        }] as post_origin,
        totals.* exclude (known_by, platform, post_id)
    from windows
    join post_attribution as attribution on attribution.campaign = windows.campaign
    join post_versions as post
        on post.platform = attribution.platform and post.post_id = attribution.post_id
        and post.known_on = attribution.known_on
        and windows.known_by >= post.known_on and windows.known_by < post.until_day
        and post.published_on between windows.from_day and windows.to_day
    left join window_totals as totals
        on totals.known_by = windows.known_by
        and totals.platform = post.platform and totals.post_id = post.post_id
),
added as (
    -- What counts as an engagement is what the platform tells of every post; see docs/numbers.md. What costs a reader more than
    -- a tap weighs more.
    select
        *,
        case
            when content_type = 'story' then comments + shares
            when platform = 'youtube' then likes + comments
            when platform in ('facebook', 'tiktok', 'linkedin') then likes + comments + shares
            else likes + comments + shares + saves
        end as engagements,
        case
            when content_type = 'story' then 3 * comments + 3 * shares
            when platform = 'youtube' then likes + 3 * comments
            when platform in ('facebook', 'tiktok', 'linkedin') then likes + 3 * comments + 3 * shares
            else likes + 2 * saves + 3 * comments + 3 * shares
        end as weighted_engagements,
        case
            when content_type = 'story' then list_concat(comments_origin, shares_origin)
            when platform = 'youtube' then list_concat(likes_origin, comments_origin)
            when platform in ('facebook', 'tiktok', 'linkedin')
                then list_concat(likes_origin, comments_origin, shares_origin)
            else list_concat(likes_origin, comments_origin, shares_origin, saves_origin)
        end as engagements_origin
    from owned
)
select
    * exclude (
        post_origin, views_origin, impressions_origin, reach_origin, likes_origin, comments_origin, shares_origin, saves_origin,
        engagements_origin
    ),
    null::varchar as blocked,
    null::varchar as money_blocked,
    map {
        'row': post_origin, 'views': views_origin, 'impressions': impressions_origin, 'reach': reach_origin, 'likes': likes_origin,
        'comments': comments_origin, 'shares': shares_origin, 'saves': saves_origin,
        'engagements': engagements_origin, 'weighted_engagements': engagements_origin
    } as origins
from added
